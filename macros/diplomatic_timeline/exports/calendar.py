"""Events as a calendar (RFC 5545).

Every entry lasts whole days, its end day excluded (3.6.1). A date that is not exact becomes an entry over all
the days that it can mean, and its title says so first: "some time in May 2024". Such an entry is tentative
and leaves the time free (3.8.1.11, 3.8.2.7), and X-EDTF holds what the record says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import IO

from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

_EPOCH = date(1970, 1, 1)
NAME = "timeline.ics"
END = b"END:VCALENDAR\r\n"
_STAMP = "\0"
"""Stands for the newest day of the record, which may change when the event does not; no record holds it."""
_STATUS = {"held": "CONFIRMED", "planned": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}


def escaped(text: str) -> str:
    """Return a TEXT value (RFC 5545 3.3.11)."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def folded(line: str) -> str:
    """Return a content line in pieces of at most 75 octets, no character cut (RFC 5545 3.1)."""
    octets = line.encode("utf-8")
    if len(octets) <= 75:
        return line
    pieces, start, room = [], 0, 75
    while start < len(octets):
        end = start + room
        while end < len(octets) and octets[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        pieces.append(octets[start:end].decode("utf-8"))
        start, room = end, 74
    return "\r\n ".join(pieces)


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
    """Return an event's entry for any calendar; the day of the record is left open: see `stamped`."""
    return _lines(_entry(event, timeline, imprint))


def stamped(entry: bytes, timeline: Timeline) -> bytes:
    """Return an entry with the newest day of the record."""
    return entry.replace(_STAMP.encode(), _basic(timeline.newest or _EPOCH).encode())


def _entry(event: Event, timeline: Timeline, imprint: Imprint) -> Iterator[str]:
    page, words = urls.event(event.id), imprint.words
    first, after = days(event.date)
    hedge = hedged(event.date, words)
    place = timeline.corpus.places[event.place] if event.place else None
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@{imprint.host}"
    yield f"DTSTAMP:{_STAMP}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(first)}"
    if after is not None:
        yield f"DTEND;VALUE=DATE:{_basic(after)}"
    title, summary = event.title, prose.to_plain(event.summary)
    if hedge:
        title = words("calendar.hedged", date=_capital(hedge), title=title)
        if event.date_basis:
            summary = f"{words('calendar.date_known', basis=event.date_basis)} {summary}"
        summary = words("event.described", date=display(event.date, words), lead=summary)
    yield "SUMMARY:" + escaped(title)
    yield "DESCRIPTION:" + escaped(summary)
    if place:
        yield "LOCATION:" + escaped(words("list.comma").join(filter(None, (place.name, place.within))))
    names = [timeline.corpus.issues[i.issue].name for i in event.issues]
    yield "CATEGORIES:" + ",".join(map(escaped, names))
    yield "STATUS:" + ("TENTATIVE" if hedge and event.status == "held" else _STATUS[event.status])
    yield "TRANSP:TRANSPARENT"
    if imprint.address:
        yield f"URL:{imprint.address}{page}"
    yield "X-EDTF:" + escaped(event.date.text)
    yield "END:VEVENT"


def _basic(day: date) -> str:
    # Not strftime: it does not pad years before 1000 on every system.
    return day.isoformat().replace("-", "")


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
        return b"".join((begun(name), *map(self._kept, events), END))

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
        self.into.write(END)


def begun(name: str) -> bytes:
    """Return what stands before the entries of a calendar."""
    return _lines(
        (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Diplomatic timeline//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"NAME:{escaped(name)}",  # RFC 7986 5.1
            f"X-WR-CALNAME:{escaped(name)}",
        )
    )


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{folded(line)}\r\n" for line in lines).encode("utf-8")
