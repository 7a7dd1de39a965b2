"""The record: what an event, a quote, a person and the rest consist of.

Every record is frozen and closed: an unknown field is a mistake. Fields that hold another record's id hold
text; whether the id exists is for `checks`. The descriptions here are what editors read in
docs/contribute/fields.md and in the JSON Schema.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from diplomatic_timeline.model.vocabulary import (
    Color,
    CommitmentStatus,
    EventStatus,
    Id,
    Kind,
    Language,
    Level,
    Marker,
    Order,
    Outcome,
    Prominence,
    Rendering,
    Role,
    SourceKind,
    Text,
    Truth,
    Url,
    When,
    Wikidata,
)


class Record(BaseModel):
    """What all records share: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


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

    statement: Text
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


class Quote(Record):
    """Exact words, by a speaker, in a source."""

    id: Id
    """Unique in the whole record; never changes."""
    speaker: Id
    """A person or an organization."""
    post: Text | None = None
    """The title held that day; needed for a person."""
    party: Id
    """The party spoken for."""
    date: When | None = None
    """When it was said (EDTF). Left out: at the event, on its dates. An interval: at some time in it."""
    occasion: Text | None = None
    """Where or how it was said; needed where `date` is given."""
    text: Text
    """The source's exact words. `[...]` parts what is printed in pieces; `[word]` is an insertion of ours."""
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
    """The words in the language in which they were said."""
    note: Text | None = None
    """What a reader should know about these words."""


class Commitment(Record):
    """Who promised what, by when."""

    id: Id
    """Unique in the whole record; never changes."""
    made_by: tuple[Id, ...] = Field(min_length=1)
    """The parties that made it."""
    statement: Text
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
    status: CommitmentStatus
    """How it stands, as far as the record knows."""
    evidence: tuple[Id, ...] = ()
    """Events or sources that show the status."""
    last_checked: When
    """When the status was last looked at."""


class Correction(Record):
    """A change made after an event was published."""

    date: When
    """When it was changed."""
    text: Text
    """What was changed, and why."""


class Event(Record):
    """One event; its id is the file's name without `.yml` and never changes."""

    id: Id
    title: Text
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
    """An id of the places registry."""
    summary: Text
    """What happened, in our words (CommonMark, no HTML). The first sentence stands alone in lists."""
    participants: tuple[Participation, ...] = ()
    """Who took part."""
    issues: tuple[IssueAtEvent, ...] = Field(min_length=1)
    """What was discussed or disputed."""
    quotes: tuple[Quote, ...] = ()
    """What was said."""
    commitments: tuple[Commitment, ...] = ()
    """What was promised."""
    related: tuple[Id, ...] = ()
    """Other events that belong with it."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """What it rests on."""
    aliases: tuple[Id, ...] = ()
    """Ids that it had before; kept as redirects."""
    corrections: tuple[Correction, ...] = ()
    """What was changed after publication."""


class Party(Record):
    """A side: a state, an alliance, a movement, or those who comment from outside."""

    id: Id
    name: Text
    """The full name."""
    short: Text
    """The short form for tables, as in `US`."""
    phrase: Text | None = None
    """The name inside a sentence, where it differs, as in `the United States`."""
    adjective: Text
    """As in `American`."""
    color: Color
    """The colour token; the style sheet holds its values for both schemes."""
    marker: Marker
    """The shape that goes with the colour, so that colour is never alone."""
    order: Order
    """The column it takes; the smallest stands first."""
    observer: Truth = False
    """Comments from outside and takes no column of its own."""


class Post(Record):
    """An office that a person held."""

    title: Text
    """The title as participants and quotes carry it."""
    organization: Id | None = None
    """The organization it belongs to."""
    dates: When | None = None
    """From when to when (EDTF), as in `2021-01-26/2025-01-20` or `2013-03/..`."""


class Person(Record):
    """Somebody who takes part or speaks."""

    id: Id
    name: Text
    """The name as printed in running text."""
    family_name: Text
    """What lists sort by."""
    native_name: Text | None = None
    """The name in its own script."""
    native_language: Language = "zh"
    """The language of `native_name` (BCP 47)."""
    party: Id
    """The party the person belongs to."""
    posts: tuple[Post, ...] = ()
    """Offices held, with dates."""
    wikidata: Wikidata | None = None
    """The item in Wikidata."""
    note: Text | None = None
    """What a reader should know about this person."""


class Organization(Record):
    """A ministry, an agency, a newspaper: whatever speaks or relays words as a body."""

    id: Id
    name: Text
    """The full name."""
    short: Text | None = None
    """As in `Pentagon`."""
    native_name: Text | None = None
    """The name in its own script."""
    native_language: Language = "zh"
    """The language of `native_name` (BCP 47)."""
    party: Id | None = None
    """The party it belongs to, when it belongs to one."""
    wikidata: Wikidata | None = None
    """The item in Wikidata."""
    note: Text | None = None
    """What a reader should know about it."""


class Place(Record):
    """Where events take place."""

    id: Id
    name: Text
    """As in `Anchorage`."""
    within: Text | None = None
    """As in `Alaska, United States`."""
    native_name: Text | None = None
    """The name in its own script."""
    native_language: Language = "zh"
    """The language of `native_name` (BCP 47)."""
    wikidata: Wikidata | None = None
    """The item in Wikidata."""


class Codes(Record):
    """Codes of an issue in other vocabularies."""

    wikidata: Wikidata | None = None
    """The item in Wikidata."""
    plover: Text | None = None
    """The PLOVER context."""


class Issue(Record):
    """A matter that parties discuss or dispute."""

    id: Id
    name: Text
    """The name that lists and headings carry."""
    parent: Id | None = None
    """The wider issue that it belongs to."""
    description: Text
    """One sentence."""
    codes: Codes = Codes()
    """Codes in other vocabularies."""


class Source(Record):
    """A report, readout, transcript or post that words and facts rest on."""

    id: Id
    title: Text
    """The headline, as printed."""
    publisher: Text
    """Where it was published."""
    agency: Text | None = None
    """The news agency behind it."""
    authors: tuple[Text, ...] = ()
    """Who wrote it, as printed."""
    published: When
    """When it was published (EDTF)."""
    kind: SourceKind
    """What sort of source it is."""
    issuer: Id | None = None
    """The party that issued it, when it is official."""
    url: Url | None = None
    """Where it can be read."""
    archive_url: Url | None = None
    """A copy in a web archive."""
    language: Language = "en"
    """The language it is written in (BCP 47)."""
    retrieved: When | None = None
    """When it was read."""
    note: Text | None = None
    """What a reader should know about it."""


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


REGISTRIES: dict[str, type[Record]] = {
    "parties": Party,
    "people": Person,
    "organizations": Organization,
    "places": Place,
    "issues": Issue,
    "sources": Source,
}
