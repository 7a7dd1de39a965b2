"""The files of a record, as they are read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from diplomatic_timeline.assets.coverage import FOLDER, NAME
from diplomatic_timeline.build.files import FileError, SizeError, leads_into
from diplomatic_timeline.build.files import read as read_file
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.characters import visible
from diplomatic_timeline.model.diagnostics import Diagnostic, Position, shown
from diplomatic_timeline.model.translations import ANY, Languages
from diplomatic_timeline.record.nodes import Document
from diplomatic_timeline.record.reading import Origin
from diplomatic_timeline.record.yaml_reader import read_document

_YAML = (".yml", ".yaml")
_UNSEEN = "the name has a character that cannot be seen"
_READABLE = "put the file or the folder itself here, and see that you may read it; or remove what is here"


@dataclass(slots=True)
class RecordFiles:
    """The files of the record in `root`, which findings name below `shown`, and what is found in them.

    `drafts` are files as somebody is about to write them; `languages` decide which translations
    are shown. `origins` and `unreadable` are what a `Reading` has under these names.
    """

    root: Path
    shown: str
    drafts: Mapping[Path, bytes] = field(default_factory=dict)
    languages: Languages = ANY
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    digests: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each file that was read, by its name: all that is found follows from these."""
    told: Counter[str] = field(default_factory=Counter)
    """How many of the errors in `found` each file has."""
    untold: Counter[str] = field(default_factory=Counter)
    """How many more errors each file has, which are counted alone."""

    def name(self, path: Path) -> str:
        """Return a file's name as findings have it."""
        below = path.as_posix().removeprefix(self.root.as_posix() if self.root.name else "").lstrip("/")
        # A file's name need not be text; what is printed must be, and no command to a terminal.
        return visible(f"{self.shown}/{below}".rstrip("/"))

    def report(self, code: str, message: str, path: Path, help: str) -> None:
        """Report a finding about a file as a whole."""
        self.add(Diagnostic(code, message, Position(self.name(path)), help))

    def add(self, found: Diagnostic) -> None:
        """Report a finding; where its file has many, it is counted alone."""
        file = found.position.file
        if found.severity == "warning" or self.room(file):
            self.found.append(found)
            self.told[file] += found.severity == "error"
        else:
            self.untold[file] += 1

    def room(self, file: str) -> int:
        """Return how many more errors of a file are put in words."""
        return max(0, limits.FINDINGS - self.told[file])

    def read(self, path: Path) -> bytes | None:
        """Return a file's bytes, or None where there is no file that can be read, which is reported."""
        try:
            if path in self.drafts:
                data = self.drafts[path]
            elif path.is_symlink() and not leads_into(path, self.root):
                self.refuse(path, "the file is a link that leads out of the record, or nowhere")
                return None
            else:
                data = read_file(path, limits.FILE)
        except SizeError:
            most = f"the file is larger than {limits.FILE // 1_000_000} MB"
            self.report("too-large", most, path, "keep what is needed of it")
            return None
        except FileError:
            self.refuse(path, "this is a folder, a pipe, a device or the like, and not a file")
            return None
        except OSError:
            self.refuse(path, "the file cannot be opened")
            return None
        self.digests[self.name(path)] = sha256(data).hexdigest()
        return data

    def coverage(self) -> str:
        """Return the list of what the record's own typefaces have; nothing where it has none."""
        path = self.root / FOLDER / NAME
        return (self.read(path) or b"").decode("ascii", "replace") if exists(path) else ""

    def entries(self, folder: Path) -> list[os.DirEntry[str]] | None:
        """Return what is in a folder by name; None where it cannot be listed, which is reported.

        So is what has a name with something unseen in it, which is left out.
        """
        try:
            if leads_into(folder, self.root):
                found = sorted(os.scandir(folder), key=lambda entry: entry.name)
                for entry in [e for e in found if visible(e.name) != e.name]:
                    self.report("file-name", _UNSEEN, folder / entry.name, "type the name anew")
                    self.unreadable.update(("events", "quotes"))
                    found.remove(entry)
                return found
            self.refuse(folder, "the folder is a link that leads out of the record, or nowhere")
        except OSError:
            self.refuse(folder, "the folder cannot be opened")
        return None

    def refuse(self, path: Path, message: str) -> None:
        """Report that a file or a folder cannot be read."""
        self.report("unreadable-file", message, path, _READABLE)

    def parse(self, path: Path, data: bytes, empty: str) -> Document | None:
        """Return a file's document, or None where there is nothing to be had from it, which is reported.

        `empty` says what to do about an empty file.
        """
        document = read_document(self.name(path), data)
        for found in document.diagnostics:
            self.add(found)
        self.untold[document.file] += document.untold
        if document.value is None and not document.diagnostics:
            self.report("empty-file", "the file is empty", path, empty)
        return document if document.value is not None else None

    def reader(self, path: Path) -> Callable[[], Document]:
        """Return what reads a file again, once, for an `Origin`."""
        name = self.name(path)

        @cache
        def read() -> Document:
            try:
                return read_document(name, self.drafts.get(path) or read_file(path, limits.FILE))
            except (OSError, FileError):
                return Document(name)  # It cannot be opened, which is reported, or is gone by now.

        return read


def event_files(files: RecordFiles) -> Iterator[Path]:
    """Yield the files of events by name; report those that are not named as files of events are."""
    for path in _below(files, files.root, leave="registry"):
        if is_yaml(path):
            if path.suffix != ".yml":
                remedy = f"rename it to {shown(f'{path.stem}.yml')}"
                files.report("file-name", "an event's file must end in '.yml'", path, remedy)
            yield path
        elif path.suffix == ".txt" and Path(path.stem).suffix.lower() in _YAML:
            # Some systems add `.txt` and hide it.
            remedy = f"rename it to {shown(f'{Path(path.stem).stem}.yml')}"
            files.report("file-name", "the file ends in '.txt', so it is not read", path, remedy)
            files.unreadable.update(("events", "quotes"))
    yield from (path for path in files.drafts if path.parent.name != "registry" and not exists(path))


def exists(path: Path) -> bool:
    """Return whether something is there, as far as anybody can tell: also what may not be looked at."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        pass
    return True


def _below(files: RecordFiles, folder: Path, leave: str = "") -> Iterator[Path]:
    """Yield the files in a folder and those in it by name, but what is hidden or has the name to leave.

    What is named as a file and is none is yielded, too: reading it reports it.
    """
    entries = files.entries(folder)
    if entries is None:
        files.unreadable.update(("events", "quotes"))
    for entry in entries or ():
        path = folder / entry.name
        if entry.name.startswith(".") or entry.name == leave:
            continue
        if is_yaml(path) or entry.is_file():
            yield path
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(files, path)
        elif entry.is_dir():
            files.refuse(path, "links to folders are not followed")
            files.unreadable.update(("events", "quotes"))


def is_yaml(path: Path) -> bool:
    """Return whether a file is named as YAML files are."""
    return path.suffix.lower() in _YAML
