"""Which record a command works on, and what it takes from mkdocs.yml."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from helpers.commands import timeline
from helpers.records import SMALL

OPTIONS = "plugins:\n  - search\n  - timeline:\n      events: record\n"
# What MkDocs and its theme document, and a plain YAML reader trips over.
TAGS = """\
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
  - pymdownx.snippets:
      base_path: !relative $config_dir
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a record in `record`, which is the current one."""
    shutil.copytree(SMALL, tmp_path / "record")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def homepage(*arguments: object) -> tuple[str, str | None]:
    """Return the name and the address under which a command exports the record."""
    result = timeline("export", "out", "--force", *arguments)
    assert result.exit_code == 0, result.output
    package = json.loads(Path("out/data/datapackage.json").read_text(encoding="utf-8"))
    return package["title"], package.get("homepage")


@pytest.mark.parametrize(
    "configuration",
    [
        OPTIONS,
        "plugins:\n  timeline:\n    events: record\n",
        "plugins:\n  - timeline:\n      events: !ENV [NO_SUCH_VARIABLE, record]\n",
        "INHERIT: base.yml\n",
        OPTIONS + TAGS,
        OPTIONS + "docs_dir: nowhere\nhooks: [nowhere.py]\ntheme:\n  name: not-installed\n",
    ],
    ids=["list", "mapping", "environment", "inherited", "tags", "what a build needs is missing"],
)
def test_the_record_is_the_one_that_mkdocs_yml_names(project: Path, configuration: str) -> None:
    (project / "base.yml").write_text(OPTIONS, encoding="utf-8")
    (project / "mkdocs.yml").write_text("site_name: Sound\n" + configuration, encoding="utf-8")
    result = timeline("check")
    assert result.exit_code == 0, result.output
    assert "--> record/registry/sources.yml:1:1" in result.output
    assert timeline("new", "event", "1999-01-01-talks", "--title", "Talks").exit_code == 0
    assert (project / "record/1999/1999-01-01-talks.yml").is_file()


@pytest.mark.parametrize("configuration", ["", "plugins: [search, timeline]\n", "plugins:\n  timeline:\n"])
def test_the_record_is_events_where_mkdocs_yml_names_none(project: Path, configuration: str) -> None:
    (project / "record").rename(project / "events")
    if configuration:
        (project / "mkdocs.yml").write_text(f"site_name: Sound\n{configuration}", encoding="utf-8")
    assert "--> events/registry/sources.yml:1:1" in timeline("check").output


@pytest.mark.parametrize(
    "command", [("check",), ("new", "event", "1999-01-01-x", "--title", "X"), ("export", "out")]
)
def test_a_record_that_is_not_there_is_named_with_what_to_do(project: Path, command: tuple[str, ...]) -> None:
    result = timeline(*command)
    assert result.exit_code == 2
    assert "there is no folder 'events': run this in the project's folder, or give --events" in result.output


@pytest.mark.parametrize(
    ("configuration", "said"),
    [
        ("plugins: [\n", 'in "mkdocs.yml", line 2'),
        ("INHERIT: nowhere.yml\n", "'nowhere.yml' does not exist"),
        (
            "plugins: [timeline: {events: 7}]\n",
            "mkdocs.yml: 'events' of the plugin 'timeline': Expected type",
        ),
    ],
)
def test_a_configuration_that_cannot_be_read_is_told_and_needed_only_where_it_is_asked(
    project: Path, configuration: str, said: str
) -> None:
    (project / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    result = timeline("check")
    assert result.exit_code == 1
    assert said in result.output
    assert isinstance(result.exception, SystemExit)
    assert timeline("check", "--events", "record").exit_code == 0


def test_name_and_address_are_those_of_the_site(project: Path) -> None:
    site = "site_name: Sound\nsite_url: https://example.org/sound\n"
    (project / "mkdocs.yml").write_text(site + OPTIONS, encoding="utf-8")
    assert homepage() == ("Sound", "https://example.org/sound/")


def test_without_mkdocs_yml_the_record_has_a_name_and_no_address(project: Path) -> None:
    assert homepage("--events", "record") == ("Diplomatic record", None)


def test_a_record_that_is_named_goes_by_the_nearest_mkdocs_yml_above_it(project: Path) -> None:
    other = project / "other"
    shutil.move(project / "record", other / "data" / "record")
    (project / "mkdocs.yml").write_text("site_name: Here\n", encoding="utf-8")
    assert homepage("--events", "other/data/record")[0] == "Here"
    (other / "mkdocs.yml").write_text("site_name: There\n", encoding="utf-8")
    assert homepage("--events", "other/data/record")[0] == "There"
