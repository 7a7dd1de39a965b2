"""Copies of sources' texts, held in memory alone: whether words stand in them, and where the nearest do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import Any

from diplomatic_timeline.build.files import read
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.records import Quote
from diplomatic_timeline.proof.extraction import Extract, ExtractionError, extract
from diplomatic_timeline.proof.pinning import Pinned, PinningError, pin_source
from diplomatic_timeline.proof.pins import MIN_WORDS, Pin, fingerprint
from diplomatic_timeline.proof.proofs import Vocabulary, explain, proof_of
from diplomatic_timeline.proof.tokens import spans, tokens
from diplomatic_timeline.record.reading import Reading


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a source: the bytes of a file of that name, what text was taken from it, and its pin."""

    name: str
    data: bytes
    taken: Extract
    pin: Pin


class Copies:
    """The copies that an editor has given, by source.

    Those in a folder whose name is a source's id are read when somebody asks for them.
    """

    def __init__(self, folder: Path | None = None) -> None:
        files = sorted(folder.iterdir()) if folder else []
        self._files = {path.stem: path for path in files if path.is_file()}
        self._copies: dict[str, Copy] = {}

    def add(self, source: str, name: str, data: bytes) -> Copy:
        """Take the text from a file's bytes and return the copy. Raises ExtractionError."""
        taken = extract(data, name)
        if len(tokens(taken.text)) < MIN_WORDS:
            raise ExtractionError(
                f"{name} has fewer than {MIN_WORDS} words: give the whole text of the source"
            )
        pin = fingerprint(
            taken.text,
            source=source,
            sha256=sha256(data).hexdigest(),
            extractor=taken.extractor,
            pinned=date.today().isoformat(),
        )
        self._copies[source] = copy = Copy(name, data, taken, pin)
        return copy

    def get(self, source: str) -> Copy | None:
        """Return the copy of a source, or None. Raises ExtractionError, FileError, OSError."""
        if source not in self._copies and source in self._files:
            path = self._files.pop(source)
            self.add(source, path.name, read(path, limits.DOCUMENT))
        return self._copies.get(source)

    def pin(self, reading: Reading, source: str, folder: Path) -> Pinned:
        """Pin a source from its copy. Raises PinningError, FileError, OSError."""
        copy = self.get(source)
        if copy is None or source not in reading.corpus.sources:
            raise PinningError(f"there is no text of {source!r} to pin: give one first")
        return pin_source(reading.corpus, source, copy.data, copy.name, folder, copy.pin.pinned)


def is_pinned(copy: Copy, reading: Reading) -> bool | None:
    """Return whether a copy has the words of the source's pin, or None where it has none."""
    pin = reading.pins.get(copy.pin.source)
    if pin is None:
        return None
    return replace(copy.pin, sha256=pin.sha256, extractor=pin.extractor, pinned=pin.pinned) == pin


def proven(fields: dict[str, Any], reading: Reading, copy: Copy | None) -> dict[str, Any]:
    """Return whether the words of a quotation, as far as it is written, stand in its source.

    `state` is `verified`, `unpinned` or `not-found`; the last with what is wrong (`message`, `help`), with
    the `reason` and the `edge` that `matching.Finding` has, and, where there is a copy, with its `near`est
    words in place of changed ones.
    """
    said = {name: str(fields.get(name) or "") for name in ("text", "prefix", "suffix", "source", "speaker")}
    pin = reading.pins.get(said["source"]) or (copy.pin if copy else None)
    if pin is None or not said["text"].strip():
        return {"state": "unpinned"}
    quote = Quote.model_construct(
        id="",
        speaker=said["speaker"],
        party="",
        issues=(),
        source=said["source"],
        rendering="written",
        text=said["text"],
        prefix=said["prefix"] or None,
        suffix=said["suffix"] or None,
        abridged=str(fields.get("abridged", "")).lower() == "true",
    )
    others = [str(each.get("speaker")) for each in fields.get("co_speakers") or ()]
    people = [reading.corpus.people.get(name) for name in (said["speaker"], *others)]
    names = tuple(person.all_names for person in people if person) if all(people) else ()
    vocabulary = copy.taken.text.split() if copy else Vocabulary(reading.corpus)
    proof = proof_of(quote, pin, vocabulary, names)
    if proof.finding is None:
        return {"state": "verified", "label": proof.label}
    message, remedy = explain(proof.finding, quote)
    reason, edge = proof.finding.reason, proof.finding.edge
    near = _nearest(said["text"], copy.taken.text) if copy and reason == "changed" else ""
    return {
        "state": "not-found",
        "message": message,
        "help": remedy,
        "reason": reason,
        "edge": edge,
        "near": near,
    }


def _nearest(words: str, text: str) -> str:
    """Return the stretch of a text around the longest run of these words, as many as they are."""
    own, there = tokens(words), tokens(text)
    places = spans(text)
    match = SequenceMatcher(None, there, own, autojunk=False).find_longest_match()
    if match.size < 2 or len(places) != len(there):
        return ""
    first = max(0, match.a - match.b)
    last = min(len(there), first + len(own)) - 1
    # As far as the same words go on where the quotation ends, and begin where it does: it may lack some.
    for at in range(last + 1, min(len(there), last + 4)):
        last = at if there[at] == own[-1] else last
    for at in range(first - 1, max(-1, first - 4), -1):
        first = at if there[at] == own[0] else first
    return " ".join(text[places[first][0] : places[last][1]].split())
