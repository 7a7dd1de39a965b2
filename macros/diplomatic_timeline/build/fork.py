"""A second process, which does a part of the work of a large first build.

It is a copy of the first, so nothing has to be handed over to it; it gives back what it has to say. Where
there can be none, or where it fails, the first process does everything, and the result is the same.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import Any, BinaryIO


class Second:
    """A second process at work."""

    def __init__(self, process: int, told: BinaryIO) -> None:
        self._process = process
        self._told = told

    def result(self) -> Any:
        """Wait for the process, once, and return what its work returned, or None where it failed."""
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        with self._told:
            self._told.seek(0)
            return json.load(self._told) if status == 0 else None

    def stop(self) -> None:
        """End the process, if it has not ended; nobody needs it any more."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0
            self._told.close()


def begin(work: Callable[[], Any]) -> Second | None:
    """Begin a second process that does `work`, and return it, or None where there can be none.

    `work` returns plain JSON. It uses no file that was opened before: one place in it would be that of both
    processes.
    """
    if not possible():
        return None
    parent = os.getpid()
    try:
        told = TemporaryFile()  # noqa: SIM115
        process = os.fork()
    except OSError:
        return None
    if process:
        return Second(process, told)
    status = 1
    try:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
        told.write(json.dumps(work()).encode())
        told.flush()
        status = 0
    finally:
        # Nothing that the first process has begun is ended here. What went wrong goes wrong in it as well.
        os._exit(status)


def _watch(parent: int) -> None:
    """End with the first process, whatever ends that: another one may soon write to the same files."""
    while os.getppid() == parent:
        time.sleep(0.1)
    os._exit(1)


def possible() -> bool:
    """Return whether a second process can be, and has a processor to itself.

    Where other threads run there is none: a copy of a process has only one of them. Outside Linux, the
    system's own libraries may have threads of which Python does not know.
    """
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1
