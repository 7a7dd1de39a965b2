"""`timeline new`: the file of a new event."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.commands import timeline
from helpers.records import SMALL


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(SMALL, tmp_path / "events"))


def test_a_new_event_stands_in_its_year_and_the_check_names_what_is_still_empty(events: Path) -> None:
    result = timeline("new", "2024-11-16-lima", "--title", 'Talks on "fish"')
    assert result.output == (
        "events/2024/2024-11-16-lima.yml is ready to be filled in; then run: .venv/bin/timeline check\n"
    )
    text = (events / "2024/2024-11-16-lima.yml").read_text(encoding="utf-8")
    assert 'title: "Talks on \\"fish\\""\ndate: 2024-11-16\n' in text
    checked = timeline("check")
    assert checked.exit_code == 1
    assert "--> events/2024/2024-11-16-lima.yml" in checked.output


@pytest.mark.parametrize("folder", ["events", "records"])
def test_a_new_event_names_its_schema_to_text_editors(events: Path, folder: str) -> None:
    events.rename(events.with_name(folder))
    assert timeline("new", "2024-11-16-lima", "--title", "Talks", "--events", folder).exit_code == 0
    text = Path(folder, "2024/2024-11-16-lima.yml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema/event.schema.json\n")


def test_a_title_that_is_not_given_is_asked_for(events: Path) -> None:
    result = timeline("new", "2024-11-16-lima", input="Talks in Lima\n")
    assert result.exit_code == 0
    assert 'title: "Talks in Lima"' in (events / "2024/2024-11-16-lima.yml").read_text(encoding="utf-8")


def test_a_date_may_be_given_apart_from_the_id(events: Path) -> None:
    assert timeline("new", "lima", "--title", "Talks", "--date", "2024-11~").exit_code == 0
    assert "date: 2024-11~" in (events / "2024/lima.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("2024-11-16-Lima",), "is no id: use small letters"),
        (("lima",), "give --date, or let the id begin with the date"),
        (("2024-13-01-lima",), "there is no month 13"),
        (("lima", "--date", "16.11.2024"), "write '2024-11-16'"),
        (("1996-04-02-saltholm",), "1996-04-02-saltholm.yml exists already; an id belongs to one event"),
    ],
)
def test_misuse_is_answered_with_what_to_write(
    events: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(events.rglob("*"))
    result = timeline("new", "--title", "Talks", *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert sorted(events.rglob("*")) == before


def test_an_event_is_not_started_through_a_link(events: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (events / "2024").symlink_to(tmp_path / "elsewhere")
    result = timeline("new", "2024-11-16-lima", "--title", "Talks")
    assert result.exit_code == 1
    assert "nothing is written through it" in result.output
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("2024-" + "a" * 260, "--title", "x"), "100 at most"),
        (("2024-a", "--title", "two\nlines"), "has a line end"),
        (("2024-a", "--title", "\udcff"), "is no UTF-8 text"),
        (("\udcff", "--title", "x"), "is no UTF-8 text"),
    ],
)
def test_what_cannot_be_written_is_told_in_a_line(
    events: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = timeline("new", *arguments)
    assert result.exit_code in (1, 2)
    assert message in result.output
    assert isinstance(result.exception, SystemExit)
