"""What each event adds to the files under `/data/`, as it stands there.

The data of a large record are hundreds of megabytes, of which an edit changes a few lines: what an event adds
can be remembered, and only the files are put together again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import partial
from typing import IO, TypeAlias

from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.build.store import NullStore, joined, parted
from diplomatic_timeline.exports import calendar, csv_files, timelinejs
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.json_files import Lines, written
from diplomatic_timeline.exports.tables import TABLES, Order
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.fingerprints import Fingerprints
from diplomatic_timeline.views.timeline import Timeline

Line: TypeAlias = tuple[str, str, bytes]
"""What an event adds to a file: the file's name, the id of the row, if any, and the row as it stands."""

_IN_ORDER = {f"{t.name}.{form}": t.order for t in TABLES if t.order for form in t.forms}
"""The files whose rows do not come event by event, and the order of the rows."""


def _lines(event: Event, timeline: Timeline, imprint: Imprint) -> Iterator[Line]:
    for table in TABLES:
        if table.of_event is None:
            continue
        rows = list(table.of_event(event, timeline))
        for row, line in zip(rows, csv_files.lines(table, rows), strict=True):
            yield f"{table.name}.csv", row.get("id", ""), line
        if "json" in table.forms:
            for row in rows:
                yield f"{table.name}.json", row["id"], written(row)
    yield calendar.NAME, event.id, calendar.entry(event, timeline, imprint)
    yield timelinejs.NAME, event.id, written(timelinejs.slide(event, timeline, imprint))


def _portion(event: Event, timeline: Timeline, imprint: Imprint) -> bytes:
    lines = list(_lines(event, timeline, imprint))
    return joined([(name, id) for name, id, _ in lines], [line for _, _, line in lines])


class _Loose:
    """Lines that are held in a file until all are there, for they stand in another order."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        # Numbers in arrays: there are many of them.
        self._begins = array("q", [0])

    def add(self, line: bytes) -> None:
        """Add the next line."""
        self._begins.append(self._begins[-1] + self._file.write(line))

    def get(self, number: int) -> bytes:
        """Return a line by its number."""
        begin, end = self._begins[number : number + 2]
        self._file.seek(begin)
        return self._file.read(end - begin)


def write(
    fingerprints: Fingerprints, imprint: Imprint, store: NullStore, scratch: Scratch
) -> dict[str, tuple[IO[bytes], int]]:
    """Return by their names the files that consist of what events add, and how many rows each has."""
    timeline = fingerprints.timeline
    files: dict[str, Lines | csv_files.Lines | calendar.Lines] = {}
    for table in TABLES:
        if table.of_event is not None:
            files[f"{table.name}.csv"] = csv_files.Lines(table, scratch.file())
            if "json" in table.forms:
                files[f"{table.name}.json"] = Lines(scratch.file())
    files[calendar.NAME] = calendar.Lines(imprint.name, timeline, scratch.file())
    files[timelinejs.NAME] = timelinejs.begun(imprint, scratch.file())
    loose = {name: _Loose(scratch.file()) for name in _IN_ORDER}
    numbers: dict[Order, dict[str, int]] = {order: {} for order in _IN_ORDER.values()}
    for event in timeline.events.values():
        inputs = (fingerprints.common, fingerprints.event(event.id), imprint)
        make = partial(_portion, event, timeline, imprint)
        head, lines = parted(store.get_or_make(f"data {event.id}", inputs, make))
        for (name, id), line in zip(head, lines, strict=True):
            if name in loose:
                known = numbers[_IN_ORDER[name]]
                known.setdefault(id, len(known))
                loose[name].add(line)
            else:
                files[name].put(line)
    for name, order in _IN_ORDER.items():
        for id in order(timeline):
            files[name].put(loose[name].get(numbers[order][id]))
    for file in files.values():
        file.end()
    return {name: (file.into, file.count) for name, file in files.items()}
