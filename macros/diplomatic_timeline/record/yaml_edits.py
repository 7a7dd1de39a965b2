"""Edits of the record's files by commands: what is added or changed, and every other byte as it was.

A text is edited, not read and written anew: that would lay comments, quotation marks and lines out in another
way. Each edit is read back, and refused where anything but the one value differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from textwrap import indent
from typing import Any, NamedTuple, TypeAlias

from diplomatic_timeline.record.nodes import Document, FieldPath
from diplomatic_timeline.record.yaml_reader import read_document

Fields: TypeAlias = Mapping[str, Any]
Write: TypeAlias = Callable[[Fields], str]
"""Returns fields as YAML, each from the first column on."""

_GONE = object()
_COMMENT = re.compile(r"(?:^|\s)#")
_LIST_ITEM = re.compile(r" *- +")


class EditError(ValueError):
    """A file that cannot be edited; the message says why and what to do."""


class _Edit(NamedTuple):
    """A value that is to stand at a path, in place of what is there or before it; `_GONE` for none."""

    path: FieldPath
    value: Any
    before: bool = False


def with_fields(document: Document, fields: Fields, write: Write) -> str:
    """Return the text of a file whose value is a mapping, with these fields; comments and all else are kept.

    What is new stands behind what `fields` has before it. Items of a list are the same where their ids are,
    or else what they have in the first field of the new one. Values are texts, lists and mappings, as the
    reader has them. Raises EditError where the file is not written a field to a line, and where a comment
    would be lost.
    """
    fields = _plain(fields)
    while edit := _difference(_plain(document.value or {}), fields):
        while True:
            try:
                document = _edited(document, edit, fields, write)
                break
            except EditError:
                # What stands on one line with others is written anew together with them.
                path = edit.path[:-1]
                if not path:
                    raise
                edit = _Edit(path, _at(fields, path))
    return document.text


def _difference(old: Any, new: Any, path: FieldPath = ()) -> _Edit | None:
    """Return the first edit that makes a value more like another, or None where they are equal."""
    if old == new:
        return None
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in old:
            if name not in new:
                return _Edit((*path, name), _GONE)
            if found := _difference(old[name], new[name], (*path, name)):
                return found
        name = next(name for name in new if name not in old)
        return _Edit((*path, name), new[name])
    if not (old and new and all(isinstance(v, list) and isinstance(v[0], Mapping) for v in (old, new))):
        return _Edit(path, new)
    at = next((n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        at = min(len(old), len(new))
        return _Edit((*path, at), new[at] if at < len(new) else _GONE)
    field = "id" if "id" in (new[at] or ()) else next(iter(new[at] or ()), "")
    before, after = ([_name(item, field) for item in items[at:]] for items in (old, new))
    if before[0] != after[0]:
        if before[0] not in after and len(old) > len(new):
            return _Edit((*path, at), _GONE)
        if after[0] not in before and len(new) > len(old):
            return _Edit((*path, at), new[at], before=True)
        if before[0] in after or after[0] in before:
            return _Edit(path, new)  # in another order
    return _difference(old[at], new[at], (*path, at))


def _plain(value: Any) -> Any:
    """Return a value without the line end that YAML adds to a text of several lines."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.removesuffix("\n") if isinstance(value, str) else value


def _name(item: Any, field: str) -> Any:
    return item.get(field) if isinstance(item, Mapping) else item


def _at(value: Any, path: FieldPath) -> Any:
    for step in path:
        value = value[step]
    return value


def _edited(document: Document, edit: _Edit, fields: Fields, write: Write) -> Document:
    """Return the document after an edit. Raises EditError where anything else would differ."""
    path, value = edit.path, edit.value
    if any(document.starts_with(path[:n]) in ("[", "{") for n in range(1, len(path))):
        raise _refused(document)
    lines = document.text.splitlines(keepends=True)
    parent: Any = document.value_at(path[:-1]) or {}
    *above, step = path
    if isinstance(step, int):
        is_new = edit.before or step == len(parent)
        if is_new:
            _insert_item(document, lines, path, value, write)
        else:
            _replace(document, lines, path, value, write)
        expected: Any = [*parent]
        expected[step : step + (not is_new)] = [] if value is _GONE else [value]
    else:
        if step in parent:
            _replace(document, lines, path, value, write)
        else:
            _insert_field(document, lines, path, value, list(_at(fields, path[:-1])), write)
        expected = {name: v for name, v in {**parent, step: value}.items() if v is not _GONE}
    after = read_document(document.file, "".join(lines).encode())
    if after.diagnostics or _plain(after.value or {}) != _plain(_with(document.value or {}, above, expected)):
        raise _refused(document)
    return after


