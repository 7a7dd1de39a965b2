"""`timeline pin` and `timeline verify`: fingerprints of sources, and whether copies still have the words."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from diplomatic_timeline.build.files import FileError, explain, read
from diplomatic_timeline.cli import options
from diplomatic_timeline.cli.web_address import AddressError, fetch, is_address
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.diagnostics import suggestion
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.proof.extraction import ExtractionError
from diplomatic_timeline.proof.pinning import PinningError, pin_source
from diplomatic_timeline.proof.pinning import verify as verify_copies


class _FileOrAddress(click.ParamType[Path | str]):
    """A file that is there, or an address of the web, which stays a text."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        return value if is_address(value) else options.FILE.convert(value, param, ctx)


@click.command()
@click.argument("source", required=False)
@click.argument("file", type=_FileOrAddress(), required=False)
@click.option(
    "--all", "folder", type=options.FOLDER, help="Pin each file in this folder whose name is a source's id."
)
@click.option(
    "--date",
    "day",
    type=options.day,
    default=date.today,
    show_default="today",
    help="The day to record.",
)
@click.option("--force", is_flag=True, help="Replace a pin by one that proves less.")
@options.events
def pin(
    source: str | None,
    file: Path | str | None,
    folder: Path | None,
    day: date,
    force: bool,
    project: options.Project,
) -> None:
    """Pin a source, so that its quotations are proven.

    SOURCE is an id of the sources registry, FILE a copy of its text (plain text, HTML, PDF or DOCX) or an
    http address, which is then fetched. Only fingerprints are stored, and the names before the colons of a
    transcript. Prints how many words were read, what was not, and which quotations they prove. A pin that
    proves more stays unless --force is given.

    Exits with 0 where all is proven, 1 where a quotation is not found or a file cannot be pinned, 2 where the
    command itself is misused.
    """
    if source is not None and file is not None and folder is None:
        corpus = project.read().corpus
        if source not in corpus.sources:
            registry = (project.events / "registry" / "sources.yml").as_posix()
            remedy = suggestion(source, corpus.sources, f"add it to {registry}")
            raise click.UsageError(f"there is no source {source!r} in the registry; {remedy}")
        copies: list[tuple[str, Path | str]] = [(source, file)]
    elif folder is not None and source is None:
        corpus = project.read().corpus
        copies = _copies(corpus, folder)
    else:
        raise click.UsageError("give SOURCE and FILE, or --all FOLDER")
    pins = project.events / "registry" / "pins"
    sound = True
    for id, path in copies:
        sound &= _pin(corpus, id, path, pins, day, force)
    sys.exit(0 if sound else 1)


def _copies(corpus: Corpus, folder: Path) -> list[tuple[str, Path | str]]:
    """Return the files that are copies of a source, each with the source's id; name the others."""
    copies: list[tuple[str, Path | str]] = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.stem in corpus.sources:
            copies.append((path.stem, path))
        elif path.is_file():
            options.say(f"{path.name}: skipped, for there is no source {path.stem!r} in the registry")
    return copies


def _pin(corpus: Corpus, source: str, file: Path | str, pins: Path, day: date, force: bool) -> bool:
    """Pin a source and say what that proves; return whether it proves everything."""
    try:
        if isinstance(file, Path):
            data, name = read(file, limits.DOCUMENT), file.name
        else:
            fetched = fetch(file)
            data, name = fetched.data, fetched.name
            options.say(f"fetched {len(data):,} bytes of {fetched.kind} from {fetched.address}")
        result = pin_source(corpus, source, data, name, pins, day.isoformat(), force=force)
    except (PinningError, ExtractionError, AddressError, FileError, OSError, ValueError) as error:
        said = explain(error) if isinstance(error, FileError | OSError) else error
        options.say(f"error: {said}", err=True)
        return False
    state = f"pinned on {result.pin.pinned}" if result.changed else "unchanged"
    options.say(f"{source}: {result.pin.words:,} words read as {result.pin.extractor}; {state}")
    for what in result.unread:
        options.say(f"  not read   {what}")
    for quote in result.proven:
        options.say(f"  proven     {quote}")
    for quote, why in result.missed:
        options.say(f"  not found  {quote}: {why}")
    return not result.missed


@click.command()
@click.argument("folder", type=options.FOLDER)
@options.events
def verify(folder: Path, project: options.Project) -> None:
    """Compare copies of sources with their pins.

    Prints which copies in FOLDER have changed since they were pinned, and which quotations they no longer
    have. A copy has its source's id as its name, or the bytes that were pinned under any name.

    Exits with 0 where every copy is as it was pinned, 1 where one is not, 2 where the command itself is
    misused.
    """
    reading = project.read()
    changed = False
    try:
        for result in verify_copies(reading.corpus, reading.pins, folder):
            if result.file is None:
                options.say(f"{result.source}: no copy in {folder}")
            elif result.same_bytes:
                options.say(f"{result.source}: unchanged ({result.file.name})")
            else:
                options.say(f"{result.source}: changed since it was pinned ({result.file.name})")
            for quote, why in result.fallen:
                options.say(f"  no longer stands  {quote}: {why}")
            if result.file is not None and not result.same_bytes:
                if not result.fallen:
                    options.say("  every quotation still stands")
                changed = True
            changed |= bool(result.fallen)
    except ExtractionError as error:
        raise click.ClickException(str(error)) from None
    sys.exit(1 if changed else 0)
