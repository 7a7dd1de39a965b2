"""`timeline fonts`: typefaces for what the record is written in."""

from __future__ import annotations

from pathlib import Path

import click

from diplomatic_timeline.assets.coverage import FOLDER, NAME, covered, listed, named
from diplomatic_timeline.build.files import write
from diplomatic_timeline.cli import options


@click.command("fonts")
@click.option(
    "--from",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Take typefaces of any name from this folder; several are allowed.",
)
@options.events
def fonts(folders: tuple[Path, ...], project: options.Project) -> None:
    """Take typefaces for scripts that the program's own lack.

    Briefings are set in typefaces that travel with the program: Latin, Greek, Cyrillic and simplified Chinese
    letters. For others this takes what the record needs from the Noto typefaces on this machine (Debian's
    fonts-noto-core and fonts-noto-cjk), or from a folder, into typefaces/ in the record's folder, which is a
    part of the record: every machine prints the same.

    Exits with 0 where nothing is lacking any more, or 1.
    """
    # It takes a fifth of a second to import, and no other command needs it.
    from diplomatic_timeline.assets import typefaces

    events = project.events
    reading, settings = project.read(), project.settings
    said = {*settings.name, *settings.marking}
    said.update(*(record.model_dump_json() for record in reading.corpus.records()))
    strange = said - covered()
    if others := {d.code for d in reading.diagnostics if d.severity == "error"} - {"unprintable-character"}:
        click.echo(
            f"what has mistakes is left out ({', '.join(sorted(others))}): mend them, and run this again"
        )
    if not strange:
        click.echo("the program's typefaces have every character of the record: nothing to do")
        return
    with click.progressbar(typefaces.files(folders), label="looking at typefaces") as paths:
        among = typefaces.faces(paths)
    of, lacking = typefaces.chosen(strange, among)
    folder = events / FOLDER
    parts = [typefaces.part(script, face, strange) for script, face in of.items()]
    for made in parts:
        write(folder / made.file, made.content, below=events, force=True)
        size = f"{len(made.codes):,} characters, {-(-len(made.content) // 1000):,} kB"
        click.echo(f"{(folder / made.file).as_posix()}: from {made.face.name}, {size}")
    coverage = "".join(listed(made.head, made.codes) for made in parts)
    write(folder / NAME, coverage.encode(), below=events, force=True)
    for path in folder.iterdir():
        if path.suffix in typefaces.KINDS and path.name not in {made.file for made in parts}:
            path.unlink()
    if lacking:
        few = ", ".join(map(named, sorted(lacking)[:5])) + (" ..." if len(lacking) > 5 else "")
        raise click.ClickException(
            f"no typeface here has {len(lacking)} of the record's characters: {few}\n"
            "Install more, as with 'apt-get install fonts-noto-core fonts-noto-cjk', or name a folder that "
            "has some with --from, and run this again."
        )
    click.echo("every character of the record can be printed: commit the folder with the record")
