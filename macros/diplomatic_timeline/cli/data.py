"""The commands `timeline import`, `timeline export` and `timeline schema`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from diplomatic_timeline.build.collector import paused
from diplomatic_timeline.build.store import FILE, Store
from diplomatic_timeline.exports.files import files
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.imports import timelinejs, timelinejs_files, writer
from diplomatic_timeline.model import schema
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.nodes import MappingNode
from diplomatic_timeline.record.report import as_text
from diplomatic_timeline.record.yaml_reader import read_document
from diplomatic_timeline.views.timeline import Timeline

_EVENTS = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("import")
def import_() -> None:
    """Take events from other programs into the record."""


@import_.command("timelinejs")
@click.argument("file", type=_FILE)
@click.option(
    "--events", type=_EVENTS, default=Path("events"), show_default=True, help="The record's folder."
)
def import_timelinejs(file: Path, events: Path) -> None:
    """Take the events of FILE, TimelineJS's JSON or the CSV of its spreadsheet, one YAML file for each.

    What FILE does not tell is written as 'todo', and 'timeline check' names it. Files that exist are never
    changed, so importing again changes nothing.
    """
    try:
        found = timelinejs_files.read(file.read_bytes())
    except timelinejs_files.UnreadableError as error:
        raise click.UsageError(f"{file}: {error}") from None
    drafts = timelinejs.Importer(read_folder(events).corpus).drafts(found)
    click.echo(writer.report(writer.write(drafts, events), found.left), nl=False)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--events", type=_EVENTS, default=Path("events"), show_default=True, help="The record's folder."
)
@click.option("--name", help="The record's name; the site's in mkdocs.yml unless given.")
@click.option("--address", help="Where the site stands; the one in mkdocs.yml unless given.")
def export(folder: Path, events: Path, name: str | None, address: str | None) -> None:
    """Write the record's data into FOLDER, as the website has it, without building the website."""
    store = Store(FILE)
    with paused():
        reading = read_folder(events, store=store)
    store.save()
    store.close()
    if not reading.sound:
        click.echo(as_text(reading.diagnostics), err=True, nl=False)
        sys.exit(1)
    settings = _settings(events.absolute().parent / "mkdocs.yml")
    address = address if address is not None else settings.get("site_url", "")
    imprint = Imprint(
        name or settings.get("site_name", "Diplomatic timeline"), f"{address.rstrip('/')}/" if address else ""
    )
    count = 0
    for path, content in files(Timeline(reading.corpus, reading.proofs), imprint):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    click.echo(f"{count} files written to {folder}")


def _settings(path: Path) -> dict[str, str]:
    """Return the texts that stand at the top level of mkdocs.yml."""
    if not path.is_file():
        return {}
    value = read_document(path.name, path.read_bytes()).value
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, MappingNode) else {}


@click.command("schema")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is out of date.")
def write_schema(check: bool) -> None:
    """Write the JSON Schemas and docs/contribute/fields.md anew from the model."""
    project = Path.cwd()
    changed = schema.outdated(project) if check else schema.write(project)
    for name in changed:
        click.echo(f"{name}: {'out of date' if check else 'written'}")
    if not changed:
        click.echo("schemas and fields are up to date")
    sys.exit(1 if check and changed else 0)
