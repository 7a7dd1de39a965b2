"""Files written the plain way, read without the parser: always as the parser reads them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplomatic_timeline.record.yaml_reader import read_document, read_plain
from helpers.records import REAL, REPOSITORY, SMALL

FILES = sorted(path for folder in (REAL, SMALL) for path in folder.rglob("*.yml"))
BROKEN = sorted((REPOSITORY / "tests" / "records/broken").rglob("*.yml"))


def agrees(data: bytes) -> bool:
    """Return whether a text is read by lines; if it is, it must be what the parser reads, and be sound."""
    plain = read_plain(data)
    if plain is None:
        return False
    document = read_document("a.yml", data)
    assert not document.diagnostics
    assert not document.has_nulls
    assert document.value == plain
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_of_both_records_are_read_by_lines(path: Path) -> None:
    assert agrees(path.read_bytes())


def test_no_broken_file_is_read_otherwise_than_by_the_parser() -> None:
    assert len(BROKEN) > 100
    for path in BROKEN:
        agrees(path.read_bytes())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\nc:\n  - d\n  - e f\n", {"a": "b", "c": ["d", "e f"]}),
        ("a:\n  - b: 1\n    c: 2\n  - b: 3\n", {"a": [{"b": "1", "c": "2"}, {"b": "3"}]}),
        ("a: [b, c d]\ne: []\n", {"a": ["b", "c d"], "e": []}),
        ('a: ["1-2", b, \'no\', " c "]\n', {"a": ["1-2", "b", "no", " c "]}),
        (
            "a: >-\n  one\n  two\n\n  three\nb: |\n  one\n\n  two\n\n\n",
            {"a": "one two\nthree", "b": "one\n\ntwo\n"},
        ),
        ("a: 'b: c'\nd: \"e # f\"\n", {"a": "b: c", "d": "e # f"}),
        ("# a\na:\n  # b\n\n  b: NO\n", {"a": {"b": "NO"}}),
    ],
)
def test_what_is_plain_is_read(text: str, expected: object) -> None:
    assert read_plain(text.encode()) == expected
    assert agrees(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a:\n",
        "a: ~\n",
        "a: null\n",
        "a: todo\n",
        "a: 'todo'\n",
        "a: b # c\n",
        "a: b #c\n",
        "a: b: c\n",
        "a: &b c\n",
        "a: b\na: c\n",
        "a: b\n  c\n",
        "a: |\n  b\n c\n",
        "a: >\n  b\n   c\n",
        "a: {b: c}\n",
        "a: [b, [c]]\n",
        "? a\n: b\n",
        "a: b\n---\na: c\n",
        "a:\tb\n",
        "a: b",
        "- a\n",
        "a: !b c\n",
        "a: ''\n",
        "a: ['todo']\n",
        "a: [\"b']\n",
        "a: ['b, c']\n",
        "a:\n- b\n",
        'a: "\\u0041"\n',
        "null: a\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(text: str) -> None:
    assert read_plain(text.encode()) is None


SCRAPS = [
    " ",
    "  ",
    "\n",
    "\n\n",
    ":",
    ": ",
    "- ",
    "-",
    "#",
    " #",
    "# ",
    "'",
    '"',
    "[",
    "]",
    ", ",
    "|",
    ">-",
    ">",
    "|-\n",
    "&",
    "*",
    "!",
    "%",
    "@",
    "`",
    "{",
    "}",
    "?",
    "~",
    "null",
    "todo",
    "---\n",
    "...\n",
    "\t",
    "\r",
    "\\",
    "é",
    "盐",
    "\xa0",
    "a: b\n",
    "  a: b\n",
    "- a\n",
    "    - a: b\n",
    "a:\n",
    "<<: a\n",
    "\u2028",
    "\x85",
]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 2**32), st.lists(st.sampled_from(SCRAPS), max_size=4))
def test_a_file_with_random_edits_is_read_as_by_the_parser_or_left_to_it(
    path: Path, seed: int, scraps: list[str]
) -> None:
    chance = random.Random(seed)
    text = path.read_text(encoding="utf-8")
    for scrap in scraps:
        at = chance.randrange(len(text) + 1)
        text = text[:at] + scrap + text[at + chance.choice((0, 0, 1, 2, 5)) :]
    agrees(text.encode())


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from([*SCRAPS, "a", "b", "a: ", "b:", "\n  ", "\n    ", "\n- "]), max_size=14))
def test_scraps_put_together_are_read_as_by_the_parser_or_left_to_it(scraps: list[str]) -> None:
    agrees(("".join(scraps) + "\n").encode())
