"""The wheel by itself: in an empty environment it starts a record, checks and builds it."""

from __future__ import annotations

import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from helpers.records import REPOSITORY
from helpers.shared import Share


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
        venv.create(folder / "venv")
        python = folder / "venv" / "bin" / "python"
        uv = (sys.executable, "-m", "uv", "pip", "install", "--no-index", "--no-deps", "-q")
        run(*uv, "--python", python, wheel, folder=folder)
        (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
        # What a .pth file names is searched, but .pth files there are not: this project is not found so.
        (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
        found = run(python, "-c", "import diplomatic_timeline as d; print(d.__file__)", folder=folder)
        assert Path(found.strip()).is_relative_to(packages)

    return share("wheel", make) / "venv" / "bin"


@pytest.fixture
def project(environment: Path, tmp_path: Path) -> Path:
    parties = (
        "--party",
        "Republic of Arland,Arland,Arlandic",
        "--party",
        "Belmark,,Belmarkian",
        "--party",
        "Cyrene",
    )
    run(environment / "timeline", "init", "sound", "--name", "The Sound", *parties, folder=tmp_path)
    return tmp_path / "sound"


def test_the_wheel_starts_a_record_that_is_sound_and_builds(environment: Path, project: Path) -> None:
    assert run(environment / "timeline", "check", folder=project) == "no mistakes found\n"
    run(environment / "timeline", "build", folder=project)
    site = project / "site"
    page = (site / "events/2024-03-05-example-talks/index.html").read_text(encoding="utf-8")
    assert "example-bridge-open" in page
    for file in (
        "index.html",
        "quotes/index.html",
        "briefings/record.pdf",
        "data/quotes.json",
        "data/schema/event.schema.json",
        "search/index.js",
        "events/2024-03-05-example-talks/social.png",
        "assets/stylesheets/timeline.css",
        "assets/javascripts/timeline.js",
        "assets/javascripts/citations.js",
        "assets/javascripts/chart-live.js",
        "assets/javascripts/vendor/d3.min.js",
        "assets/fonts/serif.woff2",
        "assets/images/mark.svg",
    ):
        assert (site / file).stat().st_size > 100, file
    assert "assets/images/mark.svg" in page
    assert "fonts.googleapis" not in page


def test_without_a_navigation_the_records_pages_are_in_it(environment: Path, project: Path) -> None:
    text = "site_name: The Sound\nplugins:\n  - timeline:\n      briefings: false\n"
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    shutil.rmtree(project / "docs/briefings")
    run(environment / "timeline", "build", folder=project)
    home = (project / "site/index.html").read_text(encoding="utf-8")
    for name in ("issues", "people", "quotes", "commitments", "sources"):
        assert f'href="{name}/index.html" class="md-tabs__link"' in home


def test_the_record_is_loaded_by_the_packages_name(environment: Path, project: Path) -> None:
    code = "from diplomatic_timeline import load; print(len(load('events').events))"
    assert int(run(environment / "python", "-c", code, folder=project)) == 1
