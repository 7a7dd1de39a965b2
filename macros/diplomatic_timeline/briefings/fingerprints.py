"""What a briefing is made from, as a fingerprint, which is cheap beside preparing it.

Nothing here lists which field of what a briefing shows. Its events count whole, and so does each record that
an event names, however it names it, and each record that those name in turn.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple, dataclass
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from diplomatic_timeline.assets.coverage import covered
from diplomatic_timeline.briefings.contents import Form
from diplomatic_timeline.briefings.selection import Selected
from diplomatic_timeline.build.fingerprint import fingerprint
from diplomatic_timeline.views.timeline import Timeline

_REGISTRIES = ("parties", "people", "organizations", "places", "issues", "sources")


class _Name(NamedTuple):
    """A record that can be named, at its place in its registry."""

    kind: str
    place: int
    id: str


@dataclass(frozen=True, slots=True)
class _Part:
    fingerprint: bytes
    named: frozenset[_Name]
    strange: frozenset[str]
    """The characters that the program's typefaces lack."""


class BriefingFingerprints:
    """Those of a timeline's briefings."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._names: defaultdict[str, list[_Name]] = defaultdict(list)
        named = {kind: getattr(timeline.corpus, kind) for kind in _REGISTRIES}
        for kind, records in {**named, "events": timeline.events, "quotes": timeline.quotes}.items():
            for place, id in enumerate(records):
                self._names[id].append(_Name(kind, place, id))
        self._event = cache(self._of_event)
        self._record = cache(self._of_record)
        # Few, and their order is that of the columns.
        self._parties = fingerprint([p.model_dump_json() for p in timeline.corpus.parties.values()])

    def of(self, selected: Selected, form: Form) -> bytes:
        """Return the fingerprint of a briefing."""
        through = form.through or (self.timeline.newest, self.timeline.through)
        languages = self.timeline.corpus.languages
        facts = (languages, astuple(form), through, astuple(selected.asked))
        chosen = (sorted(selected.issues), sorted(selected.quotes), selected.commitments)
        events = [self._event(id).fingerprint for id in selected.events]
        # Sorted by their places, so that their order counts and what stands between them does not.
        named = [self._record(name).fingerprint for name in sorted(self._named(selected))]
        return fingerprint((self._parties, facts, chosen, events, named))

    def strange(self, selected: Selected, form: Form) -> bool:
        """Return whether a briefing may have characters that no font has."""
        said = {*form.name, *(form.title or ""), *form.marking}
        said.update(*(self._event(id).strange for id in selected.events))
        said.update(*(self._record(name).strange for name in self._named(selected)))
        return not said <= covered(form.typefaces.coverage if form.typefaces else "")

    def _named(self, selected: Selected) -> set[_Name]:
        named = {name for id in selected.events for name in self._event(id).named}
        asked = selected.asked
        for id in (*asked.issues, *asked.people, *asked.parties):
            named.update(name for name in self._names.get(id, ()) if name.kind in _REGISTRIES)
        return named

    def _of_event(self, id: str) -> _Part:
        """Return an event with all that it names, directly or not."""
        event = self.timeline.events[id]
        own = {_Name("events", self.timeline.ranks[id], id)}
        said = {q.id for q in event.quotes}
        text = event.model_dump_json()
        proofs = [repr(self.timeline.quotes[q.id].proof) for q in event.quotes]
        named: set[_Name] = set()
        queue = [n for n in self._in(text) if n not in own and not (n.kind == "quotes" and n.id in said)]
        while queue:
            name = queue.pop()
            if name not in named:
                named.add(name)
                # Of another event a briefing gives title and date, nothing that stands elsewhere.
                queue += [n for n in self._record(name).named if name.kind != "events"]
        return _Part(fingerprint((text, proofs)), frozenset(named - own), _strange(text))

    def _of_record(self, name: _Name) -> _Part:
        """Return one record by itself, with the names in it."""
        timeline, extra = self.timeline, ""
        record: BaseModel
        if name.kind == "quotes":
            record = timeline.quotes[name.id].quote
        else:
            record = getattr(timeline.corpus, name.kind)[name.id]
        if name.kind == "sources":
            pinned = (timeline.quotes[q].proof.pinned for q in timeline.quotes_of_source.get(name.id, ()))
            extra = next((day for day in pinned if day), "")
        text = record.model_dump_json()
        named = () if name.kind == "events" else self._in(text)
        return _Part(fingerprint((name.kind, text, extra)), frozenset(named), _strange(text))

    def _in(self, text: str) -> list[_Name]:
        """Return what is named in some JSON: an id stands between quotation marks, by itself."""
        return [name for id in self._names.keys() & set(text.split('"')) for name in self._names[id]]


def _strange(text: str) -> frozenset[str]:
    return frozenset(text) - covered()
