"""`timeline export`: the data without the website."""

from __future__ import annotations

import json
from pathlib import Path

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
