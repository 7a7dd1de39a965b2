"""YAML text to values that know where they stand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from diplomatic_timeline.model.diagnostics import Position
from diplomatic_timeline.record.nodes import Document, FieldPath, MappingNode, SequenceNode, Unread
from diplomatic_timeline.record.yaml_reader import read_document
from helpers.records import REAL, SMALL

FILES = sorted(path for folder in (REAL, SMALL) for path in folder.rglob("*.yml"))


def document(text: str) -> Document:
    return read_document("a.yml", dedent(text).encode("utf-8"))


def value(text: str) -> object:
    return document(text).value


def place(text: str, *path: str | int, key: bool = False) -> tuple[int, int, int]:
    position = document(text).position(path, key=key)
    assert position.file == "a.yml"
    return position.line, position.column, position.length


def codes(text: str) -> list[str]:
    return [d.code for d in document(text).diagnostics]


@pytest.mark.parametrize("word", "NO yes on off y true 12:30 1.10 010 0x1F 1e3 2024-05-31 +1 .inf <".split())
def test_a_plain_word_stays_text(word: str) -> None:
    assert value(f"a: {word}\n") == {"a": word}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_an_empty_value_is_nothing(nothing: str) -> None:
    read = document(f"a: {nothing}\n")
    assert read.value == {"a": None}
    assert read.has_nulls


@pytest.mark.parametrize("text", ["''", '""', "'null'", '"~"'])
def test_a_quoted_value_is_text_even_if_it_looks_like_nothing(text: str) -> None:
    assert value(f"a: {text}\n") == {"a": text[1:-1]}


def test_keys_are_text_in_both_styles_of_lists_and_mappings() -> None:
    assert value("1: a\nyes: b\nnull_: c\n") == {"1": "a", "yes": "b", "null_": "c"}
    block = value("a:\n  - b: 1\n    c: 2\n  - [d, e]\n")
    assert block == value("a: [{b: 1, c: 2}, [d, e]]\n") == {"a": [{"b": "1", "c": "2"}, ["d", "e"]]}
    assert isinstance(block, MappingNode)
    assert isinstance(block["a"], SequenceNode)
    # A byte order mark is no part of the text.
    read = read_document("a.yml", b"\xef\xbb\xbfa: x\n")
    assert read.value == {"a": "x"}
    assert read.position(("a",), key=True).column == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: >-\n  one\n  two\n", "one two"),
        ("a: |\n  one\n  two\n", "one\ntwo\n"),
        ("a: one\n  two\n", "one two"),
        ('a: "one\n  two"\n', "one two"),
        ("a: 'it''s'\n", "it's"),
        ('a: "tab\\tquote\\" é\\u00e9"\n', 'tab\tquote" éé'),
    ],
)
def test_each_way_to_write_a_text_is_read(text: str, expected: str) -> None:
    assert value(text) == {"a": expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n- b\n- c d\n", {"a": ["b", "c d"]}),
        ("a: [b, c d]\ne: []\n", {"a": ["b", "c d"], "e": []}),
        ('a: ["1-2", b, \'no\', " c "]\n', {"a": ["1-2", "b", "no", " c "]}),
        (
            "a: >-\n  one\n  two\n\n  three\nb: |\n  one\n\n  two\n\n\n",
            {"a": "one two\nthree", "b": "one\n\ntwo\n"},
        ),
        ("a: 'b: c'\nd: \"e # f\"\n", {"a": "b: c", "d": "e # f"}),
        ("# a\na:\n  # b\n\n  b: NO # c\n", {"a": {"b": "NO"}}),
        ("? a\n: b\n", {"a": "b"}),
        ("a: b", {"a": "b"}),
    ],
)
def test_what_events_are_written_in_is_read(text: str, expected: object) -> None:
    read = read_document("a.yml", text.encode())
    assert read.value == expected
    assert read.diagnostics == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_of_both_records_are_read_as_another_reader_of_yaml_reads_them(path: Path) -> None:
    data = path.read_bytes()
    assert read_document("a.yml", data).value == YAML(typ="base", pure=True).load(data)


SAMPLE = """\
    # a comment
    title: Three flags
    place: 盐岛  # where
    native: [盐岛, 林海]
    summary: |
      One.
      Two.
    quoted: "two
      lines"
    folded: plain text
      goes on
    people:
      - person: ada
        post: Minister
      -
        person: lin
        post: ''
    none:
    flow: {a: 1, b: [x, "y"]}
    """


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("title",), (2, 8, 11)),
        (("place",), (3, 8, 2)),
        (("native",), (4, 9, 8)),
        (("native", 0), (4, 10, 2)),
        (("native", 1), (4, 14, 2)),
        (("summary",), (5, 10, 1)),
        (("quoted",), (8, 9, 4)),
        (("folded",), (10, 9, 10)),
        (("people",), (13, 3, 13)),
        (("people", 0), (13, 5, 11)),
        (("people", 0, "person"), (13, 13, 3)),
        (("people", 0, "post"), (14, 11, 8)),
        (("people", 1), (16, 5, 11)),
        (("people", 1, "post"), (17, 11, 2)),
        (("none",), (18, 1, 4)),
        (("flow",), (19, 7, 19)),
        (("flow", "a"), (19, 11, 1)),
        (("flow", "b"), (19, 17, 8)),
        (("flow", "b", 1), (19, 21, 3)),
    ],
)
def test_a_value_knows_its_line_column_and_length(path: FieldPath, expected: tuple[int, int, int]) -> None:
    assert place(SAMPLE, *path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("title",), (2, 1, 5)),
        (("people", 0, "post"), (14, 5, 4)),
        (("people", 1, "person"), (16, 5, 6)),
        (("none",), (18, 1, 4)),
        (("flow", "b"), (19, 14, 1)),
    ],
)
def test_a_key_knows_its_line_column_and_length(path: FieldPath, expected: tuple[int, int, int]) -> None:
    assert place(SAMPLE, *path, key=True) == expected


@pytest.mark.parametrize(
    ("text", "path", "key", "expected"),
    [
        ("{名: 盐岛, 🦊: x}\n", ("🦊",), True, (1, 9, 1)),
        ('"a b": c\n', ("a b",), True, (1, 1, 5)),
        ("a:\n  - x\n  -\n", ("a", 1), False, (3, 3, 1)),
        ("a:\n  - bc", ("a", 0), False, (2, 5, 2)),
        ("a:\n  b: 1  # one\n  c: 2\n", ("a",), False, (2, 3, 4)),
        ("\n# note\n---\ntitle: x\nkind: y\n", (), False, (4, 1, 8)),
    ],
    ids=["characters, no bytes", "quoted", "nothing but a dash", "no line end", "comment", "document"],
)
def test_what_is_unusual_knows_its_place_too(
    text: str, path: FieldPath, key: bool, expected: tuple[int, int, int]
) -> None:
    assert place(text, *path, key=key) == expected


def test_what_is_missing_is_looked_for_in_its_container() -> None:
    assert place("a:\n  b: 1\n", "a", "c") == place("a:\n  b: 1\n", "a")
    read = document("ada:\n  name: Ada\n  posts:\n    - title: Minister\n")
    assert read.owner(("ada", "party")) == Position("a.yml", 1, 1, 3)
    assert read.owner(("ada", "posts", 0, "dates")) == Position("a.yml", 4, 7, 15)
    assert read.owner(("lin",)) == Position("a.yml", 1, 1, 4)
    assert document("a: b\n").line(99) == ""
    assert document("a: b\n").line(0) == ""
    # A value is found by its path.
    read = document("a: [{b: c}]\n")
    assert read.value_at(("a", 0, "b")) == "c"
    assert read.value_at(("a", 1, "b")) is None
    assert read.value_at(("a", "b")) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t: a [b] c] d\n", (1, 11, 1)),
        ("t: a [b [c]\n", (1, 6, 1)),
        ("t: |\n  one [two\n  three] four [five\n", (3, 15, 1)),
        ('t: "a \\x5b b"\n', (1, 4, 10)),
        ("t: whole [word]\n", (1, 4, 12)),
    ],
)
def test_a_bracket_without_a_partner_is_found_in_its_line(text: str, expected: tuple[int, int, int]) -> None:
    found = document(text).bracket(("t",))
    assert (found.line, found.column, found.length) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(end: str) -> None:
    read = read_document("a.yml", f"a: x{end}b: y{end}".encode())
    assert read.value == {"a": "x", "b": "y"}
    assert read.position(("b",)) == Position("a.yml", 2, 4, 1)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# only a comment\n", b"---\n", b"\xef\xbb\xbf"])
def test_a_file_without_a_value_has_none_and_no_finding(data: bytes) -> None:
    read = read_document("a.yml", data)
    assert read.value is None
    assert read.diagnostics == []


@pytest.mark.parametrize(
    ("data", "places"),
    [
        ("a: é\nb: x\nc: éé\n".encode("latin-1"), [(1, 4), (3, 4)]),
        ("a: 盐".encode() + b"\xff", [(1, 5)]),
        (b"\xef\xbb\xbfa: \xff", [(1, 4)]),
    ],
    ids=["once a line", "in characters", "behind a byte order mark"],
)
def test_each_line_that_is_not_utf8_is_reported(data: bytes, places: list[tuple[int, int]]) -> None:
    found = read_document("a.yml", data).diagnostics
    assert {d.code for d in found} == {"not-utf8"}
    assert [(d.position.line, d.position.column) for d in found] == places


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf16_is_reported_once(encoding: str) -> None:
    read = read_document("a.yml", "title: A\nkind: talks\n".encode(encoding))
    assert [d.code for d in read.diagnostics] == ["not-utf8"]


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\xad", "\u200b", "\u200e", "\u2028", "\u202e", "\ufeff"],
)
def test_a_character_that_cannot_be_seen_is_refused(character: str) -> None:
    read = document(f"a: one\nb: long enough tw{character}o\n")
    assert [(d.code, d.position.line, d.position.column) for d in read.diagnostics] == [
        ("invisible-character", 2, 18)
    ]


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "naïve – “quoted”", "王毅", "🏳️", "　全角"])
def test_characters_that_scripts_need_are_taken(text: str) -> None:
    assert value(f"a: {text}.\n") == {"a": f"{text}."}


@pytest.mark.parametrize("code", ["0", "e", "a", "L", "x9b", "u202e", "u2066", "u200b", "ufeff", "U000E0041"])
def test_a_character_that_cannot_be_seen_is_refused_as_a_code(code: str) -> None:
    read = document(f'a: "x\\{code}y"\n')
    assert [d.code for d in read.diagnostics] == ["invisible-character"]
    assert isinstance(read.value, MappingNode)
    assert isinstance(read.value["a"], Unread)


def test_a_key_that_stands_twice_keeps_its_first_value_that_is_not_empty() -> None:
    read = document("a: 1\nb: 2\na: 3\n")
    assert read.value == {"a": "1", "b": "2"}
    assert [(d.code, d.position) for d in read.diagnostics] == [("duplicate-key", Position("a.yml", 3, 1, 1))]
    assert document("a:\na: 3\n").value == {"a": "3"}


@pytest.mark.parametrize("text", ["b: &x\n", "b: !x\n", "a: &x 1\nb: *x\n"])
def test_a_mark_or_an_alias_leaves_an_unread_value(text: str) -> None:
    read = document(text)
    assert {d.code for d in read.diagnostics} <= {"yaml-anchor", "yaml-alias", "yaml-tag"}
    assert isinstance(read.value, MappingNode)
    assert isinstance(read.value["b"], Unread)


def test_a_merge_key_leaves_its_mapping_incomplete() -> None:
    read = document("a:\n  <<: {b: 1}\n  c: 2\n")
    assert [d.code for d in read.diagnostics] == ["yaml-alias"]
    assert isinstance(read.value, MappingNode)
    inner = read.value["a"]
    assert isinstance(inner, MappingNode)
    assert inner == {"c": "2"}
    assert inner.incomplete


@pytest.mark.parametrize(
    "text", ["a: *\n", "a: * b\n", "a: *x y\n", "a: & x\n", "a: !<x y> z\n", "a: [*, b]\n"]
)
def test_a_mark_of_yaml_inside_text_is_reported_where_it_stands(text: str) -> None:
    read = document(text)
    assert [(d.code, d.position.line) for d in read.diagnostics] == [("bad-start", 1)]
    assert text[read.diagnostics[0].position.column - 1] in "*&!"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\na: 2: 3\n", ["unquoted-colon"]),
        ("a:\n  b: 1\n\u00a0\u00a0c: 2\n  d: 3\n", ["odd-space"]),
        ("a: 1\nb: 2\na: 3\nb: 4\n", ["duplicate-key"]),
        ("- a: 1\n- a: 2\n", []),
        ("a: caf\ufffd\n", ["lost-character"]),
    ],
)
def test_one_mistake_is_one_finding(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_a_comment_that_begins_like_a_word_is_a_warning_and_what_cannot_be_read_has_no_value() -> None:
    read = document("a: Round #2 in Vale\nb: x # comment\n")
    assert [(d.code, d.severity, d.position) for d in read.diagnostics] == [
        ("hash-in-text", "warning", Position("a.yml", 1, 10, 2))
    ]
    assert document('a: b\nc: "d\n').value is None


@pytest.mark.parametrize("text", ["a: 'Round #2'\n", "# no #2\na: b\n", "a: |\n  Round #2\n", "a: b#2\n"])
def test_a_hash_in_quotes_or_in_a_word_is_no_comment(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_without_end_is_one_finding(opening: str) -> None:
    assert [d.code for d in document(opening * 5000).diagnostics] in (["too-deep"], ["unclosed-bracket"])


@settings(max_examples=150)
@given(st.text(alphabet="ab:-# \n\t'\"[]{}|>*&!?,%@`~.\\盐\u00a0\u200b", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = read_document("a.yml", text.encode("utf-8"))
    for found in read.diagnostics:
        assert found.excerpt is None or found.excerpt == read.line(found.position.line)
        assert 1 <= found.position.line <= len(read.lines)
        assert 1 <= found.position.column <= len(read.line(found.position.line)) + 1


@settings(max_examples=100)
@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    read_document("a.yml", data)


def test_without_the_c_parser_files_are_read_alike_and_one_line_says_that_it_is_slow() -> None:
    text = "a: [b, {c: d}] # e\n"
    code = (
        "import sys, yaml\n"
        "del yaml.CSafeLoader\n"
        "from diplomatic_timeline.record.yaml_reader import read_document\n"
        f"for _ in range(2): print(read_document('a.yml', {text.encode()!r}).value)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [repr(value(text))] * 2
    assert len(done.stderr.splitlines()) == 1
    assert "no C parser" in done.stderr
