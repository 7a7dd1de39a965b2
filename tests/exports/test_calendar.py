"""The calendar, read by icalendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from diplomatic_timeline.exports.files import files
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_timeline, rich_timeline
from helpers.sites import data_of

IMPRINT = Imprint("Sound", "https://example.org/sound/")


def written(timeline: Timeline, name: str = "Sound") -> bytes:
    made = data_of(timeline, Imprint(name, "https://example.org/sound/"))
    return next(file.content() for file in made if file.name == "timeline.ics")


def entry(when: str, **fields: Any) -> Any:
    basis = {"date_basis": "As reported."}
    timeline = make_timeline(make_event(date=when, **basis, **fields))
    parsed: Any = Calendar.from_ical(written(timeline))
    assert not parsed.errors
    (event,) = parsed.events
    assert not event.errors
    return event


def test_the_calendar_of_the_whole_record_and_of_each_issue_reads_without_an_error(real: Timeline) -> None:
    parsed: Any = Calendar.from_ical(written(real))
    assert not parsed.errors
    assert [str(e["UID"]) for e in parsed.events] == [f"{id}@example.org" for id in real.events]
    for event in parsed.events:
        assert not event.errors
        assert event["DTSTAMP"].dt.date() == real.newest
    every = dict(files(real, IMPRINT))
    whole = {str(e["UID"]): e for e in Calendar.from_ical(every["data/timeline.ics"]).events}
    for id in real.events_of_issue:
        events: Any = Calendar.from_ical(every[f"issues/{id}/calendar.ics"]).events
        assert [str(e["UID"]) for e in events] == [f"{e}@example.org" for e in real.events_of_issue[id]]
        assert all(e == whole[str(e["UID"])] for e in events)


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("2021-03-18", date(2021, 3, 18), date(2021, 3, 19)),
        ("2024-02-28/2024-02-29", date(2024, 2, 28), date(2024, 3, 1)),
    ],
)
def test_an_entry_ends_on_the_day_after_its_last(when: str, start: date, end: date) -> None:
    event = entry(when)
    assert (event.start, event.end) == (start, end)
    assert event["SUMMARY"] == "Title of 1990-talks"
    assert event["STATUS"] == "CONFIRMED"
    assert entry("9999-12-31").start == date(9999, 12, 31)  # the calendar has no day after it


@pytest.mark.parametrize(
    ("when", "start", "end", "begins"),
    [
        ("2024-05", date(2024, 5, 1), date(2024, 6, 1), "Some time in May 2024: "),
        ("2024", date(2024, 1, 1), date(2025, 1, 1), "Some time in 2024: "),
        ("2024-05-XX", date(2024, 5, 1), date(2024, 6, 1), "Some time in May 2024: "),
        ("2023~", date(2023, 1, 1), date(2024, 1, 1), "About 2023: "),
        ("2024-05-05?", date(2024, 5, 5), date(2024, 5, 6), "5 May 2024 (uncertain): "),
        ("2017/2021", date(2017, 1, 1), date(2022, 1, 1), "2017–2021: "),
        ("2021-05-02/..", date(2021, 5, 2), date(2021, 5, 3), "Since 2 May 2021: "),
        ("../2021-05-02", date(2021, 5, 2), date(2021, 5, 3), "Until 2 May 2021: "),
        ("202X", date(2020, 1, 1), date(2030, 1, 1), "Some time in the 2020s: "),
    ],
)
def test_a_date_that_is_not_exact_says_so_before_its_title(
    when: str, start: date, end: date, begins: str
) -> None:
    event = entry(when)
    assert (event.start, event.end) == (start, end)
    assert event["SUMMARY"] == f"{begins}Title of 1990-talks"
    assert event["STATUS"] == "TENTATIVE"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["X-EDTF"] == when
    assert "Date: As reported." in event["DESCRIPTION"]


@pytest.mark.parametrize("status", ["planned", "postponed", "cancelled"])
def test_what_was_not_held_is_not_confirmed(status: str) -> None:
    expected = "CANCELLED" if status == "cancelled" else "TENTATIVE"
    assert entry("2021-03-18", status=status)["STATUS"] == expected


def test_text_that_looks_like_the_format_stays_text_and_lines_are_short(small: Timeline) -> None:
    title = "A; b, c\\n: END:VEVENT 王毅" + "é" * 90
    event = entry("2021-03-18", title=title, summary="One:\n\nBEGIN:VALARM.\n\nTwo.")
    assert event["SUMMARY"] == title
    assert event["DESCRIPTION"] == "One: BEGIN:VALARM."
    text = written(make_timeline(make_event(title=title)), "One, two")
    lines = text.replace(b"\r\n ", b"").decode().split("\r\n")
    assert {"NAME:One\\, two", "X-WR-CALNAME:One\\, two"} <= set(lines)
    assert "SUMMARY:A\\; b\\, c\\\\n: END:VEVENT 王毅" + "é" * 90 in lines
    text = written(small, "Sound" * 40)
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    assert b"\n" not in text.replace(b"\r\n", b"")


def test_one_of_a_set_of_days_is_tentative_and_a_journey_names_all_its_places() -> None:
    event = entry("[2023-01-30..2023-02-04]")
    assert (event["DTSTART"].dt, event.end) == (date(2023, 1, 30), date(2023, 2, 5))
    assert event["SUMMARY"].startswith("Some time between 30 January and 4 February 2023")
    assert event["STATUS"] == "TENTATIVE"
    journey = Calendar.from_ical(written(rich_timeline())).events[0]
    assert str(journey["LOCATION"]) == "Port, Isle, South; Cape, North"
