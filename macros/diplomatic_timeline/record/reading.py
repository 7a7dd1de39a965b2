"""What was read from a folder: the corpus, and where each of its records stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from diplomatic_timeline.model import limits
from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.diagnostics import UNTOLD, Diagnostic, Position
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.model.translations import Told
from diplomatic_timeline.model.vocabulary import as_id
from diplomatic_timeline.proof.pins import Pin
from diplomatic_timeline.proof.proofs import Proof
from diplomatic_timeline.record.nodes import Document, FieldPath, MappingNode, SequenceNode, Value

# Steps of a pattern that stand for every entry of a list or value of a mapping, and for every key.
ALL = "*"
KEYS = "@"


class Brief(str):
    """A step of a pattern for which an editor may leave a text alone: `related: [id]` for `[{event: id}]`."""

    __slots__ = ()


Findings: TypeAlias = Iterator[Diagnostic]


class Origin(NamedTuple):
    """Where a record was read: its file, its path inside it, and what reads the file again.

    Places are asked for where something is wrong, so a record of sound files holds no documents.
    """

    file: str
    base: FieldPath
    read: Callable[[], Document]

    @property
    def document(self) -> Document:
        """The file, which is read again when this is first asked for."""
        return self.read()


def quote_ids(event: MappingNode) -> tuple[set[str], bool]:
    """Return the ids of the quotes that an event's fields hold, sound or not; and whether that is all."""
    ids: set[str] = set()
    quotes = event.get("quotes")
    complete = isinstance(quotes, SequenceNode) or "quotes" not in event
    complete = complete and not event.incomplete and "quotes" not in event.repeated
    # A field of quotes in some other place: a quote has slipped there.
    others = [event, *(e for name in event if name != "quotes" for e in _entries(event[name]))]
    if any(isinstance(other, MappingNode) and "speaker" in other for other in others):
        complete = False
    for entry in _entries(quotes):
        id = entry.get("id") if isinstance(entry, MappingNode) else None
        if isinstance(id, str):
            ids.add(id)
        if not isinstance(entry, MappingNode) or not isinstance(id, str) or "id" in entry.repeated:
            complete = False
    return ids, complete


def _entries(value: Value) -> SequenceNode | tuple[()]:
    return value if isinstance(value, SequenceNode) else ()


