"""Dates as the Extended Date/Time Format writes them (EDTF, ISO 8601-2:2019, levels 0, 1 and a form of 2).

Covered: days, months, years, seasons (21 to 24), intervals, `?` `~` `%`, unspecified digits from the right
(`2021-03-XX`, `2021-XX`, `202X`, `20XX`), intervals with an unknown or open end, and of level 2 the set of
consecutive dates of which one is meant: `[2023-01-01..2023-02-04]`, some day from the one to the other. Not
covered, because a record of meetings has no use for them: times of day, years outside 0001 to 9999, and the
rest of level 2.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from diplomatic_timeline.model import limits
from diplomatic_timeline.model.date_hints import has_time, meant
from diplomatic_timeline.model.diagnostics import shown

Precision = Literal["day", "month", "season", "year", "decade", "century", "one-of"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
# Spring to winter, meteorological, northern: where the months of a season matter, an editor writes them.
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}

_POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX))?(?:-(?P<day>\d{2}|XX))?[?~%]?",
    re.ASCII,
)
_SET = re.compile(r"\[(?P<first>[^\[\],/]*?)\.\.(?P<last>[^\[\],/]*?)\]", re.ASCII)
_SET_FORM = 'write the first and the last day that it can be, as in "[2023-01-01..2023-02-04]"'
_YEARS = "write a year from 0001 to 9999, with four digits"


class DateError(ValueError):
    """A text that is no date of the kind described above: `why`, and what to write instead.

    `meant` is the one date that it can mean, or nothing.
    """

    def __init__(self, why: str, remedy: str, meant: str = "") -> None:
        super().__init__(f"{why}: {remedy}")
        self.why = why
        self.remedy = remedy
        self.meant = meant


@dataclass(frozen=True, slots=True)
class Point:
    """One date of any precision: the first and the last day it can mean.

    One of a set has the precision `one-of`; `ends` are then the first and the last date of the set.
    """

    text: str
    first: date
    last: date
    precision: Precision
    ends: tuple[Point, Point] | None = None

    @property
    def approximate(self) -> bool:
        return self.text.endswith(("~", "%"))

    @property
    def uncertain(self) -> bool:
        return self.text.endswith(("?", "%"))

    @property
    def parts(self) -> tuple[int, ...]:
        """The year, then the month and the day as far as they are exact."""
        return self.first.timetuple()[: {"day": 3, "month": 2}.get(self.precision, 1)]

    @property
    def machine(self) -> str | None:
        """The value for HTML's `time` element (a day, a month or a year), or None where it has none."""
        length = {"day": 10, "month": 7, "year": 4}.get(self.precision)
        return self.first.isoformat()[:length] if length else None


@dataclass(frozen=True)
class Edtf:
    """A date or an interval.

    `start` and `end` are the same point for a single date; None stands for an open (`..`) or unknown end.
    `text` is what the editor wrote.
    """

    text: str
    start: Point | None
    end: Point | None

    @cached_property
    def first(self) -> date:
        """The earliest day it can mean; `date.min` where the start is open or unknown."""
        return self.start.first if self.start else date.min

    @cached_property
    def last(self) -> date:
        """The latest day it can mean; `date.max` where the end is open or unknown."""
        return self.end.last if self.end else date.max

    @cached_property
    def order(self) -> tuple[date, date]:
        """Sorts by the earliest day, then by the latest: what can be placed more exactly comes first."""
        return self.first, self.last

    def __hash__(self) -> int:
        # What is looked up by a date is looked up often.
        return hash(self.text)

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    @property
    def anchor(self) -> date:
        """The day that places it under a year: its first day, or its last where it has no first."""
        return self.start.first if self.start else self.last

    @property
    def precision(self) -> Precision:
        """The precision of the start, or of the end where there is no start."""
        point = self.start or self.end
        assert point is not None
        return point.precision

    @property
    def inexact(self) -> bool:
        """Whether any part is approximate, uncertain, unspecified, open, or coarser than a day."""
        return any(
            p is None or p.approximate or p.uncertain or p.precision != "day" for p in (self.start, self.end)
        )

    @property
    def machine(self) -> str | None:
        """The start's value for HTML's `time` element, or None."""
        point = self.start or self.end
        return point.machine if point else None

    def __str__(self) -> str:
        return self.text


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise _no_date(text)
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year:
        if month or day:
            raise DateError(f"{text!r} leaves the year open and names a month", f"write only '{year}'")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        if low == 0:
            raise DateError(f"{text!r} begins with a year 0000", _YEARS)
        wide: Precision = "century" if year.endswith("XX") else "decade"
        return Point(text, date(low, 1, 1), date(high, 12, 31), wide)
    number = int(year)
    if number == 0:
        raise DateError("there is no year 0000", _YEARS)
    if month is None or (month == "XX" and day in (None, "XX")):
        return Point(text, date(number, 1, 1), date(number, 12, 31), "year")
    if month == "XX":
        raise DateError(f"{text!r} names a day and no month", f"write only '{year}'")
    season = int(month)
    if season in _SEASON_MONTHS:
        if day is not None:
            raise DateError(f"{text!r} names a day of a season", f"write only '{year}-{month}'")
        first, last = _SEASON_MONTHS[season]
        last_year = number + 1 if last < first else number
        if last_year > 9999:
            raise DateError(f"{text!r} ends after the year 9999", _YEARS)
        end = date(last_year, last, monthrange(last_year, last)[1])
        return Point(text, date(number, first, 1), end, "season")
    if not 1 <= season <= 12:
        if day is None and meant(text):
            raise _no_date(text)
        raise DateError(f"there is no month {month}", "write year-month-day; months run from 01 to 12")
    days = monthrange(number, season)[1]
    if day is None or day == "XX":
        return Point(text, date(number, season, 1), date(number, season, days), "month")
    if not 1 <= int(day) <= days:
        raise DateError(
            f"there is no {int(day)} {_MONTHS[season - 1]} {number}", f"write a day from 01 to {days}"
        )
    exact = date(number, season, int(day))
    return Point(text, exact, exact, "day")


