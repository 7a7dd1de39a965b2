"""The site on disk: built beside the published one, which it replaces whole when everything is there.

Whatever stops a build, readers have the old site or the new one, never a mixture. A file that comes out as it
is published is linked, so it keeps its time stamp. What was published from the same inputs is not even made:
a ledger in the store has for each file the fingerprint that it was published from, and how it lay there.
"""

from __future__ import annotations

import ctypes
import filecmp
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from pydantic_core import from_json, to_json

from diplomatic_timeline.build.fingerprint import fingerprint
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.build.target import Content, Target

_State: TypeAlias = tuple[int, int, int]
"""Size, time of the last change, and number of a file: what differs where somebody has touched it."""


class Output:
    """One build of the folder `site`, made in `folder`; what MkDocs writes there itself is published too."""

    def __init__(self, site: Path, store: NullStore) -> None:
        """Begin. Where a build was stopped while it replaced the site, the old one is there again."""
        self.site = site.absolute()
        self.folder = self.site.with_name(f".{site.name}.building")
        self.kept = 0
        """How many files were not made, because they lie published from the same inputs."""
        self._aside = self.site.with_name(f".{site.name}.replaced")
        if not os.path.lexists(self.site) and self._aside.is_dir():
            self._aside.rename(self.site)
        _remove(self._aside)
        _remove(self.folder)
        self._store = store
        self._ledger = _entries(store.get(f"published {self.site}", ()))
        self._keys: dict[str, str] = {}
        self._linked: dict[str, _State] = {}
        self._folders: set[str] = set()

    def holds(self, target: Target[Content]) -> bool:
        """Return whether what a target is lies published, made from the same."""
        return self._published(target) is not None

    def _published(self, target: Target[Content]) -> _State | None:
        known = self._ledger.get(target.path) if target.inputs is not None else None
        if known is None or known[0] != fingerprint(target.inputs).hex():
            return None
        state = _state(self.site / target.path)
        return state if state == known[1] else None

    def put(self, target: Target[Content]) -> None:
        """Have the site hold what a target is: taken over where it lies published from the same, or made."""
        path = target.path
        if target.inputs is not None:
            self._keys[path] = fingerprint(target.inputs).hex()
        state = self._published(target)
        if state is not None:
            self._link(path, state)
            self.kept += 1
            return
        content = target.make()
        with open(self._place(path), "wb") as file:
            file.writelines((content,) if isinstance(content, bytes) else content)

    def _place(self, path: str) -> Path:
        """Return where a file is built, in a folder that exists."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return self.folder / path

    def _link(self, path: str, state: _State) -> None:
        """Take a published file over, as a second name of it where the disk has such."""
        place = self._place(path)
        try:
            os.link(self.site / path, place, follow_symlinks=False)
            self._linked[path] = state
        except OSError:
            shutil.copy2(self.site / path, place)

    def publish(self) -> None:
        """Put what was built in the place of the site, and note what it was published from."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(self.site):
            for path in _files(self.folder):
                if path not in self._linked:
                    self._link_if_same(path)
            _exchange(self.folder, self.site, self._aside)
            _remove(self.folder)
        else:
            self.folder.rename(self.site)
        states = {path: self._linked.get(path) or _state(self.site / path) for path in self._keys}
        noted = {path: (key, states[path]) for path, key in self._keys.items()}
        self._store.put(f"published {self.site}", (), to_json(noted))

    def _link_if_same(self, path: str) -> None:
        published, built = self.site / path, self.folder / path
        state = _state(published)
        same = state is not None and state[0] == built.stat().st_size
        if state is not None and same and filecmp.cmp(published, built, shallow=False):
            built.unlink()
            self._link(path, state)

    def discard(self) -> None:
        """Remove what was built; the site stays as it was."""
        _remove(self.folder)


def replace_file(site: Path, path: str, content: bytes) -> None:
    """Put a file into a published site, which keeps all else."""
    place = site / path
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.new")
    beside.write_bytes(content)
    beside.replace(place)


def _entries(ledger: bytes | None) -> dict[str, tuple[str, _State]]:
    read = from_json(ledger) if ledger else {}
    return {path: (key, tuple(state)) for path, (key, state) in read.items() if state}


def _state(path: Path) -> _State | None:
    """Return how a file lies on the disk; None where there is none, or something else."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _files(folder: Path | str, below: str = "") -> Iterator[str]:
    """Yield the files below a folder by their names with slashes."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield below + entry.name


def _exchange(new: Path, old: Path, aside: Path) -> None:
    """Give two folders each other's name: at once where the system can (Linux), or else in steps.

    After the first of these the old one stands `aside`, where the next build finds it.
    """
    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    here, both = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if swap is None or swap(here, os.fsencode(new), here, os.fsencode(old), both) != 0:
        old.rename(aside)
        new.rename(old)
        aside.rename(new)


def _remove(path: Path) -> None:
    """Remove a folder or a link; where a link leads is left alone."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
