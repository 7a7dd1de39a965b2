"""The data package, validated by frictionless."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.views.timeline import Timeline
from helpers.sites import data_of


def write(timeline: Timeline, folder: Path) -> Path:
    for file in data_of(timeline, Imprint("Sound", "https://example.org/sound/")):
        (folder / file.name).write_bytes(file.content())
    return folder / "datapackage.json"


@pytest.mark.filterwarnings("ignore")  # of frictionless and what it stands on
@pytest.mark.parametrize("record", ["small", "real"])
def test_the_package_its_tables_and_their_references_are_valid(
    record: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from frictionless import Package, system

    with system.use_context(trusted=True):
        package = Package(str(write(request.getfixturevalue(record), tmp_path)))
        report = package.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])
    tables = [r for r in package.resources if r.path and r.path.endswith(".csv")]
    assert len(tables) == 12
    assert all(r.schema.fields for r in tables)


@pytest.mark.filterwarnings("ignore")
def test_frictionless_sees_a_reference_that_leads_nowhere(tmp_path: Path, small: Timeline) -> None:
    from frictionless import Package, system

    described = write(small, tmp_path)
    quotes = tmp_path / "quotes.csv"
    quotes.write_bytes(quotes.read_bytes().replace(b"lantern-1996-04-04", b"no-such-source"))
    with system.use_context(trusted=True):
        report = Package(str(described)).validate()
    assert "foreign-key" in {row[0] for row in report.flatten(["type"])}


def test_sizes_and_digests_are_those_of_the_files(tmp_path: Path, real: Timeline) -> None:
    package = json.loads(write(real, tmp_path).read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
    assert {r["path"] for r in package["resources"]} | {"datapackage.json"} == {
        p.name for p in tmp_path.iterdir()
    }
    names = [r["name"] for r in package["resources"]]
    assert len(set(names)) == len(names)
