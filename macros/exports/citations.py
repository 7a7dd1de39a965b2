"""Sources and event pages for reference managers: CSL-JSON, BibTeX and RIS.

Every source of the record is cited, then every event's page here. A name stands as the record has it, never
cut into given and family name; an author written with a comma ("Lee, Matthew") is cut there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros import urls
from macros.dates import Edtf, Point
from macros.exports.imprint import Imprint
from macros.exports.json_files import dump
from macros.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Reference:
    """Something to cite. `kind` is a source's kind, or `event` for a page of this site."""

    id: str
    kind: str
    title: str
    container: str
    authors: tuple[str, ...]
    date: Edtf
    language: str | None
    url: str | None
    archive: str | None = None
    read: Edtf | None = None
    note: str | None = None


def references(timeline: Timeline, imprint: Imprint) -> Iterator[Reference]:
    """Yield every source in the order of the registry, then every event, the oldest first."""
    for s in timeline.corpus.sources.values():
        by = s.authors or ((s.agency,) if s.agency else ())
        yield Reference(
            id=s.id,
            kind=s.kind,
            title=s.title,
            container=s.publisher,
            authors=by,
            date=s.published,
            language=s.language,
            url=s.url,
            archive=s.archive_url,
            read=s.retrieved,
            note=s.note,
        )
    for event in timeline.events.values():
        url = imprint.address + urls.event(event.id) if imprint.address else None
        yield Reference(f"event-{event.id}", "event", event.title, imprint.name, (), event.date, None, url)


_CSL = {
    "press": "article-newspaper",
    "readout": "webpage",
    "transcript": "speech",
    "joint-statement": "report",
    "post": "post",
    "broadcast": "broadcast",
    "event": "webpage",
}
_RIS = {
    "press": "NEWS",
    "readout": "ELEC",
    "transcript": "HEAR",
    "joint-statement": "GOVDOC",
    "post": "BLOG",
    "broadcast": "MPCT",
    "event": "ELEC",
}


def _parts(point: Point) -> list[int]:
    match point.precision:
        case "day":
            return [point.first.year, point.first.month, point.first.day]
        case "month":
            return [point.first.year, point.first.month]
        case _:
            return [point.first.year]


def _csl_date(when: Edtf) -> dict[str, Any]:
    """Return a date variable of CSL-JSON 1.0.2; what it cannot say stands in `literal`."""
    known = [p for p in (when.start, when.end) if p is not None]
    if len(known) < 2 or any(p.precision in ("decade", "century") for p in known):
        return {"literal": when.text}
    points = known if when.is_interval else known[:1]
    date: dict[str, Any] = {"date-parts": [_parts(p) for p in points]}
    if any(p.approximate or p.uncertain for p in points):
        date["circa"] = True
    if points[0].precision == "season":
        date["season"] = int(points[0].text[5:7]) - 20
    return date


def _name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": author}


def csl(timeline: Timeline, imprint: Imprint) -> bytes:
    """Return the references as CSL-JSON."""
    found = []
    for r in references(timeline, imprint):
        item: dict[str, Any] = {"id": r.id, "type": _CSL[r.kind], "title": r.title}
        item["container-title" if r.kind != "joint-statement" else "publisher"] = r.container
        if r.authors:
            item["author"] = [_name(a) for a in r.authors]
        item["issued"] = _csl_date(r.date)
        if r.read:
            item["accessed"] = _csl_date(r.read)
        optional = {"language": r.language, "URL": r.url, "archive_location": r.archive, "note": r.note}
        item.update({name: value for name, value in optional.items() if value})
        found.append(item)
    return dump(found).encode("utf-8")


_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def _tex(text: str) -> str:
    escaped = _SPECIAL.sub(lambda m: _ESCAPES.get(m[0], f"\\{m[0]}"), text)
    return " ".join(escaped.split())


def _address(url: str) -> str:
    # An address keeps its signs; those that would end the field are written as percent codes (RFC 3986).
    for sign, code in (("\\", "%5C"), ("{", "%7B"), ("}", "%7D")):
        url = url.replace(sign, code)
    return url


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(timeline: Timeline, imprint: Imprint) -> bytes:
    """Return the references as BibTeX in UTF-8.

    `date` is EDTF for biblatex; `year` and `month` are for styles that know no `date`. Doubled braces keep
    capitals, and keep names from being cut.
    """
    entries = []
    for r in references(timeline, imprint):
        fields = {"title": f"{{{_tex(r.title)}}}"}
        if r.authors:
            fields["author"] = " and ".join(_tex(a) if ", " in a else f"{{{_tex(a)}}}" for a in r.authors)
        fields["journal" if r.kind == "press" else "howpublished"] = _tex(r.container)
        fields["date"] = r.date.text
        point = r.date.start or r.date.end
        if point is not None and point.precision in ("day", "month", "season", "year"):
            fields["year"] = f"{point.first.year}"
        month = _MONTHS[point.first.month - 1] if point and point.precision in ("day", "month") else None
        if r.url:
            fields["url"] = _address(r.url)
        if r.read:
            fields["urldate"] = r.read.text
        if r.language:
            fields["langid"] = _tex(r.language)
        if r.note:
            fields["note"] = _tex(r.note)
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
        if month:
            lines.append(f"  month = {month}")
        kind = "article" if r.kind == "press" else "misc"
        entries.append(f"@{kind}{{{r.id},\n" + ",\n".join(lines) + "\n}\n")
    return "\n".join(entries).encode("utf-8")


def ris(timeline: Timeline, imprint: Imprint) -> bytes:
    """Return the references as RIS: one tag a line, lines ending in CR LF, in UTF-8."""
    lines: list[str] = []

    def tag(name: str, value: str | None) -> None:
        if value:
            lines.append(f"{name}  - {' '.join(value.split())}")

    for r in references(timeline, imprint):
        tag("TY", _RIS[r.kind])
        tag("ID", r.id)
        tag("TI", r.title)
        for author in r.authors:
            tag("AU", author)
        tag("T2" if r.kind != "joint-statement" else "PB", r.container)
        point = r.date.start or r.date.end
        assert point is not None
        if point.precision not in ("decade", "century"):
            year, month, day = (*_parts(point), 0, 0)[:3]
            tag("PY", f"{year:04}")
            parts = (f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "", "")
            tag("DA", "/".join(parts))
        tag("LA", r.language)
        tag("UR", r.url)
        tag("L2", r.archive)
        tag("Y2", r.read.text.replace("-", "/") if r.read else None)
        tag("N1", r.note)
        if r.date.inexact or r.date.is_interval:
            tag("C1", f"Date in full: {r.date.text}")
        lines += ["ER  - ", ""]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")
