"""Pins sources from local copies of their text, and compares the copies with the pins later on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from diplomatic_timeline.build.files import read, write
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.proof.extraction import Extract, extract
from diplomatic_timeline.proof.pins import MIN_WORDS, Pin, PinError, fingerprint, parse, render, words
from diplomatic_timeline.proof.proofs import explain, prove


class PinningError(ValueError):
    """A file that cannot be pinned; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """What pinning a source did: the pin, whether its file changed, and what it proves.

    `proven` and `missed` are the ids of the source's quotations, `missed` with what is wrong. `unread` names
    what the file holds beside the text.
    """

    pin: Pin
    changed: bool
    proven: tuple[str, ...]
    missed: tuple[tuple[str, str], ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """How a source's local copy compares with its pin.

    `file` is None where the folder has no copy; `same_bytes` says whether the copy is the pinned one;
    `fallen` are the quotations that the pin proves and the copy does not.
    """

    source: str
    file: Path | None
    same_bytes: bool
    fallen: tuple[tuple[str, str], ...]


def pin_source(
    corpus: Corpus, source: str, data: bytes, name: str, folder: Path, today: str, *, force: bool = False
) -> Pinned:
    """Pin a source from the bytes of a file called `name`; write the pin into `folder` if that changes it.

    Pinning the same bytes again keeps the day of the first time, so the file stays as it is. Raises
    PinningError for a file with almost no words, and for one that proves less than the pin that is there,
    unless `force`; ExtractionError for one that is no text, FileError, OSError.
    """
    taken = extract(data, name)
    count = words(taken.text)
    if count < MIN_WORDS:
        raise PinningError(f"{name} yields only {count} words; that is hardly a report. Save the whole text")
    target = folder / f"{source}.pin"
    there = target.is_file() and not target.is_symlink()
    old = _sound(read(target, limits.FILE)) if there else None
    pin = _fingerprint(taken, source, data, today)
    if old and replace(pin, pinned=old.pinned) == old:
        pin = old
    proven, missed = _outcomes(corpus, source, pin)
    if pin != old:
        lost = sorted(_outcomes(corpus, source, old)[0].keys() - proven.keys()) if old else []
        if lost and not force:
            raise PinningError(
                f"{name} lacks the words of {', '.join(lost)}, which the pin proves; the pin is as it was. "
                "Save the source again, or give --force to replace the pin"
            )
        write(target, render(pin).encode("ascii"), below=folder.parent.parent, force=there or force)
    told = (id + (f" (said by {label!r})" if label else "") for id, label in proven.items())
    return Pinned(pin, pin != old, tuple(told), tuple(missed.items()), taken.unread)


def _sound(data: bytes) -> Pin | None:
    try:
        return parse(data.decode("ascii", "replace"))
    except PinError:
        return None


def _fingerprint(taken: Extract, source: str, data: bytes, day: str) -> Pin:
    return fingerprint(
        taken.text, source=source, sha256=sha256(data).hexdigest(), extractor=taken.extractor, pinned=day
    )


def _outcomes(corpus: Corpus, source: str, pin: Pin) -> tuple[dict[str, str], dict[str, str]]:
    """Return by id which of a source's quotations its pin proves, and what is wrong with the others.

    With each that is proven stands the name that a transcript gives to it, if that is none of its speakers'.
    """
    proofs = prove(corpus, {source: pin})
    quotes = [quote for event in corpus.events.values() for quote in event.quotes if quote.source == source]
    proven = {quote.id: proofs[quote.id].label for quote in quotes if not proofs[quote.id].finding}
    missed = {quote.id: explain(found, quote)[0] for quote in quotes if (found := proofs[quote.id].finding)}
    return proven, missed


def verify(corpus: Corpus, pins: Mapping[str, Pin], folder: Path) -> Iterator[Verified]:
    """Yield for each pinned source how its copy in `folder` compares with the pin, sources in order of id.

    A copy is found by its name (the source's id) or, under any name, by its bytes. Raises ExtractionError.
    """
    files = sorted(path for path in folder.iterdir() if path.is_file())
    by_name = {path.stem: path for path in files}
    by_hash = {sha256(read(path, limits.DOCUMENT)).hexdigest(): path for path in files}
    for source, pin in sorted(pins.items()):
        file = by_name.get(source) or by_hash.get(pin.sha256)
        if file is None:
            yield Verified(source, None, False, ())
            continue
        data = read(file, limits.DOCUMENT)
        taken = extract(data, file.name)
        proven, _ = _outcomes(corpus, source, pin)
        if words(taken.text) < MIN_WORDS:
            missed = dict.fromkeys(proven, "the copy has almost no words")
        else:
            _, missed = _outcomes(corpus, source, _fingerprint(taken, source, data, pin.pinned))
        fallen = tuple((quote, why) for quote, why in missed.items() if quote in proven)
        yield Verified(source, file, sha256(data).hexdigest() == pin.sha256, fallen)
