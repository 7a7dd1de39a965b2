"""Coverage-guided runs over the readers of files from elsewhere, by Atheris (libFuzzer).

`make fuzz` runs this: each reader for `FUZZ_SECONDS`, in a process of its own, from what it found last time
in `.cache/fuzz/`. Whatever a reader raises but its own refusal ends the run with the bytes that did it: make
them a case in `test_fuzz.py`. Atheris is not in the lock, because not every system has a wheel of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("fuzz: NO COVERAGE-GUIDED RUNS: run '.venv/bin/uv pip install atheris' and try again")

with atheris.instrument_imports(include=["diplomatic_timeline"]):
    from diplomatic_timeline.imports import timelinejs_files
    from diplomatic_timeline.imports.tables import UnreadableError, read_table
    from diplomatic_timeline.model.dates import DateError, parse_date
    from diplomatic_timeline.proof import pins
    from diplomatic_timeline.proof.extraction import ExtractionError, extract
    from diplomatic_timeline.record.loader import read_folder
    from fuzz.test_fuzz import EVENT, FILES, PIN

SECONDS = int(os.environ.get("FUZZ_SECONDS", "60"))
FOUND = Path(".cache/fuzz")


def text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")


def event(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2021-03-01-port-vale.yml"
        path.write_bytes(data)
        read_folder(Path(folder), "events")


READERS: dict[str, tuple[Callable[[bytes], object], list[bytes]]] = {
    "dates": (lambda data: parse_date(text(data)), [b"2021-03-18/2021-03-19~", b"31 May 2024"]),
    "pins": (lambda data: pins.parse(text(data)), [pins.render(PIN).encode()]),
    "documents": (lambda data: extract(data, "vela"), [make() for make in FILES.values()]),
    "slides": (timelinejs_files.read, [b'{"events": []}', b"Year,Headline\n2024,A\n"]),
    "sheets": (read_table, [b"id,date,title\na,2024,A\n"]),
    "events": (event, [EVENT]),
}


def fuzz(name: str) -> None:
    """Run one reader; does not come back."""
    read, seeds = READERS[name]
    folder = FOUND / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number}").write_bytes(seed)

    def one(data: bytes) -> None:
        with suppress(DateError, pins.PinError, ExtractionError, UnreadableError):
            read(data)

    arguments = [
        f"-max_total_time={SECONDS}",
        f"-artifact_prefix={FOUND}/{name}-",
        "-timeout=20",
        str(folder),
    ]
    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:]:
        fuzz(sys.argv[1])
    failed = [n for n in READERS if subprocess.run([sys.executable, __file__, n], check=False).returncode]
    print(f"fuzz: {len(READERS)} readers, failed: {', '.join(failed) or 'none'}")
    sys.exit(bool(failed))
