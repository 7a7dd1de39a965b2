"""The record's long lists: their order, what they can be narrowed by, and what they hand to scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import pytest

from diplomatic_timeline.views import lists, urls
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_commitment, make_event, make_quote, make_timeline
from helpers.scripts import handed

LONG = lists.SIZE + 5


def events_of(timeline: Timeline, among: set[str] | None = None) -> lists.Listing:
    return lists.listing("events", timeline, Presenter(timeline).parties, among=among)


def many() -> Timeline:
    days = (f"{1900 + n}-05-04" for n in range(LONG))
    return make_timeline(
        *(make_event(f"e{n}", day, kind="visit" if n % 3 else "talks") for n, day in enumerate(days))
    )


def handed_over(content: bytes) -> tuple[str, str, Any, Any]:
    """Return what a data script gives to lists.js, read as its JavaScript would be."""
    kind, name, key, value = handed(content.decode())
    return kind, name, key, json.loads(value) if isinstance(value, str) else value


def borne(index: dict[str, Any], key: str) -> dict[str, list[int]]:
    """Return the places at which each choice of a facet is borne."""
    return {
        id: list(accumulate(steps)) for id, steps in zip(index[key]["ids"], index[key]["places"], strict=True)
    }


def files_of(listing: lists.Listing, render: Callable[[str, int], str]) -> list[tuple[str, bytes]]:
    """Return a list's files as the site has them, with entries as `render` gives them."""
    shards = (
        (address, lists.cards(listing.name, begin, [render(id, n) for n, id in enumerate(ids, begin)]))
        for address, begin, ids in listing.shards()
    )
    return [*listing.files(), *shards]


def test_events_run_from_the_newest_and_a_short_list_has_its_index_in_the_page(small: Timeline) -> None:
    timeline = make_timeline(*(make_event(f"e-{d}", d) for d in ("1990-02", "1990-01", "1991", "1989-12-31")))
    assert events_of(timeline).ids == ("e-1991", "e-1990-02", "e-1990-01", "e-1989-12-31")
    listing = events_of(small)
    assert listing.panel is not None
    assert listing.panel.index is not None
    assert list(files_of(listing, lambda id, place: id)) == []
    # A long list has its index in files.
    listing = events_of(many())
    assert listing.panel is not None
    assert listing.panel.index is None
    files = dict(files_of(listing, lambda id, place: f"{place}:{id}"))
    assert listing.panel.index_url in files
    for facet in listing.panel.facets:
        assert urls.list_index("events", facet.key) in files


def test_the_index_says_which_entry_bears_which_choice(real: Timeline) -> None:
    listing = events_of(real)
    index = listing.index()
    kinds = borne(index, "kind")
    assert {id: [real.events[listing.ids[p]].kind for p in places] for id, places in kinds.items()} == {
        id: [id] * len(places) for id, places in kinds.items()
    }
    assert sum(map(len, kinds.values())) == len(listing.ids)
    issues = borne(index, "issue")
    for id, places in issues.items():
        assert {listing.ids[p] for p in places} == set(real.of_family("events", id))


def test_the_index_has_the_first_and_the_last_day_of_each_entry() -> None:
    timeline = make_timeline(make_event("a", "1990-05-04/1990-05-06"), make_event("b", "1991"))
    days = events_of(timeline).index()["dates"]
    first = list(accumulate(days["first"]))
    spans = [(e.date.first.toordinal(), e.date.last.toordinal()) for e in reversed(timeline.events.values())]
    assert [(f, f + more) for f, more in zip(first, days["more"], strict=True)] == spans


def test_the_shards_hold_every_entry_once_at_its_place() -> None:
    listing = events_of(many())
    found: list[str] = []
    for address, content in files_of(listing, lambda id, place: f"{place}:{id}"):
        kind, name, number, shard = handed_over(content)
        assert name == "events"
        if kind == "cards":
            assert address == urls.list_cards("events", number)
            assert len(found) == number * lists.SHARD
            found += shard
    assert found == [f"{place}:{id}" for place, id in enumerate(listing.ids)]


@pytest.mark.parametrize("hostile", ['</script><script>alert("1")</script>', "\u2028'\\\"\n", "\x1a"])
def test_text_in_a_data_script_stays_text(hostile: str) -> None:
    shards = [c for a, c in files_of(events_of(many()), lambda id, place: hostile) if "cards" in a]
    assert handed_over(shards[0])[3] == [hostile] * lists.SHARD


