"""The overview chart: one lane for each issue, time across, a mark for each event; geometry only.

Used by the site (as SVG in a component) and by the briefings. All lengths are in the SVG's user units.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt

from macros import urls
from macros.dates import Edtf, display
from macros.timeline import Timeline
from macros.views import Link

WIDTH = 1000.0
LABEL = 250.0
RIGHT = 22.0
TOP = 26.0
LANE = 21.0
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Mark:
    """One event in one lane. `width` is over 0 for what lasts or is known only within a span."""

    x: float
    width: float
    radius: float
    main: bool
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Lane:
    issue: Link
    y: float
    depth: int
    marks: tuple[Mark, ...]
    events: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart's lanes from top to bottom and its years from left to right; no lane where no event is."""

    width: float
    height: float
    label: float
    top: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    summary: str


def overview(timeline: Timeline) -> Chart:
    """Return the chart of all events. Marks that would overlap stand side by side, in the order of time."""
    events = timeline.events
    if not events:
        return Chart(WIDTH, 0, LABEL, TOP, (), (), "No event is recorded yet.")
    bounded = [e.date for e in events.values()]
    first = min(_first(d) for d in bounded).year
    last = max(_last(d) for d in bounded).year + 1
    start, end = date(first, 1, 1).toordinal(), date(min(last, 9999), 1, 1).toordinal()
    plot = WIDTH - LABEL - RIGHT

    def x(day: date) -> float:
        return LABEL + plot * (day.toordinal() - start) / max(1, end - start)

    lanes: list[Lane] = []
    for issue, depth in timeline.issue_tree():
        ids = timeline.events_of_issue.get(issue.id, ())
        if not ids:
            continue
        marks: list[Mark] = []
        edge = LABEL
        spans: list[Mark] = []
        for id in ids:
            event = events[id]
            said = sum(issue.id in q.issues for q in event.quotes)
            radius = 3.0 + 1.6 * sqrt(said)
            title = f"{event.title}, {display(event.date)}" + (
                f": {said} quote{'s' if said != 1 else ''}" if said else ""
            )
            left, right = x(_first(event.date)), x(_last(event.date))
            main = event.prominence == "main"
            if right - left > 2 * radius:
                spans.append(
                    Mark(round(left, 1), round(right - left, 1), radius, main, title, urls.event(id))
                )
                continue
            centre = max((left + right) / 2, edge + radius + _GAP)
            edge = centre + radius
            marks.append(Mark(round(centre, 1), 0.0, round(radius, 1), main, title, urls.event(id)))
        y = TOP + LANE * (len(lanes) + 0.5)
        links = tuple(Link(f"{events[i].title} ({display(events[i].date)})", urls.event(i)) for i in ids)
        lanes.append(Lane(Link(issue.name, urls.issue(issue.id)), y, depth, (*spans, *marks), links))
    step = max(1, -(-(last - first) // 12))
    ticks = tuple(
        Tick(round(x(date(year, 1, 1)), 1), str(year)) for year in range(first, min(last, 9998) + 1, step)
    )
    summary = (
        f"{len(lanes)} issues from {first} to {last - 1}: a mark for each of {len(events)} events in the "
        "lane of every issue that it touched, larger with more quotes."
    )
    return Chart(WIDTH, TOP + LANE * len(lanes) + 8, LABEL, TOP, tuple(lanes), ticks, summary)


def _first(when: Edtf) -> date:
    return when.first if when.start else when.last


def _last(when: Edtf) -> date:
    return when.last if when.end else when.first
