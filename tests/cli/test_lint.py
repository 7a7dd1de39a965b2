"""`timeline lint`: what can only mean one thing is mended, and nothing else is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplomatic_timeline.cli.main import main
from helpers.records import BROKEN

VISIT = """\
title: Eva Holm visits the port  # the second time
date: 2022-01-01
kind: visit
level: minister
place: port-vale
summary: She came by ship.
participants:
  - person: eva-holm
    party: norland
    post: Foreign Minister
issues:
  - issue: transport
sources: [radio-2021]
"""


@pytest.fixture
def visit(tmp_path: Path) -> Path:
    """An event of a sound record, to be written."""
    shutil.copytree(BROKEN / "_base", tmp_path / "events")
    (tmp_path / "events" / "2022").mkdir()
    return tmp_path / "events" / "2022" / "2022-01-01-visit.yml"


def lint(visit: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["lint", "--events", str(visit.parents[1]), *options])
    return result.exit_code, result.output


def test_what_is_certain_is_mended_and_all_else_is_left(visit: Path) -> None:
    mistaken = VISIT.replace("place: port-vale", "location: Port Vale").replace("eva-holm", "Holm")
    mistaken = mistaken.replace("date: 2022-01-01", "date: 1 January 2022").replace(
        ": norland", ": Norlandic"
    )
    visit.write_bytes(mistaken.replace("\n", "\r\n").encode())
    code, said = lint(visit)
    assert code == 1
    assert "2022-01-01-visit.yml:2: 1 January 2022 → 2022-01-01" in said
    assert visit.read_bytes() == mistaken.replace("\n", "\r\n").encode()
    code, said = lint(visit, "--fix")
    assert (code, said.splitlines()[-1]) == (0, "5 mended; no mistakes are left")
    assert visit.read_bytes() == VISIT.replace("\n", "\r\n").encode()


def test_a_mark_before_the_first_line_stays_there(visit: Path) -> None:
    visit.write_text(VISIT.replace("title:", "headline:"), encoding="utf-8-sig")
    assert lint(visit, "--fix") == (0, f"{visit}:1: headline → title\n1 mended; no mistakes are left\n")
    assert visit.read_bytes() == VISIT.encode("utf-8-sig")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("date: 2022-01-01", "date: 1/2/2022"),  # two days
        ("person: eva-holm", "person: eva-hulm"),  # near, and not the same
        ("issue: transport", "issue: harbour"),
        # In more than one line, a text takes an editor.
        ("summary: She came by ship.", "summary: “She came\n  by ship.”"),
        ("summary: She came by ship.", "summary: |\n  “She came by ship.”"),
    ],
)
def test_what_takes_a_decision_is_left_to_the_editor(visit: Path, right: str, wrong: str) -> None:
    visit.write_text(VISIT.replace(right, wrong), encoding="utf-8")
    code, said = lint(visit, "--fix")
    assert (code, said) == (0, "0 mended; timeline check tells the rest\n")
    assert wrong in visit.read_text(encoding="utf-8")
