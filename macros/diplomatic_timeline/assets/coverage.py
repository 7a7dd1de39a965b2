"""Which characters can be printed: those of the typefaces of the program, and of a record's own.

A list of them is written as `coverage.txt` beside the typefaces: a range of code points (hexadecimal) a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from diplomatic_timeline.assets import ASSETS

FOLDER = "typefaces"
"""Where a record has its own, in its folder."""

NAME = "coverage.txt"
COVERAGE = ASSETS / "fonts" / "print" / NAME


@lru_cache(maxsize=4)
def covered(more: str = "") -> frozenset[str]:
    """Return every character that the program's typefaces have, or those of which `more` is the list."""
    codes: set[str] = {"\n", "\t"}
    for first, last in _ranges(more):
        codes.update(map(chr, range(first, last + 1)))
    return frozenset(codes)


@lru_cache(maxsize=4)
def uncovered(more: str = "") -> re.Pattern[str]:
    """Return a pattern for a character that none of these typefaces has."""
    ranges = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in _ranges(more))
    return re.compile(f"[^\n\t{ranges}]")


def _ranges(more: str) -> list[tuple[int, int]]:
    lines = (COVERAGE.read_text(encoding="ascii") + more).splitlines()
    pairs = (re.fullmatch("([0-9A-F]{4,5})-([0-9A-F]{4,5})", line) for line in lines)
    return [(int(pair[1], 16), int(pair[2], 16)) for pair in pairs if pair]


def listed(codes: Iterable[int]) -> str:
    """Return the list of some code points."""
    ranges: list[list[int]] = []
    for code in sorted(set(codes)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{first:04X}-{last:04X}\n" for first, last in ranges)


def family(script: str) -> str:
    """Return the name of the family that a record has for a script (ISO 15924), as its file is named."""
    return f"Timeline {script.title()}"


def remedy(character: str) -> str:
    """Return what helps against a character that no typeface has."""
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and covered().issuperset(plain):
        return f"write it as '{plain}'"
    return "run: timeline fonts, which takes it from a typeface on this machine; or write it otherwise"


def named(character: str) -> str:
    """Return a character with its code and its Unicode name: `U+0E01 'ก' THAI CHARACTER KO KAI`."""
    name = unicodedata.name(character, "unnamed")
    return f"U+{ord(character):04X} {character!r} {name}"
