"""The record in a notebook."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import assert_type

import pytest

from diplomatic_timeline import load
from diplomatic_timeline.model.records import Event, Quote
from diplomatic_timeline.notebook import RecordError, RecordView
from diplomatic_timeline.views.timeline import Said
from helpers.records import REAL, REPOSITORY, SMALL, skip_unless_published


def test_the_example_of_the_documentation_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    skip_unless_published(REAL)
    monkeypatch.chdir(REPOSITORY)
    page = (REPOSITORY / "docs" / "data" / "notebook.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "notebook.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "Austin and Dong meet in Singapore" in printed
    assert "pretext" in printed
    assert isinstance(names["record"], RecordView)


def test_events_and_quotes_are_typed_and_views_those_of_the_site() -> None:
    record = load(REAL)
    assert_type(record, RecordView)
    assert_type(record.events, dict[str, Event])
    assert_type(record.quotes, dict[str, Said])
    said = next(iter(record.quotes.values()))
    assert_type(said.quote, Quote)
    assert isinstance(said.quote, Quote)
    record = load(SMALL)
    assert [row.event.id for row in record.view.ledger("fisheries")] == list(
        record.events_of_issue["fisheries"]
    )
    assert [row["id"] for row in record.rows("quotes")] == list(record.quotes)


def test_a_record_with_mistakes_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="missing-file"):
        load(tmp_path)
    with pytest.raises(RecordError, match="there is no folder"):
        load(tmp_path / "nowhere")


def test_importing_the_package_imports_nothing_else() -> None:
    heavy = "('diplomatic_timeline', 'pydantic', 'yaml', 'mkdocs')"
    code = f"import sys, diplomatic_timeline; print(sorted(m for m in sys.modules if m.startswith({heavy})))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['diplomatic_timeline']"
