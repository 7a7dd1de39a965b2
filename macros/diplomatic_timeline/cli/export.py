"""`timeline export`: the data without the website."""

from __future__ import annotations

from pathlib import Path

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.exports.files import files
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.views.timeline import Timeline


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@options.events
@click.option("--name", help="The record's name; the site's in mkdocs.yml unless given.")
@click.option("--address", help="Where the site stands; the one in mkdocs.yml unless given.")
def export(folder: Path, project: options.Project, name: str | None, address: str | None) -> None:
    """Write the record's data into FOLDER.

    The files are those of the website, which need not be built.
    """
    reading = project.read_sound()
    address = project.settings.address if address is None else address
    address = f"{address.rstrip('/')}/" if address else ""
    imprint = Imprint(name or project.settings.name, address, project.words())
    count = 0
    for path, content in files(Timeline(reading.corpus, reading.proofs), imprint):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    click.echo(f"{count} files written to {folder}")
