"""`timeline check`: every mistake of the record."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.record import report

FORMATS = {
    "text": report.as_text,
    "json": report.as_json,
    "github": report.as_github,
    "gitlab": report.as_gitlab,
}


@click.command()
@click.argument("folder", type=options.FOLDER, required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="For people, for programs, or for the lines of a change on GitHub or GitLab.",
)
@click.option("--all", "each", is_flag=True, help="Print each warning, also where many are of one kind.")
@click.option("--require-proof", is_flag=True, help="A quotation whose source is not pinned is an error.")
@options.no_cache
@options.events
def check(folder: Path | None, form: str, each: bool, require_proof: bool, project: options.Project) -> None:
    """Check the record and print every mistake at once.

    FOLDER is the record's folder; --events names it, too.

    Exits with 0 where nothing is wrong, 1 where something is, 2 where the command itself is misused.
    """
    if folder is not None:
        if project.named is not None:
            raise click.UsageError("the record's folder is given twice: leave FOLDER or --events out")
        project = options.Project(folder)
    # Proof that is required is found anew: nothing that was kept is believed for it.
    reading = project.read(use_store=not require_proof)
    if require_proof:
        reading = reading.requiring_proof()
    write = partial(report.as_text, each=True) if each and form == "text" else FORMATS[form]
    click.echo(write(reading.diagnostics), nl=False)
    sys.exit(0 if reading.sound else 1)
