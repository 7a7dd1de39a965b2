"""Events as a feed (Atom, RFC 4287): the newest first, each with its summary.

An entry is updated on the day of its event or of its latest correction; the feed on the record's newest day.
There is no clock: the same record gives the same feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from xml.etree.ElementTree import Element, SubElement, tostring

from diplomatic_timeline.exports.format import FilePlan, Format, Lines, PageFile
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.timeline import Timeline

NEWEST = 50
"""How many events a feed holds."""

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


def write(
    timeline: Timeline, imprint: Imprint, title: str, page: str, here: str, events: Iterable[Event]
) -> bytes:
    """Return the feed that stands at `here` and belongs to `page`; `events` come oldest first."""
    chosen = sorted(events, key=lambda e: e.date.order, reverse=True)[:NEWEST]
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": imprint.words.language})
    _text(feed, "id", imprint.iri(here))
    _text(feed, "title", title)
    _text(feed, "updated", _stamp(timeline.newest or _EPOCH))
    _text(SubElement(feed, "author"), "name", imprint.name)
    for rel, media, target in (("self", "application/atom+xml", here), ("alternate", "text/html", page)):
        SubElement(feed, "link", {"rel": rel, "type": media, "href": imprint.link(target, here)})
    _text(feed, "rights", imprint.terms)
    for event in chosen:
        _entry(feed, event, timeline, imprint, here)
    body = tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()


def _entry(feed: Element, event: Event, timeline: Timeline, imprint: Imprint, here: str) -> None:
    page = urls.event(event.id)
    entry = SubElement(feed, "entry")
    _text(entry, "id", imprint.iri(page))
    _text(entry, "title", event.title)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": imprint.link(page, here)})
    _text(entry, "updated", _stamp(updated(event)))
    for at_issue in event.issues:
        issue = timeline.corpus.issues[at_issue.issue]
        SubElement(entry, "category", {"term": issue.id, "label": issue.name})
    words = imprint.words
    described = words("event.described", date=display(event.date, words), lead=prose.lead(event.summary))
    _text(entry, "summary", described)
    _text(entry, "content", prose.to_html(event.summary), type="html")


def _plans(timeline: Timeline, imprint: Imprint) -> Iterator[FilePlan]:
    path, events = f"{urls.DATA}feed.xml", list(timeline.events.values())
    title = imprint.words("data.feed", n=NEWEST)
    whole = write(timeline, imprint, imprint.name, urls.HOME, path, events)
    count = min(len(events), NEWEST)
    yield FilePlan("feed.xml", title, "application/atom+xml", "feed", before=whole, count=count)


def _of_pages(timeline: Timeline, imprint: Imprint, lines: Lines) -> Iterator[PageFile]:
    for issue in timeline.corpus.issues.values():
        ids = timeline.events_of_issue.get(issue.id, ())
        page, events = urls.issue(issue.id), [timeline.events[id] for id in ids]
        path = f"{page}feed.xml"
        make = partial(write, timeline, imprint, imprint.titled(issue.name), page, path, events)
        yield PageFile(path, ids, make, str(timeline.newest))


FORMAT = Format(_plans, of_pages=_of_pages)
"""The newest events, and those of each issue."""
