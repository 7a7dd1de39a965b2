"""What can be found: one entry for each event, quote, commitment, person, issue, source and written page.

What an entry shows is what is searched, but for `where` and `label`. Nothing of it is HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from diplomatic_timeline.model.dates import Edtf, display
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.search.words import words
from diplomatic_timeline.views import labels, prose, urls
from diplomatic_timeline.views.lists import Name, events_in_order
from diplomatic_timeline.views.timeline import Promised, Said, Timeline


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: what one and many are called, and how many words in its text one in its title counts.

    A name counts more than a headline: who types a name looks for its bearer first, then for what tells of
    them.
    """

    id: str
    one: str
    many: str
    weight: int


NAME, TITLE = 20, 6

KINDS = (
    Kind("event", "Event", "Events", TITLE),
    Kind("quote", "Quote", "Quotes", TITLE),
    Kind("commitment", "Commitment", "Commitments", TITLE),
    Kind("person", "Person", "People", NAME),
    Kind("issue", "Issue", "Issues", NAME),
    Kind("source", "Source", "Sources", TITLE),
    Kind("page", "Page", "Pages", TITLE),
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
        for passage in self.passages:
            found += words(passage)
        for fact in self.facts:
            found += _known_words(fact)
        return found


@lru_cache(maxsize=65536)
def _known_words(fact: str) -> tuple[str, ...]:
    """Return the words of a fact: speakers, dates and issues come again and again."""
    return tuple(words(fact))


def entries(timeline: Timeline, written: Iterable[Passage] = ()) -> Iterator[Entry]:
    """Yield every entry, kind by kind as in KINDS.

    Events run from the newest to the oldest, quotes as on their page (the newest first), commitments as on
    theirs (open ones first), the rest as in the registries. Lists that are filtered by free text rely on it.
    """
    of = Entries(timeline)
    for listed in of.listed:
        yield from map(listed.entry, listed.ids)
    yield from of.registries()
    yield from pages(written)


@dataclass(frozen=True, slots=True)
class Listed:
    """The ids of one kind in the order of their entries.

    From an id follow the address of its entry (at least its anchor), the id of its event, and its entry.
    """

    kind: str
    name: Name
    ids: Sequence[str]
    address: Callable[[str], str]
    event: Callable[[str], str]
    entry: Callable[[str], Entry]


class Entries:
    """The entries of one timeline, each for itself, by the ids of events, quotes and commitments."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._speakers = _speakers(timeline.corpus)

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What is many: events, quotes and commitments."""
        timeline = self.timeline
        quotes, commitments = timeline.quotes, timeline.commitments
        return (
            Listed(
                *("event", "events", [*events_in_order(timeline)], lambda id: urls.file(urls.event(id))),
                *(str, self.event),
            ),
            Listed(
                *("quote", "quotes", [*reversed(quotes)], urls.quote_anchor),
                *(lambda id: quotes[id].event.id, self.quote),
            ),
            Listed(
                *("commitment", "commitments", [*commitments], urls.commitment_anchor),
                *(lambda id: commitments[id].event.id, self.commitment),
            ),
        )

    def event(self, id: str) -> Entry:
        return _event(self.timeline.events[id], self.timeline.corpus, self._speakers)

    def quote(self, id: str) -> Entry:
        return _quote(self.timeline.quotes[id], self.timeline.corpus, self._speakers)

    def commitment(self, id: str) -> Entry:
        return _commitment(self.timeline.commitments[id], self.timeline.corpus)

    def registries(self) -> Iterator[Entry]:
        """Yield the entries behind those of events, quotes and commitments, which follow from registries."""
        corpus = self.timeline.corpus
        yield from _people(corpus)
        for issue in corpus.issues.values():
            wider = corpus.issues[issue.parent].name if issue.parent else ""
            url = urls.file(urls.issue(issue.id))
            yield Entry("issue", url, issue.name, _some(wider), "", (issue.description,), (issue.name,))
        for source in corpus.sources.values():
            yield Entry(
                "source",
                urls.file(urls.source(source.id)),
                source.title,
                _some(source.publisher, _written(source.published), labels.SOURCE_KINDS[source.kind]),
                "",
                _some(", ".join(source.authors), source.agency, source.note),
            )


def pages(written: Iterable[Passage]) -> Iterator[Entry]:
    """Yield the entries of hand-written pages, which are the last ones."""
    for passage in written:
        url = urls.file(passage.path)
        names = () if passage.page else (passage.title,)
        yield Entry("page", url, passage.title, _some(passage.page), "", _some(passage.text), names)


def _event(event: Event, corpus: Corpus, speakers: dict[str, str]) -> Entry:
    place = corpus.places[event.place] if event.place else None
    delegations: dict[str, list[str]] = {}
    for who in event.participants:
        delegations.setdefault(who.party, []).append(f"{speakers[who.person]}, {who.post}")
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
            _written(event.date),
            _name(place.name, place.native_name) if place else None,
            place.within if place else None,
        ),
        "",
        (
            prose.to_plain(event.summary),
            *(f"{corpus.parties[party].name}: {'; '.join(names)}" for party, names in delegations.items()),
            "At issue: " + ", ".join(corpus.issues[i.issue].name for i in event.issues),
            *positions,
        ),
    )


def _quote(said: Said, corpus: Corpus, speakers: dict[str, str]) -> Entry:
    quote = said.quote
    return Entry(
        "quote",
        urls.file(urls.quote(said.event.id, quote.id)),
        "",
        _some(
            speakers[quote.speaker] + (f", {quote.post}" if quote.post else ""),
            _written(said.date),
            ", ".join(corpus.issues[i].name for i in quote.issues),
        ),
        said.event.title,
        _some(quote.text, quote.original.text if quote.original else None, quote.note),
    )


def _commitment(promised: Promised, corpus: Corpus) -> Entry:
    commitment = promised.commitment
    return Entry(
        "commitment",
        urls.file(urls.commitment(promised.event.id, commitment.id)),
        "",
        _some(
            ", ".join(corpus.parties[party].name for party in commitment.made_by),
            labels.COMMITMENT_STATUSES[commitment.status],
            f"due {_written(commitment.due)}" if commitment.due else commitment.due_text,
        ),
        promised.event.title,
        (commitment.statement,),
    )


def _people(corpus: Corpus) -> Iterator[Entry]:
    for person in corpus.people.values():
        posts = [", ".join(_some(p.title, _written(p.dates) if p.dates else None)) for p in person.posts]
        yield Entry(
            "person",
            urls.file(urls.person(person.id)),
            _name(person.name, person.native_name),
            _some(corpus.parties[person.party].name, person.posts[-1].title if person.posts else None),
            "",
            _some("; ".join(posts), person.note),
            _some(person.name, person.native_name, person.family_name),
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
            "Organization",
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
            "Party",
        )


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


@lru_cache(maxsize=65536)
def _written(when: Edtf) -> str:
    return display(when)
