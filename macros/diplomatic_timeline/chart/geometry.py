"""Where the overview chart's marks stand: days to lengths, events to marks, and marks beside one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import sqrt

from diplomatic_timeline.chart.extents import extent
from diplomatic_timeline.chart.lanes import Spot
from diplomatic_timeline.chart.time import Bin
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.wording import ENGLISH, Wording

WIDTH = 1000.0
LABEL = 250.0
RIGHT = 22.0
TOP = 28.0
LANE = 21.0
TAIL = 20.0
_GAP = 1.5
_FEW = 6
_STRAY = 30.0
_SHELVES = (0.0, -5.5, 5.5)


@dataclass(frozen=True, slots=True)
class Frame:
    """The room a chart has: its width, the column of the lanes' names, a lane's height.

    `rise` is how far a name's baseline stands below its lane's line: beside the lane, or above it. `lanes`
    and `marks` are the most that are drawn, `full` the most lanes of a large record, `listed` the most events
    that the text alternative names, `column` and `period` the least widths of a crowded lane's columns and
    of its links.
    """

    width: float = WIDTH
    label: float = LABEL
    lane: float = LANE
    rise: float = 4.0
    lanes: int = 24
    full: int = 16
    marks: int = 120
    listed: int = 120
    column: float = 8.0
    period: float = 110.0


WIDE = Frame()
PAPER = Frame(lanes=200, full=50, marks=2000, listed=2000)
"""For briefings: nobody can ask paper for more, so it shows what it can."""


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
    title: str
    url: str
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
    """Days to lengths, and events to marks, in one frame."""

    frame: Frame
    start: int
    end: int
    words: Wording = ENGLISH

    @property
    def days(self) -> int:
        return max(1, self.end - self.start)

    @property
    def plot(self) -> float:
        return self.frame.width - self.frame.label - RIGHT

    def x(self, day: int) -> float:
        return self.frame.label + self.plot * (day - self.start) / self.days

    def middle(self, counted: Bin) -> float:
        x, width = self.stretch(counted)
        return round(x + width / 2, 1)

    def stretch(self, counted: Bin) -> tuple[float, float]:
        first = max(self.start, counted.first.toordinal())
        last = min(self.end, counted.last.toordinal() + 1)
        return round(self.x(first), 1), round(self.x(last) - self.x(first), 1)

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
        placed = _apart(points, self.frame.label, self.frame.width)
        room = sum(2 * m.radius + _GAP for m in dots)
        stray = max((abs(a - b) for (a, _), (b, _) in zip(points, placed, strict=True)), default=0.0)
        if len(dots) > _FEW and (room > 0.6 * self.plot or stray > _STRAY):
            return None
        if shelved is None:
            return None
        moved = [
            replace(m, x=round(centre, 2), radius=round(radius, 2), tail=self._tail(m.tail, centre))
            for m, (centre, radius) in zip(dots, placed, strict=True)
        ]
        return [*shelved, *moved]

    def _tail(self, tail: float, x: float) -> float:
        low, high = self.frame.label - x, self.frame.width - x
        return round(max(low, min(high, tail)), 1)

    def _mark(self, spot: Spot) -> Mark:
        event, said = spot
        span = extent(event.date)
        radius = round(min((4.2 if span.vague else 3.0) + 1.6 * sqrt(said), LANE / 2 - 1), 2)
        lines = [event.title, display(event.date, self.words)]
        if said:
            lines.append(self.words("count.quotes", n=said))
        left, right = self.x(span.first), self.x(span.last)
        mark = Mark(
            (left + right) / 2,
            0.0,
            radius,
            event.prominence == "main",
            "\n".join(lines),
            urls.event(event.id),
            span.vague,
            tail=TAIL * span.open,
        )
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
