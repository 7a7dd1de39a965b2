"""Sources and event pages for reference managers: CSL-JSON, BibTeX and RIS.

Every source of the record is cited, then every event's page here. A name stands as the record has it, never
cut into given and family name: what has a comma or an "and" in it may be a ministry's.

A page here has no author but the site. An event's date is no date of publication: it stands where a format
keeps an event's, and in words in `genre`. A page is dated by its newest correction, and otherwise not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from diplomatic_timeline.exports.format import FilePlan, Format
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.json_files import dump
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


@dataclass(frozen=True, slots=True)
class Reference:
    """Something to cite. `kind` is a source's kind, or `event` for a page of this site.

    `date` is that of publication, `event` that of the event which the page is about; `genre` says that in
    words which follow its title.
    """

    id: str
    kind: str
    title: str
    container: str | None
    authors: tuple[str, ...] = ()
    date: Edtf | None = None
    language: str | None = None
    url: str | None = None
    archive: str | None = None
    read: Edtf | None = None
    note: str | None = None
    number: str | None = None
    pages: str | None = None
    doi: str | None = None
    event: Edtf | None = None
    genre: str | None = None
    words: Wording = ENGLISH


def sentence(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]


def of_event(event: Event, imprint: Imprint) -> Reference:
    """Return an event's page as something to cite."""
    changed = max((c.date for c in event.corrections), key=lambda d: d.order, default=None)
    url = imprint.address + urls.event(event.id) if imprint.address else None
    return Reference(
        id=f"event-{event.id}",
        kind="event",
        title=event.title,
        container=imprint.name,
        date=changed,
        url=url,
        event=event.date,
        genre=imprint.words("cite.genre", date=display(event.date, imprint.words)),
        words=imprint.words,
    )


_AS_IN_SOURCE = ("id", "kind", "title", "language", "url", "note", "number", "pages", "doi")


def references(timeline: Timeline, imprint: Imprint) -> Iterator[Reference]:
    """Yield every source in the order of the registry, then every event, the oldest first."""
    for s in timeline.corpus.sources.values():
        by = tuple(a.name for a in s.authors) or ((s.agency,) if s.agency else ())
        yield Reference(
            **{name: getattr(s, name) for name in _AS_IN_SOURCE},
            container=s.publisher,
            authors=by,
            date=s.published,
            archive=s.archive_url,
            read=s.retrieved,
            words=imprint.words,
        )
    for event in timeline.events.values():
        yield of_event(event, imprint)


_TYPES = {
    "press": ("article-newspaper", "NEWS"),
    "readout": ("webpage", "ELEC"),
    "transcript": ("speech", "HEAR"),
    "joint-statement": ("report", "GOVDOC"),
    "post": ("post", "BLOG"),
    "broadcast": ("broadcast", "MPCT"),
    "law": ("legislation", "STAT"),
    "treaty": ("treaty", "GOVDOC"),
    "court": ("legal_case", "CASE"),
    "archive": ("document", "UNPB"),
    "interview": ("interview", "PCOMM"),
    "report": ("report", "RPRT"),
    "book": ("book", "BOOK"),
    "dataset": ("dataset", "DATA"),
    "event": ("webpage", "ELEC"),
}
"""What CSL-JSON and RIS call each kind of source, and a page of this site."""
_BIBTEX = {"press": "article", "report": "techreport", "book": "book"}
_CONTAINER = {"press": "journal", "report": "institution", "book": "publisher"}
_PUBLISHED = ("joint-statement", "law", "treaty", "court", "archive", "report", "book", "dataset")
"""What stands for itself, and is in nothing that has a title of its own."""
_WIDE = ("decade", "century", "one-of")
"""Dates that name no year."""


def _csl_date(when: Edtf) -> dict[str, Any]:
    """Return a date variable of CSL-JSON 1.0.2; what it cannot say stands in `literal`."""
    known = [p for p in (when.start, when.end) if p is not None]
    if len(known) < 2 or any(p.precision in _WIDE for p in known):
        return {"literal": when.text}
    points = known if when.is_interval else [*(known[0].ends or known[:1])]
    date: dict[str, Any] = {"date-parts": [p.parts for p in points]}
    if known[0].ends or any(p.approximate or p.uncertain for p in points):
        date["circa"] = True
    if points[0].precision == "season":
        date["season"] = int(points[0].text[5:7]) - 20
    return date


def csl_item(r: Reference) -> dict[str, Any]:
    """Return one reference as an item of CSL-JSON."""
    item: dict[str, Any] = {"id": r.id, "type": _TYPES[r.kind][0], "title": r.title}
    if r.container:
        item["publisher" if r.kind in _PUBLISHED else "container-title"] = r.container
    if r.authors:
        item["author"] = [{"literal": name} for name in r.authors]
    dates = {"issued": r.date, "event-date": r.event, "accessed": r.read}
    item.update({name: _csl_date(when) for name, when in dates.items() if when})
    optional = {
        "genre": r.genre,
        "language": r.language,
        "number": r.number,
        "page": r.pages,
        "DOI": r.doi,
        "URL": r.url,
        "archive_location": r.archive,
        "note": r.note,
    }
    item.update({name: value for name, value in optional.items() if value})
    return item


