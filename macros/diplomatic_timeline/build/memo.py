"""Remembers what was made from what, from one build to the next, so that the unchanged is not made again.

What is made is kept in one file, each piece behind the digest of what it was made from; what a second process
made in another one. The folder can be deleted at any time; what does not read back as it was written is made
anew.
"""

from __future__ import annotations

import hashlib
import io
import marshal
import os
import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import version
from io import FileIO
from operator import attrgetter
from pathlib import Path
from typing import Any
from zlib import crc32

from diplomatic_timeline.build import batches

_DIGEST = 16
_PLAIN = frozenset((str, int, float, bool, type(None), bytes))
_INDEX, _PIECES = "index.json", ("pieces", "pieces-ahead")

_Known = tuple[str, int, int, int, int, Any]
"""What a piece was made from, in which file and where it stands, its length, its checksum, and its note."""


def digest(of: object) -> bytes:
    """Return a digest of plain values, records and views. Equal ones give the same, but for sets in them."""
    # Version 2 of the form has no memory of what it has written already, so the digest does not depend on
    # which equal values are one and the same object.
    return hashlib.blake2b(marshal.dumps(_spelt(of), 2), digest_size=_DIGEST).digest()


def _spelt(of: Any) -> Any:
    """Return a value spelt out in strings, numbers and tuples."""
    kind: Any = type(of)
    if kind in _PLAIN:
        return of
    if kind is tuple or kind is list:
        return (kind is list, *[v if type(v) in _PLAIN else _spelt(v) for v in of])
    if kind is dict:
        return ("dict", *[(_spelt(name), _spelt(value)) for name, value in of.items()])
    values = _values(kind)
    if values is not None:
        return (kind.__qualname__, *[v if type(v) in _PLAIN else _spelt(v) for v in values(of)])
    # Written only, never read.
    pickled = io.BytesIO()
    pickler = pickle.Pickler(pickled, 5)
    pickler.fast = True
    pickler.dump(of)
    return (kind.__qualname__, pickled.getvalue())


