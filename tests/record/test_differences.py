"""What changed between two states of a record, in words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplomatic_timeline.cli.main import main
from helpers.records import BROKEN

VALE = "2021/2021-03-01-port-vale.yml"


@pytest.fixture
def states(tmp_path: Path) -> tuple[Path, Path]:
    """Two states of a sound record, which are the same so far."""
    for name in ("old", "new"):
        shutil.copytree(BROKEN / "_base", tmp_path / name)
    return tmp_path / "old", tmp_path / "new"


def edit(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def told(*arguments: Path | str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, ["diff", *map(str, arguments)])
    return result.exit_code, result.output.splitlines()


def test_nothing_changed(states: tuple[Path, Path]) -> None:
    assert told(*states) == (0, ["nothing changed"])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("level: minister", "level: working", "level: minister → working"),
        (
            "title: Ministers of Norland and Sudmark meet in Port Vale",
            "title: {en: Ministers of Norland and Sudmark meet in Port Vale, fr: À Port Vale}",
            "title, fr: new: À Port Vale",
        ),
        ("status: open", "status: unknown", "commitment vale-count, status: open → unknown"),
        ("due: 2021-06", "due_text: soon", "commitment vale-count, due: gone: 2021-06"),
        ("sources: [gazette-2021]", "sources: [gazette-2021, radio-2021]", "sources: new radio-2021"),
        ("[norland, sudmark]", "[sudmark]", "commitment vale-count, made by: gone norland"),
        (
            "The catch should be counted before it is shared.",
            "The catch, of herring and of cod, should be counted by both before it is shared by them.",
            "issue fishing, position of norland, statement: “catch” → “catch, of herring and of cod,”; "
            "new “by both”; “shared.” → “shared by them.”",
        ),
        (
            "aliases: [2021-port-vale]\n",
            "corrections: [{date: 2022, text: One day.}, {date: 2022, text: Two fish.}]\n",
            "correction 2022 (2): new: Two fish.",
        ),
        (
            "related: [2021-05-ferry]",
            "related: [{event: 2021-05-ferry, kind: answers}]",
            "related event 2021-05-ferry, kind: new: answers",
        ),
        (
            "  - person: otto-brandt\n    party: sudmark\n    post: Chancellor\n",
            "",
            "participant otto-brandt: gone",
        ),
    ],
)
def test_a_change_is_told_with_its_place(states: tuple[Path, Path], old: str, new: str, line: str) -> None:
    edit(states[1] / VALE, (old, new))
    code, lines = told(*states)
    assert code == 1
    assert lines[0] == "Ministers of Norland and Sudmark meet in Port Vale (events, 2021-03-01-port-vale)"
    assert any(found.strip().startswith(line) for found in lines[1:]), lines


def test_a_renamed_event_is_one_and_one_without_its_old_id_is_pointed_out(states: tuple[Path, Path]) -> None:
    renamed = states[1] / "2021/2021-03-02-port-vale.yml"
    (states[1] / VALE).rename(renamed)
    # One whose quotes have other ids is known by its words, also where some of them changed.
    ferry = states[1] / "2021/2021-06-ferry.yml"
    (states[1] / "2021/2021-05-ferry.yml").rename(ferry)
    edit(ferry, ("brandt-ferry", "brandt-speeches"), ("Both sides paid", "The two paid"))
    _, lines = told(*states)
    for old, new in (("2021-03-01-port-vale", "2021-03-02-port-vale"), ("2021-05-ferry", "2021-06-ferry")):
        assert f"  gone; if it is {new} now, add 'aliases: [{old}]' to that, so that links go on" in lines
    edit(renamed, ("aliases: [", "aliases: [2021-03-01-port-vale, "))
    _, lines = told(*states)
    assert lines[:2] == [
        "Ministers of Norland and Sudmark meet in Port Vale (events, 2021-03-02-port-vale)",
        "  renamed, was 2021-03-01-port-vale",
    ]


def test_a_revision_of_git_is_a_state(states: tuple[Path, Path]) -> None:
    folder = states[1]

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "First")
    edit(folder / "registry/parties.yml", ("name: Kingdom of Norland", "name: Union of Norland"))
    code, lines = told("HEAD", "--markdown", "--events", folder)
    assert (code, lines) == (
        1,
        ["**Union of Norland** (parties, norland)", "- name: Kingdom of Norland → Union of Norland", ""],
    )
    code, lines = told("nowhere", "--events", folder)
    assert code == 2
    assert "'nowhere' is no folder" in lines[-1]


def test_the_folder_that_a_record_stands_in_is_a_state_and_no_other(states: tuple[Path, Path]) -> None:
    old, new = states
    project = old.parent / "project"
    shutil.copytree(old, project / "record")
    (project / "mkdocs.yml").write_text(
        "site_name: R\nplugins:\n  - timeline:\n      events: record\n", encoding="utf-8"
    )
    assert told(project, new) == (0, ["nothing changed"])
    code, lines = told(old.parent, new)
    assert code == 2
    assert "is no record" in "\n".join(lines)
