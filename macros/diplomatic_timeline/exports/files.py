"""Every file of the data: those under `/data/`, and those that belong to single pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import IO, Literal

from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.exports import (
    calendar,
    citations,
    csv_files,
    feed,
    json_files,
    package,
    per_event,
    timelinejs,
)
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.rows import Row
from diplomatic_timeline.exports.tables import TABLES, Table
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.fingerprints import Fingerprints
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import Wording

Form = Literal["json", "csv", "calendar", "feed", "citations", "package"]

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file under `/data/`. `rows` counts its records; `table` is set where it holds one.

    `size` is in bytes, `digest` the sha256. `chunks` yields the bytes, which need not all be in memory.
    """

    name: str
    title: str
    media: str
    form: Form
    size: int
    digest: str
    chunks: Callable[[], Iterator[bytes]]
    rows: int
    table: Table | None = None

    def content(self) -> bytes:
        """Return the bytes."""
        return b"".join(self.chunks())

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


_Made = tuple[str, str, str, Form, IO[bytes], int, Table | None]


def _tables(
    timeline: Timeline, words: Wording, scratch: Scratch, ready: Mapping[str, tuple[IO[bytes], int]]
) -> Iterator[_Made]:
    """Yield the tables; those made from what events add are `ready`."""
    for table in TABLES:
        rows = None if table.of_event else list(table.rows(timeline))
        for form in table.forms:
            name, media = f"{table.name}.{form}", _JSON if form == "json" else "text/csv"
            if rows is None:
                file, count = ready[name]
            else:
                file, count = scratch.file(), len(rows)
                _fill(table, form, rows, file)
            yield name, words(f"data.{table.name}"), media, form, file, count, table


def _fill(table: Table, form: Form, rows: list[Row], file: IO[bytes]) -> None:
    as_json = form == "json"
    lines = json_files.Lines(file) if as_json else csv_files.Lines(table, file)
    for line in map(json_files.written, rows) if as_json else csv_files.lines(table, rows):
        lines.put(line)
    lines.end()


def _made(
    fingerprints: Fingerprints, imprint: Imprint, store: NullStore, scratch: Scratch
) -> Iterator[_Made]:
    """Yield what becomes of the record, one file after the other."""
    timeline, words = fingerprints.timeline, imprint.words

    def written(content: bytes) -> IO[bytes]:
        file = scratch.file()
        file.write(content)
        return file

    ready = per_event.write(fingerprints, imprint, store, scratch)
    yield from _tables(timeline, words, scratch, ready)
    events = list(timeline.events.values())
    cited = len(timeline.corpus.sources) + len(events)
    file, count = ready[calendar.NAME]
    yield calendar.NAME, words("data.calendar"), "text/calendar", "calendar", file, count, None
    file = written(feed.write(timeline, imprint, imprint.name, urls.HOME, f"{urls.DATA}feed.xml", events))
    title, rows = words("data.feed", n=feed.NEWEST), min(len(events), feed.NEWEST)
    yield "feed.xml", title, "application/atom+xml", "feed", file, rows, None
    file, count = ready[timelinejs.NAME]
    yield timelinejs.NAME, words("data.timelinejs"), _JSON, "json", file, count, None
    file = written(citations.bibtex(timeline, imprint))
    title = words("data.bibtex")
    yield "citations.bib", title, "application/x-bibtex", "citations", file, cited, None
    file = written(citations.ris(timeline, imprint))
    title, media = words("data.ris"), "application/x-research-info-systems"
    yield "citations.ris", title, media, "citations", file, cited, None
    file = written(citations.csl(timeline, imprint))
    title, media = words("data.csl"), "application/vnd.citationstyles.csl+json"
    yield "csl.json", title, media, "citations", file, cited, None


def data_files(
    fingerprints: Fingerprints, imprint: Imprint, store: NullStore, scratch: Scratch
) -> tuple[DataFile, ...]:
    """Return every file under `/data/`; the package, which describes the others, comes last.

    Their bytes wait in `scratch`; what an event adds to them is kept in `store`.
    """
    found = [_data_file(*made) for made in _made(fingerprints, imprint, store, scratch)]
    described = scratch.file()
    described.write(package.write(imprint, [(f.name, f.title, f.media, f.size, f.digest) for f in found]))
    title, count = imprint.words("data.package"), len(found)
    return (*found, _data_file("datapackage.json", title, _JSON, "package", described, count, None))


def _data_file(
    name: str, title: str, media: str, form: Form, file: IO[bytes], rows: int, table: Table | None
) -> DataFile:
    size = file.tell()
    digest = sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    return DataFile(name, title, media, form, size, digest.hexdigest(), partial(_chunks, file), rows, table)


_CHUNK = 1 << 20


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that belongs to a page, not made yet: its address, what it follows from, and how it is made.

    It follows from some events, and from the day of the whole record where it bears that.
    """

    path: str
    events: tuple[str, ...]
    make: Callable[[], bytes]
    day: str = ""


def page_files(timeline: Timeline, imprint: Imprint) -> Iterator[PageFile]:
    """Yield each event's `event.json`, at its old ids too, and each issue's feed and calendar."""
    for event in timeline.events.values():
        for id in (event.id, *event.aliases):
            yield PageFile(f"{urls.event(id)}event.json", (event.id,), partial(_event, event, timeline))
    calendars = calendar.Calendars(timeline, imprint)
    day = str(timeline.newest)
    for id, issue in timeline.corpus.issues.items():
        ids = timeline.events_of_issue.get(id, ())
        events = [timeline.events[e] for e in ids]
        page, name = urls.issue(id), imprint.titled(issue.name)
        path = f"{page}feed.xml"
        yield PageFile(path, ids, partial(feed.write, timeline, imprint, name, page, path, events), day)
        yield PageFile(f"{page}calendar.ics", ids, partial(calendars.write, name, events), day)


def _event(event: Event, timeline: Timeline) -> bytes:
    return json_files.event_json(event, timeline)


def files(timeline: Timeline, imprint: Imprint) -> Iterator[tuple[str, bytes]]:
    """Yield every generated file that is no page and no image: its address below the root, and its bytes."""
    scratch = Scratch()
    for file in data_files(Fingerprints(timeline, {}), imprint, NullStore(), scratch):
        yield file.path, file.content()
    for of_page in page_files(timeline, imprint):
        yield of_page.path, of_page.make()
    scratch.close()


def described_as_json(files: Iterable[DataFile]) -> bytes:
    """Return all but the contents of data files, for `described_in_json`."""
    facts = [
        (f.name, f.title, f.media, f.form, f.size, f.digest, f.rows, f.table.name if f.table else None)
        for f in files
    ]
    return json.dumps(facts).encode()


def described_in_json(described: bytes, chunks: Callable[[str], Iterator[bytes]]) -> tuple[DataFile, ...]:
    """Return the files that `described_as_json` was given; `chunks` gives the bytes of one by its name."""
    tables = {table.name: table for table in TABLES}
    return tuple(
        DataFile(name, title, media, form, size, digest, partial(chunks, name), rows, tables.get(table))
        for name, title, media, form, size, digest, rows, table in json.loads(described)
    )
