"""`timeline brief` as an official uses it, and what it answers when something is wrong."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

from helpers.briefings import pages
from helpers.commands import timeline
from helpers.records import REAL, SMALL, skip_unless_published


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SMALL, tmp_path / "events")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: The Sound\nplugins:\n  - search\n  - timeline:\n      marking: Hand to hand\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def brief(*arguments: object) -> Result:
    return timeline("brief", *arguments)


def test_one_command_prints_a_selection(project: Path) -> None:
    result = brief("--issue", "herring-quota", "-o", "herring.pdf")
    assert result.exit_code == 0, result.output
    text = "".join(pages((project / "herring.pdf").read_bytes()))
    assert "Herring quota" in text
    assert "The Sound" in text
    assert "Hand to hand" in text
    assert result.output == f"herring.pdf: {len(pages((project / 'herring.pdf').read_bytes()))} pages, " + (
        f"{-(-(project / 'herring.pdf').stat().st_size // 1000)} kB\n"
    )


def test_the_same_record_gives_the_same_bytes_with_and_without_the_shelf(project: Path) -> None:
    assert brief("--all", "-o", "a.pdf").exit_code == 0
    assert brief("--all", "-o", "b.pdf").exit_code == 0
    shutil.rmtree(project / ".cache")
    assert brief("--all", "-o", "c.pdf").exit_code == 0
    assert (project / "a.pdf").read_bytes() == (project / "b.pdf").read_bytes()
    assert (project / "a.pdf").read_bytes() == (project / "c.pdf").read_bytes()


def test_options_change_title_marking_paper_and_form(project: Path) -> None:
    options = ("--title", "For the minister", "--marking", "", "--paper", "us-letter", "--one-page")
    result = brief("--all", *options, "--as-of", "1998-01-02", "-o", "sheet.pdf")
    assert result.exit_code == 0, result.output
    found = pages((project / "sheet.pdf").read_bytes())
    assert len(found) == 1
    assert "For the minister" in found[0]
    assert "Hand to hand" not in found[0]
    assert "Record through 30 June 1997 · read on 2 January 1998, 6 months later" in found[0].replace(
        "\xa0", " "
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "nothing is selected: give --event"),
        (("--all", "--issue", "fisheries"), "--all stands for the whole record"),
        (("--issue", "herring-qota"), "did you mean 'herring-quota'?"),
        (("--all", "--until", "1990"), "--all stands"),
        (("--until", "1990"), "no event of the record is in this selection"),
        (("--since", "31.5.2024"), "write '2024-05-31'"),
        (("--all", "--events", "evnts"), "Directory 'evnts' does not exist"),
        (("--all", "-o", "nowhere/x.pdf"), "there is no folder nowhere; nothing was written"),
        (("--all", "--lang", "xx"), "'xx' is not"),
        (("--meeting", "ada-thorn", "ada-torn"), "did you mean 'ada-thorn'?"),
        (("--meeting", "ada-thorn", "ada-thorn"), "have not met in this record"),
        (("--meeting", "ada-thorn", "ada-thorn", "--all"), "leave out the other options"),
    ],
)
def test_misuse_is_answered_with_what_to_write(
    project: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = brief(*arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert not (project / "briefing.pdf").exists()


def test_a_character_that_no_font_has_is_named_with_file_and_line(project: Path) -> None:
    path = project / "events" / "1997" / "1997-grey-skerry.yml"
    text = path.read_text(encoding="utf-8").replace("keep the light on", "keep ก on")
    path.write_text(text, encoding="utf-8")
    (project / "briefing.pdf").write_bytes(b"before")
    result = brief("--all", "--force")
    assert result.exit_code == 1
    assert "U+0E01 'ก' THAI CHARACTER KO KAI" in result.output
    assert "events/1997/1997-grey-skerry.yml:1:" in result.output
    assert (project / "briefing.pdf").read_bytes() == b"before"


def test_what_would_be_printed_can_be_had_as_json(project: Path) -> None:
    result = brief("--issue", "herring-quota", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["heading"] == "Herring quota"
    assert not (project / "briefing.pdf").exists()


def test_where_there_is_no_screen_to_open_it_on_the_file_is_written_and_that_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    result = brief("--issue", "herring-quota", "--one-page", "--open")
    assert result.exit_code == 0
    assert "briefing.pdf is written, but there is nothing here to open it with" in result.output
    assert (project / "briefing.pdf").exists()


def test_a_record_with_mistakes_is_not_printed(project: Path) -> None:
    path = project / "events" / "1997" / "1997-grey-skerry.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("ada-thorn", "ada-torn"), encoding="utf-8")
    result = brief("--all")
    assert result.exit_code == 1
    assert "did you mean 'ada-thorn'" in result.output
    assert not (project / "briefing.pdf").exists()


@pytest.mark.parametrize("step", ["write", "replace"])
def test_a_full_disk_leaves_the_file_that_was_there(
    project: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert brief("--all", "-o", "a.pdf").exit_code == 0
    before = (project / "a.pdf").read_bytes()
    monkeypatch.setattr(os, "fchmod" if step == "write" else "replace", full)
    result = brief("--issue", "fisheries", "-o", "a.pdf", "--force")
    assert result.exit_code == 1
    assert (
        "a.pdf: the disk is full: make room, then run this again; the file there is as it was"
        in result.output
    )
    assert (project / "a.pdf").read_bytes() == before
    assert [p.name for p in project.iterdir() if p.name.startswith(".new-")] == []


def test_a_file_that_exists_is_replaced_on_demand_only(project: Path) -> None:
    (project / "briefing.pdf").write_bytes(b"before")
    result = brief("--issue", "fisheries", "--one-page")
    assert result.exit_code == 1
    assert "briefing.pdf exists already: give another name, or --force to replace it" in result.output
    assert (project / "briefing.pdf").read_bytes() == b"before"
    assert brief("--issue", "fisheries", "--one-page", "--force").exit_code == 0
    assert (project / "briefing.pdf").read_bytes().startswith(b"%PDF")


def test_a_large_selection_becomes_volumes(project: Path) -> None:
    fields = yaml.safe_load(Path("events/1997/1997-grey-skerry.yml").read_text(encoding="utf-8"))
    for name in ("quotes", "commitments", "aliases", "related"):
        fields.pop(name, None)
    fields["issues"] = [{"issue": "fisheries"}]
    for year in range(1900, 1961):
        fields["date"], path = f"{year}-05-04", Path(f"events/{year}/{year}-talks.yml")
        path.parent.mkdir()
        path.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    result = brief("--all", "-o", "sound.pdf")
    assert result.exit_code == 0, result.output
    first, second, last = result.output.splitlines()
    span = re.match(r"sound-1\.pdf: volume 1 of 2, (\d{4}–\d{4}); \d+ pages, [\d,]+ kB$", first)
    assert span
    assert second.startswith("sound-2.pdf: volume 2 of 2, ")
    assert last.startswith("2 volumes: ")
    assert f"Volume 1 of 2: {span[1]}" in pages(Path("sound-1.pdf").read_bytes())[0]
    assert Path("sound-2.pdf").exists()
    assert not Path("sound.pdf").exists()


def test_the_real_record_prints_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_unless_published(REAL)
    monkeypatch.chdir(tmp_path)
    result = brief("--person", "wang-yi", "--since", "2024", "--events", REAL, "-o", "wang.pdf")
    assert result.exit_code == 0, result.output
    assert "王毅" in "".join(pages((tmp_path / "wang.pdf").read_bytes()))
