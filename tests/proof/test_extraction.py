"""The text of a file that somebody saved: plain, or out of a web page."""

from __future__ import annotations

import subprocess
import sys

import pytest
import trafilatura

from diplomatic_timeline.proof.extraction import Extract, ExtractionError, extract
from diplomatic_timeline.proof.matching import find
from diplomatic_timeline.proof.pins import fingerprint

PARAGRAPHS = (
    "The two ministers met for three hours on Monday, and neither looked at the clock, an official said.",
    "“We will keep the northern channel open to every ship and will not raise the harbour fee,” she said.",
    "Her counterpart called the offer a bridge with one bank and no river, and left by the side door.",
)
NAVIGATION = "<nav><ul><li><a href='/'>Front page</a></li><li><a href='/sea'>The sea</a></li></ul></nav>"
ASIDE = "<aside><h3>Most read</h3><ul><li><a href='/1'>Ten lighthouses</a></li></ul></aside>"
COMMENTS = "<section class='comments'><p>I have crossed there and it was cold.</p></section>"


def page(*blocks: str, head: str = "<meta charset='utf-8'><title>Talks in Vela</title>") -> str:
    article = "\n".join(f"<p>{block}</p>" for block in blocks or PARAGRAPHS)
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head>{head}</head>\n<body>{NAVIGATION}\n"
        f"<main><article><h1>Ministers open the harbour talks</h1>\n{article}\n</article></main>\n"
        f"{ASIDE}{COMMENTS}<footer><p>All rights reserved by the Vela Lamp.</p></footer></body></html>\n"
    )


def text_of(html: str) -> str:
    return extract(html.encode(), "vela.html").text


def test_plain_text_stays_as_it_was_written_but_for_its_mark() -> None:
    written = "Dateline —\n\n  two  spaces,\nand a line end\n"
    assert extract(written.encode(), "vela.txt") == Extract(written, "plain text")
    assert extract(b"\xef\xbb\xbfTwo ministers met", "vela.txt").text == "Two ministers met"


def test_a_page_is_known_by_its_name_or_its_beginning_alone() -> None:
    assert extract(b"# Talks\n\n<b>Two</b> ministers met", "vela.md").extractor == "plain text"
    assert extract(b"Two ministers met in the <html> room", "vela").extractor == "plain text"
    for name in ("vela", "vela.html"):
        assert extract(page().encode(), name).extractor == f"trafilatura {trafilatura.__version__}"


@pytest.mark.parametrize(
    "before",
    ["", "\ufeff", "\n  ", "<?xml version='1.0' encoding='utf-8'?>", "<!-- saved from the Lamp -->\n" * 9],
)
def test_a_page_is_known_by_its_beginning(before: str) -> None:
    assert PARAGRAPHS[1] in extract((before + page()).encode(), "vela.txt").text


def test_the_text_of_a_page_is_its_article_a_paragraph_between_blank_lines() -> None:
    text = text_of(page())
    assert text == "\n\n".join(("Ministers open the harbour talks", *PARAGRAPHS)) + "\n"
    assert text_of(page()) == text
    # How the page's source is broken into lines means nothing.
    assert text_of(page(*(block.replace(" ", "\n    ") for block in PARAGRAPHS))) == text


def test_links_and_emphasis_leave_the_words_whole_and_quotations_get_their_marks() -> None:
    marked = PARAGRAPHS[0].replace("ministers", "min<b>ist</b>ers")
    marked = marked.replace("an official", "<a href='/o'>an official</a>")
    assert PARAGRAPHS[0] in text_of(page(marked, *PARAGRAPHS[1:]))
    said = "She said <q>the fee stays <i>as it is</i></q> and sat <q>down</q> again."
    expected = "She said “the fee stays as it is” and sat “down” again."
    assert expected in text_of(page(said, *PARAGRAPHS))


def test_what_stands_in_blocks_lists_tables_and_breaks_is_kept() -> None:
    kept = ("No lamp burns for one ship alone.", "The channel stays open", "The fee stays as it is")
    blocks = "<blockquote>{}</blockquote><ul><li>{}</li></ul><table><tr><td>{}</td></tr></table>"
    text = text_of(page().replace("</article>", blocks.format(*kept) + "</article>"))
    assert all(said in text for said in kept)
    preformatted = "<pre>The talks\nresume\n \nin May</pre></article>"
    text = text_of(page().replace("</article>", preformatted))
    assert text.endswith("\n\nThe talks resume\n\nin May\n")
    broken = page(*PARAGRAPHS, "The first line<br>second line of it all.")
    assert "first line\n\nsecond line" in text_of(broken)


DECLARED = {
    "windows-1252": ("cp1252", "“The café stays open – today”"),
    "ISO-8859-1": ("cp1252", "“The café stays open – today”"),
    "gb2312": ("gb18030", "“双方同意继续谈判，收费标准不变。”"),
    "Shift_JIS": ("cp932", "「双方は交渉を続けることで合意した。」"),
}


@pytest.mark.parametrize(("declared", "encoding", "said"), [(key, *value) for key, value in DECLARED.items()])
def test_a_page_is_decoded_as_it_declares(declared: str, encoding: str, said: str) -> None:
    html = page(said, head=f"<meta http-equiv='Content-Type' content='text/html; charset={declared}'>")
    assert said in extract(html.encode(encoding), "vela.html").text


def test_utf_8_and_utf_16_are_recognised_whatever_a_page_declares() -> None:
    assert PARAGRAPHS[1] in extract(page(head="<meta charset='iso-8859-1'>").encode(), "vela.html").text
    assert PARAGRAPHS[1] in extract(page().encode("utf-16"), "vela.html").text


def test_a_byte_that_cannot_be_decoded_keeps_its_neighbours_apart() -> None:
    html = page("We will XX raise the fee this year.", *PARAGRAPHS).encode().replace(b"XX", b"\xe9\xe9")
    text = extract(html, "vela.html").text
    pin = fingerprint(text, source="vela", sha256="0" * 64, extractor="trafilatura", pinned="2031-05-06")
    assert not find("We will raise the fee this year.", pin).verified
    assert find(PARAGRAPHS[2], pin).verified


REFUSED = {
    "text in another encoding": (
        "Der Fährmann".encode("latin-1"),
        "vela.txt",
        "vela.txt is not text in UTF-8 (byte 6)",
    ),
    "text in UTF-16": ("The ferry".encode("utf-16"), "vela.txt", "not text in UTF-8"),
    "a PDF": (b"%PDF-1.7 (text)", "vela.pdf", "the PDF is damaged"),
    "a program": (b"MZ\0\0\0", "vela.exe", "not a text file"),
    "an unknown encoding": (
        b"<html><meta charset=elvish><p>caf\xe9",
        "vela",
        "an encoding that is not known: elvish",
    ),
    "no encoding": (b"<html><p>The caf\xe9 is open", "vela", "declares no other encoding"),
    "an empty page": (b"", "vela.html", "no article"),
    "a page without an article": (b"<html><body><script>go()</script></body></html>", "vela", "no article"),
}


@pytest.mark.parametrize(("data", "name", "message"), REFUSED.values(), ids=REFUSED)
def test_a_file_without_text_is_refused_with_what_to_do(data: bytes, name: str, message: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(data, name)
    assert message in caught.value.message
    assert "save" in caught.value.remedy


def test_the_library_for_pages_is_loaded_for_pages_only() -> None:
    program = (
        "import sys; from diplomatic_timeline.proof.extraction import extract;"
        "extract(b'Two ministers met', 'vela.txt');"
        "sys.exit('trafilatura' in sys.modules or 'lxml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
