"""Views derived from the record: by issue, person, party, source and year; ledgers; open commitments.

Everything is computed once, in time linear in the record, and held as tuples of ids or of small frozen
records. Events run from the oldest to the newest; whoever wants them the other way round reverses them.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, Literal, TypeVar

from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Commitment, Corpus, Correction, Event, Quote
from diplomatic_timeline.model.registries import Issue, Organization, Person, Source
from diplomatic_timeline.model.vocabulary import Phase
from diplomatic_timeline.proof.proofs import UNPINNED, Proof

_K = TypeVar("_K")
_R = TypeVar("_R", "Said", "Promised")

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

    @property
    def counts(self) -> bool:
        """Whether it is counted among commitments: a warning is not."""
        return self.commitment.type != "warning"


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
    they were said, commitments open ones first and then by due date, and warnings behind them. The `..._of`
    mappings go from an id to a tuple of ids in the same orders; what nothing refers to has an empty tuple.
    """

    events_of_year: dict[int, tuple[str, ...]]
    events_of_issue: dict[str, tuple[str, ...]]
    events_of_person: dict[str, tuple[str, ...]]
    events_of_party: dict[str, tuple[str, ...]]
    events_of_source: dict[str, tuple[str, ...]]
    events_related_to: dict[str, tuple[str, ...]]
    events_on_behalf: dict[str, tuple[str, ...]]
    quotes_of_issue: dict[str, tuple[str, ...]]
    quotes_of_speaker: dict[str, tuple[str, ...]]
    quotes_relayed_by: dict[str, tuple[str, ...]]
    quotes_of_party: dict[str, tuple[str, ...]]
    quotes_of_source: dict[str, tuple[str, ...]]
    commitments_of_issue: dict[str, tuple[str, ...]]
    commitments_of_party: dict[str, tuple[str, ...]]

    def __init__(
        self,
        corpus: Corpus,
        proofs: Mapping[str, Proof] | None = None,
        before: Timeline | None = None,
        edited: Collection[str] = (),
        without: Collection[str] = (),
    ) -> None:
        """Derive all this from a corpus and the proofs of its quotes.

        Where only the `edited` events are other ones than in the timeline `before`, it is the same, in less
        time. Those have to be in both. `without` names what a site leaves out: `commitments`, of which then
        nothing is told, and the pages `compare` and `prepare`.
        """
        self.without: frozenset[str] = before.without if before else frozenset(without)
        if "commitments" in self.without:
            bare = {id: e.model_copy(update={"commitments": ()}) for id, e in corpus.events.items()}
            corpus = corpus.model_copy(update={"events": bare})
        self.corpus = corpus
        proofs = proofs or {}
        self.events: dict[str, Event] = corpus.events
        fresh = self.events.values() if before is None else [self.events[id] for id in edited]
        said = [self._said(event, quote, proofs) for event in fresh for quote in event.quotes]
        promised = [Promised(c, event) for event in fresh for c in event.commitments]
        if before is None:
            said.sort(key=_moment)
            promised.sort(key=_urgency)
        else:
            said = _merged(before.quotes.values(), said, edited, _moment)
            promised = _merged(before.commitments.values(), promised, edited, _urgency)
        self.quotes: dict[str, Said] = {s.quote.id: s for s in said}
        self.commitments: dict[str, Promised] = {p.commitment.id: p for p in promised}

        order = list(self.events)
        self.previous: dict[str, str | None] = dict(zip(order, [None, *order], strict=False))
        self.next: dict[str, str | None] = dict(zip(order, [*order[1:], None], strict=False))
        for kind, indices in _INDICES.items():
            records = getattr(self, kind)
            if before is not None:
                gone = {id: getattr(before, kind)[id] for id in _ids(kind, before.events, edited)}
                come = {id: records[id] for id in _ids(kind, self.events, edited)}
                ranks = {id: rank for rank, id in enumerate(records)}
            for name, keys in indices.items():
                if before is None:
                    index = _index((key, id) for id, record in records.items() for key in keys(record))
                else:
                    index = _reindexed(getattr(before, name), gone, come, keys, ranks)
                setattr(self, name, index)
        self.years: tuple[int, ...] = tuple(sorted(self.events_of_year))
        self.children: dict[str, tuple[str, ...]] = _index(
            (issue.parent, id) for id, issue in corpus.issues.items() if issue.parent
        )

    def _said(self, event: Event, quote: Quote, proofs: Mapping[str, Proof]) -> Said:
        when = quote.date or event.date
        phase: Phase = phase_of(when, event.date) if quote.date else "at"
        return Said(quote, event, when, phase, proofs.get(quote.id, UNPINNED))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The parties that take a column of their own, in their order."""
        parties = sorted(self.corpus.parties.values(), key=lambda p: p.order)
        return tuple(p.id for p in parties if not p.observer)

    def columns_of(self, event: Event) -> tuple[str, ...]:
        """Return the parties that take a column at an event: of three or more, those that had a part in it.

        Of two, both do: that one of them is silent says something.
        """
        if len(self.columns) < 3:
            return self.columns
        part = (
            {p.party for p in event.participants}
            | {p for q in event.quotes for p in q.parties}
            | {*event.target}
        )
        for at_issue in event.issues:
            part |= {*at_issue.positions, *at_issue.raised_by}
        for commitment in event.commitments:
            part |= {*commitment.made_by}
        return tuple(party for party in self.columns if party in part)

    @cached_property
    def observers(self) -> tuple[str, ...]:
        """The parties that comment from outside, in their order."""
        parties = sorted(self.corpus.parties.values(), key=lambda p: p.order)
        return tuple(p.id for p in parties if p.observer)

    def issue_tree(self) -> tuple[tuple[Issue, int], ...]:
        """Return all issues with their depth, each parent right before its children, in registry order."""
        issues = self.corpus.issues
        roots = [id for id, issue in issues.items() if issue.parent is None]
        return tuple((issues[id], len(self.above(id))) for root in roots for id in self.family(root))

    def family(self, issue: str) -> tuple[str, ...]:
        """Return an issue and all below it, each parent before its children."""
        below = [id for child in self.children.get(issue, ()) for id in self.family(child)]
        return (issue, *below)

    def above(self, issue: str) -> tuple[str, ...]:
        """Return the issues of which one is a part, the nearest first."""
        found: list[str] = []
        parent = self.corpus.issues[issue].parent
        while parent is not None:
            found.append(parent)
            parent = self.corpus.issues[parent].parent
        return tuple(found)

    def of_family(self, kind: Literal["events", "quotes", "commitments"], issue: str) -> tuple[str, ...]:
        """Return the events, quotes or commitments on an issue or on one below it, in their order."""
        index: Mapping[str, tuple[str, ...]] = getattr(self, f"{kind}_of_issue")
        family = self.family(issue)
        if len(family) == 1:
            return index.get(issue, ())
        ids = {id for one in family for id in index.get(one, ())}
        order = {"events": self.ranks, "quotes": self.quote_ranks, "commitments": self.commitment_ranks}[kind]
        return tuple(sorted(ids, key=order.__getitem__))

    @cached_property
    def quote_ranks(self) -> dict[str, int]:
        """The place of each quote in the order of quotes."""
        return {id: place for place, id in enumerate(self.quotes)}

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The place of each event in the order of events."""
        return {id: place for place, id in enumerate(self.events)}

    @cached_property
    def commitment_ranks(self) -> dict[str, int]:
        """The place of each commitment in the order of commitments."""
        return {id: place for place, id in enumerate(self.commitments)}

    def renderings(self, source: str) -> tuple[tuple[str, int], ...]:
        """Return how the words of a source's quotes reached us and of how many, the most first."""
        quotes = (self.quotes[id].quote for id in self.quotes_of_source.get(source, ()))
        return tuple(Counter(quote.rendering for quote in quotes).most_common())

    def counted(self, commitments: Iterable[str]) -> int:
        """Return how many of these are commitments; a warning is none."""
        return sum(self.commitments[id].counts for id in commitments)

    @cached_property
    def main(self) -> tuple[str, ...]:
        """The events that are what the record is about, and not its context."""
        return tuple(id for id, event in self.events.items() if event.prominence == "main")

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """All people by family name."""
        people = self.corpus.people.values()
        return tuple(sorted(people, key=lambda p: (p.family_name.casefold(), p.name)))

    @cached_property
    def people_of_organization(self) -> dict[str, tuple[str, ...]]:
        """Who had a post at each organization, by family name."""
        posts = ((post.organization, person.id) for person in self.people for post in person.posts)
        return _index((body, id) for body, id in posts if body)

    @cached_property
    def events_of_organization(self) -> dict[str, tuple[str, ...]]:
        """The events at which somebody of an organization or on behalf of it was, or that are aimed at it."""
        people, found = self.corpus.people, list[tuple[str, str]]()
        for id, event in self.events.items():
            for p in event.participants:
                held = (post for post in people[p.person].posts if post.held_as(p.post, event.date))
                found += [(b, id) for b in _stated(p.on_behalf_of, *(post.organization for post in held))]
            found += [(target, id) for target in event.target]
        return _index(found)

    @cached_property
    def sources_of_organization(self) -> dict[str, tuple[str, ...]]:
        """The sources that name an organization as publisher, agency or author, in the order of all."""
        bodies = self.corpus.organizations.values()
        known = {name.casefold(): body.id for body in bodies for name in body.all_names}
        named = (
            (known.get(name.casefold()), id)
            for id, source in self.sources.items()
            for name in _stated(source.publisher, source.agency, *(author.body for author in source.authors))
        )
        return _index((body, id) for body, id in named if body)

    @cached_property
    def organizations(self) -> dict[str, Organization]:
        """The organizations of which the record has something; no other has a page."""
        indices = (self.quotes_of_speaker, self.quotes_relayed_by, self.people_of_organization)
        told = {*chain(*indices, self.events_of_organization, self.sources_of_organization)}
        return {id: body for id, body in self.corpus.organizations.items() if id in told}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """All sources, the newest first; those without a date last."""
        sources = self.corpus.sources.values()
        dated = sorted(sources, key=lambda s: s.published.order if s.published else (date.min,), reverse=True)
        return {source.id: source for source in dated}

    @cached_property
    def through(self) -> date | None:
        """The newest day on which something took place or was said; None where nothing did."""
        days = [e.date.last for e in self.events.values() if e.status == "held"]
        days += [s.date.last for s in self.quotes.values()]
        return max((d for d in days if d != date.max), default=None)

    @cached_property
    def newest(self) -> date | None:
        """The newest day on which something happened, was said or was checked; None for an empty record."""
        days = [e.date.last for e in self.events.values()]
        days += [s.date.last for s in self.quotes.values()]
        days += [p.commitment.last_checked.last for p in self.commitments.values()]
        return max((d for d in days if d != date.max), default=None)


