"""Publishes a finished build: what changed is written, what is gone is removed, the rest stays untouched.

A build goes to a folder beside the published one, so that whatever stops it leaves the published one whole.
What a build makes itself comes as bytes and is compared with the published file at once: only what differs is
written at all, so a build of an unchanged record writes next to nothing. What is known to come out as it did
last time need not even be made: a ledger has what each file was published from, and how it lay on the disk.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from diplomatic_timeline.build import batches, fork


def workshop(site: Path) -> Path:
    """Return the folder, emptied, in which the next `site` is built."""
    folder = site.with_name(f".{site.name}.building")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


class Ledger:
    """What the files of a site were published from, kept in `file`, which can be deleted at any time.

    `maker` says which program published them: what another one did counts for nothing.
    """

    def __init__(self, file: Path, site: Path, maker: str) -> None:
        self.file = file
        self.of = [str(site.absolute()), maker]
        self.entries: dict[str, _Entry] = {}
        try:
            kept = batches.read(file)
            for batch in kept if next(kept, None) == self.of else ():
                self.entries.update((name, (key, tuple(lie))) for name, (key, lie) in batch.items())
        except (OSError, ValueError, TypeError, AttributeError):
            self.entries = {}

    def save(self, entries: dict[str, _Entry]) -> None:
        """Keep these entries in the place of those before."""
        with suppress(OSError):  # A disk that cannot be written to only costs time.
            batches.write(self.file, self.of, entries)


Offer: TypeAlias = tuple[str, Callable[[], bytes | Iterator[bytes]], bytes | None]
"""A file's name, what gives its content, and its key."""

_CHUNK = 1 << 20
"""Bytes that are compared at a time: the data of a large record would fill memory twice."""
_Lie = tuple[int, ...]
_Entry = tuple[str, _Lie]


def _lie(there: os.stat_result) -> _Lie:
    """Return what changes when somebody writes to a file, or puts another in its place."""
    return there.st_size, there.st_mtime_ns, there.st_ino


class Publication:
    """One build of `site`: the files in `built`, and those that come by `put`."""

    def __init__(self, site: Path, ledger: Ledger | None = None) -> None:
        self.site = site
        self.ledger = ledger
        self.built = workshop(site)
        self.kept: set[str] = set()
        """The files that the site holds already, byte for byte."""
        self._begins = not os.path.lexists(site)
        self._real: dict[str, bool] = {"": not site.is_symlink()}
        self._made: set[str] = set()
        self._keys: dict[str, bytes] = {}
        self._lies: dict[str, _Lie] = {}

    def keep(self, name: str, key: bytes | None) -> bool:
        """Keep the file at `name` if it was published from `key` and lies there untouched; return whether."""
        known = self.ledger.entries.get(name) if self.ledger and key is not None else None
        if known is None or key is None or known[0] != key.hex():
            return False
        try:
            there = os.lstat(os.path.join(self.site, name))
        except OSError:
            return False
        whole = stat.S_ISREG(there.st_mode) and _lie(there) == known[1]
        if not whole or not self._is_real(name.rpartition("/")[0]):
            return False
        self.kept.add(name)
        self._keys[name] = key
        self._lies[name] = known[1]
        return True

    def put(self, name: str, data: bytes | Iterator[bytes], key: bytes | None = None) -> bool:
        """Have the site hold `data` at `name` (with slashes); return whether that has to be published.

        Where `key` is given, the same key stands for the same data. What comes in pieces is not held in
        memory, so it is compared with the site's when it is published.
        """
        self._lies.pop(name, None)
        if key is not None:
            self._keys[name] = key
        if isinstance(data, bytes) and self._holds(name, data):
            self.kept.add(name)
            return False
        folder, _, _ = name.rpartition("/")
        if folder not in self._made:
            os.makedirs(os.path.join(self.built, folder), exist_ok=True)
            self._made.add(folder)
        with open(os.path.join(self.built, name), "wb") as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
        return True

    def _holds(self, name: str, data: bytes) -> bool:
        if self._begins or not self._is_real(name.rpartition("/")[0]):
            return False
        path = os.path.join(self.site, name)
        try:
            there = os.lstat(path)
            if there.st_size != len(data) or not os.path.isfile(path) or os.path.islink(path):
                return False
            with open(path, "rb") as file:
                return all(file.read(_CHUNK) == data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))
        except OSError:
            return False

    def _is_real(self, folder: str) -> bool:
        """Return whether no link leads to a folder of the site."""
        real = self._real.get(folder)
        if real is None:
            path = os.path.join(self.site, folder)
            real = self._is_real(folder.rpartition("/")[0]) and not os.path.islink(path)
            self._real[folder] = real
        return real

    def offer(self, name: str, content: Callable[[], bytes | Iterator[bytes]], key: bytes | None) -> None:
        """Keep the file at `name`, or have the site hold there what `content` gives."""
        if not self.keep(name, key):
            self.put(name, content(), key)

    def offer_all(self, offers: Sequence[Offer], apart: Callable[[], None] | None = None) -> None:
        """Do that with many files.

        With `apart` a second process does half of it, if there can be one; it calls that first.
        """

        def half() -> object:
            if apart is not None:
                apart()
            return self.offered(offers[middle:])

        middle = len(offers) // 2
        begun = fork.begin(half) if apart is not None else None
        self.offered(offers[:middle])
        told = begun.result() if begun is not None else None
        if told is None:
            self.offered(offers[middle:])
        else:
            self.join(told)

    def offered(self, offers: Iterable[Offer]) -> tuple[object, ...]:
        """Offer files, one after the other; return in plain JSON what became of them, for `join`."""
        names = []
        for name, content, key in offers:
            self.offer(name, content, key)
            names.append(name)
        keys = {name: self._keys[name].hex() for name in names if name in self._keys}
        lies = {name: self._lies[name] for name in names if name in self._lies}
        return names, [name for name in names if name in self.kept], keys, lies

    def join(self, told: Any) -> list[str]:
        """Take over what `offered` returned in a second process; return the names of its files."""
        names, kept, keys, lies = told
        self.kept.update(kept)
        self._keys.update((name, bytes.fromhex(key)) for name, key in keys.items())
        self._lies.update((name, tuple(lie)) for name, lie in lies.items())
        return list(names)

    def publish(self) -> int:
        """Make the site equal to the build; return how many files were written or removed."""
        os.makedirs(self.built, exist_ok=True)
        changed = publish(self.built, self.site, self.kept)
        if self.ledger:
            self.ledger.save(dict(self._entries()))
        return changed

    def insert(self) -> None:
        """Put what was built into the site, which keeps all else; the next whole build looks at it again."""
        if os.path.isdir(self.built):
            _move(self.built, self.site)
            self.discard()

    def _entries(self) -> Iterator[tuple[str, _Entry]]:
        for name, key in self._keys.items():
            lie = self._lies.get(name)
            try:
                # What was kept lies as it did when it was looked at, or somebody has changed it since.
                yield name, (key.hex(), lie or _lie(os.lstat(os.path.join(self.site, name))))
            except OSError:
                continue

    def discard(self) -> None:
        """Remove what was built; the site stays as it was."""
        shutil.rmtree(self.built, ignore_errors=True)


