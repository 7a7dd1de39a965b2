"""The one-way street: who may import whom, who may write an address, what the code may know."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from helpers.records import REPOSITORY

PACKAGE = REPOSITORY / "macros" / "diplomatic_timeline"
ORDER = (
    ("model", "build", "templates", "assets"),
    ("proof",),
    ("record", "views"),
    ("chart", "exports", "search"),
    ("briefings", "site"),
    ("imports", "notebook"),
    ("plugin",),
    ("cli",),
)
"""The packages. Each imports only from itself and from those in the lines above its own."""
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py"
}
TEMPLATES = {
    path.relative_to(PACKAGE / "templates").as_posix(): path
    for path in sorted((PACKAGE / "templates").rglob("*.html"))
}
PREFIX = "diplomatic_timeline."
RENDERING = ("proof", "views", "chart", "exports", "search", "site")


@cache
def nodes(name: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))))


@cache
def imported(name: str) -> frozenset[str]:
    """Return the full names of everything that a module imports, wherever in it."""
    found: set[str] = set()
    for node in nodes(name):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are written in full"
            found.update({node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)})
    return frozenset(found)


def libraries(name: str) -> set[str]:
    return {full.split(".")[0] for full in imported(name)}


@cache
def ours(name: str) -> frozenset[str]:
    """Return the modules of this project that a module imports."""
    return frozenset(
        full.removeprefix(PREFIX) for full in imported(name) if full.removeprefix(PREFIX) in MODULES
    )


@cache
def literals(name: str) -> tuple[tuple[int, str], ...]:
    """Return the text literals of a module with their lines; docstrings are none."""
    documented = {id(n.value) for n in nodes(name) if isinstance(n, ast.Expr)}
    return tuple(
        (node.lineno, node.value)
        for node in nodes(name)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    )


def package(name: str) -> str:
    return name.split(".")[0]


# Imports


def test_imports_run_one_way() -> None:
    assert {package(name) for name in MODULES} == {name for step in ORDER for name in step}
    step = {p: n for n, packages in enumerate(ORDER) for p in packages}
    assert [
        (name, other)
        for name in MODULES
        for other in ours(name)
        if package(other) != package(name) and step[package(other)] >= step[package(name)]
    ] == []
    assert [name for name in MODULES if "material" in libraries(name)] == []

    # No module imports itself around a corner.
    def reached(name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            for other in ours(waiting.pop()) - found:
                found.add(other)
                waiting.append(other)
        return found

    assert {name for name in MODULES if name in reached(name)} == set()


@pytest.mark.parametrize(
    ("library", "only"), [("mkdocs", "plugin."), ("yaml", "record.yaml_reader"), ("typst", "briefings.press")]
)
def test_one_part_of_the_program_imports(library: str, only: str) -> None:
    using = [name for name in MODULES if library in libraries(name)]
    assert using
    assert [name for name in using if not name.startswith(only)] == []


def test_rendering_knows_no_clock_and_no_network() -> None:
    forbidden = {"time", "random", "secrets", "socket", "requests", "urllib.request", "http", "http.client"}
    for name in (name for name in MODULES if package(name) in RENDERING or name.startswith("model.")):
        assert imported(name) & forbidden == set(), name
        called = {node.attr for node in nodes(name) if isinstance(node, ast.Attribute)}
        assert called & {"now", "today", "utcnow"} == set(), name


# Addresses

ROOMS = (
    "events|issues|people|organizations|parties|sources|quotes|commitments|years|about|data|briefings|develop"
)
ADDRESS = re.compile(rf"(?:\.\./|/)*(?:{ROOMS})/")
FILES = re.compile(r"(?:^|\s)(?:events/(?:registry/|schema)|docs/)|\.ya?ml$")


def test_only_urls_builds_an_address() -> None:
    """The names of the record's own files, which findings and edit links tell editors, are no addresses."""
    assert [
        (name, line, text)
        for name in MODULES
        for line, text in literals(name)
        if name not in ("views.urls", "assets") and ADDRESS.match(text) and not FILES.search(text)
    ] == []


def test_only_urls_and_the_adapter_know_what_a_pages_file_is_called() -> None:
    """MkDocs is told each page's file, so its adapter must know the name."""
    knowing = {name for name in MODULES for _, text in literals(name) if "index.html" in text}
    assert {name for name in knowing if not name.startswith("plugin.")} <= {"views.urls"}


def test_no_template_writes_an_address_of_its_own_and_every_link_is_resolved_or_leads_elsewhere() -> None:
    elsewhere = re.compile(r"{{ *(?:\w+\.)?(?:\w+_url|address|archive|canonical) *}}|#")
    for name, path in TEMPLATES.items():
        code = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(rf"[\"'](?:\.\./|/)*(?:{ROOMS})/[^\"']*[\"']", code) == [], name
        assert "index.html" not in code, name
        for address in re.findall(r"\b(?:href|src|action)=\"((?:{{.*?}}|[^\"])*)\"", code):
            resolved = re.search(r"\| *href\b", address) or elsewhere.match(address)
            assert resolved or name.startswith("theme/"), (name, address)


# What the code knows


def test_neither_code_nor_templates_know_a_country() -> None:
    country = re.compile(r"\bchina\b|united[ -]states|\bus[-–]china\b", re.IGNORECASE)
    texts = [(name, line, text) for name in MODULES for line, text in literals(name)]
    texts += [(name, 0, path.read_text(encoding="utf-8")) for name, path in TEMPLATES.items()]
    assert [(name, line) for name, line, text in texts if country.search(text)] == []
