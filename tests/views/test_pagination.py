"""Long lists in parts: nothing is lost, nothing stands twice, and every part leads to the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_timeline.views.pagination import paginate


@given(st.lists(st.integers(0, 9), max_size=80), st.integers(1, 20))
def test_the_parts_together_are_the_list(weights: list[int], size: int) -> None:
    parts = list(paginate(weights, "quotes/", size, lambda w: w))
    assert [w for part in parts for w in part.items] == weights
    assert [part.place for part in parts] == [sum(len(p.items) for p in parts[:n]) for n in range(len(parts))]
    assert {(part.of, part.total) for part in parts} == {(len(parts), len(weights))}


@given(st.lists(st.integers(0, 9), min_size=1, max_size=80), st.integers(1, 20))
def test_a_part_is_as_heavy_as_allowed_or_holds_one_item(weights: list[int], size: int) -> None:
    for part in paginate(weights, "quotes/", size, lambda w: w):
        assert part.items
        assert sum(part.items) <= size or sum(w > 0 for w in part.items) == 1


def test_the_first_part_is_the_page_itself_also_of_an_empty_list() -> None:
    assert [part.url for part in paginate(range(25), "quotes/", 10)] == [
        "quotes/",
        "quotes/page-2/",
        "quotes/page-3/",
    ]
    (part,) = paginate(tuple[int, ...](), "quotes/", 10)
    assert (part.url, part.items, part.suffix, part.previous, part.next) == ("quotes/", (), "", None, None)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "1 2 3 … 12"),
        (4, "1 2 3 4 5 6 … 12"),
        (5, "1 … 3 4 5 6 7 … 12"),
        (12, "1 … 10 11 12"),
    ],
)
def test_a_part_names_its_neighbours_and_the_ends(number: int, shown: str) -> None:
    part = list(paginate(range(12), "quotes/", 1))[number - 1]
    assert " ".join(link.text if link else "…" for link in part.nearby) == shown
