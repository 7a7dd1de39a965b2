"""Holds what is made on the way to something else, until a build ends."""

from __future__ import annotations

import io
from tempfile import TemporaryFile
from typing import IO


class Scratch:
    """Files in memory, or on disk without a name: nothing is left of them, whatever stops the program.

    The data and quotations of 10,000 events take some 300 MB.
    """

    def __init__(self, *, on_disk: bool = False) -> None:
        self._on_disk = on_disk
        self._files: list[IO[bytes]] = []
        self._pieces: IO[bytes] | None = None
        self._size = 0

    def file(self) -> IO[bytes]:
        """Return a new file, to be written and read until the scratch is closed."""
        self._files.append(TemporaryFile() if self._on_disk else io.BytesIO())  # noqa: SIM115
        return self._files[-1]

    def put(self, piece: bytes) -> tuple[int, int]:
        """Keep a piece; return its place, for `get`."""
        if self._pieces is None:
            self._pieces = self.file()
        place = self._size, len(piece)
        self._pieces.seek(self._size)
        self._pieces.write(piece)
        self._size += len(piece)
        return place

    def get(self, place: tuple[int, int]) -> bytes:
        """Return the piece that was put."""
        assert self._pieces is not None
        begin, size = place
        self._pieces.seek(begin)
        return self._pieces.read(size)

    def close(self) -> None:
        """Let go of everything."""
        for file in self._files:
            file.close()
