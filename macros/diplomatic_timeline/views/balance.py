"""What the record has of each party and each issue, and what it lacks, for the page and for the terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link, PartyView
from diplomatic_timeline.views.presenter import Presenter

LONG = timedelta(days=365)
"""How long before the record's newest day a promise was last looked at where that is long ago."""
_UNSETTLED = frozenset(("open", "partly", "disputed", "unknown"))


@dataclass(frozen=True, slots=True)
class Balance:
    """How much a party is heard, and through which sources: in words, how many of each kind, the most first.

    Sources are those of its quotes, and of its positions where no quote says them.
    """

    party: PartyView
    events: int
    quotes: int
    official: int
    press: int
    commitments: int
    positions: int
    sources: str


@dataclass(frozen=True, slots=True)
class IssueBalance:
    """What the record has on an issue itself; `sides` are the parties with a column: quotes and positions."""

    id: str
    issue: Link
    depth: int
    events: int
    sides: tuple[tuple[PartyView, int, int], ...]
    commitments: int
    sources: str


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that an editor may add: where, and what in a few words."""

    id: str
    where: Link
    what: str


@dataclass(frozen=True, slots=True)
class Lacks:
    """The first of one kind, the most urgent first, and how many there are; `title` says what is missing."""

    kind: str
    title: str
    count: int
    entries: tuple[Lack, ...]


_Found: TypeAlias = tuple[list[Any], Callable[[Any], Lack]]
"""What is missing, in short, and what tells of it: there is much, of which few are told."""


class Stocktaking:
    """That of one timeline."""

    def __init__(self, view: Presenter) -> None:
        self.view, self.timeline, self.words = view, view.timeline, view.words
        corpus = self.timeline.corpus
        self._positions: Counter[str] = Counter()
        self._quotes_on: Counter[tuple[str, str]] = Counter()
        self._positions_on: Counter[tuple[str, str]] = Counter()
        self._of_party: defaultdict[str, set[str]] = defaultdict(set)
        self._of_issue: defaultdict[str, set[str]] = defaultdict(set)
        for event in corpus.events.values():
            for at_issue in event.issues:
                for party, position in at_issue.positions.items():
                    self._positions[party] += 1
                    self._positions_on[at_issue.issue, party] += 1
                    self._of_party[party].update(position.sources)
                    self._of_issue[at_issue.issue].update(position.sources)
            for quote in event.quotes:
                self._quotes_on.update((issue, party) for issue in quote.issues for party in quote.parties)
                for party in quote.parties:
                    self._of_party[party].add(quote.source)
                for issue in quote.issues:
                    self._of_issue[issue].add(quote.source)

    def parties(self) -> tuple[Balance, ...]:
        """Return what the record has of each party, observers last."""
        timeline, corpus = self.timeline, self.timeline.corpus
        rows = []
        for party in (*timeline.columns, *timeline.observers):
            ids = timeline.quotes_of_party.get(party, ())
            official = sum(corpus.sources[timeline.quotes[q].quote.source].issuer is not None for q in ids)
            rows.append(
                Balance(
                    party=self.view.parties[party],
                    events=len(timeline.events_of_party.get(party, ())),
                    quotes=len(ids),
                    official=official,
                    press=len(ids) - official,
                    commitments=timeline.counted(timeline.commitments_of_party.get(party, ())),
                    positions=self._positions[party],
                    sources=self._kinds(self._of_party[party]),
                )
            )
        return tuple(rows)

    def issues(self) -> tuple[IssueBalance, ...]:
        """Return what the record has on each issue, in the order of their tree."""
        timeline = self.timeline
        return tuple(
            IssueBalance(
                id=issue.id,
                issue=self.view.issue_link(issue.id),
                depth=depth,
                events=len(timeline.events_of_issue.get(issue.id, ())),
                sides=tuple(
                    (party, self._quotes_on[issue.id, party.id], self._positions_on[issue.id, party.id])
                    for party in self.view.columns()
                ),
                commitments=timeline.counted(timeline.commitments_of_issue.get(issue.id, ())),
                sources=self._kinds(self._of_issue[issue.id]),
            )
            for issue, depth in timeline.issue_tree()
        )

    def lacks(self, most: int | None = None) -> tuple[Lacks, ...]:
        """Return what is missing, a group for each kind of it with no more than that; empty ones included."""
        found = {
            "silent": self._silent(),
            "one_sided": self._one_sided(),
            "unchecked": self._unchecked(),
            "unproven": self._unproven(),
            "unpinned": self._unpinned(),
            "unarchived": self._unarchived(),
            "withdrawn": self._withdrawn(),
        }
        if "commitments" in self.timeline.without:
            del found["unchecked"]
        return tuple(
            Lacks(kind, self.words(f"lacks.{kind}"), len(all_), tuple(map(tell, all_[:most])))
            for kind, (all_, tell) in found.items()
        )

    def _kinds(self, sources: Iterable[str]) -> str:
        kinds = Counter(self.view.corpus.sources[id].kind for id in sources)
        order = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
        told = (self.words("source.way", rendering=self.words(f"source_kind.{k}"), n=kinds[k]) for k in order)
        return self.words("list.comma").join(told)

    def _silent(self) -> _Found:
        """Return events without words of a party that took part: main ones first, the newest first."""
        found = []
        events = [e for e in reversed(self.timeline.events.values()) if e.status == "held"]
        for event in sorted(events, key=lambda e: e.prominence != "main"):
            speaking = {party for quote in event.quotes for party in quote.parties}
            present = {p.party for p in event.participants} - speaking
            if silent := [party.name for party in self.view.columns() if party.id in present]:
                found.append((event.id, self.words("list.comma").join(silent)))
        return found, lambda each: Lack(each[0], self.view.event_link(each[0]), each[1])

    def _one_sided(self) -> _Found:
        """Return issues on which one side alone is on record, those of most events first."""
        found = []
        for row in sorted(self.issues(), key=lambda row: -row.events):
            heard = [party.name for party, quotes, positions in row.sides if quotes or positions]
            if len(heard) == 1:
                events = self.words("count.events", n=row.events)
                found.append((row, self.words("lacks.only", party=heard[0], events=events)))
        return found, lambda each: Lack(each[0].id, each[0].issue, each[1])

    def _unchecked(self) -> _Found:
        """Return promises that are not settled and were last looked at long ago, the longest first."""
        newest = self.timeline.newest
        promises = [p.commitment for p in self.timeline.commitments.values() if p.counts]
        found = [
            promise.id
            for promise in sorted(promises, key=lambda c: c.last_checked.order)
            if newest and promise.status in _UNSETTLED and promise.last_checked.last < newest - LONG
        ]
        return found, self._promise

    def _promise(self, id: str) -> Lack:
        view = self.view.commitment(id)
        checked = self.words("commitment.checked", date=view.last_checked.text)
        return Lack(id, Link(view.statement, view.url), checked)

    def _unproven(self) -> _Found:
        found = [id for id, said in self.timeline.quotes.items() if said.proof.outcome != "verified"]
        return found, self._quote

    def _quote(self, id: str) -> Lack:
        outcome = self.timeline.quotes[id].proof.outcome
        return Lack(id, self.view.quote_link(id), self.words(f"proof.{outcome}"))

    def _of_sources(self, ids: Iterable[str]) -> _Found:
        """Return sources with how many quotes rest on each, the most first."""
        return sorted(ids, key=lambda id: -len(self.timeline.quotes_of_source.get(id, ()))), self._source

    def _source(self, id: str) -> Lack:
        n = len(self.timeline.quotes_of_source.get(id, ()))
        what = self.words("count.quotes", n=n) if n else self.words("source.no_quote")
        return Lack(id, Link(self.view.corpus.sources[id].title, urls.source(id)), what)

    def _unpinned(self) -> _Found:
        return self._of_sources(
            id
            for id, quotes in self.timeline.quotes_of_source.items()
            if all(self.timeline.quotes[q].proof.outcome == "unpinned" for q in quotes)
        )

    def _unarchived(self) -> _Found:
        sources = self.view.corpus.sources
        return self._of_sources(id for id, s in sources.items() if s.url and not s.archive_url)

    def _withdrawn(self) -> _Found:
        return self._of_sources(id for id, s in self.view.corpus.sources.items() if s.withdrawn)
