"""The two records and their sites, each built once in a run of the tests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from mkdocs.config import load_config

from diplomatic_timeline.views.timeline import Timeline
from helpers.records import REAL, REPOSITORY, SMALL, timeline_of
from helpers.sites import Built, built_in, write_project

if TYPE_CHECKING:
    from helpers.shared import Share

os.environ["NO_MKDOCS_2_WARNING"] = "1"
# How long an example takes says nothing of what is tested.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ["helpers.browser", "helpers.chart", "helpers.shared"]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than there are cores: a test that waits for a browser or a server leaves one idle."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that no browser was there: a quiet skip would look like success."""
    reasons = {str(r.longrepr[2]) for r in terminalreporter.stats.get("skipped", ()) if r.longrepr}
    for reason in sorted(reasons):
        if "NO BROWSER TESTS" in reason:
            terminalreporter.write_line(reason, red=True, bold=True)


@pytest.fixture(scope="session")
def small() -> Timeline:
    """The small record: three parties, an observer, and text that tries to be markup."""
    return timeline_of(SMALL)


@pytest.fixture(scope="session")
def real() -> Timeline:
    """The record that the repository publishes."""
    return timeline_of(REAL)


@pytest.fixture(scope="session")
def built_small(share: Share, small: Timeline) -> Built:
    """The small record's site, around pages that use every component."""
    folder = share("small", lambda folder: built_in(write_project(folder / "project")))
    return Built(folder / "project" / "site", "Sound & Ferries", "https://example.org/sound/", small)


@pytest.fixture(scope="session")
def built_real(share: Share, real: Timeline) -> Built:
    """The repository's own site."""
    folder = share("real", lambda folder: built_in(REPOSITORY, folder / "site"))
    config = load_config(str(REPOSITORY / "mkdocs.yml"))
    return Built(folder / "site", config.site_name, config.site_url or "", real)


@pytest.fixture(params=["small", "real"])
def built(request: pytest.FixtureRequest) -> Built:
    """Either site in turn."""
    site: Built = request.getfixturevalue(f"built_{request.param}")
    return site
