"""Pages that are laid out: byte for byte what the theme makes of each, whatever the page says."""

from __future__ import annotations

import shutil
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
from diplomatic_timeline.plugin.layouts import Layout, LayoutError, Layouts, shape
from diplomatic_timeline.plugin.plugin import TimelinePlugin
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link
from helpers.records import REAL, skip_unless_published
from helpers.sites import PAGES, UNPRINTED, tree, write_project

# A theme by itself

THEME = """\
<!doctype html><title>{{ page.title }} - {{ page.title | striptags | e }}</title>
<meta name="description" content="{{ page.description }}">
<link rel="canonical" href="https://x.org/{{ page.path }}">{{ page.head }}
{% if page.headings %}<ul>{{ contents }}</ul>{% endif %}
{% if "<h1" not in page.html %}<h1>{{ page.title }}</h1>{% endif %}
{{ page.html }}
{% if page.source %}<a href="/edit/{{ page.source }}">Edit</a>{% endif %}
{% for link in (page.previous, page.next) if link %}<a href="{{ link.url }}" title="{{ link.text | e }}">
{{ link.text }}</a>{% endfor %}<script src="{{ up }}a.js"></script>
"""


class Theme:
    """Renders a page as themes do: titles and descriptions come escaped. Counts the pages."""

    def __init__(self, text: str = THEME) -> None:
        self.template = Environment(loader=DictLoader({"page": text})).get_template("page")
        self.rendered = 0

    def bare(self, page: Page) -> str:
        self.rendered += 1
        shown = replace(
            page,
            title=escape(page.title),
            description=escape(page.description),
            previous=self._neighbour(page.previous, page),
            next=self._neighbour(page.next, page),
        )
        contents = self.contents(page.headings)
        return self.template.render(page=shown, contents=contents, up="../" * page.path.count("/"))

    full = bare

    @staticmethod
    def _neighbour(link: Link | None, page: Page) -> Link | None:
        return Link(escape(link.text), urls.shortest(link.url or "", page.path)) if link else None

    def contents(self, headings: tuple[Heading, ...]) -> str:
        entry = "<li><a href='#{}'>{}</a>{}</li>"
        return "".join(entry.format(h.id, escape(h.title), self.contents(h.children)) for h in headings)

    def alike(self, path: str) -> bool:
        return path != "events/shown/"


def make_page(path: str = "events/a/", **fields: Any) -> Page:
    given = {"kind": "event", "title": "A title", "description": "Said.", "html": "<h1>A</h1>"}
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
    html=words.map(lambda text: f"<h1>x</h1>{escape(text)}"),
    head=words,
    headings=trees(2),
    previous=links,
    next=links,
    source=st.none() | st.just("events/2021/a.yml"),
)


@given(pages)
def test_a_page_is_laid_out_as_the_theme_does_it(page: Page) -> None:
    theme = Theme()
    of = shape(page)
    assert of is not None
    assert Layout(of, theme).fill(page).decode() == theme.full(page)


def many(number: int, **fields: Any) -> list[Page]:
    return [make_page(f"events/e{n}/", title=f"Title {n}", **fields) for n in range(number)]


def laid_out(theme: Theme, pages: list[Page], told: list[str] | None = None) -> int:
    """Lay pages out, insist that all come out as the theme has them; return how many the theme rendered."""
    layouts = Layouts(theme, (told if told is not None else []).append)
    files = [layouts.file(page) for page in pages]
    rendered = theme.rendered
    assert [file.decode() for file in files] == [theme.full(page) for page in pages]
    return rendered


def test_of_many_pages_that_look_alike_the_theme_renders_a_few() -> None:
    assert laid_out(Theme(), many(100)) < 10
    assert laid_out(Theme(), many(5)) == 5
    one, other = many(50), many(50, source="events/x.yml")
    assert laid_out(Theme(), [page for pair in zip(one, other, strict=True) for page in pair]) < 20
    assert laid_out(Theme(), [make_page("events/shown/")] * 50) == 50


@pytest.mark.parametrize(
    "counting", ["{{ page.html | length }}", "{{ page.headings | length }}", "{{ page.title | upper }}"]
)
def test_under_a_theme_that_cannot_be_followed_every_page_is_rendered_which_is_said(counting: str) -> None:
    pages = many(20)
    pages = [replace(p, headings=(Heading("a", "A"),) * (1 + n % 3)) for n, p in enumerate(pages)]
    pages = [replace(p, html=p.html + "x" * n) for n, p in enumerate(pages)]
    told: list[str] = []
    assert laid_out(Theme(THEME + counting), pages, told) >= 20
    assert len(told) == 1
    assert "are rendered one by one" in told[0]


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
    of = shape(make_page())
    assert of is not None
    with pytest.raises(LayoutError):
        Layout(of, Theme(THEME + altered))


