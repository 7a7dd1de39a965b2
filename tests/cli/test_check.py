"""`timeline check`: what it prints and with what it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from benchmarks.record import write_record
from helpers.commands import timeline
from helpers.records import BROKEN

BASE = BROKEN / "_base"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return `events`, a sound record in the current folder, whose sources are not pinned."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, tmp_path / "events")
    return Path("events")


def run(*arguments: str) -> Result:
    return timeline("check", *arguments)


def test_a_clean_record_or_one_with_warnings_ends_with_0_unless_proof_is_required(folder: Path) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout.endswith("2 warnings found\n")
    assert run("--require-proof").exit_code == 1
    shutil.rmtree(folder / "2021")
    result = run()
    assert (result.exit_code, result.stdout) == (0, "no mistakes found\n")
    assert run("--format", "json").stdout == "[]\n"
    assert run("--events", "events").stdout == run("events").stdout == "no mistakes found\n"


def test_a_mistake_ends_with_1_and_is_told_in_the_folder_as_it_was_given(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "2021" / "broken.yml").write_text("", encoding="utf-8")
    result = run()
    assert result.exit_code == 1
    assert "error[empty-file] the file is empty\n  --> events/2021/broken.yml:1:1\n" in result.stdout
    assert run("events/").stdout == run("events").stdout == result.stdout
    assert f"--> {tmp_path.as_posix()}/events/2021/broken.yml:1:1" in run(str(tmp_path / "events")).stdout
    result = run("--format", "json")
    assert result.exit_code == 1
    assert [(f["code"], f["severity"], f["file"]) for f in json.loads(result.stdout)] == [
        ("empty-file", "error", "events/2021/broken.yml"),
        ("unpinned", "warning", "events/registry/sources.yml"),
        ("unpinned", "warning", "events/registry/sources.yml"),
    ]
    result = run("--format", "github")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("::error file=events/2021/broken.yml,line=1,col=1,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evnets"], "evnets"),
        (["events/registry/people.yml"], "is a file"),
        (["--format", "xml"], "'xml' is not one of"),
        (["events", "--events", "events"], "the record's folder is given twice"),
    ],
)
def test_misuse_ends_with_2(folder: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_many_warnings_of_one_kind_are_told_together_unless_each_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_record(Path("events"), 100)
    together, each = run(), run("--all")
    count = each.stdout.count("warning[unpinned] the source is not pinned")
    assert count > 5
    assert together.exit_code == each.exit_code == 0
    assert f"warning[unpinned] {count} like this: the source is not pinned" in together.stdout
    assert "run: timeline check --all\n" in together.stdout
    assert together.stdout.count("  --> events/registry/sources.yml:") == 3
    assert each.stdout.count("  --> events/registry/sources.yml:") == count
    assert together.stdout.endswith(f"\n{count} warnings found\n")
    assert each.stdout.endswith(f"\n{count} warnings found\n")
    assert len(json.loads(run("--format", "json").stdout)) == count
    assert len(run("--format", "github").stdout.splitlines()) == count
    assert run("--require-proof").stdout.count("error[unpinned]") == count


def test_the_command_explains_itself() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "Exits with 0 where nothing is wrong, 1 where something is, 2" in " ".join(result.stdout.split())
