"""`timeline import`: how it is called. What it takes: tests/imports/."""

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


def test_what_exists_is_replaced_only_with_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, "events")
    Path("list.csv").write_text("When,What\n31 May 1990,Talks\n", encoding="utf-8")
    command = ("import", "sheet", "list.csv", "--map", "date=When", "--map", "title=What")
    assert timeline(*command).exit_code == 0
    file = Path("events/1990/1990-05-31-talks.yml")
    made = file.read_text(encoding="utf-8")
    file.write_text(made.replace("kind: todo", "kind: talks"), encoding="utf-8")
    assert "1 left as they are" in timeline(*command).output
    assert "kind: talks" in file.read_text(encoding="utf-8")
    assert "1 written anew" in timeline(*command, "--force").output
    assert file.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("args", [("--map", "When=date"), ("--map", "date=Whn"), ("--sheet", "x"), ()])
def test_a_sheet_that_is_not_understood_is_misuse(tmp_path: Path, args: tuple[str, ...]) -> None:
    file = tmp_path / "list.csv"
    file.write_text("When,What\n31 May 1990,Talks\n", encoding="utf-8")
    result = timeline("import", "sheet", file, *args, "--events", SMALL)
    assert result.exit_code == 2
    assert result.output.count("Error: ") == 1
