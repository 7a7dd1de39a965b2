"""What a format of the data is, and how its files are written.

A format has files under `/data/`, and may have files that belong to single pages. The data of a large record
are hundreds of megabytes, of which an edit changes a few lines: so what an event adds to a file is made by
itself, and can be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.tables import Table
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.timeline import Timeline

Form = Literal["json", "csv", "calendar", "feed", "citations", "package"]

Line: TypeAlias = tuple[str, str, bytes]
"""What an event adds to a file: the file's name, the row's id, if any, and the row as it stands there."""

Lines = Callable[[str, str], bytes]
"""Returns a line by the name of a file with an order, and the row's id."""


class FileWriter:
    """A file under `/data/` while it is written: rows, and what stands `before`, `between` and `after` them.

    Rows stand as they come, or in the `order` of their ids. `count` is how many there are; `table` is set
    where the file holds one.
    """

    def __init__(
        self,
        name: str,
        title: str,
        media: str,
        form: Form,
        scratch: Scratch,
        *,
        before: bytes = b"",
        between: bytes = b"",
        after: bytes = b"",
        order: Iterable[str] | None = None,
        table: Table | None = None,
    ) -> None:
        self.name = name
        self.title = title
        self.media = media
        self.form: Form = form
        self.table = table
        self.count = 0
        self.file = scratch.file()
        self.file.write(before)
        self._between = between
        self._after = after
        self._order = order
        self._scratch = scratch
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, line: bytes, id: str = "") -> None:
        """Add a row as it stands."""
        if self._order is None:
            self._write(line)
        else:
            self._places[id] = self._scratch.put(line)

    def fill(self, content: bytes, count: int) -> None:
        """Write a file that is made in one piece, of `count` rows."""
        self.file.write(content)
        self.count = count

    def line(self, id: str) -> bytes:
        """Return a row of a file with an order."""
        return self._scratch.get(self._places[id])

    def end(self) -> None:
        """End the file."""
        for id in self._order or ():
            self._write(self.line(id))
        self.file.write(self._after)

    def _write(self, line: bytes) -> None:
        if self.count:
            self.file.write(self._between)
        self.file.write(line)
        self.count += 1


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that belongs to a page, not made yet: its address, what it follows from, and how it is made.

    It follows from some events, and from the day of the whole record where it bears that.
    """

    path: str
    events: tuple[str, ...]
    make: Callable[[], bytes]
    day: str = ""


class OfEvent(Protocol):
    """Yields what an event adds to the files of a format."""

    def __call__(self, event: Event, timeline: Timeline, imprint: Imprint, /) -> Iterable[Line]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the data. The module of a format has one, and `files.FORMATS` lists it.

    `begin` yields its files under `/data/`, with all rows but those that single events add; `of_event` gives
    these. `of_pages` yields the files of single pages, which can use the lines that events added.
    """

    begin: Callable[[Timeline, Imprint, Scratch], Iterator[FileWriter]]
    of_event: OfEvent = lambda event, timeline, imprint: ()
    of_pages: Callable[[Timeline, Imprint, Lines], Iterable[PageFile]] = lambda timeline, imprint, lines: ()
