"""Events in files that are written the plain way and without a mistake: read, or taken from the cache."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import to_json

from diplomatic_timeline.build.cache import Cache, digest
from diplomatic_timeline.model.records import Event, Record
from diplomatic_timeline.model.vocabulary import is_id
from diplomatic_timeline.record.yaml_reader import read_plain


def plain_events(
    files: Mapping[str, Path], cache: Cache | None = None, known: Mapping[str, Event] | None = None
) -> tuple[dict[str, Event], dict[str, str]]:
    """Return the events of `files` (by id) that are sound at first sight, and the digest of each file read.

    A file that is not among the events has something unusual in it, which may be a mistake. `known` are
    events that are in memory already, by the digests of their files.
    """
    known = known or {}
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
            event = known.get(key) or _event(entry) if entry else None
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
    return to_json({**fields, "id": id}).decode()


def _event(entry: str) -> Event | None:
    """Return the event that JSON holds.

    Every event is made from JSON, out of the cache or not, so the two cannot differ. That also shares texts
    that come again and again, which takes less memory than the parser's own.
    """
    try:
        return _lean(Event.model_validate_json(entry))
    except ValidationError:
        return None


_given: dict[frozenset[str], set[str]] = {}
_put = object.__setattr__
_Some = TypeVar("_Some", bound=Record)


def _lean(event: Event) -> Event:
    """Return an equal event in less memory."""
    issues = (
        _slim(at_issue, positions={party: _slim(held) for party, held in at_issue.positions.items()})
        for at_issue in event.issues
    )
    return _slim(
        event,
        participants=tuple(map(_slim, event.participants)),
        issues=tuple(issues),
        quotes=tuple(map(_slim, event.quotes)),
        commitments=tuple(map(_slim, event.commitments)),
    )


def _slim(record: _Some, **parts: object) -> _Some:
    """Return a record with the same fields, but for `parts`.

    Pydantic gives every record a dictionary and the set of the fields given. Here, equal sets are one, and
    Python keeps the fields' names once for all records of a class (PEP 412), as it does where each field is
    assigned by itself.
    """
    fresh = object.__new__(type(record))
    for name, value in (record.__dict__ | parts if parts else record.__dict__).items():
        _put(fresh, name, value)
    fields = record.model_fields_set
    _put(fresh, "__pydantic_fields_set__", _given.setdefault(frozenset(fields), fields))
    _put(fresh, "__pydantic_extra__", None)
    _put(fresh, "__pydantic_private__", None)
    return fresh
