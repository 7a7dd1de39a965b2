"""What several commands take: the record and what mkdocs.yml says of it, files, folders and days."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import click

from diplomatic_timeline.build.collector import paused
from diplomatic_timeline.build.files import write
from diplomatic_timeline.build.store import FILE as STORE
from diplomatic_timeline.build.store import NullStore, Store
from diplomatic_timeline.model.characters import visible
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.model.translations import ANY, Languages
from diplomatic_timeline.plugin.config import NO_CACHE, Settings, read_settings
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.record.report import as_text
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import Wording, WordingError, load

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
CONFIGURATION = Path("mkdocs.yml")


def day(value: str | date) -> date:
    """Return a day of the calendar, written as in 2024-05-31. Raises BadParameter."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day: write it as in 2024-05-31") from None


def say(line: str, *, err: bool = False) -> None:
    """Print a line that may have words from elsewhere in it."""
    click.echo(visible(line), err=err)


def launch(file: str) -> bool:
    """Open a file in the program that shows its kind; return whether there is one.

    Without a screen, what opens files would look for browsers in the terminal, and say so at length.
    """
    blind = sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    return not blind and not click.launch(file)


def edtf(value: str) -> str:
    """Return a date as it is given. Raises BadParameter where it is none of EDTF."""
    try:
        return parse_date(value).text
    except DateError as error:
        raise click.BadParameter(str(error)) from None


def line(value: str | None) -> str | None:
    """Return a text of one line without control characters. Raises BadParameter."""
    if value and visible(value) != value:
        raise click.BadParameter(f"{value!r} has a line end or another character that nobody sees")
    return value


def web_address(value: str | None) -> str | None:
    """Return the address of a website, or an empty text. Raises BadParameter."""
    if value and not re.fullmatch(r"https?://[^\s\x00-\x1f\x7f<>\"\\^`{|}@]+", value):
        raise click.BadParameter(f"{value!r} is no address: write it as in https://example.org/record/")
    return value


def save(file: Path, text: str, events: Path) -> None:
    """Write the text of a file of the record, whole or not at all; a byte order mark stays.

    Raises FileError.
    """
    mark = b"\xef\xbb\xbf"
    has_mark = file.is_file() and file.read_bytes().startswith(mark)
    write(file, (mark if has_mark else b"") + text.encode(), below=events, force=True)


class Project:
    """The record that a command works on, and what mkdocs.yml says of it.

    `named` is the record's folder as it was given. Nothing is read before it is asked for.
    """

    def __init__(self, named: Path | None = None) -> None:
        self.named = named

    @cached_property
    def settings(self) -> Settings:
        """What mkdocs.yml says: the nearest above a record that is named, or else the one in this folder.

        Raises ClickException where it cannot be read.
        """
        above = Path(os.path.abspath(self.named)).parents if self.named else ()
        files = (folder / CONFIGURATION for folder in above)
        return read_settings(next((file for file in files if file.is_file()), CONFIGURATION))

    @cached_property
    def events(self) -> Path:
        """The record's folder. Raises UsageError where there is none."""
        if self.named is not None:
            return self.named
        folder = self.settings.events
        if not folder.is_dir():
            raise click.UsageError(
                f"there is no folder '{folder}': run this in the project's folder, or give --events"
            )
        return folder

    @cached_property
    def store(self) -> NullStore:
        """What was kept the last time that a command ran in this folder; nothing with `--no-cache`."""
        context = click.get_current_context()
        store = NullStore() if context.meta.get(NO_CACHE) else Store(STORE)
        context.call_on_close(store.close)
        return store

    def words(self, language: str | None = None) -> Wording:
        """Return the words of a language, or of the site's. Raises ClickException where there are none."""
        try:
            return load(language or self.settings.language)
        except WordingError as error:
            raise click.ClickException(str(error)) from None

    def read(
        self,
        *,
        use_store: bool = True,
        drafts: Mapping[Path, bytes] = MappingProxyType({}),
        language: str | None = None,
    ) -> Reading:
        """Return the record with every finding; without the store, nothing that was kept is believed.

        `drafts` are files of the record as they are about to be written. Texts are in a `language`, or in the
        site's, where they have it.
        """
        store = self.store if use_store else NullStore()
        with paused():
            reading = read_folder(
                self.events, store=store, drafts=drafts, languages=self._languages(language)
            )
        store.save()
        return reading

    def _languages(self, shown: str | None) -> Languages:
        try:
            return Languages(shown or self.settings.language, self.settings.own)
        except click.ClickException:
            if self.named is None:
                raise
            return Languages(shown or ANY.shown)  # what is named can be checked without mkdocs.yml

    def timeline(self, reading: Reading) -> Timeline:
        """Return the timeline of a record, without what its site leaves out."""
        return Timeline(reading.corpus, reading.proofs, without=self.settings.without)

    def read_sound(self, language: str | None = None) -> Reading:
        """Return the record as `read` does. Where it has mistakes, print them and raise ClickException."""
        reading = self.read(language=language)
        if not reading.sound:
            click.echo(as_text(reading.diagnostics), nl=False, err=True)
            raise click.ClickException("the record has mistakes; nothing was written")
        return reading


events = click.option(
    "--events",
    "project",
    type=FOLDER,
    callback=lambda _context, _option, folder: Project(folder),
    help="The record's folder. Without it: the one that mkdocs.yml names, or events/.",
)
"""Gives a command its `project`."""

no_cache = click.option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _option, given: context.meta.update({NO_CACHE: given}),
    help="Make everything anew: believe nothing that was kept in .cache, and keep nothing there.",
)
force = click.option("--force", is_flag=True, help="Replace files that exist.")
