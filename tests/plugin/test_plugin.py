"""The adapter to MkDocs: builds that stop leave the last site, findings are told, `serve` goes on."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.livereload import LiveReloadServer

from diplomatic_timeline.plugin.config import TimelineConfig
from diplomatic_timeline.plugin.plugin import TimelinePlugin
from helpers.edits import replace
from helpers.html import Html, attribute, text_of
from helpers.records import REPOSITORY, SMALL
from helpers.serving import Server
from helpers.shared import Share
from helpers.sites import PAGES, UNPRINTED, built_in, mkdocs, said, tree, write_project

SALTHOLM = "events/1996/1996-04-02-saltholm.yml"


@pytest.fixture(scope="module")
def finished(share: Share) -> Path:
    """A project whose site has been built."""

    def make(folder: Path) -> None:
        built_in(write_project(folder / "project", configuration=UNPRINTED))

    return share("unprinted", make) / "project"


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    """A copy of it to break."""
    return shutil.copytree(finished, tmp_path / "project")


def line_of(path: Path, word: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return 1 + next(n for n, line in enumerate(lines) if word in line)


def stopped(project: Path) -> str:
    """Build, insist that the build fails and leaves the last site as it was, and return what it said."""
    before = tree(project / "site")
    stamps = {p: p.stat().st_mtime_ns for p in (project / "site").rglob("*")}
    run = mkdocs("build", folder=project, strict=False)
    assert run.exit_code == 1
    assert tree(project / "site") == before
    assert {p: p.stat().st_mtime_ns for p in (project / "site").rglob("*")} == stamps
    assert not any("building" in p.name for p in project.iterdir())
    return run.output


# Mistakes stop the build


def test_every_mistake_of_the_record_is_told_in_one_build_which_leaves_the_last_site(project: Path) -> None:
    replace(project / SALTHOLM, "person: lin-hai", "person: lin-hay")
    replace(project / "events/registry/people.yml", "family_name: Thorn", "familyname: Thorn")
    told = stopped(project)
    assert f"--> {SALTHOLM}:{line_of(project / SALTHOLM, 'lin-hay')}:13" in told
    assert "did you mean 'lin-hai'?" in told
    assert "did you mean 'family_name'?" in told
    assert "2 errors" in told


def test_a_briefing_that_cannot_be_printed_stops_the_build(project: Path) -> None:
    replace(project / "mkdocs.yml", "briefings: false", "briefings: true")
    replace(project / "mkdocs.yml", "site_name: Sound", "site_name: ก Sound")
    said = stopped(project)
    assert "error[unprintable-character]" in said
    assert "briefings cannot be printed; nothing was built, and the site is as it was" in said


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda page: page.write_bytes(b"caf\xe9"), "it is not UTF-8 text"),
        (lambda page: (page.unlink(), page.symlink_to("nowhere")), "a link that leads out"),
        (lambda page: (page.unlink(), page.symlink_to("/etc/hostname")), "a link that leads out"),
        (lambda page: (page.unlink(), os.mkfifo(page)), "a folder, a pipe, a device or the like"),  # type: ignore[func-returns-value]
    ],
    ids=["no text", "dangling", "a link out", "a pipe"],
)
def test_a_page_that_cannot_be_read_stops_the_build(
    project: Path, harm: Callable[[Path], object], told: str
) -> None:
    harm(project / "docs/about/proof.md")
    said = stopped(project)
    assert "docs/about/proof.md: " in said
    assert told in said


def test_a_file_that_is_no_yaml_or_a_site_of_somebody_else_stops_the_build(project: Path) -> None:
    (project / "site/.timeline-site").unlink()
    assert "site was not written by 'timeline build'" in stopped(project)
    (project / SALTHOLM).write_text("title: [\n", encoding="utf-8")
    assert SALTHOLM in stopped(project)


def test_every_mistake_of_hand_written_pages_is_told_in_one_build_which_leaves_the_last_site(
    project: Path,
) -> None:
    page = project / "docs/about/index.md"
    replace(page, 'quote("lin-no-ship")', 'quote("lin-no-shop")')
    replace(project / "docs/about/proof.md", "# How", '{{ event_crad("x") }}\n\n# How')
    told = stopped(project)
    assert f"--> docs/about/index.md:{line_of(page, 'lin-no-shop')}:1" in told
    assert "did you mean 'lin-no-ship'?" in told
    assert "docs/about/proof.md" in told
    assert "2 errors" in told


def test_a_link_of_a_page_that_leads_nowhere_stops_the_build_and_leaves_the_last_site(project: Path) -> None:
    with (project / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write("\n[Nowhere](nowhere.md)\n")
    assert "nowhere.md" in stopped(project)


def test_a_record_that_is_not_there_stops_the_build(project: Path) -> None:
    (project / "events").rename(project / "moved")
    told = stopped(project)
    assert "events/" in told
    assert "mkdocs.yml" in told


# What is sound is built


def test_a_build_of_the_same_record_touches_no_file_of_site_record_or_pages(project: Path) -> None:
    def stamps() -> dict[Path, int]:
        files = (p for name in ("site", "docs", "events") for p in (project / name).rglob("*"))
        return {p: p.stat().st_mtime_ns for p in files if p.is_file()}

    before = stamps()
    mkdocs("build", folder=project)
    assert stamps() == before


def test_what_was_changed_or_removed_in_the_site_is_mended_by_the_next_build(project: Path) -> None:
    before = tree(project / "site")
    changed = [
        n for n in before if "saltholm" in n or n.startswith(("data/", "search/", "lists/", "people/"))
    ]
    for number, name in enumerate(sorted(changed)):
        path = project / "site" / name
        if number % 2:
            path.unlink()
        else:
            path.write_bytes(b"x" * path.stat().st_size)
    mkdocs("build", folder=project)
    assert tree(project / "site") == before


def test_a_build_after_a_change_removes_what_is_gone(project: Path) -> None:
    replace(project / SALTHOLM, "related: [1995-north-ferry]\n", "")
    (project / "events/1995/1995-north-ferry.yml").unlink()
    mkdocs("build", folder=project)
    assert not (project / "site/events/1995-north-ferry").exists()
    assert not (project / "site/years/1995").exists()
    assert (project / "site/events/1996-04-02-saltholm/index.html").is_file()


NAME = """The "Sound" & 'Co' <u>x</u></title>"""
"""Stands for each name, title and description that mkdocs.yml and a page's front matter give."""


