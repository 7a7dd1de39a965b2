"""What of the record a page shows, as fingerprints: cheap to tell, without making any view.

A fingerprint of an event covers all that any page shows of it: its file, and the files of the events that it
names. What covers too much costs time; too little would leave an old page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Literal, TypeAlias

from diplomatic_timeline.build.fingerprint import fingerprint
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

Kind: TypeAlias = Literal["events", "quotes", "commitments", "sources"]


class Fingerprints:
    """Those of one timeline; `digests` are of its files, by the names that `Corpus.files` gives them."""

    def __init__(self, timeline: Timeline, digests: Mapping[str, str], words: Wording = ENGLISH) -> None:
        self.timeline = timeline
        names = timeline.corpus.files
        self._own = {id: (names.get(id, ""), digests.get(names.get(id, ""), "")) for id in timeline.events}
        self.event = cache(self._event)
        """Returns the fingerprint of an event by its id."""
        events = set(names.values())
        others = [(name, of) for name, of in sorted(digests.items()) if name not in events]
        self.common = fingerprint((words, timeline.corpus.languages, others, sorted(timeline.without)))
        """Of everything that is no event: the interface's words, the languages, the registries, the pins."""

    def _event(self, id: str) -> bytes:
        named = sorted(self._named(self.timeline.events[id]) - {id})
        return fingerprint((id, self._own[id], [self._own[other] for other in named]))

    def _named(self, event: Event) -> set[str]:
        """Return the events that an event's page names: related ones, evidence, and where quotes stand.

        What names it as related, it names too.
        """
        events, quotes = self.timeline.events, self.timeline.quotes
        named = {*event.follows, *(relation.event for relation in event.related)}
        named.update(self.timeline.events_related_to.get(event.id, ()))
        said = {q for at_issue in event.issues for p in at_issue.positions.values() for q in p.quotes}
        for commitment in event.commitments:
            shown = (*commitment.evidence, *(e for change in commitment.history for e in change.evidence))
            named.update(e for e in shown if e in events)
            if commitment.quote:
                said.add(commitment.quote)
        return named | {quotes[id].event.id for id in said}

    def of(self, kind: Kind, ids: Iterable[str]) -> bytes:
        """Return the fingerprint of a list of that kind."""
        found: bytes = getattr(self, kind)(ids)
        return found

    def events(self, ids: Iterable[str]) -> bytes:
        """Return the fingerprint of a list of events."""
        return fingerprint([self.event(id) for id in ids])

    def quotes(self, ids: Iterable[str]) -> bytes:
        """Return the fingerprint of a list of quotes."""
        return fingerprint([(id, self.event(self.timeline.quotes[id].event.id)) for id in ids])

    def commitments(self, ids: Iterable[str]) -> bytes:
        """Return the fingerprint of a list of commitments."""
        return fingerprint([(id, self.event(self.timeline.commitments[id].event.id)) for id in ids])

    def sources(self, ids: Iterable[str]) -> bytes:
        """Return the fingerprint of what is said of sources beside their registry.

        That is how many quotes each has, how many are proven, and how their words reached us.
        """
        quotes = self.timeline.quotes
        found = []
        for id in ids:
            outcomes = [quotes[q].proof.outcome for q in self.timeline.quotes_of_source.get(id, ())]
            found.append((id, len(outcomes), outcomes.count("verified"), self.timeline.renderings(id)))
        return fingerprint(found)

    @cached_property
    def whole(self) -> bytes:
        """The fingerprint of the whole record."""
        return fingerprint((self.common, self.events(self.timeline.events)))
