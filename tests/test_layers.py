"""The one-way street: who may import whom, who may write an address, what the code may know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

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


@lru_cache
def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


@lru_cache
def imported(name: str) -> frozenset[str]:
    """Return the full names of everything that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are written in full"
            found.update({node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)})
    return frozenset(found)


def libraries(name: str) -> set[str]:
    return {full.split(".")[0] for full in imported(name)}


@lru_cache
def ours(name: str) -> frozenset[str]:
    """Return the modules of this project that a module imports."""
    return frozenset(
        full.removeprefix(PREFIX) for full in imported(name) if full.removeprefix(PREFIX) in MODULES
    )


def literals(name: str) -> Iterator[tuple[int, str]]:
    """Yield the text literals of a module with their lines; docstrings are none."""
    documented = {id(n.value) for n in ast.walk(tree(name)) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.lineno, node.value


def package(name: str) -> str:
    return name.split(".")[0]


# Imports


def test_the_list_names_every_package() -> None:
    assert {package(name) for name in MODULES} == {name for step in ORDER for name in step}


@pytest.mark.parametrize("name", MODULES)
def test_imports_run_one_way(name: str) -> None:
    step = {p: n for n, packages in enumerate(ORDER) for p in packages}
    mine = package(name)
    assert {o for o in ours(name) if package(o) != mine and step[package(o)] >= step[mine]} == set()


@pytest.mark.parametrize(
    ("library", "only"), [("mkdocs", "plugin."), ("yaml", "record.yaml_reader"), ("typst", "briefings.press")]
)
def test_one_part_of_the_program_imports(library: str, only: str) -> None:
    using = [name for name in MODULES if library in libraries(name)]
    assert using
    assert [name for name in using if not name.startswith(only)] == []


def test_nobody_imports_the_theme() -> None:
    assert [name for name in MODULES if "material" in libraries(name)] == []


def test_no_module_imports_itself_around_a_corner() -> None:
    def reached(name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            for other in ours(waiting.pop()) - found:
                found.add(other)
                waiting.append(other)
        return found

    assert {name for name in MODULES if name in reached(name)} == set()


def test_rendering_knows_no_clock_and_no_network() -> None:
    forbidden = {"time", "random", "secrets", "socket", "requests", "urllib.request", "http", "http.client"}
    for name in (name for name in MODULES if package(name) in RENDERING or name.startswith("model.")):
        assert imported(name) & forbidden == set(), name
        called = {node.attr for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)}
        assert called & {"now", "today", "utcnow"} == set(), name


# Addresses

ROOMS = (
    "events|issues|people|organizations|parties|sources|quotes|commitments|years|about|data|briefings|develop"
)
ADDRESS = re.compile(rf"(?:\.\./|/)*(?:{ROOMS})/")
FILES = re.compile(r"(?:^|\s)(?:events/(?:registry/|schema)|docs/)|\.ya?ml$")


@pytest.mark.parametrize("name", [name for name in MODULES if name not in ("views.urls", "assets")])
def test_only_urls_builds_an_address(name: str) -> None:
    """The names of the record's own files, which findings and edit links tell editors, are no addresses."""
    assert [
        (line, text) for line, text in literals(name) if ADDRESS.match(text) and not FILES.search(text)
    ] == []


def test_only_urls_and_the_adapter_know_what_a_pages_file_is_called() -> None:
    """MkDocs is told each page's file, so its adapter must know the name."""
    knowing = {name for name in MODULES for _, text in literals(name) if "index.html" in text}
    assert {name for name in knowing if not name.startswith("plugin.")} <= {"views.urls"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_writes_an_address_of_its_own(name: str) -> None:
    source = TEMPLATES[name].read_text(encoding="utf-8")
    code = re.sub(r"{#.*?#}", "", source, flags=re.DOTALL)
    assert re.findall(rf"[\"'](?:\.\./|/)*(?:{ROOMS})/[^\"']*[\"']", code) == []
    assert "index.html" not in code


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith("theme/")])
def test_every_link_of_a_template_is_resolved_or_leads_elsewhere(name: str) -> None:
    code = re.sub(r"{#.*?#}", "", TEMPLATES[name].read_text(encoding="utf-8"), flags=re.DOTALL)
    elsewhere = re.compile(r"{{ *(?:\w+\.)?(?:\w+_url|address|archive|canonical) *}}|#")
    for address in re.findall(r"\b(?:href|src|action)=\"((?:{{.*?}}|[^\"])*)\"", code):
        assert re.search(r"\| *href\b", address) or elsewhere.match(address), address


# What the code knows


@pytest.mark.parametrize("name", MODULES)
def test_no_module_knows_a_country(name: str) -> None:
    country = re.compile(r"\bchina\b|united[ -]states|\bus[-–]china\b", re.IGNORECASE)
    assert [(line, text) for line, text in literals(name) if country.search(text)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_knows_a_country(name: str) -> None:
    country = re.compile(r"\bchina\b|united[ -]states|\bus[-–]china\b", re.IGNORECASE)
    assert country.findall(TEMPLATES[name].read_text(encoding="utf-8")) == []
