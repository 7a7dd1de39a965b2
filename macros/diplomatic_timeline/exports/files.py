"""Every file of the data: those under `/data/`, and those that belong to single pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from typing import IO

from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.build.store import NullStore, joined, parted
from diplomatic_timeline.exports import calendar, citations, csv_files, feed, json_files, package, timelinejs
from diplomatic_timeline.exports.format import FileWriter, Form, Format, PageFile
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
    """A file under `/data/`. `rows` counts its records; `table` is set where it holds one.

    `size` is in bytes, `digest` the sha256. `chunks` yields the bytes, which need not all be in memory.
    """

    name: str
    title: str
    media: str
    form: Form
    rows: int
    size: int
    digest: str
    chunks: Callable[[], Iterator[bytes]]
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


class Data:
    """The files of one record's data.

    What single events add, and what the files are, is kept in `store`; what they hold waits in `scratch`.
    """

    def __init__(
        self, fingerprints: Fingerprints, imprint: Imprint, store: NullStore, scratch: Scratch
    ) -> None:
        self.timeline = fingerprints.timeline
        self.imprint = imprint
        self._fingerprints = fingerprints
        self._store = store
        self._scratch = scratch

    @cached_property
    def files(self) -> tuple[DataFile, ...]:
        """The files under `/data/`; the package, which describes the others, comes last.

        Where the store says what they are, their bytes are made on demand.
        """
        inputs = (self._fingerprints.whole, self.imprint)
        described = self._store.get_or_make("data files", inputs, lambda: _described(self._made))
        tables = {table.name: table for table in TABLES}
        return tuple(
            DataFile(
                name, title, media, form, rows, size, digest, partial(self._chunks, name), tables.get(table)
            )
            for name, title, media, form, rows, size, digest, table in json.loads(described)
        )

    def page_files(self) -> Iterator[PageFile]:
        """Yield each event's `event.json`, at its old ids too, and each issue's feed and calendar."""
        for format in FORMATS:
            yield from format.of_pages(self.timeline, self.imprint, self._line)

    def _line(self, file: str, id: str) -> bytes:
        return self._written[file].line(id)

    def _chunks(self, name: str) -> Iterator[bytes]:
        return next(file.chunks() for file in self._made if file.name == name)

    @cached_property
    def _made(self) -> tuple[DataFile, ...]:
        found = [_data_file(file) for file in self._written.values()]
        about = FileWriter(
            "datapackage.json",
            self.imprint.words("data.package"),
            json_files.MEDIA,
            "package",
            self._scratch,
        )
        described = [(f.name, f.title, f.media, f.size, f.digest) for f in found]
        about.fill(package.write(self.imprint, described), len(found))
        return (*found, _data_file(about))

    @cached_property
    def _written(self) -> dict[str, FileWriter]:
        """The files by their names: the tables first, then the formats as they are listed."""
        begun = [file for f in FORMATS for file in f.begin(self.timeline, self.imprint, self._scratch)]
        begun.sort(key=lambda file: TABLES.index(file.table) if file.table else len(TABLES))
        files = {file.name: file for file in begun}
        for event in self.timeline.events.values():
            inputs = (self._fingerprints.common, self._fingerprints.event(event.id), self.imprint)
            portion = self._store.get_or_make(f"data {event.id}", inputs, partial(self._portion, event))
            head, lines = parted(portion)
            for (name, id), line in zip(head, lines, strict=True):
                files[name].put(line, id)
        for file in begun:
            file.end()
        return files

    def _portion(self, event: Event) -> bytes:
        lines = [line for format in FORMATS for line in format.of_event(event, self.timeline, self.imprint)]
        return joined([(name, id) for name, id, _ in lines], [line for _, _, line in lines])


def _data_file(written: FileWriter) -> DataFile:
    digest = sha256()
    for chunk in _chunks(written.file):
        digest.update(chunk)
    return DataFile(
        written.name,
        written.title,
        written.media,
        written.form,
        written.count,
        written.file.tell(),
        digest.hexdigest(),
        partial(_chunks, written.file),
        written.table,
    )


_CHUNK = 1 << 20


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _described(files: tuple[DataFile, ...]) -> bytes:
    """Return as JSON all but the contents of the files."""
    facts = [
        (f.name, f.title, f.media, f.form, f.rows, f.size, f.digest, f.table.name if f.table else None)
        for f in files
    ]
    return json.dumps(facts).encode()


def files(timeline: Timeline, imprint: Imprint) -> Iterator[tuple[str, bytes]]:
    """Yield every generated file that is no page and no image: its address below the root, and its bytes."""
    scratch = Scratch()
    data = Data(Fingerprints(timeline, {}), imprint, NullStore(), scratch)
    for file in data.files:
        yield file.path, file.content()
    for of_page in data.page_files():
        yield of_page.path, of_page.make()
    scratch.close()
