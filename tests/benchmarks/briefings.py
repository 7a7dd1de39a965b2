"""Measures the briefings of invented records: all that a site offers, cold, warm, and with one event changed.

Run as `python -m tests.benchmarks.briefings [SIZE ...] [--memory MB] [--first N] [--page FILE]`. Sizes are
numbers of events. Reading the record is part of each figure; CPU time counts all processes, and the peak is
that of the largest. With `--first`, only the first N briefings are printed, which are volumes of the whole
record. With `--page`, the table replaces the one in that file.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from diplomatic_timeline.briefings.catalogue import Briefings, orders
from diplomatic_timeline.briefings.contents import Form
from diplomatic_timeline.build.store import Store
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline

from . import figures
from .builders import REPOSITORY
from .record import write_record
from .site import machine, touch

SIZES = (3, 100, 1_000)
TABLE = re.compile(r"(<!-- briefings -->\n).*?(<!-- end of briefings -->)", re.DOTALL)


def once(record: Path, cache: Path, megabytes: int | None, first: int | None) -> dict[str, Any]:
    """Print the briefings of a record; return how many there are, how many were prepared, pages and bytes."""
    store = Store(cache / "build.sqlite")
    reading = read_folder(record, store=store)
    view = Presenter(Timeline(reading.corpus, reading.proofs))
    prepared = 0
    offered = list(orders(view, Form("Record")))

    def counted() -> Iterable[Any]:
        for order in islice(offered, first):

            def contents(make: Any = order.job.contents) -> Any:
                nonlocal prepared
                prepared += 1
                return make()

            yield replace(order, job=replace(order.job, contents=contents))

    briefings = Briefings(counted(), store, megabytes)
    briefings.print()
    store.save()
    store.close()
    if briefings.faults:
        raise SystemExit("\n".join(f"{address}: {why}" for address, why in briefings.faults.items()))
    return {
        "offered": len(offered),
        "volumes": sum(o.kind == "record" for o in offered),
        "prepared": prepared,
        "pages": sum(link.pages for link in briefings.links.values()),
        "mb": round(sum(link.size for link in briefings.links.values()) / 1e6, 1),
    }


def run(record: Path, cache: Path, options: list[str]) -> dict[str, Any]:
    """Return what a process of its own says and takes. Raises RuntimeError where it fails."""
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.briefings",
        "--once",
        str(record),
        str(cache),
        *options,
    ]
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=REPOSITORY, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(text[-2000:])
    figures: dict[str, Any] = json.loads(text)
    figures["cpu_s"] = round(usage.ru_utime + usage.ru_stime, 1)
    figures["wall_s"] = round(wall, 1)
    figures["peak_mb"] = round(usage.ru_maxrss / 1024)
    return figures


def main() -> None:
    """Measure and print, a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--memory", type=int, help="megabytes; half of what is free where it is left out")
    parser.add_argument("--first", type=int, help="how many briefings to print at most")
    parser.add_argument("--page", type=Path)
    parser.add_argument("--once", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        record, cache = options.once
        print(json.dumps(once(record, cache, options.memory, options.first)))
        return
    passed = [
        f"--{name}={value}" for name in ("memory", "first") if (value := getattr(options, name)) is not None
    ]
    heads = ("events", "printed", "briefings", "prepared", "pages", "MB", "CPU s", "wall s", "peak MB")
    rows: list[tuple[object, ...]] = []
    print(*heads, sep=" | ", flush=True)
    for events in options.sizes:
        with tempfile.TemporaryDirectory(prefix="timeline-bench-") as folder:
            record = Path(folder) / "record"
            write_record(record, events, pins=True)
            for kind in ("cold", "warm", "one changed"):
                if kind == "one changed":
                    touch(record, 1)
                f = run(record, Path(folder) / "cache", passed)
                count = f["offered"] if options.first is None else min(options.first, f["offered"])
                measured = (f["prepared"], f["pages"], f["mb"], f["cpu_s"], f["wall_s"], f["peak_mb"])
                rows.append((events, kind, count, *measured))
                print(*rows[-1], sep=" | ", flush=True)
    if options.page:
        page = options.page.read_text(encoding="utf-8")
        table = "\n".join((f"Measured on {machine()}.", "", *figures.table("Briefings", heads, rows)))
        page = TABLE.sub(lambda m: f"{m[1]}\n{table}\n\n{m[2]}", page)
        options.page.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
