"""A file written the plain way, a field to a line, read without the YAML parser.

Most files of a record are: block mappings and lists, texts on one line or below `|` and `>`, short lists in
brackets. To read those by lines takes a third of the time that the parser's events take. What is not certain
to mean the same to the parser is declined, and read by `documents`; so is whatever could deserve a finding.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

# Not what stands for nothing, nor the word of what is still to be written.
_VALUE = r"(?!(?:null|Null|NULL|todo)\n)"
_WORD = r"(?!(?:null|Null|NULL|todo)[,\]])[A-Za-z0-9_](?:[^\n,\[\]{}:#'\"]*[^\s,\[\]{}:#'\"])?"
_QUOTED = r"\"(?!todo\")[A-Za-z0-9_ -]+\"|'(?!todo')[A-Za-z0-9_ -]+'"
_ITEM = rf"(?:{_WORD}|{_QUOTED})"
# Each match takes whole lines, so together they leave nothing out: the last alternative takes the rest.
_LINES = re.compile(
    r"( *)(- )?(?:([A-Za-z0-9_][A-Za-z0-9_-]{0,100}):(?=[ \n]) *)?(?:"
    rf"{_VALUE}([^\s\-?:,\[\]{{}}#&*!|>'\"%@`~](?:[^\n]*[^\s:])?)\n"
    rf"|(\[(?:{_ITEM}(?:, ?{_ITEM})*)?\]|'(?!todo')[^'\n]+'|\"(?!todo\")[^\"\\\n]+\")\n"
    # A text's lines are indented further than its key.
    r"|([|>]-?)\n((?:\1(?(2)  ) +[^ \n][^\n]*\n)(?:\1(?(2)  ) +[^ \n][^\n]*\n|\n)*)"
    r"|(?:#[^\n]*)?\n"
    r")|([^\n]*\n)"
)
_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_BREAKS = re.compile(r"\n(\n+)")
_NULLS = frozenset(("null", "Null", "NULL"))
_DEEPEST = 16


def read_lines(text: str) -> dict[str, Plain] | None:
    """Return the mapping that a file's text writes, or None where it is not written the plain way.

    No value is null, none says `todo`, and no key stands twice: each of these is declined.
    """
    if "\t" in text or "\r" in text or " \n" in text or not text.endswith("\n"):
        return None
    top: dict[str, Plain] = {}
    holder: dict[str, Plain] | list[Plain] = top
    outer: list[tuple[int, dict[str, Plain] | list[Plain]]] = []
    column = 0
    waiting = ""  # a key whose value stands below it
    for indent, dash, key, plain, marked, style, body, rest in _LINES.findall(text):
        if not key and not dash:
            if plain or marked or style or rest:
                return None
            continue
        at = len(indent)
        if waiting:
            if at <= column or len(outer) > _DEEPEST:
                return None
            outer.append((column, holder))
            inner: dict[str, Plain] | list[Plain] = [] if dash else {}
            holder[waiting] = inner  # type: ignore[call-overload]
            holder, column, waiting = inner, at, ""
        else:
            while at < column:
                column, holder = outer.pop()
            if at > column or (type(holder) is list) is not bool(dash):
                return None
        value: Plain = ""
        if plain:
            if ": " in plain or " #" in plain:
                return None
            value = plain
        elif marked:
            inside = marked[1:-1]
            if marked[0] == "[":
                value = [_unquoted(word.strip()) for word in inside.split(",")] if inside else []
            else:
                value = inside
        elif style:
            text_below = _text_below(style, body)
            if text_below is None:
                return None
            value = text_below
        if dash:
            if not key:
                if not value:
                    return None
                holder.append(value)  # type: ignore[union-attr]
                continue
            outer.append((column, holder))
            item: dict[str, Plain] = {}
            holder.append(item)  # type: ignore[union-attr]
            holder, column = item, at + 2
        if key in holder or key in _NULLS:
            return None
        if value == "":
            waiting = key
        else:
            holder[key] = value
    return None if waiting or not top else top


def _unquoted(word: str) -> str:
    return word[1:-1] if word[0] in "\"'" else word


def _text_below(style: str, body: str) -> str | None:
    """Return the text whose lines are `body`, or None where they are not all indented alike."""
    indent = len(body) - len(body.lstrip(" "))
    text = body[indent:].rstrip("\n").replace(f"\n{body[:indent]}", "\n")
    if "\n " in text:
        return None
    if style[0] == ">":
        text = _BREAKS.sub(r"\1", _BREAK.sub(" ", text)) if "\n" in text else text
    return text if style[-1] == "-" else text + "\n"
