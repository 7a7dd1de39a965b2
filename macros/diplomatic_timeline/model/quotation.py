"""The marks inside a quotation's text: `[...]` for words left out, `[word]` for a word put in."""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_ELLIPSES = ("...", "…", ". . .")


def is_omission(inside: str) -> bool:
    """Return whether the inside of square brackets marks words left out, rather than words put in."""
    return inside.strip() in _ELLIPSES


def marked(text: str) -> tuple[tuple[str, str], ...]:
    """Return a quotation as pieces: ("words", ...), ("omission", "[...]") and ("insertion", "[word]")."""
    pieces: list[tuple[str, str]] = []
    position = 0
    for match in _BRACKETED.finditer(text):
        if match.start() > position:
            pieces.append(("words", text[position : match.start()]))
        pieces.append(("omission" if is_omission(match[1]) else "insertion", match[0]))
        position = match.end()
    if position < len(text):
        pieces.append(("words", text[position:]))
    return tuple(pieces)


def printed_pieces(text: str) -> tuple[str, ...]:
    """Return the stretches of a quotation that stand in its source in one piece, insertions left out."""
    stretches = [""]
    for kind, piece in marked(text):
        if kind == "omission":
            stretches.append("")
        elif kind == "words":
            stretches[-1] += piece
    return tuple(" ".join(s.split()) for s in stretches if s.strip())
