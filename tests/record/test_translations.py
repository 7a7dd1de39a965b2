"""Texts in several languages: which is shown, and what is found in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from diplomatic_timeline.build.store import Store
from diplomatic_timeline.model.translations import Languages, foreign
from diplomatic_timeline.record.loader import read_folder
from helpers.records import BROKEN

PLAIN, SEVERAL = "2021-03-01-port-vale", "2021-05-ferry"
FERRY = {"en": "A ferry", "zh-Hant": "渡輪", "fr": "Un bac"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a record in English, of which one title is in three languages."""
    folder = Path(shutil.copytree(BROKEN / "_base", tmp_path / "events"))
    file = folder / "2021" / f"{SEVERAL}.yml"
    _, _, rest = file.read_text(encoding="utf-8").partition("\n")
    title = "".join(f"  {language}: {text}\n" for language, text in FERRY.items())
    file.write_text(f"title:\n{title}{rest}", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("language", "title", "other"),
    [
        ("en", "A ferry", (None, None)),
        ("fr", "Un bac", (None, "en")),
        ("zh", "渡輪", (None, "en")),
        ("fr-CA", "Un bac", (None, "en")),
        ("uk", "A ferry", ("en", "en")),
    ],
)
def test_a_text_is_shown_in_the_sites_language_or_else_in_the_records_own(
    folder: Path, tmp_path: Path, language: str, title: str, other: tuple[str | None, str | None]
) -> None:
    kept = Store(tmp_path / "kept.sqlite")
    read_folder(folder, store=kept, languages=Languages("en", "en"))
    events = read_folder(folder, store=kept, languages=Languages(language, "en")).corpus.events
    kept.close()
    assert events[SEVERAL].title == title
    assert tuple(foreign(events[id].title, language) for id in (SEVERAL, PLAIN)) == other


def test_a_text_without_the_records_own_language_is_a_mistake(folder: Path) -> None:
    diagnostics = read_folder(folder, languages=Languages("uk", "uk")).diagnostics
    (found,) = (d for d in diagnostics if d.severity == "error")
    assert found.code == "missing-translation"
    assert found.position.line == 1
    assert "'uk'" in found.message
