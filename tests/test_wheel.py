"""The wheel by itself: in an empty environment it builds a folder that holds a record and two files."""

from __future__ import annotations

import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from helpers.records import REPOSITORY, SMALL
from helpers.shared import Share

CONFIGURATION = """\
site_name: The Sound
site_url: https://example.org/sound/
repo_url: https://example.org/code/
nav:
  - Timeline: index.md
  - Issues: issues/index.md
  - People: people/index.md
  - Quotes: quotes/index.md
  - Commitments: commitments/index.md
  - Sources: sources/index.md
plugins: [timeline]
"""


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def environment(share: Share) -> Path:
    """The programs of an environment with the wheel in it; what that depends on is borrowed, not fetched."""

    def make(folder: Path) -> None:
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, folder=REPOSITORY)
        (wheel,) = folder.glob("*.whl")
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / "bin" / "python"
        run(python, "-m", "pip", "install", "--no-index", "--no-deps", "-q", wheel, folder=folder)
        (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
        # What a .pth file names is searched, but .pth files there are not: this project is not found so.
        (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
        found = run(python, "-c", "import diplomatic_timeline as d; print(d.__file__)", folder=folder)
        assert Path(found.strip()).is_relative_to(packages)

    return share("wheel", make) / "venv" / "bin"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert len(CONFIGURATION.splitlines()) <= 15
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# The Sound\n\n{{ timeline() }}\n", encoding="utf-8")
    shutil.copytree(SMALL, tmp_path / "events")
    return tmp_path


def test_the_wheel_builds_a_folder_of_a_record_and_two_files(environment: Path, project: Path) -> None:
    run(environment / "timeline", "build", folder=project)
    site = project / "site"
    page = (site / "events/1996-04-02-saltholm/index.html").read_text(encoding="utf-8")
    assert "lin-no-ship" in page
    for file in (
        "index.html",
        "quotes/index.html",
        "briefings/record.pdf",
        "data/quotes.json",
        "data/schema/event.schema.json",
        "search/index.js",
        "events/1996-04-02-saltholm/social.png",
        "assets/stylesheets/timeline.css",
        "assets/javascripts/timeline.js",
        "assets/javascripts/chart-live.js",
        "assets/javascripts/vendor/d3.min.js",
        "assets/fonts/serif.woff2",
        "assets/images/mark.svg",
    ):
        assert (site / file).stat().st_size > 100, file
    assert "assets/images/mark.svg" in page
    assert "fonts.googleapis" not in page


def test_without_a_navigation_the_records_pages_are_in_it(environment: Path, project: Path) -> None:
    text = CONFIGURATION.partition("nav:")[0] + "plugins:\n  - timeline:\n      briefings: false\n"
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    run(environment / "timeline", "build", folder=project)
    home = (project / "site/index.html").read_text(encoding="utf-8")
    for name in ("issues", "people", "quotes", "commitments", "sources"):
        assert f'href="{name}/index.html" class="md-tabs__link"' in home


def test_the_record_is_loaded_by_the_packages_name(environment: Path, project: Path) -> None:
    code = "from diplomatic_timeline import load; print(len(load('events').events))"
    assert int(run(environment / "python", "-c", code, folder=project)) == 3
