"""`timeline export`: the data without the website."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.commands import timeline
from helpers.records import REAL, REPOSITORY, SMALL
from helpers.sites import Built, tree


def test_the_files_are_those_of_the_site(tmp_path: Path, built_real: Built) -> None:
    result = timeline("export", tmp_path, "--events", REAL)
    assert result.exit_code == 0, result.output
    site = built_real.tree()
    for path, content in tree(tmp_path).items():
        assert site[path] == content, path
    assert f"{len(tree(tmp_path))} files written" in result.output


def test_name_and_address_may_be_given(tmp_path: Path) -> None:
    options = ("--events", SMALL, "--name", "Sound", "--address", "https://example.org/sound")
    assert timeline("export", tmp_path, *options).exit_code == 0
    package = json.loads((tmp_path / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["title"], package["homepage"]) == ("Sound", "https://example.org/sound/")


def test_a_record_with_mistakes_is_not_exported(tmp_path: Path) -> None:
    broken = next(f for f in sorted((REPOSITORY / "tests" / "records/broken").glob("date-*")) if f.is_dir())
    result = timeline("export", tmp_path / "out", "--events", broken)
    assert result.exit_code == 1
    assert "error[" in result.stderr
    assert "the record has mistakes; nothing was written" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_with_files_in_it_is_written_to_on_demand_only(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("mine", encoding="ascii")
    result = timeline("export", tmp_path, "--events", SMALL)
    assert result.exit_code == 1
    assert "is not empty: name another folder, or give --force to replace its files" in result.output
    assert list(tmp_path.iterdir()) == [own]
    assert timeline("export", tmp_path, "--events", SMALL, "--force").exit_code == 0
    assert own.read_text(encoding="ascii") == "mine"


@pytest.mark.parametrize("name", ["out", "out/data"])
def test_nothing_is_exported_through_a_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    result = timeline("export", tmp_path / "out", "--events", SMALL, "--force")
    assert result.exit_code == 1
    assert "nothing is written through" in result.output
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("address", ["https://example.org/\r\nX: y", "javascript:alert(1)", "example.org"])
def test_what_is_no_address_is_refused(tmp_path: Path, address: str) -> None:
    result = timeline("export", tmp_path / "out", "--events", SMALL, "--address", address)
    assert result.exit_code == 2
    assert "is no address: write it as in https://example.org/record/" in result.output
    assert "\r" not in result.output
