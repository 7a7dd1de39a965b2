"""Time in equal parts of the calendar, for what is too dense to show one by one.

A step is a number of months; its periods begin where the calendar's do (1995–1999, July–September 2021).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from diplomatic_timeline.views.dates import span
from diplomatic_timeline.views.wording import ENGLISH, Wording

STEPS = (1, 3, 12, 24, 60, 120, 300, 600, 1200, 12000)
_MONTH = 365.2425 / 12


@dataclass(frozen=True, slots=True)
class Bin:
    """What falls into one period: its first and last day, how many events, how many quotes."""

    first: date
    last: date
    events: int
    quotes: int

    def display(self, words: Wording = ENGLISH) -> str:
        """Return the period as a person writes it: `1995–1999`, `July–September 2021`."""
        whole = (self.first.month, self.last.month) == (1, 12)
        return span(self.first, self.last, "year" if whole else "month", words)


def step(days: int, width: float, least: float, parts: int = 1) -> int:
    """Return the smallest step whose periods are at least so wide, where so many days take `width`.

    It is a multiple of `parts`, so that its periods begin and end with those of a smaller step.
    """
    for months in STEPS:
        if months % parts == 0 and width * months * _MONTH / days >= least:
            return months
    return STEPS[-1]


def described(months: int, words: Wording = ENGLISH) -> str:
    """Return the length of a period: `month`, `3 months`, `year`, `5 years`."""
    return words("chart.months", n=months) if months < 12 else words("chart.years", n=months // 12)


def bins(items: Iterable[tuple[date, int]], months: int) -> tuple[Bin, ...]:
    """Return the periods into which (day, quotes) fall, from the earliest; none that is empty."""
    events: dict[int, int] = {}
    quotes: dict[int, int] = {}
    for day, said in items:
        number = (day.year * 12 + day.month - 1) // months
        events[number] = events.get(number, 0) + 1
        quotes[number] = quotes.get(number, 0) + said
    return tuple(
        Bin(_first(n * months), _before((n + 1) * months), events[n], quotes[n]) for n in sorted(events)
    )


def _first(month: int) -> date:
    """Return the first day of a month, counted from the year 0; there is no day before the year 1."""
    return date(month // 12, month % 12 + 1, 1) if month >= 12 else date.min


def _before(month: int) -> date:
    """Return the last day before a month; there is none after the year 9999."""
    return date.fromordinal(_first(month).toordinal() - 1) if month < 120000 else date.max
