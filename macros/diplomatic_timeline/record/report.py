"""Findings as text for a terminal, as JSON for programs, as annotations for GitHub and GitLab."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256

from diplomatic_timeline.model.characters import visible
from diplomatic_timeline.model.diagnostics import Diagnostic, command

_LONGEST = 120
_BEFORE = 40
# More warnings of one code than this are told together, by some examples.
_FEW = 5
_EXAMPLES = 3


def _width(text: str) -> int:
    """Return how many terminal cells `text` takes (Unicode UAX #11: wide and full-width take two)."""
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def _snippet(diagnostic: Diagnostic) -> tuple[str, str] | None:
    """Return the line that a finding is about, and carets below the stretch that is meant."""
    position, excerpt = diagnostic.position, diagnostic.excerpt
    if excerpt is None:
        return None
    start = min(position.column - 1, len(excerpt))
    end = start + position.length
    before, marked, after = excerpt[:start], excerpt[start:end], excerpt[end : end + _LONGEST + 1]
    if len(excerpt) > _LONGEST:
        if len(before) > _BEFORE:
            before = "…" + before[-_BEFORE:]
        room = _LONGEST - len(before)
        if len(marked) + len(after) > room:
            marked, after = marked[:room], after[: max(0, room - len(marked))] + "…"
    before, marked, after = map(visible, (before, marked, after))
    return f"{before}{marked}{after}", " " * _width(before) + "^" * max(1, _width(marked))


def as_text(diagnostics: Sequence[Diagnostic], *, each: bool = False) -> str:
    """Return the findings for a terminal, one paragraph each, and a closing count.

    Many warnings of one code are one paragraph, where the first of them stands, unless `each` is asked for.
    Errors are always told one by one, for each has to be mended.
    """
    alike: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for d in diagnostics:
        if d.severity == "warning" and not each:
            alike[d.code].append(d)
    paragraphs = []
    for d in diagnostics:
        same = alike[d.code] if d.severity == "warning" else []
        if len(same) <= _FEW:
            paragraphs.append(_one(d))
        elif d is same[0]:
            paragraphs.append(_together(same))
    paragraphs.append(tally(diagnostics) + "\n")
    return "\n".join(paragraphs)


def _one(d: Diagnostic) -> str:
    """Return a finding with its line and carets below the place, and what to write instead."""
    lines = [f"{d.severity}[{d.code}] {visible(d.message)}", _place(d)]
    if snippet := _snippet(d):
        number = str(d.position.line)
        lines += [f"{number} | {snippet[0]}", f"{' ' * len(number)} | {snippet[1]}"]
    if d.help:
        lines.append(f"help: {visible(d.help)}")
    return "\n".join(lines) + "\n"


def _together(same: Sequence[Diagnostic]) -> str:
    """Return findings of one code: what the first says, and where it and some others stand."""
    first = same[0]
    lines = [f"{first.severity}[{first.code}] {len(same)} like this: {visible(first.message)}"]
    for d in same[:_EXAMPLES]:
        snippet = _snippet(d)
        lines.append(f"{_place(d)}  {snippet[0].strip()}" if snippet else _place(d))
    if first.help:
        lines.append(f"help: {visible(first.help)}")
    lines.append(f"to see all {len(same)}, run: {command('check --all')}")
    return "\n".join(lines) + "\n"


def _place(d: Diagnostic) -> str:
    return f"  --> {visible(d.position.file)}:{d.position.line}:{d.position.column}"


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the closing line: how many errors and warnings there are."""
    errors = sum(d.count for d in diagnostics if d.severity == "error")
    warnings = sum(d.severity == "warning" for d in diagnostics)
    parts = [
        f"{count} {word}{'s' if count != 1 else ''}"
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    ]
    return " and ".join(parts) + " found" if parts else "no mistakes found"


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a JSON array: code, severity, message, file, line, column, length, help; in order."""
    rows = [
        {
            "code": d.code,
            "severity": d.severity,
            "message": d.message,
            **asdict(d.position),
            "help": d.help,
        }
        for d in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Return workflow commands that GitHub Actions shows beside the lines of a change."""

    def value(text: str) -> str:
        return visible(text).replace("%", "%25")

    def attribute(text: str) -> str:
        return value(text).replace(":", "%3A").replace(",", "%2C")

    return "".join(
        f"::{d.severity} file={attribute(d.position.file)},line={d.position.line},"
        f"col={d.position.column},endColumn={d.position.column + d.position.length},"
        f"title={attribute(d.code)}::"
        f"{value(d.message + (f' ({d.help})' if d.help else ''))}\n"
        for d in diagnostics
    )


def as_gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a Code Quality report (JSON), which GitLab shows beside the lines of a change."""
    rows = []
    told: Counter[str] = Counter()
    for d in diagnostics:
        # GitLab knows a finding again by its fingerprint: not by its line, which other edits move.
        same = "\0".join((d.code, d.position.file, d.message))
        told[same] += 1
        rows.append(
            {
                "description": d.message + (f" ({d.help})" if d.help else ""),
                "check_name": d.code,
                "severity": "major" if d.severity == "error" else "minor",
                "location": {"path": d.position.file, "lines": {"begin": d.position.line}},
                "fingerprint": sha256(f"{same}\0{told[same]}".encode()).hexdigest(),
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
