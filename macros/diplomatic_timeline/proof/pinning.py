"""Pins sources from local copies of their text, and compares the copies with the pins later on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from diplomatic_timeline.build.files import read, write
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.records import Corpus, Quote
from diplomatic_timeline.proof.extraction import Extract, extract
from diplomatic_timeline.proof.pins import (
    MIN_WORDS,
    NORMALISER,
    Pin,
    PinError,
    fingerprint,
    parse,
    render,
    words,
)
from diplomatic_timeline.proof.proofs import Proof, explain, prove


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
    old = (
        read(target, limits.FILE).decode("ascii", "replace")
        if target.is_file() and not target.is_symlink()
        else ""
    )
    pin = _fingerprint(taken, source, data, _day_of(old, data) or today)
    text = render(pin)
    if text != old and _day_of(old, data):
        pin = _fingerprint(taken, source, data, today)
        text = render(pin)
    proven, missed = _sorted(_proofs(corpus, source, pin))
    if text != old:
        lost = sorted(_proven_by(corpus, source, old) - set(proven))
        if lost and not force:
            raise PinningError(
                f"{name} lacks the words of {', '.join(lost)}, which the pin proves; the pin is as it was. "
                "Save the source again, or give --force to replace the pin"
            )
        write(target, text.encode("ascii"), below=folder.parent.parent, force=bool(old) or force)
    return Pinned(pin, text != old, proven, missed, taken.unread)


def _proven_by(corpus: Corpus, source: str, text: str) -> set[str]:
    """Return the quotations that the text of a pin proves; none where it is damaged or there is none."""
    try:
        return set(_sorted(_proofs(corpus, source, parse(text)))[0])
    except PinError:
        return set()


def _fingerprint(taken: Extract, source: str, data: bytes, day: str) -> Pin:
    return fingerprint(
        taken.text, source=source, sha256=sha256(data).hexdigest(), extractor=taken.extractor, pinned=day
    )


def _day_of(old: str, data: bytes) -> str | None:
    """Return the day in a pin's text if it was made from these bytes by this normaliser."""
    header = dict(line.split(": ", 1) for line in old.split("\n\n")[0].splitlines() if ": " in line)
    same = header.get("sha256") == sha256(data).hexdigest() and header.get("normaliser") == str(NORMALISER)
    return header.get("pinned") if same else None


def _proofs(corpus: Corpus, source: str, pin: Pin) -> Iterator[tuple[Quote, Proof]]:
    own = prove(corpus, {source: pin})
    for event in corpus.events.values():
        for quote in event.quotes:
            if quote.source == source:
                yield quote, own[quote.id]


def _sorted(
    proofs: Iterator[tuple[Quote, Proof]],
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    proven, missed = [], []
    for quote, proof in proofs:
        if proof.finding is None:
            proven.append(quote.id + (f" (said by {proof.label!r})" if proof.label else ""))
        else:
            missed.append((quote.id, explain(proof.finding, quote)[0]))
    return tuple(proven), tuple(missed)


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
        fallen: list[tuple[str, str]] = []
        if words(taken.text) < MIN_WORDS:
            fallen = [(quote.id, "the copy has almost no words") for quote, _ in _proofs(corpus, source, pin)]
        else:
            new = _fingerprint(taken, source, data, pin.pinned)
            pairs = zip(_proofs(corpus, source, pin), _proofs(corpus, source, new), strict=True)
            for (quote, before), (_, now) in pairs:
                if before.outcome == "verified" and now.finding is not None:
                    fallen.append((quote.id, explain(now.finding, quote)[0]))
        yield Verified(source, file, sha256(data).hexdigest() == pin.sha256, tuple(fallen))
