"""Edits of registries by commands: one value of one entry, everything else in the file as it was."""

from __future__ import annotations

from diplomatic_timeline.record.nodes import Document, MappingNode
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
        # The value before can take several lines: all that are further in, and blank ones between them.
        at = before
        for index in range(before, len(lines)):
            text = lines[index]
            if text.strip() and len(text) - len(text.lstrip(" ")) < column:
                break
            if text.strip():
                at = index + 1
        ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
        if not lines[at - 1].endswith(("\n", "\r")):
            lines[at - 1] += ending
        lines.insert(at, f"{' ' * (column - 1)}{field}: {value}{ending}")
    text = "".join(lines)
    after = read_document(document.file, text.encode())
    changed = after.value_at((id,))
    expected = {**entry, field: value}
    if after.diagnostics or not isinstance(changed, MappingNode) or dict(changed) != expected:
        raise EditError(
            f"{document.file} is not written a field to a line there: add '{field}: {value}' by hand"
        )
    return text
