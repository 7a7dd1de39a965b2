"""The PDFs of briefings: what is in them, for readers, for machines and for archives."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from diplomatic_timeline.assets.coverage import covered, listed
from diplomatic_timeline.briefings.contents import Form, contents
from diplomatic_timeline.briefings.fonts import Typefaces
from diplomatic_timeline.briefings.press import TEMPLATE
from diplomatic_timeline.briefings.selection import Selection
from diplomatic_timeline.briefings.sheet import meeting_of
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.presenter import Presenter
from helpers.briefings import (
    first_printed,
    pages,
    places,
    printed,
    sheet,
    squeezed,
    standard,
    structure,
    viewpoint,
    with_events,
)
from helpers.records import REAL, SMALL, make_commitment, make_event, make_timeline

HONG_KONG = Selection(events=("2021-03-18-alaska",))
MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module", params=["real", "small", "issue", "person", "sheet", "meeting"])
def pdf(request: pytest.FixtureRequest) -> bytes:
    match request.param:
        case "real":
            return standard(REAL).pdf
        case "small":
            return standard(SMALL).pdf
        case "issue":
            return standard(REAL, Selection(issues=("taiwan",))).pdf
        case "person":
            return standard(REAL, Selection(people=("wang-yi",))).pdf
        case "meeting":
            return sheet(viewpoint(REAL), meeting_of(viewpoint(REAL), ("wang-yi", "antony-blinken"))).pdf
        case _:
            return sheet(viewpoint(REAL)).pdf


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_briefing_conforms_to_pdf_ua_1_and_pdf_a_2a(pdf: bytes, profile: str) -> None:
    report = page.validate_pdf_bytes(pdf, profile=profile)
    failures = [f"{f.rule_id}: {f.message}" for f in report.failures]
    # The validator is known to miscount the lengths of sound streams; qpdf, in the test below, has the last
    # word on those.
    assert [f for f in failures if not ("stream" in f.lower() and "length" in f.lower())] == []


def test_a_briefing_is_sound_by_qpdf_and_that_of_the_real_record_under_400_kilobytes(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []  # what `qpdf --check` does
    assert len(first_printed().pdf) < 400_000


@pytest.mark.parametrize("folder", [REAL, SMALL], ids=["real", "small"])
def test_every_quote_stands_once_in_the_briefing_of_the_whole_record(folder: Path) -> None:
    text = squeezed("".join(pages(standard(folder).pdf)))
    for said in viewpoint(folder).timeline.quotes.values():
        assert places(text, said.quote.text) >= 1, said.quote.id


def test_in_the_briefing_of_an_issue_words_stand_once_and_a_selection_prints_its_own() -> None:
    text = squeezed("".join(pages(standard(REAL, Selection(issues=("taiwan",))).pdf)))
    for said in viewpoint(REAL).timeline.quotes.values():
        if len(said.quote.text.split()) > 6:
            assert places(text, said.quote.text) == ("taiwan" in said.quote.issues), said.quote.id
    view = viewpoint(REAL)
    text = squeezed("".join(pages(standard(REAL, Selection(people=("wang-yi",))).pdf)))
    for said in view.timeline.quotes.values():
        expected = 1 if said.quote.speaker == "wang-yi" else 0
        if len(said.quote.text.split()) > 6:
            assert places(text, said.quote.text) == expected, said.quote.id


def test_in_an_event_quotes_follow_its_issues_and_then_the_parties_and_then_the_record() -> None:
    view = viewpoint(REAL)
    text = squeezed("".join(pages(standard(REAL, HONG_KONG).pdf)))
    start = text.index("Whatwassaid")
    found = []
    for row in view.event("2021-03-18-alaska").issues:
        expected = [q.text for side in row.sides for q in side.quotes]
        found += [text.index(f"“{squeezed(words)}”", start) for words in expected]
    assert found == sorted(found)
    assert len(found) > 3


def test_each_page_counts_itself_and_names_its_event() -> None:
    found = pages(printed(viewpoint(SMALL), marking="For official use only").pdf)
    for number, text in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in text
        assert "For official use only" in text
        assert "Record through" in text
    found = pages(standard(REAL).pdf)
    inside = next(i for i, text in enumerate(found) if "There’s no room for China to compromise" in text)
    assert found[inside].lstrip().startswith("First face-to-face talks in Anchorage")


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 210.0, 297.0), ("us-letter", 215.9, 279.4)])
def test_paper_has_the_size_that_was_asked_for(paper: str, width: float, height: float) -> None:
    pdf = printed(viewpoint(SMALL), paper=paper).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for sheet in document.pages:
            box = [float(number) for number in sheet.mediabox]
            assert box[2] == pytest.approx(width * MILLIMETRE, abs=0.2)
            assert box[3] == pytest.approx(height * MILLIMETRE, abs=0.2)


def test_the_summary_is_one_page_even_for_a_hundred_events() -> None:
    found = pages(printed(_hundred(18)).pdf)
    inside = [i for i, text in enumerate(found) if "What to watch" in text and "Who met whom" in text]
    assert len(inside) == 1
    assert re.search(r"and \d+ more in the record", found[inside[0]])


def test_a_document_has_a_title_a_language_an_outline_and_metadata() -> None:
    with pikepdf.open(io.BytesIO(first_printed().pdf)) as document:
        assert str(document.Root.Lang) == "en"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        with document.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        metadata = document.open_metadata()
        assert metadata["dc:title"] == "A record"
        assert metadata["dc:description"] == "6 July 2018 – 31 May 2024"
        assert "Taiwan" in metadata["pdf:Keywords"]
        assert list(metadata["dc:language"]) == ["en"]
        # Noon of the record's newest day, not of today.
        assert metadata["xmp:CreateDate"].startswith("2026-11-29T12:00:00")
    assert titles[:3] == ["Summary", "Events", "Chronology"]


def test_quotations_tables_figures_and_headings_are_tagged_and_the_chart_has_an_alternative() -> None:
    tags = Counter(tag for tag, _ in structure(standard(REAL).pdf))
    quotes = viewpoint(REAL).timeline.quotes.values()
    assert tags["BlockQuote"] >= len(quotes)
    assert tags["Figure"] == 1
    assert tags["Title"] == 1
    assert tags["Table"] > 10
    assert tags["TH"] >= tags["TR"]  # each row has a head, and so has each column
    assert tags["TOCI"] > 5
    text = next(text for tag, text in structure(standard(REAL).pdf) if tag == "Figure")
    assert "Taiwan: First face-to-face talks in Anchorage (18–19 March 2021)" in text


def test_chinese_names_carry_their_language_and_their_characters() -> None:
    pdf = standard(REAL).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        content = b"".join(p.Contents.read_bytes() for p in document.pages)
        fonts = {
            str(o.BaseFont)
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert re.search(rb"/Lang ?\(zh\)", content)
    assert any("TimelineHan" in f for f in fonts)
    assert "杨洁篪" in "".join(pages(pdf))


def test_only_the_vendored_fonts_are_used_and_all_are_embedded() -> None:
    with pikepdf.open(io.BytesIO(standard(REAL).pdf)) as document:
        descriptors = [
            o
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        for descriptor in descriptors:
            assert "Timeline" in str(descriptor.FontName)
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_what_is_not_on_record_is_said_in_words_and_a_dash_stands_for_nothing() -> None:
    tiny = Presenter(
        make_timeline(
            make_event(
                "1990-talks",
                issues=[
                    {"issue": "toll", "positions": {"north": {"statement": "Pay.", "sources": ["paper"]}}}
                ],
                commitments=[make_commitment()],
            ),
            make_event("1991-talks", "1991", prominence="main"),
        )
    )
    told = pages(printed(tiny).pdf)
    text = "\n".join(told)
    assert text.count("nothing on record") >= 1
    assert not re.search(r"^–$", text, re.MULTILINE)


def test_no_page_has_the_colophon_alone_wherever_the_one_before_ends() -> None:
    view = viewpoint(SMALL)
    event = next(iter(view.corpus.events.values()))
    ends = set()
    for lines in range(0, 48, 3):
        longer = event.model_copy(update={"summary": "\n\n".join(["A line."] * lines) or "A line."})
        told = pages(printed(with_events(SMALL, [longer]), Selection(events=(event.id,))).pdf)
        before, colophon, _ = told[-1].partition("How this was made")
        assert colophon
        assert "[1]" in before, lines
        ends.add(len(told))
    assert len(ends) > 1, "no page was filled: this tests nothing"


def test_the_colophon_names_the_typefaces_that_the_briefing_is_set_in() -> None:
    def named(name: str, more: str = "") -> str:
        own = Typefaces("typefaces", (), more, b"") if more else None
        people = {
            "ann-lund": {"name": "Ann Lund", "native_name": name, "party": "north", "family_name": "Lund"}
        }
        taking_part = [{"person": "ann-lund", "party": "north", "post": "Envoy"}]
        view = Presenter(make_timeline(make_event(participants=taking_part), people=people))
        found = contents(view, Selection(), Form("A record", typefaces=own))
        return str(found["colophon"]["typeset"])

    latin = "Set in Source Serif 4 and Source Sans 3 (SIL Open Font License)."
    assert named("Ann") == latin
    assert named("王毅") == latin.replace(" and Source Sans 3", ", Source Sans 3 and Noto Sans SC")
    thai = listed("Noto Sans Thai: SIL Open Font License", range(0x0E01, 0x0E5C))
    assert named("Ann", thai) == latin
    assert named("กข", thai) == latin.replace(" and Source Sans 3", ", Source Sans 3 and Noto Sans Thai")
    assert named("กข", listed("Boxes:", [0x0E01, 0x0E02])) == latin.replace(").", "), Boxes.")


def test_text_of_the_record_is_never_code() -> None:
    hostile = '#panic("x") $x$ *b* _i_ `r` <l> @ref \\u{41} // c /* d */ = H - i {{ 7 * 7 }} [a] ~ -- ---'
    event = next(iter(viewpoint(SMALL).corpus.events.values()))
    changed = event.model_copy(
        update={"title": hostile, "summary": '\\#eval(read("/etc/passwd")) `' + hostile}
    )
    view = with_events(SMALL, [changed])
    text = squeezed("".join(pages(printed(view).pdf)))
    assert squeezed(hostile) in text
    assert "root:x" not in text
    for path in TEMPLATE.glob("*.typ"):
        code = path.read_text(encoding="utf-8")
        assert not re.search(r"\beval\b|@preview|\bplugin\(|datetime\.today", code), path.name


def test_every_character_that_the_check_lets_pass_can_be_printed() -> None:
    # A line feed in a summary is a space; everything else is set as it is.
    alphabet = "".join(sorted(covered() - {"\n", "\t"}))
    event = next(iter(viewpoint(SMALL).corpus.events.values()))
    parts = [alphabet[at : at + 60] for at in range(0, len(alphabet), 60)]
    quote = viewpoint(SMALL).timeline.quotes["thorn-light"].quote
    quotes = tuple(
        quote.model_copy(update={"id": f"q{n}", "text": part, "issues": ("fisheries",)})
        for n, part in enumerate(parts)
    )
    view = with_events(SMALL, [event.model_copy(update={"quotes": quotes, "title": alphabet[:2000]})])
    assert printed(view, Selection(events=(event.id,))).pages > 10


def test_a_side_that_runs_on_is_set_above_the_other_and_leaves_no_column_empty() -> None:
    event = viewpoint(REAL).corpus.events["2021-03-18-alaska"]
    texts = {"us-official-taking-stock": " ".join(f"Sentence number {n} goes on." for n in range(180))}
    kept = [q for q in event.quotes if q.id in (*texts, "cui-no-high-hopes")]
    quotes = tuple(
        q.model_copy(update={"text": texts.get(q.id, q.text), "issues": ("state-of-relations",)})
        for q in kept
    )
    others = [e for e in viewpoint(REAL).corpus.events.values() if e.id != event.id]
    issues = tuple(i.model_copy(update={"positions": {}}) for i in event.issues)
    view = with_events(REAL, [event.model_copy(update={"quotes": quotes, "issues": issues}), *others])
    found = [squeezed(p) for p in pages(printed(view, HONG_KONG).pdf)]
    end = next(i for i, text in enumerate(found) if "Sentencenumber179goeson.”" in text)
    start = next(i for i, text in enumerate(found) if "“Sentencenumber0goeson." in text)
    short = next(i for i, text in enumerate(found) if "“Naturally,wedon’texpect" in text)
    assert start < end
    assert short == end


def _copy(record: Any, **fields: Any) -> Any:
    return record.model_copy(update=fields)


def _hundred(count: int = 100) -> Presenter:
    """Return a record of many events: those of the real one again and again, each with a day of its own."""
    originals = list(viewpoint(REAL).corpus.events.values())
    events: list[Event] = []
    for n in range(count):
        event = originals[n % len(originals)]
        ids = {q.id: f"{q.id}-{n}" for q in event.quotes}

        def position(p: Any, event: Event = event, ids: dict[str, str] = ids) -> Any:
            return _copy(p, quotes=tuple(ids[q] for q in p.quotes if q in ids), sources=event.sources)

        another = _copy(
            event,
            id=f"event-{n}",
            date=parse_date(f"{2000 + n // 12}-{1 + n % 12:02}-11"),
            related=(),
            issues=tuple(
                _copy(i, positions={party: position(p) for party, p in i.positions.items()})
                for i in event.issues
            ),
            quotes=tuple(_copy(q, id=ids[q.id], date=None) for q in event.quotes),
            commitments=tuple(
                _copy(
                    c,
                    id=f"{c.id}-{n}",
                    quote=ids.get(c.quote or ""),
                    source=event.sources[0],
                    evidence=(),
                    history=(),
                )
                for c in event.commitments
            ),
        )
        events.append(another)
    return with_events(REAL, events)
