"""Edits of files by commands: what is added reads back, and every other byte stays."""

from __future__ import annotations

import pytest

from diplomatic_timeline.record.yaml_edits import EditError, with_entry, with_item
from diplomatic_timeline.record.yaml_reader import read_document

ORDER = ("title", "quotes", "sources")


def item(text: str) -> str:
    return with_item(read_document("x.yml", text.encode()), "quotes", "id: b\ntext: words\n", ORDER)


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
        (
            "title: T\r\nquotes:\r\n    - id: a\r\n",
            "title: T\r\nquotes:\r\n    - id: a\r\n    - id: b\r\n      text: words\r\n",
        ),
    ],
)
def test_an_item_stands_last_in_its_list(before: str, after: str) -> None:
    assert item(before) == after


@pytest.mark.parametrize("text", ["quotes: [{id: a}]\n", "{title: T}\n", "title: [\n"])
def test_what_is_not_written_line_by_line_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        item(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "b:\n  name: B\n"),
        ("# none\n{}\n", "# none\nb:\n  name: B\n"),
        ("a:\n  name: A  # first", "a:\n  name: A  # first\nb:\n  name: B\n"),
        ("a:\n  name: A\n# last\n", "a:\n  name: A\n# last\nb:\n  name: B\n"),
    ],
)
def test_an_entry_stands_last_in_its_registry(before: str, after: str) -> None:
    assert with_entry(read_document("x.yml", before.encode()), "b", "name: B\n") == after
