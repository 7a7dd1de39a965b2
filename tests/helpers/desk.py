"""`timeline desk` as somebody starts it, on a copy of the small record."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.records import SMALL


@contextmanager
def desk(folder: Path, *options: str) -> Iterator[str]:
    """Copy the small record into a folder and serve the page that edits it; the address ends in a slash."""
    shutil.copytree(SMALL, folder / "events")
    command = [sys.executable, "-c", "from diplomatic_timeline.cli.main import main; main()"]
    started = subprocess.Popen(
        [*command, "desk", "--no-open", *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert started.stdout is not None
    try:
        said = started.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:[0-9]+/[\w-]{32}/", said)
        assert found, said + started.stdout.read()
        yield found[0]
    finally:
        started.send_signal(signal.SIGINT)
        rest = started.communicate(timeout=60)[0]
    assert (started.returncode, "Traceback" in rest) == (0, False), rest
