"""Writes drafts into a record, and reports what was taken, guessed and left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.imports.timelinejs import Draft
from diplomatic_timeline.model import schema
from diplomatic_timeline.record.checks.todos import TODO

State = Literal["written", "unchanged", "kept"]

UNDATED = "undated"
"""The folder of events whose date is still to be written."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a draft: its file, and whether it was written, stood there already, or differs there."""

    draft: Draft
    file: Path
    state: State


def text_of(draft: Draft, file: Path, events: Path) -> str:
    """Return the text of a draft's file in the record's folder."""
    comments = [f"imported, and not placed: {entry}" for entry in draft.left]
    return yaml_writer.write(draft.fields, schema.first_line(file, events), comments)


def write(drafts: Iterable[Draft], events: Path) -> Iterator[Written]:
    """Write each draft's file and yield what became of it.

    A file that exists is never changed: after an import it is its editor's.
    """
    taken = {path.stem: path for path in sorted(events.rglob("*.yml"))}
    for draft in drafts:
        folder = events / (f"{draft.year:04}" if draft.year is not None else UNDATED)
        file = taken.get(draft.id, folder / f"{draft.id}.yml")
        text = text_of(draft, file, events)
        if draft.id in taken:
            same = file.read_text(encoding="utf-8") == text
            yield Written(draft, file, "unchanged" if same else "kept")
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        taken[draft.id] = file
        yield Written(draft, file, "written")


_STATES = {
    "written": "written",
    "unchanged": "unchanged",
    "kept": "left as it is: it was edited, or another event has its name",
}


def _open(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(_open, value.values()))
    if isinstance(value, list):
        return sum(map(_open, value))
    return value == TODO


def report(written: Iterable[Written], left: Iterable[str]) -> str:
    """Return a report: each file with what was taken, guessed and left; then the whole."""
    entries = list(written)
    lines = []
    for entry in entries:
        draft = entry.draft
        lines.append(f"{entry.file.as_posix()}: {_STATES[entry.state]}")
        if entry.state == "unchanged":
            continue
        taken = [name for name, value in draft.fields.items() if not _open(value)]
        lines.append(f"  taken    {', '.join(taken) or 'nothing'}")
        lines += [f"  guessed  {entry}" for entry in draft.guessed]
        lines += [f"  left     {_short(entry)}" for entry in draft.left]
        if todos := _open(draft.fields):
            lines.append(f"  todo     {todos} {'value' if todos == 1 else 'values'} for its editor")
    lines += [f"left     {_short(entry)}" for entry in left]
    counts = {s: sum(e.state == s for e in entries) for s in _STATES}
    todos = sum(_open(e.draft.fields) for e in entries if e.state == "written")
    lines.append(
        f"{len(entries)} event{'' if len(entries) == 1 else 's'}: "
        f"{counts['written']} written, {counts['unchanged']} unchanged, "
        f"{counts['kept']} left as they are"
        + (f"; {todos} values are todo: run .venv/bin/timeline check" if todos else "")
    )
    return "\n".join(lines) + "\n"


def _short(entry: str) -> str:
    line = " ".join(entry.split())
    return line if len(line) <= 100 else line[:99] + "…"
