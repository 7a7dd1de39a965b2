"""The overview chart of briefings: lanes, time across, a mark for each event; geometry only.

Lanes come from `lanes`, marks from `geometry`. A lane too crowded to be read mark by mark shows how many
events fall into each period (`bins`), so the chart's size does not grow with the record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import sqrt

from diplomatic_timeline.chart.geometry import LANE, PLOT, TOP, Mark, Scale
from diplomatic_timeline.chart.lanes import rows
from diplomatic_timeline.chart.time import Extent, bins, bounds, described, extent, step
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


@dataclass(frozen=True, slots=True)
class Column:
    """How many events fall into a period, as a column: its middle and its height."""

    x: float
    height: float


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with its marks, or its columns where it is crowded. `events` says in words what is drawn."""

    link: Link
    y: float
    depth: int
    marks: tuple[Mark, ...]
    columns: tuple[Column, ...]
    events: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart's lanes from top to bottom and its years from left to right; no lane where no event is.

    `column` is how wide a column is, `step` the length of its period, in words. `kinds` are
    the kinds of mark that there are: `context`, `span`, `within`, `vague`, `open`, `column`.
    """

    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    summary: str
    column: float = 0.0
    step: str = ""
    kinds: frozenset[str] = frozenset()


_MANY = 300
"""Events from which on columns fill the lanes, so that there are fewer of these."""
_LANES = 200
"""The most that are drawn: nobody can ask paper for more, so it shows what it can."""
_COLUMN = 8.0


def most_lanes(timeline: Timeline) -> int:
    """Return how many lanes the site's chart may have; fewer where columns fill them."""
    return 24 if len(timeline.events) <= _MANY else 16


def overview(timeline: Timeline, words: Wording = ENGLISH) -> Chart:
    """Return the chart of all events by issue. Marks that would overlap stand above one another."""
    if not timeline.events:
        return Chart(0, (), (), words("chart.none"))
    found = rows(timeline, "issue", _LANES, words)
    (start, end), events = bounds(timeline), timeline.events
    first, last = start.year, end.year if end == date.max else end.year - 1
    scale = Scale(start.toordinal(), end.toordinal())
    months = step(scale.days, PLOT, _COLUMN)
    drawn = [scale.marks(row.spots) for row in found]
    counts = [
        bins((spot.event.date.anchor for spot in row.spots), months) if marks is None else ()
        for row, marks in zip(found, drawn, strict=True)
    ]
    crowded = any(counts)
    most = max((b.events for row in counts for b in row), default=1)
    lanes = [
        Lane(
            row.link,
            TOP + LANE * (n + 0.5),
            row.depth,
            tuple(drawn[n] or ()),
            tuple(
                Column(scale.middle(b), round(max(1.5, 15.0 * sqrt(b.events / most)), 1)) for b in counts[n]
            ),
            tuple(
                Link(f"{s.event.title} ({display(s.event.date, words)})", urls.event(s.event.id))
                for s in row.spots
            ),
        )
        for n, row in enumerate(found)
    ]
    ticks = year_ticks(first, last, 12, lambda day: scale.x(day.toordinal()))
    summary = words(
        "chart.summary_of_columns" if crowded else "chart.summary",
        lanes=len(lanes),
        first=str(first),
        last=str(last),
        n=len(events),
        step=described(months, words),
    )
    return Chart(
        TOP + LANE * len(lanes) + 8,
        tuple(lanes),
        ticks,
        summary,
        column=round(max(2.0, PLOT * months * 30.44 / scale.days - 1), 1),
        step=described(months, words),
        kinds=kinds(timeline) | {"column"} if crowded else kinds(timeline),
    )


def year_ticks(first: int, last: int, most: int, x: Callable[[date], float]) -> tuple[Tick, ...]:
    """Return the years that people count in, about `most` of those from one to another; `x` places a day."""
    every = _round(-(-(last + 1 - first) // most))
    begin = -(-first // every) * every
    return tuple(Tick(round(x(date(year, 1, 1)), 1), str(year)) for year in range(begin, last + 1, every))


def kinds(timeline: Timeline) -> frozenset[str]:
    """Return the kinds of mark that a record's events need."""
    found: set[str] = set()
    for event in timeline.events.values():
        span: Extent = extent(event.date)
        if event.prominence == "context":
            found.add("context")
        if span.open:
            found.add("open")
        if span.vague:
            found.update(("vague", "within") if span.first < span.last else ("vague",))
        if span.core and span.core[0] < span.core[1]:
            found.add("span")
    return frozenset(found)


def _round(years: int) -> int:
    """Return the next number of years that people count in."""
    return next((n for n in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500) if n >= years), 1000)
