"""Tables as CSV (RFC 4180) that opens right in a spreadsheet.

UTF-8 with a byte order mark, without which Excel takes the text for another encoding; lines end in CR LF. A
cell that a spreadsheet would take for a formula is led by an apostrophe, as OWASP's "CSV Injection" advises;
a text that begins with apostrophes before such a sign gets one more, so taking one away restores every cell.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from functools import cache
from operator import itemgetter
from typing import IO, Any

from diplomatic_timeline.exports.rows import Row
from diplomatic_timeline.exports.tables import Table

_SIGNS = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""The signs that begin a formula, the full-width ones included, which some spreadsheets read alike."""


def neutral(text: str) -> str:
    """Return a cell's text so that no spreadsheet runs it."""
    return f"'{text}" if text[:1] in _SIGNS and _FORMULA.match(text) else text


def restored(cell: str) -> str:
    """Return what `neutral` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


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
        return neutral("; ".join([item["id"] if isinstance(item, dict) else item for item in value]))
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


def lines(table: Table, rows: Iterable[Row]) -> list[bytes]:
    """Return a table's rows as they stand in its file, the ends of the lines included."""
    return _written(map(_cells(table), rows))


class Lines:
    """A table's file in the making; it begins with the names of its columns."""

    def __init__(self, table: Table, into: IO[bytes]) -> None:
        self.into = into
        self.into.write(BOM_UTF8 + _written([[c.name for c in table.columns]])[0])
        self.count = 0

    def put(self, line: bytes) -> None:
        """Add a row that is written already."""
        self.into.write(line)
        self.count += 1

    def end(self) -> None:
        """End the file, behind which nothing stands."""
