"""The main text of a saved web page."""

from __future__ import annotations

import re
from typing import Any

import trafilatura

from diplomatic_timeline.proof.extraction_error import ExtractionError, is_note_mark

_SPACE = re.compile(r"[ \t\r\n\f]+")  # HTML Living Standard: ASCII whitespace; a no-break space is none
_BLANK_LINES = re.compile(r"\n[ \t\r\f]*\n\s*")
_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "i", "font", "mark", "q", "small", "span",
        "strong", "sub", "sup", "time", "u", "img",
    )
)  # fmt: skip


def text_of_page(page: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the main text of a page, what took it out, and what was left unread. Raises ExtractionError."""
    # The line before keeps trafilatura from refusing pages that begin with much else, or have no head.
    tree = trafilatura.load_html("<!doctype html>\n" + page)
    beside: list[str] = []
    if tree is not None:
        _drop_struck(tree)
        _drop_note_marks(tree)
        _mark_quotations(tree)
        _close_lines(tree)
        _open_tables(tree)
        beside = [" ".join(element.text_content().split()) for element in tree.iter("figcaption", "aside")]
    text = None if tree is None else trafilatura.extract(tree, include_comments=False, favor_recall=True)
    if not text:
        raise ExtractionError("no article was found in the page")
    paragraphs = filter(None, map(str.strip, text.split("\n")))
    text = "\n\n".join(paragraphs) + "\n"
    read = "".join(text.split())
    unread = tuple(
        f"a caption or box: {said[:60]}"
        for said in dict.fromkeys(beside)
        if said and "".join(said.split()) not in read
    )
    return text, f"trafilatura {trafilatura.__version__}", unread


def _drop_struck(tree: Any) -> None:
    """Take out words that are struck out or hidden: nobody says them."""
    for element in list(tree.iter("s", "del", "strike")):
        _take_out(element)
    for element in list(tree.xpath("//*[@style or @hidden]")):
        style = (element.get("style") or "").replace(" ", "").lower()
        if "line-through" in style or "display:none" in style or "hidden" in element.attrib:
            _take_out(element)


def _drop_note_marks(tree: Any) -> None:
    for element in list(tree.iter("sup")):
        parent, before = element.getparent(), element.getprevious()
        text = (parent.text if before is None else before.tail) or "" if parent is not None else ""
        if is_note_mark(element.text_content(), text):
            _take_out(element)


def _take_out(element: Any) -> None:
    """Remove an element with its words, but not what stands behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def _open_tables(tree: Any) -> None:
    """Make a block of each cell: pages are set in tables, and no sentence goes on in the next cell."""
    for element in list(tree.iter("td", "th", "caption")):
        is_plain = all(isinstance(child.tag, str) and child.tag in _INLINE for child in element)
        element.tag = "p" if is_plain and (element.text_content() or "").strip() else "div"
    for element in list(tree.iter("table", "tbody", "thead", "tfoot", "tr")):
        element.tag = "div"
        element.attrib.clear()


def _mark_quotations(tree: Any) -> None:
    """Write the marks that a browser draws around `q`; trafilatura would break the line there instead."""
    for element in list(tree.iter("q")):
        element.text = "“" + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + "”"
        else:
            element.text += "”"
        element.drop_tag()


def _close_lines(tree: Any) -> None:
    """Make one line of each paragraph: how the page's own source is broken into lines means nothing in HTML.

    In preformatted text, blank lines stay.
    """
    kept = {element for block in tree.iter("pre", "textarea") for element in block.iter()}
    for element in tree.iter():
        element.text = _closed(element.text, element in kept)
        element.tail = _closed(element.tail, element.getparent() in kept)


def _closed(text: str | None, preformatted: bool) -> str | None:
    parts = _BLANK_LINES.split(text or "") if preformatted else [text or ""]
    return "\n\n".join(_SPACE.sub(" ", part) for part in parts) or None
