"""`timeline build` and `timeline serve` as a shell runs them, and what is answered where they cannot be."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from diplomatic_timeline.build.files import lock
from helpers.commands import timeline
from helpers.sites import UNPRINTED, write_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_project(tmp_path, configuration=UNPRINTED)


def start(folder: Path, *arguments: str, **given: Any) -> subprocess.Popen[str]:
    """Start a command as a shell does."""
    command = [sys.executable, "-c", "from diplomatic_timeline.cli.main import main; main()", *arguments]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **given
    )


def run(folder: Path, *arguments: str, **given: Any) -> tuple[int, str]:
    """Run a command; return its exit code and what it printed."""
    with start(folder, *arguments, **given) as process:
        said = "".join(process.communicate())
    return process.returncode, said


def test_a_site_is_built_and_a_mistake_ends_with_1_and_is_told(project: Path) -> None:
    code, said = run(project, "build")
    assert code == 0, said
    assert (project / "site/index.html").is_file()
    assert "MkDocs 2" not in said
    assert "3 events read from events" in said
    assert "pages new or changed: open site/index.html\n" in said
    assert run(project, "build")[1].endswith("nothing has changed: open site/index.html\n")
    (project / "events/1996/1996-04-02-saltholm.yml").write_text("", encoding="utf-8")
    code, said = run(project, "build")
    assert code == 1
    assert "error[empty-file]" in said


def test_a_second_build_waits_for_the_first_and_says_so(project: Path) -> None:
    """And without what is kept, it keeps nothing."""
    held = lock(project)
    with start(project, "build", "--no-cache") as process:
        assert process.stderr is not None
        assert "another build of this project is at work" in process.stderr.readline()
        assert not (project / "site").exists()
        os.close(held)
        process.communicate()
    assert process.returncode == 0
    assert (project / "site/index.html").is_file()
    assert not (project / ".cache").exists()


def test_a_build_that_is_ended_publishes_nothing_later(project: Path) -> None:
    hook = "import time\ndef on_post_build(config):\n    print('here', flush=True)\n    time.sleep(60)\n"
    (project / "hook.py").write_text(hook, encoding="ascii")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    for how in (signal.SIGTERM, signal.SIGKILL):
        with start(project, "build") as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "here\n"
            process.send_signal(how)
            process.communicate()  # which ends when nobody is left who could print
        assert process.returncode in (128 + how, -how)
        assert not (project / "site").exists()
        left = [path for path in project.iterdir() if "building" in path.name]
        assert len(left) == (how == signal.SIGKILL)
    (project / "hook.py").write_text("", encoding="ascii")
    assert run(project, "build")[0] == 0
    assert [path for path in project.iterdir() if "building" in path.name] == []


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_folder_without_mkdocs_yml_is_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = timeline(command, *(["--address", "127.0.0.1:0"] if command == "serve" else []))
    assert result.exit_code == 2
    assert "there is no mkdocs.yml here; run the command in the project's folder" in result.output


def test_an_address_in_use_is_answered_with_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = timeline("serve", "--address", f"127.0.0.1:{taken.getsockname()[1]}")
    assert result.exit_code == 2
    assert "is the preview running already?" in result.output


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1:port", "127.0.0.1:99999", "a\r\nb:80"])
def test_what_is_no_address_is_refused(address: str) -> None:
    result = timeline("serve", "--address", address)
    assert result.exit_code == 2
    assert "cannot be used" in result.output
    assert "\r" not in result.output