def _moment(said: Said) -> tuple[tuple[date, date], tuple[date, date], str]:
    return (said.date.order, said.event.date.order, said.event.id)


def _urgency(promised: Promised) -> tuple[bool, int, date, tuple[date, date], str]:
    commitment = promised.commitment
    due = commitment.due.last if commitment.due else date.max
    return (
        not promised.counts,
        _OPEN_FIRST.index(commitment.status),
        due,
        promised.event.date.order,
        commitment.id,
    )


def parties_at(event: Event) -> tuple[str, ...]:
    """Return the parties that take part, speak, promise or hold a position at an event, each once."""
    named = [p.party for p in event.participants]
    named += [party for q in event.quotes for party in q.parties]
    named += [party for i in event.issues for party in (*i.raised_by, *i.positions)]
    named += [party for c in event.commitments for party in c.made_by]
    return tuple(dict.fromkeys(named))


def corrections_of(event: Event, quote: str) -> list[Correction]:
    """Return the corrections of one of an event's quotes, the oldest first."""
    return sorted((c for c in event.corrections if c.quote == quote), key=lambda made: made.date.order)


def _index(pairs: Iterable[tuple[_K, str]]) -> dict[_K, tuple[str, ...]]:
    found: defaultdict[_K, list[str]] = defaultdict(list)
    for key, id in pairs:
        found[key].append(id)
    return {key: tuple(dict.fromkeys(ids)) for key, ids in found.items()}


