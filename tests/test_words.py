"""The words of the interface stand in one file: what shows something says nothing of its own to a reader.

Here literals are looked for where they are written; test_another_language.py looks at what is shown.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from diplomatic_timeline.views.wording import ENGLISH
from helpers.records import REPOSITORY

PACKAGE = REPOSITORY / "macros" / "diplomatic_timeline"
HTML = sorted((PACKAGE / "templates").rglob("*.html"))
TYPST = sorted((PACKAGE / "templates" / "briefing").glob("*.typ"))
SHEETS = sorted((PACKAGE / "assets" / "stylesheets").glob("*.css"))
SCRIPTS = sorted(p for p in (PACKAGE / "assets" / "javascripts").rglob("*.js") if "vendor" not in p.parts)
MODULES = sorted(
    path
    for package in ("views", "chart", "exports", "search", "briefings", "site")
    for path in (PACKAGE / package).rglob("*.py")
)

NAMES = frozenset(("PDF", "sha256", "Chicago", "Pandoc", "Frictionless", "Zotero, EndNote, Mendeley"))
"""Of formats, styles and programs: they are the same in every language."""

SENTENCE = re.compile(r"[^\W\d_]{2,},? +[^\W\d_]{2,}|^[A-Z][a-z]+\b(?![-_.])")
"""Two words side by side, or one with a capital."""

NOT_SHOWN = {
    ("briefings/fonts.py", "_finding"): "a finding for editors",
    ("briefings/printing.py", "UnprintableError"): "an error for whoever builds",
    ("briefings/selection.py", "select"): "an error of the command line",
    ("briefings/selection.py", "_some"): "an error of the command line",
    ("briefings/summary.py", "_OPENERS"): "words of the record's statements",
    ("exports/calendar.py", "_begun"): "the program's name, for programs",
    ("exports/files.py", "files"): "the name of a piece in the store",
    ("exports/imprint.py", "LICENCE_TITLE"): "the name of the licence",
    ("exports/rows.py", None): "the names of fields",
    ("exports/tables.py", None): "the columns' documentation, as the JSON Schema has it",
    ("search/publish.py", "_segments"): "the name of a piece in the store",
    ("site/gallery.py", None): "documentation for developers",
    ("site/head.py", "robots"): "RFC 9309",
    ("site/json_ld.py", "_SOURCES"): "types of schema.org",
    ("site/shortcodes.py", "_UnknownIdError"): "a finding for editors",
    ("site/shortcodes.py", "_finding"): "a finding for editors",
    ("site/shortcodes.py", "_overview"): "the name of a piece in the store",
    ("site/shortcodes.py", "page_calls"): "Python, in documentation for developers",
    ("views/formulae.py", "_ENGLISH"): "words of quotations",
    ("views/prose.py", "_BEFORE_FIGURE"): "words of summaries",
    ("views/timeline.py", "_R"): "the names of types",
    ("views/wording.py", "_faults"): "an error for whoever builds",
    ("views/wording.py", "__repr__"): "the name of a type",
}
"""Where literals are for no reader: by module and by the function, class or constant that they stand in."""


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


CODE = re.compile(r"[\n<>={}\\|*_]|--|\w\(|\(\"|\.\w|^[.:]")
"""What no words have: signs of code, markup, addresses, classes and selectors."""


def says(text: str) -> bool:
    """Return whether a literal looks like words for a reader."""
    return text not in NAMES and SENTENCE.search(text) is not None and CODE.search(text) is None


def in_python(path: Path) -> Iterator[tuple[int, str]]:
    """Yield a module's literals with their lines, but for docstrings, errors raised, and types of JSON-LD."""
    skipped: set[ast.AST] = set()

    def walk(node: ast.AST, inside: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inside = (*inside, node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and len(inside) == 0:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            inside = (target.id,) if isinstance(target, ast.Name) else inside
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            types = [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "@type"]
            skipped.update(part for type in types for part in ast.walk(type))
        elif isinstance(node, ast.Raise) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            return
        places = {(name(path), None), *((name(path), place) for place in inside)}
        shown = node not in skipped and not places & NOT_SHOWN.keys()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and shown:
            yield node.lineno, node.value
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), ())


def test_no_presenter_says_anything_of_its_own() -> None:
    found = [(name(path), line, text) for path in MODULES for line, text in in_python(path)]
    assert [each for each in found if says(each[2])] == []


def test_every_exception_is_needed() -> None:
    there: set[tuple[str, str | None]] = {(name(path), None) for path in MODULES}
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                there.add((name(path), node.name))
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                there.add((name(path), target.id if isinstance(target, ast.Name) else None))
    assert NOT_SHOWN.keys() - there == set()


# Templates

ASIDE = re.compile(r"{#.*?#}|<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>", re.DOTALL)
CALLS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SAID = re.compile(r"\b(?:title|aria-label|alt|placeholder|label)=\"([^\"]*)\"")
LETTERS = re.compile(r"[^\W_]*[^\W\d_]{2}[^\W_]*")


def in_html(source: str) -> Iterator[str]:
    """Yield what a template writes as text and into attributes that are read, and literals in its calls."""
    source = ASIDE.sub("", source)
    for call in CALLS.findall(source):
        yield from (
            text for text in re.findall(r"\"([^\"]*)\"|'([^']*)'", call) for text in text if says(text)
        )
    written = CALLS.sub("", source)
    texts = [*re.sub(r"<[^>]*>", "\n", written).splitlines(), *SAID.findall(written)]
    yield from (text.strip() for text in texts if set(LETTERS.findall(text)) - NAMES)