@pytest.mark.parametrize("title", ["two  blanks", " one before", "a\tb", "a\nb", "a\xa0b"])
def test_a_title_that_a_filter_for_text_would_alter_is_left_to_the_theme(title: str) -> None:
    assert shape(make_page(title=title)) is None
    assert shape(make_page(headings=(Heading("a", title),))) is None
    assert shape(make_page(next=Link(title, "events/b/"))) is None


# The theme in use


class Project:
    """A project that can be built both ways; counts the pages that the theme renders."""

    def __init__(self, folder: Path, configuration: Path | None = None) -> None:
        self.folder = folder
        self.configuration = configuration or folder / "mkdocs.yml"

    def build(self, name: str, *, layouts: bool) -> dict[str, bytes]:
        site = self.folder / name
        config = load_config(str(self.configuration), site_dir=str(site))
        plugin: Any = config.plugins["timeline"]
        plugin.config.layouts = layouts
        plugin.config.briefings = False
        config.plugins.on_startup(command="build", dirty=False)
        shutil.rmtree(self.configuration.parent / ".cache", ignore_errors=True)
        build(config)
        config.plugins.on_shutdown()
        return tree(site)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages of the record that the theme renders."""
    found: list[str] = []
    full = plugin_pages.Theme.full

    def counting(theme: plugin_pages.Theme, page: Page) -> str:
        found.append(page.path)
        return full(theme, page)

    monkeypatch.setattr(plugin_pages.Theme, "full", counting)
    return found


@pytest.fixture
def small_project(tmp_path: Path) -> Project:
    linked = PAGES["about/proof.md"] + "\n[Talks](../events/1996-04-02-saltholm/index.md#quotes)\n"
    pages = {**PAGES, "about/proof.md": linked}
    return Project(write_project(tmp_path / "project", pages=pages, configuration=UNPRINTED))


@pytest.fixture
def from_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learn a layout for every shape, however few pages have it."""
    monkeypatch.setattr(TimelinePlugin, "few", 0)


@pytest.mark.usefixtures("from_the_first")
def test_the_small_records_site_is_the_themes_byte_for_byte(
    small_project: Project, rendered: list[str]
) -> None:
    laid_out = small_project.build("laid-out", layouts=True)
    few = len(rendered)
    assert small_project.build("full", layouts=False) == laid_out
    assert few < len(rendered) - few


@pytest.mark.usefixtures("from_the_first")
def test_the_real_records_site_is_the_themes_byte_for_byte(tmp_path: Path, rendered: list[str]) -> None:
    skip_unless_published(REAL)
    home = {"index.md": PAGES["index.md"]}
    project = Project(write_project(tmp_path / "project", REAL, home, UNPRINTED.split("  - About")[0]))
    laid_out = project.build("laid-out", layouts=True)
    few = len(rendered)
    assert project.build("full", layouts=False) == laid_out
    assert few < (len(rendered) - few) / 2


def test_a_page_links_to_a_page_of_the_record_and_the_sitemap_names_every_one(
    small_project: Project, rendered: list[str]
) -> None:
    page = small_project.build("site", layouts=True)["about/proof/index.html"].decode()
    assert 'href="../../events/1996-04-02-saltholm/index.html#quotes"' in page
    sitemap = small_project.build("site", layouts=False)["sitemap.xml"].decode()
    assert rendered
    for path in rendered:
        assert f"<loc>https://example.org/sound/{path}</loc>" in sitemap


@pytest.mark.usefixtures("from_the_first")
@pytest.mark.parametrize(
    "copyright",
    ["{{ page.title | upper }}", "{{ page.content | length }}", "{{ page.url }} {{ page.meta.description }}"],
    ids=["alters words", "counts letters", "shows more"],
)
def test_under_a_theme_of_ones_own_the_site_is_the_same_both_ways(
    small_project: Project, copyright: str
) -> None:
    path = small_project.folder / "overrides" / "partials" / "copyright.html"
    path.parent.mkdir(parents=True)
    path.write_text(f"{{% if page %}}{copyright}{{% endif %}}", encoding="utf-8")
    text = small_project.configuration.read_text(encoding="utf-8")
    theme = "theme:\n  name: material\n  custom_dir: overrides\n"
    small_project.configuration.write_text(text + theme, encoding="utf-8")
    laid_out = small_project.build("laid-out", layouts=True)
    assert small_project.build("full", layouts=False) == laid_out
