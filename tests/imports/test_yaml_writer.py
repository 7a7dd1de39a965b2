"""Records as YAML text: what is written reads back as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.model.characters import INVISIBLE
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.yaml_reader import read_document
from helpers.records import REAL, SMALL, rich_timeline

# Texts as records hold them: no characters that cannot be seen, no space at the ends.
TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"), exclude_characters="\ufffd")
    | st.sampled_from("\n \"':#-[]{},&*!|>%@`?~"),
    min_size=1,
).filter(lambda t: t.strip() == t and not INVISIBLE.search(t))


def read_back(text: str) -> Any:
    document = read_document("x", text.encode("utf-8"))
    assert document.diagnostics == [], (text, document.diagnostics)
    return document.value


@given(TEXT, st.sampled_from(["", "word " * 30]))
def test_a_text_reads_back_as_it_was(text: str, more: str) -> None:
    long = (more + text).strip()
    fields = {"title": long, "list": [long, "b"], "rows": [{"a": long, "b": long}], "last": "x"}
    found = read_back(yaml_writer.write(fields, "# first", ["a comment: " + text]))
    assert found["title"].strip() == long
    assert [item.strip() for item in found["list"]] == [long, "b"]
    assert {k: v.strip() for k, v in found["rows"][0].items()} == {"a": long, "b": long}
    assert found["last"] == "x"


@given(TEXT)
def test_another_reader_of_yaml_reads_the_same_text(text: str) -> None:
    found = YAML(typ="safe", pure=True).load(yaml_writer.write({"title": text}))["title"]
    if isinstance(found, str):
        assert found.strip() == text
    else:
        assert parse_date(text)  # a date may stand without quotation marks


@pytest.mark.parametrize(
    "corpus", [read_folder(REAL).corpus, read_folder(SMALL).corpus, rich_timeline().corpus]
)
def test_every_event_person_and_source_of_a_record_reads_back_as_it_was(corpus: Corpus) -> None:
    records: list[Any] = [*corpus.events.values(), *corpus.people.values(), *corpus.sources.values()]
    for record in records:
        found = read_back(yaml_writer.write(yaml_writer.plain(record)))
        assert type(record).model_validate({**found, "id": record.id}) == record


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("A plain title", "A plain title"),
        ("2024-05-31", "2024-05-31"),
        ("2021-03-18/2021-03-19", "2021-03-18/2021-03-19"),
        ("2023~", "2023~"),
        ("1.10", '"1.10"'),
        ("12:30", '"12:30"'),
        ("no", '"no"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ('"quoted"', '"\\"quoted\\""'),
        ("it’s – fine", "it’s – fine"),
        (True, "true"),
        (3, "3"),
    ],
)
def test_a_value_is_quoted_only_where_yaml_would_take_it_for_something_else(value: Any, written: str) -> None:
    assert yaml_writer.write({"x": value}) == f"x: {written}\n"


def test_lines_are_no_longer_than_the_width_and_ids_and_comments_stand_on_one() -> None:
    text = yaml_writer.write({"summary": "word " * 100 + "end", "rows": [{"note": "word " * 100 + "end"}]})
    assert max(map(len, text.splitlines())) <= yaml_writer.WIDTH
    assert yaml_writer.write({"related": ["a", "b-c"]}) == "related: [a, b-c]\n"
    many = [f"a-rather-long-id-{n}" for n in range(10)]
    assert yaml_writer.write({"related": many}).startswith("related:\n  - a-rather-long-id-0\n")
    assert (
        yaml_writer.write({"a": "b"}, "# first", ["one\ntwo", "three"])
        == "# first\na: b\n# one two\n# three\n"
    )
