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
class Frame:
    """The room a chart has: its width, the column of the issues' names, a lane's height.

    `rise` is how far a name's baseline stands below its lane's line: beside the lane, or above it.
    """

    width: float = WIDTH
    label: float = LABEL
    lane: float = LANE
    rise: float = 4.0


WIDE = Frame()
NARROW = Frame(width=380.0, label=8.0, lane=35.0, rise=-10.0)
"""For phones: names stand above their lanes, so that the whole time is seen without scrolling."""


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
    rise: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    summary: str


def overview(timeline: Timeline, frame: Frame = WIDE) -> Chart:
    """Return the chart of all events. Marks that would overlap stand side by side, in the order of time."""
    events = timeline.events
    if not events:
        return Chart(frame.width, 0, frame.label, TOP, frame.rise, (), (), "No event is recorded yet.")
    bounded = [e.date for e in events.values()]
    first = min(_first(d) for d in bounded).year
    last = max(_last(d) for d in bounded).year + 1
    start, end = date(first, 1, 1).toordinal(), date(min(last, 9999), 1, 1).toordinal()
    plot = frame.width - frame.label - RIGHT

    def x(day: date) -> float:
        return frame.label + plot * (day.toordinal() - start) / max(1, end - start)

    lanes: list[Lane] = []
    for issue, depth in timeline.issue_tree():
        ids = timeline.events_of_issue.get(issue.id, ())
        if not ids:
            continue
        points: list[tuple[float, float]] = []
        named: list[tuple[bool, str, str]] = []
        spans: list[Mark] = []
        for id in ids:
            event = events[id]
            said = sum(issue.id in q.issues for q in event.quotes)
            radius = min(3.0 + 1.6 * sqrt(said), LANE / 2 - 1)
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
            points.append(((left + right) / 2, radius))
            named.append((main, title, urls.event(id)))
        marks = [
            Mark(round(centre, 2), 0.0, round(radius, 2), *rest)
            for (centre, radius), rest in zip(_apart(points, frame.label, frame.width), named, strict=True)
        ]
        y = TOP + frame.lane * (len(lanes) + 0.5) + max(0.0, -frame.rise) / 2
        links = tuple(Link(f"{events[i].title} ({display(events[i].date)})", urls.event(i)) for i in ids)
        lanes.append(Lane(Link(issue.name, urls.issue(issue.id)), y, depth, (*spans, *marks), links))
    step = max(1, -(-(last - first) // (12 if frame.width > 600 else 6)))
    ticks = tuple(
        Tick(round(x(date(year, 1, 1)), 1), str(year)) for year in range(first, min(last, 9999), step)
    )
    summary = (
        f"{len(lanes)} issues from {first} to {last - 1}: a mark for each of {len(events)} events in the "
        "lane of every issue that it touched, larger with more quotes."
    )
    height = TOP + frame.lane * len(lanes) + 8
    return Chart(frame.width, height, frame.label, TOP, frame.rise, tuple(lanes), ticks, summary)


def _apart(points: list[tuple[float, float]], left: float, right: float) -> list[tuple[float, float]]:
    """Return circles (centre, radius) side by side between two edges, in the order in which they are given.

    Each stays as near to its centre as those before it allow; all shrink where there is no room for them.
    """
    if not points:
        return []
    scale = min(1.0, (right - left) / sum(2 * radius + _GAP for _, radius in points))
    gap, edge = _GAP * scale, left
    placed = []
    for centre, radius in points:
        centre = max(centre, edge + gap + radius * scale)
        edge = centre + radius * scale
        placed.append((centre, radius * scale))
    edge = right
    for n, (centre, radius) in reversed(list(enumerate(placed))):
        centre = min(centre, edge - radius)
        edge = centre - radius - gap
        placed[n] = (centre, radius)
    return placed


def _first(when: Edtf) -> date:
    return when.first if when.start else when.last


def _last(when: Edtf) -> date:
    return when.last if when.end else when.first
