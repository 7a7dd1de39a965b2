"""What can be found: one entry for each event, quote, commitment, person, issue, source and written page.

What an entry shows is what is searched, but for `where` and `label`. Nothing of it is HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.search.words import words
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.lists import Name, events_in_order
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry, and how many words in its text one in its title counts.

    A name counts more than a headline: who types a name looks for its bearer first, then for what tells of
    them.
    """

    id: str
    weight: int


NAME, TITLE = 20, 6

KINDS = (
    Kind("event", TITLE),
    Kind("quote", TITLE),
    Kind("commitment", TITLE),
    Kind("person", NAME),
    Kind("issue", NAME),
    Kind("source", TITLE),
    Kind("page", TITLE),
)
"""In the order in which entries are numbered."""


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
    title: str
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
    theirs (open ones first), the rest as in the registries. Lists that are filtered by free text rely on it.
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
        self._speakers = _speakers(timeline.corpus)

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
        places = [corpus.places[id] for id in dict.fromkeys(at.place for at in event.where)]
        targets = [(corpus.parties.get(id) or corpus.organizations[id]).name for id in event.target]
        delegations: dict[str, list[str]] = {}
        for who in event.participants:
            delegations.setdefault(who.party, []).append(f"{self._speakers[who.person]}, {who.post}")
        issues = [corpus.issues[at_issue.issue].name for at_issue in event.issues]
        positions = (
            f"{corpus.parties[party].short}: {position.statement}"
            for at_issue in event.issues
            for party, position in at_issue.positions.items()
        )
        return Entry(
            "event",
            urls.file(urls.event(event.id)),
            event.title,
            _some(
                display(event.date, words),
                *(n for place in places for n in (_name(place.name, place.native_name), *place.names[1:])),
            ),
            "",
            (
                prose.to_plain(event.summary),
                *(
                    f"{corpus.parties[party].name}: {'; '.join(names)}"
                    for party, names in delegations.items()
                ),
                words("search.at_issue", issues=words("list.comma").join(issues)),
                *positions,
                *_some(words("list.comma").join(targets), event.legal_basis),
            ),
        )

    def quote(self, id: str) -> Entry:
        """Return a quote's entry."""
        said, corpus, words = self.timeline.quotes[id], self.timeline.corpus, self.wording
        quote, comma = said.quote, words("list.comma")
        return Entry(
            "quote",
            urls.file(urls.quote(said.event.id, quote.id)),
            "",
            _some(
                *(comma.join(_some(self._speakers[s.speaker], s.post)) for s in quote.speakers),
                display(said.date, words),
                comma.join([corpus.issues[i].name for i in quote.issues]),
            ),
            said.event.title,
            _some(quote.text, quote.original.text if quote.original else None, quote.lead_in, quote.note),
        )

    def commitment(self, id: str) -> Entry:
        """Return a commitment's entry."""
        promised, parties, words = self.timeline.commitments[id], self.timeline.corpus.parties, self.wording
        commitment = promised.commitment
        due = words("commitment.due", date=display(commitment.due, words)) if commitment.due else None
        return Entry(
            "commitment",
            urls.file(urls.commitment(promised.event.id, commitment.id)),
            "",
            _some(
                words("list.comma").join([parties[party].name for party in commitment.made_by]),
                words(f"commitment_type.{commitment.type}") if commitment.type != "promise" else None,
                words(f"commitment_status.{commitment.status}"),
                due or commitment.due_text,
            ),
            promised.event.title,
            _some(commitment.statement, *(change.note for change in commitment.history)),
        )

    def registries(self) -> Iterator[Entry]:
        """Yield the entries behind those of events, quotes and commitments, which follow from registries."""
        corpus, words = self.timeline.corpus, self.wording
        yield from self._people()
        for issue in corpus.issues.values():
            wider = corpus.issues[issue.parent].name if issue.parent else ""
            url = urls.file(urls.issue(issue.id))
            yield Entry("issue", url, issue.name, _some(wider), "", (issue.description,), (issue.name,))
        for source in corpus.sources.values():
            kind = words(f"source_kind.{source.kind}")
            yield Entry(
                "source",
                urls.file(urls.source(source.id)),
                source.title,
                _some(source.publisher, display(source.published, words) if source.published else None, kind),
                "",
                _some(
                    words("list.comma").join([a.name for a in source.authors]),
                    source.agency,
                    source.number,
                    source.doi,
                    source.note,
                ),
            )

    def _people(self) -> Iterator[Entry]:
        corpus, words = self.timeline.corpus, self.wording
        for person in corpus.people.values():
            posts = [
                words("list.comma").join(_some(p.title, display(p.dates, words) if p.dates else None))
                for p in person.posts
            ]
            yield Entry(
                "person",
                urls.file(urls.person(person.id)),
                _name(person.name, person.native_name),
                _some(
                    corpus.parties[person.party_at()].name, person.posts[-1].title if person.posts else None
                ),
                "",
                _some(
                    words("list.semicolon").join(posts),
                    words("list.semicolon").join([_name(n.name, n.native_name) for n in person.names]),
                    person.note,
                ),
                _some(
                    person.name,
                    person.native_name,
                    person.family_name,
                    *(name for former in person.names for name in (former.name, former.native_name)),
                ),
            )
        for body in corpus.organizations.values():
            yield Entry(
                "person",
                urls.file(urls.organization(body.id)),
                _name(body.name, body.native_name),
                _some(corpus.parties[body.party].name if body.party else None, body.short),
                "",
                _some(body.note),
                _some(body.name, body.short, body.native_name),
                words("term.organization"),
            )
        for party in corpus.parties.values():
            yield Entry(
                "person",
                urls.file(urls.party(party.id)),
                party.name,
                () if party.short == party.name else (party.short,),
                "",
                _some(party.adjective),
                _some(party.name, party.short, party.phrase),
                words("term.party"),
            )


def pages(written: Iterable[Passage]) -> Iterator[Entry]:
    """Yield the entries of hand-written pages, which are the last ones."""
    for passage in written:
        url = urls.file(passage.path)
        names = () if passage.page else (passage.title,)
        yield Entry("page", url, passage.title, _some(passage.page), "", _some(passage.text), names)


def _speakers(corpus: Corpus) -> dict[str, str]:
    return {
        id: _name(speaker.name, speaker.native_name)
        for registry in (corpus.people, corpus.organizations)
        for id, speaker in registry.items()
    }


def _name(name: str, native: str | None) -> str:
    return f"{name} {native}" if native else name


def _some(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
