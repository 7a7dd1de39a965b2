"""Dates that are not exact say how they are known; times run forward."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from diplomatic_timeline.model.diagnostics import shown, suggestion
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.reading import Findings, Reading


@check(scope="event")
def dates(reading: Reading) -> Findings:
    """A date that is not exact says how it is known; times run forward."""
    corpus = reading.corpus
    for id, event in corpus.events.items():
        if event.date.inexact and event.date_basis is None:
            yield reading.finding(
                "missing-date-basis",
                f"the date {event.date.text!r} is not exact to the day, and nothing says how it is known",
                "events",
                id,
                ("date",),
                "add 'date_basis: ...', as in 'the report says only last week'",
            )
        named = _DATE_OF_ID.match(id)
        if named and not event.date.anchor.isoformat().startswith(named[0]):
            yield reading.finding(
                "id-date",
                f"the file's name begins with {named[0]}, and the event's date is {event.date}",
                "events",
                id,
                ("date",),
                "correct the date; or rename the file, as long as the event is not published",
                warning=True,
            )
        if event.timezone is not None and not _is_zone(event.timezone):
            yield reading.finding(
                "unknown-timezone",
                f"there is no time zone {shown(event.timezone)}",
                "events",
                id,
                ("timezone",),
                suggestion(
                    event.timezone,
                    sorted(available_timezones()),
                    "write the name of the IANA database, as in 'Asia/Shanghai' or 'America/Anchorage'",
                ),
            )
        for n, quote in enumerate(event.quotes):
            said = quote.date or event.date
            source = corpus.sources.get(quote.source)
            if source and said.first > source.published.last and quote.date is None:
                yield reading.finding(
                    "quote-after-source",
                    f"the event, of {said}, is later than the source of what was said at it, "
                    f"of {source.published}",
                    "events",
                    id,
                    ("date",),
                    f"correct the date, or 'published' of {source.id!r} in events/registry/sources.yml",
                )
            elif source and said.first > source.published.last:
                yield reading.finding(
                    "quote-after-source",
                    f"the quote, of {said}, is later than its source of {source.published}",
                    "events",
                    id,
                    ("quotes", n, "date"),
                    "correct the quote's date, or the source's 'published' in events/registry/sources.yml",
                )
            if quote.date is not None and quote.occasion is None:
                yield reading.finding(
                    "missing-occasion",
                    "a quote with a date of its own was said elsewhere, and nothing says where",
                    "events",
                    id,
                    ("quotes", n, "date"),
                    "add 'occasion: ...', as in 'Press briefing in Beijing'; "
                    "or remove the date if it was said at the event",
                )
        for n, commitment in enumerate(event.commitments):
            if commitment.due and commitment.due.last < event.date.first:
                yield reading.finding(
                    "due-before-event",
                    f"what was promised on {event.date} cannot be due by {commitment.due}",
                    "events",
                    id,
                    ("commitments", n, "due"),
                    "correct the due date",
                )


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


_DATE_OF_ID = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=-|$)")
