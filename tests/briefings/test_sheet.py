"""Sheets: one side of paper for whatever a record holds, two at most for those who meet."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.record import write_record
from diplomatic_timeline.briefings.blocks import age
from diplomatic_timeline.briefings.catalogue import orders
from diplomatic_timeline.briefings.contents import Form, sheet_of
from diplomatic_timeline.briefings.selection import Selection, SelectionError, select
from diplomatic_timeline.briefings.sheet import meeting_of, of_selection
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH
from helpers.briefings import pages, sheet, squeezed, viewpoint, with_events
from helpers.records import REAL, SMALL, timeline_of

SINGAPORE = Selection(events=("2024-05-31-austin-dong-singapore",))


@pytest.mark.parametrize(
    "event", ["2021-03-18-alaska", "2024-05-31-austin-dong-singapore", "2023-surveillance-balloon"]
)
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_an_event_has_one_side(event: str, paper: str) -> None:
    assert sheet(viewpoint(REAL), Selection(events=(event,)), paper=paper).pages == 1


def test_the_sheet_of_an_event_has_each_sides_position_what_was_promised_and_where_it_is_from() -> None:
    text = squeezed(pages(sheet(viewpoint(REAL), SINGAPORE, site="https://example.org/x/").pdf)[0])
    event = viewpoint(REAL).corpus.events[SINGAPORE.events[0]]
    for promise in event.commitments:
        assert squeezed(promise.statement) in text
    assert "example.org/x/events/2024-05-31-austin-dong-singapore/" in text
    assert "Recordthrough" in text


def test_what_is_left_out_is_counted() -> None:
    event = viewpoint(REAL).corpus.events["2021-03-18-alaska"]
    told = [at for at in event.issues if at.positions]
    found = pages(sheet(viewpoint(REAL), Selection(events=(event.id,))).pdf)[0]
    shown = sum(viewpoint(REAL).corpus.issues[at.issue].name in found.split("Issue")[-1] for at in told)
    assert "in the full briefing" in found
    assert shown < len(told)


def test_events_of_every_size_have_one_side(tmp_path: Path) -> None:
    write_record(tmp_path, 24, 5)
    made = timeline_of(tmp_path)
    chance = random.Random(7)
    events = []
    for n, event in enumerate(made.events.values()):
        long = " ".join(["words that go on"] * chance.choice((1, 9, 90)))
        issues = tuple(
            at.model_copy(
                update={
                    "positions": {
                        party: position.model_copy(update={"statement": f"{position.statement} {long}"})
                        for party, position in at.positions.items()
                    }
                }
            )
            for at in event.issues
        )
        many = tuple(
            c.model_copy(update={"id": f"{c.id}-{k}"})
            for c in event.commitments
            for k in range(chance.choice((1, 30)))
        )
        title = f"{event.title} {long}" if n % 2 else "北京会谈" * chance.choice((1, 20))
        events.append(
            event.model_copy(update={"issues": issues, "commitments": many, "title": title, "related": ()})
        )
    corpus = made.corpus.model_copy(update={"events": {e.id: e for e in events}})
    view = Presenter(Timeline(corpus))
    for event in events:
        assert sheet(view, Selection(events=(event.id,))).pages == 1, event.id


@pytest.mark.parametrize("folder", [REAL, SMALL], ids=["real", "small"])
def test_the_site_has_a_sheet_of_every_event_each_issue_with_words_and_those_who_have_met(
    folder: Path,
) -> None:
    view = viewpoint(folder)
    found = {o.address: o for o in orders(view, Form("R")) if o.sheet}
    for id in view.corpus.events:
        assert f"briefings/one-page/event/{id}.pdf" in found
    assert any(o.kind == "meeting" for o in found.values())
    assert all(len(o.job.contents()["blocks"]) > 0 for o in list(found.values())[::9])


@pytest.mark.parametrize(
    "pair",
    [("wang-yi", "antony-blinken"), ("xi-jinping", "joe-biden"), ("united-states", "china")],
)
def test_the_sheet_of_a_meeting_has_two_sides_at_most(pair: tuple[str, str]) -> None:
    subject = meeting_of(viewpoint(REAL), pair)
    assert subject.meeting
    made = sheet(viewpoint(REAL), subject)
    assert made.pages <= 2
    text = "".join(pages(made.pdf))
    assert "Last met" in text
    assert "What each side is likely to raise" in text


def test_those_who_have_not_met_are_told_with_whom_they_have() -> None:
    with pytest.raises(
        SelectionError, match=r"wang-yi and dong-jun have not met .* wang-yi has met .*antony-blinken"
    ):
        meeting_of(viewpoint(REAL), ("wang-yi", "dong-jun"))


def test_on_a_day_that_is_asked_for_a_due_date_has_an_age() -> None:
    view = viewpoint(REAL)
    events = [
        e.model_copy(
            update={
                "commitments": tuple(
                    c.model_copy(
                        update={"status": "open", "evidence": (), "history": (), "due": parse_date("2024")}
                    )
                    for c in e.commitments
                )
            }
        )
        for e in view.corpus.events.values()
    ]
    changed = with_events(REAL, events)
    subject = of_selection(changed.timeline, select(changed.timeline, SINGAPORE))
    told = sheet_of(changed, subject, Form("R", as_of=parse_date("2026-02-28").last))
    (promises,) = [b for b in told["blocks"] if b["kind"] == "promises"]
    assert {r["late"] for r in promises["rows"]} == {"due date passed 1 year 1 month ago"}


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2024-01-31", "2024-02-28", "28 days"),
        ("2024-01-31", "2024-03-31", "2 months"),
        ("2022-05-31", "2024-05-31", "2 years"),
        ("2022-05-31", "2024-05-30", "1 year 11 months"),
    ],
)
def test_an_age_is_said_in_whole_months_and_years(since: str, until: str, words: str) -> None:
    assert age(parse_date(since).first, parse_date(until).first, ENGLISH) == words
