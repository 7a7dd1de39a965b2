"""Measures how long an editor waits: from saving an event to its page in the browser, and to the whole site.

Run as `python -m tests.benchmarks.serving [SIZE ...] [--edits N] [--page FILE]`. Sizes are numbers of events.
A real `mkdocs serve` is asked over HTTP until it answers with what was edited, so the time until it looks at
the disk counts, too. Every other edit is made while the site is built after the one before. With `--page`,
the table replaces the one in that file.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from diplomatic_timeline.build.output import SUMS

from . import figures
from .builders import ours
from .record import write_record
from .site import machine, run

SIZES = (100, 1_000, 10_000)
PATIENCE = 600
"""Seconds after which something is waited for no longer."""
TABLE = re.compile(r"(<!-- serving -->\n).*?(<!-- end of serving -->)", re.DOTALL)


def until(done: Callable[[], bool], every: float = 0.05) -> float:
    """Return the seconds that pass until something is done. Raises TimeoutError."""
    started = time.monotonic()
    while not done():
        if time.monotonic() - started > PATIENCE:
            raise TimeoutError
        time.sleep(every)
    return time.monotonic() - started


class Served:
    """A site that is being served."""

    def __init__(self, process: subprocess.Popen[bytes], said: Path) -> None:
        self.process = process
        self.said = said
        until(lambda: "Serving on" in self.log() or process.poll() is not None)
        found = re.search(r"Serving on (http://\S+?)(?:\x1b|\s|$)", self.log())
        if found is None:
            raise RuntimeError(self.log()[-2000:])
        self.address = found[1]

    def log(self) -> str:
        return self.said.read_text(encoding="utf-8", errors="replace")

    def built(self) -> int:
        """Return when the whole site was last built.

        MkDocs says it only where it did not take exactly as long as some time before.
        """
        sums = self.said.parent.glob(f"mkdocs_*/{SUMS}")
        return max(path.stat().st_mtime_ns for path in sums)

    def has(self, page: str, words: str) -> bool:
        try:
            with urlopen(self.address + page, timeout=60) as answer:
                return words in answer.read().decode()
        except URLError:
            return False

    def peak(self) -> int:
        """Return the most megabytes that the server has had."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return round(int(found[1]) / 1024) if found else 0


@contextmanager
def served(project: Path) -> Iterator[Served]:
    """Serve a project until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    said = project / "served.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address]
    # MkDocs leaves its site in the folder for temporary files when it is ended.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(project)}
    with said.open("wb") as log:
        process = subprocess.Popen(command, cwd=project, env=environment, stdout=log, stderr=log)
    try:
        yield Served(process, said)
    finally:
        process.terminate()
        process.wait()


def edited(site: Served, path: Path, number: int) -> float:
    """Give an event another title; return the seconds until its page shows that."""
    text = path.read_text(encoding="utf-8")
    words = f"Edit {number} of"
    path.write_text(re.sub(r"(?m)^title: \"?", lambda m: f"{m[0]}{words} ", text, count=1), encoding="utf-8")
    return until(lambda: site.has(f"events/{path.stem}/index.html", words))


def measure(events: int, edits: int, folder: Path) -> tuple[object, ...]:
    """Return the row of one size."""
    record = folder / "record"
    write_record(record, events, pins=True)
    mine = ours(record, folder / "timeline")
    run(mine)
    files = sorted(record.glob("[0-9]*/*.yml"))
    quiet, busy, whole = [], [], []
    with served(mine.folder) as site:
        time.sleep(2)
        for number in range(edits):
            built = site.built()
            quiet.append(edited(site, files[len(files) // 2 + 2 * number], 2 * number))
            time.sleep(0.3)
            building = site.built() == built
            if building:
                busy.append(edited(site, files[len(files) // 2 + 2 * number + 1], 2 * number + 1))
                whole.append(until(lambda before=built: site.built() > before))  # type: ignore[misc]
            time.sleep(3)
        peak = site.peak()
    return events, *(f"{max(times):.1f}" if times else "–" for times in (quiet, busy, whole)), peak


def main() -> None:
    """Measure and print, a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--edits", type=int, default=3)
    parser.add_argument("--page", type=Path)
    options = parser.parse_args()
    heads = ("events", "page s", "page s, building", "whole site s after", "peak MB")
    rows = []
    print(*heads, sep=" | ", flush=True)
    for events in options.sizes:
        with tempfile.TemporaryDirectory(prefix="timeline-bench-") as folder:
            rows.append(measure(events, options.edits, Path(folder)))
        print(*rows[-1], sep=" | ", flush=True)
    if options.page:
        page = options.page.read_text(encoding="utf-8")
        said = f"Measured on {machine()}; the longest of {options.edits}."
        table = "\n".join((said, "", *figures.table("Serving", heads, rows)))
        page = TABLE.sub(lambda m: f"{m[1]}\n{table}\n\n{m[2]}", page)
        options.page.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
