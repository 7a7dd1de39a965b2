"""TimelineJS files as slides: its JSON ("JSON data format", versions 3 and 1) and its spreadsheet.

JSON may be wrapped in a script that hands it over (JSONP), and a timeline may stand inside other objects.
Whatever the file, a slide comes out in the shape of the JSON's version 3.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from diplomatic_timeline.imports.tables import Record as Row
from diplomatic_timeline.imports.tables import (
    Table,
    UnreadableError,
    decode,
    is_workbook,
    read_csv,
    read_table,
)
from diplomatic_timeline.imports.timelinejs_dates import date_object
from diplomatic_timeline.model import limits


@dataclass(slots=True)
class Slides:
    """What a file holds: slides of events, and what else it says."""

    events: list[dict[str, Any]]
    left: list[str]


def read(data: bytes) -> Slides:
    """Return the slides of a file: JSON, CSV or XLSX. Raises UnreadableError, also where there are none."""
    if is_workbook(data):
        found = _read_sheet(read_table(data))
    else:
        text = decode(data)
        found = _read_json(text) or _read_sheet(read_csv(text))
    if not found.events:
        told = f"; it has {found.left[0].partition(':')[0]}" if found.left else ""
        raise UnreadableError(f"the file has no slides of events, so nothing was imported{told}")
    return found


# JSON

_COMMENT = r"/\*(?:(?!\*/).)*\*/"
_SCRIPT = re.compile(rf"[\s;]*(?:{_COMMENT}\s*)*(?:\w[\w.$\s]*[=(]|\)\]\}}'|typeof\b|window\b|\()", re.DOTALL)
_SCRIPT_ENDS = re.compile(rf"(?:[\s;)}}]|{_COMMENT}|//[^\n]*(?=\n|$))*", re.DOTALL)
_BEGINS = re.compile(r"(?:^|(?<=[=(;,'\n])|(?<=\bdefault ))\s*([{\[])")


def _read_json(text: str) -> Slides | None:
    """Return the slides of JSON, bare or inside a script; None where the text is neither."""
    twice: list[str] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                twice.append(f"{name}, which is given twice: {summed(found[name])}")
            found[name] = value
        return found

    bare = text.lstrip().startswith(("{", "["))
    wrapped = not bare and _SCRIPT.match(text) is not None
    decoder = json.JSONDecoder(object_pairs_hook=members)
    error: UnreadableError | None = None
    for begin in _BEGINS.finditer(text, 0, len(text) if bare else 2000):
        twice.clear()
        try:
            found, end = decoder.raw_decode(text, begin.start(1))
        except json.JSONDecodeError as problem:
            what = "JSON inside the script" if wrapped else "JSON"
            error = error or UnreadableError(f"line {problem.lineno}: the file is no {what}: {problem.msg}")
        except (RecursionError, ValueError) as problem:
            error = error or UnreadableError(f"the file is no JSON that can be read: {problem}")
        else:
            rest = text[end:]
            if (bare and not rest.strip()) or (not bare and _SCRIPT_ENDS.fullmatch(rest)):
                return _slides(found, twice)
            error = error or UnreadableError("the file is no JSON: more stands behind its end")
        if bare:
            break
    if error and (bare or wrapped):
        raise error
    return None


_WITHOUT_SLIDES = "the file has no list 'events' of slides, as TimelineJS's JSON has"


def _slides(found: Any, twice: list[str]) -> Slides:
    left = list(twice)
    timelines = list(_timelines(found, left, ""))
    if not timelines:
        raise UnreadableError(_WITHOUT_SLIDES)
    slides = []
    for timeline in timelines:
        for entry in timeline["events"]:
            if isinstance(entry, dict):
                slides.append(_modern(entry))
            elif says(entry):
                left.append(f"no slide: {summed(entry)}")
        if says(title := timeline.get("title")):
            left.append(f"title slide: {summed(title)}")
        eras = timeline.get("eras")
        left += [f"era: {summed(era)}" for era in _listed(eras) if says(era)]
        rest = {k: v for k, v in timeline.items() if k not in ("events", "title", "eras")}
        left += [f"{k}: {summed(v)}" for k, v in rest.items() if says(v)]
    if not slides:
        raise UnreadableError(_WITHOUT_SLIDES)
    return Slides(slides, left)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _is_slide(value: Any) -> bool:
    """Return whether a value is a slide of either version; a timeline may have a headline, too."""
    if not isinstance(value, dict):
        return False
    if "start_date" in value or "startDate" in value:
        return True
    return not any(k in value for k in ("events", "date", "timeline")) and any(
        k in value for k in ("headline", "text")
    )


def _timelines(found: Any, left: list[str], name: str, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the timelines in a value, in the shape of version 3; add to `left` what stands around them."""
    if depth > limits.DEPTH:
        raise UnreadableError("the file is no timeline: objects stand in one another too many times")
    if isinstance(found, list):
        if found and any(map(_is_slide, found)):
            yield {"events": found}
            return
        for entry in found:
            yield from _timelines(entry, left, name, depth + 1)
        return
    inside: list[str] = []
    timelines: list[dict[str, Any]] = []
    if not isinstance(found, dict):
        pass
    elif isinstance(events := found.get("events"), list | dict) and (events or len(found) == 1):
        if isinstance(events, dict):  # a single slide, or slides by their names
            events = [events] if _is_slide(events) else list(events.values())
        timelines = [{**found, "events": events}]
    elif "startDate" not in found and any(isinstance(date, dict) for date in _listed(found.get("date"))):
        # Of version 1: a list `date` of slides, or a single one.
        eras = [_modern(era) if isinstance(era, dict) else era for era in _listed(found.get("era"))]
        title = {k: v for k, v in found.items() if k not in ("date", "era")}
        timelines = [{"title": _modern(title), "eras": eras, "events": _listed(found.get("date"))}]
    elif not _is_slide(found):
        timelines = [t for k, v in found.items() for t in _timelines(v, inside, k, depth + 1)]
    if timelines:
        left += inside
        yield from timelines
    elif name and says(found):
        left.append(f"{name}: {summed(found)}")


