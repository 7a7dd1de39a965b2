"""The `timeline` command."""

from __future__ import annotations

import datetime
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import click

from diplomatic_timeline.build.collector import paused
from diplomatic_timeline.build.store import FILE as STORE
from diplomatic_timeline.build.store import NullStore, Store
from diplomatic_timeline.cli.brief import brief
from diplomatic_timeline.cli.data import export, import_, write_schema
from diplomatic_timeline.cli.new import path_of, skeleton
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.model.diagnostics import suggestion
from diplomatic_timeline.model.schema import first_line
from diplomatic_timeline.proof.extraction import ExtractionError
from diplomatic_timeline.proof.pinning import PinningError, pin_source
from diplomatic_timeline.proof.pinning import verify as verify_copies
from diplomatic_timeline.record import report
from diplomatic_timeline.record.loader import read_folder

FORMATS = {"text": report.as_text, "json": report.as_json, "github": report.as_github}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EVENTS = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check, build and print a diplomatic record kept as text files."""


@main.command()
@click.argument("folder", type=EVENTS, default=Path("events"))
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are printed."
)
@click.option("--require-proof", is_flag=True, help="A quotation whose source is not pinned is an error.")
def check(folder: Path, form: str, require_proof: bool) -> None:
    """Check the record in FOLDER (events/ by default) and print every mistake at once.

    Exits with 0 where nothing is wrong, 1 where something is, 2 where the command itself is misused.
    """
    # Proof that is required is found anew: nothing kept is believed for it.
    store = NullStore() if require_proof else Store(STORE)
    with paused():
        reading = read_folder(folder, store=store)
    store.save()
    store.close()
    if require_proof:
        reading = reading.requiring_proof()
    click.echo(FORMATS[form](reading.diagnostics), nl=False)
    sys.exit(0 if reading.sound else 1)


@main.command()
def build() -> None:
    """Build the website into site/. A mistake stops it before the published site is touched."""
    sys.exit(_mkdocs("build", "--strict"))


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the preview is served.")
def serve(address: str) -> None:
    """Show the website while you edit. A mistake is printed here, and the last good page stays."""
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        # As the server does it: a port that was just given up counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, ValueError, OverflowError):
            raise click.UsageError(
                f"{address} cannot be used: is the preview running already? Stop it, "
                "or choose another with --address 127.0.0.1:8001"
            ) from None
    sys.exit(_mkdocs("serve", "--livereload", "--dev-addr", address))


@main.command()
@click.argument("id")
@click.option("--title", prompt=True, help="A headline in our words.")
@click.option("--date", help="EDTF, as in 2024-11-16; taken from the start of ID where it begins with one.")
@click.option("--events", type=EVENTS, default=Path("events"), show_default=True, help="The record's folder.")
def new(id: str, title: str, date: str | None, events: Path) -> None:
    """Start the file of a new event ID, as in 2024-11-16-lima; an id is permanent."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
        raise click.UsageError(f"{id!r} is no id: use small letters, digits and single hyphens")
    leading = re.match(r"\d{4}(-\d{2}(-\d{2})?)?(?=-|$)", id)
    if date is None and leading is None:
        raise click.UsageError("give --date, or let the id begin with the date, as in 2024-11-16-lima")
    try:
        when = parse_date(date or (leading[0] if leading else ""))
    except DateError as error:
        raise click.UsageError(str(error)) from None
    path = path_of(id, when, events)
    taken = next(events.rglob(f"{id}.yml"), None)
    if taken is not None:
        raise click.UsageError(f"{taken} exists already; an id belongs to one event")
    path.parent.mkdir(parents=True, exist_ok=True)
    named = first_line(path.absolute(), events.absolute().parent)
    path.write_text(f"{named}\n{skeleton(id, title, when)}", encoding="utf-8")
    click.echo(f"{path} is ready to be filled in; then run: .venv/bin/timeline check")


@main.command()
@click.argument("source", required=False)
@click.argument("file", type=FILE, required=False)
@click.option("--all", "every", type=EVENTS, help="Pin each file in this folder whose name is a source's id.")
@click.option("--events", type=EVENTS, default=Path("events"), show_default=True, help="The record's folder.")
@click.option("--date", help="The day to record, YYYY-MM-DD; today unless given.")
def pin(source: str | None, file: Path | None, every: Path | None, events: Path, date: str | None) -> None:
    """Pin SOURCE, an id of the sources registry, from FILE, a copy of its text (plain text or HTML).

    Only fingerprints are stored. Prints how many words were read and which quotations they prove.
    """
    corpus = read_folder(events).corpus
    if every is not None and source is None:
        chosen = [(f.stem, f) for f in sorted(every.iterdir()) if f.is_file()]
        for stem, found in chosen:
            if stem not in corpus.sources:
                click.echo(f"{found.name}: skipped, for there is no source {stem!r} in the registry")
        chosen = [(stem, found) for stem, found in chosen if stem in corpus.sources]
    elif source is not None and file is not None and every is None:
        chosen = [(source, file)]
        if source not in corpus.sources:
            help = suggestion(source, corpus.sources, "add it to events/registry/sources.yml")
            raise click.UsageError(f"there is no source {source!r} in the registry; {help}")
    else:
        raise click.UsageError("give SOURCE and FILE, or --all FOLDER")
    today = date or datetime.date.today().isoformat()
    missed = False
    for id, path in chosen:
        try:
            result = pin_source(corpus, id, path, events / "registry" / "pins", today)
        except (PinningError, ExtractionError, OSError, ValueError) as error:
            click.echo(f"error: {error}", err=True)
            missed = True
            continue
        state = f"pinned on {result.pin.pinned}" if result.changed else "unchanged"
        click.echo(f"{id}: {result.pin.words:,} words read as {result.pin.extractor}; {state}")
        for quote in result.proven:
            click.echo(f"  proven     {quote}")
        for quote, why in result.missed:
            click.echo(f"  not found  {quote}: {why}")
            missed = True
    sys.exit(1 if missed else 0)


@main.command()
@click.argument("folder", type=EVENTS)
@click.option("--events", type=EVENTS, default=Path("events"), show_default=True, help="The record's folder.")
def verify(folder: Path, events: Path) -> None:
    """Compare the copies of sources in FOLDER with the pins: which changed, which quotations fell.

    A copy has its source's id as its name, or the bytes that were pinned under any name.
    """
    reading = read_folder(events)
    fallen = False
    try:
        for result in verify_copies(reading.corpus, reading.pins, folder):
            if result.file is None:
                click.echo(f"{result.source}: no copy in {folder}")
            elif result.same_bytes:
                click.echo(f"{result.source}: unchanged ({result.file.name})")
            else:
                click.echo(f"{result.source}: changed since it was pinned ({result.file.name})")
            for quote, why in result.fallen:
                click.echo(f"  no longer stands  {quote}: {why}")
                fallen = True
            if result.file is not None and not result.same_bytes:
                if not result.fallen:
                    click.echo("  every quotation still stands")
                fallen = True
    except ExtractionError as error:
        raise click.ClickException(str(error)) from None
    sys.exit(1 if fallen else 0)


main.add_command(brief)
main.add_command(import_)
main.add_command(export)
main.add_command(write_schema)


def _mkdocs(*arguments: str) -> int:
    """Run MkDocs and return its exit code. A process of its own: MkDocs keeps state in its modules."""
    if not Path("mkdocs.yml").is_file():
        raise click.UsageError("there is no mkdocs.yml here; run the command in the project's folder")
    # The theme's notice about its own future is no warning about this site.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    main()
