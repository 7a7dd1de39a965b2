"""The JSON Schemas that editors read, and the page on fields."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.model import schema
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.registries import REGISTRIES
from diplomatic_timeline.model.vocabulary import ID_SCHEMA
from diplomatic_timeline.record import schemas
from diplomatic_timeline.record.loader import read_folder
from helpers.records import REAL, REPOSITORY, SMALL

FILES = sorted(REAL.rglob("*.yml"))

EVENT = schema.schemas()["event.schema.json"]


def described() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the fields of every kind of record, by the name of its kind."""
    for found in schema.schemas().values():
        for name, record in {found["title"]: found, **found["definitions"]}.items():
            fields = record.get("anyOf", [record])[-1]
            if "properties" in fields:
                yield name, fields["properties"]


def error_paths(found: dict[str, Any], value: Any) -> list[list[Any]]:
    return [list(e.absolute_path) for e in Draft7Validator(found).iter_errors(value)]


def without_ids(found: Any) -> Any:
    """Return a schema without the ids of a record, which its editors add to."""
    if isinstance(found, list):
        return [without_ids(item) for item in found]
    if not isinstance(found, dict):
        return found
    own = ("enum", "examples") if found.get("title") == ID_SCHEMA["title"] else ()
    return {name: without_ids(value) for name, value in found.items() if name not in own}


def test_the_files_in_the_repository_are_what_the_model_says() -> None:
    written = {p.name: json.loads(p.read_text(encoding="utf-8")) for p in (REAL / schema.FOLDER).iterdir()}
    assert without_ids(written) == without_ids(schema.schemas()), "run: timeline schema"
    assert (REPOSITORY / schema.FIELDS_PAGE).read_text(encoding="utf-8") == schema.fields_page()


@pytest.mark.parametrize("name", schema.schemas())
def test_every_schema_is_a_schema(name: str) -> None:
    found = schema.schemas()[name]
    Draft7Validator.check_schema(found)
    assert (
        found["$id"] == f"urn:diplomatic-timeline:schema:{schema.VERSION}:{name.removesuffix('.schema.json')}"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(REAL).as_posix())
def test_every_file_of_the_record_names_its_schema_in_its_first_line(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == schema.first_line(file, REAL)
    named = (file.parent / first.partition("$schema=")[2]).resolve()
    assert named.is_file()


@pytest.mark.parametrize("folder", [REAL, SMALL], ids=["real", "small"])
def test_a_validator_takes_every_file_of_a_record(folder: Path, tmp_path: Path) -> None:
    """check-jsonschema reads the YAML itself, by the rules of YAML 1.2, as editors do."""
    events = [f for f in sorted(folder.rglob("*.yml")) if f.parent.name != "registry"]
    groups = [("event", events)] + [(k, [folder / "registry" / f"{k}.yml"]) for k in REGISTRIES]
    schemas.write(tmp_path, read_folder(folder))
    for name, files in groups:
        described = tmp_path / schema.FOLDER / f"{name}.schema.json"
        run = subprocess.run(
            [sys.executable, "-m", "check_jsonschema", "--schemafile", described, *files],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"kind": "meting"}, ["kind"]),
        ({"date": "31.05.2024"}, ["date"]),
        ({"sumary": "x"}, []),
        ({"issues": []}, ["issues"]),
        ({"title": " "}, ["title"]),
        ({"related": ["Not An Id"]}, ["related", 0]),
        ({"quotes": [{"id": "q"}]}, ["quotes", 0]),
        (
            {"issues": [{"issue": "a", "positions": {"a": {"statment": "x"}}}]},
            ["issues", 0, "positions", "a"],
        ),
        ({"kind": "todo"}, ["kind"]),
        ({"id": "x"}, []),
    ],
)
def test_a_mistake_is_found_where_it_stands(change: dict[str, Any], path: list[Any]) -> None:
    event = next(iter(read_folder(SMALL).corpus.events.values()))
    fields = {**yaml_writer.plain(event), **change}
    assert path in error_paths(EVENT, fields)


@pytest.mark.parametrize(
    "value",
    [
        2024,
        "2024-05",
        "2023~",
        "202X",
        "20XX",
        "2021-03-XX",
        "2024-21",
        "../2021",
        "2021/",
        "2021-03-18/2021-03-19",
    ],
)
def test_a_date_is_taken_as_the_reader_takes_it(value: Any) -> None:
    parse_date(str(value))
    event = next(iter(read_folder(SMALL).corpus.events.values()))
    assert error_paths(EVENT, {**yaml_writer.plain(event), "date": value}) == []


@pytest.mark.parametrize("value", ["2024-5", "May 2024", "2024-05-31T10:00", "24", "2024~~", ""])
def test_a_date_that_the_reader_refuses_is_refused(value: str) -> None:
    with pytest.raises(DateError):
        parse_date(value)
    event = next(iter(read_folder(SMALL).corpus.events.values()))
    assert error_paths(EVENT, {**yaml_writer.plain(event), "date": value}) == [["date"]]


def test_every_field_is_described_and_stands_on_the_page_on_fields() -> None:
    missing = {
        f"{record}.{name}"
        for record, fields in described()
        for name, field in fields.items()
        if name != "id" and not field.get("description")
    }
    assert missing == set()
    properties = EVENT["properties"]
    for name, field in Event.model_fields.items():
        if field.description and name != "id":
            assert properties[name]["description"] == field.description
    assert properties["date"]["examples"] == ["2021-03-18/2021-03-19", "2024-05", "2023~"]
    assert properties["timezone"]["examples"] == ["Asia/Shanghai"]
    page = schema.fields_page()
    for record, fields in described():
        title = re.sub("(?<!^)[A-Z]", lambda capital: f" {capital[0].lower()}", record)
        section = page.partition(f"# {title}\n")[2].partition("\n#")[0]
        for name in fields:
            assert f"`{name}`" in section, f"{record}.{name}"
    # A text that looks like a number is taken.
    event = next(e for e in read_folder(SMALL).corpus.events.values() if e.quotes)
    fields = yaml_writer.plain(event)
    fields["quotes"][0]["locator"] = 7
    assert error_paths(EVENT, fields) == []
