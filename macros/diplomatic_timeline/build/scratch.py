"""Holds what is made on the way to something else, until a build ends."""

from __future__ import annotations

import io
import os
from tempfile import TemporaryFile
from typing import IO, TypeAlias

Place: TypeAlias = tuple[int, int]
"""Where a piece begins, and how many bytes it has."""


class Scratch:
    """Pieces in memory, or in a file without a name: nothing is left of it, whatever stops the program.

    The data and quotations of 10,000 events take some 300 MB.
    """

    def __init__(self, *, on_disk: bool = False) -> None:
        self._file: IO[bytes] = TemporaryFile() if on_disk else io.BytesIO()  # noqa: SIM115

    def put(self, piece: bytes) -> Place:
        """Keep a piece; return its place, for `get`."""
        place = self._file.seek(0, os.SEEK_END), len(piece)
        self._file.write(piece)
        return place

    def get(self, place: Place) -> bytes:
        """Return the piece that was put."""
        self._file.seek(place[0])
        return self._file.read(place[1])

    def close(self) -> None:
        """Let go of everything."""
        self._file.close()
