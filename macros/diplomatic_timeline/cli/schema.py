"""`timeline schema`: what text editors and the page on fields say of the record's files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.model import schema


@click.command("schema")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is out of date.")
@options.events
def write_schema(check: bool, project: options.Project) -> None:
    """Write the JSON Schemas and the page on fields.

    Both are made from the model. The schemas, by which a text editor checks a file while it is written, stand
    in the record's folder; the page is docs/contribute/fields.md.
    """
    here, events = Path.cwd(), project.named or project.settings.events
    changed = schema.outdated(here, events) if check else schema.write(here, events)
    for name in changed:
        click.echo(f"{name}: {'out of date' if check else 'written'}")
    if not changed:
        click.echo("schemas and fields are up to date")
    sys.exit(1 if check and changed else 0)
