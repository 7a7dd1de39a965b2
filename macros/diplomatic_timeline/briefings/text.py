"""Text of the record as plain values that the Typst template sets: it holds words and marks, never code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from diplomatic_timeline.model.quotation import marked
from diplomatic_timeline.model.translations import foreign
from diplomatic_timeline.views import prose
from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.models import SpeakerView
from diplomatic_timeline.views.wording import Wording

Value = dict[str, Any]


_TOLD = ("title", "lead", "statement", "text", "description", "shown")
"""What holds our own words."""


def told(value: Any, words: Wording, field: str = "") -> Any:
    """Return a part of a briefing's contents, each text in another language with a mark that says so.

    Such a text is a dict of `told`, `lang` and `mark`.
    """
    if isinstance(value, dict):
        return {name: told(inner, words, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [told(inner, words, field) for inner in value]
    language = foreign(value, words.language) if field in _TOLD else None
    if language is None:
        return value
    return {"told": str(value), "lang": language, "mark": mark(value, words)}


def mark(text: str, words: Wording) -> str:
    """Return what says in which language a text is; nothing where it is that of the briefing."""
    language = foreign(text, words.language)
    return words("language.mark", language=words.called(language)) if language else ""


def pieces(text: str) -> list[list[str]]:
    """Return a quotation as pairs of kind and text, as `marked` has them."""
    return [[kind, piece] for kind, piece in marked(text)]


def name(speaker: SpeakerView) -> Value:
    """Return a name with its native form."""
    return {"name": speaker.name, "native": speaker.native, "lang": speaker.native_language}


def event_named(line: EventLine) -> Value:
    """Return an event by its date and title."""
    return {"event": line.id, "title": line.title, "date": line.date.text}


def event_told(line: EventLine) -> Value:
    """Return an event with what came of it, in one sentence."""
    status = line.status_label if line.status != "held" else None
    return {**event_named(line), "main": line.main, "lead": line.lead, "status": status}


def blocks(text: str) -> list[Value]:
    """Return CommonMark as blocks: `p` and `code` with runs, `ul`, `ol` and `quote` with blocks inside."""
    return list(_blocks(SyntaxTreeNode(prose.tokens(text)).children))


def told_blocks(text: str, words: Wording) -> list[Value]:
    """Return CommonMark as blocks; where it is in another language, in one block that says so."""
    found, said = blocks(text), mark(text, words)
    return (
        [{"kind": "told", "lang": foreign(text, words.language), "mark": said, "blocks": found}]
        if said
        else found
    )


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Value]:
    for node in nodes:
        match node.type:
            case "paragraph":
                yield {"kind": "p", "runs": list(_runs(node.children[0].children))}
            case "fence" | "code_block":
                yield {"kind": "code", "runs": [_run(node.content.rstrip("\n"))]}
            case "bullet_list" | "ordered_list" as kind:
                items = [list(_blocks(item.children)) for item in node.children]
                yield {"kind": "ul" if kind == "bullet_list" else "ol", "items": items}
            case "blockquote":
                yield {"kind": "quote", "blocks": list(_blocks(node.children))}


def _run(text: str, *, strong: bool = False, em: bool = False, url: str | None = None) -> Value:
    return {"text": text, "strong": strong, "em": em, "url": url}


def _runs(nodes: Iterable[SyntaxTreeNode], **form: Any) -> Iterator[Value]:
    for node in nodes:
        match node.type:
            case "strong" | "em" as kind:
                yield from _runs(node.children, **{**form, kind: True})
            case "link":
                yield from _runs(node.children, **{**form, "url": str(node.attrs["href"])})
            case "softbreak" | "hardbreak" as kind:
                yield _run(" " if kind == "softbreak" else "\n")
            case _ if node.content:
                yield _run(node.content, **form)
