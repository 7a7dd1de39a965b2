"""Where the reading of a record puts what it finds, and what it has read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diplomatic_timeline.build.cache import Cache, digest
from diplomatic_timeline.model.diagnostics import Diagnostic, Position, shown
from diplomatic_timeline.record.reading import Origin
from diplomatic_timeline.record.yaml_reader import Document, read_document


@dataclass(slots=True)
class Desk:
    """Collects what the reading of the record in `root` finds; files are named below `shown`."""

    root: Path
    shown: str
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    cache: Cache | None = None
    digests: dict[str, str] = field(default_factory=dict)
    """Of every file that was read, by its name: what all that is found follows from."""

    def name(self, path: Path) -> str:
        """Return a file's name as findings have it."""
        below = path.as_posix().removeprefix(self.root.as_posix() if self.root.name else "").lstrip("/")
        name = f"{self.shown}/{below}"
        # A file's name need not be text; what is printed must be.
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def report(self, code: str, message: str, path: Path, help: str) -> None:
        """Report a finding about a file as a whole."""
        self.found.append(Diagnostic(code, message, Position(self.name(path)), help))

    def read(self, path: Path) -> bytes | None:
        """Return a file's bytes, or None where it cannot be opened, which is reported."""
        try:
            data = path.read_bytes()
        except OSError:
            self.report(
                "unreadable-file", "the file cannot be opened", path, "see that it is there and may be read"
            )
            return None
        self.digests[self.name(path)] = digest(data)
        return data

    def open(self, path: Path, empty: str) -> Document | None:
        """Return a file's document, or None where there is nothing to be had from it, which is reported.

        `empty` says what to do about an empty file.
        """
        data = self.read(path)
        if data is None:
            return None
        document = read_document(self.name(path), data)
        self.found.extend(document.diagnostics)
        if document.value is None and not document.diagnostics:
            self.report("empty-file", "the file is empty", path, empty)
        return document if document.value is not None else None


_YAML = (".yml", ".yaml")


def _event_files(desk: Desk) -> Iterator[Path]:
    """Yield the files of events by name; report those that are not named as files of events are."""
    for path in _files(desk.root, leave="registry"):
        if _is_yaml(path):
            if path.suffix != ".yml":
                remedy = f"rename it to {shown(f'{path.stem}.yml')}"
                desk.report("file-name", "an event's file must end in '.yml'", path, remedy)
            yield path
        elif path.suffix == ".txt" and Path(path.stem).suffix.lower() in _YAML:
            # Some systems add `.txt` and hide it.
            remedy = f"rename it to {shown(f'{Path(path.stem).stem}.yml')}"
            desk.report("file-name", "the file ends in '.txt', so it is not read", path, remedy)
            desk.unreadable.update(("events", "quotes"))


def _files(folder: Path, leave: str = "") -> Iterator[Path]:
    """Yield the files in a folder and those in it by name, but what is hidden or has the name to leave."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == leave:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(folder / entry.name)
        elif entry.is_file():
            yield folder / entry.name


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in _YAML
