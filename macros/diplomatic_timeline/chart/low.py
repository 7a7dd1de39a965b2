"""The low chart of the first page: every event on its true day, the newest main events as named lines.

Marks that would overlap stand above one another, never beside their day. Where there are too many for that,
columns count them. All lengths are in the SVG's user units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

from diplomatic_timeline.chart.lanes import rows
from diplomatic_timeline.chart.overview import Tick, kinds, most_lanes, year_ticks
from diplomatic_timeline.chart.time import Extent, bins, bounds, described, extent, step
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.registries import Place
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.dates import display, years
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

WIDTH = 1000.0
TOP, BASE = 38.0, 136.0
"""Where the names of main events end, and the axis of time."""
LEFT, RIGHT = 6.0, 994.0
RADIUS, ROW = 3.4, 8.4
_GAP = 1.0
_LETTER, _YEAR = 6.6, 32.0
_NAME_ROWS = 2
_LONGEST = 24
_COLUMN = 8.0
_MOST = 150
"""Marks that one page can carry."""
_ASIDE = 0.1
"""What part of the events, at most, is left out before and after the period in which they are dense."""
_WORTH = 2 / 3
"""Of the whole time, what the dense period may last for the rest to be left out."""


@dataclass(frozen=True, slots=True)
class LowMark:
    """An event: a dot at its day, or a bar over the time that it can mean."""

    x: float
    y: float
    width: float
    main: bool
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A main event: a line through all, and a name beside its top; `end` where that stands left of it."""

    x: float
    y: float
    name: str
    end: bool
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class LowChart:
    """Marks or columns (x, height) over the axis, named lines, years; nothing of it where no event is.

    `before` and `after` count the events that the period leaves out. `size`, `years`, `kinds` and `folded`
    are of the chart that takes its place when it is explored.
    """

    marks: tuple[LowMark, ...] = ()
    columns: tuple[tuple[float, float], ...] = ()
    lines: tuple[NamedLine, ...] = ()
    ticks: tuple[Tick, ...] = ()
    before: int = 0
    after: int = 0
    step: str = ""
    column: float = 0.0
    size: int = 0
    years: str = ""
    kinds: frozenset[str] = frozenset()
    folded: bool = False


def low_chart(timeline: Timeline, words: Wording = ENGLISH) -> LowChart:
    """Return the low chart of all events."""
    if not timeline.events:
        return LowChart()
    events = list(timeline.events.values())
    first, last = _dense([extent(e.date) for e in events], *bounds(timeline))
    shown = [e for e in events if first <= extent(e.date).first and extent(e.date).last <= last]
    plot = _Plot(first, last, words, timeline.corpus.places)
    months = step(last - first, RIGHT - LEFT, _COLUMN)
    marks = plot.marks(shown)
    counted = bins((e.date.anchor for e in shown), months) if marks is None else ()
    most = max((b.events for b in counted), default=1)
    start, end = date.fromordinal(first), date.fromordinal(last)
    ticks = year_ticks(start.year, end.year, 12, lambda day: plot.x(day.toordinal()))
    return LowChart(
        marks=tuple(marks or ()),
        columns=tuple(
            (
                round((plot.x(b.first.toordinal()) + plot.x(b.last.toordinal() + 1)) / 2, 1),
                round(max(2.0, (BASE - TOP) * sqrt(b.events / most)), 1),
            )
            for b in counted
        ),
        lines=tuple(plot.lines([e for e in shown if e.prominence == "main"])),
        ticks=tuple(t for t in ticks if t.x + _YEAR < WIDTH),
        before=sum(extent(e.date).first < first for e in events),
        after=sum(extent(e.date).first >= first and extent(e.date).last > last for e in events),
        step=described(months, words),
        column=round(max(2.0, (RIGHT - LEFT) * months * 30.44 / max(1, last - first) - 1), 1),
        size=len(events),
        years=years(timeline.years[0], timeline.years[-1], words),
        kinds=kinds(timeline),
        folded=any(row.folded for row in rows(timeline, "issue", most_lanes(timeline), words)),
    )


