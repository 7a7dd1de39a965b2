"""The `timeline` command as a whole: what it says of its commands, and that it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from diplomatic_timeline.cli.main import main
from diplomatic_timeline.model.characters import visible
from helpers.commands import timeline
from helpers.records import SMALL


def commands(group: click.Group = main, *path: str) -> dict[tuple[str, ...], click.Command]:
    """Return each command by the words that call it, groups included."""
    found: dict[tuple[str, ...], click.Command] = {}
    for name, command in group.commands.items():
        found[*path, name] = command
        if isinstance(command, click.Group):
            found |= commands(command, *path, name)
    return found


@pytest.mark.parametrize("group", [(), ("import",)], ids=["timeline", "timeline import"])
def test_the_help_says_in_a_whole_sentence_what_each_command_does(group: tuple[str, ...]) -> None:
    listed = timeline(*group, "--help").output.partition("Commands:\n")[2].splitlines()
    said = {line.split()[0]: line for line in listed}
    assert said.keys() == {path[-1] for path in commands() if path[:-1] == group}
    assert [line for line in said.values() if not re.search(r"[^.]\.$", line)] == []


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_command_explains_itself_and_its_options(path: tuple[str, ...]) -> None:
    result = timeline(*path, "-h")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: timeline {' '.join(path)} ")
    silent = [p.name for p in commands()[path].params if isinstance(p, click.Option) and not p.help]
    assert silent == []


def test_the_records_folder_is_the_same_option_of_every_command_that_reads_it() -> None:
    said = {}
    for path in commands():
        words = " ".join(timeline(*path, "-h").output.split())
        said[path] = re.findall(r"--events DIRECTORY (.*?)(?= -{1,2}\w)", words)
    assert {path for path, help in said.items() if not help} == {
        ("build",),
        ("serve",),
        ("import",),
        ("init",),
        ("new",),
    }
    assert len({help for found in said.values() for help in found}) == 1


def test_the_installed_command_checks_a_record(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "events")
    command = [str(Path(sys.executable).with_name("timeline")), "check"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith("3 warnings found\n")


@pytest.mark.parametrize("arguments", [("verify",), ("check",), ("import", "sheet"), ()])
def test_no_word_of_a_message_commands_a_terminal_or_a_workflow(arguments: tuple[str, ...]) -> None:
    result = timeline(*arguments, "a\n::error::\x1b[31m\x9b\u202e")
    assert result.exit_code == 2
    lines = result.output.split("\n")
    assert [visible(line) for line in lines] == lines
    assert not any(line.startswith("::error::") for line in lines)
