"""What edits of events make of a record that has been read: that much can be known without reading it all."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.proof.proofs import prove
from diplomatic_timeline.record.cache import plain_events
from diplomatic_timeline.record.checks.registry import CHECKS
from diplomatic_timeline.record.files import Desk
from diplomatic_timeline.record.loader import read_event
from diplomatic_timeline.record.reading import Origin, Reading
from diplomatic_timeline.record.yaml_reader import late_document


@dataclass(frozen=True, slots=True)
class Edited:
    """A record after an edit; `events` are the edited ones as they were, then as they are."""

    reading: Reading
    events: tuple[Event, ...]


Lies = Mapping[str, tuple[int, int, int]]


def lies(folder: Path) -> Lies:
    """Return how each file below a folder lies on the disk (size, time, number), by its address below it."""
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
    was for `before`. None where more than events' words may have changed, or where an edited file deserves an
    error: what that is, only a whole reading says.
    """
    ids = {file: id for id, file in before.corpus.files.items()}
    files = {ids[f"{shown}/{name}"]: name for name in names if f"{shown}/{name}" in ids}
    old = {id: before.corpus.events[id] for id in files if id in before.corpus.events}
    new, digests = plain_events({id: folder / name for id, name in files.items()})
    desk = Desk(folder, shown)
    for id in files.keys() - new.keys():
        event = read_event(desk, folder / files[id], id)
        if event is None or desk.found:
            return None
        new[id], digests[id] = event, desk.digests[f"{shown}/{files[id]}"]
    if not len(names) == len(files) == len(old) == len(new) or not _keep_their_names(before, old, new):
        return None
    events = {**before.corpus.events, **new}
    events = dict(sorted(events.items(), key=lambda item: (item[1].date.order, item[0])))
    corpus = before.corpus.model_copy(update={"events": events})
    origins = dict(before.origins)
    for id, name in files.items():
        origins["events", id] = Origin(late_document(f"{shown}/{name}", folder / name), ())
    reading = Reading(
        corpus,
        origins,
        before.unreadable,
        (),
        before.pins,
        {**before.proofs, **prove(corpus, before.pins, new.values())},
        {**before.digests, **{f"{shown}/{files[id]}": digest for id, digest in digests.items()}},
    )
    part = reading.part(new)
    if any(finding.severity == "error" for check in CHECKS for finding in check(part)):
        return None
    return Edited(reading, (*old.values(), *new.values()))


def _keep_their_names(before: Reading, old: Mapping[str, Event], new: Mapping[str, Event]) -> bool:
    """Return whether nobody else can have referred to what is gone, nor has the name of what is new."""
    taken: set[str] | None = None
    for id, event in new.items():
        was, now = _names(old[id]), _names(event)
        if event.aliases != old[id].aliases or not was <= now:
            return False
        if now > was:
            taken = taken or set().union(*map(_names, before.corpus.events.values()))
            if not taken.isdisjoint(now - was):
                return False
            taken |= now
    return True


def _names(event: Event) -> set[str]:
    return {f"quote {quote.id}" for quote in event.quotes} | {f"commitment {c.id}" for c in event.commitments}
