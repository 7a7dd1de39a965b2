"""Every file of the data: those under `/data/`, and those that belong to single pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Literal

from macros import urls
from macros.exports import calendar, cards, citations, csv_files, feed, json_files, package, timelinejs
from macros.exports.imprint import Imprint
from macros.exports.rows import Row
from macros.exports.social import Artist
from macros.exports.tables import TABLES, Table
from macros.model import Event
from macros.timeline import Timeline

Form = Literal["json", "csv", "calendar", "feed", "citations", "package"]

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file under `/data/`. `rows` counts its records; `table` is set where it holds one.

    `size` is in bytes, `digest` the sha256. `content` returns the bytes, which need not stay in memory.
    """

    name: str
    title: str
    media: str
    form: Form
    size: int
    digest: str
    content: Callable[[], bytes]
    rows: int
    table: Table | None = None

    @property
    def path(self) -> str:
        """Its address below the site's root."""
        return f"{urls.DATA}{self.name}"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields: of a CSV file its columns, of JSON what each row holds."""
        if self.table is None:
            return ()
        return tuple(
            dict.fromkeys(
                c.name if self.form == "csv" else (c.path or c.name).split(".")[0] for c in self.table.columns
            )
        )


Keep = Callable[[bytes], Callable[[], bytes]]
"""Puts bytes somewhere, and returns what gives them back."""


def _in_memory(content: bytes) -> Callable[[], bytes]:
    return lambda: content


_Made = tuple[str, str, str, Form, bytes, int, Table | None]


def _tables(timeline: Timeline) -> Iterator[_Made]:
    for table in TABLES:
        lines = json_files.Lines()
        count = 0

        def passed(
            rows: Iterable[Row], table: Table = table, lines: json_files.Lines = lines
        ) -> Iterator[Row]:
            """Pass rows on to the one format, and add them to the other."""
            nonlocal count
            for row in rows:
                count += 1
                if "json" in table.forms:
                    lines.add(row)
                yield row

        as_csv = csv_files.write(table, passed(table.rows(timeline)))
        for form in table.forms:
            content, media = (lines.content(), _JSON) if form == "json" else (as_csv, "text/csv")
            yield f"{table.name}.{form}", table.title, media, form, content, count, table


def _made(timeline: Timeline, imprint: Imprint) -> Iterator[_Made]:
    """Yield what becomes of the record, one file after the other: all at once would fill memory."""
    yield from _tables(timeline)
    events = list(timeline.events.values())
    cited = len(timeline.corpus.sources) + len(events)
    content = calendar.write(timeline, imprint, imprint.name, events)
    yield "timeline.ics", "Events as a calendar", "text/calendar", "calendar", content, len(events), None
    content = feed.write(timeline, imprint, imprint.name, urls.HOME, f"{urls.DATA}feed.xml", events)
    title, rows = f"The {feed.NEWEST} newest events as a feed", min(len(events), feed.NEWEST)
    yield "feed.xml", title, "application/atom+xml", "feed", content, rows, None
    content = timelinejs.write(timeline, imprint)
    yield "timelinejs.json", "The timeline for TimelineJS", _JSON, "json", content, len(events), None
    content = citations.bibtex(timeline, imprint)
    title = "Sources and events for BibTeX"
    yield "citations.bib", title, "application/x-bibtex", "citations", content, cited, None
    content = citations.ris(timeline, imprint)
    title, media = "Sources and events for reference managers", "application/x-research-info-systems"
    yield "citations.ris", title, media, "citations", content, cited, None
    content = citations.csl(timeline, imprint)
    title, media = "Sources and events for citation processors", "application/vnd.citationstyles.csl+json"
    yield "csl.json", title, media, "citations", content, cited, None


def data_files(timeline: Timeline, imprint: Imprint, keep: Keep | None = None) -> tuple[DataFile, ...]:
    """Return every file under `/data/`; the package, which describes the others, comes last.

    `keep` puts the bytes of each somewhere as soon as they are made; without it they stay in memory.
    """
    found: list[DataFile] = []

    def add(
        name: str, title: str, media: str, form: Form, content: bytes, rows: int, table: Table | None
    ) -> None:
        digest = sha256(content).hexdigest()
        found.append(
            DataFile(
                name, title, media, form, len(content), digest, (keep or _in_memory)(content), rows, table
            )
        )

    for made in _made(timeline, imprint):
        add(*made)
    described = package.write(imprint, [(f.name, f.title, f.media, f.size, f.digest) for f in found])
    add("datapackage.json", "What all these files are", _JSON, "package", described, len(found), None)
    return tuple(found)


def robots(imprint: Imprint) -> str:
    """Return `robots.txt` (RFC 9309): everybody may read everything."""
    sitemap = f"\nSitemap: {imprint.address}sitemap.xml\n" if imprint.address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that belongs to a page, not made yet: its address, the events that it follows from, and how."""

    path: str
    events: tuple[str, ...]
    make: Callable[[], bytes]


def page_files(timeline: Timeline, imprint: Imprint) -> Iterator[PageFile]:
    """Yield each event's `event.json`, at its old ids too, and each issue's feed and calendar."""
    for event in timeline.events.values():
        for id in (event.id, *event.aliases):
            yield PageFile(f"{urls.event(id)}event.json", (event.id,), partial(_event, event, timeline))
    calendars = calendar.Calendars(timeline, imprint)
    for id, issue in timeline.corpus.issues.items():
        ids = timeline.events_of_issue.get(id, ())
        events = [timeline.events[e] for e in ids]
        page, name = urls.issue(id), f"{issue.name} – {imprint.name}"
        path = f"{page}feed.xml"
        yield PageFile(path, ids, partial(feed.write, timeline, imprint, name, page, path, events))
        yield PageFile(f"{page}calendar.ics", ids, partial(calendars.write, name, events))


def _event(event: Event, timeline: Timeline) -> bytes:
    return json_files.event_json(event, timeline).encode("utf-8")


def site_files(timeline: Timeline, imprint: Imprint, artist: Artist | None) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site that are neither data nor a page's: address below the root, and bytes.

    `artist` draws the social images.
    """
    if artist is not None:
        yield from cards.images(timeline, imprint, artist)
    yield "robots.txt", robots(imprint).encode("utf-8")


def files(timeline: Timeline, imprint: Imprint) -> Iterator[tuple[str, bytes]]:
    """Yield every generated file that is no page and no image: its address below the root, and its bytes."""
    for file in data_files(timeline, imprint):
        yield file.path, file.content()
    for of_page in page_files(timeline, imprint):
        yield of_page.path, of_page.make()
    yield from site_files(timeline, imprint, None)


def described_as_json(files: Iterable[DataFile]) -> bytes:
    """Return all but the contents of data files, for `described_in_json`."""
    facts = [
        (f.name, f.title, f.media, f.form, f.size, f.digest, f.rows, f.table.name if f.table else None)
        for f in files
    ]
    return json.dumps(facts).encode()


def described_in_json(described: bytes, content: Callable[[str], bytes]) -> tuple[DataFile, ...]:
    """Return the files that `described_as_json` was given; `content` gives the bytes of one by its name."""
    tables = {table.name: table for table in TABLES}
    return tuple(
        DataFile(name, title, media, form, size, digest, partial(content, name), rows, tables.get(table))
        for name, title, media, form, size, digest, rows, table in json.loads(described)
    )
