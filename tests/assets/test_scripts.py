"""Scripts as they are sent: nothing that runs may change."""

from __future__ import annotations

import pytest

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.plugin import scripts
from diplomatic_timeline.plugin.scripts import bare


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* head */\n(() => {\n  // why\n  go(); // because\n})();\n", "(() => {\ngo();\n})();\n"),
        ("let a = /** @type {any} */ (b);", "let a = (b);\n"),
        ("return/* a\n b */c", "return\nc\n"),
        ("var/**/a", "var a\n"),
        ('a = "//  no" + \'/* no */\' + "\\"//";', 'a = "//  no" + \'/* no */\' + "\\"//";\n'),
        (
            "a = `x  // ${ b /* c */ + `  ${d} // ` } }\n    // e`;",
            "a = `x  // ${b + `  ${d} // `} }\n    // e`;\n",
        ),
        ("a = `\\`\\${ // `; // b", "a = `\\`\\${ // `;\n"),
        ("a = `${{ b: { c } }.b}  `; // d", "a = `${{ b: { c } }.b}  `;\n"),
        ("a.replace(/[/*]\"'`  \\//g, b); // c", "a.replace(/[/*]\"'`  \\//g, b);\n"),
        ('return /"/.test(a) // b', 'return /"/.test(a)\n'),
        ("a = b / c; d = (e) / f; // g / h", "a = b / c; d = (e) / f;\n"),
        ("a\n\n\n  b", "a\nb\n"),
    ],
)
def test_comments_and_indentation_go_and_all_else_stays(written: str, sent: str) -> None:
    assert bare(written) == sent
    assert bare(sent) == sent


def test_of_our_own_scripts_no_comment_is_sent() -> None:
    for path in (ASSETS / "javascripts").glob("*/*.js"):
        sent = bare(path.read_text(encoding="utf-8"))
        assert "/*" not in sent, path.name
        assert not [line for line in sent.splitlines() if line.startswith(("//", " "))], path.name


def test_scripts_are_joined_in_their_order() -> None:
    assert scripts.joined(["a(); // b", "c();"]) == "a();\nc();\n"
