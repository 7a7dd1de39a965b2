"""Events as a calendar (RFC 5545).

Every entry lasts whole days, its end day excluded (3.6.1). A date that is not exact becomes an entry over all
the days that it can mean, and its title says so first: "some time in May 2024". Such an entry is tentative
and leaves the time free (3.8.1.11, 3.8.2.7), and X-EDTF holds what the record says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import IO

from icalendar import Calendar, Component, vDatetime, vText
from icalendar import Event as Entry

from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

_EPOCH = date(1970, 1, 1)
NAME = "timeline.ics"
_BEGIN = b"BEGIN:VEVENT\r\n"
_END = b"END:VCALENDAR\r\n"
_STATUS = {"held": "CONFIRMED", "planned": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}


def days(when: Edtf) -> tuple[date, date | None]:
    """Return an entry's first day and the day after its last; None for one day (RFC 5545 3.6.1).

    What is open on one side stands on the day that is known.
    """
    if when.start is None:
        return when.last, None
    if when.end is None or when.last == date.max:
        return when.first, None
    return when.first, when.last + timedelta(days=1)


def hedged(when: Edtf, words: Wording = ENGLISH) -> str | None:
    """Return how a date that is not exact to the day reads before a title; None for an exact one."""
    if not when.inexact:
        return None
    date = display(when, words)
    if when.start is None or when.end is None:
        return date  # "since May 2024", "until 2021"
    if when.is_interval or when.start.approximate or when.start.uncertain:
        return date  # "about 5 May 2024"; between two months it may have lasted
    return words("calendar.within", date=date)


def entry(event: Event, timeline: Timeline, imprint: Imprint) -> bytes:
    """Return an event's entry for any calendar, but for the day of the record: see `stamped`."""
    first, after = days(event.date)
    words, title, summary = imprint.words, event.title, prose.to_plain(event.summary)
    hedge = hedged(event.date, words)
    if hedge:
        title = words("calendar.hedged", date=_capital(hedge), title=title)
        if event.date_basis:
            summary = f"{words('calendar.date_known', basis=event.date_basis)} {summary}"
        summary = words("event.described", date=display(event.date, words), lead=summary)
    made = Entry()
    made.add("UID", f"{event.id}@{imprint.host}")
    made.add("DTSTART", first)
    if after is not None:
        made.add("DTEND", after)
    made.add("SUMMARY", title)
    made.add("DESCRIPTION", summary)
    if event.place:
        place = timeline.corpus.places[event.place]
        made.add("LOCATION", words("list.comma").join(filter(None, (place.name, place.within))))
    if event.issues:
        made.add("CATEGORIES", [timeline.corpus.issues[i.issue].name for i in event.issues])
    made.add("STATUS", "TENTATIVE" if hedge and event.status == "held" else _STATUS[event.status])
    made.add("TRANSP", "TRANSPARENT")
    if imprint.address:
        made.add("URL", f"{imprint.address}{urls.event(event.id)}")
    made.add("X-EDTF", vText(event.date.text))
    return _lines(made)


def stamped(entry: bytes, timeline: Timeline) -> bytes:
    """Return an entry with its DTSTAMP: the newest day of the record, which other events may decide."""
    newest = datetime.combine(timeline.newest or _EPOCH, time(tzinfo=UTC))
    return entry.replace(_BEGIN, b"%sDTSTAMP:%s\r\n" % (_BEGIN, vDatetime(newest).to_ical()), 1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class Calendars:
    """Writes calendars of one record. An event stands in several, and its entry is made once."""

    def __init__(self, timeline: Timeline, imprint: Imprint) -> None:
        self.timeline = timeline
        self.imprint = imprint
        self.entries: dict[str, bytes] = {}

    def write(self, name: str, events: Iterable[Event]) -> bytes:
        """Return a calendar of the events, oldest first; `name` is what a calendar program calls it."""
        return b"".join((begun(name), *map(self._kept, events), _END))

    def _kept(self, event: Event) -> bytes:
        if event.id not in self.entries:
            self.entries[event.id] = stamped(entry(event, self.timeline, self.imprint), self.timeline)
        return self.entries[event.id]


class Lines:
    """A calendar in the making; it begins with what a calendar program calls it."""

    def __init__(self, name: str, timeline: Timeline, into: IO[bytes]) -> None:
        self.into = into
        self.count = 0
        self._timeline = timeline
        self.into.write(begun(name))

    def put(self, line: bytes) -> None:
        """Add an entry."""
        self.into.write(stamped(line, self._timeline))
        self.count += 1

    def end(self) -> None:
        """End the calendar."""
        self.into.write(_END)


def begun(name: str) -> bytes:
    """Return what stands before the entries of a calendar."""
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", "-//Diplomatic timeline//EN")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    made.add("NAME", vText(name))  # RFC 7986 5.1
    made.add("X-WR-CALNAME", vText(name))
    return _lines(made).removesuffix(_END)


def _lines(component: Component) -> bytes:
    """Return a component's lines; its properties stand in the order in which they were added."""
    lines: bytes = component.to_ical(sorted=False)
    return lines
