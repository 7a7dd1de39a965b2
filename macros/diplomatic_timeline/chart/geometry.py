"""Where the overview chart's marks stand: days to lengths, events to marks, and marks above one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import sqrt

from diplomatic_timeline.chart.lanes import Spot
from diplomatic_timeline.chart.time import Bin, extent

WIDTH = 1000.0
LABEL = 250.0
RIGHT = 22.0
TOP = 28.0
LANE = 21.0
TAIL = 20.0
PLOT = WIDTH - LABEL - RIGHT
_GAP = 1.0
_ROWS = 4
"""Above one another, more marks would be too small to see."""
_FILL = 0.42
"""A mark's radius, at most, as part of its row's height."""
_FULL = 0.5
"""What part of a lane's length its dots, side by side, may take."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One event in one lane: a dot at its day, or a bar of the given width over the time that it can mean.

    `core` is the part of a bar (left end, width) in which the event certainly lasted; without one the event
    is known only to fall within the bar. `vague` is what is not known to the day. `tail` leads to where a
    date is open: to the right if positive. `shift` moves a mark down from its lane's line, past others.
    """

    x: float
    width: float
    radius: float
    main: bool
    vague: bool = False
    core: tuple[float, float] | None = None
    tail: float = 0.0
    shift: float = 0.0

    @property
    def left(self) -> float:
        return self.x if self.width else self.x - self.radius

    @property
    def right(self) -> float:
        return self.x + (self.width or self.radius)

    @property
    def thick(self) -> float:
        """How thick a bar is."""
        return round(min(7.0, max(4.0, self.radius * 0.9)), 1)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to lengths, and events to marks."""

    start: int
    end: int

    @property
    def days(self) -> int:
        return max(1, self.end - self.start)

    def x(self, day: int) -> float:
        return LABEL + PLOT * (day - self.start) / self.days

    def middle(self, counted: Bin) -> float:
        """Return where a period's column stands."""
        first = round(self.x(max(self.start, counted.first.toordinal())), 1)
        last = self.x(min(self.end, counted.last.toordinal() + 1))
        return round(first + round(last - first, 1) / 2, 1)

    def marks(self, spots: Iterable[Spot]) -> list[Mark] | None:
        """Return a lane's marks on their days, bars before dots; None where the lane has no room for them."""
        marks = [self._mark(spot) for spot in spots]
        if sum(2 * m.radius for m in marks if not m.width) > _FULL * PLOT:
            return None
        bars = _stacked([m for m in marks if m.width])
        dots = _stacked([m for m in marks if not m.width])
        return None if bars is None or dots is None else bars + dots

    def _tail(self, tail: float, x: float) -> float:
        low, high = LABEL - x, WIDTH - x
        return round(max(low, min(high, tail)), 1)

    def _mark(self, spot: Spot) -> Mark:
        event, said = spot
        span = extent(event.date)
        radius = round(min((4.2 if span.vague else 3.0) + 1.6 * sqrt(said), _FILL * LANE), 2)
        left, right = self.x(span.first), self.x(span.last)
        main = event.prominence == "main"
        middle = round((left + right) / 2, 2)
        tail = TAIL * span.open
        mark = Mark(middle, 0.0, radius, main, span.vague, tail=self._tail(tail, middle))
        if right - left <= 2 * radius:
            return mark
        core = None
        if span.core:
            from_, to = (self.x(day) for day in span.core)
            core = (round(from_, 1), round(max(1.0, to - from_), 1))
        edge = right if span.open > 0 else left
        return replace(
            mark,
            x=round(left, 1),
            width=round(right - left, 1),
            core=core,
            tail=self._tail(tail, edge),
        )


def _stacked(marks: list[Mark]) -> list[Mark] | None:
    """Return marks from left to right, those that overlap in rows; None where these would be too many."""
    groups: list[list[Mark]] = []
    edge = float("-inf")
    for mark in sorted(marks, key=lambda m: m.left):
        if edge < mark.left:
            groups.append([])
        groups[-1].append(mark)
        edge = max(edge, mark.right + _GAP)
    found: list[Mark] = []
    for group in groups:
        placed = next(filter(None, (_in_rows(group, rows) for rows in range(1, _ROWS + 1))), None)
        if placed is None:
            return None
        found += placed
    return found


def _in_rows(marks: list[Mark], rows: int) -> list[Mark] | None:
    """Return marks in rows around the lane's line, as small as these need; None where they would overlap."""
    small = [replace(m, radius=round(min(m.radius, _FILL * LANE / rows), 2)) for m in marks]
    high = max(m.radius for m in small) / _FILL
    ends = [float("-inf")] * rows
    placed = []
    for mark in small:
        row = next((n for n, end in enumerate(ends) if end < mark.left), None)
        if row is None:
            return None
        ends[row] = mark.right + _GAP
        placed.append(replace(mark, shift=round((row - (rows - 1) / 2) * high, 2)))
    return placed
