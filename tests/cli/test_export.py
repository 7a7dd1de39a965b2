"""`timeline export`: the data without the website."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplomatic_timeline.cli.main import main
from helpers.records import REAL, REPOSITORY, SMALL
from helpers.sites import Built, tree


def test_the_files_are_those_of_the_site(tmp_path: Path, built_real: Built) -> None:
    result = CliRunner().invoke(main, ["export", str(tmp_path), "--events", str(REAL)])
    assert result.exit_code == 0, result.output
    site = built_real.tree()
    for path, content in tree(tmp_path).items():
        assert site[path] == content, path
    assert f"{len(tree(tmp_path))} files written" in result.output


def test_name_and_address_may_be_given(tmp_path: Path) -> None:
    options = ["--events", str(SMALL), "--name", "Sound", "--address", "https://example.org/sound"]
    assert CliRunner().invoke(main, ["export", str(tmp_path), *options]).exit_code == 0
    package = json.loads((tmp_path / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["title"], package["homepage"]) == ("Sound", "https://example.org/sound/")


def test_a_record_with_mistakes_is_not_exported(tmp_path: Path) -> None:
    broken = next(f for f in sorted((REPOSITORY / "tests" / "records/broken").glob("date-*")) if f.is_dir())
    result = CliRunner().invoke(main, ["export", str(tmp_path / "out"), "--events", str(broken)])
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", [["import", "timelinejs"], ["export"], ["schema"]])
def test_every_command_says_what_it_does(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert len(result.output) > 150
