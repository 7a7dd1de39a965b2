"""Holds on disk what is too much to hold in memory, until it is fetched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import SpooledTemporaryFile

IN_MEMORY = 8 * 1024 * 1024


class Spool:
    """Bytes in a file of their own that has no name: nothing is left of it, whatever stops the program.

    Small amounts stay in memory. `folder` names the disk.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(  # noqa: SIM115
            IN_MEMORY, dir=str(folder)
        )
        self._size = 0

    def put(self, data: bytes) -> tuple[int, int]:
        """Keep `data`; return where, for `get`."""
        if self._file.tell() != self._size:
            self._file.seek(self._size)
        place = (self._size, len(data))
        self._file.write(data)
        self._size += len(data)
        return place

    def get(self, place: tuple[int, int]) -> bytes:
        """Return what was put."""
        self._file.seek(place[0])
        return self._file.read(place[1])

    def keep(self, data: bytes) -> Callable[[], bytes]:
        """Keep `data`; return what fetches it."""
        place = self.put(data)
        return lambda: self.get(place)

    def close(self) -> None:
        """Forget everything."""
        self._file.close()