def _dense(extents: list[Extent], start: date, end: date) -> tuple[int, int]:
    """Return the first and the last day of the years in which events are dense."""
    firsts = sorted(e.first for e in extents)
    lasts = sorted(e.last for e in extents)
    aside = int(len(extents) * _ASIDE)
    whole = end.toordinal() - start.toordinal()
    best = (start.toordinal(), end.toordinal())
    for before in range(aside + 1):
        from_ = date(date.fromordinal(firsts[before]).year, 1, 1).toordinal()
        for after in range(aside + 1 - before):
            year = date.fromordinal(lasts[-1 - after]).year
            to = (date(year + 1, 1, 1) if year < date.max.year else date.max).toordinal()
            if 0 < to - from_ < best[1] - best[0] and to - from_ <= whole * _WORTH:
                best = (from_, to)
    return best


@dataclass(frozen=True, slots=True)
class _Plot:
    """Days to lengths in one period, and events to marks and lines. `places` are events' places by id."""

    first: int
    last: int
    words: Wording
    places: Mapping[str, Place]

    def x(self, day: float) -> float:
        part = (day - self.first) / max(1, self.last - self.first)
        return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, part))

    def _title(self, event: Event) -> str:
        return f"{event.title}\n{display(event.date, self.words)}"

    def marks(self, events: list[Event]) -> list[LowMark] | None:
        """Return the events' marks, each as low as those beside it allow; None where they would not fit."""
        if len(events) > _MOST:
            return None
        ends: list[float] = []
        found = []
        for event in sorted(events, key=lambda e: (extent(e.date).first, e.id)):
            span = extent(event.date)
            left, right = self.x(span.first), self.x(span.last + (span.last > span.first))
            width = right - left if right - left > 2 * RADIUS else 0.0
            at = (left + right) / 2 if not width else left
            begin, end = (at, at + width) if width else (at - RADIUS, at + RADIUS)
            row = next((n for n, taken in enumerate(ends) if taken + _GAP <= begin), len(ends))
            y = BASE - 6 - ROW * row
            if y < TOP + RADIUS:
                return None
            ends[row : row + 1] = [end]
            main = event.prominence == "main"
            mark = (round(at, 1), round(y, 1), round(width, 1))
            found.append(LowMark(*mark, main, self._title(event), urls.event(event.id)))
        return found

    def lines(self, events: list[Event]) -> list[NamedLine]:
        """Return the newest main events whose names do not run into one another, the newest first."""
        taken: list[list[tuple[float, float]]] = [[] for _ in range(_NAME_ROWS)]
        found: list[NamedLine] = []
        for event in reversed(events):
            span = extent(event.date)
            x = self.x((span.first + span.last) / 2)
            name = self._name(event)
            long = len(name) * _LETTER + 10
            for row, end in ((r, e) for r in range(_NAME_ROWS) for e in (False, True)):
                left, right = (x - long, x) if end else (x, x + long)
                if left < 0 or right > WIDTH or any(left < b and a < right for a, b in taken[row]):
                    continue
                # A name must not lie across another's line.
                if any(left < line.x < right and row >= _row(line) for line in found):
                    continue
                taken[row].append((left, right))
                y = 12.0 + 15 * row
                found.append(NamedLine(round(x, 1), y, name, end, self._title(event), urls.event(event.id)))
                break
        return found

    def _name(self, event: Event) -> str:
        """Return a main event's short name: where it was, or the beginning of its title."""
        where = dict.fromkeys(self.places[at.place].name for at in event.where)
        if len(where) == 1:
            return next(iter(where))
        return event.title if len(event.title) <= _LONGEST else f"{event.title[: _LONGEST - 1].rstrip()}…"


def _row(line: NamedLine) -> int:
    return round((line.y - 12) / 15)
