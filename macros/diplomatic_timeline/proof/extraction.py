"""The text of a source, taken from a copy of it: a text file, a web page, a PDF or a DOCX document."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from pathlib import PurePath

from diplomatic_timeline.model import limits
from diplomatic_timeline.proof.extraction_error import ExtractionError as ExtractionError

_PAGES = (".html", ".htm", ".xhtml")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
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


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file, and what took it out: `plain text`, or a program and its version.

    Paragraphs are parted by blank lines; a text file is as it was written. `unread` names what else the file
    holds, in an editor's words: captions, footnotes, notes beside the text.
    """

    text: str
    extractor: str
    unread: tuple[str, ...] = ()


def extract(data: bytes, name: str) -> Extract:
    """Return the text in the bytes of the file called `name`.

    What a file is, its first bytes say, whatever its name: a PDF, a DOCX document, a web page. A file with
    the name of a web page is one, too. Of a page, the main text is taken. Anything else must be plain text in
    UTF-8. Raises ExtractionError.
    """
    is_document = data[:1024].lstrip().startswith(b"%PDF-") or data.startswith(b"PK\x03\x04")
    most = limits.DOCUMENT if is_document else limits.FILE
    if len(data) > most:
        raise ExtractionError(f"{name} is larger than {most // 1_000_000} MB")
    # Each loads what it needs when it is needed: that takes up to a second.
    if data[:1024].lstrip().startswith(b"%PDF-"):
        from diplomatic_timeline.proof.pdf_text import text_of_pdf

        return Extract(*text_of_pdf(data))
    if data.startswith(b"PK\x03\x04"):
        from diplomatic_timeline.proof.docx_text import text_of_docx

        return Extract(*text_of_docx(data, name))
    if PurePath(name).suffix.lower() in _PAGES or _PAGE.match(data.removeprefix(BOM_UTF8)[:4096]):
        from diplomatic_timeline.proof.web_page import text_of_page

        return Extract(*text_of_page(_decoded(data)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExtractionError(f"{name} is not text in UTF-8 (byte {error.start + 1})") from error
    if "\0" in text:
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
