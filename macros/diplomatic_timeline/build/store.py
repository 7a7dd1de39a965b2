"""What is kept from one build to the next, in one SQLite file that can be deleted at any time.

A piece is found by its name, and counts only where this program made it from the same inputs and its digest
still fits. So a file that is damaged, comes from elsewhere, cannot be written to or is in use by another
build costs time and nothing else. Pieces are bytes, which their readers parse as data.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from diplomatic_timeline.build.fingerprint import fingerprint, program

FILE = Path(".cache") / "build.sqlite"
"""Where a project keeps its store."""

_AGE = 20
"""For how many builds a piece is kept that nobody asks for: what it is part of may be as it was."""

_TABLE = (
    "CREATE TABLE pieces (name TEXT PRIMARY KEY, key BLOB NOT NULL, digest BLOB NOT NULL, "
    "build INTEGER NOT NULL, content BLOB NOT NULL)"
)


class NullStore:
    """Keeps nothing: everything is made."""

    def get(self, name: str, inputs: object) -> bytes | None:
        """Return the piece of that name that was made from `inputs`, or None."""
        return None

    def put(self, name: str, inputs: object, content: bytes) -> bool:
        """Keep a piece in the place of the one that has its name; return whether it is kept."""
        return False

    def get_or_make(self, name: str, inputs: object, make: Callable[[], bytes]) -> bytes:
        """Return the piece of that name that was made from `inputs`: what is kept, or what `make` returns.

        `inputs` are plain values, as `fingerprint` takes them, and all that `make` depends on.
        """
        found = self.get(name, inputs)
        if found is None:
            found = make()
            self.put(name, inputs, found)
        return found

    def save(self, *, forget: bool = False) -> None:
        """Keep what was put; a whole build may also `forget` what nobody has asked for in many builds."""

    def close(self) -> None:
        """Let go of the file. What was not saved is not kept."""


class Store(NullStore):
    """Keeps pieces in the file at `path`, whose folder is made where it is missing.

    Whatever goes wrong with the file, it is as if it kept nothing. One that is damaged, or has other tables
    than ours, is removed and begins anew; one that others may have written is left alone. While one build
    writes, others only read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen_again: list[str] = []
        self._build, self._damaged, self._writes = 1, False, True
        self._database: sqlite3.Connection | None = None
        if _is_ours(path) and not self._open():
            self._open()

    def _open(self) -> bool:
        """Open the file; return whether it is sound. One that is not is removed."""
        self._damaged = False
        try:
            self.path.parent.mkdir(0o755, parents=True, exist_ok=True)
            # Asked from several threads while serving; SQLite itself takes care of that.
            self._database = sqlite3.connect(
                self.path, timeout=0, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error):
            return True  # There is none, and trying again would not help.
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "synchronous = OFF"):
            self._run(f"PRAGMA {setting}")
        tables = self._run("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
        if tables == []:
            self._run(_TABLE)
        self._damaged |= tables not in (None, [], [(_TABLE,)])
        numbered = self._run("PRAGMA user_version")
        self._build = 1 + int(str(numbered[0][0])) if numbered else 1
        if self._damaged:
            self.close()
        return self._database is not None

    def _run(self, sql: str, *values: object) -> list[tuple[object, ...]] | None:
        """Return the rows that a statement gives, or None where it fails."""
        if self._database is None or self._damaged:
            return None
        try:
            return self._database.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            return None  # In use, read only, or no room.
        except (sqlite3.Error, UnicodeDecodeError, MemoryError):
            self._damaged = True
            return None

    def get(self, name: str, inputs: object) -> bytes | None:
        key = fingerprint((program(), name, inputs))
        found = self._run("SELECT digest, build, content FROM pieces WHERE name = ? AND key = ?", name, key)
        digest, build, content = found[0] if found else (None, None, None)
        if not isinstance(content, bytes) or digest != sha256(key + content).digest():
            return None
        if not isinstance(build, int) or self._build - build > _AGE // 2:
            self._seen_again.append(name)
        return content

    def put(self, name: str, inputs: object, content: bytes) -> bool:
        key = fingerprint((program(), name, inputs))
        if self._writes and not self._begun():
            self._writes = self._run("BEGIN IMMEDIATE") is not None
        if self._writes:
            row = (name, key, sha256(key + content).digest(), self._build, content)
            self._writes = self._run("REPLACE INTO pieces VALUES (?, ?, ?, ?, ?)", *row) is not None
        return self._writes

    def _begun(self) -> bool:
        return self._database is not None and self._database.in_transaction

    def save(self, *, forget: bool = False) -> None:
        if not self._begun():
            return
        if forget:
            for name in self._seen_again:
                self._run("UPDATE pieces SET build = ? WHERE name = ?", self._build, name)
            self._run("DELETE FROM pieces WHERE build < ?", self._build - _AGE)
            self._run(f"PRAGMA user_version = {self._build}")
            self._build += 1
            self._seen_again.clear()
        if self._run("COMMIT") is None:
            self._run("ROLLBACK")

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
        if self._damaged:
            with suppress(OSError):
                self.path.unlink()


def _is_ours(path: Path) -> bool:
    """Return whether nobody else can have written a file or its folder.

    Not so where one is a link, another user's, open to everybody, or sent along by git.
    """
    for place, kind in ((path.parent, stat.S_IFDIR), (path, stat.S_IFREG)):
        with suppress(OSError):
            found = os.lstat(place)
            if stat.S_IFMT(found.st_mode) != kind or found.st_uid != os.geteuid() or found.st_mode & 0o002:
                return False
    # Nothing that the repository's own configuration names is run.
    git = ("git", "-c", "core.fsmonitor=false", "-c", "safe.directory=*", "-C", str(path.parent))
    with suppress(OSError):
        return not subprocess.run((*git, "ls-files", "."), capture_output=True, check=False).stdout
    return True


def joined(head: object, parts: Sequence[bytes]) -> bytes:
    """Return a piece of some parts, and a `head` of plain JSON, for `parted`."""
    return b"%s\n%s" % (to_json((head, [len(part) for part in parts])), b"".join(parts))


def parted(piece: bytes) -> tuple[Any, list[bytes]]:
    """Return what `joined` was given."""
    end = piece.index(b"\n") + 1
    head, sizes = from_json(piece[:end])
    ends = list(accumulate(sizes, initial=end))
    return head, [piece[begin:until] for begin, until in pairwise(ends)]
