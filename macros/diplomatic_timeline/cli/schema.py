"""`timeline schema`: what text editors and the page on fields say of the record's files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.model.schema import FIELDS_PAGE, fields_page
from diplomatic_timeline.record import schemas


@click.command("schema")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is out of date.")
@options.events
def write_schema(check: bool, project: options.Project) -> None:
    """Write the JSON Schemas and the page on fields.

    Both are made from the model. The schemas, by which a text editor completes and checks a file while it is
    written, stand in the record's folder and know its ids; `new` and `serve` keep them so. The page is
    docs/contribute/fields.md, where there is such a folder.
    """
    events = project.named or project.settings.events
    reading = project.read() if events.is_dir() else None
    changed = [*(schemas.outdated(events, reading) if check else schemas.write(events, reading))]
    page = Path(FIELDS_PAGE)
    if page.parent.is_dir() and not (page.is_file() and page.read_text(encoding="utf-8") == fields_page()):
        changed.append(page)
        if not check:
            page.write_text(fields_page(), encoding="utf-8", newline="\n")
    for path in changed:
        click.echo(f"{path.as_posix()}: {'out of date' if check else 'written'}")
    if not changed:
        click.echo("schemas and fields are up to date")
    sys.exit(1 if check and changed else 0)
