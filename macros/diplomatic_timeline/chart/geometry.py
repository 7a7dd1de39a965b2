"""Where the overview chart's marks stand: days to lengths, events to marks, and marks beside one another."""

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
_GAP = 1.5
_FEW = 6
_STRAY = 30.0
_SHELVES = (0.0, -5.5, 5.5)


@dataclass(frozen=True, slots=True)
class Mark:
    """One event in one lane: a dot at its day, or a bar of the given width over the time that it can mean.

    `core` is the part of a bar (left end, width) in which the event certainly lasted; without one the event
    is known only to fall within the bar. `vague` is what is not known to the day. `tail` leads to where a
    date is open: to the right if positive. `shift` moves a bar off its lane's line, past others.
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
        """Return a lane's marks, bars before dots; None where they would not stand near their days."""
        bars: list[Mark] = []
        dots: list[Mark] = []
        for spot in spots:
            mark = self._mark(spot)
            (bars if mark.width else dots).append(mark)
        dots.sort(key=lambda m: m.x)
        shelved = _shelved(bars)
        points = [(m.x, m.radius) for m in dots]
        placed = _apart(points, LABEL, WIDTH)
        room = sum(2 * m.radius + _GAP for m in dots)
        stray = max((abs(a - b) for (a, _), (b, _) in zip(points, placed, strict=True)), default=0.0)
        if len(dots) > _FEW and (room > 0.6 * PLOT or stray > _STRAY):
            return None
        if shelved is None:
            return None
        moved = [
            replace(m, x=round(centre, 2), radius=round(radius, 2), tail=self._tail(m.tail, centre))
            for m, (centre, radius) in zip(dots, placed, strict=True)
        ]
        return [*shelved, *moved]

    def _tail(self, tail: float, x: float) -> float:
        low, high = LABEL - x, WIDTH - x
        return round(max(low, min(high, tail)), 1)

    def _mark(self, spot: Spot) -> Mark:
        event, said = spot
        span = extent(event.date)
        radius = round(min((4.2 if span.vague else 3.0) + 1.6 * sqrt(said), LANE / 2 - 1), 2)
        left, right = self.x(span.first), self.x(span.last)
        main = event.prominence == "main"
        mark = Mark((left + right) / 2, 0.0, radius, main, span.vague, tail=TAIL * span.open)
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
            tail=self._tail(mark.tail, edge),
        )


def _shelved(bars: list[Mark]) -> list[Mark] | None:
    """Return bars moved off the line where others stand at the same time; None where three are not enough."""
    ends = [float("-inf")] * len(_SHELVES)
    placed = []
    for bar in sorted(bars, key=lambda m: (m.x, -m.width)):
        free = next((n for n, end in enumerate(ends) if end < bar.x), None)
        if free is None:
            return None
        ends[free] = bar.x + bar.width
        placed.append(replace(bar, shift=_SHELVES[free]))
    return placed


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
