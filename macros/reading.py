"""What was read from a folder: the corpus, and where each of its records stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from macros.diagnostics import Diagnostic, Position
from macros.documents import Document, Mapping, Path, Sequence
from macros.model import Corpus
from macros.pins import Pin
from macros.proofs import Proof, prove


class Origin(NamedTuple):
    """Where a record was read: its document, and its path inside it."""

    document: Document
    base: Path


@dataclass(frozen=True)
class Reading:
    """The corpus of all sound records, where each record stands, and every finding.

    `origins` is keyed by kind (`events`, `people`, ...) and id, and also holds records that did not validate.
    `unreadable` names the kinds of which ids are missing because a file could not be read; nothing can be
    said about references to them. `pins` is keyed by source.
    """

    corpus: Corpus
    origins: dict[tuple[str, str], Origin]
    unreadable: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]
    pins: dict[str, Pin] = field(default_factory=dict)

    @cached_property
    def proofs(self) -> dict[str, Proof]:
        """The proof of every quotation, by its id."""
        return prove(self.corpus, self.pins)

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
        for kind, id in self.origins:
            ids.setdefault(kind, set()).add(id)
        quotes: set[str] = set()
        for (kind, _), origin in self.origins.items():
            value = origin.document.value
            if kind == "events" and isinstance(value, Mapping):
                entries = value.get("quotes")
                for entry in entries if isinstance(entries, Sequence) else ():
                    quote = entry.get("id") if isinstance(entry, Mapping) else None
                    if isinstance(quote, str):
                        quotes.add(quote)
        return {kind: frozenset(some) for kind, some in {**ids, "quotes": quotes}.items()}

    def ids(self, kinds: Iterable[str]) -> frozenset[str]:
        """Return the ids of several kinds together."""
        return frozenset().union(*(self.known.get(kind, frozenset()) for kind in kinds))

    def locate(self, kind: str, id: str, *path: str | int, key: bool = False) -> Position:
        """Return where a field of a record stands; for the record itself, its name."""
        origin = self.origins[kind, id]
        return origin.document.position((*origin.base, *path), key=key or not path)

    def finding(
        self,
        code: str,
        message: str,
        kind: str,
        id: str,
        path: Path = (),
        help: str = "",
        *,
        key: bool = False,
        warning: bool = False,
    ) -> Diagnostic:
        """Return a finding about the field at `path` of a record."""
        position = self.locate(kind, id, *path, key=key)
        line = self.origins[kind, id].document.line(position.line)
        return Diagnostic(code, message, position, help, line or None, "warning" if warning else "error")
