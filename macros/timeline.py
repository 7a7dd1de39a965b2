"""Views derived from the record: by issue, person, party, source and year; ledgers; open commitments.

Everything is computed once, in time linear in the record, and held as tuples of ids or of small frozen
records. Events run from the oldest to the newest; whoever wants them the other way round reverses them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from macros.dates import Edtf
from macros.model import Commitment, Corpus, Event, Issue, Quote
from macros.proofs import UNPINNED, Proof
from macros.vocabulary import Phase

_K = TypeVar("_K")

_OPEN_FIRST = ("open", "disputed", "partly", "unknown", "fulfilled", "lapsed", "superseded")


@dataclass(frozen=True, slots=True)
class Said:
    """A quote in its event: when it was said, in which phase, and whether its words are proven."""

    quote: Quote
    event: Event
    date: Edtf
    phase: Phase
    proof: Proof


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment in its event."""

    commitment: Commitment
    event: Event


def phase_of(said: Edtf, event: Edtf) -> Phase:
    """Return whether something was said before, at or after an event.

    The earliest day counts: what is dated by a month that begins before the event was said before it.
    """
    if said.first < event.first:
        return "before"
    return "after" if said.first > event.last else "at"


class Timeline:
    """The record with all that follows from it.

    `events`, `quotes` and `commitments` hold everything by id: events by date, quotes by the date on which
    they were said, commitments open ones first and then by due date. The `..._of` mappings go from an id
    to a tuple of ids in the same orders; an id that nothing refers to has an empty tuple.
    """

    def __init__(self, corpus: Corpus, proofs: Mapping[str, Proof] | None = None) -> None:
        self.corpus = corpus
        proofs = proofs or {}
        self.events: dict[str, Event] = corpus.events
        said = [self._said(event, quote, proofs) for event in self.events.values() for quote in event.quotes]
        said.sort(key=lambda s: (s.date.order, s.event.date.order))
        self.quotes: dict[str, Said] = {s.quote.id: s for s in said}
        promised = [Promised(c, event) for event in self.events.values() for c in event.commitments]
        promised.sort(key=_urgency)
        self.commitments: dict[str, Promised] = {p.commitment.id: p for p in promised}

        order = list(self.events)
        self.previous: dict[str, str | None] = dict(zip(order, [None, *order], strict=False))
        self.next: dict[str, str | None] = dict(zip(order, [*order[1:], None], strict=False))
        self.events_of_year = _index((e.date.anchor.year, id) for id, e in self.events.items())
        self.years: tuple[int, ...] = tuple(sorted(self.events_of_year))

        self.events_of_issue = _index((i.issue, id) for id, e in self.events.items() for i in e.issues)
        self.events_of_person = _index(
            (p.person, id) for id, e in self.events.items() for p in e.participants
        )
        self.events_of_party = _index((party, id) for id, e in self.events.items() for party in parties_at(e))
        self.events_of_source = _index((s, id) for id, e in self.events.items() for s in e.sources)
        self.events_of_place = _index((e.place, id) for id, e in self.events.items() if e.place)
        self.events_on_behalf = _index(
            (p.on_behalf_of, id) for id, e in self.events.items() for p in e.participants if p.on_behalf_of
        )
        self.quotes_of_issue = _index((i, q.quote.id) for q in said for i in q.quote.issues)
        self.quotes_of_speaker = _index((q.quote.speaker, q.quote.id) for q in said)
        self.quotes_relayed_by = _index((q.quote.via, q.quote.id) for q in said if q.quote.via)
        self.quotes_of_party = _index((q.quote.party, q.quote.id) for q in said)
        self.quotes_of_source = _index((q.quote.source, q.quote.id) for q in said)
        self.commitments_of_issue = _index(
            (i, p.commitment.id) for p in promised for i in p.commitment.issues
        )
        self.commitments_of_party = _index(
            (party, p.commitment.id) for p in promised for party in p.commitment.made_by
        )
        self.children: dict[str, tuple[str, ...]] = _index(
            (issue.parent, id) for id, issue in corpus.issues.items() if issue.parent
        )

    def _said(self, event: Event, quote: Quote, proofs: Mapping[str, Proof]) -> Said:
        when = quote.date or event.date
        phase: Phase = phase_of(when, event.date) if quote.date else "at"
        return Said(quote, event, when, phase, proofs.get(quote.id, UNPINNED))

    @property
    def columns(self) -> tuple[str, ...]:
        """The parties that take a column of their own, in their order."""
        parties = sorted(self.corpus.parties.values(), key=lambda p: p.order)
        return tuple(p.id for p in parties if not p.observer)

    @property
    def observers(self) -> tuple[str, ...]:
        """The parties that comment from outside, in their order."""
        parties = sorted(self.corpus.parties.values(), key=lambda p: p.order)
        return tuple(p.id for p in parties if p.observer)

    def issue_tree(self) -> tuple[tuple[Issue, int], ...]:
        """Return all issues with their depth, each parent right before its children, in registry order."""
        issues = self.corpus.issues

        def below(id: str, depth: int) -> Iterable[tuple[Issue, int]]:
            yield issues[id], depth
            for child in self.children.get(id, ()):
                yield from below(child, depth + 1)

        roots = [id for id, issue in issues.items() if issue.parent is None]
        return tuple(entry for root in roots for entry in below(root, 0))

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The place of each event in the order of events."""
        return {id: place for place, id in enumerate(self.events)}

    @cached_property
    def commitment_ranks(self) -> dict[str, int]:
        """The place of each commitment in the order of commitments."""
        return {id: place for place, id in enumerate(self.commitments)}

    @cached_property
    def main_events(self) -> int:
        """How many events are what the record is about, and not its context."""
        return sum(event.prominence == "main" for event in self.events.values())

    @cached_property
    def newest(self) -> date | None:
        """The newest day on which something happened, was said or was checked; None for an empty record."""
        days = [e.date.last for e in self.events.values()]
        days += [s.date.last for s in self.quotes.values()]
        days += [p.commitment.last_checked.last for p in self.commitments.values()]
        return max((d for d in days if d != date.max), default=None)


def _urgency(promised: Promised) -> tuple[int, date, tuple[date, date], str]:
    commitment = promised.commitment
    due = commitment.due.last if commitment.due else date.max
    return (_OPEN_FIRST.index(commitment.status), due, promised.event.date.order, commitment.id)


def parties_at(event: Event) -> tuple[str, ...]:
    """Return the parties that take part, speak, promise or hold a position at an event, each once."""
    named = [p.party for p in event.participants]
    named += [q.party for q in event.quotes]
    named += [party for i in event.issues for party in (*i.raised_by, *i.positions)]
    named += [party for c in event.commitments for party in c.made_by]
    return tuple(dict.fromkeys(named))


def _index(pairs: Iterable[tuple[_K, str]]) -> dict[_K, tuple[str, ...]]:
    found: defaultdict[_K, list[str]] = defaultdict(list)
    for key, id in pairs:
        found[key].append(id)
    return {key: tuple(dict.fromkeys(ids)) for key, ids in found.items()}
