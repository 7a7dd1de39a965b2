"""The text of a DOCX document (Office Open XML, ECMA-376), with the standard library alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from diplomatic_timeline.model import limits
from diplomatic_timeline.proof.extraction_error import ExtractionError, is_note_mark

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "\u00ad",
}
_OTHERS = {
    "footnotes": "the footnotes",
    "endnotes": "the endnotes",
    "comments": "the comments",
    "header": "the page headers",
    "footer": "the page footers",
}


def text_of_docx(data: bytes, file: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the text of a document, what took it out, and what was left unread. Raises ExtractionError.

    Text boxes are read as paragraphs behind the one that they belong to. Deleted, struck-out and hidden
    words, and the marks of notes, are none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            body = _part(archive, "word/document.xml")
            unread = tuple(
                said
                for prefix, said in _OTHERS.items()
                if any(
                    name.startswith(f"word/{prefix}")
                    and name.endswith(".xml")
                    and any((text.text or "").strip() for text in _part(archive, name).iter(f"{_W}t"))
                    for name in sorted(names)
                )
            )
    except ExtractionError:
        raise
    except Exception as error:  # What a damaged archive brings about is many a thing.
        raise ExtractionError(f"{file} is no DOCX document that can be read") from error
    paragraphs = [text for paragraph in body.iter(f"{_W}p") if (text := _paragraph(paragraph).strip())]
    # Each text box is in the document twice, for old programs and new ones.
    return "\n\n".join(paragraphs) + "\n", "docx 1", unread


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > limits.DOCUMENT:
        raise ExtractionError(f"{name} in the document is larger than {limits.DOCUMENT // 1_000_000} MB")
    content = archive.read(name)
    # Entities could make gigabytes of a few bytes; no writer of DOCX declares any.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ExtractionError(f"{name} in the document declares entities, which no DOCX document does")
    root = ElementTree.fromstring(content)
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == _FALLBACK]:
            parent.remove(child)
    return root


def _paragraph(paragraph: ElementTree.Element) -> str:
    """Return the words of a paragraph without those of the boxes in it, which are paragraphs themselves."""
    written = ""
    for run in _runs(paragraph):
        properties = run.find(f"{_W}rPr")
        text = "".join((c.text or "") if c.tag == f"{_W}t" else _TEXT.get(c.tag, "") for c in run)
        if properties is not None:
            if any(_is_on(properties.find(f"{_W}{name}")) for name in ("strike", "dstrike", "vanish")):
                continue
            raised = properties.find(f"{_W}vertAlign")
            if raised is not None and raised.get(f"{_W}val") == "superscript" and is_note_mark(text, written):
                continue
        written += text
    return written


def _runs(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    waiting = [iter(element)]
    while waiting:
        for child in waiting[-1]:
            if child.tag == f"{_W}r":
                yield child
            elif child.tag not in (f"{_W}del", f"{_W}moveFrom", f"{_W}p"):
                waiting.append(iter(child))
                break
        else:
            waiting.pop()


def _is_on(switch: ElementTree.Element | None) -> bool:
    return switch is not None and switch.get(f"{_W}val", "true") not in ("false", "0", "off", "none")