@pytest.fixture(scope="module")
def unusual(share: Share) -> Path:
    """The site of a project that names things in its own way, has no address yet, and gives cause to warn."""

    def make(folder: Path) -> None:
        configuration = UNPRINTED.replace("site_url: https://example.org/sound/", "site_url: ''")
        configuration = configuration.replace("events: events", "events: record")
        names = r"(?<= )(?:Sound & Ferries|What was said on the Sound\.|About|Proof)(?=:|\n)"
        configuration = re.sub(names, json.dumps(NAME), configuration)
        named = "".join(f"{field}: {json.dumps(NAME)}\n" for field in ("title", "description", "author"))
        pages = {
            **PAGES,
            "about/reindex.md": "# Reindex\n\n{{ record_counts() }}\n\n[Proof](proof.md)\n",
            "about/named.md": f"---\n{named}---\nWords.\n",
        }
        project = write_project(folder / "project", pages=pages, configuration=configuration)
        (project / "events").rename(project / "record")
        post = "    post: Foreign Minister\n    party: "
        replace(project / "record/1997/1997-grey-skerry.yml", f"{post}arland\n", f"{post}belmark\n")
        built_in(project)

    return share("unusual", make) / "project" / "site"


def test_a_warning_is_told_and_does_not_stop_the_build(unusual: Path) -> None:
    assert "warning[party-differs]" in said(unusual)
    assert "--> record/1997/1997-grey-skerry.yml:" in said(unusual)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("events/1996-04-02-saltholm", "/edit/main/record/1996/1996-04-02-saltholm.yml"),
        ("people/ada-thorn", "/edit/main/record/registry/people.yml"),
        ("about/reindex", 'href="../proof/index.html"'),
    ],
    ids=["the record in a folder of another name", "its registries", "a page whose name ends in index"],
)
def test_addresses_follow_what_a_project_names_in_its_own_way(unusual: Path, page: str, shown: str) -> None:
    assert shown in (unusual / page / "index.html").read_text(encoding="utf-8")


