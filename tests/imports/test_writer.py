"""Files of an import: all of them or none, and none of an editor's is touched unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplomatic_timeline.imports.drafts import Draft
from diplomatic_timeline.imports.writer import write
from helpers.sites import tree


def drafts(*ids: str) -> list[Draft]:
    return [Draft(id, 1990, {"title": "New"}) for id in ids]


def record(folder: Path) -> Path:
    (folder / "events" / "1990").mkdir(parents=True)
    (folder / "events" / "registry").mkdir()
    for name in ("1990/b.yml", "registry/people.yml"):
        (folder / "events" / name).write_text("title: Old\n", encoding="utf-8")
    return folder / "events"


@pytest.mark.parametrize("replace", [False, True])
def test_an_import_that_fails_leaves_everything_as_it_was(tmp_path: Path, replace: bool) -> None:
    events = record(tmp_path)
    (events / "1990" / "c.yml" / "x").mkdir(parents=True)  # a folder where a file is to stand
    before = tree(tmp_path)
    with pytest.raises(OSError):  # noqa: PT011, systems name it differently
        write([Draft("z", 1989), *drafts("a", "b", "c" * 300)], events, replace=replace)
    assert tree(tmp_path) == before
    assert sorted(p.name for p in tmp_path.rglob("*")) == [
        "1990",
        "b.yml",
        "c.yml",
        "events",
        "people.yml",
        "registry",
        "x",
    ]


def test_a_file_that_exists_is_replaced_only_when_asked(tmp_path: Path) -> None:
    events = record(tmp_path)
    assert [w.state for w in write(drafts("a", "b"), events)] == ["written", "kept"]
    assert (events / "1990" / "b.yml").read_text(encoding="utf-8") == "title: Old\n"
    assert [w.state for w in write(drafts("a", "b"), events, replace=True)] == ["unchanged", "replaced"]
    assert "title: New" in (events / "1990" / "b.yml").read_text(encoding="utf-8")


def test_a_registry_is_no_event_of_its_name(tmp_path: Path) -> None:
    events = record(tmp_path)
    (written,) = write(drafts("people"), events, replace=True)
    assert written.file == events / "1990" / "people.yml"
    assert (events / "registry" / "people.yml").read_text(encoding="utf-8") == "title: Old\n"
