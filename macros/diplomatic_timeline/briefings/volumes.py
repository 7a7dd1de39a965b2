"""What is too long for one briefing, cut into volumes by years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from diplomatic_timeline.briefings.selection import Selected
from diplomatic_timeline.views.dates import Unit, span
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

EVENTS = 60
"""Events of a volume at most: some 270 pages."""
QUOTES = 10
"""For each of those events, as many quotes: fewer events fill a volume where more was said."""


@dataclass(frozen=True, slots=True)
class Volume:
    """One of several: its number from 1 on, how many there are, and the years or days that it covers."""

    number: int
    of: int
    span: str


_Group = tuple[str, ...]


def split(
    timeline: Timeline, selected: Selected, limit: int = EVENTS, words: Wording = ENGLISH
) -> tuple[tuple[Selected, Volume | None], ...]:
    """Return a selection in volumes of at most `limit` events, oldest first, or whole and without a number.

    A volume holds as many whole years as fit, counted from the oldest, so that a new event changes the last
    one only. A year that does not fit is cut at its months, and such a month anywhere. An event stays whole.
    """
    said = Counter(timeline.quotes[q].event.id for q in selected.quotes)

    def fits(group: _Group) -> bool:
        return len(group) <= limit and sum(said[e] for e in group) <= limit * QUOTES

    def year(id: str) -> int:
        return timeline.events[id].date.anchor.year

    def month(id: str) -> int:
        return timeline.events[id].date.anchor.month

    def singly(group: _Group) -> list[_Group]:
        return _packed(((e,) for e in group), fits, lambda event: [event])

    def by_months(group: _Group) -> list[_Group]:
        return _packed(_runs(group, month), fits, singly)

    if fits(selected.events):
        return ((selected, None),)
    groups = _packed(_runs(selected.events, year), fits, by_months)
    if len(groups) == 1:
        return ((selected, None),)
    spans = _spans([[timeline.events[e].date.anchor for e in group] for group in groups], words)
    chosen = frozenset(selected.commitments)
    return tuple(
        (_part(timeline, selected, chosen, group), Volume(number, len(groups), span))
        for number, (group, span) in enumerate(zip(groups, spans, strict=True), 1)
    )


def _spans(groups: list[list[date]], words: Wording) -> list[str]:
    """Return what each group of days covers: years where it has them whole, or months, or days."""
    years = Counter(year for days in groups for year in {d.year for d in days})
    months = Counter(month for days in groups for month in {(d.year, d.month) for d in days})
    spans = []
    for days in groups:
        unit: Unit = "day"
        if all(years[d.year] == 1 for d in days):
            unit = "year"
        elif all(months[d.year, d.month] == 1 for d in days):
            unit = "month"
        spans.append(span(min(days), max(days), unit, words))
    return spans


def _runs(group: _Group, key: Callable[[str], int]) -> Iterable[_Group]:
    return (tuple(run) for _, run in groupby(group, key))


def _packed(
    groups: Iterable[_Group], fits: Callable[[_Group], bool], smaller: Callable[[_Group], list[_Group]]
) -> list[_Group]:
    """Return neighbouring groups put together while they fit; one that does not fit is made smaller."""
    packed: list[_Group] = []
    room = False
    for group in groups:
        if len(group) > 1 and not fits(group):
            packed += smaller(group)
            room = False
        elif room and fits(packed[-1] + group):
            packed[-1] += group
        else:
            packed.append(group)
            room = True
    return packed


def _part(timeline: Timeline, selected: Selected, chosen: frozenset[str], events: _Group) -> Selected:
    """Return some events of a selection; `chosen` are all of its commitments."""
    promised = {c.id for e in events for c in timeline.events[e].commitments}
    return replace(
        selected,
        events=events,
        issues=selected.issues & {i.issue for e in events for i in timeline.events[e].issues},
        quotes=selected.quotes & {q.id for e in events for q in timeline.events[e].quotes},
        commitments=tuple(sorted(promised & chosen, key=timeline.commitment_ranks.__getitem__)),
    )


def load(selected: Selected) -> float:
    """Return how much there is to print, in events of ten quotes."""
    return max(len(selected.events), len(selected.quotes) / QUOTES)


def standing(timeline: Timeline, selected: Selected) -> date | None:
    """Return the day on which what a selection says last changed; None for a record without dates.

    That is its newest date, or the day after one on which something was due and is not recorded as done.
    """
    newest = timeline.newest
    days = []
    for id in selected.events:
        event = timeline.events[id]
        days += [event.date.last, *(c.date.last for c in event.corrections)]
    days += [timeline.quotes[q].date.last for q in selected.quotes]
    for id in selected.commitments:
        promise = timeline.commitments[id].commitment
        days.append(promise.last_checked.last)
        if promise.due and newest and promise.due.last < newest:
            days.append(promise.due.last + timedelta(days=1))
    return max((d for d in days if newest and d <= newest), default=newest)
