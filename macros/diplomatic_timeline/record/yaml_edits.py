"""Edits of the record's files by commands: what is added or changed, and every other byte as it was.

A text is edited, not read and written anew: that would lay comments, quotation marks and lines out in another
way. Each edit is read back, and refused where anything but the one value differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import indent

from diplomatic_timeline.record.nodes import Document, MappingNode, SequenceNode
from diplomatic_timeline.record.yaml_reader import read_document


class EditError(ValueError):
    """A file that cannot be edited; the message says why and what to do."""


def with_value(document: Document, id: str, field: str, value: str, *, behind: str = "") -> str:
    """Return the text of a registry in which the field of an entry has this value, comments and all else
    kept.

    A new field stands behind the field named, or as the entry's last. The value must be one that needs no
    quotation marks in YAML. Raises EditError where the entry is written in another way than a field to a
    line.
    """
    entry = document.value_at((id,))
    lines = document.text.splitlines(keepends=True)
    if not isinstance(entry, MappingNode) or not entry:
        raise EditError(f"{document.file} has no fields for {id!r}; add '{field}: {value}' there")
    if field in entry:
        place = document.position((id, field))
        line = lines[place.line - 1]
        end = place.column - 1 + place.length
        lines[place.line - 1] = line[: place.column - 1] + value + line[end:]
    else:
        fields = list(entry)
        number = fields.index(behind) + 1 if behind in entry else len(fields)
        column = document.position((id, fields[0]), key=True).column
        before = document.position((id, fields[number - 1]), key=True).line
        at = _end(lines, before, column)
        _insert(lines, at, f"{field}: {value}", column - 1)
    return _checked(document, lines, {**_fields(document), id: {**entry, field: value}})


def with_entry(document: Document, id: str, written: str) -> str:
    """Return the text of a registry with an entry more, the last; `written` is its fields as YAML.

    Raises EditError where the registry is not written an entry to a line.
    """
    entries = _fields(document)
    lines = document.text.splitlines(keepends=True)
    if not entries:
        lines = [line for line in lines if line.strip() != "{}"]
    _insert(lines, len(lines), f"{id}:", 0)
    _insert(lines, len(lines), written, 2)
    return _checked(document, lines, {**entries, id: _value(written)})


def with_item(document: Document, field: str, written: str, order: Sequence[str]) -> str:
    """Return the text of a record's file with an item more in the list `field`.

    `written` is its fields as YAML. A list that is not there yet stands where `order` has it. Raises
    EditError where the list is written on one line.
    """
    fields = _fields(document)
    lines = document.text.splitlines(keepends=True)
    items = fields.get(field)
    item = "- " + indent(written.rstrip(), "  ").lstrip()
    if isinstance(items, SequenceNode) and items:
        first = lines[document.position((field, 0)).line - 1]
        margin = len(first) - len(first.lstrip(" "))
        last = document.position((field, len(items) - 1)).line
        _insert(lines, _end(lines, last, margin + 1), item, margin)
    else:
        before = [name for name in order[: order.index(field)] if name in fields]
        if field in fields:
            at = document.position((field,), key=True).line - 1
            del lines[at]
        else:
            line = document.position((before[-1],), key=True).line if before else 0
            at = _end(lines, line, 1) if before else len(lines)
        _insert(lines, at, f"{field}:\n{indent(item, '  ')}", 0)
    old = list(items) if isinstance(items, SequenceNode) else []
    return _checked(document, lines, {**fields, field: [*old, _value(written)]})


def _fields(document: Document) -> Mapping[str, object]:
    return document.value if isinstance(document.value, MappingNode) else {}


def _value(written: str) -> object:
    return read_document("", written.encode()).value


def _end(lines: Sequence[str], line: int, column: int) -> int:
    """Return the last line of what begins in a line: all that are as far in, and blank ones between them."""
    end = line
    for number, text in enumerate(lines[line:], line + 1):
        is_item = column == 1 and text.startswith("- ")
        if text.strip() and len(text) - len(text.lstrip(" ")) < column and not is_item:
            break
        if text.strip():
            end = number
    return end


def _insert(lines: list[str], at: int, text: str, margin: int) -> None:
    """Insert a text behind a line, this far in, with the line ends that the others have."""
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if at and not lines[at - 1].endswith(("\n", "\r")):
        lines[at - 1] += ending
    lines[at:at] = [f"{' ' * margin if line else ''}{line}{ending}" for line in text.rstrip("\n").split("\n")]


def _checked(document: Document, lines: Sequence[str], expected: Mapping[str, object]) -> str:
    """Return the text, which must say what is expected. Raises EditError."""
    text = "".join(lines)
    after = read_document(document.file, text.encode())
    if after.diagnostics or after.value != expected:
        raise EditError(f"{document.file} is not written a field to a line there: add it by hand")
    return text
