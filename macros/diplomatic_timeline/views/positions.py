"""Where the parties stand: what each held on an issue, from one event to the next, and what it holds now.

A stand is what one party held or said on one issue at one event: its position in our words, its best
quotation there, or both. An issue has the stands of its narrower issues too. Observers take none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Literal

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import DateView, Link, PartyView, QuoteView
from diplomatic_timeline.views.presenter import Presenter

Change = Literal["first", "repeated", "new"]

_ENOUGH, _IDEAL = 8, 25
"""Words from which on a quotation says something by itself, and of one that is read at a glance."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a party held on an issue at an event; it has a statement in our words, quotations, or both.

    `change` is against what it held on the same issue before: its first stand, the same statement or words
    again, or new ones. `quotes` are its own there, the most telling first.
    """

    party: PartyView
    issue: Link
    event: Link
    date: DateView
    url: str
    statement: str | None
    quotes: tuple[QuoteView, ...]
    change: Change

    @property
    def quote(self) -> QuoteView | None:
        """The quotation that tells most."""
        return self.quotes[0] if self.quotes else None


@dataclass(frozen=True, slots=True)
class _Held:
    event: str
    statement: str | None
    quotes: tuple[str, ...]
    texts: frozenset[str]
    change: Change


class Positions:
    """The stands of one timeline, found in time linear in the record."""

    def __init__(self, view: Presenter) -> None:
        self.view = view
        self.timeline = view.timeline

    @cached_property
    def _held(self) -> dict[tuple[str, str], tuple[_Held, ...]]:
        """What each party held on each issue, the oldest first."""
        found: defaultdict[tuple[str, str], list[_Held]] = defaultdict(list)
        columns = set(self.timeline.columns)
        for event in self.timeline.events.values():
            for (issue, party), (statement, quotes) in _held_at(event).items():
                if party in columns:
                    before = found[issue, party]
                    texts = frozenset(_plain(self.timeline.quotes[id].quote.text) for id in quotes)
                    change = _change(before[-1] if before else None, statement, texts)
                    before.append(_Held(event.id, statement, quotes, texts, change))
        return {key: tuple(held) for key, held in found.items()}

    def of(self, issue: str, party: str, events: Collection[str] | None = None) -> tuple[Stand, ...]:
        """Return a party's stands on an issue and below it, the oldest first: at these events, or at all."""
        ranks = self.timeline.ranks
        found = [
            (id, held)
            for id in self.timeline.family(issue)
            for held in self._held.get((id, party), ())
            if events is None or held.event in events
        ]
        found.sort(key=lambda pair: ranks[pair[1].event])
        return tuple(self._stand(id, party, held) for id, held in found)

    def newest(self, issue: str) -> tuple[Stand | None, ...]:
        """Return for each party with a column, in their order, its newest stand on an issue or below it.

        At the newest event, what it held on the issue itself goes before what it held on a narrower one.
        """
        return tuple(self._newest(issue, party) for party in self.timeline.columns)

    def _newest(self, issue: str, party: str) -> Stand | None:
        stands = [
            (id, self._held[id, party][-1]) for id in self.timeline.family(issue) if (id, party) in self._held
        ]
        if not stands:
            return None
        # Of those at one event the first is the widest issue's.
        id, held = max(stands, key=lambda stand: self.timeline.ranks[stand[1].event])
        return self._stand(id, party, held)

    def own(self, issue: str, party: str) -> Stand | None:
        """Return a party's newest stand on an issue itself, whatever it holds on narrower ones."""
        held = self._held.get((issue, party), ())
        return self._stand(issue, party, held[-1]) if held else None

    def held(self, issue: str, party: str) -> tuple[tuple[str, str, str | None, Change], ...]:
        """Return what a party held on an issue and on those below it, the oldest first, in plain values.

        Each is an event, an issue, the statement in our words and the change.
        """
        found = [
            (held.event, id, held.statement, held.change)
            for id in self.timeline.family(issue)
            for held in self._held.get((id, party), ())
        ]
        return tuple(sorted(found, key=lambda held: self.timeline.ranks[held[0]]))

    def events(self, issue: str, party: str) -> tuple[str, ...]:
        """Return the events at which a party held something on an issue itself, the oldest first."""
        return tuple(held.event for held in self._held.get((issue, party), ()))

    def at(self, event: str, issue: str) -> tuple[Stand | None, ...]:
        """Return for each party with a column what it held on an issue, itself alone, at an event."""
        return tuple(
            next(
                (
                    self._stand(issue, party, held)
                    for held in self._held.get((issue, party), ())
                    if held.event == event
                ),
                None,
            )
            for party in self.timeline.columns
        )

    def _stand(self, issue: str, party: str, held: _Held) -> Stand:
        event = self.timeline.events[held.event]
        quotes = sorted(held.quotes, key=lambda id: self._weight(id, issue))
        return Stand(
            party=self.view.parties[party],
            issue=self.view.issue_link(issue),
            event=self.view.event_link(event.id),
            date=self.view.date(event.date),
            url=urls.position(event.id, issue, party),
            statement=held.statement,
            quotes=self.view.quotes(quotes),
            change=held.change,
        )

    def _weight(self, id: str, issue: str) -> tuple[object, ...]:
        """Return what puts the most telling quotation first: proven, said there, on this, and readable."""
        said = self.timeline.quotes[id]
        words = len(said.quote.text.split())
        return (
            said.proof.outcome != "verified",
            said.phase != "at",
            said.quote.issues[0] != issue,
            words < _ENOUGH,
            abs(words - _IDEAL),
        )


def _held_at(event: Event) -> dict[tuple[str, str], tuple[str | None, tuple[str, ...]]]:
    """Return for each issue and party at an event its statement and its quotations."""
    quotes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for quote in event.quotes:
        for issue, party in product(quote.issues, quote.parties):
            quotes[issue, party].append(quote.id)
    statements = {
        (at_issue.issue, party): position.statement
        for at_issue in event.issues
        for party, position in at_issue.positions.items()
    }
    keys: Iterable[tuple[str, str]] = dict.fromkeys((*statements, *quotes))
    return {key: (statements.get(key), tuple(quotes.get(key, ()))) for key in keys}


def _change(before: _Held | None, statement: str | None, texts: frozenset[str]) -> Change:
    if before is None:
        return "first"
    same = statement is not None and _plain(statement) == _plain(before.statement or "")
    return "repeated" if same or texts & before.texts else "new"


def _plain(statement: str) -> str:
    return " ".join(statement.split()).casefold()
