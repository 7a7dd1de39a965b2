"""Events as a calendar (RFC 5545).

Every entry lasts whole days, its end day excluded (3.6.1). A date that is not exact becomes an entry over all
the days that it can mean, and its title says so first: "some time in May 2024". Such an entry is tentative
and leaves the time free (3.8.1.11, 3.8.2.7), and X-EDTF holds what the record says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from icalendar import Calendar, Component, vText
from icalendar import Event as Entry

from diplomatic_timeline.exports.citations import sentence
from diplomatic_timeline.exports.format import FilePlan, Format, Line, Lines, PageFile
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

_EPOCH = date(1970, 1, 1)
NAME = "timeline.ics"
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
    """Return an event's entry for any calendar; its DTSTAMP is the newest day of the record."""
    first, after = days(event.date)
    words, title, summary = imprint.words, event.title, prose.lead(event.summary)
    hedge = hedged(event.date, words)
    if hedge:
        title = words("calendar.hedged", date=sentence(hedge), title=title)
        if event.date_basis:
            summary = f"{words('calendar.date_known', basis=event.date_basis)} {summary}"
        summary = words("event.described", date=display(event.date, words), lead=summary)
    made = Entry()
    made.add("DTSTAMP", datetime.combine(timeline.newest or _EPOCH, time(tzinfo=UTC)))
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


def _plans(timeline: Timeline, imprint: Imprint) -> Iterator[FilePlan]:
    title, before = imprint.words("data.calendar"), _begun(imprint.name)
    order = timeline.events
    yield FilePlan(NAME, title, "text/calendar", "calendar", before=before, after=_END, order=order)


def _of_event(event: Event, timeline: Timeline, imprint: Imprint) -> Iterator[Line]:
    yield NAME, event.id, entry(event, timeline, imprint)


def _of_pages(timeline: Timeline, imprint: Imprint, lines: Lines) -> Iterator[PageFile]:
    for issue in timeline.corpus.issues.values():
        events = timeline.events_of_issue.get(issue.id, ())
        make = partial(_of_issue, imprint.titled(issue.name), events, lines)
        yield PageFile(f"{urls.issue(issue.id)}calendar.ics", events, make, str(timeline.newest))


def _of_issue(name: str, events: Iterable[str], lines: Lines) -> bytes:
    return b"".join((_begun(name), *(lines(NAME, id) for id in events), _END))


FORMAT = Format(_plans, _of_event, _of_pages)
"""All events, and the events of each issue."""
