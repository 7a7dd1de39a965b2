"""Measures what comes before pages: reading a record, its checks and proofs, the timeline, and the data.

Run as `python -m tests.benchmarks.reading FOLDER`, where FOLDER is a whole `events/` folder of any size, as
`python -m tests.benchmarks.record FOLDER --events 10000 --pins` writes. Each phase runs in a process of its
own, three times; the median of its CPU seconds is printed and, with `--json FILE`, written. Peak memory is
that of the process, the phases before it included.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from diplomatic_timeline.build.collector import paused
from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.build.store import NullStore, Store
from diplomatic_timeline.exports.files import Data
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.views.fingerprints import Fingerprints
from diplomatic_timeline.views.timeline import Timeline

PHASES = ("cold", "warm", "timeline", "data", "files")


def measure(phase: str, record: Path, store: Store) -> tuple[float, float]:
    """Return the CPU seconds of one phase in this process, and its peak memory in MB."""
    with paused():
        started = time.process_time()
        reading = read_folder(record, "events", store)
        store.save()
        if phase not in ("cold", "warm"):
            started = time.process_time()
            timeline = Timeline(reading.corpus, reading.proofs)
            if phase != "timeline":
                started = time.process_time()
                imprint = Imprint("Benchmark", "https://example.org/")
                data = Data(Fingerprints(timeline, {}), imprint, NullStore(), Scratch())
                assert data.files
                if phase == "files":
                    started = time.process_time()
                    for file in data.page_files():
                        file.make()
        spent = time.process_time() - started
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--phase", choices=PHASES, help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.phase:
        print(json.dumps(measure(given.phase, given.folder, Store(given.store))))
        return
    figures: dict[str, str | float] = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "events": len(read_folder(given.folder).corpus.events),
    }
    found: dict[str, list[tuple[float, float]]] = {phase: [] for phase in PHASES}
    with tempfile.TemporaryDirectory() as kept:
        for _ in range(given.runs):
            for phase in PHASES:
                store = Path(kept) / "store.sqlite"
                if phase == "cold":
                    store.unlink(missing_ok=True)
                command = [sys.executable, "-m", "tests.benchmarks.reading", str(given.folder)]
                done = subprocess.run(
                    [*command, "--phase", phase, "--store", str(store)],
                    capture_output=True,
                    text=True,
                    check=True,
                )
                found[phase].append(json.loads(done.stdout))
    for phase, runs in found.items():
        figures[f"{phase}, CPU s"] = round(statistics.median(spent for spent, _ in runs), 2)
        figures[f"{phase}, peak MB"] = round(statistics.median(peak for _, peak in runs))
    for name, figure in figures.items():
        print(f"{name:>18}  {figure}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
