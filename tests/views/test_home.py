"""What the first page answers."""

from __future__ import annotations

from typing import Any

import pytest

from diplomatic_timeline.views import home, tables
from diplomatic_timeline.views.positions import Positions
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_quote, make_timeline


def at(issue: str, **statements: str) -> dict[str, Any]:
    held = {p: {"statement": text, "sources": ["paper"]} for p, text in statements.items()}
    return {"issue": issue, "positions": held}


def voices(*events: Any) -> list[tuple[tuple[str, ...], str | None]]:
    """Return what the latest meeting of a record says: parties, and the quotation's id or the statement."""
    line = home.latest(Presenter(make_timeline(*events)))
    assert line is not None
    return [(tuple(p.id for p in v.parties), v.quote.id if v.quote else v.statement) for v in line.voices]


def test_the_latest_meeting_is_the_newest_main_event_and_only_its_words_speak() -> None:
    view = Presenter(
        make_timeline(
            make_event("met", "1990-01-01", kind="talks"),
            make_event("context", "1990-02-01", kind="talks", prominence="context"),
            make_event("planned", "1990-03-01", kind="talks", status="planned"),
            make_event("measure", "1990-04-01", kind="measure"),
        )
    )
    line = home.latest(view)
    assert line is not None
    assert line.id == "met"
    assert home.latest(Presenter(make_timeline())) is None
    before = make_quote("before", date="1989-05-01", occasion="Elsewhere")
    held = at("toll", north="The north wants the toll.", south="The south does not.")
    assert voices(make_event("e", kind="talks", issues=[held], quotes=[before])) == [
        (("north",), "The north wants the toll."),
        (("south",), "The south does not."),
    ]
    there = make_quote("there")
    found = voices(make_event("e", kind="talks", issues=[held], quotes=[before, there]))
    assert found[0] == (("north",), "there")
    assert voices(make_event("e", kind="talks", issues=[at("toll")])) == []
    assert [p for p, _ in voices(make_event("e", kind="talks", issues=[at("toll", south="No.")]))] == [
        ("south",)
    ]


def test_standings_and_promises_begin_with_what_counts_most(small: Timeline) -> None:
    found = home.standings(Positions(Presenter(small)))
    sides = [sum(stand is not None for stand in row.stands) for row in found.rows]
    assert sides == sorted(sides, reverse=True)
    assert len(found.rows) <= home.ISSUES
    assert all(len(row.stands) == len(found.parties) == len(small.columns) for row in found.rows)
    sums = home.promise_sums(Presenter(small))
    assert sum(number for _, number, _ in sums.sums) == sums.total
    days = [c.due_day for c in sums.unsettled if c.due_day]
    assert days == sorted(days)


@pytest.mark.parametrize("record", [make_timeline(), make_timeline(make_event("e", quotes=[]))])
def test_an_empty_record_has_empty_answers(record: Timeline) -> None:
    view = Presenter(record)
    assert home.standings(Positions(view)).rows == ()
    assert home.promise_sums(view).total == 0


def test_the_record_goes_through_what_took_place_and_not_through_what_was_planned_or_checked() -> None:
    timeline = make_timeline(make_event("a", "1990-01-05"), make_event("b", "1999-01-05", status="planned"))
    through = tables.counts(timeline).through
    assert through is not None
    assert through.machine == "1990-01-05"