@cache
def _values(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """Return what gives the fields of a data class's values."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


@cache
def _code() -> str:
    """Return a digest of the code that runs: it is read once, for what is written later does not run yet."""
    found = hashlib.sha256(sys.version.encode())
    for name in ("jinja2", "markupsafe", "markdown-it-py"):
        found.update(version(name).encode())
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        found.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def program() -> str:
    """Return a digest of this program: its code, its templates, and what renders them."""
    found = hashlib.sha256(_code().encode())
    root = Path(__file__).parents[1]
    for path in sorted((*root.rglob("*.html"), *root.rglob("*.json"))):
        found.update(path.as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


class Memo:
    """Pieces by name. `maker` says what made them: with another maker, the folder begins anew.

    One that is used for several builds keeps what the last of them asked for. A piece whose name goes on
    behind another's with `#` went into something larger, which may be found whole: it is kept as long as that
    other one.
    """

    def __init__(self, folder: Path, maker: str) -> None:
        self.folder = folder
        self.maker = maker
        self.remade = 0
        """How many pieces were made, rather than found."""
        self._known: dict[str, _Known] = {}
        self._asked: set[str] = set()
        # Written to and read at a place, without a buffer or a position, which two processes would share.
        self._files: list[FileIO] = []
        self._sizes: list[int] = []
        self._into = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._load()
            there = 1 + max((known[1] for known in self._known.values()), default=0)
            if not all((folder / name).is_file() for name in _PIECES[:there]):
                self._known, there = {}, 1
            self._open(there)
        except OSError:
            self._known = {}  # A disk that cannot be written to only costs time.
        self.begins = not self._known
        """Whether nothing is known from another time."""

    def _open(self, number: int) -> None:
        """Open so many files; without pieces, they begin anew."""
        for name in _PIECES[:number]:
            self._files.append(FileIO(self.folder / name, "r+b" if self._known else "w+b"))
            self._sizes.append(self._files[-1].seek(0, os.SEEK_END))
        for name in _PIECES[number:]:
            (self.folder / name).unlink(missing_ok=True)

    @property
    def scratch(self) -> Path | None:
        """The folder for what may be written beside; None where the disk cannot be written to."""
        return self.folder if self._files else None

    def _load(self) -> None:
        try:
            kept = batches.read(self.folder / _INDEX)
            for batch in kept if next(kept, None) == self.maker else ():
                for name, (key, file, at, size, check, note) in batch.items():
                    place = range(len(_PIECES))[file], int(at), int(size), int(check)
                    self._known[str(name)] = (str(key), *place, note)
        except FileNotFoundError:
            pass
        except (ValueError, LookupError, TypeError, AttributeError):
            sys.stderr.write(f"timeline: {self.folder} is damaged and begins anew\n")
            self._known = {}

    def made(self, name: str, of: object, make: Callable[[], bytes]) -> bytes:
        """Return the piece of that name made from `of`: what is kept, or what `make` returns now."""
        if not self._files:
            self.remade += 1
            return make()
        key = digest(of)
        self._asked.add(name)
        known = self._known.get(name)
        if known is not None and known[0] == key.hex():
            piece = self._read(key, *known[1:5])
            if piece is not None:
                return piece
        self.remade += 1
        piece = make()
        into, at = self._into, self._sizes[self._into]
        try:
            _write(self._files[into], at, key, piece)
        except OSError:
            self._files.clear()
            return piece
        self._known[name] = (key.hex(), into, at, len(piece), crc32(piece), None)
        self._sizes[into] += _DIGEST + len(piece)
        return piece

    def key(self, name: str, of: object) -> bytes:
        """Return what the piece of that name made from `of` is known by, without making or reading it."""
        key = digest(of)
        known = self._known.get(name)
        if known is not None and known[0] == key.hex():
            self._asked.add(name)
        return key

    def noted(
        self, name: str, of: object, make: Callable[[], bytes], note: Callable[[bytes], Any]
    ) -> tuple[bytes, Any]:
        """Return what a piece is known by, and its note: plain JSON, which is kept beside it.

        A piece that is kept with its note is not read.
        """
        key = self.key(name, of)
        known = self._known.get(name)
        if known is not None and known[0] == key.hex() and known[5] is not None:
            return key, known[5]
        written = note(self.made(name, of, make))
        if name in self._known:
            self._known[name] = (*self._known[name][:5], written)
        return key, written

    def find(self, name: str, key: bytes) -> bytes | None:
        """Return the piece of that name known by `key`, if it is kept and reads back as it was written."""
        known = self._known.get(name)
        if not self._files or known is None or known[0] != key.hex():
            return None
        return self._read(key, *known[1:5])

    def _read(self, key: bytes, file: int, at: int, size: int, check: int) -> bytes | None:
        try:
            found = os.pread(self._files[file].fileno(), _DIGEST + size, at)
        except (OSError, ValueError, OverflowError):
            return None
        piece = found[_DIGEST:]
        return piece if found.startswith(key) and len(piece) == size and crc32(piece) == check else None

    def part(self) -> None:
        """Write to a file of its own, in a second process."""
        # Another inode, in case that a process of a build that was stopped still writes to the one before.
        (self.folder / _PIECES[1]).unlink(missing_ok=True)
        self._files[1:] = [FileIO(self.folder / _PIECES[1], "w+b")]
        self._sizes[1:] = [0]
        self._into = 1

    def parted(self) -> dict[str, _Known]:
        """Return what was made since `part`, in plain JSON."""
        return {name: known for name, known in self._known.items() if known[1] == 1}

    def join(self, parted: Mapping[str, Sequence[Any]]) -> None:
        """Know what a second process has made."""
        self._files[1:] = [FileIO(self.folder / _PIECES[1], "r+b")]
        self._sizes[1:] = [self._files[1].seek(0, os.SEEK_END)]
        for name, (key, file, at, size, check, note) in parted.items():
            self._known[name] = (key, file, at, size, check, note)
        self._asked.update(parted)

    def save(self) -> None:
        """Keep what was asked for since the last time; forget the rest."""
        if not self._files:
            return
        asked = self._asked
        self._known = {
            name: known
            for name, known in self._known.items()
            if name in asked or name.partition("#")[0] in asked
        }
        self._asked.clear()
        self.begins = False
        try:
            if sum(self._sizes) > 2 * sum(known[3] for known in self._known.values()) + 2**20:
                self._pack()
            batches.write(self.folder / _INDEX, self.maker, self._known)
        except OSError:
            self._files.clear()

    def _pack(self) -> None:
        """Write the pieces that are kept one behind the other, in a file that takes the old one's place."""
        beside = self.folder / f".{_PIECES[0]}"
        packed = FileIO(beside, "w+b")
        end = 0
        for name, (key, file, at, size, *rest) in self._known.items():
            _write(packed, end, os.pread(self._files[file].fileno(), _DIGEST + size, at))
            self._known[name] = (key, 0, end, size, *rest)
            end += _DIGEST + size
        os.replace(beside, self.folder / _PIECES[0])
        for old in self._files:
            old.close()
        (self.folder / _PIECES[1]).unlink(missing_ok=True)
        self._files, self._sizes = [packed], [end]

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()
        self._files.clear()


def _write(file: FileIO, at: int, *parts: bytes) -> None:
    """Write parts at a place, one behind the other. Raises OSError where not all of it can be written."""
    if os.pwritev(file.fileno(), parts, at) != sum(map(len, parts)):
        raise OSError("the disk is full")
