"""What the parts of a record are, in a few bytes each: what two builds mark alike is alike.

From the digests of the record's files follows, without making anything, whether a page would come out as it
did last time.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from hashlib import blake2b
from typing import Literal

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.timeline import Timeline

_SIZE = 16


class Marks:
    """The marks of one timeline, whose files have these digests, by their names in `Corpus.files`.

    A mark of an event covers all that any page shows of it: its file, and those of the events that it names.
    """

    def __init__(self, timeline: Timeline, digests: Mapping[str, str]) -> None:
        self.timeline = timeline
        files = timeline.corpus.files
        names = {id: files.get(id, "") for id in timeline.events}
        self._own = {id: f"{name} {digests.get(name, '')}".encode() for id, name in names.items()}
        events = frozenset(names.values())
        others = (f"{name} {mark}" for name, mark in sorted(digests.items()) if name not in events)
        self.common = _of(text.encode("utf-8", "replace") for text in others)
        """Of everything that is no event: the registries and the pins."""
        self._events: dict[str, bytes] = {}
        self._source = cache(self._resting)

    def event(self, id: str) -> bytes:
        """Return an event's mark."""
        mark = self._events.get(id)
        if mark is None:
            named = sorted(self._named(self.timeline.events[id]) - {id})
            mark = _of((id.encode(), self._own[id], *(self._own[other] for other in named)))
            self._events[id] = mark
        return mark

    def _named(self, event: Event) -> set[str]:
        """Return the events that an event's page names: related ones, evidence, and where quotes stand."""
        events, quotes = self.timeline.events, self.timeline.quotes
        named = set(event.related)
        said = {q for at_issue in event.issues for p in at_issue.positions.values() for q in p.quotes}
        for commitment in event.commitments:
            named.update(e for e in commitment.evidence if e in events)
            if commitment.quote:
                said.add(commitment.quote)
        return named | {quotes[id].event.id for id in said}

    def events(self, ids: Iterable[str]) -> bytes:
        """Return the mark of a list of events."""
        return _of(map(self.event, ids))

    def quotes(self, ids: Iterable[str]) -> bytes:
        """Return the mark of a list of quotes."""
        ids, quotes = list(ids), self.timeline.quotes
        return _of((" ".join(ids).encode(), *[self.event(quotes[id].event.id) for id in ids]))

    def commitments(self, ids: Iterable[str]) -> bytes:
        """Return the mark of a list of commitments."""
        ids, promised = list(ids), self.timeline.commitments
        return _of((" ".join(ids).encode(), *[self.event(promised[id].event.id) for id in ids]))

    def of(self, kind: Literal["events", "quotes", "commitments"], ids: Iterable[str]) -> bytes:
        """Return the mark of a list of that kind."""
        match kind:
            case "events":
                return self.events(ids)
            case "quotes":
                return self.quotes(ids)
            case "commitments":
                return self.commitments(ids)

    def sources(self, ids: Iterable[str]) -> tuple[tuple[str, int, int], ...]:
        """Return what is said of sources beside their registry: their quotes, and how many are proven."""
        return tuple(map(self._source, ids))

    def _resting(self, id: str) -> tuple[str, int, int]:
        resting = [self.timeline.quotes[q].proof for q in self.timeline.quotes_of_source.get(id, ())]
        return id, len(resting), sum(proof.outcome == "verified" for proof in resting)

    @cached_property
    def whole(self) -> bytes:
        """The mark of the whole record."""
        return self.events(self.timeline.events)


def _of(parts: Iterable[bytes]) -> bytes:
    # In version 2 of the form, equal parts are written alike, and each with its length.
    return blake2b(marshal.dumps(list(parts), 2), digest_size=_SIZE).digest()
