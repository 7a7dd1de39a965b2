"""The record: what an event, a quote and a commitment consist of.

Every record is frozen and closed: an unknown field is a mistake. Fields that hold another record's id hold
text; whether the id exists is for `checks`. The descriptions here and in `registries` are what editors read
in docs/contribute/fields.md and in the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

from diplomatic_timeline.model.base import BriefRecord, Record
from diplomatic_timeline.model.registries import Issue, Organization, Party, Person, Place, Source
from diplomatic_timeline.model.translations import ANY, Languages, ProseTexts, Texts
from diplomatic_timeline.model.vocabulary import (
    CommitmentStatus,
    CommitmentType,
    EventStatus,
    Id,
    Kind,
    Language,
    Level,
    Outcome,
    Prominence,
    Recurrence,
    RelationKind,
    Rendering,
    Role,
    Text,
    Truth,
    When,
)


class Participation(Record):
    """One person's part in an event."""

    person: Id
    """Who; an id of the people registry."""
    party: Id
    """For which party; an id of the parties registry."""
    post: Text
    """The title held that day, as in the person's posts."""
    role: Role = "delegate"
    """The part taken: head of the delegation, delegate, host or interpreter."""
    on_behalf_of: Id | None = None
    """The organization spoken for, where it is not the party itself."""


class PartyPosition(Record):
    """What one party holds on an issue at an event."""

    statement: Texts
    """One sentence, in our words."""
    quotes: tuple[Id, ...] = ()
    """The quotes it rests on."""
    sources: tuple[Id, ...] = ()
    """The sources it rests on, where no quote says it."""


class IssueAtEvent(Record):
    """One issue as it stood at an event."""

    issue: Id
    """An id of the issues registry."""
    raised_by: tuple[Id, ...] = ()
    """The parties that raised it."""
    positions: dict[Id, PartyPosition] = Field(default_factory=dict)
    """Each party's position, by party id."""
    outcome: Outcome = "unknown"
    """Where the event left it."""


class Original(Record):
    """The words in the language in which they were said."""

    language: Language
    """BCP 47, as in `zh`."""
    text: Text
    """The exact words."""


class CoSpeaker(Record):
    """A further speaker of the same words, as in a joint statement."""

    speaker: Id
    """A person or an organization."""
    post: Text | None = None
    """The title held that day, where the source gives one."""
    party: Id | None = None
    """The party spoken for, where it is not the quote's."""


