"""The pins of a record: their files, and whether each quotation's words stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from diplomatic_timeline.build.files import FileError, read
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.diagnostics import Diagnostic, Position
from diplomatic_timeline.model.records import Corpus, Quote
from diplomatic_timeline.proof.pins import Pin, PinError, parse
from diplomatic_timeline.proof.proofs import UNPINNED, Proof, Vocabulary, names_of, proof_of
from diplomatic_timeline.record.files import RecordFiles, exists


class Pins(Mapping[str, Pin]):
    """The sound pins of a record by their source.

    Each is read whenever it is asked for: together they take as much memory as the record. Raises PinError
    where a file was damaged or removed in the meantime.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files

    def __getitem__(self, source: str) -> Pin:
        path = self._files[source]
        try:
            return _parse(read(path, limits.FILE))
        except (OSError, FileError) as error:
            raise PinError("the file is gone", 1) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def prove_all(files: RecordFiles, corpus: Corpus, store: NullStore) -> tuple[Pins, dict[str, Proof]]:
    """Return the sound pins, and the proof of every quotation by id; what is wrong with a pin is reported."""
    resting: dict[str, list[Quote]] = {}
    for event in corpus.events.values():
        for quote in event.quotes:
            resting.setdefault(quote.source, []).append(quote)
    vocabulary = Vocabulary(corpus)
    pins: dict[str, Path] = {}
    proofs = {quote.id: UNPINNED for quotes in resting.values() for quote in quotes}
    folder = files.root / "registry" / "pins"
    entries = files.entries(folder) if exists(folder) else []
    if entries is None:
        files.unreadable.update(f"pins/{source}" for source in corpus.sources)
    for path in (folder / entry.name for entry in entries or ()):
        if path.suffix != ".pin" or path.name.startswith("."):
            continue
        source = path.stem
        found = _prove(files, path, resting.get(source, ()), corpus, store, vocabulary)
        if found is None:
            files.unreadable.add(f"pins/{source}")
            continue
        pins[source] = path
        proofs.update(found)
        if ("sources", source) not in files.origins and "sources" not in files.unreadable:
            files.report(
                "unknown-source",
                f"there is no source {source!r} to this pin",
                path,
                "delete the pin, or add the source to the registry",
            )
    return Pins(pins), proofs


def _prove(
    files: RecordFiles,
    path: Path,
    quotes: Sequence[Quote],
    corpus: Corpus,
    store: NullStore,
    vocabulary: Vocabulary,
) -> dict[str, Proof] | None:
    """Return the proofs of what rests on a pin's source; None where the pin is unsound, which is reported.

    Kept is that a pin is sound and proves them all, with no word about it: the day on which the source was
    pinned.
    """
    data = files.read(path)
    if data is None:
        return None
    name = files.name(path)
    inputs = (
        files.digests[name],
        [(q.text, q.prefix, q.suffix, q.abridged, names_of(q, corpus)) for q in quotes],
    )
    day = store.get(f"proofs {name}", inputs)
    if day is not None:
        return dict.fromkeys((quote.id for quote in quotes), Proof("verified", day.decode()))
    try:
        pin = _parse(data)
    except PinError as error:
        files.add(Diagnostic("bad-pin", error.message, Position(name, error.line), error.remedy))
        return None
    if pin.source != path.stem:
        files.report(
            "bad-pin",
            f"the pin is of the source {pin.source!r}, not of {path.stem!r}",
            path,
            "a pin's file has its source's id as its name: rename it, or pin the source again",
        )
        files.unreadable.add(f"pins/{pin.source}")
        return None
    proofs = {quote.id: proof_of(quote, pin, vocabulary, names_of(quote, corpus)) for quote in quotes}
    if all(proof.finding is None and not proof.label for proof in proofs.values()):
        store.put(f"proofs {name}", inputs, pin.pinned.encode())
    return proofs


def _parse(data: bytes) -> Pin:
    return parse(data.decode("ascii", errors="replace"))
