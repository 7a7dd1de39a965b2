"""Where the parties stand: what each held on an issue, from one event to the next, and what it holds now.

A stand is what one party held or said on one issue at one event: its position in our words, its best
quotation there, or both. An issue has the stands of its narrower issues too. Observers take none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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
    def _held(self) -> Mapping[tuple[str, str], dict[str, _Held]]:
        """What each party held on each issue, by event, the oldest first."""
        found: defaultdict[tuple[str, str], dict[str, _Held]] = defaultdict(dict)
        columns = set(self.timeline.columns)
        for event in self.timeline.events.values():
            for (issue, party), (statement, quotes) in _held_at(event).items():
                if party in columns:
                    before = found[issue, party]
                    texts = frozenset(_plain(self.timeline.quotes[id].quote.text) for id in quotes)
                    change = _change(before[next(reversed(before))] if before else None, statement, texts)
                    before[event.id] = _Held(statement, quotes, texts, change)
        return dict(found)

    def newest(self, issue: str) -> tuple[Stand | None, ...]:
        """Return for each party with a column, in their order, its newest stand on an issue or below it.

        At the newest event, what it held on the issue itself goes before what it held on a narrower one.
        """
        return tuple(self._newest(issue, party) for party in self.timeline.columns)

    def _newest(self, issue: str, party: str) -> Stand | None:
        family = [id for id in self.timeline.family(issue) if (id, party) in self._held]
        # Of those at one event the first is the widest issue's.
        newest = max(family, key=lambda id: self.timeline.ranks[self.events(id, party)[-1]], default=None)
        return self.own(newest, party) if newest else None

    def own(self, issue: str, party: str, among: Collection[str] | None = None) -> Stand | None:
        """Return a party's newest stand on an issue itself, whatever it holds on narrower ones.

        It is the newest at the events `among` which it is looked for, if given.
        """
        events = (e for e in reversed(self.events(issue, party)) if among is None or e in among)
        newest = next(events, None)
        return self.stand(issue, party, newest) if newest else None

    def held(self, issue: str, party: str) -> tuple[tuple[str, str, str | None, Change], ...]:
        """Return what a party held on an issue and on those below it, the oldest first, in plain values.

        Each is an event, an issue, the statement in our words and the change.
        """
        found = [
            (event, id, held.statement, held.change)
            for id in self.timeline.family(issue)
            for event, held in self._held.get((id, party), {}).items()
        ]
        return tuple(sorted(found, key=lambda held: self.timeline.ranks[held[0]]))

    def events(self, issue: str, party: str) -> tuple[str, ...]:
        """Return the events at which a party held something on an issue itself, the oldest first."""
        return tuple(self._held.get((issue, party), ()))

    def at(self, event: str, issue: str) -> tuple[Stand | None, ...]:
        """Return for each party with a column what it held on an issue, itself alone, at an event."""
        return tuple(self.stand(issue, party, event) for party in self.timeline.columns)

    def stand(self, issue: str, party: str, event_id: str) -> Stand | None:
        """Return what a party held on an issue, itself alone, at an event."""
        held = self._held.get((issue, party), {}).get(event_id)
        if held is None:
            return None
        event = self.timeline.events[event_id]
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
