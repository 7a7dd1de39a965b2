"""The site on disk: built beside the published one, which it replaces whole when everything is there.

Whatever stops a build, readers have the old site or the new one, never a mixture. A file that comes out as
it is published is linked, so it keeps its time stamp. What was published from the same inputs is not made: a
ledger in the store has each file's fingerprint of these, how it lay there, and its SHA-256.
"""

from __future__ import annotations

import ctypes
import filecmp
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from pydantic_core import from_json, to_json

from diplomatic_timeline.build.files import FileError, lock, mode
from diplomatic_timeline.build.fingerprint import fingerprint
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.build.target import Content, Target

_State: TypeAlias = tuple[int, int, int]
"""Size, time of the last change, and number of a file: what differs where somebody has touched it."""

MARK = ".timeline-site"
"""The file in a site that says that a build has written it, and that the next one replaces it."""

SUMS = "SHA256SUMS"
"""The file in a site that has the SHA-256 of every other, but of MARK, as `sha256sum --check` reads it."""

_MARKED = b"Written by 'timeline build', which replaces this folder whole: keep nothing of your own in it.\n"


class Output:
    """One build of the folder `site`, made in `folder`; what MkDocs writes there itself is published too.

    What is built may be read by whoever may read what is published, or the folder that the site stands in.
    """

    def __init__(self, site: Path, store: NullStore) -> None:
        """Begin, and clear up after stopped builds. Raises FileError where no build has written `site`."""
        self.site = site.absolute()
        self.site.parent.mkdir(parents=True, exist_ok=True)
        for left in self.site.parent.glob(f".{self.site.name}.building-*"):
            _clear(left, self.site)
        _check_ours(self.site)
        self._work = Path(tempfile.mkdtemp(prefix=f".{self.site.name}.building-", dir=self.site.parent))
        self._lock: int | None = lock(self._work)
        self._umask = os.umask(0o777 ^ mode(self.site if self.site.is_dir() else self.site.parent))
        self.folder = self._work / "new"
        self.folder.mkdir()
        self._store = store
        ledger = from_json(store.get(f"published {self.site}", ()) or b"{}")
        self._ledger = {path: (str(key), tuple(state), sum) for path, (key, state, sum) in ledger.items()}
        self._keys: dict[str, str] = {}
        self._sums: dict[str, str] = {}
        self._kept: dict[str, _State] = {}

    def holds(self, target: Target[Content]) -> bool:
        """Return whether what a target is lies published, made from the same."""
        key = fingerprint(target.inputs).hex()
        return target.inputs is not None and self._published(target.path, key) is not None

    def _published(self, path: str, key: str) -> _State | None:
        """Return how a file lies on the disk that was published from `key` and has not been touched since."""
        known_key, known_state, _ = self._ledger.get(path, ("", None, ""))
        state = _state(f"{self.site}/{path}") if known_key == key else None
        return state if state == known_state else None

    def put(self, target: Target[Content]) -> None:
        """Have the site hold what a target is: kept where it lies published from the same, or made."""
        path = target.path
        if target.inputs is not None:
            key = self._keys[path] = fingerprint(target.inputs).hex()
            if state := self._published(path, key):
                self._kept[path] = state
                self._sums[path] = self._ledger[path][2]
                return
        content = target.make()
        with open(self._place(path), "wb") as file:
            file.writelines((content,) if isinstance(content, bytes) else content)

    def _place(self, path: str) -> str:
        """Return where a file is built, in a folder that exists."""
        place = f"{self.folder}/{path}"
        os.makedirs(os.path.dirname(place), exist_ok=True)
        return place

    def publish(self) -> tuple[set[str], set[str]]:
        """Put what was built in the place of the site, and note what it was published from.

        Return the site's files, and those that came, went or are others than before.
        """
        self._sums |= {path: _sum(self._place(path)) for path in _files(self.folder)}
        sums = "".join(f"{sum}  {path}\n" for path, sum in sorted(self._sums.items()))
        self.put(Target(SUMS, None, sums.encode))
        self.put(Target(MARK, None, lambda: _MARKED))
        made = set(_files(self.folder))
        for path in made:
            published, built = f"{self.site}/{path}", f"{self.folder}/{path}"
            if (state := _state(published)) and filecmp.cmp(published, built, shallow=False):
                os.unlink(built)
                self._kept[path] = state
        files, before = made | self._kept.keys(), set(_files(self.site)) if self.site.is_dir() else set()
        changed = made - self._kept.keys() | files ^ before
        if changed:
            self._replace()
        self.close()
        states = {path: self._kept.get(path) or _state(f"{self.site}/{path}") for path in self._keys}
        keys = self._keys.items()
        ledger = {path: (key, state, self._sums[path]) for path, key in keys if (state := states[path])}
        if ledger != self._ledger:
            self._ledger = ledger
            self._store.put(f"published {self.site}", (), to_json(ledger))
        return files, changed

    def _replace(self) -> None:
        for path, state in self._kept.items():
            published, place = f"{self.site}/{path}", self._place(path)
            try:
                os.link(published, place, follow_symlinks=False)  # a second name, where the disk has such
            except OSError:
                shutil.copy2(published, place, follow_symlinks=False)
                self._kept[path] = _state(place) or state
        _check_ours(self.site)
        if os.path.lexists(self.site):
            _exchange(self.folder, self.site)
        else:
            self.folder.rename(self.site)

    def close(self) -> None:
        """Remove what was built and is not published: then the site stays as it was."""
        if self._lock is not None:
            os.umask(self._umask)
            os.close(self._lock)
            self._lock = None
            _clear(self._work, self.site)


def _sum(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _state(path: str) -> _State | None:
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


def _exchange(new: Path, old: Path) -> None:
    """Give two folders each other's name: at once where the system can (Linux), or else in steps.

    After the first of these the old one stands beside the new one, where `_clear` finds it.
    """
    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    here, both = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if swap is None or swap(here, os.fsencode(new), here, os.fsencode(old), both) != 0:
        old.rename(new.with_name("old"))
        new.rename(old)


def _check_ours(site: Path) -> None:
    """Raise FileError where something stands in the place of a site that no build has written."""
    ours = site.is_dir() and not site.is_symlink() and (_state(f"{site}/{MARK}") or not any(site.iterdir()))
    if os.path.lexists(site) and not ours:
        raise FileError(
            f"{site} was not written by 'timeline build' (there is no {MARK} in it), so it stays: "
            "remove it, or name another folder as 'site_dir' in mkdocs.yml"
        )


def _clear(work: Path, site: Path) -> None:
    """Remove the folder in which a site was built, unless a build is at work in it, or it is a link.

    Where the old site was left in it, and no other stands in its place, it is put back.
    """
    with suppress(OSError):
        held = lock(work)
        old = work / "old"
        if not os.path.lexists(site) and old.is_dir() and not old.is_symlink():
            old.rename(site)
        shutil.rmtree(work, ignore_errors=True)
        os.close(held)
