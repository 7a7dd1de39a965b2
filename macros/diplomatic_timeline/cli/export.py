"""`timeline export`: the data without the website."""

from __future__ import annotations

from pathlib import Path

import click

from diplomatic_timeline.build.files import FileError, write
from diplomatic_timeline.cli import options
from diplomatic_timeline.exports.files import files
from diplomatic_timeline.exports.imprint import Imprint


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@options.events
@options.force
@options.no_cache
@click.option("--name", type=options.line, help="The record's name; the site's in mkdocs.yml unless given.")
@click.option(
    "--address",
    type=options.web_address,
    help="Where the site stands; the one in mkdocs.yml unless given.",
)
def export(
    folder: Path, project: options.Project, name: str | None, address: str | None, force: bool
) -> None:
    """Write the record's data into FOLDER.

    The files are those of the website, which need not be built. Of a folder that is not empty, --force
    replaces the files of the same names and leaves the others.
    """
    if folder.is_symlink():
        raise FileError(f"{folder} is a link, and nothing is written through one: name the folder itself")
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise FileError(f"{folder} is not empty: name another folder, or give --force to replace its files")
    reading = project.read_sound()
    address = project.settings.address if address is None else address
    address = f"{address.rstrip('/')}/" if address else ""
    imprint = Imprint(name or project.settings.name, address, project.words())
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for path, content in files(project.timeline(reading), imprint):
        write(folder / path, content, below=folder, force=force)
        count += 1
    click.echo(f"{count} files written to {folder}")
