"""What an editor still has to write: every value that says `todo`.

An import writes it where nothing in the imported file says what belongs there, and whoever starts an event by
hand may do the same. A record with such a value is not published; each value is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.diagnostics import Diagnostic, shown
from diplomatic_timeline.model.fields import choices_of, model_at
from diplomatic_timeline.record.nodes import Document, FieldPath, Value, leaves

TODO = "todo"


def paths(value: Value) -> Iterator[FieldPath]:
    """Yield where a value says `todo`, from the first to the last."""
    return (path for path, leaf in leaves(value) if leaf == TODO)


def todo(document: Document, model: type[Record], base: FieldPath, path: FieldPath) -> Diagnostic:
    """Return the finding about the `todo` at `path` of the record at `base`."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    holder = model_at(model, path if isinstance(path[-1], str) else path[:-1])
    field = holder.written().get(name) if holder else None
    remedy = (field.description if field else "") or "write it, or remove the field"
    if allowed := choices_of(field):
        remedy = f"{remedy} Write one of: {', '.join(allowed)}"
    return document.finding(TODO, f"{shown(name)} is still to be written", (*base, *path), remedy)
