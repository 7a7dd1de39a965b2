"""What checks found in a whole record, as a line of JSON and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple
from functools import cached_property

from macros.diagnostics import Diagnostic, Position
from macros.pins import Pin
from macros.proofs import UNPINNED, Proof


class LatePins(Mapping[str, Pin]):
    """Pins by their source that are read when one is asked for: whose proofs are known, is not asked for."""

    def __init__(self, read: Callable[[], dict[str, Pin]]) -> None:
        self._read = read

    @cached_property
    def _pins(self) -> dict[str, Pin]:
        return self._read()

    def __getitem__(self, source: str) -> Pin:
        return self._pins[source]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pins)

    def __len__(self) -> int:
        return len(self._pins)


def write_findings(
    found: Iterable[Diagnostic], unreadable: Iterable[str], proofs: Mapping[str, Proof]
) -> str:
    """Return findings, the names of unreadable pins, and proofs without a finding of their own."""
    days: dict[str, list[str]] = {}
    for quote, proof in proofs.items():
        days.setdefault(proof.pinned or "", []).append(quote)
    kept = {"found": [astuple(d) for d in found], "unreadable": sorted(unreadable), "proofs": days}
    return json.dumps(kept, ensure_ascii=False)


def parse_findings(text: str) -> tuple[list[Diagnostic], list[str], dict[str, Proof]]:
    """Return what `write_findings` was given."""
    kept = json.loads(text)
    found = [Diagnostic(d[0], d[1], Position(*d[2]), *d[3:]) for d in kept["found"]]
    proofs = {
        quote: proof
        for day, quotes in kept["proofs"].items()
        for proof in (Proof("verified", day) if day else UNPINNED,)
        for quote in quotes
    }
    return found, kept["unreadable"], proofs
