"""What differs between two states of a record, in words: for a review, a list of changes, the corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, count
from typing import Any

from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.model.registries import REGISTRIES

_KEYS = ("id", "issue", "person", "event", "place", "date")
"""What an entry of a list is known by, the first that it has."""
_TOLD = ("text", "statement", "title", "name", "status", "post", "why")
"""What tells most of an entry that came or went, the first that it has."""
_ONE = {"quotes": "quote", "commitments": "commitment", "issues": "issue", "participants": "participant"} | {
    "positions": "position of",
    "corrections": "correction",
    "related": "related event",
    "places": "place",
    "posts": "post",
    "history": "status",
}
"""An entry of a list or a mapping, by the name of that."""


_ALIKE = 0.7  # how alike an event that came has to be to one that went, of which it may be the new name
_SHORT = 16  # words of a text, as it was and as it is, that are told as a whole


@dataclass(frozen=True, slots=True)
class Difference:
    """How one record differs: its kind and id, what it is called, and a line for each change in it.

    Of one that is new or gone, the one line says so.
    """

    kind: str
    id: str
    name: str
    lines: tuple[str, ...]


def differences(old: Corpus, new: Corpus) -> Iterator[Difference]:
    """Yield what differs: events by date, then the registries; nothing where the records are the same."""
    for kind in ("events", *REGISTRIES):
        before: dict[str, Record] = dict(getattr(old, kind))
        after: dict[str, Record] = dict(getattr(new, kind))
        former = _former_ids(before, after)
        for id in {**after, **before}:
            if id in former.values():
                continue  # told of the event that has its address now
            one, other = before.get(former.get(id, id)), after.get(id)
            lines = [f"renamed, was {former[id]}"] if id in former else []
            if one is None or other is None:
                lines += ["new" if one is None else _gone(one, before, after)]
            else:
                lines += _changes(_fields(one), _fields(other), ())
            if lines:
                yield Difference(kind, id, _told(_fields(other or one)), tuple(lines))


def _former_ids(before: dict[str, Record], after: dict[str, Record]) -> dict[str, str]:
    """Return the ids that events had before, by those that they have: their aliases say so."""
    return {
        id: alias
        for id, event in after.items()
        if isinstance(event, Event) and id not in before
        for alias in event.aliases
        if alias in before and alias not in after
    }


def _gone(record: Record, before: dict[str, Record], after: dict[str, Record]) -> str:
    """Say that a record is gone; of an event that stands under another id, also how its address lives on."""
    if isinstance(record, Event):
        new = [event for id, event in after.items() if id not in before and isinstance(event, Event)]
        likeness, id = max(((_likeness(record, event), event.id) for event in new), default=(0, ""))
        if likeness >= _ALIKE:
            return f"gone; if it is {id} now, add 'aliases: [{record.id}]' to that, so that links go on"
    return "gone"


def _likeness(one: Event, other: Event) -> float:
    """Return how alike two events are, from 0 to 1: by their quotes and promises, or their words."""
    ids, others = ({q.id for q in e.quotes} | {c.id for c in e.commitments} for e in (one, other))
    if ids & others:
        return len(ids & others) / min(len(ids), len(others))
    if one.date.anchor.year != other.date.anchor.year:
        return 0
    words, other_words = (f"{e.title} {e.summary}".split() for e in (one, other))
    return SequenceMatcher(None, words, other_words, autojunk=False).ratio()


def _fields(record: Record | None) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True) if record else {}


def _changes(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Yield a line for each value that differs below a path."""
    if old == new:
        return
    if isinstance(old, str) and isinstance(new, dict):
        old = {next(iter(new)): old}  # translated
    elif isinstance(old, dict) and isinstance(new, str):
        new = {next(iter(old)): new}
    if isinstance(old, list) or isinstance(new, list):
        old, new = ([of] if isinstance(of, str) else of or [] for of in (old, new))
        if all(isinstance(entry, str) for entry in (*old, *new)):
            yield _label(path) + ": " + _listed(old, new)
            return
        old, new = by_key(old), by_key(new)
    old, new = _alike(old, new), _alike(new, old)
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            yield from _changes(old.get(key), new.get(key), (*path, key))
    elif old is None or new is None:
        told = _told(new or old)
        yield f"{_label(path)}: {'new' if old is None else 'gone'}" + (f": {told}" if told else "")
    else:
        yield f"{_label(path)}: {_edited(str(old).split(), str(new).split())}"


def _alike(value: Any, other: Any) -> Any:
    """Return an entry that is written as a text alone with its field, where the other has its fields."""
    return {next(iter(other)): value} if isinstance(value, str) and isinstance(other, dict) else value


def _listed(old: list[str], new: list[str]) -> str:
    """Say what came into a list of names and what went."""
    came, went = ([name for name in one if name not in other] for one, other in ((new, old), (old, new)))
    told = (f"{verb} {', '.join(names)}" for verb, names in (("new", came), ("gone", went)) if names)
    return "; ".join(told) or "in another order"


def _edited(old: list[str], new: list[str]) -> str:
    """Say which words of a text became which; of a short one, the whole."""
    if len(old) + len(new) < _SHORT:
        return f"{' '.join(old)} → {' '.join(new)}"
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    parts = ((" ".join(old[i:j]), " ".join(new[k:n])) for step, i, j, k, n in steps if step != "equal")
    return "; ".join(
        f"“{one}” → “{other}”" if one and other else f"new “{other}”" if other else f"gone “{one}”"
        for one, other in parts
    )


def by_key(entries: list[Any]) -> dict[str, Any]:
    """Return the entries of a list by what they are known by, with a number where that is the same.

    Texts alone are known by themselves.
    """
    found: dict[str, Any] = {}
    for entry in entries:
        fields = {"": entry} if isinstance(entry, str) else entry
        known = str(next(fields[key] for key in (*_KEYS, *fields) if key in fields))
        numbered = (f"{known} ({n})" for n in count(2))
        found[next(key for key in chain([known], numbered) if key not in found)] = entry
    return found


def _label(path: tuple[str, ...]) -> str:
    """Return a path in words, as in `quote wang-yi-red-lines, text`."""
    told = ""
    for n, step in enumerate(path):
        inside = n > 0 and path[n - 1] in _ONE
        word = step if inside else _ONE.get(step, step) if n + 1 < len(path) else step
        told += word if not told else (f" {word}" if inside else f", {word}")
    return told.replace("_", " ")


def _told(value: Any) -> str:
    """Return a value, or what tells most of an entry, on one line; nothing where its key tells all."""
    if isinstance(value, dict):
        value = next((value[key] for key in _TOLD if key in value), "")
    if isinstance(value, dict):  # texts by language
        value = next(iter(value.values()))
    return " ".join(str(value).split())
