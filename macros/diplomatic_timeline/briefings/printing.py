"""Finished briefings, kept so that none is printed twice; and how several are printed at once.

A briefing is kept under the digest of everything that it is printed from: its contents, the template, the
fonts and the versions of the programs. `index.json` says under which key (`origins`) its contents gave which
digest, so that what did not change is found without preparing it. The folder can be deleted at any time.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

from diplomatic_timeline.briefings import press
from diplomatic_timeline.briefings.fonts import missing, named
from diplomatic_timeline.briefings.press import CAPACITY, FONTS, TEMPLATE, BriefingError, Press, memory
from diplomatic_timeline.views import wording

_BYTES = 27_000  # of contents, for each event of ten quotes
_WORTH = 8  # events that are worth a process of their own


@lru_cache(maxsize=1)
def machine() -> bytes:
    """Return the digest of what prints: template, fonts, programs."""
    digest = hashlib.sha256(repr((version("typst"), version("pikepdf"))).encode())
    made_by = Path(press.__file__)
    files = (*sorted(TEMPLATE.glob("*.typ")), *sorted(wording.FOLDER.glob("*.json")))
    for path in (made_by, *files, *sorted(FONTS.glob("*.?tf"))):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


class UnprintableError(BriefingError):
    """A briefing with characters that no font has."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(f"no font has {', '.join(map(named, characters))}")
        self.characters = characters


@dataclass(frozen=True, slots=True)
class Finished:
    """A briefing that is printed: its pages, its bytes, and where they are."""

    pages: int
    size: int
    place: Path | bytes

    @property
    def pdf(self) -> bytes:
        """The PDF itself."""
        return self.place if isinstance(self.place, bytes) else self.place.read_bytes()


@dataclass(frozen=True, slots=True)
class Job:
    """A briefing to print: the key of what it is made from, its size in events, and how to prepare it."""

    key: str
    load: float
    contents: Callable[[], Mapping[str, Any]]


