"""By what lists can be narrowed: what each entry bears, and the choices that a list offers.

The choices stand in the page; which entry bears which, in the list's index (`lists`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.registries import Source
from diplomatic_timeline.model.vocabulary import (
    CommitmentStatus,
    CommitmentType,
    Kind,
    Level,
    Phase,
    SourceKind,
)
from diplomatic_timeline.model.vocabulary import words as vocabulary
from diplomatic_timeline.views.models import PartyView
from diplomatic_timeline.views.timeline import Promised, Said, Timeline, parties_at
from diplomatic_timeline.views.wording import ENGLISH, Wording

_KEYS = (
    "main", "quoted", "issue", "person", "party", "type", "status", "phase", "kind", "source_kind", "level",
    "year",
)  # fmt: skip
SHOWN = 40
"""How many choices of one facet stand in a page; the rarer ones are found by typing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value by which a list can be narrowed; `count` entries bear it, `depth` places it in a tree."""

    id: str
    label: str
    count: int
    depth: int = 0
    party: PartyView | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry of a list is found by: the days that it can mean, and the ids that it bears by facet."""

    first: date
    last: date
    ids: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Column:
    """One facet of a list: its choices, and for each the places of the entries that bear it, in order."""

    key: str
    label: str
    choices: tuple[Choice, ...]
    places: tuple[array[int], ...]

    @property
    def more(self) -> int:
        """How many choices, the rarer ones, stand only in the list's index."""
        return max(0, len(self.choices) - SHOWN)

    @property
    def shown(self) -> tuple[Choice, ...]:
        """The choices that a page shows: every one, or the most frequent in their order."""
        often = sorted(self.choices, key=lambda c: -c.count)[:SHOWN]
        kept = {c.id for c in often}
        return tuple(c for c in self.choices if c.id in kept)


def _entry(when: Edtf, event: Event, **ids: tuple[str, ...]) -> Entry:
    ids["kind"], ids["level"], ids["year"] = (event.kind,), (event.level,), (str(when.anchor.year),)
    return Entry(when.first, when.last, ids)


def of_event(event: Event) -> Entry:
    """Return what an event bears; its people are those who took part and those who are quoted."""
    issues = tuple(at_issue.issue for at_issue in event.issues)
    main = ("main",) if event.prominence == "main" else ()
    speakers = (s.speaker for q in event.quotes for s in q.speakers)
    people = dict.fromkeys((*(p.person for p in event.participants), *speakers))
    return _entry(event.date, event, main=main, issue=issues, person=tuple(people), party=parties_at(event))


def of_quote(said: Said) -> Entry:
    quote = said.quote
    person, phase = tuple(s.speaker for s in quote.speakers), (said.phase,)
    return _entry(said.date, said.event, issue=quote.issues, person=person, party=quote.parties, phase=phase)


def of_commitment(promised: Promised) -> Entry:
    commitment, event = promised.commitment, promised.event
    ids: dict[str, tuple[str, ...]] = {"status": (commitment.status,), "type": (commitment.type,)}
    return _entry(event.date, event, issue=commitment.issues, party=commitment.made_by, **ids)


def of_source(source: Source, quoted: bool) -> Entry:
    """Return what a source bears; its party is the one that issued it. Without a date, any day is meant."""
    when = source.published
    ids = {
        "quoted": ("quoted",) if quoted else (),
        "party": (source.issuer,) if source.issuer else (),
        "source_kind": (source.kind,),
        "year": (str(when.anchor.year),) if when else (),
    }
    return Entry(when.first if when else date.min, when.last if when else date.max, ids)


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day that each entry can mean, as proleptic Gregorian ordinals.

    In arrays: a hundred thousand entries as objects would fill memory.
    """

    first: array[int]
    last: array[int]


def columns(
    timeline: Timeline,
    parties: Mapping[str, PartyView],
    entries: Iterable[Entry],
    words: Wording = ENGLISH,
    **named: str,
) -> tuple[Days, tuple[Column, ...]]:
    """Return the entries' days, and the facets by which they differ, with every choice that some entry bears.

    `parties` gives a party its marker, `named` a facet another label than its own. What bears an issue bears
    those above it, too.
    """
    above = {id: timeline.above(id) for id in timeline.corpus.issues}
    days = Days(array("l"), array("l"))
    borne: dict[str, defaultdict[str, array[int]]]
    borne = {key: defaultdict(partial(array, "l")) for key in _KEYS}
    for place, entry in enumerate(entries):
        days.first.append(entry.first.toordinal())
        days.last.append(entry.last.toordinal())
        for key, ids in entry.ids.items():
            bearing = borne[key]
            if key == "issue":
                ids = tuple(dict.fromkeys(wide for id in ids for wide in (id, *above[id])))
            for id in ids:
                bearing[id].append(place)
    found = []
    for key in _KEYS:
        places = borne[key]
        if all(len(p) == len(days.first) for p in places.values()):
            continue
        choices = tuple(
            Choice(id, text, len(places[id]), depth, parties.get(id) if key == "party" else None)
            for id, text, depth in _choices(timeline, key, places, words)
            if id in places
        )
        label = named.get(key) or words(f"term.{key}")
        found.append(Column(key, label, choices, tuple(places[c.id] for c in choices)))
    return days, tuple(found)


def _choices(
    timeline: Timeline, key: str, borne: Collection[str], words: Wording
) -> Iterator[tuple[str, str, int]]:
    """Yield every choice of a facet in the order in which it is offered: id, label, depth."""
    corpus = timeline.corpus
    match key:
        case "issue":
            yield from ((issue.id, issue.name, depth) for issue, depth in timeline.issue_tree())
        case "person":
            yield from ((p.id, p.name, 0) for p in timeline.people)
            bodies = sorted(corpus.organizations.values(), key=lambda o: o.name.casefold())
            yield from ((o.id, o.name, 0) for o in bodies)
        case "party":
            yield from ((id, corpus.parties[id].name, 0) for id in (*timeline.columns, *timeline.observers))
        case "main" | "quoted":
            yield key, words(f"filters.{key}"), 0
        case "year":
            yield from ((year, year, 0) for year in sorted(borne, key=int, reverse=True))
        case "phase":
            yield from ((id, words(f"phase.{id}.event"), 0) for id in vocabulary(Phase))
        case "type" | "status":
            kinds = vocabulary(CommitmentType if key == "type" else CommitmentStatus)
            yield from ((id, words(f"commitment_{key}.{id}"), 0) for id in kinds)
        case _:
            kinds = vocabulary({"kind": Kind, "source_kind": SourceKind}.get(key, Level))
            yield from ((id, words(f"{key}.{id}"), 0) for id in kinds)
