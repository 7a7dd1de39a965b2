"""Addresses of pages: where each stands, how one is seen from another."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_timeline.views import urls

FIXED = [
    urls.ISSUES,
    urls.PEOPLE,
    urls.QUOTES,
    urls.COMMITMENTS,
    urls.SOURCES,
    urls.BRIEFINGS,
    urls.DATA,
    urls.PROOF,
]
OF_IDS = [urls.event, urls.issue, urls.person, urls.organization, urls.party, urls.source]
ANCHORS: list[Callable[[str], str]] = [
    urls.quote_anchor,
    urls.commitment_anchor,
    urls.position_anchor,
    urls.changes_anchor,
]

paths = st.lists(st.sampled_from(["events", "issues", "1990-talks", "a", "years"]), max_size=4).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)


@pytest.mark.parametrize("path", [*FIXED, *(of("an-id") for of in OF_IDS), urls.year(2021)])
def test_a_pages_address_begins_at_the_root_and_ends_in_a_slash(path: str) -> None:
    assert not path.startswith("/")
    assert path.endswith("/")


@pytest.mark.parametrize("anchor", ANCHORS)
@pytest.mark.parametrize(
    "section", ["quotes", "issues", "commitments", "sources", "summary", "cite", "title"]
)
def test_no_id_makes_an_anchor_that_meets_a_sections(anchor: Callable[[str], str], section: str) -> None:
    assert anchor(section) != section


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (urls.HOME, ""),
        (urls.year(987), "years/0987/"),
        (urls.quote("1990-talks", "toll-first"), "events/1990-talks/#q-toll-first"),
        (urls.commitment("1990-talks", "paper"), "events/1990-talks/#c-paper"),
        (urls.position("1990-talks", "toll", "north"), "events/1990-talks/#i-toll--north"),
    ],
)
def test_addresses_that_people_have_shared_stay(address: str, expected: str) -> None:
    assert address == expected


def test_a_relative_address_keeps_its_anchor_and_no_two_anchors_meet() -> None:
    assert urls.position_anchor("toll-north") != urls.position_anchor("toll", "north")
    assert urls.position_anchor("toll", "north-sea") != urls.position_anchor("toll-north", "sea")
    assert urls.relative("events/a/#q-b", "issues/toll/") == "../../events/a/index.html#q-b"
    assert len({of("taiwan") for of in OF_IDS}) == len(OF_IDS)
    assert len({anchor("x") for anchor in ANCHORS}) == len(ANCHORS)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("", "index.html"),
        ("quotes/", "quotes/index.html"),
        ("events/a/#q-b", "events/a/index.html#q-b"),
        ("#top", "index.html#top"),
        ("data/events.json", "data/events.json"),
        ("data/events.json#x", "data/events.json#x"),
    ],
)
def test_an_address_opens_a_file(path: str, file: str) -> None:
    assert urls.file(path) == file


@given(paths, paths)
def test_a_relative_address_leads_from_any_page_to_any_other(path: str, page: str) -> None:
    folder = posixpath.dirname(urls.file(page))
    assert posixpath.normpath(posixpath.join(folder, urls.relative(path, page))) == urls.file(path)


@pytest.mark.parametrize(
    ("start", "end", "named"),
    [
        ("No ship of", "without paying", "No%20ship%20of,without%20paying"),
        ("No ship", "", "No%20ship"),
    ],
)
def test_a_passage_is_named_by_its_first_and_last_words_or_whole(start: str, end: str, named: str) -> None:
    assert urls.to_words("https://a.example/x", start, end) == f"https://a.example/x#:~:text={named}"


@pytest.mark.parametrize(
    ("mark", "code"), [("-", "%2D"), (",", "%2C"), ("&", "%26"), ("#", "%23"), ("’", "%E2%80%99")]
)
def test_marks_that_a_text_directive_reads_are_encoded(mark: str, code: str) -> None:
    assert urls.to_words("https://a.example/", f"a{mark}b", "") == f"https://a.example/#:~:text=a{code}b"
