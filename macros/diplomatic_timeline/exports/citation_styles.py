"""A page's citation as people write it: Chicago (notes and bibliography, 18th edition) and APA (7th edition).

Only for pages of this site, which have no author and mostly no date; the general case is work for a citation
processor, with which the tests compare. No date of access is given: only the reader knows it.
"""

from __future__ import annotations

from pydantic_core import to_json

from diplomatic_timeline.exports.citations import Reference, bibtex_entry, csl_item, ris_entry, sentence
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.views.models import CitationForm, Pieces
from diplomatic_timeline.views.wording import Wording


def _dated(when: Edtf | None, order: str, words: Wording) -> str | None:
    """Return a day, month or year as the styles write it, or None where it is none of these."""
    point = when.start if when and not when.is_interval else None
    if point is None or point.precision not in ("day", "month", "year"):
        return None
    day = point.first
    if point.precision == "year":
        return str(day.year)
    key = f"cite.{order}.{point.precision}"
    return words(key, day=day.day, month=words.months[day.month], year=str(day.year))


def _inner(title: str) -> str:
    """Return a title as it stands inside quotation marks."""
    return title.replace("“", "‘").replace("”", "’")


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def chicago_note(r: Reference) -> Pieces:
    """Return a footnote: “Title,” what it is, site, date of change, address."""
    title = r.words.quoted(f"{_inner(r.title)},")
    rest = ", ".join(filter(None, (r.genre, r.container, _changed(r), r.url)))
    return (("text", _stopped(f"{title} {rest}")),)


def chicago_entry(r: Reference) -> Pieces:
    """Return an entry of the bibliography, which begins with the site: the page names no other author."""
    title = r.words.quoted(_stopped(_inner(r.title)))
    parts = (r.container, title, sentence(r.genre or ""), sentence(_changed(r)), r.url)
    return (("text", " ".join(part if part is title else _stopped(part) for part in parts if part)),)


def _changed(r: Reference) -> str:
    date = _dated(r.date, "month_first", r.words)
    return r.words("cite.changed", date=date) if date else ""


def apa(r: Reference) -> Pieces:
    """Return an entry of the list of references: without an author, the title stands first."""
    date = _dated(r.date, "year_first", r.words) or r.words("cite.undated")
    about = f" [{sentence(r.genre)}]" if r.genre else ""
    end = "" if not about and r.title.endswith((".", "?", "!")) else "."
    rest = f"{about}{end} ({date}). {_stopped(r.container or '')}"
    return (("work", r.title), ("text", f"{rest} {r.url}" if r.url else rest))


def forms(r: Reference) -> tuple[CitationForm, ...]:
    """Return one page's citation in every form, those for people first."""
    ris = "\n".join(ris_entry(r)).rstrip("\n")
    item = to_json([csl_item(r)], indent=1).decode()
    return (
        CitationForm("chicago", "Chicago", chicago_note(r)),
        CitationForm("bibliography", r.words("cite.bibliography"), chicago_entry(r)),
        CitationForm("apa", "APA", apa(r)),
        CitationForm("bibtex", "BibTeX", (("text", bibtex_entry(r).strip()),), code=True),
        CitationForm("ris", "RIS", (("text", ris),), code=True),
        CitationForm("csl", "CSL-JSON", (("text", item),), code=True),
    )