def _modern(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a slide of TimelineJS's first version in the form of the third; one of the third as it is."""
    if not any(k in entry for k in ("startDate", "endDate", "headline", "asset", "tag")):
        return dict(entry)
    text = {k: entry[k] for k in ("headline", "text") if says(entry.get(k))}
    if isinstance(entry.get("text"), Mapping):
        text |= entry["text"]
    found: dict[str, Any] = {"text": text}
    used = ["headline", "text"]
    for name, side in (("startDate", "start_date"), ("endDate", "end_date")):
        if says(entry.get(name)) and side not in entry:
            value = entry[name]
            found[side] = value if isinstance(value, Mapping) else date_object(value, month_first=True)
            used.append(name)
    asset = entry.get("asset")
    if isinstance(asset, Mapping) and "media" not in entry:
        found["media"] = {"url" if k == "media" else k: v for k, v in asset.items() if says(v)}
        used.append("asset")
    if "group" not in entry:
        found |= {"group": entry["tag"]} if says(entry.get("tag")) else {}
        used.append("tag")
    return found | {k: v for k, v in entry.items() if k not in used and says(v)}


def says(value: Any) -> bool:
    """Return whether a value says anything: `false` and 0 do."""
    return value is not None and value != "" and value != {} and value != []


def summed(value: Any) -> str:
    """Return a value that has no place in a record as text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# The spreadsheet


def _read_sheet(table: Table) -> Slides:
    columns, rows, left = table.records(
        lambda names: bool(names & {"headline", "text"} and names & {"year", "start date"})
    )
    if not columns:
        raise UnreadableError(
            "the first row names no columns of TimelineJS's spreadsheet: Year, Headline, Text"
        )
    slides: list[dict[str, Any]] = []
    left += table.left
    for row in rows:
        slide, kind = _slide(row)
        if kind in ("title", "era"):
            left.append(f"{'title slide' if kind == 'title' else 'era'}: {summed(slide)}")
        else:
            slides.append(slide)
    return Slides(slides, left)


_COLUMNS = {
    "headline": ("text", "headline"),
    "text": ("text", "text"),
    "media": ("media", "url"),
    "media credit": ("media", "credit"),
    "media caption": ("media", "caption"),
    "media thumbnail": ("media", "thumbnail"),
    "alt text": ("media", "alt"),
}
_PARTS = ("year", "month", "day", "time")


def _slide(row: Row) -> tuple[dict[str, Any], str]:
    """Return a spreadsheet's row as a slide of the JSON format, and its type."""
    slide: dict[str, Any] = {}
    kind = ""
    for name, cell in row.cells.items():
        column, value = name.casefold(), cell.text
        for beside in cell.left:
            slide[f"{name} ({beside.partition(':')[0]})"] = beside.partition(": ")[2]
        if not value:
            continue
        if column in _COLUMNS:
            group, member = _COLUMNS[column]
            slide.setdefault(group, {})[member] = value
        elif column in ("group", "tag") and "group" not in slide:
            slide["group"] = value
        elif column == "display date":
            slide["display_date"] = value
        elif column == "background":
            slide["background"] = {"url" if "/" in value else "color": value}
        elif column in ("start date", "end date"):
            slide[column.replace(" ", "_")] = date_object(value, month_first=True)
        elif column.removeprefix("end ") in _PARTS:
            side = "end_date" if column.startswith("end ") else "start_date"
            slide.setdefault(side, {})[column.removeprefix("end ")] = value
        elif column == "type" and value.casefold() in ("title", "era"):
            kind = value.casefold()
        else:
            slide[f"column {name}" if column in ("text", "media", "unique_id", "location") else name] = value
    return slide, kind
