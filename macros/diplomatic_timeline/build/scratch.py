"""Holds what is made on the way to something else, until a build ends."""

from __future__ import annotations

import io
from tempfile import TemporaryFile
from typing import IO


class Scratch:
    """Files in memory."""

    def __init__(self) -> None:
        self._pieces: IO[bytes] | None = None
        self._size = 0

    def file(self) -> IO[bytes]:
        """Return a new file, to be written and read until the scratch is closed."""
        return io.BytesIO()

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


class DiskScratch(Scratch):
    """Files on disk that have no name: nothing is left of them, whatever stops the program.

    The data and quotations of 10,000 events take some 300 MB.
    """

    def __init__(self) -> None:
        super().__init__()
        self._files: list[IO[bytes]] = []

    def file(self) -> IO[bytes]:
        self._files.append(TemporaryFile())  # noqa: SIM115 (it outlives this function)
        return self._files[-1]

    def close(self) -> None:
        for file in self._files:
            file.close()
