"""An event as pages and briefings show it: in a list, on its own page, in the ledger of an issue."""

from __future__ import annotations

from dataclasses import dataclass

from diplomatic_timeline.views.models import (
    CommitmentView,
    DateView,
    Link,
    PartyView,
    QuoteView,
    SourceView,
    SpeakerView,
)


@dataclass(frozen=True, slots=True)
class Side:
    """What one party says or holds in a row; `quotes` and `statement` are empty where it is silent.

    `rests_on` is what the position rests on beside the quotes that stand with it. `elsewhere` are its quotes
    on the same issue that stand under another, `joint` those that stand in another party's column, which
    speaks the same words; `anchor` and `url` are those of its position.
    """

    party: PartyView
    quotes: tuple[QuoteView, ...] = ()
    statement: str | None = None
    rests_on: tuple[Link, ...] = ()
    elsewhere: tuple[Link, ...] = ()
    joint: tuple[Link, ...] = ()
    anchor: str = ""
    url: str = ""

    @property
    def silent(self) -> bool:
        return not (self.statement or self.quotes or self.elsewhere or self.joint)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue at an event: each side's position with its quotes, observers' sides, and the outcome."""

    anchor: str
    url: str
    issue: Link
    raised_by: tuple[PartyView, ...]
    sides: tuple[Side, ...]
    outcome: str
    outcome_label: str

    @property
    def empty(self) -> bool:
        """Whether no side's position is recorded."""
        return not any(side.statement for side in self.sides)

    @property
    def bare(self) -> bool:
        """Whether the issue is only named: nobody held or said anything."""
        return all(side.silent for side in self.sides)

    @property
    def speaking(self) -> tuple[Side, ...]:
        return tuple(s for s in self.sides if not s.silent and not s.party.observer)

    @property
    def silent(self) -> tuple[PartyView, ...]:
        return tuple(s.party for s in self.sides if s.silent and not s.party.observer)

    @property
    def analysts(self) -> tuple[Side, ...]:
        return tuple(s for s in self.sides if s.party.observer)


@dataclass(frozen=True, slots=True)
class Sums:
    """Who is on record on how many issues of an event.

    `several` issues have two sides or more on record, `alone` are the parties that are alone on some, with
    how many.
    """

    several: int
    alone: tuple[tuple[PartyView, int], ...]


@dataclass(frozen=True, slots=True)
class Delegate:
    person: SpeakerView
    post: str
    role: str
    role_label: str
    on_behalf_of: Link | None


@dataclass(frozen=True, slots=True)
class Delegation:
    party: PartyView
    delegates: tuple[Delegate, ...]


@dataclass(frozen=True, slots=True)
class VoiceView:
    """What a party, or several together, said at an event, or held there in our words; where that stands."""

    parties: tuple[PartyView, ...]
    issue: Link
    quote: QuoteView | None
    statement: str | None
    url: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list: one line of facts, its first sentence, and a voice of each side.

    `people` are those who met there, by their parties; `agreed` are the issues on which it ended so;
    `promises` is how many stand how (status, number, status in words). `told` are kind and level, where they
    say something.
    """

    id: str
    title: str
    url: str
    year: int
    date: DateView
    date_in_year: str
    kind: str
    level: str
    told: tuple[str, ...]
    status: str
    status_label: str
    main: bool
    place: str | None
    lead: str
    issues: tuple[Link, ...]
    parties: tuple[PartyView, ...]
    people: tuple[tuple[PartyView, tuple[SpeakerView, ...]], ...]
    agreed: tuple[Link, ...]
    voices: tuple[VoiceView, ...]
    quotes: int
    promises: tuple[tuple[str, int, str], ...]
    sources: int


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A related event, and in words how the event of the page bears on it, where that is said."""

    line: EventLine
    relation: str | None


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with everything attached to it.

    `place` names all its places with their dates; `zone` is the time by which its dates are told, where the
    place does not say that. `warnings` are not among the `commitments`. `short` says that the summary is no
    more than its first sentence. `follows` are events that came before it, where the dates do not tell.
    """

    line: EventLine
    date_basis: str | None
    zone: str | None
    place: str | None
    place_native: tuple[str, str] | None
    summary: str
    short: bool
    delegations: tuple[Delegation, ...]
    issues: tuple[IssueRow, ...]
    sums: Sums
    commitments: tuple[CommitmentView, ...]
    warnings: tuple[CommitmentView, ...]
    target: tuple[Link, ...]
    legal_basis: str | None
    sources: tuple[SourceView, ...]
    related: tuple[RelatedView, ...]
    follows: tuple[Link, ...]
    corrections: tuple[tuple[DateView, str], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year's events, the newest first; `place` is that of the first in the list that the years make."""

    number: int
    url: str
    events: tuple[EventLine, ...]
    place: int = 0


@dataclass(frozen=True, slots=True)
class Decade:
    """The years of one decade, the newest first, each with its number of events."""

    label: str
    years: tuple[tuple[Link, int], ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One event in the ledger of an issue; `url` is the issue's place on the event's page."""

    event: EventLine
    sides: tuple[Side, ...]
    outside: tuple[QuoteView, ...]
    outcome: str
    outcome_label: str
    url: str = ""

    @property
    def empty(self) -> bool:
        """Whether no side said anything, and no position is recorded."""
        return not any(side.statement or side.quotes for side in self.sides)
