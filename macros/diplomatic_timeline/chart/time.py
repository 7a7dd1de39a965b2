"""Time as charts draw it: the stretch of days that a date can mean, and equal parts of the calendar.

A step is a number of months; its periods begin where the calendar's do (1995–1999, July–September 2021).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from diplomatic_timeline.model.dates import Edtf, Point
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

STEPS = (1, 3, 12, 24, 60, 120, 300, 600, 1200, 12000)
_MONTH = 365.2425 / 12


class Extent(NamedTuple):
    """A date in days (proleptic Gregorian ordinals).

    `first` and `last` are the earliest and latest day it can mean, `core` the days in which it certainly
    lasted (both included), or None: it fell somewhere between. `vague` says that it is not known to the day.
    `open` is 1 where the end is open or unknown, -1 where the start is; the known end stands for the whole.
    """

    first: int
    last: int
    core: tuple[int, int] | None
    vague: bool
    open: int = 0


def extent(when: Edtf) -> Extent:
    """Return the extent of a date or interval (EDTF level 1)."""
    start, end = when.start, when.end
    if start is None or end is None:
        known = start or end
        assert known is not None
        return _point(known)._replace(open=1 if end is None else -1)
    if not when.is_interval:
        return _point(start)
    sure = (start.last.toordinal(), end.first.toordinal())
    return Extent(
        start.first.toordinal(),
        end.last.toordinal(),
        sure if sure[0] <= sure[1] else None,
        _vague(start) or _vague(end),
    )


def _point(point: Point) -> Extent:
    first, last = point.first.toordinal(), point.last.toordinal()
    return Extent(first, last, (first, last) if first == last else None, _vague(point))


def _vague(point: Point) -> bool:
    return point.approximate or point.uncertain or point.precision != "day"


def bounds(timeline: Timeline) -> tuple[date, date]:
    """Return the first day of a record's first year, and the first day after its last year.

    The record must have an event. The calendar ends with the year 9999, and then its last day is given.
    """
    extents = [extent(event.date) for event in timeline.events.values()]
    first = date.fromordinal(min(e.first for e in extents)).year
    last = date.fromordinal(max(e.last for e in extents)).year
    return date(first, 1, 1), date(last + 1, 1, 1) if last < 9999 else date.max


@dataclass(frozen=True, slots=True)
class Bin:
    """How many events fall into one period, which has a first and a last day."""

    first: date
    last: date
    events: int


def step(days: int, width: float, least: float) -> int:
    """Return the smallest step whose periods are at least so wide, where so many days take `width`."""
    return next((months for months in STEPS if width * months * _MONTH / days >= least), STEPS[-1])


def described(months: int, words: Wording = ENGLISH) -> str:
    """Return the length of a period: `month`, `3 months`, `year`, `5 years`."""
    return words("chart.months", n=months) if months < 12 else words("chart.years", n=months // 12)


def bins(days: Iterable[date], months: int) -> tuple[Bin, ...]:
    """Return the periods into which days fall, from the earliest; none that is empty."""
    counted = Counter((day.year * 12 + day.month - 1) // months for day in days)
    return tuple(Bin(_first(n * months), _before((n + 1) * months), counted[n]) for n in sorted(counted))


def _first(month: int) -> date:
    """Return the first day of a month, counted from the year 0; there is no day before the year 1."""
    return date(month // 12, month % 12 + 1, 1) if month >= 12 else date.min


def _before(month: int) -> date:
    """Return the last day before a month; there is none after the year 9999."""
    return date.fromordinal(_first(month).toordinal() - 1) if month < 120000 else date.max