def _merged(
    before: Iterable[_R], fresh: Iterable[_R], edited: Collection[str], place: Callable[[_R], Any]
) -> list[_R]:
    """Return what belongs to other events, which is in order, with what belongs to the edited ones now."""
    merged = [record for record in before if record.event.id not in edited]
    for record in fresh:
        insort(merged, record, key=place)
    return merged


def _ids(kind: str, events: Mapping[str, Event], edited: Iterable[str]) -> list[str]:
    """Return the ids of the edited events, or of their quotes or commitments."""
    if kind == "events":
        return list(edited)
    return [entry.id for id in edited for entry in getattr(events[id], kind)]


def _reindexed(
    index: Mapping[Any, tuple[str, ...]],
    gone: Mapping[str, Any],
    come: Mapping[str, Any],
    keys: Callable[[Any], Iterable[Any]],
    ranks: Mapping[str, int],
) -> dict[Any, tuple[str, ...]]:
    """Return an index after some of its records went and others came, in the order of `ranks`."""
    found = dict(index)
    for key in {key for record in (*gone.values(), *come.values()) for key in keys(record)}:
        ids = [id for id in index.get(key, ()) if id not in gone]
        for id, record in come.items():
            if key in keys(record):
                insort(ids, id, key=ranks.__getitem__)
        if ids:
            found[key] = tuple(ids)
        else:
            del found[key]
    return found


def _stated(*names: str | None) -> list[str]:
    return [name for name in names if name]


# By what each kind of record is found, by the name of the index.
_INDICES: dict[str, dict[str, Callable[[Any], Iterable[Any]]]] = {
    "events": {
        "events_of_year": lambda event: [event.date.anchor.year],
        "events_of_issue": lambda event: [at_issue.issue for at_issue in event.issues],
        "events_of_person": lambda event: [p.person for p in event.participants],
        "events_of_party": parties_at,
        "events_of_source": attrgetter("sources"),
        "events_related_to": lambda event: [relation.event for relation in event.related],
        "events_on_behalf": lambda event: _stated(*(p.on_behalf_of for p in event.participants)),
    },
    "quotes": {
        "quotes_of_issue": attrgetter("quote.issues"),
        "quotes_of_speaker": lambda said: [s.speaker for s in said.quote.speakers],
        "quotes_relayed_by": lambda said: _stated(said.quote.via),
        "quotes_of_party": lambda said: said.quote.parties,
        "quotes_of_source": lambda said: [said.quote.source],
    },
    "commitments": {
        "commitments_of_issue": attrgetter("commitment.issues"),
        "commitments_of_party": attrgetter("commitment.made_by"),
    },
}
