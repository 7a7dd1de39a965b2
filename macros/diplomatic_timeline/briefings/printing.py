"""Prints briefings, several at once; one that is kept from the last time is not printed again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

from pydantic_core import from_json, to_json

from diplomatic_timeline.assets.coverage import named
from diplomatic_timeline.briefings.fonts import missing
from diplomatic_timeline.briefings.press import (
    CAPACITY,
    FONTS,
    TEMPLATE,
    BriefingError,
    Press,
    Printed,
    memory,
)
from diplomatic_timeline.build.store import NullStore

_BYTES = 27_000  # of contents, for each event of ten quotes
_WORTH = 8  # events that are worth a process of their own


@cache
def typesetter() -> tuple[object, ...]:
    """Return what a briefing is printed with: the template, the fonts, and the versions of the programs."""
    files = (*TEMPLATE.glob("*.typ"), *FONTS.glob("*.?tf"))
    read = [(path.name, sha256(path.read_bytes()).digest()) for path in sorted(files)]
    return (version("typst"), version("pikepdf"), read)


class UnprintableError(BriefingError):
    """A briefing with characters that no font has."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(f"no font has {', '.join(map(named, characters))}")
        self.characters = characters


@dataclass(frozen=True, slots=True)
class Job:
    """A briefing to print: its name, what it is made from, its size in events, and its contents."""

    name: str
    inputs: object
    load: float
    contents: Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Finished:
    """A briefing that is printed: its pages, its size in bytes, and what reads it."""

    pages: int
    size: int
    pdf: Callable[[], bytes]


def find(job: Job, store: NullStore) -> Finished | None:
    """Return a briefing that is kept; it is read when its bytes are asked for."""
    facts = store.get(f"briefing {job.name}", (typesetter(), job.inputs))
    if facts is None:
        return None
    pages, size = from_json(facts)
    return Finished(pages, size, partial(pdf_of, job, store))


def pdf_of(job: Job, store: NullStore) -> bytes:
    """Return a briefing's PDF, printed now where it is not kept. Raises BriefingError."""
    pdf = store.get(f"pdf {job.name}", (typesetter(), job.inputs))
    if pdf is None:
        with Press() as press:
            pdf = keep(job, print_one(job.contents(), press), store).pdf()
    return pdf


def keep(job: Job, printed: Printed, store: NullStore) -> Finished:
    """Keep a briefing that was just printed."""
    inputs, size = (typesetter(), job.inputs), len(printed.pdf)
    kept = store.put(f"pdf {job.name}", inputs, printed.pdf)
    store.put(f"briefing {job.name}", inputs, to_json((printed.pages, size)))
    read = partial(pdf_of, job, store) if kept else partial(bytes, printed.pdf)
    return Finished(printed.pages, size, read)


def print_one(contents: Mapping[str, Any], press: Press) -> Printed:
    """Print a briefing of some contents. Raises BriefingError."""
    strange = missing(contents)
    if strange:
        raise UnprintableError(strange)
    return press.print(contents)


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
    jobs: Iterable[Job],
    store: NullStore,
    done: Callable[[Job, Finished | BriefingError], None],
    megabytes: int | None = None,
) -> None:
    """Print briefings, several at once; `done` gets each one with the result, in order.

    Whatever stops it, no process is left behind.
    """
    found = [(job, find(job, store)) for job in jobs]
    waiting = [job for job, finished in found if finished is None]
    free: SimpleQueue[Press] = SimpleQueue()
    preparing = Lock()

    def take(job: Job) -> Printed | BriefingError:
        press = free.get()
        try:
            with preparing:
                contents = job.contents()
            return print_one(contents, press)
        except BriefingError as error:
            return error
        finally:
            free.put(press)

    count, capacity = presses([job.load for job in waiting], megabytes)
    with ExitStack() as stack, ThreadPoolExecutor(count) as pool:
        every = [stack.enter_context(Press(capacity)) for _ in range(count)]
        for press in every:
            free.put(press)
        try:
            tasks = {job.name: pool.submit(take, job) for job in waiting}
            for job, finished in found:
                if finished is not None:
                    done(job, finished)
                    continue
                result = tasks.pop(job.name).result()
                done(job, result if isinstance(result, BriefingError) else keep(job, result, store))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for press in every:
                press.stop()
            raise
