"""A record as YAML text in the one form in which the project writes it.

Fields stand in the model's order, lists of ids on one line where they fit, long texts folded. What is written
reads back as it was: `read(write(x)) == x`. It writes text only and needs no YAML library, whose choice of
style would differ from what editors here write by hand.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.records import Event

WIDTH = 110

# What every YAML reader takes for the text that it is: it starts like a word, and holds no sign that ends it.
_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ\u0370-\u1fff\u2e80-\U0003ffff](?:[^\x00-\x1f\x7f-\x9f]*\S)?")
_BREAKS = re.compile(r":(?:\s|$)|\s#|[\x85\u2028\u2029\ufeff]")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_NUMBER = re.compile(r"[0-9][0-9_.,:eExXoO+-]*")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}|[0-9X~?%/.-]*[X~?%/][0-9X~?%/.-]*")
_FLOW = re.compile(r"[^,\[\]{}\"']*")
_HIDDEN = re.compile(
    r"[\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)


def _quoted(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda m: f"\\u{ord(m[0]):04x}", written)


def _is_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or _BREAKS.search(text) or _HIDDEN.search(text):
        return False
    if _NUMBER.fullmatch(text) and not _DATE.fullmatch(text):
        return False
    return text.casefold() not in _WORDS


def _can_stand(text: str) -> bool:
    """Return whether a text can stand as it is below its field's name, line by line."""
    lines = text.split("\n")
    return (
        bool(lines[0])
        and bool(lines[-1])
        and not text.startswith(" ")
        and not _HIDDEN.search(text)
        and all(line.isprintable() and (line.strip() or not line) for line in lines)
    )


def _scalar(value: str | int | bool, indent: int, room: int) -> str:
    """Return what stands after `name:`; `indent` is that of the lines below it."""
    if isinstance(value, bool):
        return " true" if value else " false"
    if isinstance(value, int):
        return f" {value}"
    pad = " " * indent
    if "\n" in value and _can_stand(value):
        return " |\n" + "\n".join(pad + line if line else "" for line in value.split("\n"))
    if _is_plain(value) and len(value) <= room:
        return f" {value}"
    if len(value) > room and _can_stand(value) and not re.search("  | $|\n", value):
        lines = textwrap.wrap(value, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        if len(lines) > 1 and " ".join(lines) == value:
            return " >-\n" + "\n".join(pad + line for line in lines)
    return f" {value}" if _is_plain(value) else f" {_quoted(value)}"


def _flow(items: Sequence[Any]) -> str | None:
    """Return a list on one line, or None where it holds more than short words."""
    if not all(isinstance(i, str) for i in items):
        return None
    written = [i if _is_plain(i) and _FLOW.fullmatch(i) else _quoted(i) for i in items]
    return f"[{', '.join(written)}]"


def _lines(fields: Mapping[str, Any], indent: int) -> list[str]:
    pad, lines = " " * indent, []
    for name, value in fields.items():
        key = name if _is_plain(name) else _quoted(name)
        if isinstance(value, Mapping):
            lines += [f"{pad}{key}:", *_lines(value, indent + 2)] if value else [f"{pad}{key}: {{}}"]
        elif isinstance(value, list | tuple):
            lines += _list(key, value, indent)
        elif value is not None:
            room = WIDTH - indent - len(key) - 2
            lines.append(f"{pad}{key}:{_scalar(value, indent + 2, room)}")
    return lines


def _list(key: str, items: Sequence[Any], indent: int) -> list[str]:
    pad = " " * indent
    flow = _flow(items)
    if flow is not None and (len(pad) + len(key) + 2 + len(flow) <= WIDTH or not items):
        return [f"{pad}{key}: {flow}"]
    lines = [f"{pad}{key}:"]
    for item in items:
        if isinstance(item, Mapping):
            inner = _lines(item, indent + 4)
            inner[0] = f"{pad}  - {inner[0].lstrip()}"
            lines += inner
        else:
            lines.append(f"{pad}  -{_scalar(item, indent + 4, WIDTH - indent - 4)}")
    return lines


def plain(record: Record) -> dict[str, Any]:
    """Return what an editor writes for a record whose id stands outside it: no defaults, no id."""
    fields = record.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return {name: value for name, value in fields.items() if name != "id"}


def in_order(fields: Mapping[str, Any], model: type[Record] = Event) -> dict[str, Any]:
    """Return fields in the order of the model; those that it does not know stand last."""
    return {**{name: fields[name] for name in model.written() if name in fields}, **fields}


def write(fields: Mapping[str, Any], first_line: str = "", comments: Iterable[str] = ()) -> str:
    """Return the text of a record's file: its first line, its fields, then comments."""
    lines = [first_line] if first_line else []
    lines += _lines(fields, 0)
    lines += [f"# {_HIDDEN.sub(' ', ' '.join(c.split()))}" for c in comments]
    return "\n".join(lines) + "\n"
