"""What is still to be written: one finding for each `todo`, and nothing else about it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from diplomatic_timeline.model.diagnostics import Diagnostic
from diplomatic_timeline.record.loader import read_folder
from helpers.records import SMALL

EVENT = "1996/1996-04-02-saltholm.yml"


def findings(folder: Path, *changes: tuple[str, str], file: str = EVENT) -> list[Diagnostic]:
    """Return what the checks say of the small record with some of its text replaced."""
    record = folder / "events"
    shutil.copytree(SMALL, record)
    path = record / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return [d for d in read_folder(record).diagnostics if d.severity == "error"]


@pytest.mark.parametrize(
    "change",
    [
        ("kind: talks", "kind: todo"),
        ("date: 1996-04-02/1996-04-03", "date: todo"),
        ("place: saltholm", "place: todo"),
        ("speaker: ada-thorn", "speaker: todo"),
        ("sources: [saltholm-communique, lantern-1996-04-04]\naliases", "sources: todo\naliases"),
        ("issues: [herring-quota, fisheries]", "issues: todo"),
        ("raised_by: [cyrene]", "raised_by: [todo]"),
    ],
    ids=lambda change: change[1],
)
def test_a_todo_is_one_error_where_it_stands(tmp_path: Path, change: tuple[str, str]) -> None:
    (found,) = findings(tmp_path, change)
    assert found.code == "todo"
    assert found.excerpt is not None
    column = found.position.column - 1
    assert found.excerpt[column : column + found.position.length] == "todo"


def test_other_mistakes_of_the_same_event_are_still_found(tmp_path: Path) -> None:
    found = findings(tmp_path, ("kind: talks", "kind: todo"), ("level: minister", "level: ministr"))
    assert [d.code for d in found] == ["todo", "unknown-value"]


def test_the_words_of_a_vocabulary_are_offered(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, ("level: minister", "level: todo"))
    assert "head-of-state, minister, senior-official" in found.help


def test_a_registry_may_have_todos_too(tmp_path: Path) -> None:
    found = findings(tmp_path, ("party: arland", "party: todo"), file="registry/people.yml")
    assert [d.code for d in found] == ["todo"]


def test_a_text_that_only_has_the_word_in_it_is_a_text(tmp_path: Path) -> None:
    assert findings(tmp_path, ("statement: No ship", "statement: todo is no ship")) == []
