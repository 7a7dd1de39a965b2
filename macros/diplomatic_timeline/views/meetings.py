"""Who has met whom: pairs of people of different parties, pairs of parties, and their meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.timeline import Timeline

Pair: TypeAlias = tuple[str, str]
"""Two ids in the order of their parties."""

MEETINGS = ("visit", "meeting", "talks", "summit", "call")
"""The kinds of events at which those who take part speak with each other."""


def of_people(timeline: Timeline) -> dict[Pair, tuple[str, ...]]:
    """Return the pairs of people of different parties who have met, those who met last first.

    Each has the ids of its events, the oldest first. Of a delegation that has heads only these count;
    interpreters never do, nor do observers' people.
    """
    return _met(timeline, lambda event: heads(event, timeline.columns))


def of_parties(timeline: Timeline) -> dict[Pair, tuple[str, ...]]:
    """Return the pairs of parties with a column whose people have met, in the same way."""
    return _met(timeline, lambda event: {p: (p, p) for _, p in heads(event, timeline.columns)}.values())


def _met(timeline: Timeline, who: Callable[[Event], Iterable[Pair]]) -> dict[Pair, tuple[str, ...]]:
    """Return the pairs of those that an event brings together, each given with its party."""
    found: defaultdict[Pair, list[str]] = defaultdict(list)
    for event in held(timeline):
        for (a, first), (b, second) in combinations(who(event), 2):
            if first != second:
                found[a, b].append(event.id)
    order = sorted(found, key=lambda pair: (-timeline.ranks[found[pair][-1]], pair))
    return {pair: tuple(found[pair]) for pair in order}


def held(timeline: Timeline) -> Iterator[Event]:
    """Yield the events at which people met or spoke, the oldest first; not those that did not take place."""
    return (e for e in timeline.events.values() if e.kind in MEETINGS and e.status == "held")


def heads(event: Event, parties: Sequence[str]) -> list[tuple[str, str]]:
    """Return who met there with their parties, in the order of these."""
    found = []
    for party in parties:
        of = [p for p in event.participants if p.party == party and p.role != "interpreter"]
        heads = [p for p in of if p.role in ("head", "host")] or of
        found += [(id, party) for id in dict.fromkeys(p.person for p in heads)]
    return found
