"""The text of a source, taken from a local copy of it: a text file, or a saved web page."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

_PAGES = (".html", ".htm", ".xhtml")
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
# What browsers take these labels for (WHATWG Encoding Standard 4.2), where Python takes them more narrowly.
_LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
}
_SPACE = re.compile(r"[ \t\r\n\f]+")  # HTML Living Standard: ASCII whitespace; a no-break space is none
_BLANK_LINES = re.compile(r"\n[ \t\r\f]*\n\s*")
_SAVE_AS_TEXT = "copy the article's text into a .txt file, save that as UTF-8, and pin it"


class ExtractionError(ValueError):
    """A file whose text cannot be had: `message` says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = _SAVE_AS_TEXT) -> None:
        super().__init__(f"{message}; {remedy}")
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file, and what took it out: `plain text`, or a program and its version.

    The paragraphs of a web page are parted by blank lines; a text file is as it was written.
    """

    text: str
    extractor: str


def extract(data: bytes, name: str) -> Extract:
    """Return the text in the bytes of the file called `name`.

    A file is a web page if its name says so or if it begins like one, whatever its name; of a page, the main
    text is taken. Anything else must be plain text in UTF-8. Raises ExtractionError.
    """
    if PurePath(name).suffix.lower() in _PAGES or _PAGE.match(data.removeprefix(BOM_UTF8)[:4096]):
        return _from_page(_decoded(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExtractionError(f"{name} is not text in UTF-8 (byte {error.start + 1})") from error
    if "\0" in text or text.startswith("%PDF-"):
        raise ExtractionError(f"{name} is not a text file")
    return Extract(text, "plain text")


def _decoded(page: bytes) -> str:
    """Return the page as text: by its byte order mark, as UTF-8, or by the encoding that it declares.

    Trafilatura would guess from the bytes, and by what else is installed. A byte that the encoding does not
    know becomes U+FFFD, which no quotation matches.
    """
    if page.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return page.decode("utf-16", "replace")
    try:
        return page.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(page[:4096])
        if declared is None:
            raise ExtractionError("the page is not in UTF-8 and declares no other encoding") from error
    label = declared[1].decode("ascii").lower()
    try:
        return page.decode(_LABELS.get(label, label), "replace")
    except (LookupError, UnicodeError) as error:
        raise ExtractionError(f"the page declares an encoding that is not known: {label}") from error


def _from_page(page: str) -> Extract:
    # Loading it takes a second, and only pinning needs it.
    import trafilatura

    # The line before keeps trafilatura from refusing pages that begin with much else, or have no head.
    tree = trafilatura.load_html("<!doctype html>\n" + page)
    if tree is not None:
        _mark_quotations(tree)
        _close_lines(tree)
    text = None if tree is None else trafilatura.extract(tree, include_comments=False, favor_recall=True)
    if not text:
        raise ExtractionError("no article was found in the page")
    paragraphs = filter(None, map(str.strip, text.split("\n")))
    return Extract("\n\n".join(paragraphs) + "\n", f"trafilatura {trafilatura.__version__}")


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
