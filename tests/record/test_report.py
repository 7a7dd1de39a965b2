"""Findings as text, as JSON and as annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from diplomatic_timeline.model.characters import visible
from diplomatic_timeline.model.diagnostics import Diagnostic, Position
from diplomatic_timeline.record.report import as_github, as_gitlab, as_json, as_text, tally


def found(excerpt: str | None, column: int = 1, length: int = 1, line: int = 3) -> Diagnostic:
    return Diagnostic(
        "a-code", "what is wrong", Position("events/a.yml", line, column, length), "do this", excerpt
    )


def carets(excerpt: str, column: int, length: int) -> tuple[str, str]:
    """Return the line as it is shown, and the carets below it, without the number before them."""
    lines = as_text([found(excerpt, column, length)]).splitlines()
    assert lines[2].startswith("3 | ")
    assert lines[3].startswith("  | ")
    return lines[2][4:], lines[3][4:]


def test_a_finding_reads_as_the_design_shows_it() -> None:
    diagnostic = Diagnostic(
        "unknown-person",
        "participant must be in the people registry: 'antony-blinkin'",
        Position("events/2021/2021-03-18-alaska.yml", 14, 13, 14),
        "did you mean 'antony-blinken'? Otherwise add it to events/registry/people.yml",
        "  - person: antony-blinkin",
    )
    assert as_text([diagnostic]) == (
        "error[unknown-person] participant must be in the people registry: 'antony-blinkin'\n"
        "  --> events/2021/2021-03-18-alaska.yml:14:13\n"
        "14 |   - person: antony-blinkin\n"
        "   |             ^^^^^^^^^^^^^^\n"
        "help: did you mean 'antony-blinken'? Otherwise add it to events/registry/people.yml\n"
        "\n"
        "1 error found\n"
    )


def test_a_finding_of_a_whole_file_shows_no_line_and_one_without_help_ends_with_the_carets() -> None:
    assert as_text([found(None)]) == (
        "error[a-code] what is wrong\n  --> events/a.yml:3:1\nhelp: do this\n\n1 error found\n"
    )
    diagnostic = Diagnostic("a-code", "m", Position("a", 1, 1, 1), excerpt="x")
    assert as_text([diagnostic]) == "error[a-code] m\n  --> a:1:1\n1 | x\n  | ^\n\n1 error found\n"


@pytest.mark.parametrize(
    ("excerpt", "column", "length", "shown", "below"),
    [
        ("name: Ada", 7, 3, "name: Ada", "      ^^^"),
        ("place: 盐岛", 8, 2, "place: 盐岛", "       ^^^^"),
        ("王毅: x y", 5, 1, "王毅: x y", "      ^"),
        ("a: café x", 9, 1, "a: café x", "        ^"),
        ("a: cafe\u0301 x", 10, 1, "a: cafe\u0301 x", "        ^"),
        ("ｆｕｌｌ: x", 7, 1, "ｆｕｌｌ: x", "          ^"),
        ("a: می\u200cخ x", 9, 1, "a: می\u200cخ x", "       ^"),
        ("\tkey: x", 1, 1, "→key: x", "^"),
        ("a: b\u200bc", 5, 1, "a: b�c", "    ^"),
        ("a: \x1b[31m", 4, 1, "a: �[31m", "   ^"),
        ("a: b", 5, 1, "a: b", "    ^"),
        ("a: b", 99, 7, "a: b", "    ^"),
        ("a: b", 4, 99, "a: b", "   ^"),
    ],
)
def test_carets_stand_below_what_is_meant(
    excerpt: str, column: int, length: int, shown: str, below: str
) -> None:
    assert carets(excerpt, column, length) == (shown, below)


def test_a_long_line_is_cut_around_the_place_and_a_long_stretch_marked_as_far_as_shown() -> None:
    line, below = carets("summary: " + "word " * 60 + "mistake " + "word " * 60, 310, 7)
    assert len(line) <= 122
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[below.index("^") : below.index("^") + 7] == "mistake"
    assert below.count("^") == 7
    line, below = carets("text: " + "word " * 60, 7, 299)
    assert line.startswith("text: word word")
    assert len(below) <= len(line)


def test_a_warning_says_so_and_few_warnings_and_any_number_of_errors_are_told_one_by_one() -> None:
    warning = Diagnostic("a-code", "m", Position("a"), severity="warning")
    assert as_text([warning]).startswith("warning[a-code] m\n")
    errors = [replace(d, severity="error") for d in warned("bad", 50)]
    told = as_text([*warned("few", 5), *errors])
    assert told.count("warning[few] few ") == 5
    assert told.count("error[bad] bad ") == 50
    assert told.count("help: mend ") == 55
    assert told.endswith("\n50 errors and 5 warnings found\n")


def warned(code: str, count: int) -> list[Diagnostic]:
    return [
        Diagnostic(code, f"{code} {n}", Position("events/a.yml", n, 3), f"mend {n}", f"  key: {n}", "warning")
        for n in range(1, count + 1)
    ]


def test_many_warnings_of_one_code_are_told_together_where_the_first_stands() -> None:
    # The first and two more places.
    assert as_text([*warned("few", 1), *warned("many", 6)]).partition("\n\n")[2] == (
        "warning[many] 6 like this: many 1\n"
        "  --> events/a.yml:1:3  key: 1\n"
        "  --> events/a.yml:2:3  key: 2\n"
        "  --> events/a.yml:3:3  key: 3\n"
        "help: mend 1\n"
        "to see all 6, run: timeline check --all\n"
        "\n"
        "7 warnings found\n"
    )
    # Warnings are told together where the first stands.
    first, *others = warned("many", 9)
    error = Diagnostic("bad", "m", Position("events/a.yml", 2))
    told = as_text([first, error, *others])
    assert told.index("9 like this: many 1") < told.index("error[bad]")
    assert told.count("[many]") == 1
    # Each warning is told where that is asked for.
    assert as_text(warned("many", 9), each=True).count("warning[many] many ") == 9
    # Warnings about whole files are told together without a line.
    whole = [replace(d, excerpt=None, help="") for d in warned("many", 6)]
    assert as_text(whole).splitlines()[1:5] == [
        *(f"  --> events/a.yml:{n}:3" for n in (1, 2, 3)),
        "to see all 6, run: timeline check --all",
    ]


@pytest.mark.parametrize(
    ("errors", "warnings", "expected"),
    [
        (0, 0, "no mistakes found"),
        (1, 0, "1 error found"),
        (2, 0, "2 errors found"),
        (0, 1, "1 warning found"),
        (0, 2, "2 warnings found"),
        (1, 2, "1 error and 2 warnings found"),
    ],
)
def test_findings_are_counted(errors: int, warnings: int, expected: str) -> None:
    one = Diagnostic("a-code", "m", Position("a"))
    other = Diagnostic("a-code", "m", Position("a"), severity="warning")
    assert tally([one] * errors + [other] * warnings) == expected


def test_json_has_every_field_of_a_finding_in_letters_of_every_script() -> None:
    assert json.loads(as_json([found("盐", 2, 4)])) == [
        {
            "code": "a-code",
            "severity": "error",
            "message": "what is wrong",
            "file": "events/a.yml",
            "line": 3,
            "column": 2,
            "length": 4,
            "help": "do this",
        }
    ]
    assert as_json([]) == "[]\n"
    assert "盐岛" in as_json([Diagnostic("a-code", "盐岛", Position("a"))])


def test_an_annotation_names_file_place_and_code_and_escapes_what_ends_its_parts() -> None:
    assert as_github([found("x", 2, 4)]) == (
        "::error file=events/a.yml,line=3,col=2,endColumn=6,title=a-code::what is wrong (do this)\n"
    )
    diagnostic = Diagnostic("a-code", "100%: sure", Position("events/a,b:c.yml"), severity="warning")
    assert as_github([diagnostic]) == (
        "::warning file=events/a%2Cb%3Ac.yml,line=1,col=1,endColumn=2,title=a-code::100%25: sure\n"
    )


def test_gitlab_knows_a_finding_again_whose_line_has_moved_and_tells_two_of_one_kind_apart() -> None:
    before = json.loads(as_gitlab([found("x", line=3)]))
    assert before[0]["location"] == {"path": "events/a.yml", "lines": {"begin": 3}}
    assert (before[0]["check_name"], before[0]["severity"]) == ("a-code", "major")
    after = json.loads(as_gitlab([found("x", line=7), found("x", line=9)]))
    assert after[0]["fingerprint"] == before[0]["fingerprint"] != after[1]["fingerprint"]


@pytest.mark.parametrize("form", [as_text, as_github])
def test_what_a_finding_quotes_begins_no_line_and_commands_no_terminal(
    form: Callable[[Sequence[Diagnostic]], str],
) -> None:
    bad = "a\r\n::error::%0A\x1b[31m\x9b\u202e"
    lines = form([Diagnostic("a-code", bad, Position(bad), bad, bad)]).split("\n")
    assert len(lines) == (8 if form is as_text else 2)
    assert [visible(line) for line in lines] == lines
    assert not any(line.startswith("::error::") for line in lines)
