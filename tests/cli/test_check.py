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


def spoil(folder: Path) -> None:
    (folder / "2021" / "broken.yml").write_text("", encoding="utf-8")


def run(*arguments: str) -> Result:
    return timeline("check", *arguments)


def test_a_record_with_warnings_alone_ends_with_0(folder: Path) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout.endswith("2 warnings found\n")


def test_a_clean_record_ends_with_0_and_says_so(folder: Path) -> None:
    shutil.rmtree(folder / "2021")
    result = run()
    assert (result.exit_code, result.stdout) == (0, "no mistakes found\n")


def test_a_mistake_ends_with_1(folder: Path) -> None:
    spoil(folder)
    result = run()
    assert result.exit_code == 1
    assert "error[empty-file] the file is empty\n  --> events/2021/broken.yml:1:1\n" in result.stdout


def test_a_source_without_a_pin_ends_with_1_where_proof_is_required(folder: Path) -> None:
    assert run("--require-proof").exit_code == 1


def test_a_folder_that_does_not_exist_ends_with_2(folder: Path) -> None:
    result = run("evnets")
    assert result.exit_code == 2
    assert "evnets" in result.stderr
    assert result.stdout == ""


def test_the_folder_is_events_unless_another_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 2
    assert "'events'" in result.stderr


def test_a_file_instead_of_a_folder_ends_with_2(folder: Path) -> None:
    assert run("events/registry/people.yml").exit_code == 2


def test_the_folder_may_be_given_by_the_option_of_all_commands_but_not_twice(folder: Path) -> None:
    (folder / "2021").rename("elsewhere")
    assert run("--events", "events").stdout == run("events").stdout == "no mistakes found\n"
    result = run("events", "--events", "events")
    assert result.exit_code == 2
    assert "the record's folder is given twice" in result.stderr


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
    assert "run: .venv/bin/timeline check --all\n" in together.stdout
    assert together.stdout.count("  --> events/registry/sources.yml:") == 3
    assert each.stdout.count("  --> events/registry/sources.yml:") == count
    assert together.stdout.endswith(f"\n{count} warnings found\n")
    assert each.stdout.endswith(f"\n{count} warnings found\n")
    assert len(json.loads(run("--format", "json").stdout)) == count
    assert len(run("--format", "github").stdout.splitlines()) == count
    assert run("--require-proof").stdout.count("error[unpinned]") == count


def test_an_unknown_format_ends_with_2(folder: Path) -> None:
    assert run("--format", "xml").exit_code == 2


def test_another_folder_is_named_as_it_was_given(folder: Path, tmp_path: Path) -> None:
    spoil(folder)
    assert f"--> {tmp_path.as_posix()}/events/2021/broken.yml:1:1" in run(str(tmp_path / "events")).stdout


def test_a_slash_behind_the_folder_changes_nothing(folder: Path) -> None:
    spoil(folder)
    assert run("events/").stdout == run("events").stdout


def test_json_is_a_list_of_findings(folder: Path) -> None:
    spoil(folder)
    result = run("--format", "json")
    findings = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(f["code"], f["severity"], f["file"]) for f in findings] == [
        ("empty-file", "error", "events/2021/broken.yml"),
        ("unpinned", "warning", "events/registry/sources.yml"),
        ("unpinned", "warning", "events/registry/sources.yml"),
    ]


def test_json_of_a_clean_record_is_an_empty_list(folder: Path) -> None:
    shutil.rmtree(folder / "2021")
    assert run("--format", "json").stdout == "[]\n"


def test_annotations_for_github_have_a_line_for_each_finding(folder: Path) -> None:
    spoil(folder)
    result = run("--format", "github")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("::error file=events/2021/broken.yml,line=1,col=1,")


def test_the_command_explains_itself() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "Exits with 0 where nothing is wrong, 1 where something is, 2" in " ".join(result.stdout.split())
