"""Every file of the data: those under `/data/`, and those that belong to single pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from diplomatic_timeline.build.scratch import Place, Scratch
from diplomatic_timeline.build.store import NullStore, joined, parted
from diplomatic_timeline.exports import calendar, citations, csv_files, feed, json_files, package, timelinejs
from diplomatic_timeline.exports.format import FilePlan, Form, Format, PageFile
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.tables import TABLES, Table
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.fingerprints import Fingerprints
from diplomatic_timeline.views.timeline import Timeline

FORMATS: tuple[Format, ...] = (
    json_files.FORMAT,
    csv_files.FORMAT,
    calendar.FORMAT,
    feed.FORMAT,
    timelinejs.FORMAT,
    citations.FORMAT,
)
"""The formats of the data, beside the package that describes their files."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file under `/data/`. `rows` counts its records, `size` its bytes; `digest` is the sha256.

    `chunks` yields the bytes, which need not all be in memory.
    """

    name: str
    title: str
    media: str
    form: Form
    rows: int
    size: int
    digest: str
    chunks: Callable[[], Iterator[bytes]]

    def content(self) -> bytes:
        """Return the bytes."""
        return b"".join(self.chunks())

    @property
    def path(self) -> str:
        """Its address below the site's root."""
        return f"{urls.DATA}{self.name}"

    @property
    def table(self) -> Table | None:
        """The table that it holds, if any."""
        return _table(self.name)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields: of a CSV file its columns, of JSON what each row holds."""
        columns = self.table.columns if self.table else ()
        if self.form == "csv":
            return tuple(column.name for column in columns)
        return tuple(dict.fromkeys((column.path or column.name).split(".")[0] for column in columns))


def _table(file: str) -> Table | None:
    return next((table for table in TABLES if table.name == file.partition(".")[0]), None)


class _Writer:
    """A file as it is planned; its rows wait in `scratch`."""

    def __init__(self, plan: FilePlan, scratch: Scratch) -> None:
        self._plan = plan
        self._scratch = scratch
        self._places: dict[str | int, Place] = {}
        for row in plan.rows:
            self.put(row)

    def put(self, row: bytes, id: str = "") -> None:
        """Add a row as it stands; one of a file with an order has an id."""
        self._places[id or len(self._places)] = self._scratch.put(row)

    def line(self, id: str | int) -> bytes:
        """Return a row of a file with an order."""
        return self._scratch.get(self._places[id])

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes of the file, its rows in their order."""
        yield self._plan.before
        for number, id in enumerate(self._plan.order or self._places):
            yield (self._plan.between if number else b"") + self.line(id)
        yield self._plan.after

    def file(self) -> DataFile:
        """Return the file, once all its rows are there."""
        plan, count = self._plan, self._plan.count or len(self._places)
        size, digest = 0, hashlib.sha256()
        for chunk in self.chunks():
            size += len(chunk)
            digest.update(chunk)
        facts = (plan.name, plan.title, plan.media, plan.form, count, size, digest.hexdigest())
        return DataFile(*facts, self.chunks)


@dataclass
class Data:
    """The files of one record's data.

    What single events add, and what the files are, is kept in `store`; what they hold waits in `scratch`.
    """

    fingerprints: Fingerprints
    imprint: Imprint
    store: NullStore
    scratch: Scratch

    @property
    def timeline(self) -> Timeline:
        """The record's timeline."""
        return self.fingerprints.timeline

    @cached_property
    def files(self) -> tuple[DataFile, ...]:
        """The files under `/data/`; the package, which describes the others, comes last.

        Where the store says what they are, their bytes are made on demand.
        """
        inputs = (self.fingerprints.whole, self.imprint)
        facts = self.store.get_or_make("data files", inputs, self._facts)
        return tuple(
            DataFile(name, title, media, form, rows, size, digest, partial(self._chunks, name))
            for name, title, media, form, rows, size, digest in json.loads(facts)
        )

    def _facts(self) -> bytes:
        """Return as JSON all but the contents of the files."""
        return json.dumps(
            [(f.name, f.title, f.media, f.form, f.rows, f.size, f.digest) for f in self._made]
        ).encode()

    def page_files(self) -> Iterator[PageFile]:
        """Yield each event's `event.json`, at its old ids too, and each issue's feed and calendar."""
        for format in FORMATS:
            yield from format.of_pages(self.timeline, self.imprint, self._line)

    def _line(self, file: str, id: str) -> bytes:
        return self._writers[file].line(id)

    def _chunks(self, name: str) -> Iterator[bytes]:
        return next(file.chunks() for file in self._made if file.name == name)

    @cached_property
    def _made(self) -> tuple[DataFile, ...]:
        found = [writer.file() for writer in self._writers.values()]
        about = package.plan(self.imprint, [(f.name, f.title, f.media, f.size, f.digest) for f in found])
        return (*found, _Writer(about, self.scratch).file())

    @cached_property
    def _writers(self) -> dict[str, _Writer]:
        """The files by their names, written: the tables first, then the formats as they are listed."""
        plans = [plan for format in FORMATS for plan in format.plans(self.timeline, self.imprint)]
        plans.sort(key=lambda plan: TABLES.index(table) if (table := _table(plan.name)) else len(TABLES))
        writers = {plan.name: _Writer(plan, self.scratch) for plan in plans}
        for event in self.timeline.events.values():
            of_event = self.fingerprints.event(event.id)
            inputs = (self.fingerprints.common, of_event, self.timeline.newest, self.imprint)
            portion = self.store.get_or_make(f"data {event.id}", inputs, partial(self._portion, event))
            names, lines = parted(portion)
            for (name, id), line in zip(names, lines, strict=True):
                writers[name].put(line, id)
        return writers

    def _portion(self, event: Event) -> bytes:
        lines = [line for format in FORMATS for line in format.of_event(event, self.timeline, self.imprint)]
        return joined([(name, id) for name, id, _ in lines], [line for _, _, line in lines])


def files(timeline: Timeline, imprint: Imprint) -> Iterator[tuple[str, bytes]]:
    """Yield every generated file that is no page and no image: its address below the root, and its bytes."""
    scratch = Scratch()
    data = Data(Fingerprints(timeline, {}), imprint, NullStore(), scratch)
    for file in data.files:
        yield file.path, file.content()
    for of_page in data.page_files():
        yield of_page.path, of_page.make()
    scratch.close()
