"""Pinning sources from copies, and comparing the copies with the pins later."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import Result

from helpers.commands import timeline as run
from helpers.edits import replace
from helpers.records import SMALL

# Our own words around the small record's quotations, as a newspaper would print them.
ARTICLE = """\
Three flags, one table

The talks at Saltholm began on a Tuesday in the rain, and the three delegations sat down without a word.

“We count the fish first, and then we,” Ms. Thorn told the hall, “share them among friends and among rivals.”
The harbour commissioner was shorter. “No ship of any flag shall pass the mole without paying,” he said.

Of the chancellor it was told that he said that patience is a net and that nets tear where they are mended.
“Nobody smiled, and everybody signed what lay before them.”
"""


@pytest.fixture
def events(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "events"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "copies" / "lantern-1996-04-04.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def pin(events: Path, copy: Path, day: str = "1996-05-01") -> Result:
    return run("pin", "lantern-1996-04-04", copy, "--events", events, "--date", day)


def test_pinning_says_how_many_words_it_read_and_again_leaves_the_pin_alone(events: Path, copy: Path) -> None:
    result = pin(events, copy)
    assert result.exit_code == 0, result.output
    assert "lantern-1996-04-04: " in result.output
    assert " words read as plain text; pinned on 1996-05-01" in result.output
    for id in ("thorn-count-first", "lin-no-ship", "lindqvist-patience", "okon-nobody-smiled"):
        assert f"proven     {id}" in result.output
    file = events / "registry/pins/lantern-1996-04-04.pin"
    before = file.read_bytes()
    result = pin(events, copy, day="2001-01-01")
    assert "unchanged" in result.output
    assert file.read_bytes() == before


def test_a_pinned_source_proves_its_quotations_and_is_needed_only_where_proof_is_required(
    events: Path, copy: Path
) -> None:
    before, strict = run("check", events), run("check", events, "--require-proof")
    pin(events, copy)
    after = run("check", events)
    assert (before.exit_code, strict.exit_code, after.exit_code) == (0, 1, 0)
    assert "lantern-1996-04-04" in before.output
    assert "lantern-1996-04-04" not in after.output
    assert "warning[unpinned]" in before.output
    assert "error[unpinned]" in strict.output


@pytest.mark.parametrize(
    ("said", "wrong", "found"),
    [
        (
            "without paying",
            "without praying",
            (
                "error[not-found] not proven: word 11 is 'praying', the source has 'paying'",
                "1996-04-02-saltholm.yml:",
                "No ship of any flag",
            ),
        ),
        ("text: No ship of", "text: ship of", ("begins in the middle of a sentence", "'no'")),
    ],
    ids=["another word", "a dropped word"],
)
def test_a_word_is_named_with_the_sources_own(
    events: Path, copy: Path, said: str, wrong: str, found: tuple[str, ...]
) -> None:
    pin(events, copy)
    replace(events / "1996/1996-04-02-saltholm.yml", said, wrong)
    result = run("check", events)
    assert result.exit_code == 1
    assert [words for words in found if words not in result.output] == []


def test_the_reporters_words_inside_a_quotation_are_caught(events: Path, copy: Path) -> None:
    broken = "and then we, Ms. Thorn told the hall, share them"
    replace(events / "1996/1996-04-02-saltholm.yml", "and then we [...] share them", broken)
    result = pin(events, copy)
    assert result.exit_code == 1
    assert "a quotation mark of the source stands before word 9, 'Ms'" in result.output
    assert "write '[...]' in place of the words between" in run("check", events).output


def test_quotation_marks_that_the_quotation_has_too_are_its_own(events: Path, copy: Path) -> None:
    replace(copy, "the mole without paying", "the “mole” without paying")
    replace(events / "1996/1996-04-02-saltholm.yml", "the [outer] mole without", "the “mole” without")
    assert "proven     lin-no-ship" in pin(events, copy).output


def test_a_prefix_that_is_too_short_is_told_how_many_words_it_lacks(events: Path, copy: Path) -> None:
    file = events / "1996/1996-04-02-saltholm.yml"
    replace(file, "    prefix: he said that\n    suffix: and that nets\n", "")
    replace(file, "text: patience is a net", "text: a net\n    prefix: is")
    pin(events, copy)
    said = run("check", events).output
    assert "it has 3" in said
    assert "give 2 more of the words" in said


def test_an_omission_within_a_sentence_has_to_be_called_abridged(events: Path, copy: Path) -> None:
    replace(copy, "pass the mole", "pass, today or ever, the mole of this port")
    file = events / "1996/1996-04-02-saltholm.yml"
    text = "No ship of any flag shall pass, [...] the [outer] mole of this port without paying."
    replace(file, "No ship of any flag shall pass the [outer] mole without paying.", text)
    refused = pin(events, copy)
    assert refused.exit_code == 1
    assert "add 'abridged: true'" in run("check", events).output
    replace(file, f"text: {text}", f"text: {text}\n    abridged: true")
    assert pin(events, copy).exit_code == 0


def test_a_page_with_almost_no_words_is_refused_and_no_pin_is_written(events: Path, tmp_path: Path) -> None:
    page = tmp_path / "cookies.html"
    page.write_text("<!doctype html><html><body><p>Please accept our cookies.</p></body></html>")
    result = run("pin", "lantern-1997", page, "--events", events)
    assert result.exit_code == 1
    assert "words" in result.output
    assert not list((events / "registry/pins").glob("*.pin"))


def test_verify_finds_an_unchanged_copy_under_any_name(events: Path, copy: Path) -> None:
    pin(events, copy)
    copy.rename(copy.with_name("evening-edition.txt"))
    result = run("verify", copy.parent, "--events", events)
    assert result.exit_code == 0
    assert "lantern-1996-04-04: unchanged (evening-edition.txt)" in result.output


def test_verify_names_the_quotations_that_a_changed_copy_no_longer_has(events: Path, copy: Path) -> None:
    pin(events, copy)
    replace(copy, "in the rain", "in the sun")
    result = run("verify", copy.parent, "--events", events)
    assert result.exit_code == 1
    assert "every quotation still stands" in result.output
    replace(copy, "everybody signed", "somebody signed")
    result = run("verify", copy.parent, "--events", events)
    assert result.exit_code == 1
    assert "changed since it was pinned" in result.output
    assert "no longer stands  okon-nobody-smiled: word 4 is 'everybody', the source has" in result.output
    assert "thorn-count-first" not in result.output


def test_a_damaged_pin_and_a_pin_of_no_source_are_errors(events: Path, copy: Path) -> None:
    pin(events, copy)
    file = events / "registry/pins/lantern-1996-04-04.pin"
    whole = file.read_text()
    lines = whole.splitlines()
    lines[10] = lines[10][:20]
    file.write_text("\n".join(lines) + "\n")
    result = run("check", events)
    assert result.exit_code == 1
    assert "error[bad-pin]" in result.output
    assert "lantern-1996-04-04.pin:" in result.output
    file.unlink()
    file.with_name("lantern-1996-04-05.pin").write_text(whole)
    result = run("check", events)
    assert result.exit_code == 1
    assert "bad-pin" in result.output
