"""What can be found: one entry for each event, quote, commitment, person, issue, source and written passage.

What an entry shows is what is searched, but for `where` and `label`. Nothing of it is HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from diplomatic_timeline.model.registries import FormerName, Organization, Person, Place
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.search.words import words
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.lists import Name, events_in_order
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

KINDS = {
    "event": 6, "quote": 6, "commitment": 6, "person": 20, "issue": 20, "source": 6, "page": 6,
    "documentation": 6,
}  # fmt: skip
"""The kinds of entries in the order in which they are numbered, each with the weight of its titles.

That is how many words in its text one in its title counts. A name counts more than a headline: who types a
name looks for its bearer first, then for what tells of them.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found.

    `url` is the address of its file below the root, `title` its name or headline (a quote and a commitment
    have none), `facts` who, when and the like, `where` what it belongs to, `label` what it is called where
    its kind has several sorts, `passages` its text, the words themselves first. Whoever types one of `names`
    and nothing else finds it first.
    """

    kind: str
    url: str
    title: str = ""
    facts: tuple[str, ...] = ()
    where: str = ""
    passages: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    label: str = ""

    @property
    def context(self) -> str:
        """The facts in one line."""
        return " · ".join(self.facts)

    @property
    def words(self) -> list[str]:
        """All that is searched beside the title."""
        found: list[str] = []
        for text in (*self.passages, *self.facts):
            found += words(text)
        return found


def entries(
    timeline: Timeline, written: Iterable[Passage] = (), wording: Wording = ENGLISH
) -> Iterator[Entry]:
    """Yield every entry, kind by kind as in KINDS.

    Events run from the newest to the oldest, quotes as on their page (the newest first), commitments as on
    theirs (open ones first), sources as on theirs (the newest first), the rest as in the registries. Lists
    that are filtered by free text rely on it.
    """
    of = Entries(timeline, wording)
    for listed in of.listed:
        yield from map(listed.entry, listed.ids)
    yield from of.registries()
    yield from pages(written)


@dataclass(frozen=True, slots=True)
class Listed:
    """The ids of one kind in the order of their entries.

    From an id follow the address of its entry (at least its anchor) and its entry.
    """

    kind: str
    name: Name
    ids: Sequence[str]
    address: Callable[[str], str]
    entry: Callable[[str], Entry]


class Entries:
    """The entries of one timeline, each for itself, by the ids of events, quotes and commitments."""

    def __init__(self, timeline: Timeline, wording: Wording = ENGLISH) -> None:
        self.timeline = timeline
        self.wording = wording
        people, bodies = timeline.corpus.people, timeline.corpus.organizations
        self._speakers = {id: _name(people.get(id) or bodies[id]) for id in (*people, *bodies)}

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What is many: events, quotes and commitments."""
        events, quotes = [*events_in_order(self.timeline)], [*reversed(self.timeline.quotes)]
        commitments = [*self.timeline.commitments]
        return (
            Listed("event", "events", events, lambda id: urls.file(urls.event(id)), self.event),
            Listed("quote", "quotes", quotes, urls.quote_anchor, self.quote),
            Listed("commitment", "commitments", commitments, urls.commitment_anchor, self.commitment),
        )

    def event(self, id: str) -> Entry:
        """Return an event's entry."""
        event, corpus, words = self.timeline.events[id], self.timeline.corpus, self.wording
        comma = words("list.comma")
        places = [corpus.places[id] for id in dict.fromkeys(at.place for at in event.where)]
        targets = [(corpus.parties.get(id) or corpus.organizations[id]).name for id in event.target]
        delegations: dict[str, list[str]] = {}
        for who in event.participants:
            delegations.setdefault(who.party, []).append(f"{self._speakers[who.person]}, {who.post}")
        issues = [corpus.issues[at_issue.issue].name for at_issue in event.issues]
        return Entry(
            kind="event",
            url=urls.file(urls.event(id)),
            title=event.title,
            facts=_some(
                display(event.date, words),
                *(name for place in places for name in (_name(place), *place.names[1:])),
            ),
            passages=_some(
                prose.to_plain(event.summary),
                *(f"{corpus.parties[party].name}: {'; '.join(who)}" for party, who in delegations.items()),
                words("search.at_issue", issues=comma.join(issues)),
                *(
                    f"{corpus.parties[party].short}: {position.statement}"
                    for at_issue in event.issues
                    for party, position in at_issue.positions.items()
                ),
                comma.join(targets),
                event.legal_basis,
            ),
        )

    def quote(self, id: str) -> Entry:
        """Return a quote's entry."""
        said, issues, words = self.timeline.quotes[id], self.timeline.corpus.issues, self.wording
        quote, comma = said.quote, words("list.comma")
        original = quote.original.text if quote.original else None
        return Entry(
            kind="quote",
            url=urls.file(urls.quote(said.event.id, id)),
            facts=_some(
                *(comma.join(_some(self._speakers[s.speaker], s.post)) for s in quote.speakers),
                display(said.date, words),
                comma.join([issues[i].name for i in quote.issues]),
            ),
            where=said.event.title,
            passages=_some(quote.text, original, quote.lead_in, quote.note),
        )

    def commitment(self, id: str) -> Entry:
        """Return a commitment's entry."""
        promised, parties, words = self.timeline.commitments[id], self.timeline.corpus.parties, self.wording
        commitment = promised.commitment
        due = words("commitment.due", date=display(commitment.due, words)) if commitment.due else None
        return Entry(
            kind="commitment",
            url=urls.file(urls.commitment(promised.event.id, id)),
            facts=_some(
                words("list.comma").join([parties[party].name for party in commitment.made_by]),
                words(f"commitment_type.{commitment.type}") if commitment.type != "promise" else None,
                words(f"commitment_status.{commitment.status}"),
                due or commitment.due_text,
            ),
            where=promised.event.title,
            passages=_some(commitment.statement, *(change.note for change in commitment.history)),
        )

    def registries(self) -> Iterator[Entry]:
        """Yield the entries behind those of events, quotes and commitments, which follow from registries."""
        corpus, words = self.timeline.corpus, self.wording
        comma, semicolon = words("list.comma"), words("list.semicolon")
        for person in corpus.people.values():
            dated = [(p.title, display(p.dates, words) if p.dates else None) for p in person.posts]
            yield Entry(
                kind="person",
                url=urls.file(urls.person(person.id)),
                title=_name(person),
                facts=_some(corpus.parties[person.party_at()].name, *(p.title for p in person.posts[-1:])),
                passages=_some(
                    semicolon.join(comma.join(_some(*post)) for post in dated),
                    semicolon.join(map(_name, person.names)),
                    person.note,
                ),
                names=person.all_names,
            )
        for body in self.timeline.organizations.values():
            yield Entry(
                kind="person",
                url=urls.file(urls.organization(body.id)),
                title=_name(body),
                facts=_some(corpus.parties[body.party].name if body.party else None, body.short),
                passages=_some(body.note),
                names=body.all_names,
                label=words("term.organization"),
            )
        for party in corpus.parties.values():
            yield Entry(
                kind="person",
                url=urls.file(urls.party(party.id)),
                title=party.name,
                facts=_some(party.short if party.short != party.name else None),
                passages=_some(party.adjective),
                names=_some(party.name, party.short, party.phrase),
                label=words("term.party"),
            )
        for issue in corpus.issues.values():
            yield Entry(
                kind="issue",
                url=urls.file(urls.issue(issue.id)),
                title=issue.name,
                facts=_some(corpus.issues[issue.parent].name if issue.parent else None),
                passages=(issue.description,),
                names=(issue.name,),
            )
        for source in self.timeline.sources.values():
            published = display(source.published, words) if source.published else None
            authors = comma.join([author.name for author in source.authors])
            yield Entry(
                kind="source",
                url=urls.file(urls.source(source.id)),
                title=source.title,
                facts=_some(source.publisher, published, words(f"source_kind.{source.kind}")),
                passages=_some(authors, source.agency, source.number, source.doi, source.note),
            )


def pages(written: Iterable[Passage]) -> Iterator[Entry]:
    """Yield the entries of hand-written pages, which are the last ones; those of documentation at the end."""
    for passage in sorted(written, key=lambda p: p.path.startswith(urls.DOCUMENTATION)):
        documentation = passage.path.startswith(urls.DOCUMENTATION)
        yield Entry(
            kind="documentation" if documentation else "page",
            url=urls.file(passage.path),
            title=passage.title,
            facts=_some(passage.page),
            passages=_some(passage.text),
            names=() if passage.page or documentation else (passage.title,),
        )


def _name(named: Person | FormerName | Organization | Place) -> str:
    return f"{named.name} {named.native_name}" if named.native_name else named.name


def _some(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
