"""Measures the parts of a build by themselves: `python -m tests.benchmarks.phases RECORD` prints JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from diplomatic_timeline.briefings.catalogue import Briefings, orders
from diplomatic_timeline.briefings.contents import Form
from diplomatic_timeline.build.output import Output
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.build.target import Target
from diplomatic_timeline.proof.proofs import prove
from diplomatic_timeline.record.checks.registry import CHECKS
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.search import index_files
from diplomatic_timeline.search.entries import entries
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views.timeline import Timeline

MOST_OF_PRINT = 100
"""Beyond this many events nothing is printed: the briefings have a measure of their own."""


class Watch:
    """Adds up CPU seconds by name."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {}
        self.at = time.process_time()

    def lap(self, name: str) -> None:
        """Put what has passed since the last lap under a name."""
        now = time.process_time()
        self.found[name] = round(self.found.get(name, 0) + now - self.at, 3)
        self.at = now


def measure(record: Path) -> dict[str, float]:
    """Return the CPU seconds of each part."""
    watch = Watch()
    reading = read_folder(record)
    watch.lap("load and check")
    prove(reading.corpus, reading.pins)
    watch.lap("of which prove")
    for check in CHECKS:
        list(check(replace(reading)))
    watch.lap("of which check")
    site = Site(Timeline(reading.corpus, reading.proofs), "Record", "https://example.org/")
    watch.lap("derive")
    with tempfile.TemporaryDirectory() as folder:
        output = Output(Path(folder) / "site", NullStore())
        for page in site.pages():
            made = page.make()
            watch.lap("render pages")
            output.put(Target(f"{page.path}index.html", None, made.html.encode))
            watch.lap("write")
        for target in site.files():
            output.put(target)
            watch.lap("data")
        for path, data in index_files.files(entries(site.timeline, [])):
            watch.lap("search index")
            output.put(Target(f"search/{path}", None, partial(bytes, data)))
            watch.lap("write")
        output.publish()
        watch.lap("write")
        if len(reading.corpus.events) <= MOST_OF_PRINT:
            Briefings(orders(site.view, Form(name="Record")), NullStore()).print()
            watch.lap("PDF")
    watch.found.pop("", None)
    watch.found.setdefault("PDF", float("nan"))
    return watch.found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