class Quote(Record):
    """Exact words, by a speaker, in a source."""

    id: Id
    """Unique in the whole record; never changes."""
    speaker: Id
    """A person or an organization."""
    post: Text | None = None
    """The title held that day, where the source gives one."""
    party: Id
    """The party spoken for."""
    co_speakers: tuple[CoSpeaker, ...] = ()
    """Who else speaks the same words, as in a joint statement."""
    date: When | None = None
    """When it was said (EDTF). Left out: at the event, on its dates. An interval: at some time in it."""
    occasion: Text | None = None
    """Where or how it was said; needed where `date` is given."""
    text: Text
    """The source's exact words. `[...]` parts what is printed in pieces; `[word]` is an insertion of ours."""
    lead_in: Text | None = None
    """Our few words before a fragment, which make a sentence of it."""
    prefix: Text | None = None
    """The words that stand right before it in the source; needed when it has fewer than five words."""
    suffix: Text | None = None
    """The words that stand right after it in the source."""
    abridged: Truth = False
    """Whether words of a sentence are left out at `[...]`; otherwise it parts pieces printed whole."""
    issues: tuple[Id, ...] = Field(min_length=1)
    """What it is about; issues that the event has."""
    source: Id
    """Where the words are printed."""
    locator: Text | None = None
    """Where in the source, as in `paragraph 7`."""
    via: Id | None = None
    """Who relayed the words to the source: an organization or a person."""
    language: Language = "en"
    """The language of `text` (BCP 47)."""
    rendering: Rendering
    """How the words reached us."""
    original: Original | None = None
    """The same words in the language in which they were said."""
    note: Text | None = None
    """What a reader should know about these words."""

    @property
    def speakers(self) -> tuple[CoSpeaker, ...]:
        """Everybody who speaks the words, each with a party; the first is the quote's own speaker."""
        first = CoSpeaker(speaker=self.speaker, post=self.post, party=self.party)
        others = [s if s.party else s.model_copy(update={"party": self.party}) for s in self.co_speakers]
        return (first, *others)

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties spoken for, each once."""
        return tuple(dict.fromkeys((self.party, *(s.party for s in self.co_speakers if s.party))))


class StatusChange(Record):
    """What became of a commitment, and when."""

    date: When
    """Since when it stood so (EDTF)."""
    status: CommitmentStatus
    """How it stood."""
    evidence: tuple[Id, ...] = ()
    """Events or sources that show it."""
    note: Text | None = None
    """What a reader should know about it."""


class Commitment(Record):
    """Who promised, offered or threatened what, by when."""

    id: Id
    """Unique in the whole record; never changes."""
    made_by: tuple[Id, ...] = Field(min_length=1)
    """The parties that made it."""
    type: CommitmentType = "promise"
    """A warning ("we will act") is no promise and not counted as one; an offer waits for the other side."""
    statement: Texts
    """What was promised, in our words."""
    issues: tuple[Id, ...] = ()
    """What it is about; issues that the event has."""
    quote: Id | None = None
    """The quote it rests on."""
    source: Id | None = None
    """The source it rests on, where no quote says it."""
    due: When | None = None
    """By when (EDTF); the whole of it counts, so `2024` means by the end of 2024."""
    due_text: Text | None = None
    """The due date as the source prints it."""
    recurs: Recurrence | None = None
    """How often it is to be kept again."""
    status: CommitmentStatus
    """How it stands, as far as the record knows; the last of `history` where that is given."""
    history: tuple[StatusChange, ...] = ()
    """How it stood since when, the oldest first, where more is known than how it stands."""
    evidence: tuple[Id, ...] = ()
    """Events or sources that show the status."""
    last_checked: When
    """When the status was last looked at."""


class PlaceAtEvent(BriefRecord):
    """One of several places of an event."""

    brief = "place"

    place: Id
    """An id of the places registry."""
    date: When | None = None
    """When it was there (EDTF)."""


class Relation(BriefRecord):
    """Another event that belongs with this one, and how this one bears on it."""

    brief = "event"

    event: Id
    """The id of the other event."""
    kind: RelationKind | None = None
    """What this event does: it leads to the other, answers it, carries it out, repeats or postpones it."""


class Correction(Record):
    """A change made after an event was published."""

    date: When
    """When it was changed."""
    text: Text
    """What was changed, and why."""
    quote: Id | None = None
    """The quote of this event that was corrected."""
    field: Text | None = None
    """The field that was corrected: of the quote (`text`, if no other is given), or of the event, as in
    `title` or `issues.trade.outcome`."""
    before: Text | None = None
    """What stood in the field, or those of its words that changed; left out where something was added."""
    after: Text | None = None
    """What stands there now, or those of its words; left out where something was removed."""

    @property
    def path(self) -> tuple[str, ...]:
        """The steps to what was corrected, below the event; nothing where that is not named."""
        if self.quote:
            return ("quotes", self.quote, *(self.field or "text").split("."))
        return tuple(self.field.split(".")) if self.field else ()


class Event(Record):
    """One event; its id is the file's name without `.yml` and never changes."""

    id: Id
    title: Texts
    """A headline in our words."""
    date: When
    """When it took place (EDTF): `2021-03-18/2021-03-19`, `2024-05`, `2023~`."""
    date_basis: Text | None = None
    """How the date is known; needed where it is not exact to the day."""
    timezone: Text | None = None
    """The IANA time zone of the place, as in `Asia/Shanghai`."""
    kind: Kind
    """What sort of event it was."""
    level: Level
    """Between whom."""
    status: EventStatus = "held"
    """Whether it took place."""
    prominence: Prominence = "main"
    """`main` for what the record is about, `context` for what places it."""
    place: Id | None = None
    """Where, an id of the places registry; for several places, `places`."""
    places: tuple[PlaceAtEvent, ...] = ()
    """Several places in the order in which they were visited, as on a journey; then no `place`."""
    summary: ProseTexts
    """What happened, in our words (CommonMark, no HTML). The first sentence stands alone in lists."""
    participants: tuple[Participation, ...] = ()
    """Who took part."""
    target: tuple[Id, ...] = ()
    """At whom a measure is aimed: parties or organizations."""
    legal_basis: Text | None = None
    """The law or order that a measure rests on."""
    issues: tuple[IssueAtEvent, ...] = Field(min_length=1)
    """What was discussed or disputed."""
    quotes: tuple[Quote, ...] = ()
    """What was said."""
    commitments: tuple[Commitment, ...] = ()
    """What was promised."""
    related: tuple[Relation, ...] = ()
    """Other events that belong with it."""
    follows: tuple[Id, ...] = ()
    """Events that came before it, where the dates alone do not tell."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """What it rests on."""
    aliases: tuple[Id, ...] = ()
    """Ids that it had before; kept as redirects."""
    corrections: tuple[Correction, ...] = ()
    """What was changed after publication."""

    @property
    def where(self) -> tuple[PlaceAtEvent, ...]:
        """Every place of the event in order, whether it has one, several or none."""
        return self.places or ((PlaceAtEvent(place=self.place),) if self.place else ())


class Corpus(BaseModel):
    """The whole record, by id. Events in the order of their dates, the rest as in their registry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parties: dict[str, Party] = Field(default_factory=dict)
    people: dict[str, Person] = Field(default_factory=dict)
    organizations: dict[str, Organization] = Field(default_factory=dict)
    places: dict[str, Place] = Field(default_factory=dict)
    issues: dict[str, Issue] = Field(default_factory=dict)
    sources: dict[str, Source] = Field(default_factory=dict)
    events: dict[str, Event] = Field(default_factory=dict)
    files: dict[str, str] = Field(default_factory=dict)
    """Each event's file, relative to the project, for edit links."""
    languages: Languages = ANY
    """The language in which texts are shown where they have it, and the record's own."""

    def records(self) -> Iterator[Record]:
        """Yield every record."""
        for kind in type(self).model_fields:
            if kind not in ("files", "languages"):
                yield from getattr(self, kind).values()
