"""What edits of events make of a record that has been read: that much can be known without reading it all."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.proof.proofs import prove
from diplomatic_timeline.record.checks.registry import CHECKS
from diplomatic_timeline.record.files import RecordFiles
from diplomatic_timeline.record.loader import by_date, read_event
from diplomatic_timeline.record.reading import Origin, Reading


@dataclass(frozen=True, slots=True)
class Edited:
    """A record after an edit; `events` are the edited ones as they were, then as they are."""

    reading: Reading
    events: tuple[Event, ...]


FileStates: TypeAlias = Mapping[str, tuple[int, int, int]]


def file_states(folder: Path) -> FileStates:
    """Return the size, time of change and inode of each file below a folder, by its address below it."""
    found: dict[str, tuple[int, int, int]] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        # What is gone in the meantime, or leads nowhere, is not there: so it differs from what was.
        with suppress(OSError), os.scandir(folder / below) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                    continue
                with suppress(OSError):
                    there = entry.stat()
                    found[below + entry.name] = (there.st_size, there.st_mtime_ns, there.st_ino)
    return found


def edited(before: Reading, folder: Path, shown: str, names: Collection[str]) -> Edited | None:
    """Return the record in `folder` after the files of these names were edited.

    That is what `read_folder` reads, but that findings about other files are not looked for. `shown` is as it
    was for `before`. None where more than events' words may have changed, or where the record deserves an
    error: what that is, only a whole reading says.
    """
    ids = {file: id for id, file in before.corpus.files.items()}
    files = RecordFiles(folder, shown, languages=before.corpus.languages)
    old: dict[str, Event] = {}
    new: dict[str, Event] = {}
    origins = dict(before.origins)
    for name in names:
        path = folder / name
        id = ids.get(f"{shown}/{name}", "")
        was = before.corpus.events.get(id)
        event = read_event(files, path) if was else None
        if was is None or event is None or files.found:
            return None
        if event.aliases != was.aliases or not _ids(was) <= _ids(event):
            return None  # Somebody else can refer to what is gone.
        old[id], new[id] = was, event
        origins["events", id] = Origin(f"{shown}/{name}", (), files.reader(path))
    corpus = before.corpus.model_copy(update={"events": by_date({**before.corpus.events, **new})})
    reading = Reading(
        corpus,
        origins,
        before.unreadable,
        (),
        before.pins,
        {**before.proofs, **prove(corpus, before.pins, new.values())},
        {**before.digests, **files.digests},
        before.coverage,
    )
    part = reading.part(new)
    found = (f for check in CHECKS for f in check(part if check.scope == "event" else reading))
    if any(finding.severity == "error" for finding in found):
        return None
    return Edited(reading, (*old.values(), *new.values()))


def _ids(event: Event) -> set[tuple[str, str]]:
    """Return the ids of what an event holds, each with its kind."""
    return {("quote", quote.id) for quote in event.quotes} | {("commitment", c.id) for c in event.commitments}
