"""Tables as JSON, and each event's `event.json`.

Ids refer between the files. Dates are EDTF as the record writes them; `start` and `end` are the first and
the last day they can mean (ISO 8601), null where that end is open. Each row stands on a line of its own, so
that a change in the record is a changed line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from pydantic_core import to_json

from diplomatic_timeline.exports.format import Lines, PageFile, of_tables
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.rows import Row, commitment_row, event_row, quote_row, source_facts
from diplomatic_timeline.exports.tables import TABLES
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline

MEDIA = "application/json"
BETWEEN = b",\n"

written = to_json
"""Returns a value as JSON on one line, in UTF-8: pydantic's encoder is three times as fast as Python's."""


def dump(rows: Iterable[Row]) -> bytes:
    """Return rows as a JSON array, a row on each line, with a newline at its end."""
    items = BETWEEN.join(map(written, rows))
    return b"[\n%s\n]\n" % items if items else b"[]\n"


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


def _of_pages(timeline: Timeline, imprint: Imprint, lines: Lines) -> Iterator[PageFile]:
    for event in timeline.events.values():
        for id in (event.id, *event.aliases):
            path = f"{urls.event(id)}event.json"
            yield PageFile(path, (event.id,), partial(event_json, event, timeline))


FORMAT = of_tables(
    "json",
    MEDIA,
    [table for table in TABLES if table.has_ids],
    lambda table, row: written(row),
    before=lambda table: b"[\n",
    between=BETWEEN,
    after=b"\n]\n",
    of_pages=_of_pages,
)
"""A table in each file; an event's own file at its old ids too."""
