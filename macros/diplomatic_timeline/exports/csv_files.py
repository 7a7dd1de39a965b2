"""Tables as CSV (RFC 4180) that opens right in a spreadsheet.

UTF-8 with a byte order mark, without which Excel takes the text for another encoding; lines end in CR LF. A
cell that a spreadsheet would take for a formula is led by an apostrophe, as OWASP's "CSV Injection" advises;
a text that begins with apostrophes before such a sign gets one more, so taking one away restores every cell.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any

from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.exports.format import FileWriter, Format, Line
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.rows import Row
from diplomatic_timeline.exports.tables import TABLES, Table
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.timeline import Timeline

_SIGNS = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""The signs that begin a formula, the full-width ones included, which some spreadsheets read alike."""


def neutral(text: str) -> str:
    """Return a cell's text so that no spreadsheet runs it."""
    return f"'{text}" if text[:1] in _SIGNS and _FORMULA.match(text) else text


def _follow(value: Any, path: list[str]) -> Any:
    for step in path:
        if value is None:
            return None
        value = [item[step] for item in value] if isinstance(value, list) else value[step]
    return value


def _text(value: Any) -> str:
    """Return the text of one cell: a list's items parted by "; "."""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        items = [item["id"] if isinstance(item, dict) else item for item in value]
        return neutral("; ".join([item or "" for item in items])) if any(items) else ""
    return neutral(str(value))


@cache
def _cells(table: Table) -> Callable[[Row], list[Any]]:
    """Return what makes a row's cells."""
    paths = [(column.path or column.name).split(".") for column in table.columns]
    firsts = itemgetter(*(path[0] for path in paths))
    deeper = [(n, path[1:]) for n, path in enumerate(paths) if path[1:]]

    def cells(row: Row) -> list[Any]:
        values = list(firsts(row))
        for n, rest in deeper:
            values[n] = _follow(values[n], rest)
        # Most are texts that need nothing, or null, which is written as nothing.
        return [v if v is None or (type(v) is str and v[:1] not in _SIGNS) else _text(v) for v in values]

    return cells


class _Each(list[str]):
    """Takes every row for itself: `csv` writes one at a time."""

    write = list.append


def _written(rows: Iterable[Iterable[Any]]) -> list[bytes]:
    written = _Each()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return [text.encode("utf-8") for text in written]


def _lines(table: Table, rows: Iterable[Row]) -> list[bytes]:
    """Return a table's rows as they stand in its file, the ends of the lines included."""
    return _written(map(_cells(table), rows))


def _begin(timeline: Timeline, imprint: Imprint, scratch: Scratch) -> Iterator[FileWriter]:
    for table in TABLES:
        file = FileWriter(
            f"{table.name}.csv",
            imprint.words(f"data.{table.name}"),
            "text/csv",
            "csv",
            scratch,
            before=BOM_UTF8 + _written([[c.name for c in table.columns]])[0],
            order=table.order(timeline) if table.order else None,
            table=table,
        )
        for line in _lines(table, table.of_record(timeline)):
            file.put(line)
        yield file


def _of_event(event: Event, timeline: Timeline, imprint: Imprint) -> Iterator[Line]:
    for table in TABLES:
        rows = list(table.of_event(event, timeline))
        for row, line in zip(rows, _lines(table, rows), strict=True):
            yield f"{table.name}.csv", row.get("id", ""), line


FORMAT = Format(_begin, _of_event)
"""A table in each file."""
