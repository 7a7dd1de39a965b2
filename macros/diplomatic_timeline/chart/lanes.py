"""The lanes of the overview chart, by issue, by party or by level, and what stands in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.vocabulary import Level
from diplomatic_timeline.model.vocabulary import words as vocabulary
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.timeline import Timeline, parties_at
from diplomatic_timeline.views.wording import ENGLISH, Wording

Grouping = Literal["issue", "party", "level"]

GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
"""The ways to make lanes; the first is the chart's own."""


class Spot(NamedTuple):
    """An event in a lane, and how many of its quotes belong there."""

    event: Event
    quotes: int


@dataclass(frozen=True, slots=True)
class Row:
    """A lane: its name, how deep it stands in a tree, and its events from the oldest to the newest.

    `folded` counts the lanes that stand in it because they have no room of their own.
    """

    link: Link
    depth: int
    spots: tuple[Spot, ...]
    folded: int = 0


def rows(timeline: Timeline, grouping: Grouping, most: int, words: Wording = ENGLISH) -> tuple[Row, ...]:
    """Return the lanes of a grouping from top to bottom, at most `most`; none where no event is.

    Issues stand as a tree. Where there are too many, the narrower stand in the lanes of the wider; where
    there are still too many, those with the fewest events share the last lane. An event counts once in it.
    """
    match grouping:
        case "issue":
            return _by_issue(timeline, most, words)
        case "party":
            return _by_party(timeline, most, words)
        case "level":
            return _by_level(timeline, words)


def _by_issue(timeline: Timeline, most: int, words: Wording) -> tuple[Row, ...]:
    touched = timeline.events_of_issue
    tree = timeline.issue_tree()
    deepest = max((depth for _, depth in tree), default=0)
    groups: list[tuple[Link, int, tuple[str, ...]]] = []
    for limit in range(deepest, -1, -1):
        groups = []
        for issue, depth in tree:
            if depth <= limit:
                groups.append((Link(issue.name, urls.issue(issue.id)), depth, (issue.id,)))
            else:
                link, its, members = groups[-1]
                groups[-1] = (link, its, (*members, issue.id))
        groups = [(link, depth, kept) for link, depth, m in groups if (kept := _those(m, touched))]
        if len(groups) <= most:
            break
    if len(groups) > most:
        weights = [sum(len(touched[i]) for i in members) for _, _, members in groups]
        ranked = sorted(range(len(groups)), key=lambda n: -weights[n])
        own = set(ranked[: most - 1])
        rest = [n for n in range(len(groups)) if n not in own]
        others = tuple(i for n in rest for i in groups[n][2])
        groups = [groups[n] for n in sorted(own)]
        groups.append((Link(words("chart.other_issues", n=len(rest)), urls.ISSUES), 0, others))
    return tuple(
        Row(link, depth, tuple(_spots(timeline, members)), len(members) - 1)
        for link, depth, members in groups
    )


def _those(members: Iterable[str], touched: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(i for i in members if touched.get(i))


def _spots(timeline: Timeline, members: tuple[str, ...]) -> list[Spot]:
    if len(members) == 1:
        (issue,) = members
        said = Counter(timeline.quotes[q].event.id for q in timeline.quotes_of_issue.get(issue, ()))
        return [Spot(timeline.events[id], said[id]) for id in timeline.events_of_issue[issue]]
    wanted = set(members)
    chosen = {id for issue in members for id in timeline.events_of_issue[issue]}
    return [
        Spot(event, sum(not wanted.isdisjoint(q.issues) for q in event.quotes))
        for id, event in timeline.events.items()
        if id in chosen
    ]


def _by_party(timeline: Timeline, most: int, words: Wording) -> tuple[Row, ...]:
    parties = timeline.corpus.parties
    present: dict[str, list[Spot]] = {p: [] for p in (*timeline.columns, *timeline.observers)}
    for event in timeline.events.values():
        said = Counter(party for q in event.quotes for party in q.parties)
        for party in parties_at(event):
            present[party].append(Spot(event, said[party]))
    there = [(party, spots) for party, spots in present.items() if spots]
    kept = there if len(there) <= most else there[: most - 1]
    lanes = [Row(Link(parties[p].name, urls.party(p)), 0, tuple(spots)) for p, spots in kept]
    if len(there) > most:
        rest = {p for p, _ in there[most - 1 :]}
        spots = [
            Spot(event, sum(not rest.isdisjoint(q.parties) for q in event.quotes))
            for event in timeline.events.values()
            if not rest.isdisjoint(parties_at(event))
        ]
        link = Link(words("chart.other_parties", n=len(rest)), urls.PEOPLE)
        lanes.append(Row(link, 0, tuple(spots), len(rest) - 1))
    return tuple(lanes)


def _by_level(timeline: Timeline, words: Wording) -> tuple[Row, ...]:
    found: dict[str, list[Spot]] = {level: [] for level in vocabulary(Level)}
    for event in timeline.events.values():
        found[event.level].append(Spot(event, len(event.quotes)))
    return tuple(
        Row(Link(_capital(words(f"level.{level}")), None), 0, tuple(spots))
        for level, spots in found.items()
        if spots
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
