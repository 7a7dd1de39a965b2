"""The stretch of days that a date can mean, and what of it is certain; for whatever draws time."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from diplomatic_timeline.model.dates import Edtf, Point
from diplomatic_timeline.views.timeline import Timeline


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
