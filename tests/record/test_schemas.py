"""The schemas of a record: its own ids complete, and an unknown one is marked."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.record import schemas
from diplomatic_timeline.record.checks.references import REFERENCES
from diplomatic_timeline.record.loader import read_folder
from helpers.commands import timeline
from helpers.records import SMALL

READING = read_folder(SMALL)
EVENT = schemas.with_ids(READING)["event.schema.json"]


def errors(change: dict[str, Any]) -> list[list[Any]]:
    """Return where the schema marks an event of the record after a change."""
    fields = {**yaml_writer.plain(READING.corpus.events["1996-04-02-saltholm"]), **change}
    return [list(error.absolute_path) for error in Draft7Validator(EVENT).iter_errors(fields)]


@pytest.mark.parametrize(
    ("change", "marked"),
    [
        ({}, []),
        ({"place": "nowhere"}, [["place"]]),
        ({"sources": ["saltholm-communique", "nothing"]}, [["sources", 1]]),
        ({"related": ["1995-north-ferry"]}, []),
        ({"related": ["1995-south-ferry"]}, [["related", 0]]),
        ({"issues": [{"issue": "herring-quota", "raised_by": ["nobody"]}]}, [["issues", 0, "raised_by", 0]]),
        (
            {"issues": [{"issue": "fisheries", "positions": {"nobody": {"statement": "x"}}}]},
            [["issues", 0, "positions"]],
        ),
    ],
)
def test_an_id_that_the_record_does_not_have_is_marked_where_it_stands(
    change: dict[str, Any], marked: list[list[Any]]
) -> None:
    assert errors(change) == marked


def test_every_reference_that_the_checks_know_completes() -> None:
    found = str(schemas.with_ids(READING))
    wanted = {id for *_, target in REFERENCES for id in READING.ids(target.kinds)}
    assert [id for id in sorted(wanted) if f"'{id}'" not in found] == []


def test_quotations_complete_and_are_not_insisted_on() -> None:
    position = EVENT["definitions"]["PartyPosition"]["properties"]["quotes"]["items"]
    assert "lin-no-ship" in position["examples"]
    assert "enum" not in position


def test_what_new_adds_is_known_to_editors_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, tmp_path / "events")
    assert timeline("schema").exit_code == 0
    assert timeline("new", "place", "--name", "Lima").exit_code == 0
    assert '"lima"' in Path("events/schema/event.schema.json").read_text(encoding="utf-8")
    assert timeline("schema", "--check").exit_code == 0
