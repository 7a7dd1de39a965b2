"""The record for a notebook: everything typed, everything by id, and the views that the site is made of."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from diplomatic_timeline.exports.rows import Row
from diplomatic_timeline.exports.tables import TABLES
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.report import as_text
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline


class RecordError(ValueError):
    """A record with mistakes; the message names them all, as `timeline check` does."""


class RecordView(Timeline):
    """A timeline with its views prepared for reading."""

    @cached_property
    def view(self) -> Presenter:
        """The views of the site's pages: names resolved, dates in words, everything in order."""
        return Presenter(self)

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table of the data, such as `quotes`. Raises KeyError for no such table."""
        tables = {t.name: t for t in TABLES}
        return tables[table].rows(self)


def load_record(folder: str | Path) -> RecordView:
    """Return the record in `folder` (an `events/` folder). Raises RecordError where it has mistakes."""
    path = Path(folder)
    if not path.is_dir():
        raise RecordError(f"there is no folder {path}")
    reading = read_folder(path)
    if not reading.sound:
        raise RecordError(as_text(reading.diagnostics))
    return RecordView(reading.corpus, reading.proofs)
