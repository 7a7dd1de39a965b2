"""The one-way street: who may import whom, who may write an address, what the code may know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

import pytest

from helpers.records import REPOSITORY

MACROS = REPOSITORY / "macros"
MODULES = {
    path.relative_to(MACROS).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
    for path in sorted(MACROS.rglob("*.py"))
    if path.parent != MACROS or path.stem != "__init__"
}
TEMPLATES = {
    path.relative_to(MACROS / "templates").as_posix(): path
    for path in sorted((MACROS / "templates").rglob("*.html"))
}
ADAPTERS = {"mkdocs_plugin", "cli"}
THEMED = {"mkdocs_plugin", "mkdocs_pages", "mkdocs_assets"}
READERS = {
    "loader",
    "desk",
    "pin_files",
    "documents",
    "linewise",
    "plain",
    "cache",
    "kept",
    "reading",
    "checks",
    "references",
    "identities",
    "todos",
    "explanations",
    "fields",
    "values",
    "syntax",
    "characters",
}
RENDERERS = {
    "site",
    "heads",
    "templating",
    "compiling",
    "narrative",
    "gallery",
    "stamping",
    "mkdocs_pages",
    "views",
    "viewpoint",
    "tables",
    "changes",
    "facets",
    "chart",
    "geometry",
    "lanes",
    "bins",
    "extents",
    "points",
    "labels",
    "briefing",
} | {name for name in MODULES if name.split(".")[0] in ("exports", "briefings", "search")}

# From the files to the reader, as the design draws it. A module may import from its own step and from those
# before it.
FLOW = (
    {"dates", "datehints", "diagnostics", "syntax", "cache", "linewise"},
    {"characters", "values"},
    {"documents"},
    {"vocabulary", "model", "fields", "reading", "plain"},
    {"checks", "references", "identities", "todos", "explanations", "kept", "desk", "pin_files"},
    {"loader"},
)
AFTER = (
    {"dates", "vocabulary", "model", "proofs", "urls", "prose", "labels", "views"},
    {"timeline", "search.words", "search.written"},
    {"formulae", "lanes", "bins", "extents"},
    {"geometry", "compiling"},
    {"viewpoint", "changes", "facets", "lists", "tables", "chart", "points", "templating"},
    {"site", "briefing", "search.entries", "search.runs", "search.shards"},
    {"narrative", "gallery", "stamping", "search.publishing"},
    {"mkdocs_pages"},
    ADAPTERS,
)


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


def packages(name: str) -> set[str]:
    return {full.split(".")[0] for full in imported(name)}


@lru_cache
def ours(name: str) -> frozenset[str]:
    """Return the modules of this project that a module imports."""
    return frozenset(
        full.removeprefix("macros.") for full in imported(name) if full.removeprefix("macros.") in MODULES
    )


def literals(name: str) -> Iterator[tuple[int, str]]:
    """Yield the text literals of a module with their lines; docstrings are none."""
    documented = {id(n.value) for n in ast.walk(tree(name)) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.lineno, node.value


def test_the_modules_that_the_rules_name_exist() -> None:
    named = ADAPTERS | READERS | RENDERERS | {"urls", "timeline", "model"} | set().union(*FLOW, *AFTER)
    assert named <= set(MODULES)


# Imports


@pytest.mark.parametrize(
    ("package", "only"), [("mkdocs", THEMED), ("yaml", {"documents"}), ("typst", {"briefing"})]
)
def test_one_part_of_the_program_imports(package: str, only: set[str]) -> None:
    assert {name for name in MODULES if package in packages(name)} == only


def test_nobody_imports_the_theme() -> None:
    assert {name for name in MODULES if "material" in packages(name)} == set()


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_a_renderer_reads_no_files_of_the_record(name: str) -> None:
    assert ours(name) & READERS == set()


@pytest.mark.parametrize("adapter", sorted(ADAPTERS))
def test_nobody_imports_an_adapter(adapter: str) -> None:
    assert {name for name in MODULES if adapter in ours(name)} == set()


@pytest.mark.parametrize("flow", [FLOW, AFTER], ids=["from the files", "to the reader"])
def test_imports_run_one_way(flow: tuple[set[str], ...]) -> None:
    for n, step in enumerate(flow):
        later = set().union(*flow[n + 1 :])
        assert {(name, other) for name in step for other in ours(name) & later} == set()


def test_what_reads_the_files_knows_no_renderer() -> None:
    assert {(name, other) for name in READERS for other in ours(name) & RENDERERS} == set()


def test_what_follows_from_the_record_knows_neither_files_nor_renderers() -> None:
    for name in ("timeline", "formulae", "model", "vocabulary", "dates", "urls", "prose"):
        assert ours(name) & (READERS | RENDERERS) == set(), name


def test_no_module_imports_itself_around_a_corner() -> None:
    def reached(name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            for other in ours(waiting.pop()) - found:
                found.add(other)
                waiting.append(other)
        return found

    # A package names its own modules, and they name it for what stands in none of them.
    circles = {name for name in MODULES if name in reached(name)}
    within = {name for name in circles if any(other.startswith(f"{name}.") for other in MODULES)}
    assert {name for name in circles if name.split(".")[0] not in within} == set()


def test_rendering_knows_no_clock_and_no_network() -> None:
    forbidden = {"time", "random", "secrets", "socket", "requests", "urllib.request", "http", "http.client"}
    for name in RENDERERS | {"timeline", "prose", "urls", "publication", "spool", "memo", "mkdocs_plugin"}:
        assert imported(name) & forbidden == set(), name
        called = {node.attr for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)}
        assert called & {"now", "today", "utcnow"} == set(), name


# Addresses

ROOMS = (
    "events|issues|people|organizations|parties|sources|quotes|commitments|years|about|data|briefings|develop"
)
ADDRESS = re.compile(rf"(?:\.\./|/)*(?:{ROOMS})/")
FILES = re.compile(r"(?:^|\s)(?:events/registry/|docs/)|\.ya?ml$")


@pytest.mark.parametrize("name", [name for name in MODULES if name != "urls"])
def test_only_urls_builds_an_address(name: str) -> None:
    """The names of the record's own files, which findings and edit links tell editors, are no addresses."""
    assert [
        (line, text) for line, text in literals(name) if ADDRESS.match(text) and not FILES.search(text)
    ] == []


def test_only_urls_and_the_adapter_know_what_a_pages_file_is_called() -> None:
    """MkDocs is told each page's file, so its adapter must know the name."""
    knowing = {name for name in MODULES for _, text in literals(name) if "index.html" in text}
    assert knowing <= {"urls", "stamping"} | THEMED


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