def _refused(document: Document) -> EditError:
    return EditError(f"{document.file} is not written a field to a line there: edit it by hand")


def _with(value: Any, path: Sequence[str | int], new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, Mapping):
        return {**value, path[0]: _with(value[path[0]], path[1:], new)}
    return [_with(item, path[1:], new) if n == path[0] else item for n, item in enumerate(value)]


def _replace(document: Document, lines: list[str], path: FieldPath, value: Any, write: Write) -> None:
    """Put a value in the place of another, with its name; or take both away."""
    step = path[-1]
    start = document.position(path, key=isinstance(step, str))
    old, place = document.value_at(path), document.position(path)
    margin, first = start.column - 1, place.line if isinstance(step, int) else start.line
    if isinstance(step, int):
        margin = len(lines[first - 1]) - len(lines[first - 1].lstrip(" "))
    end = _end(lines, first, margin + 1, items=isinstance(old, list))
    new = "" if value is _GONE else _item(value, write) if isinstance(step, int) else write({step: value})
    line = lines[first - 1]
    in_line = old is not None and first == place.line == end and new.count("\n") == 1
    if in_line and isinstance(step, str) and ": " in new:
        stop = place.column - 1 + place.length
        lines[first - 1] = line[: place.column - 1] + new.partition(": ")[2].rstrip("\n") + line[stop:]
        return
    taken = lines[first - 1 : end]
    # A text holds no comment, but behind its name; what is taken away goes with its own.
    if value is not _GONE and any(map(_COMMENT.search, taken[:1] if isinstance(old, str) else taken)):
        raise EditError(f"{document.file} has a comment there, which would be lost: edit it by hand")
    lead = line[:margin] if isinstance(step, str) else ""
    if value is _GONE and lead.strip():
        raise _refused(document)  # the first field of an item stands behind its hyphen
    del lines[first - 1 : end]
    if new:
        _insert(lines, first - 1, new, margin)
        lines[first - 1] = (lead or " " * margin) + lines[first - 1][margin:]


def _insert_field(
    document: Document, lines: list[str], path: FieldPath, value: Any, order: Sequence[str], write: Write
) -> None:
    """Put a field behind the last of those that `order` has before it."""
    parent: Any = document.value_at(path[:-1]) or {}
    step = str(path[-1])
    written = write({step: value})
    if not isinstance(parent, Mapping) or not parent:
        lines[:] = [line for line in lines if line.strip() != "{}"]
        _insert(lines, len(lines), written, 0)
        return
    before = [name for name in order[: order.index(step)] if name in parent]
    key = document.position((*path[:-1], before[-1] if before else next(iter(parent))), key=True)
    margin = key.column - 1
    if before:
        is_list = isinstance(parent[before[-1]], list)
        _insert(lines, _end(lines, key.line, margin + 1, items=is_list), written, margin)
    elif _LIST_ITEM.match(lines[key.line - 1]):
        raise _refused(document)
    else:
        _insert(lines, key.line - 1, written, margin)


def _insert_item(document: Document, lines: list[str], path: FieldPath, value: Any, write: Write) -> None:
    """Put an item before the one that has its number, or at the end of a list."""
    *items, number = path
    line = document.position((*items, 0)).line
    margin = len(lines[line - 1]) - len(lines[line - 1].lstrip(" "))
    at = line - 1
    if number:
        at = _end(lines, document.position((*items, int(number) - 1)).line, margin + 1)
    _insert(lines, at, _item(value, write), margin)


def _item(value: Any, write: Write) -> str:
    if not isinstance(value, Mapping):
        return "- " + write({"x": value}).partition(": ")[2]
    return "- " + indent(write(value).rstrip(), "  ").lstrip() + "\n"


def _end(lines: Sequence[str], line: int, column: int, *, items: bool = False) -> int:
    """Return the last line of what begins in a line: all that are as far in, and blank ones between them.

    With `items`, those of a list that begin one column before it, too.
    """
    end = line
    for number, text in enumerate(lines[line:], line + 1):
        margin = len(text) - len(text.lstrip(" "))
        is_item = items and margin == column - 1 and text.lstrip().startswith("- ")
        if text.strip() and margin < column and not is_item:
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
