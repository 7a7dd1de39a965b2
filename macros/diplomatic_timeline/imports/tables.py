"""Tables of spreadsheets: CSV with any of its separators (RFC 4180), and XLSX (ECMA-376).

Every cell is text, as its sheet shows it where that says more than the value: a day that a sheet shows as a
month is that month. Cells beyond the first row's, notes, links and other sheets are told.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from diplomatic_timeline.model import limits

_SEPARATORS = ",;\t|"
_LARGEST_CELL = 2**31 - 1


class UnreadableError(ValueError):
    """A file that cannot be read as what it was given for; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, as text and as HTML, and what else stands at it: a note, a link, a formula."""

    text: str = ""
    html: str = ""
    left: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Cell:
        """Return a cell of plain text."""
        return cls(text, escape(text, quote=False).replace("\n", "<br>"))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet that say anything, with their numbers, and what the file holds beside them."""

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    left: tuple[str, ...] = ()

    def records(self, is_head: Callable[[set[str]], bool]) -> tuple[list[str], list[Record], list[str]]:
        """Return the names of the columns, the rows below them, and what stands above them.

        The names are the first row whose cells `is_head` accepts; no row has them where the list is empty.
        """
        above: list[str] = []
        for place, (_, cells) in enumerate(self.rows):
            names = [" ".join(cell.text.split()) for cell in cells]
            if is_head({name.casefold() for name in names}):
                columns = list(_unlike(names))
                widest = max((len(row) for _, row in self.rows), default=0)
                every = [*columns, *(f"column ({n})" for n in range(len(columns) + 1, widest + 1))]
                records = [
                    Record(n, {name: c for name, c in zip(every, row, strict=False) if c.text or c.left})
                    for n, row in self.rows[place + 1 :]
                ]
                return columns, records, above
            above.append(f"row above the columns: {' | '.join(filter(None, names))}")
        return [], [], []


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table: its number in the sheet, and its cells by the names of their columns."""

    number: int
    cells: dict[str, Cell]


def _unlike(names: Iterable[str]) -> Iterator[str]:
    """Yield names of columns, each different: what has none or another's is told by its place."""
    seen: set[str] = set()
    for number, name in enumerate(names, 1):
        unlike = name if name and name.casefold() not in seen else f"{name or 'column'} ({number})"
        seen.add(unlike.casefold())
        yield unlike


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark. Raises UnreadableError."""
    if len(data) > limits.FILE:
        raise UnreadableError(f"the file is larger than {limits.FILE // 1_000_000} MB: part it")
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("the file is not UTF-8: save it with that encoding") from None


def is_workbook(data: bytes) -> bool:
    """Return whether a file is a workbook of a spreadsheet program, of whatever age."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def read_table(data: bytes, sheet: str | None = None) -> Table:
    """Return the table of a file, XLSX or CSV. Raises UnreadableError.

    `sheet` names one of a workbook's; without it, the first that has any rows and is not hidden.
    """
    if is_workbook(data):
        return _read_workbook(data, sheet)
    if sheet is not None:
        raise UnreadableError("the file has no sheets: it is no XLSX workbook")
    return read_csv(decode(data))


