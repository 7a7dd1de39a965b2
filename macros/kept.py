"""What checks found in a whole record, as a line of JSON and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple

from macros.diagnostics import Diagnostic, Position
from macros.pins import Pin
from macros.proofs import UNPINNED, Proof, verified


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


def write_findings(
    found: Iterable[Diagnostic], unreadable: Iterable[str], proofs: Mapping[str, Proof]
) -> str:
    """Return findings, the names of unreadable pins, and proofs without a finding of their own."""
    kept = {"found": [astuple(d) for d in found], "unreadable": sorted(unreadable), "proofs": _days(proofs)}
    return json.dumps(kept, ensure_ascii=False)


def parse_findings(text: str) -> tuple[list[Diagnostic], list[str], dict[str, Proof]]:
    """Return what `write_findings` was given."""
    kept = json.loads(text)
    found = [Diagnostic(d[0], d[1], Position(*d[2]), *d[3:]) for d in kept["found"]]
    return found, kept["unreadable"], _proofs(kept["proofs"])


def write_proofs(proofs: Mapping[str, Proof]) -> str:
    """Return proofs without a finding of their own."""
    return json.dumps(_days(proofs), ensure_ascii=False)


def parse_proofs(text: str) -> dict[str, Proof]:
    """Return what `write_proofs` was given."""
    return _proofs(json.loads(text))


def _days(proofs: Mapping[str, Proof]) -> dict[str, list[str]]:
    """Return the quotations by the day on which their source was pinned; unpinned ones by no day."""
    days: dict[str, list[str]] = {}
    for quote, proof in proofs.items():
        days.setdefault(proof.pinned or "", []).append(quote)
    return days


def _proofs(days: Mapping[str, list[str]]) -> dict[str, Proof]:
    return {
        quote: proof
        for day, quotes in days.items()
        for proof in (verified(day) if day else UNPINNED,)
        for quote in quotes
    }
