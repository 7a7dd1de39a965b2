"""Holds on disk what is too much to hold in memory, until it is fetched."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from io import FileIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

IN_MEMORY = 1 << 20
"""The bytes that are held in memory before they are written."""
_LENGTH = 32
"""Bits for the length of what is kept."""


class Spool:
    """Bytes in a file of their own that has no name: nothing is left of it, whatever stops the program.

    Small amounts stay in memory. `folder` names the disk.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = str(folder)
        self._sheets: list[BinaryIO] = []
        self._file: FileIO | None = None
        self._size = 0
        self._waiting: dict[int, bytes] = {}
        self._written = 0
        self._lent = False

    def put(self, data: bytes) -> int:
        """Keep `data`; return where, for `get`."""
        at = self._size
        self._waiting[at] = data
        self._size += len(data)
        if self._size - self._written > IN_MEMORY and not self._lent:
            self._write()
        return at << _LENGTH | len(data)  # one number, for there are many of them

    def _write(self) -> None:
        if self._file is None:
            # What is fetched stands anywhere: a buffer would be filled for nothing.
            self._file = TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
        self._file.seek(self._written)
        rest = memoryview(b"".join(self._waiting.values()))
        while rest:
            rest = rest[self._file.write(rest) :]
        self._written = self._size
        self._waiting.clear()

    def get(self, place: int) -> bytes:
        """Return what was put."""
        at, size = place >> _LENGTH, place & (1 << _LENGTH) - 1
        if not size:
            return b""  # What follows stands in the same place.
        waiting = self._waiting.get(at)
        if waiting is not None or self._file is None:
            return waiting or b""
        return os.pread(self._file.fileno(), size, at)

    def keep(self, data: bytes) -> Callable[[], bytes]:
        """Keep `data`; return what fetches it."""
        return partial(self.get, self.put(data))

    def sheet(self) -> BinaryIO:
        """Return a new file, to be written and read until the spool closes."""
        self._sheets.append(cast(BinaryIO, TemporaryFile(dir=self._folder)))  # noqa: SIM115
        return self._sheets[-1]

    def lend(self) -> None:
        """Leave the file to the first process, in a copy of it, which keeps in memory what it puts."""
        self._lent = True

    def renew(self) -> None:
        """Forget everything and begin anew, in a copy of the process, which leaves the files to the first."""
        self.close()
        self._file, self._sheets = None, []
        self._size = self._written = 0

    def close(self) -> None:
        """Forget everything."""
        self._waiting.clear()
        for file in (self._file, *self._sheets):
            if file is not None:
                file.close()