def test_no_template_says_anything_of_its_own() -> None:
    found = {name(path): list(in_html(path.read_text(encoding="utf-8"))) for path in HTML}
    assert {file: texts for file, texts in found.items() if texts} == {}


@pytest.mark.parametrize("path", TYPST, ids=name)
def test_no_part_of_a_briefing_says_anything_of_its_own(path: Path) -> None:
    source = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
    fonts = {"Timeline Serif", "Timeline Sans", "Timeline Han", "Timeline Display"}
    texts = set(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", source)) - fonts
    assert [text for text in texts if says(text)] == []
    # Content stands in brackets; what begins with # in it is code.
    content = re.findall(r"\[([^\[\]]*)\]", re.sub(r"\"[^\"]*\"", "", source))
    assert [
        c for c in content if LETTERS.search(re.sub(r"#[\w.-]+(?:\(.*\))*", "", c)) and not CODE.search(c)
    ] == []


# Scripts and style sheets


def in_script(source: str) -> Iterator[str]:
    source = re.sub(r"(?m)^\s*//.*$| // .*$", "", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL))
    # Errors are for whoever looks into the browser's console.
    source = re.sub(r"new Error\((?:\"[^\"]*\"|`[^`]*`)\)", "", source)
    for plain, template in re.findall(r"\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`", source):
        yield plain or re.sub(r"\$\{[^{}]*(?:\}|$)", "", template)


OF_BROWSERS = frozenset(
    "Escape|Enter|use strict|a, button, summary|script, style, svg, form|Source Sans 3|Source Serif 4".split(
        "|"
    )
)
"""Keys of the keyboard, a mode, and the names of elements and typefaces."""


def test_no_script_or_style_sheet_says_anything_of_its_own() -> None:
    said = [(name(path), text) for path in SCRIPTS for text in in_script(path.read_text(encoding="utf-8"))]
    assert [(file, text) for file, text in said if says(text) and text not in OF_BROWSERS] == []
    called = r"words\(\"[\w.-]+\"\)|(?:attr|var|url|counter)\([^)]*\)|\\\w+|none|normal|!important"
    for path in SHEETS:
        contents = re.findall(r"content:([^;]*);", path.read_text(encoding="utf-8"))
        assert [text for text in contents if LETTERS.search(re.sub(called, "", text))] == [], path.name


# What would be found


def test_words_are_told_from_code() -> None:
    for text in ("No quote yet", "Quotes", "Quotes:", " proven word for word.", "All "):
        assert says(text), text
    for text in ("quotes", "dt-quote dt-quote--main", ".dt-quote b", "term.quotes", "%s: %d", "PDF"):
        assert not says(text), text


def test_words_in_a_template_are_found() -> None:
    for source in (
        "<p>Quotes</p>",
        "<p>{{ n }} quotes</p>",
        '<p title="{{ n }} quotes"></p>',
        '<input placeholder="find">',
        '{{ empty_state("No quote yet.") }}',
        '<p>{{ "All" if n else m }}</p>',
    ):
        assert list(in_html(source)), source
    for source in (
        '{# Words for whoever reads the template. #}<p class="dt-p">{{ words("term.quotes") }} · {{ n }}</p>',
        '<script>say("No quote yet")</script>',
        '{% if n %}<a href="{{ url | href }}" rel="external">{{ title }}</a>{% endif %}',
    ):
        assert list(in_html(source)) == []


def test_words_in_a_script_are_found() -> None:
    for source, found in {
        'x.textContent = "Clear all";': ["Clear all"],
        "x.textContent = `${n} of ${m} shown.`;": [" of  shown."],
        "x.textContent = `Lanes by ${a ? `b ${c}` : d} here`;": ["Lanes by "],
        'throw new Error("not there"); // Words of ours': [],
        'x.textContent = words("filters.clear"); /* Clear all */': [],
    }.items():
        assert [text for text in in_script(source) if says(text)][:1] == found


# Keys


SOURCES = "\n".join(p.read_text(encoding="utf-8") for p in (*MODULES, *HTML, *TYPST, *SCRIPTS, *SHEETS))


def test_every_text_that_is_asked_for_is_there_and_every_text_is_asked_for() -> None:
    asked = set(re.findall(r"\bwords\(\s*[\"']([\w.-]+)[\"']\s*[,)]", SOURCES))
    assert asked - ENGLISH.texts.keys() == set()
    named = set(re.findall(r"[\"']([a-z_]+(?:\.[\w-]+)+)[\"']", SOURCES))
    joined = [re.escape(begin) + ".+" for begin in re.findall(r"words\(\"([\w.-]+\.)\" ~", SOURCES)]
    for text in re.findall(r"words\(\s*f[\"']([^\"']+)[\"']", SOURCES):
        joined.append(re.sub(r"\\{.*?\\}", "[^.]+(?:[.][^.]+)?", re.escape(text)))  # noqa: PERF401
    pattern = re.compile("|".join(joined))
    outside = {"theme.dark", "theme.light"}  # by the adapter
    assert {k for k in ENGLISH.texts if k not in named and not pattern.fullmatch(k)} - outside == set()
