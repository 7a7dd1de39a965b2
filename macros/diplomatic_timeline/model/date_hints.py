"""What an editor may have meant by a text that is no date: `31 May 2024` is meant for `2024-05-31`."""

from __future__ import annotations

import re
import unicodedata

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_TIME = r"[t ,]+(?:at )?[0-9]{1,2}(?::[0-9]{2}){1,2}(?:[.,][0-9]+)? ?(?:am|pm|z|utc|gmt|[+-][0-9:]{2,5})?"

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}[-./ ](?P<month>[0-9]{{1,2}})(?:[-./ ]{_DAY})?",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
        rf"(?P<month>[0-9]{{1,2}})[-./]{_YEAR}",
        rf"(?:{_DAY}(?: of)? )?{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_YEAR},? {_MONTH}(?: {_DAY})?",
        rf"{_YEAR} ?年(?: ?(?P<month>[0-9]{{1,2}}) ?月(?: ?{_DAY} ?日)?)?",
        _YEAR,
    )
)
_NUMBERS = re.compile(r"([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})")
_DECADE = re.compile(r"(?:the )?([0-9]{3})0'?s")
_SEASON = re.compile(rf"(?:the )?({'|'.join(_SEASONS)})(?: of)?,? {_YEAR}")
_DAYS = re.compile(rf"(?P<first>[0-9]{{1,2}}) ?- ?{_DAY} {_MONTH},? {_YEAR}")
_DAYS_AFTER = re.compile(rf"{_MONTH} (?P<first>[0-9]{{1,2}}) ?- ?{_DAY},? {_YEAR}")
_MONTH_PAIR = re.compile(rf"(?P<first>[a-z]{{3,9}}) ?- ?{_MONTH} {_YEAR}")
_YEAR_PAIR = re.compile(r"([0-9]{2})([0-9]{2})/(1[3-9]|[2-9][0-9])")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?=.)")
_QUALIFIERS = (
    (re.compile(r"(?:about|around|approximately|roughly|circa|ca\.?|c\.|early|mid|late)[ -]*(?=.)"), "~"),
    (re.compile(r"(?:probably|perhaps|possibly|maybe) "), "?"),
)


def has_time(text: str) -> bool:
    """Return whether the text ends in a time of day."""
    return re.search(rf"[0-9]{_TIME}$", text.strip().casefold()) is not None


def meant(text: str) -> tuple[str, ...]:
    """Return what the text most likely means in EDTF: nothing, one date, or two that are equally likely.

    Whether the days exist is not checked.
    """
    plain = unicodedata.normalize("NFKC", text).strip().rstrip(".").casefold()
    plain = re.sub(r"\s+", " ", re.sub("[‐‑‒–—−]", "-", plain))
    plain = re.sub(rf"(?<=[0-9]){_TIME}$", "", _WEEKDAY.sub("", plain))
    if (found := _NUMBERS.fullmatch(plain)) and found[1] != found[2]:
        one, two, year = int(found[1]), int(found[2]), found[3]
        dates = (f"{year}-{two:02}-{one:02}", f"{year}-{one:02}-{two:02}")
        return dates if max(one, two) <= 12 else dates[:1] if one > 12 else dates[1:]
    candidate = _open(plain) or _between(plain) or _years(plain) or _single(plain) or _range(plain)
    return (candidate,) if candidate else ()


def _open(text: str) -> str | None:
    if found := re.fullmatch(r"(?:since|from) (.+?)(?: on(?:wards)?)?", text):
        return _interval(_single(found[1]), "..")
    if found := re.fullmatch(r"(?:until|till|up to|by) (.+)", text):
        return _interval("..", _single(found[1]))
    return None


def _years(text: str) -> str | None:
    found = _YEAR_PAIR.fullmatch(text)
    return f"{found[1]}{found[2]}/{found[1]}{found[3]}" if found else None


def _between(text: str) -> str | None:
    """Return the set of days of which one is meant by `between 1 May and 4 May 2024`."""
    found = re.fullmatch(r"(?:some(?: ?time| day) )?between (.+?) and (.+)", text)
    if found is None:
        return None
    # What both share is often said once: `between 1 and 4 May 2024`, `between May and June 2024`.
    shared = found[2].split()[-2:]
    candidates = (found[1], f"{found[1]} {shared[-1]}", " ".join((found[1], *shared)))
    first = next((date for date in map(_single, candidates) if date), None)
    last = _single(found[2])
    return f"[{first}..{last}]" if first and last else None


def _range(text: str) -> str | None:
    for form in (_DAYS, _DAYS_AFTER, _MONTH_PAIR):
        if found := form.fullmatch(text):
            end = _written(found)
            first = found["first"]
            if form is _MONTH_PAIR:
                number = _number(first)
                return _interval(f"{found['year']}-{number}" if number else None, end)
            return _interval(end and f"{end[:8]}{int(first):02}", end)
    for separator in (" to ", " - ", "/", "-"):
        left, found_one, right = text.partition(separator)
        if found_one and (ends := _interval(_single(left.strip()), _single(right.strip()))):
            return ends
    return None


def _interval(start: str | None, end: str | None) -> str | None:
    return f"{start}/{end}" if start and end else None


def _single(text: str) -> str | None:
    for qualifier, mark in _QUALIFIERS:
        if found := qualifier.match(text):
            core = _single(text[found.end() :])
            return core + mark if core and core[-1] not in "~?%" else core
    mark = text[-1:] if text[-1:] in ("~", "?", "%") else ""
    text = text.removesuffix(mark).rstrip()
    for form in _FORMS:
        if found := form.fullmatch(text):
            core = _written(found)
            return core + mark if core else None
    if (found := _NUMBERS.fullmatch(text)) and found[1] == found[2]:
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}{mark}"
    if found := _DECADE.fullmatch(text):
        return f"{found[1]}X{mark}"
    if found := _SEASON.fullmatch(text):
        return f"{found['year']}-{_SEASONS[found[1]]}{mark}"
    return None


def _written(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    if not parts.get("month"):
        return parts["year"]
    month = _number(parts["month"])
    if month is None:
        return None
    day = parts.get("day")
    return f"{parts['year']}-{month}" + (f"-{int(day):02}" if day else "")


def _number(month: str) -> str | None:
    if month.isdecimal():
        return f"{int(month):02}"
    return f"{_MONTHS.index(month[:3]) + 1:02}" if month[:3] in _MONTHS else None
