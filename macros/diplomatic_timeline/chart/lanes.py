"""The lanes of the overview chart, by issue, by party or by level, and what stands in each."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple, TypeAlias, get_args

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.vocabulary import Level
from diplomatic_timeline.model.vocabulary import words as vocabulary
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

Grouping = Literal["issue", "party", "level"]

GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
"""The ways to make lanes; the first is the chart's own."""


_Group: TypeAlias = tuple[Link, int, tuple[str, ...]]
"""A lane's name and depth, and the issues or parties whose events stand in it."""


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
    if grouping == "level":
        return _by_level(timeline, words)
    if grouping == "issue":
        groups, index, of = _issues(timeline, most, words), timeline.events_of_issue, attrgetter("issues")
    else:
        groups, index, of = _parties(timeline, most, words), timeline.events_of_party, attrgetter("parties")
    found = []
    for link, depth, members in groups:
        ids = {id for member in members for id in index[member]}
        events = [timeline.events[id] for id in sorted(ids, key=timeline.ranks.__getitem__)]
        wanted = set(members)
        spots = (Spot(e, sum(not wanted.isdisjoint(of(quote)) for quote in e.quotes)) for e in events)
        found.append(Row(link, depth, tuple(spots), len(members) - 1))
    return tuple(found)


def _issues(timeline: Timeline, most: int, words: Wording) -> list[_Group]:
    touched, tree = timeline.events_of_issue, timeline.issue_tree()
    groups: list[_Group] = []
    for limit in range(max((depth for _, depth in tree), default=0), -1, -1):
        groups = []
        for issue, depth in tree:
            here = (issue.id,) if issue.id in touched else ()
            if depth <= limit:
                groups.append((Link(issue.name, urls.issue(issue.id)), depth, here))
            else:
                link, its, members = groups[-1]
                groups[-1] = (link, its, (*members, *here))
        groups = [group for group in groups if group[-1]]
        if len(groups) <= most:
            return groups
    weights = [sum(len(touched[i]) for i in members) for *_, members in groups]
    ranked = sorted(range(len(groups)), key=lambda n: -weights[n])
    own, rest = sorted(ranked[: most - 1]), sorted(ranked[most - 1 :])
    link = Link(words("chart.other_issues", n=len(rest)), urls.ISSUES)
    return [*(groups[n] for n in own), (link, 0, tuple(i for n in rest for i in groups[n][-1]))]


def _parties(timeline: Timeline, most: int, words: Wording) -> list[_Group]:
    there = [p for p in (*timeline.columns, *timeline.observers) if p in timeline.events_of_party]
    kept = there if len(there) <= most else there[: most - 1]
    names = timeline.corpus.parties
    groups: list[_Group] = [(Link(names[p].name, urls.party(p)), 0, (p,)) for p in kept]
    if rest := tuple(there[len(kept) :]):
        groups.append((Link(words("chart.other_parties", n=len(rest)), urls.PEOPLE), 0, rest))
    return groups


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
