"""Drafts of events: what an import takes of another program's entry, and what of the record it recognises.

A name of the record is recognised only where the entry has it word for word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from diplomatic_timeline.model import limits
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.model.registries import Person
from diplomatic_timeline.model.vocabulary import as_id, is_id
from diplomatic_timeline.record.checks.todos import TODO

LONGEST_ID = limits.ID - 20
"""What an import makes; an editor, or the id of a quotation, adds to it."""

_PRECISIONS = {"year": "only the year", "month": "only the month"}


@dataclass(slots=True)
class Draft:
    """An event as far as an entry tells it.

    `fields` are those of its file; `guessed` says what was inferred and from what; `left` what has no place.
    """

    id: str
    year: int | None
    fields: dict[str, Any] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Names:
    """The names and ids of a record, as entries may have them."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.issues = _by_name((i.name, id) for id, i in corpus.issues.items())
        people = [(p.name, id) for id, p in corpus.people.items()]
        self.people = _by_name(people)
        self.speakers = _by_name(people + [(o.name, id) for id, o in corpus.organizations.items()])
        self.places = _by_name((p.name, id) for id, p in corpus.places.items())
        sources = [(u, id) for id, s in corpus.sources.items() for u in (s.url, s.archive_url) if u]
        self.addresses = dict(sources)
        self.sources = {**_by_name((s.title, id) for id, s in corpus.sources.items()), **self.addresses}

    def quote(self, event: str, words: str, by: str, issues: Any, guessed: list[str]) -> dict[str, Any]:
        """Return a quote of an event, of which an entry says neither the post nor how the words reached us.

        `by` is whom the entry names as the speaker; `issues` the event's field.
        """
        speaker = self.speakers.get(by.lstrip("-–— ").casefold())
        holder = self.corpus.people.get(speaker or "") or self.corpus.organizations.get(speaker or "")
        if speaker:
            guessed.append(f"speaker: {speaker}, for the words are credited to “{by}”")
        found: dict[str, Any] = {
            "id": f"{event}-quote",
            "speaker": speaker or TODO,
            "post": TODO if speaker is None or speaker in self.corpus.people else None,
            "party": (holder.party_at() if isinstance(holder, Person) else holder and holder.party) or TODO,
            "text": words,
            "issues": TODO if issues == TODO else [i["issue"] for i in issues],
            "source": TODO,
            "rendering": TODO,
        }
        return {k: v for k, v in found.items() if v is not None}


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return ids by name and by themselves; a name that two of them have means neither."""
    found: dict[str, str] = {}
    twice = set()
    for name, id in pairs:
        for key in {name.casefold(), id}:
            if found.setdefault(key, id) != id:
                twice.add(key)
    return {k: v for k, v in found.items() if k not in twice}


class Ids:
    """The ids of an import's events, each given once. The same entries in the same order get the same ids."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        """How often each was asked for."""

    def take(self, id: str) -> bool:
        """Take an id; return whether it was free."""
        self.taken[id] += 1
        return self.taken[id] == 1

    def make(self, given: str, when: Edtf | None, title: str, left: list[str]) -> str:
        """Return an id: the given one as far as it can be one, or else the date and the title's first words.

        Where it is not as given, that is added to `left`.
        """
        id = given if is_id(given) else as_id(given)
        if not id:
            day = when.start.text.rstrip("~?%") if when and when.start else "undated"
            told = "-".join(as_id(title).split("-")[:7])
            id = as_id(f"{day}-{told or _digest(title)}")
        if len(id) > LONGEST_ID:
            id = f"{id[: LONGEST_ID - 9].rstrip('-')}-{_digest(given or title)}"
        free = id
        while not self.take(free):
            free = f"{id}-{self.taken[id]}"
        if given and free != given:
            left.append(f"unique_id: {given}")
        return free


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def basis(when: Edtf, origin: str, shown: str) -> str:
    """Return how a date that is not exact is known: what `origin` gives, and what it shows beside it."""
    gives = _PRECISIONS.get(when.precision, "the date")
    return f"The imported {origin} gives {gives}" + (f" and shows “{shown}”." if shown else ".")
