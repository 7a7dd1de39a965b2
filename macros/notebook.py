"""The record for a notebook: everything typed, everything by id, and the views that the site is made of."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from macros.exports.rows import Row
from macros.exports.tables import TABLES
from macros.loader import read_folder
from macros.report import as_text
from macros.timeline import Timeline
from macros.viewpoint import Viewpoint


class RecordError(ValueError):
    """A record with mistakes; the message names them all, as `timeline check` does."""


class RecordView(Timeline):
    """A timeline with its views prepared for reading."""

    @cached_property
    def view(self) -> Viewpoint:
        """The views of the site's pages: names resolved, dates in words, everything in order."""
        return Viewpoint(self)

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table of the data, such as `quotes`. Raises KeyError for no such table."""
        tables = {t.name: t for t in TABLES}
        return list(tables[table].rows(self))


def load_record(folder: str | Path) -> RecordView:
    """Return the record in `folder` (an `events/` folder). Raises RecordError where it has mistakes."""
    path = Path(folder)
    if not path.is_dir():
        raise RecordError(f"there is no folder {path}")
    reading = read_folder(path)
    if not reading.sound:
        raise RecordError(as_text(reading.diagnostics))
    return RecordView(reading.corpus, reading.proofs)
