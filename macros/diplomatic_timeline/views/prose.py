"""Our words and the sources' words as text: CommonMark summaries, first sentences, pieces of a quotation."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it.token import Token

from diplomatic_timeline.model.links import CommonMark
from diplomatic_timeline.model.translations import part_of

_COMMONMARK = CommonMark()
_STOP = re.compile(r"(?P<stops>(?<![.!?…])[.!?…]+)['’”\")]*(?=\s|$)|[。！？]['’”」』）)]*")
# Stops that end no sentence: those of initials and abbreviations (J., U.S., Adm.) and before figures (No. 5).
_ABBREVIATION = re.compile(
    r"(?:.*\.)?[^\W\d_]|Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|St|Jr|Sr|vs|cf|Adm|Amb|Brig|Capt|Cmdr|Col|Gen|Gov|Lt|Maj"
    r"|Pres|Rep|Sen|Sgt"
)
_BEFORE_FIGURE = re.compile(r"Nos?|Art|para|pp?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec")
# Scripts that set no spaces between words.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@lru_cache(maxsize=8192)
def to_html(text: str) -> str:
    """Return CommonMark as HTML; raw HTML in it comes out as text, and so do links to what is no page."""
    return str(_COMMONMARK.render(text))


def tokens(text: str) -> list[Token]:
    """Return CommonMark as the parser's tokens, for what is not set in HTML."""
    return _COMMONMARK.parse(text)


@lru_cache(maxsize=8192)
def to_plain(text: str) -> str:
    """Return CommonMark as plain text: the words without marks, one space between paragraphs."""
    parts = []
    for token in tokens(text):
        if token.type == "inline":
            pieces = (
                " " if t.type in ("softbreak", "hardbreak") else t.content for t in token.children or ()
            )
            parts.append("".join(pieces))
        elif token.type in ("fence", "code_block"):
            parts.append(token.content.strip())
    return " ".join(" ".join(parts).split())


def lead(text: str) -> str:
    """Return the first sentence of a summary as plain text, in the summary's language."""
    plain = to_plain(text)
    ends = (found for found in _STOP.finditer(plain) if not _goes_on(plain, found))
    end = next(ends, None)
    return part_of(text, plain[: end.end()] if end else plain)


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Return whether a sentence goes on behind a stop."""
    following = text[stop.end() :].lstrip()[:1]
    if stop["stops"] is None:
        return False
    if following.islower():
        return True
    if stop["stops"] != ".":
        return False
    word = re.split(r"[\s(“‘\"'/–—-]", text[max(0, stop.start() - 80) : stop.start()])[-1]
    if following.isdecimal() and _BEFORE_FIGURE.fullmatch(word):
        return True
    return _ABBREVIATION.fullmatch(word) is not None


def beginning(text: str, words: int = 6) -> str:
    """Return the first words of a quotation, with an ellipsis where more follow."""
    if not text.isascii() and 2 * len(_UNSPACED.findall(text)) > len(text):
        characters = 3 * words
        return text if len(text) <= characters else text[:characters].rstrip("，、；：, ") + "…"
    parts = text.split(None, words)
    return text if len(parts) <= words else " ".join(parts[:words]).rstrip(",;:—–") + " …"


def shortened(text: str, characters: int = 155) -> str:
    """Return a text cut at a word so that a search engine can show it whole."""
    if len(text) <= characters:
        return text
    return text[: characters - 1].rsplit(" ", 1)[0].rstrip(",;:—–") + "…"