def publish(built: Path, site: Path, kept: Collection[str] = ()) -> int:
    """Make `site` equal to `built` and remove `built`; return how many files were written or removed.

    `kept` names files, with slashes, that `site` holds already as they shall be. Files of equal bytes keep
    their time stamps, so that copies to a server carry only what changed. Links inside `site` are replaced,
    never followed. Raises FileNotFoundError where there is no build.
    """
    if not built.is_dir():
        raise FileNotFoundError(built)
    site.mkdir(parents=True, exist_ok=True)
    wanted = set(_files(built))
    begun = any(site.iterdir())
    changed = len(wanted) - _move(built, site)
    wanted.update(kept)
    removed, _ = _clear(site, wanted) if begun else (0, False)
    shutil.rmtree(built)
    return changed + removed


def _move(source: Path | str, target: Path | str) -> int:
    """Move what is in one folder into another one; return how many files that has already, byte for byte."""
    same = 0
    with os.scandir(source) as entries:
        for entry in list(entries):
            goal = os.path.join(target, entry.name)
            try:
                there = os.lstat(goal).st_mode
            except FileNotFoundError:
                os.rename(entry.path, goal)  # a folder goes as a whole
                continue
            if entry.is_dir(follow_symlinks=False):
                if stat.S_ISDIR(there):
                    same += _move(entry.path, goal)
                    continue
                os.unlink(goal)
            elif stat.S_ISDIR(there):
                shutil.rmtree(goal)
            elif stat.S_ISREG(there) and filecmp.cmp(entry.path, goal, shallow=False):
                same += 1
                continue
            os.replace(entry.path, goal)
    return same


def _files(folder: Path | str, below: str = "") -> Iterator[str]:
    """Yield the files below a folder by their names with slashes; a link is a file, wherever it leads."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield below + entry.name


def _clear(folder: Path | str, wanted: Collection[str], below: str = "") -> tuple[int, bool]:
    """Remove the files below a folder that are not wanted, and empty folders.

    Return how many files were removed, and whether nothing is left.
    """
    removed, empty = 0, True
    with os.scandir(folder) as entries:
        for entry in list(entries):
            name = below + entry.name
            if entry.is_dir(follow_symlinks=False):
                gone, bare = _clear(entry.path, wanted, f"{name}/")
                removed += gone
                if bare:
                    os.rmdir(entry.path)
                else:
                    empty = False
            elif name in wanted:
                empty = False
            else:
                os.unlink(entry.path)
                removed += 1
    return removed, empty
