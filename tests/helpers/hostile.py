"""Texts that would be more than text wherever they are not written as text, and a record made of them."""

from __future__ import annotations

from typing import Any

from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_quote, make_timeline

TEXTS = (
    # HTML and scripts
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title></style></textarea><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "<!-- a comment",
    "--> ]]> <![CDATA[ x",
    "&lt;b&gt; &amp;amp; &#x3c;script&#x3e; &nosuch;",
    "a < b > c & d",
    "javascript:alert(1)",
    "</p></div></article><h1>Heading</h1>",
    "<a href=javascript:alert(1)>x</a>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    # Templates, Markdown, Typst
    "{{ 7 * 7 }} {% raw %} {# gone #}",
    "{{ cycler.__init__.__globals__ }}",
    "{{{ braces }}} ${x} #{x} %{x} %(x)s {0} {x!r:>{y}}",
    "*not* _set_ `code` [link](https://example.org) ![image](x.png) # no heading",
    '#panic("x") #read("/etc/passwd") $x$ @ref <label> // rest /* gone */',
    "~ -- --- \\u{41} \\ #let x = 1",
    "| a | b |\n|---|---|",
    # TeX and BibTeX
    "a } b",
    "{ b",
    "}}, @misc{x, title = {y}",
    "\\",
    "\\end{document} \\input{/etc/passwd} \\write18{id}",
    "100 % of #1 & $3_x^2 ~ {T}ax",
    'a " b " # c @string{x = "y"} @comment{',
    "Lund, Ann and Aas, Bob",
    "others and others, et al.",
    "Ministry of Fish, Salt and Trade",
    # RIS, iCalendar, CSV, spreadsheets
    "ER  -",
    "line\nER  - \nTY  - BOOK\nTI  - another",
    "TY  - BOOK",
    "END:VEVENT",
    "a\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:another",
    "a;b,c:d\\n e\\; f\\, g\\\\",
    'X;Y="Z":W^n^\'',
    "=1+1",
    "=HYPERLINK(\"https://example.net/?\"&A1,\"x\")",
    "+1 (202) 555 0100",
    "-2+3",
    "@SUM(1;2)",
    "'=1",
    "\uff1d1\uff0b1",
    'a "quoted" cell, with commas; semicolons\tand a tab',
    # JSON, JavaScript, YAML, SQL, shells, terminals
    '\\" \\u0022 \\x22 \\n \\/ ";alert(1)//',
    "`${alert(1)}`",
    "__proto__",
    "null",
    "!!python/object/apply:os.system [id] *x &y",
    "'; DROP TABLE events; --",
    "$(id) `id` | id > x && id",
    "::error file=x::y ##[error]z %0A::warning::",
    "..\\..\\..\\etc/passwd \\\\host\\share",
    # Scripts, directions, beyond the first plane, combining
    "שלום (5) world!",
    "مرحبا 12-34 بالعالم",
    "می\u200cخواهم क्\u200dष",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠮷野家 🏳️\u200d🌈 👩🏽\u200d🚀",
    "e\u0301 ñ n\u0303 Å Å ﬁ ǆ İ ı ß",
    "中国“引号”《书名》——破折号",
    "“curly” ‘quotes’ «guillemets» „low“ …",
)  # fmt: skip


def hostile_timeline() -> Timeline:
    """Return a record with an event, a place, an issue, a speaker and a source for each of the texts.

    Each text is title, name and words of its own; ids end in its number.
    """
    kinds: dict[str, dict[str, Any]] = {
        k: {} for k in ("people", "organizations", "places", "issues", "sources")
    }
    events = []
    for n, text in enumerate(TEXTS):
        kinds["people"][f"person-{n}"] = {"name": text, "family_name": text, "party": "north", "note": text}
        kinds["places"][f"place-{n}"] = {"name": text, "within": text}
        kinds["issues"][f"issue-{n}"] = {"name": text, "description": text}
        kinds["sources"][f"source-{n}"] = {
            **dict.fromkeys(("title", "publisher", "note", "number", "pages"), text),
            "authors": [text, {"body": text}],
            "published": "1990-05-05",
            "kind": "press",
        }
        quote = make_quote(
            f"quote-{n}",
            speaker=f"person-{n}",
            text=text,
            post=text,
            note=text,
            source=f"source-{n}",
            issues=[f"issue-{n}"],
        )
        fields: dict[str, Any] = {"issues": [{"issue": f"issue-{n}"}], "sources": [f"source-{n}"]}
        events.append(make_event(f"1990-{n}", title=text, quotes=[quote], place=f"place-{n}", **fields))
    return make_timeline(*events, **kinds)
