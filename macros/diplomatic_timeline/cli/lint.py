"""`timeline lint`: mends what can only mean one thing."""

from __future__ import annotations

import re
import sys
from codecs import BOM_UTF8
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from diplomatic_timeline.build.files import read, write
from diplomatic_timeline.cli import options
from diplomatic_timeline.model.diagnostics import Diagnostic
from diplomatic_timeline.record.characters import BREAK

PASSES = 5
"""A mistake may stand behind another: as often the record is read again."""


@click.command()
@click.option("--fix", is_flag=True, help="Write it into the files.")
@options.events
def lint(fix: bool, project: options.Project) -> None:
    """Mend what can only mean one thing.

    Shows what is meant in place of each such mistake, and writes it with --fix.

    That is a date in another form, a party's name in place of its id, a field under another name. Whatever
    takes a decision, `timeline check` tells.

    Exits with 0 where nothing is left to mend, 1 where something is.
    """
    reading = project.read()
    mended = 0
    for _ in range(PASSES):
        found = [d for d in reading.diagnostics if d.fix is not None]
        for d in found:
            options.say(f"{d.position.file}:{d.position.line}: {_marked(d)} → {d.fix}")
        if not fix or not found:
            break
        _mend(found)
        mended += len(found)
        reading = project.read()
    left = sum(d.severity == "error" for d in reading.diagnostics)
    if fix:
        options.say(
            f"{mended} mended; " + ("timeline check tells the rest" if left else "no mistakes are left")
        )
    elif found:
        options.say(f"{len(found)} can be mended: timeline lint --fix")
    else:
        options.say("nothing to mend" + ("; timeline check tells what takes a decision" if left else ""))
    sys.exit(1 if found and not fix else 0)


def _marked(d: Diagnostic) -> str:
    start = d.position.column - 1
    return (d.excerpt or "")[start : start + d.position.length]


def _mend(found: Sequence[Diagnostic]) -> None:
    """Write into each file what was meant, and leave every other character of it."""
    for file, in_file in groupby(found, key=lambda d: d.position.file):
        data = read(Path(file))
        mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""  # no column counts it
        parts = re.split(f"({BREAK.pattern})", data.removeprefix(mark).decode())  # lines, and what ends each
        for d in sorted(in_file, key=lambda d: d.position, reverse=True):
            at, start = 2 * (d.position.line - 1), d.position.column - 1
            parts[at] = parts[at][:start] + str(d.fix) + parts[at][start + d.position.length :]
        write(Path(file), mark + "".join(parts).encode(), force=True)
