"""Whether the briefings' fonts have every character, before anything is compiled."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from diplomatic_timeline.assets.coverage import covered, named
from diplomatic_timeline.model.diagnostics import Diagnostic, Position


def missing(contents: Any) -> tuple[str, ...]:
    """Return the characters of a briefing that no font has, in the order of their code points."""
    return tuple(sorted(set(json.dumps(contents, ensure_ascii=False)) - covered()))


def findings(characters: Iterable[str], files: Iterable[tuple[str, str]]) -> tuple[Diagnostic, ...]:
    """Return where the characters stand: a finding for each, at its first place in the files (name, text)."""
    pairs = list(files)
    return tuple(_finding(character, pairs) for character in characters)


def _finding(character: str, files: list[tuple[str, str]]) -> Diagnostic:
    message = f"no font of the briefings has the character {named(character)}"
    remedy = "write it in Latin, Greek, Cyrillic or simplified Chinese letters, or add it to .ci/fonts-print"
    for file, text in files:
        for number, line in enumerate(text.splitlines(), 1):
            at = line.find(character)
            if at >= 0:
                return Diagnostic(
                    "unprintable-character", message, Position(file, number, at + 1), remedy, line
                )
    return Diagnostic("unprintable-character", message, Position("the options of the command"), remedy)
