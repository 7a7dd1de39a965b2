"""The pins of a record: their files, and whether each quotation's words stand in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from macros.cache import digest
from macros.desk import Desk
from macros.diagnostics import Diagnostic, Position
from macros.kept import LatePins, parse_proofs, write_proofs
from macros.model import Corpus
from macros.pins import Pin, PinError, parse
from macros.proofs import Proof, prove

Copies = list[tuple[Path, bytes | None]]
"""Files and their bytes; None for one that cannot be opened."""

_PROOFS = "proofs"
_PINS = "pins"


def copies(desk: Desk) -> Copies:
    """Return the pins' files and their bytes; None for one that cannot be opened, which is reported."""
    return [(path, desk.read(path)) for path in sorted((desk.root / "registry" / "pins").glob("*.pin"))]


def read_pins(desk: Desk, files: Copies) -> LatePins:
    """Return the sound pins by their source; what is wrong with the others is reported.

    Which ones are sound, and of which source each is, is kept: those are read when they are asked for.
    """
    kept = desk.cache.read(_PINS) if desk.cache else {}
    entries: dict[str, str] = {}
    read: dict[str, Callable[[], Pin]] = {}
    pins: dict[str, Pin] = {}
    for path, data in files:
        if data is None:
            desk.unreadable.add(f"pins/{path.stem}")
            continue
        mark = desk.digests[desk.name(path)]
        source = kept.get(mark)
        if source is None:
            try:
                pin = _parsed(data)
            except PinError as error:
                position = Position(desk.name(path), error.line)
                desk.found.append(Diagnostic("bad-pin", error.message, position, error.remedy))
                desk.unreadable.add(f"pins/{path.stem}")
                continue
            source = pin.source
            pins[source] = pin
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
    if desk.cache and entries.keys() != kept.keys():
        desk.cache.write(_PINS, entries)
    return LatePins(read, pins)


def _read(path: Path) -> Pin:
    """Return a sound pin again. Raises KeyError where its file is gone in the meantime."""
    try:
        return _parsed(path.read_bytes())
    except OSError:
        raise KeyError(path.stem) from None


def _parsed(data: bytes) -> Pin:
    return parse(data.decode("ascii", errors="replace"))


def proofs(desk: Desk, corpus: Corpus, files: Copies, pins: Mapping[str, Pin]) -> dict[str, Proof]:
    """Return the proof of every quotation. Those of an event follow from its file and its sources' pins."""
    if desk.cache is None:
        return prove(corpus, pins)
    kept, entries = desk.cache.read(_PROOFS), {}
    marks = {path.stem: desk.digests.get(desk.name(path), "") for path, _ in files}
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
