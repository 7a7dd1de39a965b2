"""Dates that are not exact say how they are known; times run forward."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from zoneinfo import ZoneInfo, available_timezones

from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.model.diagnostics import shown, suggestion
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.reading import Findings, Reading

ID_DATE = "id-date"
"""The code of a finding about a date that the file's name contradicts."""

_DATE_OF_ID = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=-|$)")


def _other_date(id: str, event: Event) -> str:
    """Return the date with which an event's id begins where the event's cannot be it, or nothing."""
    named = _DATE_OF_ID.match(id)
    if named is None or event.date.anchor.isoformat().startswith(named[0]):
        return ""
    with suppress(DateError):
        when = parse_date(named[0])
        if when.first <= event.date.last and event.date.first <= when.last:
            return ""
    return named[0]


def dated_by_name(reading: Reading) -> dict[str, Event]:
    """Return the events whose date their file's name contradicts, with the date that it says."""
    found = {}
    for id, event in reading.corpus.events.items():
        with suppress(DateError):
            if named := _other_date(id, event):
                found[id] = event.model_copy(update={"date": parse_date(named)})
    return found


@check(scope="event")
def dates(reading: Reading) -> Findings:
    """A date that is not exact says how it is known; times run forward."""
    corpus = reading.corpus
    for id, event in corpus.events.items():
        if event.date.inexact and event.date_basis is None:
            yield reading.finding(
                "missing-date-basis",
                f"the date {event.date.text!r} is not exact to the day, and nothing says how it is known",
                ("events", id, "date"),
                "add 'date_basis: ...', as in 'the report says only last week'",
            )
        year = reading.origins["events", id].file.split("/")[-2]
        if named := _other_date(id, event):
            yield reading.finding(
                ID_DATE,
                f"the file's name begins with {named}, and the event's date is {event.date}",
                ("events", id, "date"),
                "correct the date; or rename the file, as long as the event is not published",
                warning=True,
            )
        elif (
            re.fullmatch(r"[0-9]{4}", year) and not event.date.first.year <= int(year) <= event.date.last.year
        ):
            yield reading.finding(
                "wrong-folder",
                f"the file is in the folder {year}, and the event's date is {event.date}",
                ("events", id, "date"),
                f"move it to the folder {event.date.first.year}, or correct the date",
                warning=True,
            )
        for n, correction in enumerate(event.corrections):
            if correction.date.last < event.date.first and event.status == "held":
                yield reading.finding(
                    "correction-before-event",
                    f"the correction is of {correction.date}, and the event of {event.date}",
                    ("events", id, "corrections", n, "date"),
                    "correct one of the two",
                )
        yield from _zone(reading, "events", id, event.timezone)
        yield from _places(reading, id, event)
        for n, quote in enumerate(event.quotes):
            said = quote.date or event.date
            source = corpus.sources.get(quote.source)
            published = source.published if source else None
            if published and said.first > published.last and quote.date is None:
                yield reading.finding(
                    "quote-after-source",
                    f"the event, of {said}, is later than the source of what was said at it, of {published}",
                    ("events", id, "date"),
                    f"correct the date, or 'published' of {quote.source!r} in events/registry/sources.yml",
                )
            elif published and said.first > published.last:
                yield reading.finding(
                    "quote-after-source",
                    f"the quote, of {said}, is later than its source of {published}",
                    ("events", id, "quotes", n, "date"),
                    "correct the quote's date, or the source's 'published' in events/registry/sources.yml",
                )
            if quote.date is not None and quote.occasion is None:
                yield reading.finding(
                    "missing-occasion",
                    "a quote with a date of its own was said elsewhere, and nothing says where",
                    ("events", id, "quotes", n, "date"),
                    "add 'occasion: ...', as in 'Press briefing in Beijing'; "
                    "or remove the date if it was said at the event",
                )
        for n, commitment in enumerate(event.commitments):
            if commitment.due and commitment.due.last < event.date.first:
                yield reading.finding(
                    "due-before-event",
                    f"what was promised on {event.date} cannot be due by {commitment.due}",
                    ("events", id, "commitments", n, "due"),
                    "correct the due date",
                )
    for id, place in corpus.places.items():
        yield from _zone(reading, "places", id, place.timezone)


def _zone(reading: Reading, kind: str, id: str, zone: str | None) -> Findings:
    if zone is not None and not _is_zone(zone):
        yield reading.finding(
            "unknown-timezone",
            f"there is no time zone {shown(zone)}",
            (kind, id, "timezone"),
            lambda: suggestion(
                zone,
                sorted(available_timezones()),
                "write the name of the IANA database, as in 'Asia/Shanghai' or 'America/Anchorage'",
            ),
        )


def _places(reading: Reading, id: str, event: Event) -> Findings:
    if event.place and event.places:
        yield reading.finding(
            "place-and-places",
            "the event has one place and several places",
            ("events", id, "place"),
            "keep 'place' for one, or 'places' for several",
        )
    before = None
    for n, visited in enumerate(event.places):
        when = visited.date
        if when is None:
            continue
        where = ("events", id, "places", n, "date")
        if when.last < event.date.first or when.first > event.date.last:
            message = f"the event, of {event.date}, was not there on {when}"
            remedy = "correct this date, or the event's"
            yield reading.finding("place-outside-dates", message, where, remedy)
        elif before and when.last < before.first:
            message = f"it was there on {when}, and at the place before on {before}"
            yield reading.finding("place-outside-dates", message, where, "put the places into their order")
        before = when


@check()
def sequence(reading: Reading) -> Findings:
    """What follows something comes after it: without circles, and without contradicting the dates."""
    events = reading.corpus.events
    before = {id: {f for f in event.follows if f in events} for id, event in events.items() if event.follows}
    while True:
        try:
            order = tuple(TopologicalSorter(before).static_order())
            break
        except CycleError as error:
            circle: list[str] = error.args[1]
        # Each of the circle comes before the next one.
        first, last = circle[0], circle[1]
        before[last].discard(first)
        yield reading.finding(
            "follows-circle",
            "the event comes before itself: " + " → ".join(circle),
            ("events", last, "follows", events[last].follows.index(first)),
            "remove it from 'follows' of one of them",
        )
    earliest: dict[str, date] = {}
    for id in order:
        event = events[id]
        earliest[id] = max([event.date.first, *(earliest[f] for f in before.get(id, ()))])
        for n, other in enumerate(event.follows):
            if other in before.get(id, ()) and earliest[other] > event.date.last:
                yield reading.finding(
                    "follows-later-event",
                    f"the event, of {event.date}, cannot follow one of {events[other].date}"
                    + ("" if earliest[other] == events[other].date.first else ", which follows later ones"),
                    ("events", id, "follows", n),
                    "correct one of the dates, or remove it",
                )


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
