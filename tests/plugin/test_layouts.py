"""Stamped pages: byte for byte what the theme makes of each page, whatever the page says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config

from diplomatic_timeline.plugin import pages as plugin_pages
from diplomatic_timeline.plugin.layouts import Shell, UnstampableError, cut
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link
from helpers.records import REPOSITORY
from helpers.sites import CONFIGURATION, PAGES, tree, write_project

UNPRINTED = CONFIGURATION.replace("briefings: true", "briefings: false")

# A theme by itself

THEME = """\
<!doctype html><title>{{ page.title }} - {{ page.title | striptags | e }}</title>
<meta name="description" content="{{ page.description }}">
<link rel="canonical" href="https://x.org/{{ page.path }}">{{ page.head }}
{% if page.headings %}<ul>{% for entry in page.headings %}{% include "entry" %}{% endfor %}</ul>{% endif %}
{% if "<h1" not in page.html %}<h1>{{ page.title }}</h1>{% endif %}
{{ page.html }}
{% if page.source %}<a href="/edit/{{ page.source }}">Edit</a>{% endif %}
{% for link in (page.previous, page.next) if link %}<a href="{{ link.url }}" title="{{ link.text | e }}">
{{ link.text }}</a>{% endfor %}<script src="{{ up }}a.js"></script>
"""
ENTRY = """\
<li id="toc-{{ entry.id }}"><a href="#{{ entry.id }}">{{ entry.title }}</a>
{% if entry.children %}<ul aria-label="{{ entry.title | striptags | e }}">
{% for entry in entry.children %}{% include "entry" %}{% endfor %}</ul>{% endif %}</li>
"""


def theme(text: str = THEME) -> Callable[[Page], str]:
    """Return what renders a page as themes do: titles and descriptions come escaped."""
    env = Environment(loader=DictLoader({"page": text, "entry": ENTRY}))

    def escaped(heading: Heading) -> Heading:
        return Heading(heading.id, escape(heading.title), tuple(map(escaped, heading.children)))

    def neighbour(link: Link | None, page: Page) -> Link | None:
        return Link(escape(link.text), urls.shortest(link.url or "", page.path)) if link else None

    def render(page: Page) -> str:
        shown = replace(
            page,
            title=escape(page.title),
            description=escape(page.description),
            headings=tuple(map(escaped, page.headings)),
            previous=neighbour(page.previous, page),
            next=neighbour(page.next, page),
        )
        return env.get_template("page").render(page=shown, up="../" * page.path.count("/"))

    return render


def make_page(path: str = "events/a/", **fields: Any) -> Page:
    given = {"kind": "event", "tab": "", "title": "A title", "description": "Said.", "content": b"<h1>A</h1>"}
    return Page(path=path, **{**given, **fields})


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("<>&\"'{}%\\ -"),
    min_size=1,
    max_size=30,
)
titles = words.map(lambda text: " ".join(text.split())).filter(bool) | st.sampled_from(
    ["dtslot/dtslot/", "dtslot-title", "</title><script>", "{{ page }}", "杨洁篪 & co"]
)
links = st.none() | st.builds(Link, titles, st.sampled_from(["events/b/", "people/b/", "issues/b/2/"]))


def trees(depth: int) -> st.SearchStrategy[tuple[Heading, ...]]:
    ids = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
    children = trees(depth - 1) if depth else st.just(())
    return st.lists(st.builds(Heading, ids, titles, children), max_size=3).map(tuple)


pages = st.builds(
    make_page,
    path=st.sampled_from(["events/a/", "events/b-c/", "people/x/2/"]),
    title=titles,
    description=words | st.just(""),
    content=(words | words.map(lambda text: f"<h1>x</h1>{escape(text)}")).map(str.encode),
    head=words,
    headings=trees(2),
    previous=links,
    next=links,
    source=st.none() | st.just("events/2021/a.yml"),
)


@given(pages, pages)
def test_a_stamp_learned_from_one_page_gives_another_of_its_cut_as_the_theme_does(a: Page, b: Page) -> None:
    render = theme()
    # The other's words, addresses and headings on a page of the same cut.
    like = replace(
        b,
        path=a.path.rpartition("/x")[0] + b.path[-5:] if cut(a) == cut(b) else a.path,
        previous=b.previous or a.previous if a.previous else None,
        next=b.next or a.next if a.next else None,
        source=a.source,
        description=b.description or "x" if a.description else "",
        content=b.content if ("<h1" in b.html) == ("<h1" in a.html) else a.content,
        headings=b.headings if cut(replace(a, headings=b.headings)) == cut(a) else a.headings,
    )
    if cut(like) != cut(a):
        like = replace(like, path=a.path)
    assert cut(like) == cut(a)
    assert Shell(a, render).stamp(like).decode() == render(like)


@pytest.mark.parametrize(
    "altered",
    [
        "{{ page.title | upper }}",
        "{{ page.title | truncate(9) }}",
        "{{ page.title | urlencode }}",
        "{{ page.title | tojson }}",
        "{{ page.title | striptags }}",
        "{{ page.description | forceescape }}",
        "{{ page.path.split('/')[1] }}",
    ],
)
def test_a_theme_that_alters_a_pages_words_is_refused(altered: str) -> None:
    with pytest.raises(UnstampableError):
        Shell(make_page(), theme(THEME + altered))


def test_a_theme_that_counts_headings_is_refused() -> None:
    page = make_page(headings=(Heading("a", "A", (Heading("b", "B"),)),))
    with pytest.raises(UnstampableError):
        Shell(page, theme("{{ page.headings | length }}" + THEME))


@pytest.mark.parametrize("title", ["two  blanks", " one before", "a\tb", "a\nb", "a\xa0b"])
def test_a_title_that_a_filter_for_text_would_alter_is_left_to_the_theme(title: str) -> None:
    assert cut(make_page(title=title)) is None
    assert cut(make_page(headings=(Heading("a", title),))) is None
    assert cut(make_page(next=Link(title, "events/b/"))) is None


# The theme in use


class Project:
    """A project that can be built both ways."""

    def __init__(self, folder: Path, configuration: Path | None = None) -> None:
        self.folder = folder
        self.configuration = configuration or folder / "mkdocs.yml"

    def build(self, name: str, *, stamp: bool) -> dict[str, bytes]:
        site = self.folder / name
        config = load_config(str(self.configuration), site_dir=str(site))
        self.plugin: Any = config.plugins["timeline"]
        self.plugin.config.stamp = stamp
        self.plugin.config.briefings = False
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
        return tree(site)

    @property
    def stamped(self) -> set[str]:
        """The pages of the last build that neither MkDocs nor the theme has seen."""
        wardrobe = self.plugin.wardrobe
        return {s.path for s in wardrobe.sheets if not s.full and wardrobe.shells.of[s.cut]}


@pytest.fixture
def every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stamp even a page that is the only one of its cut."""
    monkeypatch.setattr(plugin_pages, "WORTHWHILE", 1)
    monkeypatch.setattr(plugin_pages, "WITNESSES", 0)


