"""Events as a calendar (RFC 5545).

Every entry lasts whole days, its end day excluded (3.6.1). A date that is not exact becomes an entry over all
the days that it can mean, and its title says so first: "some time in May 2024". Such an entry is tentative
and leaves the time free (3.8.1.11, 3.8.2.7), and X-EDTF holds what the record says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from icalendar import Calendar, Component, vDatetime, vText
from icalendar import Event as Entry

from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.exports.format import FileWriter, Format, Line, Lines, PageFile
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
    if when.precision == "one-of":
        return words("calendar.one_of", date=date)
    return words("calendar.within", date=date)


def entry(event: Event, timeline: Timeline, imprint: Imprint) -> bytes:
    """Return an event's entry for any calendar, but for its DTSTAMP."""
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
    if event.where:
        places = [timeline.corpus.places[at.place].names for at in event.where]
        made.add("LOCATION", words("list.semicolon").join(map(words("list.comma").join, places)))
    if event.issues:
        made.add("CATEGORIES", [timeline.corpus.issues[i.issue].name for i in event.issues])
    made.add("STATUS", "TENTATIVE" if hedge and event.status == "held" else _STATUS[event.status])
    made.add("TRANSP", "TRANSPARENT")
    if imprint.address:
        made.add("URL", f"{imprint.address}{urls.event(event.id)}")
    made.add("X-EDTF", vText(event.date.text))
    return _lines(made)


def _stamp(timeline: Timeline) -> bytes:
    """Return the DTSTAMP of every entry: the newest day of the record, which other events may decide."""
    newest = datetime.combine(timeline.newest or _EPOCH, time(tzinfo=UTC))
    return b"DTSTAMP:%s\r\n" % vDatetime(newest).to_ical()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _begun(name: str) -> bytes:
    """Return what stands before the entries of a calendar; `name` is what a calendar program calls it."""
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


class _Writer(FileWriter):
    """A calendar while it is written. Its day stands in every entry, which is kept without it."""

    def __init__(self, timeline: Timeline, imprint: Imprint, scratch: Scratch) -> None:
        super().__init__(
            NAME,
            imprint.words("data.calendar"),
            "text/calendar",
            "calendar",
            scratch,
            before=_begun(imprint.name),
            after=_END,
            order=timeline.events,
        )
        self._stamp = _stamp(timeline)

    def put(self, line: bytes, id: str = "") -> None:
        super().put(line.replace(_BEGIN, _BEGIN + self._stamp, 1), id)


def _begin(timeline: Timeline, imprint: Imprint, scratch: Scratch) -> Iterator[FileWriter]:
    yield _Writer(timeline, imprint, scratch)


def _of_event(event: Event, timeline: Timeline, imprint: Imprint) -> Iterator[Line]:
    yield NAME, event.id, entry(event, timeline, imprint)


def _of_pages(timeline: Timeline, imprint: Imprint, lines: Lines) -> Iterator[PageFile]:
    for issue in timeline.corpus.issues.values():
        events = timeline.events_of_issue.get(issue.id, ())
        make = partial(_of_issue, imprint.titled(issue.name), events, lines)
        yield PageFile(f"{urls.issue(issue.id)}calendar.ics", events, make, str(timeline.newest))


def _of_issue(name: str, events: Iterable[str], lines: Lines) -> bytes:
    return b"".join((_begun(name), *(lines(NAME, id) for id in events), _END))


FORMAT = Format(_begin, _of_event, _of_pages)
"""All events, and the events of each issue."""
