"""Events, and what became of promises, as a feed (Atom, RFC 4287): the newest first.

An entry is updated on the day of its event or of its latest correction, or on that on which a promise was
kept, lapsed or changed in another way; the feed on the record's newest day.
There is no clock: the same record gives the same feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from xml.etree.ElementTree import Element, SubElement, tostring

from diplomatic_timeline.exports.format import FilePlan, Format, Lines, PageFile
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Commitment, Event, StatusChange
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.timeline import Timeline

NEWEST = 30
"""How many entries a feed holds."""

_ATOM = "http://www.w3.org/2005/Atom"
_EPOCH = date(1970, 1, 1)
# XML 1.0 2.2; the rest cannot stand in a document, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _stamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _day(when: Edtf) -> date:
    return when.first if when.last == date.max else when.last


def updated(event: Event) -> date:
    """Return the day on which an event's entry was last changed, as far as the record knows."""
    return max([_day(event.date), *(_day(c.date) for c in event.corrections)])


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    element = SubElement(parent, name, attributes)
    element.text = _NOT_XML.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Change:
    """The status that a promise of an event took on a date, and its number in the promise's history."""

    event: Event
    promise: Commitment
    number: int

    @property
    def status(self) -> StatusChange:
        """The status with its date."""
        return self.promise.history[self.number]

    @property
    def date(self) -> Edtf:
        """When it changed."""
        return self.status.date


def changes(events: Iterable[Event], issue: str | None = None) -> Iterator[Change]:
    """Yield how promises of events changed, on one issue if it is given; that one was made is no change."""
    for event in events:
        for promise in event.commitments:
            if promise.type != "warning" and (issue is None or issue in promise.issues):
                for number, status in enumerate(promise.history):
                    if number or status.status != "open":
                        yield Change(event, promise, number)


def write(
    timeline: Timeline,
    imprint: Imprint,
    title: str,
    page: str,
    here: str,
    entries: Iterable[Event | Change],
) -> bytes:
    """Return the feed that stands at `here` and belongs to `page`."""
    chosen = sorted(entries, key=lambda e: e.date.order, reverse=True)[:NEWEST]
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": imprint.words.language})
    _text(feed, "id", imprint.iri(here))
    _text(feed, "title", title)
    _text(feed, "updated", _stamp(timeline.newest or _EPOCH))
    _text(SubElement(feed, "author"), "name", imprint.name)
    for rel, media, target in (("self", "application/atom+xml", here), ("alternate", "text/html", page)):
        SubElement(feed, "link", {"rel": rel, "type": media, "href": imprint.link(target, here)})
    _text(feed, "rights", imprint.terms)
    for one in chosen:
        if isinstance(one, Change):
            _change(feed, one, timeline, imprint, here)
        else:
            _event(feed, one, timeline, imprint, here)
    body = tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()


def _entry(feed: Element, imprint: Imprint, here: str, page: str, id: str, title: str, day: date) -> Element:
    """Return a new entry that leads to a page."""
    entry = SubElement(feed, "entry")
    _text(entry, "id", imprint.iri(id))
    _text(entry, "title", title)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": imprint.link(page, here)})
    _text(entry, "updated", _stamp(day))
    return entry


def _categories(entry: Element, timeline: Timeline, issues: Iterable[str]) -> None:
    for id in issues:
        SubElement(entry, "category", {"term": id, "label": timeline.corpus.issues[id].name})


def _event(feed: Element, event: Event, timeline: Timeline, imprint: Imprint, here: str) -> None:
    page, words = urls.event(event.id), imprint.words
    entry = _entry(feed, imprint, here, page, page, event.title, updated(event))
    _categories(entry, timeline, [at_issue.issue for at_issue in event.issues])
    described = words("event.described", date=display(event.date, words), lead=prose.lead(event.summary))
    _text(entry, "summary", described)
    _text(entry, "content", prose.to_html(event.summary), type="html")


def _change(feed: Element, change: Change, timeline: Timeline, imprint: Imprint, here: str) -> None:
    promise, status, words = change.promise, change.status, imprint.words
    page = urls.commitment(change.event.id, promise.id)
    stands = words(f"commitment_status.{status.status}")
    title = words(f"feed.{promise.type}", status=stands, statement=promise.statement)
    entry = _entry(feed, imprint, here, page, f"{page}-{change.number}", title, _day(status.date))
    _categories(entry, timeline, promise.issues)
    made = words("feed.made_at", event=change.event.title, date=display(change.event.date, words))
    told = [words("event.described", date=display(status.date, words), lead=made), status.note or ""]
    _text(entry, "summary", " ".join(filter(None, told)))


def _plans(timeline: Timeline, imprint: Imprint) -> Iterator[FilePlan]:
    path, events = f"{urls.DATA}feed.xml", timeline.events.values()
    entries: list[Event | Change] = [*events, *changes(events)]
    title = imprint.words("data.feed", n=NEWEST)
    whole = write(timeline, imprint, imprint.name, urls.HOME, path, entries)
    count = min(len(entries), NEWEST)
    yield FilePlan("feed.xml", title, "application/atom+xml", "feed", before=whole, count=count)


def _of_pages(timeline: Timeline, imprint: Imprint, lines: Lines) -> Iterator[PageFile]:
    for issue in timeline.corpus.issues.values():
        ids = timeline.events_of_issue.get(issue.id, ())
        page, events = urls.issue(issue.id), [timeline.events[id] for id in ids]
        path = f"{page}feed.xml"
        entries: list[Event | Change] = [*events, *changes(events, issue.id)]
        make = partial(write, timeline, imprint, imprint.titled(issue.name), page, path, entries)
        yield PageFile(path, ids, make, str(timeline.newest))


FORMAT = Format(_plans, of_pages=_of_pages)
"""The newest events and changes, and those of each issue."""
