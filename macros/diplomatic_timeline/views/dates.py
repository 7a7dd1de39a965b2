"""Dates in words, in the language of the interface: `18–19 March 2021`, `about 2023`, `since May 2024`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from diplomatic_timeline.model.dates import Edtf, Point
from diplomatic_timeline.views.wording import ENGLISH, Wording

Unit = Literal["day", "month", "year"]


def display(when: Edtf, words: Wording = ENGLISH) -> str:
    """Return a date as a person writes it."""
    return _display(when, words, "date")


def display_in_year(when: Edtf, words: Wording = ENGLISH) -> str:
    """Return a date under a heading that names its year: `18–19 March`. What is uncertain keeps its year."""
    uncertain = any(point and point.uncertain for point in (when.start, when.end))
    shared = when.first.year == when.last.year and not uncertain
    return _display(when, words, "date.in_year" if shared else "date")


@lru_cache(65536)
def _display(when: Edtf, words: Wording, form: str) -> str:
    start, end = when.start, when.end
    if start is None or end is None:
        known = start or end
        assert known is not None
        return words("date.since" if start else "date.until", date=_qualified(known, words, form))
    if not when.is_interval:
        return _qualified(start, words, form)
    marked = any(point.approximate or point.uncertain for point in (start, end))
    match start.precision:
        case "day" | "month" | "year" as unit if end.precision == unit and not marked:
            return span(start.first, end.first, unit, words, form)
    return words("date.interval", first=_qualified(start, words, form), last=_qualified(end, words, form))


def _qualified(point: Point, words: Wording, form: str) -> str:
    text = phrase(point, words, form)
    if point.approximate:
        text = words("date.about", date=text)
    return words("date.uncertain", date=text) if point.uncertain else text


def phrase(point: Point, words: Wording = ENGLISH, form: str = "date") -> str:
    """Return a date without its qualifiers: `18 March 2021`, `the 2010s`."""
    first, last = point.first, point.last
    match point.precision:
        case "season":
            season = words(f"season.{point.text[5:7]}")
            if last.year > first.year:
                # A winter lasts into the next year, which its year alone would not tell.
                return words("date.winter", season=season, year=str(first.year), next=f"{last.year % 100:02}")
            return words(f"{form}.season", season=season, year=str(first.year))
        case "decade":
            return words("date.decade", year=str(first.year))
        case "one-of" if point.ends:
            shared = "date.in_year" if first.year == last.year else form
            ends = (phrase(point.ends[0], words, shared), phrase(point.ends[1], words, form))
            return words("date.one_of", first=ends[0], last=ends[1])
        case "century":
            return words("date.century", n=first.year // 100 + 1)
        case "day" | "month" | "year" as unit:
            return span(first, first, unit, words, form)
    raise AssertionError(point)


def span(first: date, last: date, unit: Unit, words: Wording = ENGLISH, form: str = "date") -> str:
    """Return the days, months or years from one to another; what they share is said once: `March–May 2021`.

    `form` is the group of patterns: `date`, or `date.in_year` for those without a year.
    """
    if unit == "year":
        return years(first.year, last.year, words)
    if first.year != last.year:
        ends = [span(day, day, unit, words, form) for day in (first, last)]
        return words("date.interval", first=ends[0], last=ends[1])
    year, one_month = str(first.year), first.month == last.month
    months = words.months_alone if unit == "month" else words.months
    month, end = months[first.month], months[last.month]
    if unit == "month":
        if one_month:
            return words(f"{form}.month", month=month, year=year)
        return words(f"{form}.months", first=month, last=end, year=year)
    if first == last:
        return words(f"{form}.day", day=first.day, month=month, year=year)
    days = {"first": first.day, "last": last.day, "month": month, "year": year}
    return (
        words(f"{form}.days", **days)
        if one_month
        else words(f"{form}.days_of_months", **days, last_month=end)
    )


def years(first: int, last: int, words: Wording = ENGLISH) -> str:
    """Return the years from one to another: `2017–2024`, or only `2017`."""
    return str(first) if first == last else words("date.years", first=str(first), last=str(last))