def csl(timeline: Timeline, imprint: Imprint) -> bytes:
    """Return the references as CSL-JSON."""
    return dump([csl_item(r) for r in references(timeline, imprint)])


_SPECIAL = re.compile(r"[\\{}$&#%_~^<>|`]|-(?=-)|'(?=')")
# BibTeX counts braces, those behind a backslash too: one that stands alone would end or swallow entries.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # Signs that TeX's first encoding has not, and pairs that it makes one sign of.
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    "-": "-{}",
    "'": "'{}",
}


# An address keeps its signs; those that would end the field are written as percent codes (RFC 3986).
_IN_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})


def _tex(text: str | None) -> str:
    escaped = _SPECIAL.sub(lambda m: _ESCAPES.get(m[0], f"\\{m[0]}"), text or "")
    return " ".join(escaped.split())


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex_entry(r: Reference) -> str:
    """Return one reference as an entry of BibTeX.

    `date` is EDTF for biblatex; `year` and `month` are for styles that know no `date`. Doubled braces keep
    capitals, and keep names from being cut.
    """
    point = (r.date.start or r.date.end) if r.date else None
    has_year = point is not None and point.precision not in _WIDE
    has_month = point is not None and point.precision in ("day", "month")
    fields = {
        "title": f"{{{_tex(r.title)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in r.authors),
        _CONTAINER.get(r.kind, "howpublished"): _tex(r.container),
        "date": r.date.text if r.date else "",
        "year": f"{point.first.year}" if point and has_year else "",
        "eventdate": r.event.text if r.event else "",
        "number": _tex(r.number),
        "pages": re.sub(r"(?<=[0-9])[-–](?=[0-9])", "--", _tex(r.pages)),
        "doi": (r.doi or "").translate(_IN_ADDRESS),
        "url": (r.url or "").translate(_IN_ADDRESS),
        "urldate": r.read.text if r.read else "",
        "langid": _tex(r.language),
        "note": _tex(r.note or sentence(r.genre or "")),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if point and has_month:
        lines.append(f"  month = {_MONTHS[point.first.month - 1]}")
    kind = _BIBTEX.get(r.kind, "misc")
    return f"@{kind}{{{r.id},\n" + ",\n".join(lines) + "\n}\n"


def bibtex(timeline: Timeline, imprint: Imprint) -> bytes:
    """Return the references as BibTeX in UTF-8."""
    return "\n".join(map(bibtex_entry, references(timeline, imprint))).encode("utf-8")


def ris_entry(r: Reference) -> list[str]:
    """Return one reference as the lines of RIS, the empty one behind it included."""
    published = ("", "")
    if r.date and (point := r.date.start or r.date.end) and point.precision not in _WIDE:
        year, month, day = (*point.parts, 0, 0)[:3]
        parts = (f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "", "")
        published = (parts[0], "/".join(parts))
    inexact = r.date and (r.date.inexact or r.date.is_interval)
    tags = (
        ("TY", _TYPES[r.kind][1]),
        ("ID", r.id),
        ("TI", r.title),
        *(("AU", author) for author in r.authors),
        ("PB" if r.kind in _PUBLISHED else "T2", r.container),
        ("M1", r.number),
        ("SP", r.pages),
        ("DO", r.doi),
        ("PY", published[0]),
        ("DA", published[1]),
        ("LA", r.language),
        ("UR", r.url),
        ("L2", r.archive),
        ("Y2", r.read.text.replace("-", "/") if r.read else None),
        ("N1", r.note or sentence(r.genre or "")),
        ("C1", r.words("cite.whole_date", date=r.date.text) if r.date and inexact else None),
    )
    lines = (f"{name}  - {' '.join(value.split())}" for name, value in tags if value)
    return [*lines, "ER  - ", ""]


def ris(timeline: Timeline, imprint: Imprint) -> bytes:
    """Return the references as RIS: one tag a line, lines ending in CR LF, in UTF-8."""
    lines = (line for r in references(timeline, imprint) for line in ris_entry(r))
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")


def _plans(timeline: Timeline, imprint: Imprint) -> Iterator[FilePlan]:
    cited = len(timeline.corpus.sources) + len(timeline.events)
    for name, title, media, write in (
        ("citations.bib", "data.bibtex", "application/x-bibtex", bibtex),
        ("citations.ris", "data.ris", "application/x-research-info-systems", ris),
        ("csl.json", "data.csl", "application/vnd.citationstyles.csl+json", csl),
    ):
        whole = write(timeline, imprint)
        yield FilePlan(name, imprint.words(title), media, "citations", before=whole, count=cited)


FORMAT = Format(_plans)
"""The same references in three formats."""
