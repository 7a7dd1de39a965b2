"""What a format of the data is.

A format has files under `/data/`, and may have files that belong to single pages. The data of a large record
are hundreds of megabytes, of which an edit changes a few lines: so what an event adds to a file is made by
itself, and can be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.rows import Row
from diplomatic_timeline.exports.tables import Table
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.timeline import Timeline

Form = Literal["json", "csv", "calendar", "feed", "citations", "package"]

Line: TypeAlias = tuple[str, str, bytes]
"""What an event adds to a file: the file's name, the row's id, if any, and the row as it stands there."""

Lines = Callable[[str, str], bytes]
"""Returns a line by the name of a file with an order, and the row's id."""


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A file under `/data/` to be written: rows, and what stands `before`, `between` and `after` them.

    `rows` are those that no single event adds. Rows stand as they come, or in the `order` of their ids. Of a
    file that is made in one piece, `before` is the whole, and `count` how many records are in it.
    """

    name: str
    title: str
    media: str
    form: Form
    before: bytes = b""
    between: bytes = b""
    after: bytes = b""
    rows: Iterable[bytes] = ()
    order: Iterable[str] | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that belongs to a page, not made yet: its address, what it follows from, and how it is made.

    It follows from some events, and from the day of the whole record where it bears that.
    """

    path: str
    events: tuple[str, ...]
    make: Callable[[], bytes]
    day: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the data. The module of a format has one, and `files.FORMATS` lists it.

    `plans` yields its files under `/data/`; `of_event` what a single event adds to them, which depends on
    the event, on registries and on the record's newest day. `of_pages` yields the files of single pages,
    which can use the lines that events added.
    """

    plans: Callable[[Timeline, Imprint], Iterable[FilePlan]]
    of_event: Callable[[Event, Timeline, Imprint], Iterable[Line]] = lambda event, timeline, imprint: ()
    of_pages: Callable[[Timeline, Imprint, Lines], Iterable[PageFile]] = lambda timeline, imprint, lines: ()


def of_tables(
    form: Form,
    media: str,
    tables: Iterable[Table],
    line: Callable[[Table, Row], bytes],
    before: Callable[[Table], bytes],
    between: bytes = b"",
    after: bytes = b"",
    of_pages: Callable[[Timeline, Imprint, Lines], Iterable[PageFile]] = lambda timeline, imprint, lines: (),
) -> Format:
    """Return a format that has a file for each of some tables, in which `line` writes a row."""

    def plans(timeline: Timeline, imprint: Imprint) -> Iterator[FilePlan]:
        for table in tables:
            title = imprint.words(f"data.{table.name}")
            rows = map(partial(line, table), table.of_record(timeline))
            order = table.order(timeline) if table.order else None
            around = (before(table), between, after)
            yield FilePlan(f"{table.name}.{form}", title, media, form, *around, rows, order)

    def of_event(event: Event, timeline: Timeline, imprint: Imprint) -> Iterator[Line]:
        for table in tables:
            for row in table.of_event(event, timeline):
                yield f"{table.name}.{form}", row.get("id", ""), line(table, row)

    return Format(plans, of_event, of_pages)
