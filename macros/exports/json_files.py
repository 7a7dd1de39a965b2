"""`events.json`, `quotes.json` and each event's `event.json`, in the shapes of design section 7.

Ids refer between the two files. Dates are EDTF as the record writes them; `start` and `end` are the first
and the last day they can mean (ISO 8601), null where that end is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pydantic_core import to_json

from macros import urls
from macros.exports.rows import Row, commitment_row, ends, source_facts
from macros.model import Event
from macros.timeline import Said, Timeline


def _parties(event: Event, timeline: Timeline) -> list[str]:
    """Return the parties that take part, speak, promise or hold a position, in their order."""
    named = {p.party for p in event.participants} | {q.party for q in event.quotes}
    named.update(party for i in event.issues for party in (*i.raised_by, *i.positions))
    named.update(party for c in event.commitments for party in c.made_by)
    return [p for p in (*timeline.columns, *timeline.observers) if p in named]


def event_row(event: Event, timeline: Timeline) -> Row:
    """Return one event of `events.json`; `url` is relative to the site's root."""
    start, end = ends(event.date)
    place = timeline.corpus.places[event.place] if event.place else None
    parties = _parties(event, timeline)
    return {
        "id": event.id,
        "title": event.title,
        "date": event.date.text,
        "start": start,
        "end": end,
        "date_basis": event.date_basis,
        "timezone": event.timezone,
        "kind": event.kind,
        "level": event.level,
        "status": event.status,
        "prominence": event.prominence,
        "place": {"id": place.id, "name": place.name, "within": place.within} if place else None,
        "summary": event.summary,
        "parties": parties,
        "participants": [
            {
                "id": p.person,
                "name": timeline.corpus.people[p.person].name,
                "party": p.party,
                "post": p.post,
                "role": p.role,
                "on_behalf_of": p.on_behalf_of,
            }
            for p in event.participants
        ],
        "issues": [
            {
                "id": i.issue,
                "raised_by": list(i.raised_by),
                "positions": {
                    party: {
                        "statement": position.statement,
                        "quotes": list(position.quotes),
                        "sources": list(position.sources),
                    }
                    for party, position in i.positions.items()
                },
                "outcome": i.outcome,
            }
            for i in event.issues
        ],
        "quotes": [q.id for q in event.quotes],
        "commitments": [c.id for c in event.commitments],
        "related": list(event.related),
        "sources": list(event.sources),
        "aliases": list(event.aliases),
        "corrections": [{"date": c.date.text, "text": c.text} for c in event.corrections],
        "url": urls.event(event.id),
    }


def quote_row(said: Said, timeline: Timeline) -> Row:
    """Return one quote of `quotes.json`; `url` is relative to the site's root."""
    quote, corpus = said.quote, timeline.corpus
    speaker = corpus.people.get(quote.speaker) or corpus.organizations[quote.speaker]
    start, end = ends(said.date)
    return {
        "id": quote.id,
        "text": quote.text,
        "abridged": quote.abridged,
        "language": quote.language,
        "speaker": {"id": quote.speaker, "name": speaker.name},
        "post": quote.post,
        "party": quote.party,
        "date": said.date.text,
        "start": start,
        "end": end,
        "occasion": quote.occasion,
        "event": said.event.id,
        "phase": said.phase,
        "issues": list(quote.issues),
        "source": quote.source,
        "locator": quote.locator,
        "via": quote.via,
        "rendering": quote.rendering,
        "original": quote.original.model_dump() if quote.original else None,
        "note": quote.note,
        "proof": said.proof.outcome,
        "url": urls.quote(said.event.id, quote.id),
    }


written = to_json
"""Returns a value as JSON on one line, in UTF-8: pydantic's encoder is three times as fast as Python's."""


class Lines:
    """A JSON array in the making, a row on each line.

    So a change in the record is a changed line, and large records are written three times as fast.
    """

    def __init__(self, into: BinaryIO, before: bytes = b"", after: bytes = b"") -> None:
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


def event_rows(timeline: Timeline) -> Iterator[Row]:
    return (event_row(e, timeline) for e in timeline.events.values())


def quote_rows(timeline: Timeline) -> Iterator[Row]:
    return (quote_row(s, timeline) for s in timeline.quotes.values())
