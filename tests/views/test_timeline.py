"""What follows from the record: orders, phases, indices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.proof.proofs import UNPINNED, Proof
from diplomatic_timeline.views.timeline import Timeline, phase_of
from helpers.records import make_commitment, make_corpus, make_event, make_quote, make_timeline

# Phases


@pytest.mark.parametrize(
    ("said", "event", "phase"),
    [
        ("1990-05-03", "1990-05-04", "before"),
        ("1990-05-04", "1990-05-04", "at"),
        ("1990-05-05", "1990-05-04", "after"),
        ("1990-05-04", "1990-05-03/1990-05-05", "at"),
        ("1990-05-05", "1990-05-03/1990-05-05", "at"),
        ("1990-05-06", "1990-05-03/1990-05-05", "after"),
        ("1990-05", "1990-05-04", "before"),
        ("1990-05", "1990-05-01", "at"),
        ("1990-05", "1990-04-30", "after"),
        ("1990", "1990-05-04", "before"),
        ("1990-05-31", "1990-05", "at"),
        ("1990-06-01", "1990-05", "after"),
        ("1990-05-03/1990-05-09", "1990-05-04", "before"),
        ("1990-05-04/1990-05-09", "1990-05-04", "at"),
        ("2010", "1990/..", "at"),
        ("1989", "1990/..", "before"),
        ("../1990", "1990", "before"),
        ("1200", "../1990", "at"),
        ("1990-05-04~", "1990-05-04", "at"),
    ],
)
def test_a_quote_is_before_at_or_after_its_event(said: str, event: str, phase: str) -> None:
    assert phase_of(parse_date(said), parse_date(event)) == phase


days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(days, days)
def test_what_is_before_an_event_has_the_event_after_it(one: date, other: date) -> None:
    there = phase_of(parse_date(one.isoformat()), parse_date(other.isoformat()))
    back = phase_of(parse_date(other.isoformat()), parse_date(one.isoformat()))
    assert (there, back) in (("before", "after"), ("after", "before"), ("at", "at"))


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_every_day_of_an_event_is_at_it(start: date, length: int, offset: int) -> None:
    event = parse_date(f"{start.isoformat()}/{(start + timedelta(length)).isoformat()}")
    said = parse_date((start + timedelta(min(offset, length))).isoformat())
    assert phase_of(said, event) == "at"


def test_a_quote_without_a_date_was_said_at_the_event_and_one_with_a_date_on_it() -> None:
    quotes = [make_quote("q"), make_quote("r", date="1990-04", occasion="A dinner")]
    timeline = make_timeline(make_event(date="1990-05", date_basis="b", quotes=quotes))
    assert {q.quote.id: (q.date.text, q.phase) for q in timeline.quotes.values()} == {
        "q": ("1990-05", "at"),
        "r": ("1990-04", "before"),
    }


# Proofs


def test_a_quotes_proof_is_the_one_given() -> None:
    proof = Proof("verified", "1990-06-01")
    corpus = make_corpus(make_event(quotes=[make_quote("q"), make_quote("r")]))
    timeline = Timeline(corpus, {"q": proof})
    assert timeline.quotes["q"].proof == proof
    assert timeline.quotes["r"].proof == UNPINNED


# Orders


def test_events_run_from_the_oldest_to_the_newest_and_each_knows_its_neighbours(
    small: Timeline, real: Timeline
) -> None:
    for timeline in (small, real):
        orders = [e.date.order for e in timeline.events.values()]
        assert orders == sorted(orders)
    timeline = make_timeline(*(make_event(f"199{n}-e", f"199{n}") for n in (2, 0, 1)))
    assert timeline.previous == {"1990-e": None, "1991-e": "1990-e", "1992-e": "1991-e"}
    assert timeline.next == {"1990-e": "1991-e", "1991-e": "1992-e", "1992-e": None}


def test_quotes_stand_in_the_order_in_which_they_were_said_and_else_of_their_file() -> None:
    first = [make_quote("z"), make_quote("a"), make_quote("first", date="1989", occasion="o")]
    second = [make_quote("last"), make_quote("second", date="1990-05-01", occasion="o")]
    timeline = make_timeline(
        make_event("1990-a", "1990-05-04", quotes=first), make_event("1990-b", "1990-05-06", quotes=second)
    )
    assert list(timeline.quotes) == ["first", "second", "z", "a", "last"]


def test_commitments_stand_open_ones_first_then_by_due_date_event_and_id() -> None:
    commitments = [
        make_commitment("done", status="fulfilled", due="1990-06", evidence=["paper"]),
        make_commitment("open-someday"),
        make_commitment("open-late", due="1995"),
        make_commitment("open-soon", due="1990-12"),
        make_commitment("disputed", status="disputed", due="1990-06", evidence=["paper"]),
    ]
    timeline = make_timeline(make_event(commitments=commitments))
    assert list(timeline.commitments) == ["open-soon", "open-late", "open-someday", "disputed", "done"]
    # A due date counts with its last day and one day by event and then by id.
    early = [make_commitment(id) for id in ("z", "y")]
    late = [make_commitment("a"), make_commitment("year", due="1991"), make_commitment("nov", due="1991-11")]
    timeline = make_timeline(
        make_event("1990-late", "1990-07-01", commitments=late),
        make_event("1990-early", "1990-06-01", commitments=early),
    )
    assert list(timeline.commitments) == ["nov", "year", "y", "z", "a"]
    # Every status has its place in the order.
    statuses = ("superseded", "lapsed", "fulfilled", "unknown", "partly", "disputed", "open")
    commitments = [make_commitment(status, status=status, evidence=["paper"]) for status in statuses]
    timeline = make_timeline(make_event(commitments=commitments))
    assert list(timeline.commitments) == list(reversed(statuses))


def test_years_ascend_without_empty_ones_and_an_event_stands_in_that_in_which_it_began() -> None:
    dates = {"b": "1995-02", "a": "1990-12-30/1991-01-02", "c": "1995-01", "d": "../1997-05"}
    timeline = make_timeline(*(make_event(id, date) for id, date in dates.items()))
    assert timeline.years == (1990, 1995, 1997)
    assert timeline.events_of_year == {1990: ("a",), 1995: ("c", "b"), 1997: ("d",)}


def test_parties_stand_in_their_order_and_observers_apart() -> None:
    timeline = make_timeline()
    assert timeline.columns == ("north", "south")
    assert timeline.observers == ("east",)


# Indices


def ids(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def test_indices_agree_with_a_search_through_the_record(small: Timeline, real: Timeline) -> None:
    for timeline in (small, real):
        corpus, events = timeline.corpus, timeline.events.values()
        said = [s.quote for s in timeline.quotes.values()]
        promised = [p.commitment for p in timeline.commitments.values()]
        for id in corpus.issues:
            assert timeline.events_of_issue.get(id, ()) == ids(
                e.id for e in events for i in e.issues if i.issue == id
            )
            assert timeline.quotes_of_issue.get(id, ()) == ids(q.id for q in said if id in q.issues)
            assert timeline.commitments_of_issue.get(id, ()) == ids(c.id for c in promised if id in c.issues)
            assert timeline.children.get(id, ()) == ids(c for c, i in corpus.issues.items() if i.parent == id)
        for id in (*corpus.people, *corpus.organizations):
            assert timeline.events_of_person.get(id, ()) == ids(
                e.id for e in events for p in e.participants if p.person == id
            )
            assert timeline.quotes_of_speaker.get(id, ()) == ids(
                q.id for q in said if id in {q.speaker, *(s.speaker for s in q.co_speakers)}
            )
            assert timeline.quotes_relayed_by.get(id, ()) == ids(q.id for q in said if q.via == id)
        for id in corpus.parties:
            assert timeline.quotes_of_party.get(id, ()) == ids(
                q.id for q in said if id in {q.party, *(s.party for s in q.co_speakers)}
            )
            assert timeline.commitments_of_party.get(id, ()) == ids(c.id for c in promised if id in c.made_by)
        for id in corpus.sources:
            assert timeline.events_of_source.get(id, ()) == ids(e.id for e in events if id in e.sources)
            assert timeline.quotes_of_source.get(id, ()) == ids(q.id for q in said if q.source == id)


@pytest.mark.parametrize(
    "fields",
    [
        {"participants": [{"person": "bob-aas", "party": "south", "post": "Envoy"}]},
        {"quotes": [make_quote(party="south")]},
        {"commitments": [make_commitment(made_by=["south"])]},
        {"issues": [{"issue": "toll", "raised_by": ["south"]}]},
        {"issues": [{"issue": "toll", "positions": {"south": {"statement": "S.", "sources": ["paper"]}}}]},
    ],
    ids=["takes part", "speaks", "promises", "raises an issue", "holds a position"],
)
def test_an_event_belongs_to_each_party_that(fields: dict[str, Any]) -> None:
    assert make_timeline(make_event("a", **fields)).events_of_party == {"south": ("a",)}


def test_an_index_names_an_id_once_and_none_to_which_nothing_refers() -> None:
    event = make_event(
        "a", issues=[{"issue": "toll", "raised_by": ["south", "north"]}], quotes=[make_quote()]
    )
    assert make_timeline(event).events_of_party == {"south": ("a",), "north": ("a",)}
    assert "bridge" not in make_timeline(event).events_of_issue


# The tree of issues


def test_issues_stand_right_below_the_wider_issue_and_once(small: Timeline, real: Timeline) -> None:
    issue = {"name": "I", "description": "D."}
    timeline = make_timeline(
        issues={
            "leaf": {**issue, "parent": "branch"},
            "other": issue,
            "root": issue,
            "branch": {**issue, "parent": "root"},
            "twig": {**issue, "parent": "root"},
        }
    )
    assert [(i.id, depth) for i, depth in timeline.issue_tree()] == [
        ("other", 0),
        ("root", 0),
        ("branch", 1),
        ("leaf", 2),
        ("twig", 1),
    ]
    for timeline in (small, real):
        found = [issue.id for issue, _ in timeline.issue_tree()]
        assert sorted(found) == sorted(timeline.corpus.issues)


# The newest day


@pytest.mark.parametrize(
    ("fields", "newest"),
    [
        ({}, date(1990, 5, 4)),
        ({"quotes": [make_quote(date="1990-06", occasion="o")]}, date(1990, 6, 30)),
        ({"commitments": [make_commitment(last_checked="1992")]}, date(1992, 12, 31)),
    ],
    ids=["happened", "was said", "was checked"],
)
def test_the_newest_day_is_that_on_which_something(fields: dict[str, Any], newest: date) -> None:
    assert make_timeline(make_event(**fields)).newest == newest


def test_an_event_without_an_end_is_not_newer_than_all_days_and_an_empty_record_has_none() -> None:
    assert make_timeline(make_event("a", "1990/.."), make_event("b", "1989-01-02")).newest == date(1989, 1, 2)
    timeline = make_timeline()
    assert timeline.newest is None
    assert (timeline.years, timeline.events, timeline.quotes) == ((), {}, {})
