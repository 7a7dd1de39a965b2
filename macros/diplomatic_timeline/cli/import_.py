"""`timeline import`: events from other programs."""

from __future__ import annotations

from pathlib import Path

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.imports import timelinejs, timelinejs_files, writer


@click.group("import")
def import_() -> None:
    """Take events from other programs into the record."""


@import_.command("timelinejs")
@click.argument("file", type=options.FILE)
@options.events
def import_timelinejs(file: Path, project: options.Project) -> None:
    """Take events from a timeline of TimelineJS.

    FILE is TimelineJS's JSON or the CSV of its spreadsheet. Each event becomes a YAML file.

    What FILE does not tell is written as 'todo', and 'timeline check' names it. Files that exist are never
    changed, so importing again changes nothing.
    """
    try:
        found = timelinejs_files.read(file.read_bytes())
    except timelinejs_files.UnreadableError as error:
        raise click.UsageError(f"{file}: {error}") from None
    drafts = timelinejs.Importer(project.read().corpus).drafts(found)
    click.echo(writer.report(writer.write(drafts, project.events), found.left), nl=False)