@dataclass(frozen=True)
class Reading:
    """The corpus of all sound records, where each record stands, and every finding.

    `origins` is keyed by kind (`events`, `people`, ...) and id, and also holds records that did not validate.
    `unreadable` names the kinds of which ids are missing because a file could not be read, and the pins
    (`pins/<source>`) that could not be; nothing can be said about references to them. `pins` is keyed by
    source, `proofs` by the quotation's id. `digests` are those of all files that were read, by their names.
    """

    corpus: Corpus
    origins: dict[tuple[str, str], Origin]
    unreadable: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]
    pins: Mapping[str, Pin] = field(default_factory=dict)
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    coverage: str = ""
    """The list of the characters that the record's own typefaces have, where it has such."""
    told: Counter[str] = field(default_factory=Counter)
    """How many errors checks have found in each file."""

    @property
    def untold(self) -> Counter[str]:
        """How many of them were counted alone."""
        return +Counter({file: count - limits.FINDINGS for file, count in self.told.items()})

    @property
    def sound(self) -> bool:
        """Whether the record can be published: no finding is an error."""
        return not any(d.severity == "error" for d in self.diagnostics)

    def requiring_proof(self) -> Reading:
        """Return the same reading with every quotation that is not proven an error."""
        stricter = (replace(d, severity="error") if d.code == "unpinned" else d for d in self.diagnostics)
        return replace(self, diagnostics=tuple(stricter))

    @cached_property
    def known(self) -> dict[str, frozenset[str]]:
        """The ids of each kind, quotes included, whether or not their record is sound."""
        ids: dict[str, set[str]] = {}
        for kind in {kind for kind, _ in self.origins}:
            ids.setdefault(kind, set()).update(self.sound_records(kind))
        for event in self.corpus.events.values():
            ids.setdefault("quotes", set()).update(quote.id for quote in event.quotes)
        for (kind, id), origin in self.unsound.items():
            # What an id would be if it were well written counts too: the mistake is reported once, there.
            ids.setdefault(kind, set()).update((id, as_id(id)))
            value = origin.document.value
            if kind == "events" and isinstance(value, MappingNode):
                for quote in quote_ids(value)[0]:
                    ids.setdefault("quotes", set()).update((quote, as_id(quote)))
        return {kind: frozenset(some) for kind, some in ids.items()}

    def part(self, ids: Collection[str]) -> Reading:
        """Return the reading as if it had no events but these, to which the others are known all the same."""
        events = {id: self.corpus.events[id] for id in ids}
        origins = {key: at for key, at in self.origins.items() if key[0] != "events" or key[1] in events}
        part = replace(self, corpus=self.corpus.model_copy(update={"events": events}), origins=origins)
        vars(part)["known"] = self.known
        return part

    def sound_records(self, kind: str) -> dict[str, Any]:
        """Return the sound records of a kind, by id."""
        records: dict[str, Any] = getattr(self.corpus, kind)
        return records

    @cached_property
    def unsound(self) -> dict[tuple[str, str], Origin]:
        """Where the records stand that did not validate."""
        return {
            (kind, id): origin
            for (kind, id), origin in self.origins.items()
            if id not in self.sound_records(kind)
        }

    def ids(self, kinds: Iterable[str]) -> frozenset[str]:
        """Return the ids of several kinds together."""
        return frozenset().union(*(self.known.get(kind, frozenset()) for kind in kinds))

    def texts(
        self, kind: str, pattern: FieldPath, ids: Collection[str] | None = None
    ) -> Iterator[tuple[FieldPath, str]]:
        """Yield every text at `pattern` in the records of a kind, sound or not, with where it stands.

        That is as `locate` finds it. With `ids`, only in the records with those ids.
        """
        sound = self.sound_records(kind)
        for of_kind, id in self.origins if ids is None else [(kind, id) for id in ids]:
            if of_kind == kind:
                origin = self.origins[kind, id]
                value = sound[id] if id in sound else origin.document.value_at(origin.base)
                for path, text in _matching(value, pattern):
                    yield (kind, id, *path), text

    def suspects(self, kind: str, pattern: FieldPath, suspicious: Callable[[list[Any]], bool]) -> list[str]:
        """Return the ids of the records in which `texts` can find something to report.

        Those are all that are unsound, and the sound ones of which the values at `pattern` are `suspicious`.
        It is asked about all of them together first, which saves a fifth of a build in which nothing changed.
        """
        sound = self.sound_records(kind)

        def found(records: list[Any]) -> bool:
            for step in pattern:
                records = _below(records, step)
            return suspicious(records)

        ids = [id for of_kind, id in self.unsound if of_kind == kind]
        if found(list(sound.values())):
            ids += [id for id, record in sound.items() if found([record])]
        return ids

    def locate(self, where: FieldPath, *, key: bool = False) -> Position:
        """Return where a field stands: `where` is the kind and the id of its record, and its path in that.

        For the record itself, that is its name.
        """
        kind, id, *path = where
        origin = self.origins[str(kind), str(id)]
        return origin.document.position((*origin.base, *path), key=key or not path)

    def finding(
        self,
        code: str,
        message: str,
        where: FieldPath,
        help: str | Callable[[], str] = "",
        *,
        key: bool = False,
        warning: bool = False,
        fix: str | None = None,
    ) -> Diagnostic:
        """Return a finding about a field, which `locate` finds.

        Where its file has many errors, it says neither where it is nor what to do: it is counted alone.
        """
        origin = self.origins[str(where[0]), str(where[1])]
        self.told[origin.file] += not warning
        if not warning and self.told[origin.file] > limits.FINDINGS:
            return Diagnostic(UNTOLD, "", Position(origin.file))
        remedy = help if isinstance(help, str) else help()
        _, _, *path = where
        return origin.document.finding(
            code, message, (*origin.base, *path), remedy, key=key or not path, warning=warning, fix=fix
        )


def _below(records: list[Any], step: str | int) -> list[Any]:
    """Return all that one step of a pattern leads to from some values of sound records."""
    if step == ALL:
        return [inner for v in records for inner in (v.values() if isinstance(v, dict) else v)]
    if step == KEYS:
        return [key for v in records for key in v]
    return [inner for inner in map(attrgetter(str(step)), records) if inner is not None]


def _matching(value: Any, pattern: FieldPath, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Yield the texts at `pattern`, with their paths, in a record or in the fields of an unsound one."""
    if not pattern:
        if isinstance(value, Told) and value.texts:
            yield from (((*path, language), text) for language, text in value.texts.items())
        elif isinstance(value, str):
            yield path, value
        return
    if isinstance(value, str) and all(isinstance(step, Brief) for step in pattern):
        yield (*path, *pattern), value
        return
    step, rest = pattern[0], pattern[1:]
    if isinstance(value, Record):
        yield from _matching(getattr(value, str(step)), rest, (*path, step))
    elif isinstance(value, dict):
        if step == KEYS:
            # What has no fields below it was meant for something else, and is reported for that.
            yield from (
                ((*path, key), key) for key, inner in value.items() if isinstance(inner, MappingNode | Record)
            )
        elif step == ALL:
            for key, inner in value.items():
                yield from _matching(inner, rest, (*path, key))
        elif isinstance(step, str) and step in value:
            yield from _matching(value[step], rest, (*path, step))
    elif isinstance(value, SequenceNode | tuple) and step == ALL:
        for number, inner in enumerate(value):
            yield from _matching(inner, rest, (*path, number))
