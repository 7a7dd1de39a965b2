"""Where the reading of a record puts what it finds, and what it has read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from macros.cache import Cache, digest
from macros.diagnostics import Diagnostic, Position
from macros.documents import Document, read_document
from macros.reading import Origin


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
