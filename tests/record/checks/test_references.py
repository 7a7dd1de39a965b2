"""References between records: what counts as known, and what an unknown one is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from diplomatic_timeline.model.diagnostics import Diagnostic
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.reading import Reading
from helpers.records import BROKEN

BASE = BROKEN / "_base"
TALKS = "2021/2021-03-01-port-vale.yml"
FERRY = "2021/2021-05-ferry.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a sound record that a test may change."""
    return Path(shutil.copytree(BASE, tmp_path / "events"))


def change(folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (folder / name).write_text(text, encoding="utf-8")


def found(reading: Reading) -> list[Diagnostic]:
    return [d for d in reading.diagnostics if d.code != "unpinned"]


def codes(folder: Path) -> list[str]:
    return [d.code for d in found(read_folder(folder))]


def test_a_record_that_does_not_validate_can_still_be_referred_to(folder: Path) -> None:
    change(folder, "registry/people.yml", ("party: norland", "prty: norland"))
    change(folder, "registry/sources.yml", ("kind: press", "kind: paper"))
    assert codes(folder) == ["unknown-field", "unknown-value"]


def test_an_event_that_does_not_validate_can_still_be_referred_to(folder: Path) -> None:
    change(folder, FERRY, ("kind: measure", "kind: mesure"))
    change(folder, TALKS, ("        quotes: [holm-count]", "        quotes: [holm-count, brandt-ferry]"))
    assert codes(folder) == ["unknown-value"]


def test_the_references_of_an_event_that_does_not_validate_are_looked_up_all_the_same(folder: Path) -> None:
    change(folder, FERRY, ("kind: measure", "kind: mesure"), ("via: vale-radio", "via: vale-tv"))
    assert codes(folder) == ["unknown-value", "unknown-speaker"]


@pytest.mark.parametrize("kind", ["parties", "people", "organizations", "places", "issues", "sources"])
def test_a_registry_that_cannot_be_read_leaves_references_into_it_open(folder: Path, kind: str) -> None:
    (folder / "registry" / f"{kind}.yml").write_text('x: "\n', encoding="utf-8")
    assert codes(folder) == ["unclosed-quote"]


def test_an_event_that_cannot_be_read_leaves_references_to_its_quotes_open(folder: Path) -> None:
    change(folder, TALKS, ("        quotes: [holm-count]", "        quotes: [holm-count, brandt-ferry]"))
    change(folder, FERRY, ("title: The ferry", 'title: "The ferry'))
    assert codes(folder) == ["unclosed-quote"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  - id: brandt-ferry\n    speaker", "  - speaker", ["missing-field"]),
        (
            "quotes:\n  - id: brandt-ferry\n    speaker",
            "quotes:\n    id: brandt-ferry\n    speaker",
            ["wrong-type"],
        ),
        ("sources: [radio-2021]", "sources: [radio-2021]\nquotes: []", ["duplicate-key"]),
    ],
)
def test_quotes_whose_ids_cannot_be_told_leave_references_to_them_open(
    folder: Path, old: str, new: str, expected: list[str]
) -> None:
    change(folder, TALKS, ("        quotes: [holm-count]", "        quotes: [holm-count, brandt-ferry]"))
    change(folder, FERRY, (old, new))
    assert codes(folder) == expected


def test_an_id_that_is_badly_written_is_reported_where_it_stands_alone(folder: Path) -> None:
    change(folder, "registry/parties.yml", ("sudmark:", "Sud_mark:"))
    assert codes(folder) == ["bad-id"]


def test_a_reference_that_is_no_id_is_one_finding(folder: Path) -> None:
    change(folder, FERRY, ("speaker: otto-brandt", "speaker: Otto Brandt"))
    assert codes(folder) == ["bad-id"]


def test_a_position_may_rest_on_a_quote_of_another_event(folder: Path) -> None:
    change(folder, TALKS, ("        quotes: [holm-count]", "        quotes: [holm-count, brandt-ferry]"))
    assert codes(folder) == []


def test_evidence_is_an_event_or_a_source(folder: Path) -> None:
    change(folder, TALKS, ("status: open", "status: fulfilled\n    evidence: [2021-05-ferry, radio-2021]"))
    assert codes(folder) == []


def test_an_organization_may_speak(folder: Path) -> None:
    change(folder, FERRY, ("speaker: otto-brandt\n    post: Chancellor", "speaker: vale-radio"))
    assert codes(folder) == []


def test_an_organization_cannot_take_part_in_a_persons_place(folder: Path) -> None:
    change(folder, TALKS, ("person: eva-holm", "person: vale-radio"))
    (finding,) = found(read_folder(folder))
    assert finding.code == "unknown-person"
    assert finding.help == "'vale-radio' is the id of an organization; add it to events/registry/people.yml"


def test_an_old_id_is_answered_with_the_new_one(folder: Path) -> None:
    change(folder, TALKS, ("status: open", "status: fulfilled\n    evidence: [2021-port-vale]"))
    (finding,) = found(read_folder(folder))
    assert (finding.code, finding.help) == (
        "unknown-evidence",
        "it is an old id of '2021-03-01-port-vale': write that",
    )


def test_every_reference_of_a_list_is_looked_up(folder: Path) -> None:
    change(folder, TALKS, ("[norland, sudmark]", "[norlan, sudmarc, norland]"))
    assert codes(folder) == ["unknown-party", "unknown-party"]
