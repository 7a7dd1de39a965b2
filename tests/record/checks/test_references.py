"""References: what stands in the place of an id."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from diplomatic_timeline.record.checks.references import REFERENCES
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import KEYS
from helpers.records import SMALL

READING = read_folder(SMALL)
WRITTEN = [r for r in REFERENCES if next(READING.texts(r[0], r[1]), None) is not None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("references") / SMALL.name))


@pytest.mark.parametrize(
    ("kind", "pattern", "code"),
    [(r[0], r[1], r[3].code) for r in WRITTEN],
    ids=lambda v: v if isinstance(v, str) else ".".join(v),
)
@pytest.mark.parametrize("text", ["No Such Name", "王毅"])
def test_what_is_no_id_is_one_error_wherever_it_refers_to_something(
    folder: Path, kind: str, pattern: FieldPath, code: str, text: str
) -> None:
    where, id = next(READING.texts(kind, pattern))
    at = READING.locate(where, key=pattern[-1] == KEYS)
    file = folder / Path(at.file).relative_to(SMALL)
    before = file.read_bytes()
    lines = before.decode().splitlines(keepends=True)
    line = lines[at.line - 1]
    lines[at.line - 1] = line[: at.column - 1] + line[at.column - 1 :].replace(id, text, 1)
    file.write_text("".join(lines), encoding="utf-8")
    found = [d for d in read_folder(folder).diagnostics if d.severity == "error"]
    file.write_bytes(before)
    assert [(d.code, d.position.line) for d in found] == [(code, at.line)]
