"""Text of the record as plain values that the Typst template sets: it holds words and marks, never code."""

from __future__ import annotations

from typing import Any

from markdown_it.token import Token

from diplomatic_timeline.model.quotation import marked
from diplomatic_timeline.views import prose
from diplomatic_timeline.views.models import SpeakerView

Value = dict[str, Any]


def pieces(text: str) -> list[list[str]]:
    """Return a quotation as pairs of kind and text, as `marked` has them."""
    return [[kind, piece] for kind, piece in marked(text)]


def name(speaker: SpeakerView) -> Value:
    """Return a name with its native form."""
    return {"name": speaker.name, "native": speaker.native, "lang": speaker.native_language}


def blocks(text: str) -> list[Value]:
    """Return CommonMark as blocks: `p` and `code` with runs, `ul`, `ol` and `quote` with blocks inside."""
    return _blocks(list(prose.tokens(text)))


def _blocks(tokens: list[Token]) -> list[Value]:
    found: list[Value] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        match token.type:
            case "inline":
                found.append({"kind": "p", "runs": _runs(token.children or [])})
            case "fence" | "code_block":
                found.append({"kind": "code", "runs": [_run(token.content.rstrip("\n"))]})
            case "bullet_list_open" | "ordered_list_open":
                end = _closing(tokens, at)
                kind = "ul" if token.type.startswith("bullet") else "ol"
                found.append({"kind": kind, "items": _items(tokens[at + 1 : end])})
                at = end
            case "blockquote_open":
                end = _closing(tokens, at)
                found.append({"kind": "quote", "blocks": _blocks(tokens[at + 1 : end])})
                at = end
        at += 1
    return found


def _items(tokens: list[Token]) -> list[list[Value]]:
    items = []
    at = 0
    while at < len(tokens):
        end = _closing(tokens, at)
        items.append(_blocks(tokens[at + 1 : end]))
        at = end + 1
    return items


def _closing(tokens: list[Token], at: int) -> int:
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _run(text: str, *, strong: bool = False, em: bool = False, url: str | None = None) -> Value:
    return {"text": text, "strong": strong, "em": em, "url": url}


def _runs(tokens: list[Token]) -> list[Value]:
    found: list[Value] = []
    strong = em = 0
    url: str | None = None
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                em += token.nesting
            case "link_open":
                url = str(token.attrs["href"])
            case "link_close":
                url = None
            case "softbreak" | "hardbreak":
                found.append(_run(" " if token.type == "softbreak" else "\n"))
            case _:
                if token.content:
                    found.append(_run(token.content, strong=strong > 0, em=em > 0, url=url))
    return found
