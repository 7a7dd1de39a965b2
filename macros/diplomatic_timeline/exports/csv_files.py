"""Tables as CSV (RFC 4180) that opens right in a spreadsheet.

UTF-8 with a byte order mark, without which Excel takes the text for another encoding; lines end in CR LF. A
cell that a spreadsheet would take for a formula is led by an apostrophe, as OWASP's "CSV Injection" advises;
a text that begins with apostrophes before such a sign gets one more, so taking one away restores every cell.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from typing import Any

from diplomatic_timeline.exports.format import of_tables
from diplomatic_timeline.exports.tables import TABLES

_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""The signs that begin a formula, the full-width ones included, which some spreadsheets read alike."""


def neutral(text: str) -> str:
    """Return a cell's text so that no spreadsheet runs it."""
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(row: Any, path: str) -> str:
    """Return the text of one cell: a list's items parted by "; "."""
    value = row
    for step in path.split("."):
        if value is None:
            break
        value = [item[step] for item in value] if isinstance(value, list) else value[step]
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            items = [item["id"] if isinstance(item, dict) else item for item in value]
            return neutral("; ".join([item or "" for item in items])) if any(items) else ""
        case _:
            return neutral(str(value))


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


FORMAT = of_tables(
    "csv",
    "text/csv",
    TABLES,
    lambda table, row: _line(_cell(row, column.path or column.name) for column in table.columns),
    before=lambda table: BOM_UTF8 + _line(column.name for column in table.columns),
)
"""A table in each file."""
