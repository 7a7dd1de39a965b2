"""Citations, read by pybtex, rispy and citeproc-py."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_bytes

from diplomatic_timeline.exports import citations
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_timeline

IMPRINT = Imprint("Sound", "https://example.org/sound/")


def source(**fields: Any) -> dict[str, Any]:
    paper = {"title": "A paper", "publisher": "The Paper", "published": "1990-05-05", "kind": "press"}
    return {"sources": {"paper": {**paper, **fields}}}


def keys(timeline: Timeline) -> list[str]:
    return [*timeline.corpus.sources, *(f"event-{id}" for id in timeline.events)]


def test_bibtex_and_ris_read_every_source_and_every_event(real: Timeline) -> None:
    parsed = parse_bytes(citations.bibtex(real, IMPRINT), "bibtex")
    assert list(parsed.entries) == keys(real)
    for id, s in real.corpus.sources.items():
        assert parsed.entries[id].fields.get("date") == (s.published and s.published.text)
        assert parsed.entries[id].fields["title"].strip("{}").replace("\\", "") == s.title
    parsed = rispy.loads(citations.ris(real, IMPRINT).decode("utf-8"))
    assert [e["id"] for e in parsed] == keys(real)
    for entry, s in zip(parsed, real.corpus.sources.values(), strict=False):
        assert entry["title"] == s.title
        assert entry.get("year") == (s.published and f"{s.published.anchor.year:04}")


def test_signs_of_tex_stand_escaped_and_a_name_is_never_cut() -> None:
    title = r"50 % of {tax} & \duty_1 #2 ~ $3^x"
    timeline = make_timeline(make_event(), **source(title=title, url="https://example.org/a_b%20{c}"))
    fields = parse_bytes(citations.bibtex(timeline, IMPRINT), "bibtex").entries["paper"].fields
    assert fields["title"] == (
        r"{50 \% of \textbraceleft{}tax\textbraceright{} \& \textbackslash{}duty\_1 \#2"
        r" \textasciitilde{} \$3\textasciicircum{}x}"
    )
    assert fields["url"] == "https://example.org/a_b%20%7Bc%7D"
    names = ["Wang Yi", "Lee, Matthew", "Ann Lund, Jr.", "Ministry of Fish and Trade, South"]
    fields = {"authors": [*names[:3], {"body": names[3]}]}
    timeline = make_timeline(make_event(), **source(**fields))
    authors = parse_bytes(citations.bibtex(timeline, IMPRINT), "bibtex").entries["paper"].persons["author"]
    assert [(a.last_names, a.first_names) for a in authors] == [([f"{{{name}}}"], []) for name in names]
    (item, _) = json.loads(citations.csl(timeline, IMPRINT))
    assert item["author"] == [{"literal": name} for name in names]
    (entry, _) = rispy.loads(citations.ris(timeline, IMPRINT).decode("utf-8"))
    assert entry["authors"] == names


@pytest.mark.parametrize(
    ("kind", "bibtex", "csl", "ris"),
    [
        ("law", "misc", "legislation", "STAT"),
        ("treaty", "misc", "treaty", "GOVDOC"),
        ("court", "misc", "legal_case", "CASE"),
        ("archive", "misc", "document", "UNPB"),
        ("interview", "misc", "interview", "PCOMM"),
        ("report", "techreport", "report", "RPRT"),
        ("book", "book", "book", "BOOK"),
        ("dataset", "misc", "dataset", "DATA"),
    ],
)
def test_each_kind_of_source_has_its_type_its_number_and_its_pages(
    kind: str, bibtex: str, csl: str, ris: str
) -> None:
    fields = {"kind": kind, "number": "Act 12", "pages": "3-5", "doi": "10.1000/18_2", "publisher": "unknown"}
    timeline = make_timeline(make_event(), **source(**fields, published="unknown"))
    entry = parse_bytes(citations.bibtex(timeline, IMPRINT), "bibtex").entries["paper"]
    told = [entry.fields.get(name) for name in ("number", "pages", "doi", "date", "howpublished")]
    assert (entry.type, *told) == (bibtex, "Act 12", "3--5", "10.1000/18_2", None, None)
    (item, _) = json.loads(citations.csl(timeline, IMPRINT))
    assert (item["type"], item["number"], item["page"], item["DOI"]) == (csl, "Act 12", "3-5", "10.1000/18_2")
    assert not {"issued", "publisher", "container-title"} & set(item)
    (cited, _) = rispy.loads(citations.ris(timeline, IMPRINT).decode("utf-8"))
    assert (cited["type_of_reference"], cited["doi"]) == (ris, "10.1000/18_2")
    assert "year" not in cited


@pytest.mark.parametrize(
    "text", ["a { b", "a } b", "}}, @misc{x, title = {y", "a \\ b", "\\", 'a " b @ c', "a % b"]
)
@pytest.mark.parametrize("field", ["title", "publisher", "note", "agency", "authors"])
def test_no_text_of_the_record_ends_an_entry_or_begins_one(field: str, text: str) -> None:
    timeline = make_timeline(make_event(), **source(**{field: [text] if field == "authors" else text}))
    written = citations.bibtex(timeline, IMPRINT)
    assert list(parse_bytes(written, "bibtex").entries) == keys(timeline)
    depth = 0
    for sign in written.decode():  # as BibTeX counts: a backslash does not matter
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("published", "expected"),
    [("1990-05-05", "1990/05/05/"), ("1990-05", "1990/05//"), ("1990~", "1990///"), ("[1990..1991]", None)],
)
def test_ris_dates_are_as_exact_as_the_record(published: str, expected: str) -> None:
    timeline = make_timeline(make_event(), **source(published=published))
    entry = rispy.loads(citations.ris(timeline, IMPRINT).decode("utf-8"))[0]
    assert entry.get("date") == expected
    inexact = published != "1990-05-05"
    assert (entry.get("custom1") == f"Date in full: {published}") is inexact


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("1990-05-05", {"date-parts": [[1990, 5, 5]]}),
        ("1990-05", {"date-parts": [[1990, 5]]}),
        ("1990~", {"date-parts": [[1990]], "circa": True}),
        ("1990-22", {"date-parts": [[1990]], "season": 2}),
        ("1990-05-05/1990-05-06", {"date-parts": [[1990, 5, 5], [1990, 5, 6]]}),
        ("199X", {"literal": "199X"}),
        ("[1990-05-05..1991-06]", {"literal": "[1990-05-05..1991-06]"}),
    ],
)
def test_csl_dates_are_as_exact_as_the_record(published: str, expected: dict[str, Any]) -> None:
    timeline = make_timeline(make_event(), **source(published=published))
    assert json.loads(citations.csl(timeline, IMPRINT))[0]["issued"] == expected


@pytest.mark.filterwarnings("ignore")  # the processor's own, on parsing its styles
def test_a_citation_processor_prints_every_reference(real: Timeline) -> None:
    items = json.loads(citations.csl(real, IMPRINT))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    printed = [str(entry) for entry in bibliography.bibliography()]
    assert len(printed) == len(items)
    # It prints U+2019 for an apostrophe and lowers nothing else.
    for item in items:
        assert any(item["title"].rstrip(".") in line for line in printed), item["title"]
