"""`timeline import timelinejs`: how it is called. What it takes: tests/imports/test_timelinejs.py."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from helpers.commands import timeline
from helpers.records import SMALL

SLIDES = {"events": [{"start_date": {"year": 1990}, "text": {"headline": "Talks"}}]}


def test_events_are_written_once_and_the_check_names_what_is_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, "events")
    Path("slides.json").write_text(json.dumps(SLIDES), encoding="utf-8")
    result = timeline("import", "timelinejs", "slides.json")
    assert result.exit_code == 0
    assert "events/1990/1990-talks.yml: written" in result.output
    assert "1 event: 0 written, 1 unchanged" in timeline("import", "timelinejs", "slides.json").output
    checked = timeline("check")
    assert checked.exit_code == 1
    assert "--> events/1990/1990-talks.yml" in checked.output
