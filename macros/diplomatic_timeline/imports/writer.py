"""Writes drafts into a record, and reports what was taken, guessed and left."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.imports.drafts import Draft
from diplomatic_timeline.model import schema
from diplomatic_timeline.model.diagnostics import command
from diplomatic_timeline.record.checks.todos import TODO

State = Literal["written", "replaced", "unchanged", "kept"]

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


def write(drafts: Iterable[Draft], events: Path, *, replace: bool = False) -> tuple[Written, ...]:
    """Write each draft's file and return what became of it.

    A file that exists is its editor's, and is left as it is unless `replace`. All files are written in a
    folder beside the record's and then moved. Where anything fails, nothing has changed; raises OSError.
    """
    registry = events / "registry"
    taken = {path.stem: path for path in sorted(events.rglob("*.yml")) if registry not in path.parents}
    entries: list[Written] = []
    texts: dict[Path, str] = {}
    for draft in drafts:
        folder = events / (f"{draft.year:04}" if draft.year is not None else UNDATED)
        file = taken.get(draft.id, folder / f"{draft.id}.yml")
        text = text_of(draft, file, events)
        state: State = "written"
        if draft.id in taken:
            same = file in texts or file.read_bytes() == text.encode("utf-8")
            state = "unchanged" if same else "replaced" if replace else "kept"
        taken[draft.id] = file
        if state in ("written", "replaced"):
            texts[file] = text
        entries.append(Written(draft, file, state))
    if texts:
        _put(texts, events)
    return tuple(entries)


def _put(texts: dict[Path, str], events: Path) -> None:
    """Write files together: all of them or none."""
    beside = Path(tempfile.mkdtemp(prefix=f".{events.name}-import-", dir=events.resolve().parent))
    done: list[tuple[Path, Path | None]] = []
    made: list[Path] = []
    try:
        for number, text in enumerate(texts.values()):
            (beside / f"{number}.new").write_text(text, encoding="utf-8", newline="\n")
        for number, file in enumerate(texts):
            missing = [folder for folder in file.parents if not folder.exists()]
            for folder in reversed(missing):
                folder.mkdir()
                made.append(folder)
            before = beside / f"{number}.old" if file.exists() else None
            if before is not None:
                shutil.copy2(file, before)
            os.replace(beside / f"{number}.new", file)
            done.append((file, before))
    except BaseException:
        for file, before in reversed(done):
            if before is None:
                file.unlink(missing_ok=True)
            else:
                os.replace(before, file)
        for folder in reversed(made):
            folder.rmdir()
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


_STATES = {
    "written": "written",
    "replaced": "written anew",
    "unchanged": "unchanged",
    "kept": "left as it is: it was edited, or another event has its name (--force replaces it)",
}


def _open(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(_open, value.values()))
    if isinstance(value, list):
        return sum(map(_open, value))
    return value == TODO


def report(entries: Iterable[Written], left: Iterable[str]) -> str:
    """Return a report: each file with what was taken, guessed and left; then the whole."""
    entries = tuple(entries)
    lines = []
    for entry in entries:
        draft = entry.draft
        lines.append(f"{entry.file.as_posix()}: {_STATES[entry.state]}")
        if entry.state == "unchanged":
            continue
        taken = [name for name, value in draft.fields.items() if not _open(value)]
        lines.append(f"  taken    {', '.join(taken) or 'nothing'}")
        lines += [f"  guessed  {_short(guess)}" for guess in draft.guessed]
        lines += [f"  left     {_short(rest)}" for rest in draft.left]
        if todos := _open(draft.fields):
            lines.append(f"  todo     {todos} {'value' if todos == 1 else 'values'} for its editor")
    # No file keeps these, so they are told at length.
    lines += [f"left     {_short(rest, 2000)}" for rest in left]
    counts = {s: sum(e.state == s for e in entries) for s in _STATES}
    todos = sum(_open(e.draft.fields) for e in entries if e.state in ("written", "replaced"))
    lines.append(
        f"{len(entries)} event{'' if len(entries) == 1 else 's'}: "
        f"{counts['written']} written, "
        + (f"{counts['replaced']} written anew, " if counts["replaced"] else "")
        + f"{counts['unchanged']} unchanged, {counts['kept']} left as they are"
        + (f"; {todos} values are todo: run {command('check')}" if todos else "")
    )
    return "\n".join(lines) + "\n"


def _short(entry: str, length: int = 100) -> str:
    line = " ".join(entry.split())
    return line if len(line) <= length else line[: length - 1] + "…"
