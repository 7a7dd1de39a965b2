"""Tables over the whole record: people by party, and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.registries import Person
from diplomatic_timeline.views.dates import span
from diplomatic_timeline.views.models import DateView, PartyView, SpeakerView
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody in a list, with what the record holds of them."""

    speaker: SpeakerView
    party: PartyView | None
    posts: tuple[str, ...]
    events: int
    quotes: int
    relayed: int
    sources: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the record holds."""

    events: int
    quotes: int
    proven: int
    commitments: int
    issues: int
    proof_sentence: str
    on_official: int
    """How many quotes rest on official sources."""
    matched: int
    """How many sources have words that were matched; how many of these are `press`."""
    press: int
    through: DateView | None
    """The newest day of what took place or was said."""
    checked: DateView | None
    """The newest day on which a source's text was checked."""


def _entry(view: Presenter, id: str, party: str | None, posts: tuple[str, ...]) -> Entry:
    timeline = view.timeline
    return Entry(
        view.speaker(id),
        view.parties[party] if party else None,
        posts,
        len(timeline.events_of_person.get(id) or timeline.events_of_organization.get(id, ())),
        len(timeline.quotes_of_speaker.get(id, ())),
        len(timeline.quotes_relayed_by.get(id, ())),
        len(timeline.sources_of_organization.get(id, ())),
    )


def directory(view: Presenter) -> tuple[tuple[PartyView | None, Entry], ...]:
    """Return the people of each party by family name, parties in their order; then all organizations.

    Each comes with the party whose people it stands among, or None for an organization.
    """
    timeline = view.timeline
    of: dict[str, list[Person]] = {}
    for person in timeline.people:
        of.setdefault(person.party_at(), []).append(person)
    found: list[tuple[PartyView | None, Entry]] = []
    for party in (*timeline.columns, *timeline.observers):
        for person in of.get(party, ()):
            posts = tuple(dict.fromkeys(post.title for post in person.posts))
            found.append((view.parties[party], _entry(view, person.id, None, posts)))
    found += [(None, _entry(view, o.id, o.party, ())) for o in timeline.organizations.values()]
    return tuple(found)


def people_of(view: Presenter, party: str) -> tuple[SpeakerView, ...]:
    """Return the people and organizations of one party: people by family name, then organizations."""
    members = (p for p in view.corpus.people.values() if party in {m.party for m in p.party})
    own = [p.id for p in sorted(members, key=lambda p: p.family_name.casefold())]
    bodies = [o.id for o in view.timeline.organizations.values() if o.party == party]
    return tuple(map(view.speaker, (*own, *bodies)))


def proof_sentence(quotes: int, proven: int, words: Wording = ENGLISH) -> str:
    """Return how many quotes there are and how many are proven."""
    if not quotes:
        return words("proof.no_quote")
    share = "all" if proven == quotes else "some" if proven else "none"
    return words(f"proof.sentence.{share}", n=quotes, proven=proven)


def counts(timeline: Timeline, words: Wording = ENGLISH) -> Counts:
    """Return how much the record holds."""
    quotes = timeline.quotes.values()
    proven = sum(said.proof.outcome == "verified" for said in quotes)
    matched = {said.quote.source for said in quotes if said.proof.outcome == "verified"}
    sources = [timeline.corpus.sources[id] for id in matched]
    pinned = max((parse_date(said.proof.pinned).last for said in quotes if said.proof.pinned), default=None)
    return Counts(
        events=len(timeline.events),
        quotes=len(timeline.quotes),
        proven=proven,
        commitments=timeline.counted(timeline.commitments),
        issues=len(timeline.events_of_issue),
        proof_sentence=proof_sentence(len(timeline.quotes), proven, words),
        on_official=sum(timeline.corpus.sources[s.quote.source].issuer is not None for s in quotes),
        matched=len(matched),
        press=sum(source.kind == "press" and source.issuer is None for source in sources),
        through=_day(timeline.through, words),
        checked=_day(pinned, words),
    )


def _day(day: date | None, words: Wording) -> DateView | None:
    return DateView(span(day, day, "day", words), day.isoformat()) if day else None
