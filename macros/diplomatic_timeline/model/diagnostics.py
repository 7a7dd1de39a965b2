"""What is wrong with the record, where, and what to write instead.

A mistake of a user is a `Diagnostic`, never an exception; an exception means a bug of ours.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby
from typing import Literal

from diplomatic_timeline.model import limits

Severity = Literal["error", "warning"]

UNTOLD = "too-many-findings"
"""The code of a finding that is counted alone, and of the one that says how many there are."""


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
    `position` names, or None where the file has no such line; `help` says what to write instead; `count` is
    how many it stands for. `fix` is what the stretch at `position` was certainly meant to be, or None.
    """

    code: str
    message: str
    position: Position
    help: str = ""
    excerpt: str | None = None
    severity: Severity = "error"
    count: int = 1
    fix: str | None = None


def in_order(
    diagnostics: Iterable[Diagnostic], untold: Mapping[str, int] | None = None
) -> tuple[Diagnostic, ...]:
    """Return the findings sorted by file, line and column, each once; of a file's errors the first ones.

    What they say is cut where it is long. A further finding then says how many more there are; `untold`
    counts those that were not put in words.
    """
    found: list[Diagnostic] = []
    ordered = sorted(set(diagnostics), key=lambda d: (d.position, d.code, d.message))
    for file, of_file in groupby(ordered, key=lambda d: d.position.file):
        told = 0
        for d in of_file:
            if d.code == UNTOLD:
                continue
            told += d.severity == "error"
            if told <= limits.FINDINGS or d.severity == "warning":
                found.append(replace(d, message=_cut(d.message), help=_cut(d.help)))
        if more := max(0, told - limits.FINDINGS) + (untold or {}).get(file, 0):
            found.append(
                Diagnostic(
                    UNTOLD,
                    f"and {more:,} more in this file",
                    Position(file, found[-1].position.line),
                    "mend those above, and check again",
                    count=more,
                )
            )
    return tuple(found)


def _cut(text: str, longest: int = limits.MESSAGE) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def shown(text: str, longest: int = 60) -> str:
    """Return a text as findings quote it: between quotation marks, on one line, cut where it is long."""
    line = " ".join(text.splitlines())
    return repr(_cut(line, longest))


def command(arguments: str) -> str:
    """Return a command of ours as it is called here, as in `.venv/bin/timeline check`."""
    called = sys.argv[0]
    ours = os.path.basename(called) == "timeline" and not os.path.isabs(called)
    return f"{called if ours else 'timeline'} {arguments}"


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
