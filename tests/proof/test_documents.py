"""One text as a page, a PDF and a DOCX document, each made in several ways: all give the pin of the text."""

from __future__ import annotations

import html
import io
import zipfile

import pikepdf
import pytest
import typst

from diplomatic_timeline.proof.extraction import ExtractionError, extract
from diplomatic_timeline.proof.pins import Pin, fingerprint

PARAGRAPHS = (
    "Joint statement on the northern channel",
    "The ministers of Norland and Sudria met in the harbour house on 3 May and talked for three hours "
    "about the herring, the fee and the lighthouse that has been dark since November.",
    "“We will share the count of the fish each spring,” said the minister. “We will also mark the ships that "
    "catch them.” The well-known skerry stays open to every ship, whatever flag it bears, whoever owns it.",
    "The fee falls by 20% this year. It was 1,200 crowns, and it is going to be 960 crowns from June on, as "
    "long as both sides keep to the timetable that their governments agreed upon in the winter.",
    "Both sides thank the keepers of the lighthouse for their patience. The talks go on in Port Vela.",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"


def pin_of(text: str) -> Pin:
    return fingerprint(text, source="vela", sha256="0" * 64, extractor="any", pinned="2031-05-06")


def page(*blocks: str) -> bytes:
    body = "".join(blocks)
    return f"<!doctype html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def paragraphs(text: str = "") -> str:
    return "".join(
        f"<p>{html.escape(each, quote=False)}</p>" for each in (text.split("\n\n") if text else PARAGRAPHS)
    )


FISH, LAMP = "the count of the fish", "The talks go on"


def article(before: str, words: str = FISH, behind: str = "") -> bytes:
    """A page in which something stands before and behind some words."""
    return page(f"<article>{paragraphs().replace(words, before + words + behind)}</article>")


LAYOUT = f"<table><tr><td>{paragraphs()}</td></tr></table>"
PAGES = {
    "an article": page(f"<article>{paragraphs()}</article>"),
    "a layout table": page(LAYOUT),
    "nested tables": page(f"<table><tr><td>{LAYOUT}</td></tr></table>"),
    "a cell a paragraph": page(
        "<table>", *(f"<tr><td>{html.escape(p, quote=False)}</td></tr>" for p in PARAGRAPHS), "</table>"
    ),
    "boxes": page("<div>", *(f"<div>{html.escape(p, quote=False)}</div>" for p in PARAGRAPHS), "</div>"),
    "note marks": article("", FISH, "<sup>1</sup>"),
    "a note mark behind a sentence": article("<sup>[2]</sup> ", LAMP),
    "struck-out words": article("<s>some of</s> <del>half</del> "),
    "words struck out by a style": article("<span style='text-decoration: line-through'>half</span> "),
    "hidden words": article("<span style='display: none'>half</span> "),
    "soft hyphens": page(f"<article>{paragraphs().replace('lighthouse', 'light&shy;house')}</article>"),
}  # fmt: skip

_TYPST = "\n\n".join(p.replace("#", "\\#") for p in PARAGRAPHS)
_HEAD = '#set page(paper: "a5", header: [The Vela Lamp], footer: context counter(page).display())\n'
_JUSTIFIED = '#set text(lang: "en", hyphenate: true)\n#set par(justify: true)\n'
PDFS = {
    "plain": _TYPST,
    "justified and hyphenated": _JUSTIFIED + _TYPST,
    "narrow": "#set page(width: 8cm, height: 40cm)\n" + _JUSTIFIED + _TYPST,
    "running heads": _HEAD + "#set page(height: 7cm)\n" + _TYPST,
    "indents for gaps": "#set par(first-line-indent: 1.5em, spacing: 0.65em)\n" + _TYPST,
    "note marks": _TYPST.replace(FISH, FISH + "#super[1]"),
    "small note marks": _TYPST.replace(FISH, FISH + "#super(typographic: false)[1]"),
    "a large heading": "#show heading: set text(size: 20pt)\n= " + _TYPST,
    "page numbers": '#set page(height: 10cm, numbering: "1 / 1")\n' + _TYPST,
}


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{html.escape(text)}</w:t></w:r>"


def docx(*bodies: str, **parts: str) -> bytes:
    space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{''.join(bodies)}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {space}>{content}</w:{name}>")
    return file.getvalue()


def with_runs(extra: str) -> bytes:
    """A document in which `extra` stands before the words on the fish."""
    return docx(*(
        "<w:p>" + extra.join(map(run, before_and_after)) + "</w:p>"
        if len(before_and_after := p.split(FISH)) == 1
        else f"<w:p>{run(before_and_after[0])}{extra}{run(FISH + before_and_after[1])}</w:p>"
        for p in PARAGRAPHS
    ))  # fmt: skip


DOCUMENTS = {
    "plain": with_runs(""),
    "struck-out words": with_runs(run("half of ", "<w:strike/>")),
    "deleted words": with_runs("<w:del><w:r><w:delText>half of </w:delText></w:r></w:del>"),
    "hidden words": with_runs(run("half of ", "<w:vanish/>")),
    "a note's mark": with_runs(run("1", "<w:vertAlign w:val='superscript'/>")),
    "a table": docx(*(f"<w:tbl><w:tr><w:tc><w:p>{run(p)}</w:p></w:tc></w:tr></w:tbl>" for p in PARAGRAPHS)),
}


def pdf(source: str) -> bytes:
    return typst.compile(source.encode())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_gives_the_pin_of_its_text(name: str) -> None:
    assert pin_of(extract(PAGES[name], "vela.html").text) == pin_of(TEXT)


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_gives_the_pin_of_its_text(name: str) -> None:
    assert pin_of(extract(pdf(PDFS[name]), "vela.pdf").text) == pin_of(TEXT)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_docx_document_gives_the_pin_of_its_text(name: str) -> None:
    assert pin_of(extract(DOCUMENTS[name], "vela.docx").text) == pin_of(TEXT)


def test_what_a_document_holds_beside_its_text_is_named() -> None:
    boxed = with_runs(
        "<w:r><w:pict><w:txbxContent><w:p>" + run("No fish today.") + "</w:p></w:txbxContent></w:pict></w:r>"
    )
    assert "No fish today." in extract(boxed, "vela.docx").text
    noted = docx(f"<w:p>{run('The fee falls.')}</w:p>", footnotes=f"<w:p>{run('By a fifth.')}</w:p>")
    assert extract(noted, "vela.docx").unread == ("the footnotes",)
    captioned = article(
        "", LAMP, "<figure><img src='a.png'><figcaption>Ten ships at anchor</figcaption></figure>"
    )
    found = extract(captioned, "vela.html")
    assert "Ten ships at anchor" in found.text or "a caption or box: Ten ships at anchor" in found.unread
    assert extract(pdf(PDFS["running heads"]), "vela.pdf").unread == ("the running heads and page numbers",)


def test_a_running_head_is_no_part_of_a_sentence_that_goes_on_over_the_page() -> None:
    text = extract(pdf(PDFS["running heads"]), "vela.pdf").text
    assert "Lamp" not in text


def _scan() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(file)
    return file.getvalue()


BOMB = "<!DOCTYPE w:document [<!ENTITY a 'lamp'>]>"
REFUSED = {
    "a scan": (_scan(), "no text layer", "text recognition"),
    "half a PDF": (pdf(PDFS["plain"])[:300], "the PDF is damaged", "save that as UTF-8"),
    "another archive": (docx("")[:40], "no DOCX document", "save that as UTF-8"),
}


@pytest.mark.parametrize(("data", "message", "remedy"), REFUSED.values(), ids=REFUSED)
def test_a_document_without_text_is_refused_with_what_to_do(data: bytes, message: str, remedy: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(data, "vela.bin")
    assert message in caught.value.message
    assert remedy in caught.value.remedy


def test_a_document_that_declares_entities_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"{BOMB}<w:document>&a;</w:document>")
    with pytest.raises(ExtractionError, match="declares entities"):
        extract(file.getvalue(), "vela.docx")