@pytest.fixture
def small_project(tmp_path: Path) -> Project:
    linked = PAGES["about/proof.md"] + "\n[Talks](../events/1996-04-02-saltholm/index.md#quotes)\n"
    pages = {**PAGES, "about/proof.md": linked}
    return Project(write_project(tmp_path / "project", pages=pages, configuration=UNPRINTED))


@pytest.mark.usefixtures("every_page")
def test_the_small_records_stamped_site_is_the_themes_byte_for_byte(small_project: Project) -> None:
    stamped = small_project.build("stamped", stamp=True)
    assert {"events/1996-04-02-saltholm/", "people/lin-hai/", "parties/belmark/"} <= small_project.stamped
    assert small_project.build("full", stamp=False) == stamped
    assert small_project.stamped == set()


@pytest.mark.usefixtures("every_page")
def test_the_real_records_stamped_site_is_the_themes_byte_for_byte(tmp_path: Path) -> None:
    project = Project(tmp_path, REPOSITORY / "mkdocs.yml")
    stamped = project.build("stamped", stamp=True)
    assert len(project.stamped) > 60
    assert project.build("full", stamp=False) == stamped


def test_the_real_record_is_stamped_where_that_saves_time(tmp_path: Path) -> None:
    project = Project(tmp_path, REPOSITORY / "mkdocs.yml")
    project.build("site", stamp=True)
    assert len(project.stamped) > 20


@pytest.mark.usefixtures("every_page")
def test_a_page_links_to_a_stamped_page_by_its_file(small_project: Project) -> None:
    page = small_project.build("site", stamp=True)["about/proof/index.html"].decode()
    assert 'href="../../events/1996-04-02-saltholm/index.html#quotes"' in page


@pytest.mark.usefixtures("every_page")
def test_the_sitemap_names_every_stamped_page(small_project: Project) -> None:
    sitemap = small_project.build("site", stamp=True)["sitemap.xml"].decode()
    assert small_project.stamped
    for path in small_project.stamped:
        assert f"<loc>https://example.org/sound/{path}</loc>" in sitemap


def override(project: Project, partial: str, text: str) -> None:
    """Put a template of an adopter's own in the place of one of the theme's."""
    path = project.folder / "overrides" / "partials" / partial
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{{% if page %}}{text}{{% endif %}}", encoding="utf-8")
    text = project.configuration.read_text(encoding="utf-8")
    theme = "theme:\n  name: material\n  custom_dir: overrides\n"
    project.configuration.write_text(text + theme, encoding="utf-8")


@pytest.mark.parametrize(
    "copyright",
    ["{{ page.title | upper }}", "{{ page.content | length }}", "{{ page.url }} {{ page.meta.description }}"],
    ids=["alters words", "counts letters", "shows more"],
)
def test_under_a_theme_of_ones_own_the_site_is_the_same_both_ways(
    small_project: Project, monkeypatch: pytest.MonkeyPatch, copyright: str
) -> None:
    monkeypatch.setattr(plugin_pages, "WORTHWHILE", 2)
    monkeypatch.setattr(plugin_pages, "WITNESSES", 1)
    override(small_project, "copyright.html", copyright)
    stamped = small_project.build("stamped", stamp=True)
    assert small_project.build("full", stamp=False) == stamped


@pytest.mark.parametrize("copyright", ["{{ page.title | upper }}", "{{ page.content | length }}"])
def test_a_theme_that_stamps_cannot_follow_is_rendered_for_every_page_which_is_said(
    small_project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    copyright: str,
) -> None:
    monkeypatch.setattr(plugin_pages, "WORTHWHILE", 2)
    monkeypatch.setattr(plugin_pages, "WITNESSES", 1)
    override(small_project, "copyright.html", copyright)
    small_project.build("site", stamp=True)
    assert small_project.stamped == set()
    assert "pages like people/ada-thorn/ are rendered one by one" in capsys.readouterr().err
