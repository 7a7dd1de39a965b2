"""TimelineJS files as slides: its JSON ("JSON data format", versions 3 and 1) and the CSV of its spreadsheet.

Whatever the file, a slide comes out in the shape of the JSON's version 3.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class UnreadableError(ValueError):
    """A file that is none of those that TimelineJS reads; the message says why."""


@dataclass(slots=True)
class Slides:
    """What a file holds: slides of events, and what else it says."""

    events: list[dict[str, Any]]
    left: list[str]


def read(data: bytes) -> Slides:
    """Return the slides of a file, JSON or CSV. Raises UnreadableError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("the file is not UTF-8: save it with that encoding") from None
    if text.lstrip().startswith(("{", "[")):
        return _read_json(text)
    return _read_csv(text)


def _read_json(text: str) -> Slides:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"line {error.lineno}: the file is no JSON: {error.msg}") from None
    if isinstance(found, dict) and isinstance(found.get("timeline"), dict):
        found = _modern(found["timeline"])
    slides = found.get("events") if isinstance(found, dict) else None
    if not isinstance(slides, list) or not all(isinstance(s, dict) for s in slides):
        raise UnreadableError("the file has no list 'events' of slides, as TimelineJS's JSON has")
    left = []
    if title := found.get("title"):
        left.append(f"title slide: {summed(title)}")
    left += [f"era: {summed(era)}" for era in found.get("eras") or ()]
    left += [f"{k}: {summed(v)}" for k, v in found.items() if k not in ("events", "title", "eras") and v]
    return Slides(slides, left)


def _modern(old: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON of TimelineJS's first version in the form of the third."""

    def slide(entry: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {"text": {k: entry[k] for k in ("headline", "text") if entry.get(k)}}
        for name, side in (("startDate", "start_date"), ("endDate", "end_date")):
            if entry.get(name):
                found[side] = _old_date(str(entry[name]))
        if isinstance(asset := entry.get("asset"), Mapping):
            found["media"] = {"url" if k == "media" else k: v for k, v in asset.items() if v}
        if entry.get("tag"):
            found["group"] = entry["tag"]
        used = ("headline", "text", "startDate", "endDate", "asset", "tag", "date", "era", "type")
        return found | {k: v for k, v in entry.items() if k not in used and v}

    return {
        "title": slide(old),
        "events": [slide(entry) for entry in old.get("date") or ()],
        "eras": [slide(entry) for entry in old.get("era") or ()],
    }


def summed(value: Any) -> str:
    """Return a value that has no place in a record as text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read_csv(text: str) -> Slides:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    known = {name.strip() for name in (rows[0] if rows else {}) if name}
    if not known & {"Headline", "Text"} or not known & {"Year", "Start Date"}:
        raise UnreadableError(
            "the first row names no columns of TimelineJS's spreadsheet: Year, Headline, Text"
        )
    slides: list[dict[str, Any]] = []
    left: list[str] = []
    for raw in rows:
        row = {k.strip(): (v or "").strip() for k, v in raw.items() if k and isinstance(v, str | None)}
        if not any(row.values()):
            continue
        slide = _slide(row)
        kind = row.get("Type", "").casefold()
        if kind in ("title", "era"):
            left.append(f"{'title slide' if kind == 'title' else 'era'}: {summed(slide)}")
        else:
            slides.append(slide)
    return Slides(slides, left)


_COLUMNS = {
    "Headline": ("text", "headline"),
    "Text": ("text", "text"),
    "Media": ("media", "url"),
    "Media Credit": ("media", "credit"),
    "Media Caption": ("media", "caption"),
    "Media Thumbnail": ("media", "thumbnail"),
    "Alt Text": ("media", "alt"),
}
_PARTS = ("Year", "Month", "Day", "Time")


def _slide(row: Mapping[str, str]) -> dict[str, Any]:
    """Return a spreadsheet's row as a slide of the JSON format."""
    slide: dict[str, Any] = {}
    for column, value in row.items():
        if not value:
            continue
        if column in _COLUMNS:
            group, name = _COLUMNS[column]
            slide.setdefault(group, {})[name] = value
        elif column in ("Group", "Tag"):
            slide["group"] = value
        elif column == "Display Date":
            slide["display_date"] = value
        elif column == "Background":
            slide["background"] = {"url" if "/" in value else "color": value}
        elif column in ("Start Date", "End Date"):
            slide[column.replace(" ", "_").casefold()] = _old_date(value)
        elif column.removeprefix("End ") in _PARTS:
            side = "end_date" if column.startswith("End ") else "start_date"
            slide.setdefault(side, {})[column.removeprefix("End ").casefold()] = value
        elif column != "Type" or value.casefold() not in ("title", "era"):
            slide[column.casefold()] = value
    return slide


def _old_date(text: str) -> dict[str, Any]:
    """Return a date as the first version writes it: `2012,1,26` in JSON, `1/26/2012` in its spreadsheet.

    What is none of these keeps its text.
    """
    text = text.replace(",", "-").strip("- ")
    if m := re.fullmatch(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text):
        year, month, day = m.groups()
    elif m := re.fullmatch(r"(?:(\d{1,2})/)?(?:(\d{1,2})/)?(-?\d{4})", text):
        month, day, year = m.groups()
    else:
        return {"year": text}
    return {k: v for k, v in (("year", year), ("month", month), ("day", day)) if v}