def _no_date(text: str) -> DateError:
    """Return what is unusual about a text that is no date, and what was most likely meant."""
    if not text.strip():
        return DateError("the date is empty", "write it as 2024-05-31, 2024-05 or 2024")
    try:
        candidates = [parse_date(candidate) for candidate in meant(text) if candidate != text]
    except DateError as error:
        return DateError(error.why, error.remedy)
    if not candidates:
        return DateError(
            f"{shown(text)} is no date",
            "write it as 2024-05-31, 2024-05, 2024, 2023~ (about), 2023? (uncertain) "
            "or 2021-03-18/2021-03-19 (from, to)",
        )
    if len(candidates) > 1:
        what = "days" if all(c.precision == "day" for c in candidates) else "spans"
        choice = " or ".join(f"'{c.text}' for {_in_words(c)}" for c in candidates)
        return DateError(f"{text!r} can mean two {what}", f"write {choice}")
    written = candidates[0].text
    if has_time(text):
        return DateError(f"{text!r} has a time of day", f"write the date alone, as '{written}'")
    return DateError(f"{text!r} is not written as dates are here", f"write '{written}'", written)


def _in_words(when: Edtf) -> str:
    """Return a day, or an interval of months or years, as English has it."""
    if when.precision == "year":
        return f"{when.first.year} to {when.last.year}"
    first, last = (f"{_MONTHS[day.month - 1]} {day.year}" for day in (when.first, when.last))
    return f"{first} to {last}" if when.is_interval else f"{when.first.day} {first}"


def _one_of(text: str, first: str, last: str) -> Point:
    ends = (_point(first), _point(last))
    for end in ends:
        if end.precision not in ("day", "month", "year") or not end.text.replace("-", "").isdecimal():
            raise DateError(f"{end.text!r} cannot bound the days that {text!r} may be", _SET_FORM)
    if ends[0].first >= ends[1].last:
        raise DateError(f"{text!r} ends before it begins", f"write '[{last}..{first}]'")
    return Point(text, ends[0].first, ends[1].last, "one-of", ends)


@lru_cache(maxsize=65536)
def parse_date(text: str) -> Edtf:
    """Return the date or interval that `text` writes. Raises DateError with the remedy."""
    if len(text) > limits.DATE:
        raise _no_date(text)
    if found := _SET.fullmatch(text):
        point = _one_of(text, found["first"], found["last"])
        return Edtf(text, point, point)
    if text.startswith(("[", "{")):
        raise DateError(f"{text!r} is no date", _SET_FORM)
    if "/" not in text:
        point = _point(text)
        return Edtf(text, point, point)
    left, _, right = text.partition("/")
    if "/" in right or not _is_end(left) or not _is_end(right):
        # The slashes may be another country's way to part day, month and year.
        raise _no_date(text)
    start = None if left in ("", "..") else _point(left)
    end = None if right in ("", "..") else _point(right)
    if start is None and end is None:
        raise DateError("the interval has no end at all", "write '../2021', '2021/..' or both ends")
    if start and end and start.first > end.first:
        if start.first <= end.last:
            raise DateError(
                f"the interval's end, '{right}', can be earlier than its start, '{left}'",
                "write the end as exactly as the start",
            )
        raise DateError("the interval ends before it begins", f"write '{right}/{left}'")
    return Edtf(text, start, end)


def _is_end(text: str) -> bool:
    return text in ("", "..") or _POINT.fullmatch(text) is not None
