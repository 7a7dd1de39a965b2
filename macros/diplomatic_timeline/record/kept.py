"""What checks found in a whole record, as a line of JSON and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple

from diplomatic_timeline.model.diagnostics import Diagnostic, Position
from diplomatic_timeline.proof.proofs import UNPINNED, Proof, verified


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
