"""`timeline diff`: what changed in the record, in words."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.plugin.config import read_settings
from diplomatic_timeline.record.differences import differences
from diplomatic_timeline.record.loader import read_folder


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("--markdown", is_flag=True, help="As Markdown, for the text of a pull request.")
@options.events
def diff(old: str, new: str | None, markdown: bool, project: options.Project) -> None:
    """Say in words what changed between two states of the record.

    OLD and NEW are folders, or revisions of git, as in main or HEAD~3. Without NEW, it is the record as it
    stands now. What has mistakes in it is left out.

    Exits with 0 where nothing changed, 1 where something did, 2 where the command itself is misused.
    """
    with ExitStack() as stack:
        before = _corpus(old, project, stack)
        after = _corpus(new, project, stack) if new else project.read().corpus
        found = list(differences(before, after))
    for one in found:
        options.say(f"{'**' * markdown}{one.name}{'**' * markdown} ({one.kind}, {one.id})")
        for line in one.lines:
            options.say(f"{'-' if markdown else ' '} {line}")
        options.say("")
    if not found and not markdown:
        options.say("nothing changed")
    sys.exit(1 if found else 0)


def _corpus(state: str, project: options.Project, stack: ExitStack) -> Corpus:
    """Return the record in a folder, or of a revision. Raises UsageError where it is neither."""
    if (folder := Path(state)).is_dir():
        if (settings := folder / options.CONFIGURATION).is_file():
            folder = read_settings(settings).events
        if not (folder / "registry").is_dir():
            raise click.UsageError(f"{state} is no record: there is no folder registry/ in it")
        return read_folder(folder).corpus
    events = project.events.resolve()
    command = ["git", "-C", str(events), "archive", "--format=zip", state, "--", "."]
    try:
        packed = subprocess.run(command, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        raise click.UsageError(
            f"{state!r} is no folder, and git knows no such revision of {events}"
        ) from None
    unpacked = stack.enter_context(TemporaryDirectory())
    with ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(unpacked)
    return read_folder(Path(unpacked)).corpus