def test_names_titles_and_descriptions_are_shown_as_they_were_written(unusual: Path) -> None:
    pages = {
        path.relative_to(unusual).as_posix(): Html(path.name, path.read_text(encoding="utf-8"))
        for path in unusual.rglob("*.html")
    }
    for page in pages.values():
        assert "u" not in {e.name for e in page.elements}
        for logo in (e for e in page.named("a") if "md-logo" in attribute(e, "class")):
            assert attribute(logo, "aria-label") == NAME
            assert text_of(page.named("title")[0]).endswith(NAME)
    page, about = pages["about/named/index.html"], pages["about/index.html"]
    metas = page.named("meta")
    meta = {attribute(m, key): attribute(m, "content") for m in metas for key in ("name", "property")}
    told = ("description", "author", "og:site_name", "og:title", "og:description")
    assert [meta[name] for name in told] == [NAME] * 5
    assert text_of(page.one("h1")) == NAME
    (after,) = [a for a in about.named("a") if attribute(a, "class").endswith("__link--next")]
    assert text_of(after).endswith(NAME)
    # The section in the tabs and in the navigation, and its page there.
    links = ("md-tabs__link", "md-nav__link")
    assert [text_of(e) for e in about.elements if attribute(e, "class").startswith(links)].count(NAME) == 3


def test_a_site_without_an_address_states_none(unusual: Path) -> None:
    page = (unusual / "events/1996-04-02-saltholm/index.html").read_text(encoding="utf-8")
    assert 'rel="canonical"' not in page
    assert "https://example.org/sound/" not in page


