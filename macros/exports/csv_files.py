"""Tables as CSV (RFC 4180) that opens right in a spreadsheet.

UTF-8 with a byte order mark, without which Excel takes the text for another encoding; lines end in CR LF. A
cell that a spreadsheet would take for a formula is led by an apostrophe, as OWASP's "CSV Injection" advises;
a text that begins with apostrophes before such a sign gets one more, so taking one away restores every cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, BinaryIO

from macros.exports.rows import Row
from macros.exports.tables import Column, Table

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


def _cells(columns: Iterable[Column]) -> Callable[[Row], list[Any]]:
    """Return what makes a row's cells."""
    paths = [(column.path or column.name).split(".") for column in columns]
    firsts = itemgetter(*(path[0] for path in paths))
    deeper = [(n, path[1:]) for n, path in enumerate(paths) if path[1:]]

    def cells(row: Row) -> list[Any]:
        values = list(firsts(row))
        for n, rest in deeper:
            values[n] = _follow(values[n], rest)
        # Most are texts that need nothing, or null, which is written as nothing.
        return [v if v is None or (type(v) is str and v[:1] not in _SIGNS) else _text(v) for v in values]

    return cells


def write(table: Table, rows: Iterable[Row], into: BinaryIO) -> None:
    """Write a table's rows as CSV, the names of its columns first."""
    text = io.TextIOWrapper(into, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([c.name for c in table.columns])
    writer.writerows(map(_cells(table.columns), rows))
    text.detach()  # which writes what is left, and leaves the file open
