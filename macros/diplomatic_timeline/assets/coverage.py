"""Which characters can be printed, and in what: those of the typefaces of the program, and of a record's own.

A list of them is written as `coverage.txt` beside the typefaces: a range of code points (hexadecimal) a line,
below a line that names the typefaces that have them, and their licence: `# Boxes: SIL Open Font License`. A
character is set in the first that has it.
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
    return frozenset({"\n", "\t"}).union(*_sections(more).values())


@lru_cache(maxsize=4)
def uncovered(more: str = "") -> re.Pattern[str]:
    """Return a pattern for a character that none of these typefaces has."""
    return re.compile(f"[^{re.escape(''.join(sorted(covered(more))))}]")


def faces(characters: Iterable[str], more: str = "") -> dict[str, list[str]]:
    """Return the names of the typefaces in which characters are set, by licence, the first used first."""
    left, found = set(characters), dict[str, list[str]]()
    for head, had in _sections(more).items():
        if head and left & had:
            names, _, licence = head.partition(":")
            found.setdefault(licence.strip(), []).extend(names.split(", "))
        left -= had
    return found


@lru_cache(maxsize=4)
def _sections(more: str) -> dict[str, frozenset[str]]:
    """Return the characters below each line that names typefaces."""
    found: dict[str, set[str]] = {}
    for text in (COVERAGE.read_text(encoding="ascii"), more):
        head = ""
        for line in text.splitlines():
            if line.startswith("# "):
                head = line[2:].strip()
            elif pair := re.fullmatch("([0-9A-F]{4,5})-([0-9A-F]{4,5})", line):
                found.setdefault(head, set()).update(map(chr, range(int(pair[1], 16), int(pair[2], 16) + 1)))
    return {head: frozenset(codes) for head, codes in found.items()}


def listed(head: str, codes: Iterable[int]) -> str:
    """Return the list of some code points, below the line that names the typeface."""
    ranges: list[list[int]] = []
    for code in sorted(set(codes)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return f"# {head}\n" + "".join(f"{first:04X}-{last:04X}\n" for first, last in ranges)


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
