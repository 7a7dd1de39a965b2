"""A second process: what it does is what the first one would have done, and its failing costs time only."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from benchmarks.record import write_record
from diplomatic_timeline.build import fork
from diplomatic_timeline.build.memo import Memo
from diplomatic_timeline.build.scratch import Spool
from diplomatic_timeline.plugin import pages as plugin_pages
from diplomatic_timeline.plugin import plugin
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.site import site
from helpers.records import REPOSITORY
from helpers.sites import CONFIGURATION, PAGES, tree, write_project


@pytest.fixture
def forced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a second process wherever one is wanted."""
    monkeypatch.setattr(fork, "possible", lambda: True)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose record counts as a large one."""
    monkeypatch.setattr(site, "DOUBLED", range(1, 100))
    monkeypatch.setattr(plugin_pages, "WORTHWHILE", 2)
    write_record(tmp_path / "record", 20, seed=9, pins=True)
    configuration = CONFIGURATION.replace("briefings: true", "briefings: false")
    events = read_folder(tmp_path / "record").corpus.events.values()
    # Rendered before a second process begins, and once more on pages that it makes.
    words = "\n\n".join(f'{{{{ quote("{q.id}") }}}}' for event in events for q in event.quotes[::7])
    pages = {**PAGES, "about/index.md": f"# About the record\n\nWords.\n\n{words}\n"}
    return write_project(tmp_path / "project", tmp_path / "record", pages, configuration)


@pytest.fixture
def results(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each second process that was begun has done its work."""
    found: list[bool] = []
    result = fork.Second.result

    def noted(process: fork.Second) -> Any:
        told = result(process)
        found.append(told is not None)
        return told

    monkeypatch.setattr(fork.Second, "result", noted)
    return found


def built(project: Path) -> dict[str, bytes]:
    """Build a project; return the files of its site."""
    config = load_config(str(project / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    return tree(project / "site")


def built_anew(project: Path) -> dict[str, bytes]:
    """Build a project for the first time once more."""
    for left in (".cache", "site"):
        (project / left).rename(project.parent / f"{left}-{time.monotonic_ns()}")
    return built(project)


@pytest.mark.usefixtures("forced")
def test_it_gives_back_what_its_work_returns() -> None:
    process = fork.begin(lambda: {"of": os.getpid()})
    assert process is not None
    assert process.result()["of"] != os.getpid()


@pytest.mark.usefixtures("forced")
def test_of_work_that_fails_nothing_is_given_back(capfd: pytest.CaptureFixture[str]) -> None:
    process = fork.begin(lambda: 1 / 0)
    assert process is not None
    assert process.result() is None
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("forced")
def test_it_can_be_stopped(tmp_path: Path) -> None:
    begun = tmp_path / "begun"

    def work() -> None:
        begun.write_text(str(os.getpid()))
        time.sleep(60)

    process = fork.begin(work)
    assert process is not None
    while not begun.exists() or not begun.read_text():
        time.sleep(0.01)
    process.stop()
    process.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)


def test_it_ends_with_the_first_one(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    script = f"""
import os, pathlib, time
from diplomatic_timeline.build import fork as second
second.possible = lambda: True
alive = pathlib.Path({str(alive)!r})
def work():
    while True:
        alive.write_text(str(time.monotonic_ns()))
        time.sleep(0.01)
second.begin(work)
while not alive.exists():
    time.sleep(0.01)
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=REPOSITORY)
    for _ in range(40):
        last = alive.read_text()
        time.sleep(0.5)
        if alive.read_text() == last:
            return
    raise AssertionError("it goes on")


def test_there_is_none_on_a_single_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0}, raising=False)
    assert fork.begin(lambda: 1) is None


def test_there_is_none_beside_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1}, raising=False)
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    assert fork.begin(lambda: 1) is None
    over.set()
    thread.join()


def test_a_site_of_two_processes_is_that_of_one(
    project: Path, results: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fork, "possible", lambda: True)
    doubled = built(project)
    assert results == [True, True]
    assert built(project) == doubled
    assert len(results) == 2  # the next time there is little to do
    monkeypatch.setattr(fork, "possible", lambda: False)
    assert built_anew(project) == doubled
    assert len(results) == 2


@pytest.mark.usefixtures("forced")
def test_what_a_second_process_made_is_remembered(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doubled = built(project)
    (project / "site").rename(project / "before")
    made: list[int] = []
    save = Memo.save

    def noting(memo: Memo) -> None:
        made.append(memo.remade)
        save(memo)

    monkeypatch.setattr(Memo, "save", noting)
    assert built(project) == doubled
    assert made == [0]


@pytest.mark.usefixtures("forced")
@pytest.mark.parametrize("where", ["making", "stamping"])
def test_a_second_process_that_fails_changes_nothing(
    project: Path, results: list[bool], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def failing(*_: object) -> None:
        raise MemoryError

    doubled = built(project)
    results.clear()
    if where == "making":
        monkeypatch.setattr(plugin, "prepare", failing)
    else:
        monkeypatch.setattr(Spool, "lend", failing)
    assert built_anew(project) == doubled
    assert results == ([False, True] if where == "making" else [True, False])
