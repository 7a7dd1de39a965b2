"""An id means one thing, and what a list names, it names once."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import ALL, Brief, Findings, Reading


@check()
def identities(reading: Reading) -> Findings:
    """An id means one thing: of quotes, commitments, speakers and events, old ids included."""
    copies: set[tuple[str, str]] = set()
    for name, what in (("quotes", "quote"), ("commitments", "commitment")):
        seen: dict[str, FieldPath] = {}
        for where, id in reading.texts("events", (name, ALL, "id")):
            if id in seen and _is_copy(reading, seen[id], where):
                first, copy = reading.locate(seen[id]), reading.locate(where)
                if (first.file, copy.file) not in copies:
                    copies.add((first.file, copy.file))
                    yield reading.finding(
                        "duplicate-id",
                        f"the quotes and commitments of {first.file} have the same ids, as in a copy",
                        where,
                        "remove one of the two files, or give what stands in one ids of its own",
                    )
            elif id in seen:
                first = reading.locate(seen[id])
                yield reading.finding(
                    "duplicate-id",
                    f"another {what} has the id {id!r} already: {first.file}:{first.line}",
                    where,
                    "give this one an id of its own; a published id never changes",
                )
            seen.setdefault(id, where)
    for kind, id in reading.origins:
        if kind == "organizations" and ("people", id) in reading.origins:
            yield reading.finding(
                "duplicate-id",
                f"{id!r} is also the id of a person",
                ("organizations", id),
                help="people and organizations both speak, so they share one set of ids: rename one",
            )
    aliases: dict[str, str] = {}
    for where, alias in reading.texts("events", ("aliases", ALL)):
        event = str(where[1])
        owner = alias if ("events", alias) in reading.origins else aliases.setdefault(alias, event)
        if owner != event or alias == event:
            file = reading.origins["events", owner].file
            yield reading.finding(
                "duplicate-id",
                f"the old id {alias!r} belongs to {'this file itself' if owner == event else file}",
                where,
                "remove it here: an address can lead to one event only",
            )


def _is_copy(reading: Reading, first: FieldPath, second: FieldPath) -> bool:
    """Return whether two events have several quotes and commitments, and all with the same ids."""
    events = [reading.corpus.events.get(str(where[1])) for where in (first, second)]
    one, other = (
        {e.id for e in event.quotes} | {e.id for e in event.commitments} if event else set()
        for event in events
    )
    return first[1] != second[1] and len(one) > 1 and one == other


# Lists of events in which a repetition is a mistake, by the pattern of what must differ.
_LISTS: tuple[FieldPath, ...] = (
    ("participants", ALL, "person"),
    ("issues", ALL, "issue"),
    ("issues", ALL, "raised_by", ALL),
    ("issues", ALL, "positions", ALL, "quotes", ALL),
    ("issues", ALL, "positions", ALL, "sources", ALL),
    ("quotes", ALL, "issues", ALL),
    ("quotes", ALL, "co_speakers", ALL, "speaker"),
    ("commitments", ALL, "made_by", ALL),
    ("commitments", ALL, "issues", ALL),
    ("commitments", ALL, "evidence", ALL),
    ("commitments", ALL, "history", ALL, "evidence", ALL),
    ("related", ALL, Brief("event")),
    ("follows", ALL),
    ("target", ALL),
    ("sources", ALL),
    ("aliases", ALL),
)


def _names_twice(field: FieldPath) -> Callable[[list[Any]], bool]:
    """Return a test whether any of several lists has one entry twice, or two with the same `field`."""

    def test(lists: list[Any]) -> bool:
        if field:
            name = attrgetter(str(field[0]))
            return any(len(set(map(name, entries))) < len(entries) for entries in lists)
        return any(len(entries) > 1 and len(set(entries)) < len(entries) for entries in lists)

    return test


_TO_OTHERS: tuple[tuple[FieldPath, str, str], ...] = (
    (("related", ALL, Brief("event")), "an event is not related to itself", "remove it"),
    *(
        (
            ("commitments", ALL, *field, ALL),
            "the event at which something was promised does not show what became of it",
            "give the event or the source that shows it",
        )
        for field in (("evidence",), ("history", ALL, "evidence"))
    ),
)
"""Where an event can only name others."""


@check(scope="event")
def repetitions(reading: Reading) -> Findings:
    """What a list names, it names once; an event is not related to itself."""
    for pattern in _LISTS:
        # What stands in the pattern behind its last ALL belongs to the entry.
        tail = pattern[::-1].index(ALL) + 1
        twice = _names_twice(pattern[len(pattern) - tail + 1 :])
        suspects = reading.suspects("events", pattern[:-tail], twice)
        seen: set[tuple[FieldPath, str]] = set()
        for where, value in reading.texts("events", pattern, suspects):
            entry = (where[:-tail], value)
            if entry in seen:
                yield reading.finding(
                    "listed-twice",
                    f"{value!r} is listed twice",
                    where,
                    "keep one of the two",
                )
            seen.add(entry)
    for pattern, message, remedy in _TO_OTHERS:
        for where, other in reading.texts("events", pattern):
            if other == where[1]:
                yield reading.finding("self-reference", message, where, remedy)
