"""What two people, or two parties, need before they meet."""

from __future__ import annotations

from typing import Any

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.positions import Positions
from diplomatic_timeline.views.preparation import Preparations
from diplomatic_timeline.views.presenter import Presenter
from helpers.records import make_commitment, make_event, make_timeline

BOTH = [
    {"person": "ann-lund", "party": "north", "post": "Envoy", "role": "head"},
    {"person": "bob-aas", "party": "south", "post": "Minister", "role": "head"},
]
PEOPLE = ("ann-lund", "bob-aas")


def preparations(*events: Event) -> Preparations:
    return Preparations(Positions(Presenter(make_timeline(*events))))


def raised(issue: str, *by: str, **more: Any) -> dict[str, Any]:
    return {"issue": issue, "raised_by": by, **more}


def held(issue: str, statement: str, **more: Any) -> dict[str, Any]:
    return {"issue": issue, "positions": {"south": {"statement": statement, "sources": ["paper"]}}, **more}


def test_two_people_are_told_when_they_last_met_and_what_came_of_it() -> None:
    issues = [{"issue": "toll", "outcome": "agreed"}, {"issue": "bridge"}]
    found = preparations(
        make_event("1990-a", "1990", participants=BOTH),
        make_event("1991-a", "1991", participants=BOTH, issues=issues, commitments=[make_commitment()]),
    ).of("people", PEOPLE)
    assert [(one.name, one.post, one.party.id) for one in found.between] == [
        ("Ann Lund", "Envoy", "north"),
        ("Bob Aas", "Minister", "south"),
    ]
    assert found.last is not None
    assert (found.last.line.id, [e.id for e in found.earlier]) == ("1991-a", ["1990-a"])
    assert [(issue.text, label) for issue, _, label in found.last.outcomes] == [("Toll", "agreed")]
    assert [c.id for c in found.last.commitments] == ["c"]


def test_each_side_stands_where_it_stood_last_and_the_latest_issue_comes_first() -> None:
    found = preparations(
        make_event("1990-a", "1990", issues=[held("toll", "Old."), held("bridge", "A bridge.")]),
        make_event("1991-a", "1991", issues=[held("toll", "New.")], participants=BOTH),
    ).of("parties", ("north", "south"))
    assert [(t.issue.text, t.stands[0], t.stands[1] and t.stands[1].statement) for t in found.topics] == [
        ("Toll", None, "New."),
        ("Bridge", None, "A bridge."),
    ]


def test_a_side_is_likely_to_raise_what_it_raised_most_often_and_then_last() -> None:
    found = preparations(
        make_event("1990-a", "1990", issues=[raised("toll", "south"), raised("bridge", "north")]),
        make_event("1991-a", "1991", issues=[raised("toll", "south"), raised("bridge", "south")]),
    ).of("parties", ("north", "south"))
    assert [[(r.issue.text, r.times, r.event.text) for r in side] for side in found.raised] == [
        [("Bridge", 1, "Title of 1990-a")],
        [("Toll", 2, "Title of 1991-a"), ("Bridge", 1, "Title of 1991-a")],
    ]


def test_what_is_still_promised_comes_by_due_date_and_what_is_done_or_a_warning_is_left_out() -> None:
    promised = [
        make_commitment("late", due="1995"),
        make_commitment("soon", due="1992", made_by=["south"]),
        make_commitment("done", status="fulfilled"),
        make_commitment("threat", type="warning"),
    ]
    found = preparations(make_event(commitments=promised)).of("parties", ("north", "south"))
    assert [c.id for c in found.commitments] == ["soon", "late"]


def test_parties_that_have_not_met_can_be_prepared_all_the_same() -> None:
    found = preparations(make_event())
    assert found.people == {}
    assert found.of("parties", ("north", "south")).last is None


def test_all_that_is_shown_is_among_the_events_that_it_is_made_from() -> None:
    found = preparations(
        make_event("1990-a", "1990", issues=[held("toll", "Old.")]),
        make_event("1991-a", "1991", issues=[held("toll", "New.")]),
        make_event("1992-a", "1992", participants=BOTH),
        make_event("1993-a", "1993", commitments=[make_commitment()]),
        make_event("1994-a", "1994", issues=[raised("toll", "north")]),
        make_event("1995-a", "1995"),
    )
    assert sorted(found.events("people", PEOPLE)) == ["1990-a", "1991-a", "1992-a", "1993-a", "1994-a"]
