"""`timeline pin` and `timeline verify`: how they are called. What they find: tests/proof/test_pinning.py."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from helpers.commands import timeline
from helpers.records import BROKEN

COPIES = BROKEN / "_copies"
GAZETTE = COPIES / "gazette-2021.txt"


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record whose sources are not pinned."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(BROKEN / "_base", tmp_path / "events"))


def test_a_pin_is_of_today_unless_a_day_is_given(events: Path) -> None:
    before = date.today()
    said = timeline("pin", "gazette-2021", GAZETTE).output
    assert any(f"pinned on {day.isoformat()}\n" in said for day in (before, date.today()))
    (events / "registry/pins/gazette-2021.pin").unlink()
    assert "pinned on 2021-12-31\n" in timeline("pin", "gazette-2021", GAZETTE, "--date", "2021-12-31").output


def test_a_folder_is_pinned_at_once_and_strangers_in_it_are_named(events: Path, tmp_path: Path) -> None:
    copies = Path(shutil.copytree(COPIES, tmp_path / "copies"))
    (copies / "notes.txt").write_text("my notes", encoding="utf-8")
    result = timeline("pin", "--all", copies)
    assert result.exit_code == 0
    assert "notes.txt: skipped, for there is no source 'notes' in the registry" in result.output
    assert {path.stem for path in (events / "registry/pins").iterdir()} == {"gazette-2021", "radio-2021"}
    assert timeline("check").output == "no mistakes found\n"


def test_a_file_that_cannot_be_pinned_leaves_the_others_pinned(events: Path, tmp_path: Path) -> None:
    copies = Path(shutil.copytree(COPIES, tmp_path / "copies"))
    (copies / "gazette-2021.txt").write_text("Accept our cookies.", encoding="utf-8")
    result = timeline("pin", "--all", copies)
    assert result.exit_code == 1
    assert "gazette-2021.txt yields only 3 words" in result.stderr
    assert {path.stem for path in (events / "registry/pins").iterdir()} == {"radio-2021"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give SOURCE and FILE, or --all FOLDER"),
        (("gazette-2021",), "give SOURCE and FILE, or --all FOLDER"),
        (("gazette-2021", GAZETTE, "--all", COPIES), "give SOURCE and FILE, or --all FOLDER"),
        (("gazette-2012", GAZETTE), "did you mean 'gazette-2021'?"),
        (("gazette-2021", "nowhere.txt"), "'nowhere.txt' does not exist"),
        (
            ("gazette-2021", GAZETTE, "--date", "31.12.2021"),
            "'31.12.2021' is no day: write it as in 2024-05-31",
        ),
    ],
)
def test_misuse_is_answered_with_what_to_write(
    events: Path, arguments: tuple[str | Path, ...], message: str
) -> None:
    result = timeline("pin", *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert not (events / "registry/pins").exists()


def test_copies_are_compared_with_the_pins_that_are_there(events: Path) -> None:
    timeline("pin", "gazette-2021", GAZETTE)
    result = timeline("verify", COPIES)
    assert (result.exit_code, result.output) == (0, "gazette-2021: unchanged (gazette-2021.txt)\n")


def test_a_pin_that_proves_more_stays_unless_it_is_forced(events: Path, tmp_path: Path) -> None:
    timeline("pin", "gazette-2021", GAZETTE)
    pin = events / "registry/pins/gazette-2021.pin"
    before = pin.read_bytes()
    worse = tmp_path / "worse.txt"
    worse.write_text("Quite another text, with words enough. " * 20, encoding="utf-8")
    result = timeline("pin", "gazette-2021", worse)
    assert result.exit_code == 1
    assert (
        "which the pin proves; the pin is as it was. Save the source again, or give --force" in result.stderr
    )
    assert pin.read_bytes() == before
    assert "not found" in timeline("pin", "gazette-2021", worse, "--force").output
    assert pin.read_bytes() != before


def test_nothing_is_pinned_through_a_link(events: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"mine")
    (events / "registry/pins").mkdir()
    (events / "registry/pins/gazette-2021.pin").symlink_to(other)
    result = timeline("pin", "gazette-2021", GAZETTE)
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert other.read_bytes() == b"mine"