def read_csv(text: str) -> Table:
    """Return the table of CSV. Its separator is the one that most often stands in its first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        _see_that_marks_are_closed(text, separator)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [
            (reader.line_num, tuple(Cell.of(_lines(cell)) for cell in cells))
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise UnreadableError(f"the file is no CSV: {error}") from None
    finally:
        csv.field_size_limit(before)
    return Table(tuple(rows))


def _see_that_marks_are_closed(text: str, separator: str) -> None:
    """Raise UnreadableError where a cell's quotation mark is never closed, which would swallow rows."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise UnreadableError(f"line {line}: a quotation mark is opened and never closed") from None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _read_workbook(data: bytes, sheet: str | None) -> Table:
    if len(data) > limits.DOCUMENT:
        raise UnreadableError(f"the workbook is larger than {limits.DOCUMENT // 1_000_000} MB")
    if data.startswith(b"\xd0\xcf"):
        raise UnreadableError("the workbook is of an old kind, or has a password: save it as XLSX or CSV")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > limits.DOCUMENT:
                raise UnreadableError(f"the workbook unpacks to more than {limits.DOCUMENT // 1_000_000} MB")
        with warnings.catch_warnings():
            # It warns of features that it passes over, such as drop-down lists.
            warnings.simplefilter("ignore")
            shown = load_workbook(io.BytesIO(data), data_only=True, rich_text=True)
            formulas = load_workbook(io.BytesIO(data))
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise UnreadableError(f"the file is no XLSX workbook that can be read ({error})") from None
    sheets = shown.worksheets
    for each in sheets:
        spanned = sum(span.max_row - span.min_row for span in each.merged_cells.ranges)
        if each.max_row * each.max_column + spanned > limits.CELLS:
            raise UnreadableError(f"the sheet {each.title!r} has more than {limits.CELLS:,} cells")
    if sheet is not None and sheet not in [s.title for s in sheets]:
        named = ", ".join(repr(s.title) for s in sheets)
        raise UnreadableError(f"the workbook has no sheet {sheet!r}; it has {named}")
    read = {s.title: tuple(_rows(s, formulas[s.title])) for s in sheets}
    filled = [s.title for s in sheets if read[s.title] and s.sheet_state == "visible"]
    chosen = sheet or next(iter(filled or read), None)
    if chosen is None:
        raise UnreadableError("the workbook has no sheets")
    left = [
        f"sheet {name!r}: {len(rows)} row{'' if len(rows) == 1 else 's'}, not read (--sheet chooses one)"
        for name, rows in read.items()
        if rows and name != chosen
    ]
    left += [f"sheet {s.title!r}: a diagram, not read" for s in shown.chartsheets]
    return Table(read[chosen], tuple(left))


def _rows(sheet: Any, formulas: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Yield the rows of a sheet that say anything. Each row has what stands in cells that span it."""
    spans = {}
    for span in sheet.merged_cells.ranges:
        for row in range(span.min_row + 1, span.max_row + 1):
            spans[row, span.min_col] = (span.min_row, span.min_col)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        made = []
        for column, cell in enumerate(cells, 1):
            row, col = spans.get((number, column), (number, column))
            made.append(_cell(sheet.cell(row, col) if (row, col) != (number, column) else cell, formulas))
        while made and not (made[-1].text or made[-1].left):
            made.pop()
        if made:
            yield number, tuple(made)


def _cell(cell: Any, formulas: Any) -> Cell:
    left = []
    value = cell.value
    if value is None and (formula := formulas.cell(cell.row, cell.column).value) is not None:
        left.append(f"formula without a result: {formula}")
    if getattr(cell, "comment", None):
        left.append(f"note: {cell.comment.text}")
    if getattr(cell, "hyperlink", None) and (link := cell.hyperlink.target or cell.hyperlink.location):
        left.append(f"link: {link}")
    if isinstance(value, CellRichText):
        html = "".join(_block(part) for part in value)
        text = str(value)
    else:
        text = _value(value, cell.number_format)
        html = escape(text, quote=False)
    if text and cell.font and cell.font.strike:
        # Struck out as a whole.
        return Cell("", "", (*left, f"struck out: {text}"))
    if text.startswith("#") and cell.data_type == "e":
        return Cell("", "", (*left, f"error of the sheet: {text}"))
    return Cell(_lines(text), _lines(html).replace("\n", "<br>"), tuple(left))


def _block(part: str | TextBlock) -> str:
    """Return a piece of a cell that is set in several ways, as HTML."""
    html = escape(str(part), quote=False)
    if isinstance(part, TextBlock):
        font = part.font
        raised = {"superscript": "sup", "subscript": "sub"}.get(font.vertAlign or "")
        for tag in filter(None, (font.strike and "s", raised, font.b and "b", font.i and "i")):
            html = f"<{tag}>{html}</{tag}>"
    return html


def _value(value: Any, shown_as: str) -> str:
    """Return a cell's value as text; days in the form of ISO 8601, as exact as the sheet shows them."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() | date():
            code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown_as).casefold()
            day = f"{value:%Y-%m-%d}" if value.year > 999 else value.isoformat()[:10]
            if "d" not in code and "y" in code:
                return day[:7] if "m" in code else day[:4]
            clock = value.time() if isinstance(value, datetime) else time()
            return f"{day} {clock.isoformat('auto')}" if clock != time() else day
        case time():
            return value.isoformat("auto")
        case _:
            return str(value)
