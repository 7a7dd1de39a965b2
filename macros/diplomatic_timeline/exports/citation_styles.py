"""A page's citation as people write it: Chicago (notes and bibliography, 18th edition) and APA (7th edition).

Only for pages of this site, which have no author and mostly no date; the general case is work for a citation
processor, with which the tests compare. No date of access is given: only the reader knows it.
"""

from __future__ import annotations

from pydantic_core import to_json

from diplomatic_timeline.exports.citations import Reference, bibtex_entry, csl_item, ris_entry, sentence
from diplomatic_timeline.model.dates import MONTHS, Edtf
from diplomatic_timeline.views.models import CitationForm, Pieces


def _american(when: Edtf, order: str) -> str | None:
    """Return a day, month or year as American styles write it, or None where it is none of these."""
    point = when.start if not when.is_interval else None
    if point is None or point.precision not in ("day", "month", "year"):
        return None
    year, month = f"{point.first.year}", MONTHS[point.first.month - 1]
    if point.precision == "year":
        return year
    day = f" {point.first.day}" if point.precision == "day" else ""
    if order == "year first":
        return f"{year}, {month}{day}"
    return f"{month}{day}, {year}" if day else f"{month} {year}"


def _inner(title: str) -> str:
    """Return a title as it stands inside quotation marks."""
    return title.replace("“", "‘").replace("”", "’")


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def chicago_note(r: Reference) -> Pieces:
    """Return a footnote: “Title,” what it is, site, date of change, address."""
    changed = _american(r.date, "month first") if r.date else None
    parts = (r.genre, r.container, f"last modified {changed}" if changed else None, r.url)
    return (("text", _stopped(f"“{_inner(r.title)},” {', '.join(p for p in parts if p)}")),)


def chicago_entry(r: Reference) -> Pieces:
    """Return an entry of the bibliography, which begins with the site: the page names no other author."""
    changed = _american(r.date, "month first") if r.date else None
    title = f"“{_stopped(_inner(r.title))}”"
    parts = (sentence(r.genre or ""), f"Last modified {changed}" if changed else None, r.url)
    return (("text", " ".join([_stopped(r.container), title, *(_stopped(p) for p in parts if p)])),)


def apa(r: Reference) -> Pieces:
    """Return an entry of the list of references: without an author, the title stands first."""
    date = (r.date and _american(r.date, "year first")) or "n.d."
    about = f" [{sentence(r.genre)}]" if r.genre else ""
    end = "" if not about and r.title.endswith((".", "?", "!")) else "."
    rest = f"{about}{end} ({date}). {_stopped(r.container)}"
    return (("work", r.title), ("text", f"{rest} {r.url}" if r.url else rest))


def forms(r: Reference) -> tuple[CitationForm, ...]:
    """Return one page's citation in every form, those for people first."""
    ris = "\n".join(ris_entry(r)).rstrip("\n")
    item = to_json([csl_item(r)], indent=1).decode()
    return (
        CitationForm("chicago", "Chicago", chicago_note(r)),
        CitationForm("bibliography", "Chicago bibliography", chicago_entry(r)),
        CitationForm("apa", "APA", apa(r)),
        CitationForm("bibtex", "BibTeX", (("text", bibtex_entry(r).strip()),), code=True),
        CitationForm("ris", "RIS", (("text", ris),), code=True),
        CitationForm("csl", "CSL-JSON", (("text", item),), code=True),
    )
