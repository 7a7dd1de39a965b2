"""Holds on disk what is too much to hold in memory, until it is fetched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

IN_MEMORY = 8 * 1024 * 1024
_LENGTH = 32
"""Bits for the length of what is kept."""
SHEET = 256 * 1024
"""How much of a single file is held in memory."""


class Spool:
    """Bytes in a file of their own that has no name: nothing is left of it, whatever stops the program.

    Small amounts stay in memory. `folder` names the disk.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = str(folder)
        self._sheets: list[BinaryIO] = []
        self._file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(  # noqa: SIM115
            IN_MEMORY, dir=self._folder
        )
        self._size = 0

    def put(self, data: bytes) -> int:
        """Keep `data`; return where, for `get`."""
        if self._file.tell() != self._size:
            self._file.seek(self._size)
        place = self._size << _LENGTH | len(data)  # one number, for there are many of them
        self._file.write(data)
        self._size += len(data)
        return place

    def get(self, place: int) -> bytes:
        """Return what was put."""
        self._file.seek(place >> _LENGTH)
        return self._file.read(place & (1 << _LENGTH) - 1)

    def keep(self, data: bytes) -> Callable[[], bytes]:
        """Keep `data`; return what fetches it."""
        return partial(self.get, self.put(data))

    def sheet(self) -> BinaryIO:
        """Return a new file, to be written and read until the spool closes."""
        file = SpooledTemporaryFile(SHEET, dir=self._folder)  # noqa: SIM115
        self._sheets.append(cast(BinaryIO, file))
        return self._sheets[-1]

    def close(self) -> None:
        """Forget everything."""
        for file in (self._file, *self._sheets):
            file.close()
