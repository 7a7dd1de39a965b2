"""The `timeline` command."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros import report
from macros.loader import read_folder

FORMATS = {"text": report.as_text, "json": report.as_json, "github": report.as_github}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check, build and print a diplomatic record kept as text files."""


@main.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("events")
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are printed."
)
def check(folder: Path, form: str) -> None:
    """Check the record in FOLDER (events/ by default) and print every mistake at once.

    Exits with 0 where nothing is wrong, 1 where something is, 2 where the command itself is misused.
    """
    reading = read_folder(folder)
    click.echo(FORMATS[form](reading.diagnostics), nl=False)
    sys.exit(0 if reading.sound else 1)


if __name__ == "__main__":
    main()
