"""The typefaces of briefings: a record's own beside the program's, and whether they have every character.

What a record's own are made from, and how, `assets/typefaces` says.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from diplomatic_timeline.assets.coverage import FOLDER, covered, faces, family, named, remedy
from diplomatic_timeline.model.diagnostics import Diagnostic, Position
from diplomatic_timeline.views.wording import Wording


class Typefaces(NamedTuple):
    """A record's own typefaces: their folder, their families, and the list of what they have."""

    folder: str
    families: tuple[str, ...]
    coverage: str
    digest: bytes


def typefaces(events: Path, coverage: str) -> Typefaces | None:
    """Return those in a record's folder, of which its reading has the list; None where it is empty."""
    if not coverage:
        return None
    folder = events / FOLDER
    files = sorted(path for path in folder.iterdir() if path.suffix in (".ttf", ".otf"))
    digest = sha256(b"".join(sha256(path.read_bytes()).digest() for path in files)).digest()
    return Typefaces(os.path.relpath(folder), tuple(family(path.stem) for path in files), coverage, digest)


def missing(contents: Any) -> tuple[str, ...]:
    """Return the characters of a briefing that no font has, in the order of their code points."""
    return tuple(sorted(_characters(contents) - covered(_coverage(contents))))


def typeset(contents: Any, words: Wording) -> str:
    """Return in which typefaces a briefing is set, with their licences where they are known."""
    named = [
        words("briefing.typefaces", faces=words.listed(names), licence=licence)
        if licence
        else words.listed(names)
        for licence, names in faces(_characters(contents), _coverage(contents)).items()
    ]
    return words("briefing.typeset", faces=words("list.comma").join(named))


def _characters(contents: Any) -> set[str]:
    return set(json.dumps(contents, ensure_ascii=False))


def _coverage(contents: Any) -> str:
    own = contents.get("typefaces") or {"coverage": ""}
    return str(own["coverage"])


def findings(characters: Iterable[str], files: Iterable[tuple[str, str]]) -> tuple[Diagnostic, ...]:
    """Return where the characters stand: a finding for each, at its first place in the files (name, text)."""
    pairs = list(files)
    return tuple(_finding(character, pairs) for character in characters)


def _finding(character: str, files: list[tuple[str, str]]) -> Diagnostic:
    message = f"no typeface has the character {named(character)}"
    for file, text in files:
        for number, line in enumerate(text.splitlines(), 1):
            at = line.find(character)
            if at >= 0:
                place = Position(file, number, at + 1)
                return Diagnostic("unprintable-character", message, place, remedy(character), line)
    place = Position("the options of the command")
    return Diagnostic("unprintable-character", message, place, remedy(character))
