"""The page for adopters: its commands, one after the other, make a record without a mistake."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from diplomatic_timeline.record.loader import read_folder
from helpers.commands import timeline
from helpers.records import REPOSITORY

PAGE = (REPOSITORY / "docs/start/index.md").read_text(encoding="utf-8").replace("\\\n", "")


def test_the_commands_of_the_page_do_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in re.findall(r"^(?:timeline .*|cd \w+)$", PAGE, re.M):
        program, *arguments = shlex.split(line, comments=True)
        if program == "cd":
            monkeypatch.chdir(arguments[0])
            continue
        result = timeline(*arguments)
        assert result.exit_code == 0, result.output
    reading = read_folder(Path("events"))
    assert [d.code for d in reading.diagnostics] == ["unpinned"]
    event = reading.corpus.events["2025-03-04-saltholm"]
    assert (event.quotes[0].post, event.quotes[0].party) == ("Minister of Ports", "kingdom-of-belmark")
