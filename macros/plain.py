"""Events in files that are written the plain way and without a mistake: read, or taken from the cache."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from macros.cache import Cache, digest
from macros.documents import read_plain
from macros.model import Event, lean
from macros.vocabulary import is_id


def plain_events(
    files: Mapping[str, Path], cache: Cache | None = None
) -> tuple[dict[str, Event], dict[str, str]]:
    """Return the events of `files` (by id) that are sound at first sight, and the digest of each file read.

    A file that is not among the events has something unusual in it, which may be a mistake.
    """
    events: dict[str, Event] = {}
    digests: dict[str, str] = {}
    shelves: dict[str, list[str]] = {}
    for id in files:
        shelves.setdefault(cache.shard_of(id) if cache else "", []).append(id)
    for shard, ids in shelves.items():
        kept = cache.read(shard) if cache else {}
        fresh: dict[str, str] = {}
        for id in ids:
            try:
                data = files[id].read_bytes()
            except OSError:
                continue
            digests[id] = key = digest(os.fsencode(id), data)
            entry = kept.get(key)
            event = _event(entry) if entry else None
            if entry and event is None and cache:
                cache.damaged()
            if event is None:
                entry = _entry(id, data)
                event = _event(entry) if entry else None
            if entry and event is not None:
                events[id] = event
                fresh[key] = entry
        if cache and fresh.keys() != kept.keys():
            cache.write(shard, fresh)
    return events, digests


def _entry(id: str, data: bytes) -> str | None:
    """Return an event's fields as JSON on one line, or None where the file is not written the plain way."""
    fields = read_plain(data)
    if fields is None or "id" in fields or not is_id(id):
        return None
    return json.dumps({**fields, "id": id}, ensure_ascii=False)


def _event(entry: str) -> Event | None:
    """Return the event that JSON holds.

    Every event is made from JSON, out of the cache or not, so the two cannot differ. That also shares texts
    that come again and again, which takes less memory than the parser's own.
    """
    try:
        return lean(Event.model_validate_json(entry))
    except ValidationError:
        return None