class Shelf:
    """A folder of finished briefings, each named by its digest and its number of pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()
        self._index = self._read()
        self._asked: dict[str, str] = {}

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads((self.folder / "index.json").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        whole = isinstance(found, dict) and all(isinstance(name, str) for name in found.values())
        return found if whole else {}

    def _digest(self, contents: Mapping[str, Any]) -> str:
        text = json.dumps(contents, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(machine() + text.encode()).hexdigest()[:40]
        self.used.add(digest)
        return digest

    def known(self, key: str) -> Finished | None:
        """Return the finished briefing with that key, or None where it has to be prepared at least."""
        name = self._index.get(key)
        finished = _opened(self.folder / name) if name and os.sep not in name else None
        if finished is not None and name is not None:
            self.used.add(name.partition("-")[0])
            self._asked[key] = name
        return finished

    def find(self, contents: Mapping[str, Any]) -> Finished | None:
        """Return the finished briefing of some contents, or None where it has to be printed."""
        for path in self.folder.glob(f"{self._digest(contents)}-*.pdf"):
            finished = _opened(path)
            if finished is not None:
                return finished
        return None

    def take(self, contents: Mapping[str, Any], press: Press, key: str = "") -> Finished:
        """Return the briefing of some contents, printed now where it is not there. Raises BriefingError."""
        finished = self.find(contents)
        if finished is None:
            strange = missing(contents)
            if strange:
                raise UnprintableError(strange)
            printed = press.print(contents)
            finished = Finished(printed.pages, len(printed.pdf), printed.pdf)
            # A shelf that cannot be written to only costs time.
            with suppress(OSError, BriefingError):
                self.folder.mkdir(parents=True, exist_ok=True)
                path = self.folder / f"{self._digest(contents)}-{printed.pages}.pdf"
                write(path, printed.pdf)
                finished = Finished(printed.pages, len(printed.pdf), path)
        if key and isinstance(finished.place, Path):
            self._index[key] = self._asked[key] = finished.place.name
        return finished

    def save(self) -> None:
        """Write down which keys are known."""
        with suppress(OSError, BriefingError):
            text = json.dumps(self._index, indent=0, sort_keys=True)
            write(self.folder / "index.json", text.encode("ascii"))

    def clear(self) -> None:
        """Remove what was not asked for since the shelf was opened."""
        self._index = dict(self._asked)
        for path in self.folder.glob("*.pdf"):
            if path.stem.partition("-")[0] not in self.used:
                path.unlink(missing_ok=True)
        self.save()


def _opened(path: Path) -> Finished | None:
    """Return the briefing in a file, or None where the file is missing or damaged."""
    pages = path.stem.partition("-")[2]
    try:
        with path.open("rb") as file:
            first = file.read(5)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 16))
            last = file.read()
    except OSError:
        return None
    whole = pages.isdigit() and first == b"%PDF-" and last.rstrip().endswith(b"%%EOF")
    return Finished(int(pages), size, path) if whole else None


def free_memory() -> int:
    """Return the megabytes that programs could take now, or a thousand where the system does not say."""
    found = []
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found.append(int(next(x for x in lines if x.startswith("MemAvailable:")).split()[1]) // 1024)
    with suppress(OSError, ValueError):  # a container has less than its machine
        group = Path("/sys/fs/cgroup")
        most, now = (int((group / f"memory.{what}").read_text()) for what in ("max", "current"))
        found.append(max(0, most - now) // 2**20)
    if not found:
        with suppress(AttributeError, OSError, ValueError):
            found.append(os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20)
    return min(found, default=1000)


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def presses(loads: Sequence[float], megabytes: int | None = None) -> tuple[int, int]:
    """Return how many presses print briefings of these sizes (in events), and each one's capacity.

    There are as many as processors, as fit into `megabytes` (half of what is free where that is None) at the
    size of the largest briefing, and as there is work for; one at least.
    """
    room = free_memory() // 2 if megabytes is None else megabytes
    largest = max(loads, default=0) * _BYTES
    fit = int(room // memory(largest))
    count = max(1, min(_processors(), fit, len(loads), int(sum(loads) // _WORTH)))
    capacity = int((room / count - memory(0)) / (memory(1) - memory(0)))
    return count, min(CAPACITY, max(capacity, int(largest)))


def print_all(
    shelf: Shelf,
    jobs: Iterable[tuple[str, Job]],
    done: Callable[[str, Finished | BriefingError], None],
    megabytes: int | None = None,
) -> None:
    """Print briefings, several at once; `done` gets each one's name with the result, in order.

    Whatever stops it, no process is left behind.
    """
    waiting: list[tuple[str, Job]] = []
    finished: dict[str, Finished | BriefingError] = {}
    names = []
    for name, job in jobs:
        names.append(name)
        known = shelf.known(job.key)
        if known is None:
            waiting.append((name, job))
        else:
            finished[name] = known
    free: SimpleQueue[Press] = SimpleQueue()
    preparing = Lock()

    def take(job: Job) -> Finished | BriefingError:
        press = free.get()
        try:
            with preparing:
                contents = job.contents()
            return shelf.take(contents, press, job.key)
        except BriefingError as error:
            return error
        finally:
            free.put(press)

    count, capacity = presses([job.load for _, job in waiting], megabytes)
    with ExitStack() as stack, ThreadPoolExecutor(count) as pool:
        every = [stack.enter_context(Press(capacity)) for _ in range(count)]
        for press in every:
            free.put(press)
        try:
            tasks: dict[str, Future[Finished | BriefingError]] = {
                name: pool.submit(take, job) for name, job in waiting
            }
            for name in names:
                done(name, tasks.pop(name).result() if name in tasks else finished[name])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for press in every:
                press.stop()
            raise


def write(path: Path, pdf: bytes) -> None:
    """Write a briefing whole or not at all; what stood there stays until then. Raises BriefingError."""
    if not path.parent.is_dir():
        raise BriefingError(f"there is no folder {path.parent}; nothing was written")
    if path.is_dir():
        raise BriefingError(f"{path} is a folder; give the name of a file")
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = "the disk is full" if full else error.strerror or str(error)
        state = "the file there is as it was" if path.exists() else "nothing was written"
        raise BriefingError(f"cannot write {path}: {why}; {state}") from None
