"""What each event adds to the files under `/data/`, as it stands there.

The data of a large record are hundreds of megabytes, of which an edit changes a few lines: what an event adds
can be remembered, and only the files are put together again.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable
from functools import partial
from typing import BinaryIO, TypeAlias

from diplomatic_timeline.exports import calendar, csv_files, timelinejs
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.json_files import Lines, written
from diplomatic_timeline.exports.tables import TABLES, Order
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.timeline import Timeline

Portion: TypeAlias = dict[str, list[tuple[str, bytes]]]
"""By a file's name, the lines that an event adds to it, each behind the id of its row, if rows have one."""

Remember = Callable[[str, Callable[[], bytes]], bytes]
"""Makes something of an event, or gives back what it made last time."""

Open = Callable[[], BinaryIO]
"""Gives a new file to write and read."""

_IN_ORDER = {f"{t.name}.{form}": t.order for t in TABLES if t.order for form in t.forms}
"""The files whose rows do not come event by event, and the order of the rows."""


def _portion(event: Event, timeline: Timeline, imprint: Imprint) -> bytes:
    found: Portion = {}
    for table in TABLES:
        if table.of_event is None:
            continue
        rows = list(table.of_event(event, timeline))
        ids = [row.get("id", "") for row in rows]
        found[f"{table.name}.csv"] = list(zip(ids, csv_files.lines(table, rows), strict=True))
        if "json" in table.forms:
            found[f"{table.name}.json"] = [(row["id"], written(row)) for row in rows]
    found[calendar.NAME] = [(event.id, calendar.entry(event, timeline, imprint))]
    found[timelinejs.NAME] = [(event.id, written(timelinejs.slide(event, timeline, imprint)))]
    return marshal.dumps(found)


class _Loose:
    """Lines that are held in a file until all are there, for they stand in another order."""

    def __init__(self, file: BinaryIO) -> None:
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


def _just_made(_: str, make: Callable[[], bytes]) -> bytes:
    return make()


def write(
    timeline: Timeline, imprint: Imprint, sheet: Open, remember: Remember | None = None
) -> dict[str, tuple[BinaryIO, int]]:
    """Return by their names the files that consist of what events add, and how many rows each has."""
    files: dict[str, Lines | csv_files.Lines | calendar.Lines] = {}
    for table in TABLES:
        if table.of_event is not None:
            files[f"{table.name}.csv"] = csv_files.Lines(table, sheet())
            if "json" in table.forms:
                files[f"{table.name}.json"] = Lines(sheet())
    files[calendar.NAME] = calendar.Lines(imprint.name, timeline, sheet())
    files[timelinejs.NAME] = timelinejs.begun(imprint, sheet())
    loose = {name: _Loose(sheet()) for name in _IN_ORDER}
    numbers: dict[Order, dict[str, int]] = {order: {} for order in _IN_ORDER.values()}
    for event in timeline.events.values():
        made = (remember or _just_made)(event.id, partial(_portion, event, timeline, imprint))
        portion: Portion = marshal.loads(made)
        for name, lines in portion.items():
            if name in loose:
                known = numbers[_IN_ORDER[name]]
                for id, text in lines:
                    known.setdefault(id, len(known))
                    loose[name].add(text)
            else:
                for _, text in lines:
                    files[name].put(text)
    for name, order in _IN_ORDER.items():
        for id in order(timeline):
            files[name].put(loose[name].get(numbers[order][id]))
    for file in files.values():
        file.end()
    return {name: (file.into, file.count) for name, file in files.items()}
