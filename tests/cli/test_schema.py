"""`timeline schema`: the files that are written from the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplomatic_timeline.record.yaml_reader import read_document
from helpers.commands import timeline


@pytest.mark.parametrize("folder", ["events", "record"])
def test_the_command_writes_what_is_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(f"plugins: [timeline: {{events: {folder}}}]", encoding="utf-8")
    (tmp_path / "docs/contribute").mkdir(parents=True)
    outdated = timeline("schema", "--check")
    assert outdated.exit_code == 1
    assert "docs/contribute/fields.md: out of date" in outdated.output
    assert not (tmp_path / folder).exists()
    assert f"{folder}/schema/event.schema.json: written" in timeline("schema").output
    assert timeline("schema", "--check").exit_code == 0
    found = read_document("x", (tmp_path / folder / "schema/event.schema.json").read_bytes())
    assert not found.diagnostics


def test_the_page_on_fields_is_written_where_there_are_pages_for_contributors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert timeline("schema").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["events"]
