"""Each folder of records/broken/ holds one mistake, and what `timeline check` prints about it.

How to add one: tests/records/broken/README.md.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplomatic_timeline.cli.main import main
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.report import as_text
from helpers.records import BROKEN, REPOSITORY

CASES = sorted(path for path in BROKEN.iterdir() if path.is_dir() and not path.name.startswith("_"))
MACROS = REPOSITORY / "macros" / "diplomatic_timeline"
ERRORS = REPOSITORY / "docs" / "contribute" / "errors.md"
REMOVED = ".removed"

# Findings that no folder of files can bring about, and the tests that do.
EXERCISED_ELSEWHERE = {
    "unreadable-file": "test_loader.py: the system refuses to open a file",
    "too-large": "test_loader.py: a file of five megabytes",
    "missing-translation": "test_translations.py: a text that lacks the language that mkdocs.yml names",
    "page-macro": "test_shortcodes.py: a mistake in a page, not in the record",
}


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound record whose sources are pinned."""
    folder = tmp_path_factory.mktemp("base") / "events"
    shutil.copytree(BROKEN / "_base", folder)
    arguments = ["pin", "--all", str(BROKEN / "_copies"), "--events", str(folder), "--date", "2021-12-31"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return folder


def overlaid(base: Path, case: Path, target: Path) -> Path:
    """Return a copy of the sound record with a case's files laid over it."""
    folder = target / "events"
    shutil.copytree(base, folder)
    for path in sorted(case.rglob("*")):
        name = path.relative_to(case)
        if not path.is_file() or name.as_posix() == "expected.txt":
            continue
        if path.suffix == REMOVED:
            (folder / name.with_suffix("")).unlink()
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    if not any((folder / "registry").glob("*.yml")):
        shutil.rmtree(folder / "registry")
    return folder


def test_the_record_below_all_cases_is_sound(base: Path) -> None:
    assert as_text(read_folder(base, "events").diagnostics) == "no mistakes found\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_reported_as_expected_and_free_of_jargon(case: Path, base: Path, tmp_path: Path) -> None:
    printed = as_text(read_folder(overlaid(base, case, tmp_path), "events").diagnostics)
    expected = case / "expected.txt"
    if "UPDATE_EXPECTED" in os.environ:
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")
    prose = "\n".join(re.findall(r"^(?:error|warning)\[.*|^help:.*", printed, re.MULTILINE))
    jargon = r"None|NoneType|pydantic|Traceback|\bdict\b|\btuple\b|\bstr\b|\bnull\b|scalar|token|validation"
    assert not re.search(jargon, prose)


def codes_reported() -> set[str]:
    """Return the codes in the expectations of all cases."""
    return {
        code
        for case in CASES
        for code in re.findall(
            r"^(?:error|warning)\[([a-z0-9-]+)\]",
            (case / "expected.txt").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }


def codes_documented() -> set[str]:
    """Return the codes that docs/contribute/errors.md has a section for."""
    return set(re.findall(r"^### `([a-z0-9-]+)`", ERRORS.read_text(encoding="utf-8"), re.MULTILINE))


def codes_in_modules() -> set[str]:
    """Return the codes that macros/ gives to findings, from calls that make one and `code, … = …`."""
    # Where each of these takes the code.
    makers = dict.fromkeys(("Diagnostic", "Explanation", "finding", "report", "mark"), 0)
    makers |= {"Target": 1, "registry": 1}
    codes: set[str] = set()
    for module in MACROS.rglob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
                names, values = node.targets[0].elts, getattr(node.value, "elts", [])
                pairs = zip(map(ast.unparse, names), values, strict=False)
                codes.update(ast.literal_eval(value) for name, value in pairs if name == "code")
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            place = makers.get(name.lstrip("_"))
            if place is None or place >= len(node.args):
                continue
            code = node.args[place]
            if isinstance(code, ast.Name) and isinstance(constants.get(code.id), str):
                codes.add(str(constants[code.id]))
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                codes.add(code.value)
            elif isinstance(code, ast.JoinedStr):
                ends = "".join(str(part.value) for part in code.values if isinstance(part, ast.Constant))
                codes.update(f"{kind}{ends}" for kind in ("issue", "source"))
    return codes


def test_the_documented_codes_are_those_that_the_modules_have_and_cases_report() -> None:
    assert codes_documented() == codes_in_modules()
    assert codes_documented() == codes_reported() | EXERCISED_ELSEWHERE.keys()


def test_every_documented_code_has_an_example() -> None:
    sections = re.findall(
        r"^### `([a-z0-9-]+)`\n(.*?)(?=^#|\Z)", ERRORS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert [code for code, text in sections if not re.search(r"`|^    ", text, re.MULTILINE)] == []
