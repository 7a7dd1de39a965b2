"""What is wrong with the record, where, and what to write instead.

A mistake of a user is a `Diagnostic`, never an exception; an exception means a bug of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A stretch of one line in a file: 1-based line and column, counted in characters."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` is stable and documented in docs/contribute/errors.md; `excerpt` is the text of the line that
    `position` names, or None where the file has no such line; `help` says what to write instead.
    """

    code: str
    message: str
    position: Position
    help: str = ""
    excerpt: str | None = None
    severity: Severity = "error"


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings sorted by file, line and column, each once."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.position, d.code, d.message)))


def shown(text: str, longest: int = 60) -> str:
    """Return a text as findings quote it: between quotation marks, on one line, cut where it is long."""
    line = " ".join(text.splitlines())
    return repr(line if len(line) <= longest else line[: longest - 1] + "…")


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to `word`, or None where nothing is near.

    Capitals, and what parts words (`_`, `-`, a space), make no difference; words in another order are near.
    """
    forms: dict[str, str] = {}
    for candidate in known:
        forms.setdefault(_form(candidate), candidate)
    parts = sorted(_form(word).split("-"))
    for form, candidate in forms.items():
        if len(form) == len(word) and sorted(form.split("-")) == parts:
            return candidate
    matches = get_close_matches(_form(word), list(forms), n=1, cutoff=0.6)
    return forms[matches[0]] if matches else None


def _form(word: str) -> str:
    return re.sub(r"[\s_]+", "-", word.casefold())


def suggestion(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a help line: the near miss first, then what to do if it is not meant."""
    near = did_you_mean(word, known)
    if near is None:
        return otherwise
    return f"did you mean {near!r}?" + (f" Otherwise {otherwise}" if otherwise else "")


def one_of(word: str, allowed: Iterable[str]) -> str:
    """Return a help line for a closed vocabulary: the near miss, then every allowed word."""
    choices = list(allowed)
    return suggestion(word, choices, "write one of: " + ", ".join(choices))
