"""What an editor may have meant by a text that is no date: `31 May 2024` is meant for `2024-05-31`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from diplomatic_timeline.model import limits

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\b\.?"
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
        rf"(?:{_DAY}(?: of)?[ -]?)?{_MONTH}(?: of)?,?[ -]?{_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_YEAR},?[ -]{_MONTH}(?:[ -]{_DAY})?",
        rf"{_YEAR} ?年(?: ?(?P<month>[0-9]{{1,2}}) ?月(?: ?{_DAY} ?日)?)?",
        _YEAR,
    )
)
_NUMBERS = re.compile(r"([0-9]{1,2})[-./ ] ?([0-9]{1,2})[-./ ] ?([0-9]{4})")
_DECADE = re.compile(r"(?:the )?([0-9]{2}[1-9])0'?s")  # 1900s may be ten years or a hundred
_SEASON = re.compile(
    rf"(?:the )?({'|'.join(_SEASONS)})(?: of)?,? {_YEAR}(?:[-/](?P<second>[0-9]{{2}}|[0-9]{{4}}))?"
)
_DAYS = re.compile(rf"(?P<first>[0-9]{{1,2}})(?:st|nd|rd|th)? ?(?:-|and|&) ?{_DAY} {_MONTH},? {_YEAR}")
_DAYS_AFTER = re.compile(rf"{_MONTH} (?P<first>[0-9]{{1,2}})(?:st|nd|rd|th)? ?(?:-|and|&) ?{_DAY},? {_YEAR}")
_MONTH_PAIR = re.compile(rf"(?P<first>{'|'.join(_MONTHS)})\b\.? ?[-/] ?{_MONTH},? {_YEAR}")
_FIGURES = re.compile(rf"{_YEAR} ?(?P<sign>[-/]) ?(?P<last>[0-9]{{1,2}})")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|r|rs)?\b\.?,? (?=[0-9a-z])"
)
_QUALIFIERS = (
    (
        re.compile(
            r"(?:(?:about|around|approximately|roughly|circa|ca|early|mid|late)\b\.?|c\.|c(?=[0-9]))"
            r"[ -]*(?=.)"
        ),
        "~",
    ),
    (re.compile(r"(?:probably|perhaps|possibly|maybe) "), "?"),
)


def has_time(text: str) -> bool:
    """Return whether the text ends in a time of day."""
    return re.search(rf"[0-9]{_TIME}$", text.strip().casefold()) is not None


def meant(text: str) -> tuple[str, ...]:
    """Return what the text most likely means in EDTF: nothing, one date, or two that are equally likely.

    Whether the days exist is not checked.
    """
    if len(text) > limits.DATE:
        return ()
    plain = unicodedata.normalize("NFKC", text).strip().rstrip(".").casefold()
    parted = re.search("[‐‑‒–—−]", plain) is not None
    plain = re.sub(
        rf"(?<=[0-9~?]) ?[–—] ?(?={_YEAR}-)", "/", plain
    )  # from one date as written here to another
    plain = re.sub(r"\s+", " ", re.sub("[‐‑‒–—−]", "-", plain))
    named = _WEEKDAY.search(plain)
    candidates: tuple[str, ...]
    plain = re.sub(rf"(?<=[0-9]){_TIME}$", "", _WEEKDAY.sub("", plain))
    if (found := _NUMBERS.fullmatch(plain)) and found[1] != found[2]:
        one, two, year = int(found[1]), int(found[2]), found[3]
        dates = (f"{year}-{two:02}-{one:02}", f"{year}-{one:02}-{two:02}")
        candidates = dates if max(one, two) <= 12 else dates[:1] if one > 12 else dates[1:]
    elif found := _FIGURES.fullmatch(plain):
        candidates = _last_figures(found, is_range=parted)
    else:
        candidate = _open(plain) or _between(plain) or _single(plain) or _range(plain)
        candidates = (candidate,) if candidate else ()
    return tuple(c for c in candidates if not named or _falls_on(c, named[1]))


def _falls_on(candidate: str, weekday: str) -> bool:
    """Return whether a date falls on the day of the week that is written beside it."""
    try:
        return _WEEKDAYS[date.fromisoformat(candidate[:10]).weekday()] == weekday
    except ValueError:
        return len(candidate) >= 10  # No day of the calendar, which is told when it is parsed.


def _last_figures(found: re.Match[str], *, is_range: bool) -> tuple[str, ...]:
    """Return what a year and figures mean: a month of it, or the last figures of a later year.

    `is_range` says that a dash stands between them, which parts years only. `1999/02` and `1998-9` may be
    either, and so nothing is proposed; `2024-34` is a quarter to EDTF, and years to others.
    """
    year, figures, written = int(found["year"]), int(found["last"]), found["sign"] == "-" and not is_range
    span = 10 ** len(found["last"])
    last = year - year % span + figures
    if last <= year and span == 100:
        last += span
    # Beyond a century's end nobody leaves figures out, except for years that are near.
    near = last // 100 == year // 100 or last - year <= (20 if figures else 1)
    is_pair = year < last <= 9999 and near
    pair, month = f"{year:04}/{last:04}", f"{year:04}-{figures:02}"
    if figures in range(1, 13) and not is_range:
        return () if is_pair else (month,)
    if not is_pair:
        return ()
    if written and 33 <= figures <= 36 and last > year + 1:
        first = 3 * (figures - 33) + 1
        return (pair, f"{year:04}-{first:02}/{year:04}-{first + 2:02}")
    return (pair,)


def _open(text: str) -> str | None:
    if found := re.fullmatch(r"(?:since|from) (.+?)(?: on(?:wards)?)?", text):
        return _interval(_single(found[1]), "..")
    if found := re.fullmatch(r"(?:until|till|up to|by) (.+)", text):
        return _interval("..", _single(found[1]))
    return None


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
    if not first or not last or first[: len(last)] > last[: len(first)]:
        return None
    return f"[{first}..{last}]"


def _range(text: str) -> str | None:
    for form in (_DAYS, _DAYS_AFTER, _MONTH_PAIR):
        if found := form.fullmatch(text):
            end = _written(found)
            first = found["first"]
            if form is _MONTH_PAIR:
                return _interval(f"{found['year']}-{_number(first)}", end)
            return _interval(end and f"{end[:8]}{int(first):02}", end)
    for separator in (" to ", " - ", "/", "-"):
        left, found_one, right = (part.strip() for part in text.partition(separator))
        if not found_one or not (end := _single(right)):
            continue
        if re.search("[a-z]", left) and not re.search("[0-9]{4}", left):
            left = f"{left} {end[:4]}"  # 30 April to 2 May 2024
        start = _single(left)
        if separator in ("/", "-") and start and len(start) != len(end):
            continue  # May 1999/2000
        if ends := _interval(start, end):
            return ends
    return None


def _interval(start: str | None, end: str | None) -> str | None:
    """Return an interval; None for one that would end before it begins."""
    if not start or not end or (start[0] != "." != end[0] and start[: len(end)] > end[: len(start)]):
        return None
    return f"{start}/{end}"


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
        year, second = found["year"], found["second"]
        if second and (found[1] != "winter" or f"{int(year) + 1:04}"[-len(second) :] != second):
            return None
        return f"{year}-{_SEASONS[found[1]]}{mark}"
    return None


def _written(found: re.Match[str]) -> str | None:
    """Return the day, month or year of a form; None where two figures are no month."""
    parts = found.groupdict()
    if not parts.get("month"):
        return str(parts["year"])
    day, month = parts.get("day"), _number(parts["month"])
    if day is None and month > "12":
        return None
    return f"{parts['year']}-{month}" + (f"-{int(day):02}" if day else "")


def _number(month: str) -> str:
    return f"{_MONTHS.get(month) or int(month):02}"
