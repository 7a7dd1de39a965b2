"""Files, with care: plain ones only, whole or not at all, never through a link, by one process at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

_WHY = {
    errno.ENOSPC: "the disk is full: make room, then run this again",
    errno.EROFS: "the disk is read-only: work on a copy that can be written to",
    errno.EACCES: "you may not do that there: have its owner allow it, or work on a copy of your own",
    errno.EPERM: "the system does not allow it: have its owner do it, or work on a copy of your own",
    errno.EMFILE: "too many files are open: raise the limit with 'ulimit -n 1024', then run this again",
    errno.ENAMETOOLONG: "the name is too long: a name has at most 255 bytes",
    errno.EBUSY: "it is a disk of its own, which cannot be replaced: choose a folder inside it",
}
_NO_FILE = "a folder, a pipe, a device or the like, and a file is needed"


class FileError(Exception):
    """A file that cannot be read or written; the message says which, why, and what to do."""


class SizeError(FileError):
    """A file that is larger than what it is for can be."""


def explain(error: OSError | FileError) -> str:
    """Return what the system or a function here refused, in one line with what to do about it."""
    if isinstance(error, FileError):
        return str(error)
    why = _WHY.get(error.errno or 0) or error.strerror or str(error)
    return f"{os.fsdecode(error.filename)}: {why}" if isinstance(error.filename, str | bytes) else why


def read(path: Path, most: int | None = None) -> bytes:
    """Return the bytes of a plain file. Raises FileError for anything else, without waiting, and OSError.

    Raises SizeError where there are more than `most`.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileError(f"{path}: it is {_NO_FILE}")
    with open(descriptor, "rb") as file:
        data = file.read(-1 if most is None else most + 1)
    if most is not None and len(data) > most:
        raise SizeError(f"{path}: it is larger than {most // 1_000_000} MB")
    return data


def leads_into(path: Path, folder: Path) -> bool:
    """Return whether what is at a path, links followed, is in a folder; one that leads nowhere is not."""
    try:
        return Path(os.path.realpath(path, strict=True)).is_relative_to(os.path.realpath(folder))
    except OSError:
        return False


def mode(folder: Path) -> int:
    """Return the permissions of a folder made in another or in its place: whatever the umask, it follows."""
    found = os.stat(folder).st_mode
    return 0o700 | found & (0o755 if found & stat.S_ISVTX else 0o775)


def check_free(path: Path, *, force: bool = False) -> None:
    """Raise FileError where a file may not be written: something is there, and a file is not to be replaced.

    A link counts as a file: it is replaced itself. Raises OSError where nobody can tell.
    """
    try:
        kind = stat.S_IFMT(os.lstat(path).st_mode)
    except FileNotFoundError:
        return
    if kind not in (stat.S_IFREG, stat.S_IFLNK):
        raise FileError(f"{path} is {_NO_FILE}: give another name")
    if not force:
        raise FileError(f"{path} exists already: give another name, or --force to replace it")


def write(path: Path, content: bytes, *, below: Path | None = None, force: bool = False) -> None:
    """Write a file whole or not at all: beside its place, then moved there.

    What exists is only replaced by `force`. Folders between `below` and the file are made where they are
    missing, and none of them may be a link. Raises FileError.
    """
    try:
        for folder in reversed([f for f in path.parents if below and below in f.parents]):
            if not os.path.lexists(folder):
                folder.mkdir()
                folder.chmod(mode(folder.parent))
            elif folder.is_symlink() or not folder.is_dir():
                raise FileError(
                    f"{folder} is a link or no folder, and nothing is written through it: remove it"
                )
        check_free(path, force=force)
        descriptor, beside = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        try:
            with open(descriptor, "wb") as file:
                os.fchmod(descriptor, mode(path.parent) & 0o666)
                file.write(content)
            _move(beside, path, force)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        refused = OSError(error.errno, error.strerror, str(path))
        state = "the file there is as it was" if os.path.lexists(path) else "nothing was written"
        raise FileError(f"{explain(refused)}; {state}") from None


def _move(file: str, path: Path, force: bool) -> None:
    if not force:
        try:
            os.link(file, path)  # fails where somebody was faster
            return
        except OSError:
            check_free(path)  # or the disk knows no second names
    os.replace(file, path)


def lock(folder: Path, busy: Callable[[], object] | None = None) -> int:
    """Return a descriptor that holds the lock of a folder until it is closed or its process ends.

    Where another has it, call `busy` and wait, or raise BlockingIOError where that is None. Raises OSError
    for a link. A disk that knows no locks, as some in a network, keeps nobody from going on.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if busy is None:
            os.close(descriptor)
            raise
        busy()
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        pass
    return descriptor
