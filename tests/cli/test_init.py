"""`timeline init`: a record of one's own, which can be checked and built at once."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from diplomatic_timeline.model.vocabulary import Color, Marker, words
from diplomatic_timeline.record.loader import read_folder
from helpers.commands import timeline

TWO = ("--party", "Arland,AR,Arlandic", "--party", "Kingdom of Belmark")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_record_is_without_a_finding_and_every_quotation_is_proven(here: Path) -> None:
    result = timeline("init", "sound", "--name", 'The "Sound": a record', *TWO)
    assert result.exit_code == 0, result.output
    reading = read_folder(here / "sound/events")
    assert reading.diagnostics == ()
    assert [proof.outcome for proof in reading.proofs.values()] == ["verified", "verified"]
    assert reading.corpus.parties["arland"].adjective == "Arlandic"
    assert reading.corpus.parties["kingdom-of-belmark"].short == "Kingdom of Belmark"


def test_nothing_of_it_speaks_of_another_record(here: Path) -> None:
    assert timeline("init", "sound", "--name", "The Sound", *TWO).exit_code == 0
    for path in (here / "sound").rglob("*"):
        if path.is_file() and path.suffix != ".json":
            found = re.search("United States|Chin(a|ese)|Taiwan|Blinken", path.read_text(encoding="utf-8"))
            assert found is None, f"{path}: {found}"


def test_what_no_option_says_is_asked_for_with_proposals(here: Path) -> None:
    answers = ["The Sound", "Arland", "", "Arlandic", "", "", "Belmark", "BM", "", "red", "cross", ""]
    result = timeline("init", "sound", input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    parties = read_folder(here / "sound/events").corpus.parties
    shown = {id: (p.short, p.adjective, p.color, p.marker) for id, p in parties.items()}
    assert shown == {
        "arland": ("Arland", "Arlandic", "blue", "diamond"),
        "belmark": ("BM", "Belmark", "red", "cross"),
    }


def test_five_parties_get_five_colours_and_markers(here: Path) -> None:
    names = ["阿兰", "Belmark", "Cyrene", "Dorsk", "Elin"]
    result = timeline("init", "five", "--name", "Five", *(word for n in names for word in ("--party", n)))
    assert result.exit_code == 0, result.output
    reading = read_folder(here / "five/events")
    assert reading.sound
    parties = reading.corpus.parties.values()
    assert [p.id for p in parties] == ["party-1", "belmark", "cyrene", "dorsk", "elin"]
    assert {len({p.color for p in parties}), len({p.marker for p in parties})} == {5}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--name", "x", "--party", "Arland"), "a record has 2 to 5 parties to begin with"),
        (("--name", "x", "--party", "Arland", "--party", "arland"), "two parties have the id 'arland'"),
        (("--name", "x", "--party", "A,,,blue", "--party", "B,,,blue"), "two parties have the color 'blue'"),
        (("--name", "x", "--party", "A,,,mauve", "--party", "B"), "'mauve' is none of blue, red"),
        (("--name", "x", "--party", "A,B,C,blue,cross,more", "--party", "B"), "is no party"),
        (("--name", "x", "--address", "here", *TWO), "'here' is no address"),
        (("--party", "Arland"), "give --name"),
        (("--name", "two\nlines", *TWO), "has a line end"),
    ],
)
def test_misuse_is_told_and_leaves_nothing(here: Path, arguments: tuple[str, ...], message: str) -> None:
    result = timeline("init", "sound", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert list(here.iterdir()) == []


def test_a_folder_that_is_not_empty_is_left_as_it_is(here: Path) -> None:
    (here / "sound").mkdir()
    (here / "sound/notes.txt").write_text("mine", encoding="utf-8")
    result = timeline("init", "sound", "--name", "The Sound", *TWO)
    assert result.exit_code == 2
    assert "is not empty" in result.output
    assert os.listdir(here / "sound") == ["notes.txt"]


def test_an_empty_folder_is_filled_where_it_is(here: Path) -> None:
    assert timeline("init", ".", "--name", "The Sound", *TWO).exit_code == 0
    assert timeline("check").output == "no mistakes found\n"
    assert timeline("schema", "--check").exit_code == 0
    assert not [name for name in os.listdir(here) if name.startswith(".new-")]


@pytest.mark.parametrize(
    ("file", "schema"),
    [(".github/workflows/record.yml", "vendor.github-workflows"), (".gitlab-ci.yml", "vendor.gitlab-ci")],
)
def test_workflows_are_what_their_hosts_take(here: Path, file: str, schema: str) -> None:
    assert timeline("init", "sound", "--name", "The Sound", *TWO).exit_code == 0
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        schema,
        str(here / "sound" / file),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_git_stops_a_commit_with_a_mistake_in_it(here: Path) -> None:
    assert timeline("init", ".", "--name", "The Sound", *TWO).exit_code == 0
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    def git(*arguments: str) -> int:
        author = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        command = ["git", *author, "-c", "core.hooksPath=.githooks", *arguments]
        return subprocess.run(
            command, capture_output=True, check=False, env={**os.environ, "PATH": programs}
        ).returncode

    assert git("init", "--quiet") == 0
    assert git("add", ".") == 0
    event = here / "events/2024/2024-03-05-example-talks.yml"
    text = event.read_text(encoding="utf-8")
    event.write_text(text.replace("for trade in every", "for trade in any"), encoding="utf-8")
    assert git("commit", "--message", "with a word changed") == 1
    event.write_text(text, encoding="utf-8")
    assert git("commit", "--message", "as it was said") == 0


def test_editors_are_told_the_schema_of_each_file_of_the_record(here: Path) -> None:
    assert timeline("init", "sound", "--name", "The Sound", *TWO).exit_code == 0
    settings = json.loads((here / "sound/.vscode/settings.json").read_text(encoding="utf-8"))
    named = set(settings["yaml.schemas"])
    assert named == {f"./events/schema/{p.name}" for p in (here / "sound/events/schema").iterdir()}
    for path in (here / "sound/events").rglob("*.yml"):
        schema = path.read_text(encoding="utf-8").partition("\n")[0].partition("$schema=")[2]
        assert (path.parent / schema).is_file(), path


def test_colours_and_markers_that_are_proposed_are_those_of_the_record() -> None:
    said = timeline("init", "sound", "--name", "The Sound", input="Arland\n\n\n").output
    assert f"its colour ({', '.join(words(Color))}) [blue]" in said
    said = timeline("init", "sound", "--name", "The Sound", input="Arland\n\n\n\n").output
    assert f"its marker ({', '.join(words(Marker))}) [diamond]" in said