def test_an_empty_record_is_built(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    for path in (SMALL / "registry").glob("*.yml"):
        (empty / "registry").mkdir(parents=True, exist_ok=True)
        (empty / "registry" / path.name).write_text("{}\n", encoding="utf-8")
    pages = {"index.md": PAGES["index.md"]}
    project = write_project(tmp_path / "project", empty, pages, UNPRINTED.split("  - About:")[0])
    mkdocs("build", folder=project)
    assert "No event is recorded" in (project / "site/index.html").read_text(encoding="utf-8")
    assert (project / "site/quotes/index.html").is_file()
    assert json.loads((project / "site/data/events.json").read_text(encoding="utf-8")) == []


# Serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(write_project(tmp_path / "project", configuration=UNPRINTED), tmp_path / "served")
    yield found
    found.config().plugins.on_shutdown()


def test_serving_goes_on_with_the_last_sound_record(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    before, listening = tree(server.site), server.listening()
    replace(server.project / SALTHOLM, "person: lin-hai", "person: lin-hay")
    capfd.readouterr()
    listening.builder()
    assert "did you mean 'lin-hai'?" in capfd.readouterr().err
    assert tree(server.site) == before

    replace(server.project / SALTHOLM, "person: lin-hay", "person: lin-hai")
    replace(server.project / SALTHOLM, "Three delegations meet", "Three delegations dine")
    listening.builder()
    assert "Three delegations dine" in server.page("events/1996-04-02-saltholm")
    listening.server_close()


def test_serving_shows_a_mistake_of_a_page_on_that_page(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    replace(
        server.project / "docs/about/index.md",
        'quote("lin-no-ship") }}\n\n{{ c',
        'quote("lin-no-shop") }}\n\n{{ c',
    )
    server.rebuild()
    assert "did you mean 'lin-no-ship'?" in capfd.readouterr().err
    assert "lin-no-shop" in server.page("about")
    assert "Three delegations meet" in server.page("events/1996-04-02-saltholm")


def test_serving_does_not_begin_with_a_broken_record(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = write_project(tmp_path / "project", configuration=UNPRINTED)
    replace(project / SALTHOLM, "person: lin-hai", "person: lin-hay")
    with pytest.raises(SystemExit):
        Server(project, tmp_path / "served")
    assert "did you mean 'lin-hai'?" in capfd.readouterr().err


def test_serving_watches_the_record_and_the_templates(server: Server) -> None:
    class Watching(LiveReloadServer):
        def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
            watched.append(path)

    watched: list[str] = []
    config = server.config()
    listening = Watching(server.rebuild, "127.0.0.1", 0, root=str(server.site))
    config.plugins.on_serve(listening, config=config, builder=server.rebuild)
    listening.server_close()
    assert str(server.project / "events") in watched
    assert any(path.endswith("templates") for path in watched)


def test_the_search_of_a_served_site_is_that_of_a_whole_build(server: Server) -> None:
    replace(server.project / SALTHOLM, "Three delegations meet", "Three delegations dine")
    server.rebuild()
    mkdocs("build", folder=server.project)
    whole = tree(server.project / "site" / "search")
    assert whole
    served = server.answers(*(f"search/{name}" for name in whole), "search/no-such-file.js")
    assert served.pop("search/no-such-file.js")[0].startswith("404")
    assert served == {f"search/{name}": ("200 OK", content) for name, content in whole.items()}


def _edits(chance: random.Random) -> Iterator[Callable[[Path], None]]:
    """Yield changes that an editor makes to a project, in an order that chance gives."""
    registry = "events/registry"
    edits: list[Callable[[Path], None]] = [
        lambda p: replace(p / SALTHOLM, "Three delegations meet", "Three <delegations> & more meet"),
        lambda p: replace(p / SALTHOLM, "kind: talks", "kind: summit"),
        lambda p: replace(p / f"{registry}/people.yml", "name: Ada Thorn", "name: Ada Ibsen-Thorn"),
        lambda p: replace(p / f"{registry}/issues.yml", "name: ", "name: The "),
        lambda p: replace(p / "docs/about/index.md", "About the Sound", "Of the Sound"),
        lambda p: replace(p / "mkdocs.yml", "- Quotes: quotes", "- Words: quotes"),
        lambda p: replace(p / SALTHOLM, "related: [1995-north-ferry]\n", ""),
    ]
    chance.shuffle(edits)
    yield from edits


def test_after_any_edit_the_served_site_is_that_of_a_whole_build(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TimelinePlugin, "few", 0)
    for edit in _edits(random.Random(1)):
        edit(server.project)
        server.rebuild()
    shutil.rmtree(server.project / ".cache")
    config = server.config()
    config.site_dir = str(server.project / "whole")
    plugin: Any = config.plugins["timeline"]
    plugin.config.layouts = False
    config.plugins.on_shutdown()
    config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url="http://127.0.0.1:8000/")
    config.plugins.on_shutdown()
    assert tree(server.site) == tree(server.project / "whole")


def test_an_edit_of_one_event_writes_no_page_that_does_not_show_it(server: Server) -> None:
    before = {p: p.stat().st_mtime_ns for p in server.site.rglob("*.html")}
    replace(server.project / SALTHOLM, "locator: ", "locator: about ")
    server.rebuild()
    written = {p for p in server.site.rglob("*.html") if before[p] != p.stat().st_mtime_ns}
    assert server.site / "events/1996-04-02-saltholm/index.html" in written
    assert server.site / "events/1995-north-ferry/index.html" not in written
    assert server.site / "people/index.html" not in written


def test_parts_are_switched_off_with_all_that_leads_to_them(project: Path) -> None:
    settings = project / "mkdocs.yml"
    off = "briefings: false\n      commitments: false\n      compare: false\n      prepare: false"
    replace(settings, "briefings: false", off)
    replace(project / "docs" / "about" / "index.md", '{{ commitment("saltholm-quota") }}', "")
    site = built_in(project)
    folders = {"briefings", "commitments", "compare", "prepare"}
    assert not folders & {path.name for path in site.iterdir()}
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert not re.search(rf'href="(\.\./)*({"|".join(folders)})/', html), page
        assert "Promises" not in html or "develop" in page.parts, page
    assert json.loads((site / "data/commitments.json").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("option", "told"),
    [('accent: "#ffcc00"', "is dark enough"), ("language: English", "write it as 'en'")],
)
def test_an_option_that_cannot_be_meant_stops_the_build_with_what_can(
    project: Path, option: str, told: str
) -> None:
    replace(project / "mkdocs.yml", "briefings: false", f"briefings: false\n      {option}")
    run = mkdocs("build", folder=project, strict=False)
    assert run.exit_code == 1
    assert told in run.output


def test_a_page_with_a_head_that_is_no_yaml_is_named(project: Path) -> None:
    page = project / "docs" / "about" / "index.md"
    page.write_text("---\ndescription: Two words: and a colon\n---\n\n# About\n", encoding="utf-8")
    assert f"{page}:2: " in stopped(project)


def test_the_page_of_options_has_each_one_and_no_other() -> None:
    page = (REPOSITORY / "docs" / "start" / "options.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(TimelineConfig().keys())
