"""The tables of the data: their rows, and what each of their columns holds.

A table is written as JSON (its rows as they are) and as CSV (its columns); the data package and the page on
the data read the same columns. Where a column is a field of the record, its description is the model's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from diplomatic_timeline.exports import rows
from diplomatic_timeline.exports.rows import Row
from diplomatic_timeline.model import records, registries
from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.fields import choices_of
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.vocabulary import Phase, words
from diplomatic_timeline.views.timeline import Timeline

ColumnType = Literal["string", "date", "integer", "boolean"]
_TYPES: dict[Any, ColumnType] = {bool: "boolean", int: "integer"}
_REFERENCES = {
    "event": "events",
    "issue": "issues",
    "issuer": "parties",
    "on_behalf_of": "organizations",
    "parent": "issues",
    "party": "parties",
    "person": "people",
    "place": "places",
    "quote": "quotes",
    "replaced_by": "sources",
    "source": "sources",
}
"""Columns that hold an id, and the table it is of."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the CSV file. `path` leads to its value in a row, as in `place.name`.

    A list stands in one cell, its ids or texts parted by "; ". `allowed` is the closed vocabulary it is taken
    from.
    """

    name: str
    description: str
    type: ColumnType = "string"
    path: str = ""
    allowed: tuple[str, ...] = ()
    required: bool = False

    @property
    def refers_to(self) -> str | None:
        """The table whose ids it holds, one to a row."""
        return _REFERENCES.get(self.name)


@dataclass(frozen=True, slots=True)
class Table:
    """A table by name. Its rows are `of_record`, or each event adds its own: `of_event`.

    `order` are then the rows' ids, unless they come event by event.
    """

    name: str
    columns: tuple[Column, ...]
    of_record: Callable[[Timeline], Iterable[Row]] = lambda timeline: ()
    of_event: Callable[[Event, Timeline], Iterable[Row]] = lambda event, timeline: ()
    order: Callable[[Timeline], Iterable[str]] | None = None

    @property
    def has_ids(self) -> bool:
        """Whether its rows have ids; the JSON file of the events holds those of the other tables."""
        return self.columns[0].name == "id"

    def rows(self, timeline: Timeline) -> list[Row]:
        """Return all rows in their order."""
        rows = list(self.of_record(timeline))
        rows += (row for event in timeline.events.values() for row in self.of_event(event, timeline))
        if self.order is None:
            return rows
        found = {row["id"]: row for row in rows}
        return [found[id] for id in self.order(timeline)]


_ID = Column("id", "The id; permanent.", required=True)
_URL = Column("url", "The page, relative to the site's root.", required=True)
_START = "The first day that {} can mean (ISO 8601); empty where its start is open."
_END = "The last day that {} can mean (ISO 8601); empty where its end is open."


def _of(record: type[Record], names: str, **more: Any) -> Iterator[Column]:
    """Yield the columns of fields of the record, as the model describes them, but for what `more` says."""
    for name in names.split():
        field = record.written()[name]
        kind = _TYPES.get(field.annotation, "string")
        column = Column(name, field.description or "", kind, "", choices_of(field), field.is_required())
        yield replace(column, **more)


def _span(what: str, start: str = "start", end: str = "end") -> tuple[Column, Column]:
    return Column(start, _START.format(what), "date"), Column(end, _END.format(what), "date")


def _ids(name: str, what: str) -> Column:
    return Column(name, f"The ids of {what}.")


TABLES: tuple[Table, ...] = (
    Table(
        "events",
        (
            _ID,
            *_of(records.Event, "title date"),
            *_span("the date"),
            *_of(records.Event, "date_basis timezone kind level status prominence"),
            *_of(records.Event, "place", path="place.id"),
            Column("place_name", "The name of the place, or of the first.", path="place.name"),
            Column("places", "The ids of all its places, in order.", path="places.id"),
            _ids("target", "the parties or organizations at which a measure is aimed"),
            *_of(records.Event, "legal_basis summary"),
            _ids("parties", "the parties that take part, speak, promise or hold a position"),
            _ids("participants", "the people who took part"),
            _ids("issues", "the issues discussed or disputed"),
            _ids("quotes", "its quotations"),
            _ids("commitments", "its commitments"),
            _ids("related", "other events that belong with it"),
            Column(
                "relations",
                "How it bears on each of them, in their order; empty where that is not said.",
                path="relations.kind",
            ),
            _ids("follows", "events that came before it, where the dates alone do not tell"),
            _ids("sources", "the sources it rests on"),
            *_of(records.Event, "aliases"),
            _URL,
        ),
        of_event=lambda event, timeline: [rows.event_row(event, timeline)],
    ),
    Table(
        "quotes",
        (
            _ID,
            *_of(records.Quote, "text abridged language"),
            *_of(records.Quote, "speaker", path="speaker.id"),
            Column("speaker_name", "The speaker's name.", path="speaker.name", required=True),
            *_of(records.Quote, "post party"),
            Column("co_speakers", "The ids of who else speaks the words.", path="co_speakers.id"),
            Column(
                "co_parties", "The parties for which they speak, in their order.", path="co_speakers.party"
            ),
            *_of(records.Quote, "lead_in"),
            Column(
                "date", "When it was said (EDTF); the event's date where it was said there.", required=True
            ),
            *_span("the date"),
            *_of(records.Quote, "occasion"),
            Column("event", "The event it belongs to.", required=True),
            Column("phase", "Whether it was said before, at or after the event.", allowed=words(Phase)),
            _ids("issues", "the issues it is about"),
            *_of(records.Quote, "source locator via rendering"),
            Column("original_language", "The language of the original words.", path="original.language"),
            *_of(records.Original, "text", name="original", path="original.text", required=False),
            *_of(records.Quote, "note"),
            Column("corrections", "When it was corrected (EDTF).", path="corrections.date"),
            Column(
                "proof",
                "Whether the words stand word for word in the pinned source.",
                allowed=("verified", "not-found", "unpinned"),
                required=True,
            ),
            _URL,
        ),
        of_event=lambda event, timeline: [
            rows.quote_row(timeline.quotes[q.id], timeline) for q in event.quotes
        ],
        order=lambda timeline: timeline.quotes,
    ),
    Table(
        "commitments",
        (
            _ID,
            *_of(records.Commitment, "type statement"),
            _ids("made_by", "the parties that made it"),
            Column("event", "The event at which it was made.", required=True),
            _ids("issues", "the issues it is about"),
            *_of(records.Commitment, "quote source due"),
            *_span("the due date", "due_start", "due_end"),
            *_of(records.Commitment, "due_text recurs status"),
            _ids("evidence", "events or sources that show the status"),
            Column("history", "The statuses that it had, the oldest first.", path="history.status"),
            Column("history_dates", "Since when it had each of them (EDTF).", path="history.date"),
            *_of(records.Commitment, "last_checked"),
            _URL,
        ),
        of_event=lambda event, timeline: [
            rows.commitment_row(timeline.commitments[c.id]) for c in event.commitments
        ],
        order=lambda timeline: timeline.commitments,
    ),
    Table(
        "people",
        (
            _ID,
            *_of(registries.Person, "name family_name native_name native_language"),
            Column("names", "The names that the person had before.", path="names.name"),
            Column("party", "The party the person belongs to, the last of several.", required=True),
            Column("parties", "All parties the person belonged to, the oldest first.", path="parties.party"),
            Column("posts", "The titles of the offices held, in order.", path="posts.title"),
            *_of(registries.Person, "wikidata note"),
            _ids("events", "the events attended"),
            _ids("quotes", "the quotations"),
            _URL,
        ),
        of_record=lambda timeline: (rows.person_row(p, timeline) for p in timeline.corpus.people.values()),
    ),
    Table(
        "issues",
        (
            _ID,
            Column("name", "The issue's name.", required=True),
            *_of(registries.Issue, "parent description"),
            *_of(registries.Codes, "wikidata plover"),
            _ids("events", "the events at which it was discussed or disputed"),
            _ids("quotes", "the quotations about it"),
            _ids("commitments", "the commitments about it"),
            _URL,
        ),
        of_record=lambda timeline: (rows.issue_row(i, timeline) for i in timeline.corpus.issues.values()),
    ),
    Table(
        "sources",
        (
            _ID,
            Column("title", "The source's title.", required=True),
            Column("publisher", "Where it was published; empty where it does not say."),
            *_of(registries.Source, "agency"),
            Column("authors", "Who wrote it."),
            Column("bodies", "Those of the authors that are no persons."),
            Column("published", "When it was published (EDTF); empty where it does not say."),
            *_span("the date of publication", "published_start", "published_end"),
            *_of(registries.Source, "kind number pages doi issuer"),
            Column("web", "Its address."),
            *_of(registries.Source, "archive_url", name="archive"),
            Column("language", "Its language (BCP 47)."),
            *_of(registries.Source, "retrieved"),
            Column(
                "withdrawn", "When it was withdrawn (EDTF); empty where it was not.", path="withdrawn.date"
            ),
            *_of(registries.Withdrawal, "why", name="withdrawn_why", path="withdrawn.why", required=False),
            *_of(registries.Withdrawal, "replaced_by", path="withdrawn.replaced_by"),
            Column("note", "What a reader should know about this source."),
            _ids("events", "the events that rest on it"),
            _ids("quotes", "the quotations printed in it"),
            Column("proven", "How many of them stand word for word in the pinned text.", "integer"),
            Column("pinned", "The day on which its text was pinned (ISO 8601).", "date"),
            _URL,
        ),
        of_record=lambda timeline: (rows.source_row(s, timeline) for s in timeline.corpus.sources.values()),
    ),
    Table(
        "parties",
        (
            _ID,
            *_of(registries.Party, "name short adjective order observer color marker"),
            _URL,
        ),
        of_record=lambda timeline: (
            rows.party_row(timeline.corpus.parties[p]) for p in (*timeline.columns, *timeline.observers)
        ),
    ),
    Table(
        "organizations",
        (
            _ID,
            Column("name", "The organization's name.", required=True),
            *_of(registries.Organization, "short native_name native_language party wikidata note"),
            _ids("quotes", "the quotations"),
            replace(_URL, required=False),
        ),
        of_record=lambda timeline: (
            rows.organization_row(o, timeline) for o in timeline.corpus.organizations.values()
        ),
    ),
    Table(
        "places",
        (
            _ID,
            *_of(registries.Place, "name within country timezone native_name native_language wikidata"),
        ),
        of_record=lambda timeline: map(rows.place_row, timeline.corpus.places.values()),
    ),
    Table(
        "participants",
        (
            Column("event", "The event.", required=True),
            *_of(records.Participation, "person party post role on_behalf_of"),
        ),
        of_event=rows.participant_rows,
    ),
    Table(
        "corrections",
        (
            Column("event", "The event.", required=True),
            *_of(records.Correction, "date text quote field before after"),
        ),
        of_event=rows.correction_rows,
    ),
    Table(
        "positions",
        (
            Column("event", "The event.", required=True),
            *_of(records.IssueAtEvent, "issue outcome"),
            _ids("raised_by", "the parties that raised it"),
            Column("party", "The party; empty where no position is recorded."),
            *_of(records.PartyPosition, "statement", required=False),
            _ids("quotes", "the quotations it rests on"),
            _ids("sources", "the sources it rests on"),
        ),
        of_event=rows.position_rows,
    ),
)
