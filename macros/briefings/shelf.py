"""Finished briefings, kept so that none is printed twice; and how several are printed at once.

A briefing is kept under the digest of everything that it is made from: its contents, the template, the fonts
and the versions of the programs. The folder can be deleted at any time.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from macros import briefing
from macros.briefing import CAPACITY, FONTS, TEMPLATE, BriefingError, Press, Printed

_BASE, _EVENT = 160, 8  # megabytes of a process, and for each event


@lru_cache(maxsize=1)
def _machine() -> bytes:
    """Return the digest of what prints: template, fonts, programs."""
    digest = hashlib.sha256(repr((version("typst"), version("pikepdf"))).encode())
    made_by = Path(briefing.__file__)
    for path in (made_by, *sorted(TEMPLATE.glob("*.typ")), *sorted(FONTS.glob("*.?tf"))):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


class Shelf:
    """A folder of finished briefings, each named by its digest and its number of pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def _key(self, contents: Mapping[str, Any]) -> str:
        text = json.dumps(contents, ensure_ascii=False, sort_keys=True)
        key = hashlib.sha256(_machine() + text.encode()).hexdigest()[:40]
        self.used.add(key)
        return key

    def find(self, contents: Mapping[str, Any]) -> Printed | None:
        """Return the finished briefing of some contents, or None where it has to be printed."""
        key = self._key(contents)
        for path in self.folder.glob(f"{key}-*.pdf"):
            pages = path.stem.partition("-")[2]
            try:
                pdf = path.read_bytes()
            except OSError:
                continue
            if pages.isdigit() and pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF"):
                return Printed(pdf, int(pages))
        return None

    def take(self, contents: Mapping[str, Any], press: Press) -> Printed:
        """Return the briefing of some contents, printed now where it is not there. Raises BriefingError."""
        printed = self.find(contents)
        if printed is None:
            printed = press.print(contents)
            # A shelf that cannot be written to only costs time.
            with suppress(OSError, BriefingError):
                self.folder.mkdir(parents=True, exist_ok=True)
                write(self.folder / f"{self._key(contents)}-{printed.pages}.pdf", printed.pdf)
        return printed

    def clear(self) -> None:
        """Remove what was not asked for since the shelf was opened."""
        for path in self.folder.glob("*.pdf"):
            if path.stem.partition("-")[0] not in self.used:
                path.unlink(missing_ok=True)


def at_once(events: int) -> int:
    """Return how many briefings of at most that many events fit into processors and memory together."""
    processors = os.cpu_count() or 1
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    except (AttributeError, OSError, ValueError):
        free = 1024
    return max(1, min(processors, 8, free // 2 // (_BASE + _EVENT * min(events, CAPACITY))))


def print_all(
    shelf: Shelf,
    orders: Iterable[tuple[str, Mapping[str, Any]]],
    events: int,
    done: Callable[[str, Printed | BriefingError], None],
) -> None:
    """Print briefings, several at once; `done` gets each one's name with the result, in order.

    `events` is how many events the largest of them has.
    """

    presses: SimpleQueue[Press] = SimpleQueue()

    def take(contents: Mapping[str, Any]) -> Printed | BriefingError:
        press = presses.get()
        try:
            return shelf.take(contents, press)
        except BriefingError as error:
            return error
        finally:
            presses.put(press)

    named = list(orders)
    count = at_once(events)
    with ExitStack() as stack, ThreadPoolExecutor(count) as pool:
        for _ in range(count):
            presses.put(stack.enter_context(Press()))
        for (name, _), result in zip(named, pool.map(take, (c for _, c in named)), strict=True):
            done(name, result)


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
