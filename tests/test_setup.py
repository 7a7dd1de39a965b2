""".ci/setup where something is missing: a line says what and the ways out, and nothing half made stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.records import REPOSITORY

TOOLS = "awk cat date dirname df grep mkdir rm sed sh tail touch".split()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what the script reads, and `bin/`, where nothing but plain tools is found."""
    shutil.copytree(REPOSITORY / ".ci", tmp_path / ".ci", ignore=shutil.ignore_patterns("node_modules"))
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "bin" / tool).symlink_to(found)
    program(tmp_path / "bin/id", "echo 1000")  # not root, and there is no sudo
    return tmp_path


def program(path: Path, script: str) -> None:
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def refused(checkout: Path, **environment: str) -> str:
    """Run the script, which must fail and leave no .venv; return the last line that it says."""
    run = subprocess.run(
        [".ci/setup"],
        cwd=checkout,
        env={"PATH": str(checkout / "bin"), "HOME": str(checkout), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert not (checkout / ".venv").exists()
    return run.stderr.splitlines()[-1]


def test_without_python_it_says_which_is_needed(checkout: Path) -> None:
    assert "no Python 3.11 or newer is found" in refused(checkout)
    assert "/nowhere is no Python that runs" in refused(checkout, PYTHON="/nowhere")


def test_without_pythons_venv_module_it_names_debians_package(checkout: Path) -> None:
    program(checkout / "bin/bare", f'case "$2" in *ensurepip*) exit 1 ;; esac; exec {sys.executable} "$@"')
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"run 'apt-get install python{version}-venv' as root" in refused(checkout, PYTHON="bare")


def test_a_full_disk_is_told_before_anything_is_made(checkout: Path) -> None:
    program(checkout / "bin/df", "echo head; echo /dev/disk 900000 800000 102400 90% /")
    assert "450 MB of disk are needed" in refused(checkout, PYTHON=sys.executable)


def test_without_a_network_it_says_how_to_go_on_and_leaves_nothing(checkout: Path) -> None:
    said = refused(checkout, PYTHON=sys.executable, PIP_NO_INDEX="1", PIP_CONFIG_FILE="/dev/null")
    assert "installing from requirements.lock failed" in said
    assert "PIP_FIND_LINKS=/path/to/wheels make site" in said


@pytest.mark.parametrize("watched", [True, False], ids=["terminal", "file"])
def test_how_far_it_is_is_shown_on_a_terminal_and_elsewhere_a_line_a_step(
    checkout: Path, watched: bool
) -> None:
    program(checkout / "bin/uv", "case $* in *--quiet*) ;; *) echo '2 of 67' >&2 ;; esac")
    read, write = os.openpty() if watched else os.pipe()
    environment = {"PATH": str(checkout / "bin"), "HOME": str(checkout), "PYTHON": sys.executable}
    subprocess.run([".ci/setup"], cwd=checkout, env=environment, stderr=write, timeout=120, check=True)
    lines = os.read(read, 10_000).decode().splitlines()
    os.close(read)
    os.close(write)
    assert ("2 of 67" in lines) == watched
    assert sum(line.startswith("setup: ") for line in lines) == 3
