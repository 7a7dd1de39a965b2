"""HTML of another program as CommonMark, and as plain text."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "center", "div", "dd", "dl", "dt", "figure", "footer", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr",
        "ul",
    )
)  # fmt: skip
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_UNREAD = frozenset(("script", "style", "template", "noscript"))
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(?:([#+-]|\d+[.)])(?=\s|$)|(={3,}|-{3,})$)")


def clean(text: str) -> str:
    """Return text without characters that cannot be seen; joiners that spell stay (U+200C, U+200D)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\xa0", " ")
    return "".join(c for c in text if c in "\n\u200c\u200d" or not _is_invisible(c)).replace("\ufffd", "?")


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") or character in "\ufffe\uffff"


class _Reader(HTMLParser):
    """Collects the blocks of a fragment."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.plain = plain
        self.blocks: list[tuple[str, str]] = []
        self.current = ""
        self.prefixes: list[str] = []
        self.links: list[str | None] = []
        self.unread = 0
        self.left: list[str] = []

    def break_block(self) -> None:
        text = re.sub(r"[ \n]+", " ", self.current).strip()
        if text:
            self.blocks.append(("".join(self.prefixes), text))
        self.current = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _UNREAD:
            self.unread += 1
        if tag in _BLOCKS or tag == "br":
            self.break_block()
        if tag == "blockquote" and not self.plain:
            self.prefixes.append("> ")
        elif tag == "li" and not self.plain:
            self.prefixes.append("- ")
        elif tag in _MARKS and not self.plain:
            self.current += _MARKS[tag]
        elif tag == "a":
            url = (values.get("href") or "").strip()
            self.links.append(url if re.fullmatch(r"(?:https?://|mailto:)[^\s<>()]+", url) else None)
            if url and self.links[-1] is None:
                self.left.append(f"link: {url}")
            if self.links[-1] and not self.plain:
                self.current += "["
        elif tag in ("img", "iframe", "video", "audio", "source", "embed", "object"):
            source = values.get("src") or values.get("data")
            if source:
                self.left.append(f"{tag}: {source}")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self.unread = max(0, self.unread - 1)
        if tag in _MARKS and not self.plain:
            self.current += _MARKS[tag]
        elif tag == "a" and self.links:
            url = self.links.pop()
            if url and self.plain:
                self.left.append(f"link: {url}")
            elif url:
                self.current += f"]({url})"
        if tag in _BLOCKS:
            self.break_block()
            if tag in ("blockquote", "li") and self.prefixes:
                self.prefixes.pop()

    def handle_data(self, data: str) -> None:
        if not self.unread:
            data = clean(data)  # once more: entities have become characters
            self.current += data if self.plain else _SPECIAL.sub(r"\\\1", data)


def _read(html: str, *, plain: bool) -> _Reader:
    reader = _Reader(plain=plain)
    reader.feed(clean(html))
    reader.close()
    reader.break_block()
    return reader


def to_commonmark(html: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML as CommonMark without HTML, one paragraph a block, and what it could not hold."""
    reader = _read(html, plain=False)
    paragraphs = []
    for prefix, text in reader.blocks:
        text = re.sub(r"(\*{1,2})\s+\1|\*{4,}", " ", text)  # a mark around nothing
        text = _LINE_START.sub(
            lambda m: "\\" + m[0] if not m[0][0].isdigit() else m[0][:-1] + "\\" + m[0][-1], text
        )
        paragraphs.append(prefix + text)
    return "\n\n".join(paragraphs), tuple(reader.left)


def to_text(html: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML as plain text on one line, and what it could not hold."""
    reader = _read(html, plain=True)
    return " ".join(text for _, text in reader.blocks), tuple(reader.left)
