"""The pins of a record: their files, and whether each quotation's words stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from diplomatic_timeline.build.cache import digest
from diplomatic_timeline.model.diagnostics import Diagnostic, Position
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.proof.pins import Pin, PinError, parse
from diplomatic_timeline.proof.proofs import Proof, prove
from diplomatic_timeline.record.files import Desk
from diplomatic_timeline.record.kept import parse_proofs, write_proofs

_PROOFS = "proofs"
_PINS = "pins"


def found(desk: Desk) -> list[Path]:
    """Return the pins' files. The desk has their digests, but not that of one that cannot be opened."""
    files = sorted((desk.root / "registry" / "pins").glob("*.pin"))
    for path in files:
        desk.read(path)  # and not kept: together they are large
    return files


def read_pins(desk: Desk, files: Sequence[Path]) -> LatePins:
    """Return the sound pins by their source; what is wrong with the others is reported.

    Which ones are sound, and of which source each is, is kept: those are read when they are asked for.
    """
    kept = desk.cache.read(_PINS) if desk.cache else {}
    entries: dict[str, str] = {}
    read: dict[str, Callable[[], Pin]] = {}
    pins: dict[str, Pin] = {}
    for path in files:
        mark = desk.digests.get(desk.name(path))
        if mark is None:
            desk.unreadable.add(f"pins/{path.stem}")
            continue
        pin: Pin | None = None
        source = kept.get(mark)
        if source is None:
            try:
                pin = _read(path)
            except PinError as error:
                position = Position(desk.name(path), error.line)
                desk.found.append(Diagnostic("bad-pin", error.message, position, error.remedy))
                desk.unreadable.add(f"pins/{path.stem}")
                continue
            source = pin.source
        entries[mark] = source
        if source != path.stem:
            desk.report(
                "bad-pin",
                f"the pin is of the source {source!r}, not of {path.stem!r}",
                path,
                "a pin's file has its source's id as its name: rename it, or pin the source again",
            )
            desk.unreadable.update((f"pins/{path.stem}", f"pins/{source}"))
            continue
        if ("sources", source) not in desk.origins and "sources" not in desk.unreadable:
            desk.report(
                "unknown-source",
                f"there is no source {source!r} to this pin",
                path,
                "delete the pin, or add the source to the registry",
            )
        read[source] = partial(_read, path)
        if pin is not None:
            pins[source] = pin
    if desk.cache and entries.keys() != kept.keys():
        desk.cache.write(_PINS, entries)
    return LatePins(read, pins)


def _read(path: Path) -> Pin:
    """Return a pin. Raises PinError, also where its file is gone in the meantime."""
    try:
        return parse(path.read_bytes().decode("ascii", errors="replace"))
    except OSError as error:
        raise PinError("the file is gone", 1) from error


def proofs(desk: Desk, corpus: Corpus, files: Sequence[Path], pins: Mapping[str, Pin]) -> dict[str, Proof]:
    """Return the proof of every quotation. Those of an event follow from its file and its sources' pins."""
    if desk.cache is None:
        return prove(corpus, pins)
    kept, entries = desk.cache.read(_PROOFS), {}
    marks = {path.stem: desk.digests.get(desk.name(path), "") for path in files}
    found: dict[str, Proof] = {}
    for event in corpus.events.values():
        resting = (marks.get(quote.source, "") for quote in event.quotes)
        key = digest(*(part.encode() for part in (desk.digests[corpus.files[event.id]], *resting)))
        entry = kept.get(key)
        if entry is None:
            made = prove(corpus, pins, [event])
            found.update(made)
            if all(proof.finding is None for proof in made.values()):
                entry = write_proofs(made)
        else:
            found.update(parse_proofs(entry))
        if entry is not None:
            entries[key] = entry
    if entries.keys() != kept.keys():
        desk.cache.write(_PROOFS, entries)
    return found


class LatePins(Mapping[str, Pin]):
    """Pins by their source, each read when it is asked for: whose proofs are known, is not asked for.

    `pins` are those that were read already.
    """

    def __init__(self, read: Mapping[str, Callable[[], Pin]], pins: Mapping[str, Pin]) -> None:
        self._read = read
        self._pins = dict(pins)

    def __getitem__(self, source: str) -> Pin:
        if source not in self._pins:
            self._pins[source] = self._read[source]()
        return self._pins[source]

    def forget(self) -> None:
        """Let go of what was read: a thousand pins are as much as the record."""
        self._pins.clear()

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)
