"""Edits of files by commands: what is added reads back, and every other byte stays."""

from __future__ import annotations

from difflib import unified_diff
from typing import Any

import pytest

from diplomatic_timeline.imports.yaml_writer import write
from diplomatic_timeline.record.yaml_edits import EditError, with_fields
from diplomatic_timeline.record.yaml_reader import read_document

ORDER = ("title", "quotes", "sources")


def item(text: str) -> str:
    document = read_document("x.yml", text.encode())
    there: Any = document.value if isinstance(document.value, dict) else {}
    fields = {**there, "quotes": [*there.get("quotes", ()), {"id": "b", "text": "words"}]}
    return with_fields(document, {name: fields[name] for name in ORDER if name in fields}, write)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\n", "title: T\nquotes:\n  - id: b\n    text: words\n"),
        ("title: T", "title: T\nquotes:\n  - id: b\n    text: words\n"),
        (
            "title: T\nquotes: []\nsources: [a]\n",
            "title: T\nquotes:\n  - id: b\n    text: words\nsources: [a]\n",
        ),
        (
            "title: >-\n  T\n\n# a comment\nsources: [a]\n",
            "title: >-\n  T\nquotes:\n  - id: b\n    text: words\n\n# a comment\nsources: [a]\n",
        ),
        (
            "quotes:  # all\n- id: a\n  text: >-\n    x\n# the end\nsources: [a]\n",
            "quotes:  # all\n- id: a\n  text: >-\n    x\n- id: b\n  text: words\n# the end\nsources: [a]\n",
        ),
        ("quotes: [{id: a}]\n", "quotes:\n  - id: a\n  - id: b\n    text: words\n"),
        (
            "title: T\r\nquotes:\r\n    - id: a\r\n",
            "title: T\r\nquotes:\r\n    - id: a\r\n    - id: b\r\n      text: words\r\n",
        ),
    ],
)
def test_an_item_stands_last_in_its_list(before: str, after: str) -> None:
    assert item(before) == after


@pytest.mark.parametrize("text", ["{title: T}\n", "title: [\n"])
def test_what_is_not_written_line_by_line_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        item(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "b:\n  name: B\n"),
        ("# none\n{}\n", "# none\nb:\n  name: B\n"),
        ("a:\n  name: A  # first", "a:\n  name: A  # first\nb:\n  name: B\n"),
        ("a:\n  name: A\n# last\n", "a:\n  name: A\nb:\n  name: B\n# last\n"),
    ],
)
def test_an_entry_stands_last_in_its_registry(before: str, after: str) -> None:
    document = read_document("x.yml", before.encode())
    there: Any = document.value or {}
    assert with_fields(document, {**there, "b": {"name": "B"}}, write) == after


EVENT = """\
# ours
title: Old words  # short
date: 1996
summary: >-
  They met.

  They left.
# about people
participants:
  - person: a  # the head
    post: One

  # of the second
  - person: b
    post: Two
issues:
- issue: x
  positions:
    us: {statement: "So, so"}  # as told
  outcome: agreed
sources: [s, t]  # both
mine: kept
"""


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"title": "New: words"}, ["-title: Old words  # short", '+title: "New: words"  # short']),
        ({"sources": ["s"]}, ["-sources: [s, t]  # both", "+sources: [s]  # both"]),
        (
            {"summary": "They met."},
            ["-summary: >-", "-  They met.", "-", "-  They left.", "+summary: They met."],
        ),
        ({"date": None}, ["-date: 1996"]),
        (
            {
                "participants": [
                    {"person": "a", "post": "One"},
                    {"person": "c", "post": "3"},
                    {"person": "b", "post": "2 & more"},
                ]
            },
            ["+  - person: c", '+    post: "3"', "-    post: Two", "+    post: 2 & more"],
        ),
        (
            {"participants": [{"person": "b", "post": "Two"}]},
            ["-  - person: a  # the head", "-    post: One"],
        ),
        (
            {"issues": [{"issue": "x", "raised_by": ["us"], "positions": {"us": {"statement": "So, so"}}}]},
            ["+  raised_by: [us]", "-  outcome: agreed"],
        ),
    ],
)
def test_what_is_edited_changes_and_every_other_line_stays(change: dict[str, Any], lines: list[str]) -> None:
    document = read_document("x.yml", EVENT.encode())
    there: Any = document.value
    fields = {name: value for name, value in {**there, **change}.items() if value is not None}
    order = ["issue", "raised_by", "positions"]
    fields["issues"] = [{n: i[n] for n in (*order, *i) if n in i} for i in fields["issues"]]
    after = with_fields(document, fields, write)
    changed = list(unified_diff(EVENT.splitlines(), after.splitlines(), lineterm="", n=0))
    assert [line for line in changed if not line.startswith(("---", "+++", "@@"))] == lines
    assert with_fields(read_document("x.yml", after.encode()), there, write)  # and back again


def test_what_would_lose_a_comment_is_refused() -> None:
    document = read_document("x.yml", EVENT.encode())
    there: Any = document.value
    for change in (
        {"issues": [{**there["issues"][0], "positions": {"us": {"statement": "Not so"}}}]},
        {"participants": [there["participants"][1], there["participants"][0]]},
    ):
        with pytest.raises(EditError, match="comment"):
            with_fields(document, {**there, **change}, write)
