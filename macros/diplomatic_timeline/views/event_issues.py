"""The issues of an event, each with every side's position and words, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from diplomatic_timeline.model.records import Event, IssueAtEvent
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.models import Link, PartyView, QuoteView
from diplomatic_timeline.views.names import Names


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
class LedgerRow:
    """One event in the ledger of an issue; `url` is the issue's place on the event's page."""

    event: EventLine
    sides: tuple[Side, ...]
    outside: tuple[QuoteView, ...]
    outcome: str
    outcome_label: str
    raised_by: tuple[PartyView, ...] = ()
    url: str = ""

    @property
    def empty(self) -> bool:
        """Whether no side said anything, and no position is recorded."""
        return not any(side.statement or side.quotes for side in self.sides)


def positions(view: Names, event: Event, at_issue: IssueAtEvent) -> dict[str, Side]:
    """Return by party what each holds on an issue: the event's columns, and observers who hold something."""
    found = {}
    for id in (*view.timeline.columns_of(event), *view.timeline.observers):
        position = at_issue.positions.get(id)
        if position or not view.parties[id].observer:
            quotes, sources = (position.quotes, position.sources) if position else ((), ())
            found[id] = Side(
                view.parties[id],
                (),
                position.statement if position else None,
                (*map(view.quote_link, quotes), *map(view.source_link, sources)),
                anchor=urls.position_anchor(at_issue.issue, id),
                url=urls.position(event.id, at_issue.issue, id),
            )
    return found


def with_quotes(view: Names, side: Side, quotes: Iterable[QuoteView]) -> Side:
    """Return a side with those of the quotes that its party said."""
    spoken = [q for q in quotes if side.party in q.parties]
    return replace(
        side,
        quotes=tuple(q for q in spoken if q.party is side.party),
        joint=tuple(view.quote_link(q.id) for q in spoken if q.party is not side.party),
    )


def rows(view: Names, event: Event) -> tuple[IssueRow, ...]:
    """Return the issues of an event with positions and words, each quote under the first issue it names."""
    return tuple(_row(view, event, at_issue) for at_issue in event.issues)


def _row(view: Names, event: Event, at_issue: IssueAtEvent) -> IssueRow:
    timeline, issue, held = view.timeline, at_issue.issue, positions(view, event, at_issue)
    own = view.quotes(q.id for q in event.quotes if q.issues[0] == issue)
    others = [q for q in event.quotes if issue in q.issues[1:]]
    sides = []
    for id in (*timeline.columns_of(event), *timeline.observers):
        said = with_quotes(view, held.get(id, Side(view.parties[id])), own)
        elsewhere = tuple(view.quote_link(q.id) for q in others if id in q.parties)
        named = {link.url for link in elsewhere} | {url for q in said.quotes for url in (q.url, q.source.url)}
        rests_on = tuple(ground for ground in said.rests_on if ground.url not in named)
        side = replace(said, rests_on=rests_on, elsewhere=elsewhere)
        if not (side.party.observer and side.silent):
            sides.append(side)
    return IssueRow(
        urls.position_anchor(issue),
        urls.position(event.id, issue),
        view.issue_link(issue),
        tuple(view.parties[p] for p in at_issue.raised_by),
        tuple(sides),
        at_issue.outcome,
        view.words(f"outcome.{at_issue.outcome}"),
    )


def sums(issues: Sequence[IssueRow]) -> Sums:
    """Return who is on record on how many of an event's issues."""
    on_record = [row.speaking for row in issues]
    alone = Counter(sides[0].party for sides in on_record if len(sides) == 1)
    return Sums(sum(len(sides) > 1 for sides in on_record), tuple(alone.items()))