def test_a_selection_knows_the_places_of_its_entries_among_all() -> None:
    timeline = make_timeline(*(make_event(f"e{n}", f"199{n}-01-01") for n in range(5)))
    assert "of" not in events_of(timeline).index()
    chosen = events_of(timeline, {"e0", "e3"})
    assert chosen.ids == ("e3", "e0")
    assert list(accumulate(chosen.index()["of"])) == [1, 4]


def test_what_all_entries_share_is_no_choice_and_a_list_of_one_has_no_filters() -> None:
    timeline = make_timeline(make_event("a", "1990-01-01", kind="visit"), make_event("b", "1991-01-01"))
    keys = {column.key for column in events_of(timeline).columns}
    assert {"kind", "year"} <= keys
    assert not {"level", "issue"} & keys
    assert events_of(make_timeline(make_event())).panel is None


def test_of_many_choices_a_page_shows_the_most_frequent_and_says_how_many_there_are() -> None:
    people = {
        f"p{n:03}": {"name": f"P {n:03}", "family_name": f"F{n:03}", "party": "north"} for n in range(70)
    }
    often = [{"person": "p069", "party": "north", "post": "Envoy", "role": "head"}]
    events = [
        make_event(
            f"e{n}",
            f"19{10 + n}-01-01",
            participants=[{"person": f"p{n:03}", "party": "north", "post": "Envoy", "role": "head"}]
            + (often if n != 69 else []),
        )
        for n in range(70)
    ]
    listing = events_of(make_timeline(*events, people=people))
    assert listing.panel is not None
    (facet,) = [f for f in listing.panel.facets if f.key == "person"]
    assert (len(facet.shown), facet.more) == (40, 30)
    assert ("p069", 70) in {(c.id, c.count) for c in facet.shown}
    assert listing.index()["person"]["labels"][-1] == "P 069"


def test_quotes_and_commitments_are_found_by_what_is_theirs() -> None:
    timeline = make_timeline(
        make_event(
            "a",
            quotes=[
                make_quote("q1", date="1990-05-01", occasion="In a speech"),
                make_quote("q2", speaker="bob-aas", party="south", issues=["bridge"]),
            ],
            issues=[{"issue": "toll"}, {"issue": "bridge"}],
            commitments=[make_commitment("c1"), make_commitment("c2", made_by=["south"], status="fulfilled")],
        )
    )
    parties = Presenter(timeline).parties
    quotes = lists.listing("quotes", timeline, parties)
    assert quotes.ids == ("q2", "q1")
    assert borne(quotes.index(), "phase") == {"before": [1], "at": [0]}
    assert borne(quotes.index(), "person") == {"bob-aas": [0], "ann-lund": [1]}
    commitments = lists.listing("commitments", timeline, parties)
    assert borne(commitments.index(), "status") == {"open": [0], "fulfilled": [1]}
    assert borne(commitments.index(), "party") == {"north": [0], "south": [1]}


def test_sources_run_from_the_newest_and_are_found_by_kind_issuer_year_and_quotes() -> None:
    dated = {"a": "1990-05-05", "b": "unknown", "c": "1991"}
    sources = {
        id: {"title": id, "publisher": "P", "published": d, "kind": "press"} for id, d in dated.items()
    }
    sources["c"] |= {"kind": "readout", "issuer": "north"}
    event = make_event(sources=[*dated], quotes=[make_quote("q", source="a")])
    timeline = make_timeline(event, sources=sources)
    listing = lists.listing("sources", timeline, Presenter(timeline).parties)
    assert listing.ids == ("c", "a", "b")
    index = listing.index()
    assert borne(index, "source_kind") == {"press": [1, 2], "readout": [0]}
    assert borne(index, "party") == {"north": [0]}
    assert borne(index, "year") == {"1991": [0], "1990": [1]}
    assert borne(index, "quoted") == {"quoted": [1]}


def test_what_bears_an_issue_bears_those_above_it() -> None:
    world = {
        "toll": {"name": "Toll", "description": "What ships pay."},
        "bridge": {"name": "Bridge", "parent": "toll", "description": "Who builds it."},
        "fish": {"name": "Fish", "description": "Who fishes."},
    }
    event = make_event(issues=[{"issue": "bridge"}], quotes=[make_quote("q", issues=["bridge"])])
    timeline = make_timeline(event, make_event("other", issues=[{"issue": "fish"}]), issues=world)
    (issues,) = [c for c in events_of(timeline).columns if c.key == "issue"]
    found = [(c.id, c.count, c.depth) for c in issues.choices]
    assert found == [("toll", 1, 0), ("bridge", 1, 1), ("fish", 1, 0)]
