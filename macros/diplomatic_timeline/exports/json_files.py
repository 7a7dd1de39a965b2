"""`events.json`, `quotes.json` and each event's `event.json`, in the shapes of design section 7.

Ids refer between the two files. Dates are EDTF as the record writes them; `start` and `end` are the first
and the last day they can mean (ISO 8601), null where that end is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from pydantic_core import to_json

from diplomatic_timeline.exports.rows import (
    Row,
    commitment_row,
    event_row,
    event_rows,
    quote_row,
    quote_rows,
    source_facts,
)
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.timeline import Timeline

written = to_json
"""Returns a value as JSON on one line, in UTF-8: pydantic's encoder is three times as fast as Python's."""


class Lines:
    """A JSON array in the making, a row on each line.

    So a change in the record is a changed line, and large records are written three times as fast.
    """

    def __init__(self, into: IO[bytes], before: bytes = b"", after: bytes = b"") -> None:
        """Begin an array in a file, between what stands before and after it."""
        self.into = into
        self.into.write(before + b"[")
        self._after = after
        self.count = 0

    def put(self, line: bytes) -> None:
        """Add a row that is written already."""
        self.into.write(b",\n" if self.count else b"\n")
        self.into.write(line)
        self.count += 1

    def end(self) -> None:
        """End the array, with a newline behind it."""
        self.into.write((b"\n]" if self.count else b"]") + self._after + b"\n")


def dump(rows: Iterable[Row]) -> bytes:
    """Return rows as a JSON array, a row on each line, with a newline at its end."""
    items = b",\n".join(map(written, rows))
    return b"[\n%s\n]\n" % items if items else b"[]\n"


def events_json(timeline: Timeline) -> bytes:
    """Return `events.json`: every event, oldest first."""
    return dump(event_rows(timeline))


def quotes_json(timeline: Timeline) -> bytes:
    """Return `quotes.json`: every quote, by the date on which it was said."""
    return dump(quote_rows(timeline))


def event_json(event: Event, timeline: Timeline) -> bytes:
    """Return one event's `event.json`: its row, with its quotes, commitments and sources written out.

    Each field stands on a line of its own, and so does each of these.
    """
    row = event_row(event, timeline)
    row["quotes"] = [quote_row(timeline.quotes[q.id], timeline) for q in event.quotes]
    row["commitments"] = [commitment_row(timeline.commitments[c.id]) for c in event.commitments]
    row["sources"] = [source_facts(timeline.corpus.sources[s]) for s in event.sources]
    lists = {"quotes", "commitments", "sources"}
    fields = [
        b" %s: %s" % (written(name), dump(value).rstrip() if name in lists else written(value))
        for name, value in row.items()
    ]
    return b"{\n%s\n}\n" % b",\n".join(fields)
