"""Whether each quote's words stand in its pinned source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProofOutcome = Literal["verified", "not-found", "unpinned"]


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome for one quote, and the day on which its source was pinned (ISO 8601), if it was."""

    outcome: ProofOutcome
    pinned: str | None = None


UNPINNED = Proof("unpinned")
