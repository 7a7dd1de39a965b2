"""Dates of TimelineJS in all their spellings: objects, texts and numbers, with and without a time of day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from diplomatic_timeline.model import limits
from diplomatic_timeline.model.date_hints import meant
from diplomatic_timeline.model.dates import DateError, Edtf, parse_date

_TIME = re.compile(
    r"(?<=[0-9])(?:[Tt, ]+)(?P<time>[0-9]{1,2}(?::[0-9]{1,2}){1,2}(?:[.:][0-9]+)?(?: ?[AaPp]\.?[Mm]\.?)?"
    r"(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)$"
)
_BY_COMMAS = re.compile(r"(-?[0-9]{1,5})((?: ?, ?[0-9]{0,3}){1,7})")


def date_object(value: Any, *, month_first: bool = False) -> dict[str, Any]:
    """Return a date of any spelling as a date object of version 3.

    Version 1 writes `2012,1,26` and `2012,1,26,10,30,00` in JSON, and `1/26/2012` in its spreadsheet: the
    month comes first there. What is none of the known spellings is kept as `unread`.
    """
    text = " ".join(str(value).split()).strip(" ,")
    if len(text) > limits.DATE:
        return {"unread": value}
    time = _TIME.search(text)
    day = text[: time.start()] if time else text
    found = _parts(day.strip(" ,"), month_first=month_first)
    if found is None:
        return {"unread": value}
    return found | ({"time": time["time"]} if time else {})


def _parts(text: str, *, month_first: bool) -> dict[str, Any] | None:
    if m := _BY_COMMAS.fullmatch(text):
        rest = [part.strip() for part in m[2].split(",")[1:]]
        day = dict(zip(("year", "month", "day"), (m[1], *rest), strict=False))
        clock = [part for part in rest[2:] if part]
        return {k: v for k, v in day.items() if v} | ({"time": ":".join(clock)} if clock else {})
    if re.fullmatch(r"-?[0-9]{1,11}(?:\.0)?", text) and len(text) != 8:
        return {"year": text}
    if m := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?", text):
        return {k: v for k, v in zip(("year", "month", "day"), m.groups(), strict=True) if v}
    if month_first and (m := re.fullmatch(r"(?:([0-9]{1,2})/)?([0-9]{1,2})/(-?[0-9]{4})", text)):
        first, second, year = m.groups()
        return {"year": year, "month": first, "day": second} if first else {"year": year, "month": second}
    when = understood(text)
    point = when.start if when and not when.is_interval else None
    if point is None or point.text.strip("0123456789-") or point.precision not in ("year", "month", "day"):
        return None
    return dict(zip(("year", "month", "day"), point.text.split("-"), strict=False))


def understood(text: str) -> Edtf | None:
    """Return the one date that a text means, as people write dates; None for several or none."""
    try:
        return parse_date(text)
    except DateError:
        candidates = meant(text)
    try:
        return parse_date(candidates[0]) if len(candidates) == 1 else None
    except DateError:
        return None


def _number(value: Any) -> int | None:
    """Return a number that may be written as text, as in `1,999` or `5.0`; None for nothing.

    Raises ValueError for what is no whole number.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise ValueError
    number = float(re.sub(r"[\s,]", "", str(value)))
    if number != int(number):
        raise ValueError
    return int(number)


def _month(value: Any) -> int | None:
    """Return the number of a month, which may be written as its name. Raises ValueError."""
    named = understood(f"{value} 2000")
    if isinstance(value, str) and value.strip()[:1].isalpha() and named and named.precision == "month":
        return named.first.month
    return _number(value)


def point(date: Mapping[str, Any]) -> str:
    """Return a date object in EDTF. Raises ValueError where it is none of the years 1 to 9999."""
    year, month, day = _number(date.get("year")), _month(date.get("month")), _number(date.get("day"))
    if year is None or not 1 <= year <= 9999:
        raise ValueError
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"
