"""Findings: their order, and what is proposed for a word that is not known."""

from __future__ import annotations

import pytest

from diplomatic_timeline.model.diagnostics import (
    Diagnostic,
    Position,
    did_you_mean,
    in_order,
    one_of,
    shown,
    suggestion,
)


def finding(file: str, line: int, column: int = 1, code: str = "c", message: str = "m") -> Diagnostic:
    return Diagnostic(code, message, Position(file, line, column))


def test_findings_are_reported_once_and_ordered_by_place_code_and_message() -> None:
    found = [finding("b", 1), finding("a", 10), finding("a", 9, 2), finding("a", 9, 1)]
    assert in_order(found) == (found[3], found[2], found[1], found[0])
    found = [finding("a", 1, code="y"), finding("a", 1, code="x", message="b"), finding("a", 1, code="x")]
    assert in_order(found) == (found[1], found[2], found[0])
    assert in_order([finding("a", 1), finding("a", 1)]) == (finding("a", 1),)


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("antony-blinkin", ["antony-blinken", "wang-yi"], "antony-blinken"),
        ("Visit", ["visit", "talks"], "visit"),
        ("head_of_state", ["minister", "head-of-state"], "head-of-state"),
        ("Head of State", ["minister", "head-of-state"], "head-of-state"),
        ("on-behalf-of", ["on_behalf_of"], "on_behalf_of"),
        ("yi-wang", ["antony-blinken", "wang-yi"], "wang-yi"),
        ("blinken", ["antony-blinken", "wang-yi"], "antony-blinken"),
        ("taiwan", ["trade", "ukraine"], None),
        ("x", [], None),
        ("", ["a"], None),
    ],
)
def test_the_nearest_known_word_is_found(word: str, known: list[str], near: str | None) -> None:
    assert did_you_mean(word, known) == near


def test_a_suggestion_names_the_near_word_first_and_then_the_alternative() -> None:
    assert suggestion("tlaks", ["talks"], "add it") == "did you mean 'talks'? Otherwise add it"
    assert suggestion("tlaks", ["talks"]) == "did you mean 'talks'?"
    assert suggestion("zebra", ["talks"], "add it") == "add it"
    assert one_of("visti", ["visit", "talks"]) == "did you mean 'visit'? Otherwise write one of: visit, talks"
    assert one_of("visti", iter(["visit", "talks"])).endswith("write one of: visit, talks")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", "'a b'"),
        ("it's", '"it\'s"'),
        ("two\nlines", "'two lines'"),
        ("\u200b", r"'\u200b'"),
        ("x" * 70, f"'{'x' * 59}…'"),
    ],
)
def test_a_text_is_quoted_on_one_line_and_cut_where_it_is_long(text: str, expected: str) -> None:
    assert shown(text) == expected
