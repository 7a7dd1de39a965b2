"""`timeline import`: events from other programs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from diplomatic_timeline.build.files import read
from diplomatic_timeline.cli import options
from diplomatic_timeline.imports import sheets, timelinejs, timelinejs_files, writer
from diplomatic_timeline.imports.drafts import Draft
from diplomatic_timeline.imports.tables import UnreadableError, read_table
from diplomatic_timeline.model import limits


@click.group("import")
def import_() -> None:
    """Take events from other programs into the record."""


@import_.command("timelinejs")
@click.argument("file", type=options.FILE)
@options.force
@options.events
def import_timelinejs(file: Path, force: bool, project: options.Project) -> None:
    """Take events from a timeline of TimelineJS.

    FILE is TimelineJS's JSON, also inside a script (JSONP), or its spreadsheet as CSV or XLSX. Each event
    becomes a YAML file.

    What FILE does not tell is written as 'todo', and 'timeline check' names it. Files that exist are not
    changed, so importing again changes nothing.
    """
    try:
        found = timelinejs_files.read(read(file, limits.DOCUMENT))
    except UnreadableError as error:
        raise click.UsageError(f"{file}: {error}") from None
    drafts = timelinejs.Importer(project.read().corpus).drafts(found)
    _write(drafts, found.left, project, force)


@import_.command("sheet")
@click.argument("file", type=options.FILE)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=COLUMN,…",
    help=f"Which column is which field, as in date=When,title=What. Fields: {', '.join(sheets.FIELDS)}.",
)
@click.option("--sheet", help="The sheet of a workbook. Without it: the first that has anything in it.")
@options.force
@options.events
def import_sheet(
    file: Path, mapping: tuple[str, ...], sheet: str | None, force: bool, project: options.Project
) -> None:
    """Take events from a plain sheet, a row each.

    FILE is CSV or XLSX. A column that is named as a field needs no --map. Each row becomes a YAML file;
    what no field has room for becomes a comment in it.

    What FILE does not tell is written as 'todo', and 'timeline check' names it. Files that exist are not
    changed, so importing again changes nothing.
    """
    try:
        columns = sheets.read_mapping(",".join(mapping)) if mapping else {}
        found = sheets.read(read_table(read(file, limits.DOCUMENT), sheet), columns)
    except sheets.MappingError as error:
        raise click.UsageError(str(error)) from None
    except UnreadableError as error:
        raise click.UsageError(f"{file}: {error}") from None
    drafts = sheets.Importer(project.read().corpus).drafts(found)
    _write(drafts, found.left, project, force)


def _write(drafts: Iterable[Draft], left: Iterable[str], project: options.Project, force: bool) -> None:
    """Write drafts into the record and print the report. Raises ClickException where that fails."""
    try:
        written = writer.write(drafts, project.events, replace=force)
    except OSError as error:
        raise click.ClickException(f"nothing was imported: {error}") from None
    click.echo(writer.report(written, left), nl=False)
