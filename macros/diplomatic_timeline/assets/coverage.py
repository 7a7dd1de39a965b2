"""Which characters the typefaces that travel with the program have between them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from diplomatic_timeline.assets import ASSETS

COVERAGE = ASSETS / "fonts" / "print" / "coverage.txt"


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """Return every character that the typefaces have, as .ci/fonts-print wrote them down."""
    codes: set[str] = {"\n", "\t"}
    for first, last in _ranges():
        codes.update(map(chr, range(first, last + 1)))
    return frozenset(codes)


@lru_cache(maxsize=1)
def uncovered() -> re.Pattern[str]:
    """Return a pattern for a character that no typeface has."""
    ranges = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in _ranges())
    return re.compile(f"[^\n\t{ranges}]")


def _ranges() -> list[tuple[int, int]]:
    pairs = (line.partition("-") for line in COVERAGE.read_text(encoding="ascii").splitlines())
    return [(int(first, 16), int(last, 16)) for first, _, last in pairs]


def named(character: str) -> str:
    """Return a character with its code and its Unicode name: `U+0E01 'ก' THAI CHARACTER KO KAI`."""
    name = unicodedata.name(character, "unnamed")
    return f"U+{ord(character):04X} {character!r} {name}"
