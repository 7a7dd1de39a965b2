"""The press: contents in, PDF out. The only module that imports typst.

Compiling takes nearly a thousand times the memory that the contents have bytes, and gives back little of it,
so it runs in a process of its own: this module is also the program that such a process runs. Contents reach
the template as JSON and are set as text. Nothing outside the template's folder is read, no system font is
used, and no clock: the same contents give the same bytes.

Made to PDF 1.7, PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import IO, Any

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.templates import TEMPLATES

TEMPLATE = TEMPLATES / "briefing"
FONTS = ASSETS / "fonts" / "print"
CAPACITY = 1_600_000
"""Bytes of contents that one process compiles before it makes room: a volume, or sixty events."""

_KEPT = 8  # briefings of which the compiler keeps its intermediate results


def memory(size: float) -> float:
    """Return the megabytes of a process that compiles so many bytes of contents."""
    return 100 + 0.9 * size / 1000


class BriefingError(Exception):
    """A briefing that cannot be printed; the message says why."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished briefing."""

    pdf: bytes
    pages: int


class Press:
    """Prints one briefing after the other in a child process, and takes a new one when it has grown large.

    `capacity` is how many bytes of contents one process compiles, unless a single briefing has more.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self._stopped = False
        self._child: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None
        self._compiled = 0

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *stopped: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        if self._child is not None:
            assert self._child.stdin
            assert self._child.stdout
            self._child.stdin.close()
            self._child.stdout.close()
            self._child.wait()
            self._child = None
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None

    def stop(self) -> None:
        """End the child process without waiting for what it prints, and start no other."""
        self._stopped = True
        child = self._child
        if child is not None:
            child.kill()

    def print(self, contents: Mapping[str, Any]) -> Printed:
        """Return the PDF of a briefing's contents. Raises BriefingError."""
        job = json.dumps(contents, sort_keys=True).encode()
        if self._child is None or self._compiled + len(job) > self.capacity:
            self.close()
            if self._stopped:
                raise BriefingError(f"{contents['title']}: printing was stopped")
            self._child = self._start()
            self._compiled = 0
        self._compiled += len(job)
        assert self._child.stdin
        assert self._child.stdout
        assert self._complaints
        try:
            self._child.stdin.write(job + b"\n")
            self._child.stdin.flush()
            count, size = map(int, self._child.stdout.readline().split())
            answer = self._child.stdout.read(size)
            if len(answer) < size:
                raise ValueError("cut short")
        except (OSError, ValueError):
            with suppress(OSError):  # what is left in the pipe cannot be written any more
                self._child.stdin.close()
            self._child.stdout.close()
            code = self._child.wait()
            self._child = None
            self._complaints.seek(0)
            last = self._complaints.read().decode(errors="replace").strip()[-2000:]
            self.close()
            raise BriefingError(
                f"{contents['title']}: the compiler stopped with {code}\n{last}".rstrip()
            ) from None
        if count < 0:
            raise BriefingError(f"{contents['title']}: it does not compile\n{answer.decode()}")
        return Printed(answer, count)

    def _start(self) -> subprocess.Popen[bytes]:
        paths = [str(Path(__file__).parents[2]), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the child)
        return subprocess.Popen(
            [sys.executable, "-m", "diplomatic_timeline.briefings.press"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in paths if p)},
        )


def _moment(contents: Mapping[str, Any]) -> int:
    """Return the noon of the day on which a briefing stands, as seconds since 1970."""
    if not contents.get("day"):
        return 0
    return max(0, int(datetime.fromisoformat(f"{contents['day']}T12:00:00+00:00").timestamp()))


@cache
def _fonts(folder: str | None) -> Any:
    """Return the program's typefaces, and those of a record in its folder."""
    import typst

    folders = [str(FONTS), *([folder] if folder else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _compile(job: bytes) -> bytes:
    import typst

    contents = json.loads(job)
    own = contents.get("typefaces") or {"folder": None}
    try:
        pdf = typst.compile(
            str(TEMPLATE / "main.typ"),
            root=str(TEMPLATE),
            font_paths=_fonts(own["folder"]),
            ignore_system_fonts=True,
            sys_inputs={"data": job.decode()},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=_moment(contents),
        )
    except typst.TypstError as error:
        raise BriefingError(error.diagnostic) from None
    assert isinstance(pdf, bytes)
    return pdf


def _repack(pdf: bytes) -> Printed:
    """Return a PDF with the heads of its rows tagged and its small objects packed (ISO 32000-1, 7.5.7).

    The first cell of each row names what the others are about; typst can say so only behind a flag that its
    Python package has not.
    """
    import pikepdf

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
        for row in document.objects:
            if isinstance(row, pikepdf.Dictionary) and row.get("/S") == "/TR" and "/K" in row:
                first = row.K[0] if isinstance(row.K, pikepdf.Array) else row.K
                if isinstance(first, pikepdf.Dictionary) and first.get("/S") == "/TD":
                    first.S = pikepdf.Name.TH
                    first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        document.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return Printed(packed.getvalue(), pages)


def main() -> None:
    """Print each line of contents on standard input: write the pages, the size, a line feed and the PDF.

    What does not compile is answered with -1 pages and the compiler's findings.
    """
    import typst

    blank = typst.Compiler(b"", font_paths=_fonts(None), ignore_system_fonts=True)
    for number, job in enumerate(sys.stdin.buffer, 1):
        try:
            printed = _repack(_compile(job))
        except BriefingError as error:
            printed = Printed(str(error).encode(), -1)
        sys.stdout.buffer.write(f"{printed.pages} {len(printed.pdf)}\n".encode() + printed.pdf)
        sys.stdout.buffer.flush()
        if number % _KEPT == 0:
            # What the compiler keeps helps no other briefing, takes memory and slows it by a tenth. It goes
            # after ten more runs.
            for _ in range(11):
                blank.compile(b"", format="svg")


if __name__ == "__main__":
    main()
