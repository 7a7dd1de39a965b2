"""What was read and checked before, kept in a folder that can be deleted at any time.

Kept are the events of files that were read without a finding, and what the checks across files found in a
whole record. Both are JSON, found again by the hash of what they were made from and of the code that made
them, and guarded by a checksum. What is damaged is made anew, with one line of notice; a folder that cannot
be written to does no harm, and neither do two builds at once: a file is replaced whole.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

SHARDS = 64
"""How many files hold the events: after a change, only the one that holds the changed event is written."""

PACKAGE = Path(__file__).parents[1]

_LIBRARIES = ("pydantic", "pydantic-core", "pyyaml", "markdown-it-py", "tzdata")


def digest(*parts: bytes) -> str:
    """Return a hash of some bytes, in which it matters where one part ends and the next begins."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.hexdigest()


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a hash of what decides how a record is read: our modules, and which libraries and Python."""
    modules = sorted(PACKAGE.rglob("*.py"))
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    return digest(
        sys.version.encode(),
        *(text.encode() for text in libraries),
        *(
            part
            for path in modules
            for part in (path.relative_to(PACKAGE).as_posix().encode(), path.read_bytes())
        ),
    )


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


class Cache:
    """The kept entries in `folder`; `tell` is given the line of notice."""

    def __init__(self, folder: Path, tell: Callable[[str], None] = _tell) -> None:
        self.folder = folder
        self.tell = tell
        self.told = False

    def shard_of(self, id: str) -> str:
        """Return the name of the file that holds an event."""
        return f"events-{crc32(os.fsencode(id)) % SHARDS:02}"

    def read(self, name: str) -> dict[str, str]:
        """Return a file's entries by their keys; none where there is no such file, or other code wrote it."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return {}
        head, _, body = content.partition(b"\n")
        words = head.split(b" ")
        if len(words) == 2 and words[0] != code_version().encode():
            return {}
        if len(words) != 2 or words[1] != b"%08x" % crc32(body):
            self.damaged()
            return {}
        pairs = (line.partition(" ") for line in body.decode("utf-8").split("\n"))
        return {key: entry for key, _, entry in pairs if entry}

    def write(self, name: str, entries: dict[str, str]) -> None:
        """Keep entries, each a line of JSON, in a file in place of those that it has."""
        body = "".join(f"{key} {entry}\n" for key, entry in entries.items()).encode("utf-8")
        head = b"%s %08x\n" % (code_version().encode(), crc32(body))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, made = tempfile.mkstemp(dir=self.folder, prefix=f"{name}-")
        except OSError:
            return
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(head + body)
            os.replace(made, self.folder / name)
        except OSError:
            Path(made).unlink(missing_ok=True)

    def damaged(self) -> None:
        """Say, once, that something in the folder is damaged and is made anew."""
        if not self.told:
            self.told = True
            self.tell(f"timeline: {self.folder} is damaged; what it held is read from the record again")
