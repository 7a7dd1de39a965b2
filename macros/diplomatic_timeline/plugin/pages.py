"""The record's pages as MkDocs and its theme know them; part of the adapter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import Extension
from markupsafe import Markup, escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as ThemedPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.meta import YAML_RE, get_data

from diplomatic_timeline.build.files import FileError, leads_into, read
from diplomatic_timeline.build.fingerprint import fingerprint
from diplomatic_timeline.model.characters import visible
from diplomatic_timeline.plugin.layouts import Shape, sample
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link

_OUTSIDE = "it is a link that leads out of the pages' folder, or nowhere: put the file itself there"
_BLANKS = re.compile(r"[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What the theme is told of the page before or after one."""

    url: str
    title: str

    @classmethod
    def of(cls, link: Link | None) -> Any:
        return cls(urls.file(link.url or ""), escape(link.text)) if link else None


class RecordPage(ThemedPage):
    """A page of the record in the theme's terms: its HTML is ready, so Markdown has nothing to do.

    One that the navigation shows is there before its page is made; `show` gives it that.
    """

    record: Page
    of_record = True

    def __init__(self, path: str, title: str, config: MkDocsConfig) -> None:
        # The theme prints titles as HTML.
        super().__init__(escape(title), OutputFile.of_page(path, config), config)
        self.canonical_url = canonical(config, path)

    def show(self, page: Page, tabs: Mapping[str, ThemedPage], config: MkDocsConfig) -> None:
        """Take a page in, with the place in the navigation that the record gives it."""
        self.record = page
        if page.source and config.repo_url and config.edit_uri:
            folder = Path(config.docs_dir).name
            base = config.edit_uri.removesuffix(f"{folder}/")
            self.edit_url = f"{config.repo_url.rstrip('/')}/{base}{page.source}"
        tab = tabs.get(urls.tab(page.path))
        if tab is not None and tab is not self:
            self.parent = tab  # type: ignore[assignment]
        self.previous_page = Neighbour.of(page.previous)
        self.next_page = Neighbour.of(page.next)

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {"description": escape(self.record.description), "title": escape(self.record.title)}
        hidden = ["navigation"]
        if self.record.wide or not self.record.headings:
            hidden.append("toc")
        self.meta["hide"] = hidden

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = self.record.html
        # As on a page made from Markdown: the title first, everything else below it.
        top = Heading("title", self.record.title, self.record.headings)
        self.toc = TableOfContents([_anchor(top, 1)])
        self.present_anchor_ids = None


def _anchor(heading: Heading, level: int) -> AnchorLink:
    link = AnchorLink(escape(heading.title), heading.id, level)
    link.children = [_anchor(child, level + 1) for child in heading.children]
    return link


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the pages' files by name, with their texts.

    Raises FileError for a file whose name hides a character, that is elsewhere, or that is no text; and for a
    page whose YAML at its top MkDocs cannot read, and would show as text.
    """
    for path in sorted(folder.rglob("*")):
        if visible(path.name) != path.name:
            raise FileError(f"{path}: its name has a character that cannot be seen: type the name anew")
        if path.is_symlink() and not leads_into(path, folder):
            raise FileError(f"{path}: {_OUTSIDE}")
        if path.suffix == ".md":
            try:
                text = read(path).decode("utf-8-sig")
            except UnicodeError:
                raise FileError(f"{path}: it is not UTF-8 text: save it as such") from None
            if YAML_RE.match(text) and get_data(text)[0] == text:
                raise FileError(
                    f"{path}:2: what stands between the lines of --- is no YAML with names and values: put a "
                    "text that has a colon into quotation marks"
                )
            yield path, text


def place(files: Files, without: Collection[str]) -> None:
    """Give each page by hand a folder of its own, and leave out those in the folders of `without`."""
    for file in files.documentation_pages():
        folder = re.sub(r"(^|/)index$", "", file.src_uri.removesuffix(".md"))
        file.dest_uri = f"{folder}/index.html" if folder else "index.html"
        for cached in ("url", "abs_dest_path"):
            file.__dict__.pop(cached, None)
    for file in [f for f in files if f.src_uri.partition("/")[0] in without]:
        files.remove(file)


def escape_names(config: MkDocsConfig) -> None:
    """Escape the names in mkdocs.yml, which the theme prints as HTML. Its `copyright` is meant as HTML."""
    for name in ("site_name", "site_description", "site_author"):
        if config[name]:
            config[name] = escape(config[name])


def escape_titles(items: Iterable[Any]) -> None:
    """Escape the titles that `nav` in mkdocs.yml gives to pages, links and sections."""
    for item in items:
        if item.is_section or item.is_link or "title" in vars(item):
            item.title = escape(item.title)
        escape_titles(item.children or ())


def escape_metadata(page: ThemedPage) -> None:
    """Escape what a hand-written page says of itself above its text; it is HTML in its title."""
    for name in ("title", "description", "author"):
        if page.meta.get(name):
            page.meta[name] = escape(page.meta[name])


def plain(html: object) -> str:
    """Return the text that a title or a description says, which the theme has as HTML."""
    return Markup(html or "").unescape()


def way_to(page: ThemedPage) -> list[Link]:
    """Return the first page of each section that a page is in, the widest first."""
    return [
        Link(plain(section.title), address(section.children[0].file))
        for section in reversed(list(page.ancestors))
        if isinstance(section, Section)
        and isinstance(section.children[0], ThemedPage)
        and section.children[0] is not page
    ]


def canonical(config: MkDocsConfig, path: str) -> str | None:
    """Return the whole address of a page; None on a site that has none."""
    return f"{config.site_url.rstrip('/')}/{path}" if config.site_url else None


def address(file: File) -> str:
    """Return the address of a page by its file."""
    return file.dest_uri.removesuffix("index.html")


class OutputFile(File):
    """A file that the output has: MkDocs knows it for links and lists, and has nothing to do."""

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass

    @classmethod
    def at(cls, path: str, config: MkDocsConfig, source: str | None = None) -> File:
        """Return the file at `path`, to which pages link as `source`."""
        file = cls.generated(config, source or path, content=b"", inclusion=InclusionLevel.INCLUDED)
        file.dest_uri = path
        return file

    @classmethod
    def of_page(cls, path: str, config: MkDocsConfig) -> File:
        """Return the file of the page at an address."""
        return cls.at(urls.file(path), config, f"{path}index.md")


@dataclass(slots=True)
class Listed:
    """What lists of all pages, such as the sitemap, are told of a page that MkDocs does not render."""

    canonical_url: str | None
    update_date: str
    abs_url: str | None = None
    is_link: bool = False
    present_anchor_ids: None = None


class _Compact(Extension):
    """Leaves out the indentation of the theme's templates: a quarter of a page's shell is blanks.

    A line break stays one, so that words and scripts stay apart. What a template is given is not touched.
    Icons stand in the page itself, where a name space says nothing.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _BLANKS.sub("\n", source).replace(' xmlns="http://www.w3.org/2000/svg"', "")


class Theme:
    """Renders pages of the record by the theme, as MkDocs does its own, once the navigation is known.

    `env` has read no template yet.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        files: Files,
        listed: Sequence[File],
        env: jinja2.Environment,
    ) -> None:
        self.config, self.nav, self.files, self.env = config, nav, files, env
        env.trim_blocks = env.lstrip_blocks = True
        env.add_extension(_Compact)
        escape_names(config)
        self._listed = listed
        self._shown = {address(page.file): page for page in nav.pages}

    def bare(self, page: Page) -> str:
        """Return what the theme makes of a page; no plugin sees it, for it may be a page of marks."""
        themed = self._themed(page)
        themed.read_source(self.config)
        themed.render(self.config, self.files)
        context = get_context(self.nav, self._listed, self.config, themed)
        context["head"] = page.head  # type: ignore[typeddict-unknown-key]
        return self._rendered(themed, context)

    def inlined(self) -> str:
        """Return HTML with every script and style that stands in the theme's pages themselves."""
        lost = get_context(self.nav, self._listed, self.config, base_url="/")
        page = self.bare(sample(Shape("about", 1, False, False, False, False, False, False)))
        return page + self.env.get_template("404.html").render(lost)

    def full(self, page: Page) -> str:
        """Return what the theme makes of a page, with all that plugins do to it."""
        events, config, files = self.config.plugins, self.config, self.files
        themed: Any = self._themed(page)
        themed = events.on_pre_page(themed, config=config, files=files)
        themed.read_source(config)
        themed.markdown = events.on_page_markdown("", page=themed, config=config, files=files)
        themed.render(config, files)
        themed.content = events.on_page_content(themed.content, page=themed, config=config, files=files)
        context = get_context(self.nav, self._listed, config, themed)
        context = events.on_page_context(context, page=themed, config=config, nav=self.nav)
        html = self._rendered(themed, context)
        return str(events.on_post_page(html, page=themed, config=config))

    def _themed(self, page: Page) -> RecordPage:
        shown = self._shown.get(page.path)
        themed = shown if isinstance(shown, RecordPage) else RecordPage(page.path, page.title, self.config)
        themed.show(page, self._shown, self.config)
        return themed

    def _rendered(self, themed: RecordPage, context: Any) -> str:
        themed.active = True
        html = self.env.get_template("main.html").render(context)
        themed.active = False
        return html

    def contents(self, headings: tuple[Heading, ...]) -> str:
        """Return the entries of a table of contents."""
        template = self.env.get_template("partials/toc-item.html")
        return "".join(template.render(toc_item=_anchor(heading, 2)) for heading in headings)

    def alike(self, path: str) -> bool:
        """Return whether a page looks like others of its shape: the navigation shows no page in its folder.

        The pages in one folder at the site's root all see the navigation the same way.
        """
        folder = "/".join(path.split("/")[:2]) + "/"
        return path not in self._shown and not any(shown.startswith(folder) for shown in self._shown)

    def fingerprint(self, folders: Iterable[str]) -> bytes:
        """Return a fingerprint of what the theme puts around the pages in some folders at the root."""
        shapes = (Shape(folder, 2, False, True, True, True, True, True) for folder in folders)
        return fingerprint([self.bare(sample(of)) for of in shapes])


def titles_in(nav: Any) -> dict[str, str]:
    """Return the titles that `nav` in mkdocs.yml gives to files; an empty one where it gives none."""
    found: dict[str, str] = {}
    for entry in [nav] if isinstance(nav, str | dict) else nav or ():
        if isinstance(entry, str):
            found.setdefault(entry, "")
        else:
            for title, value in entry.items():
                found |= {value: str(title)} if isinstance(value, str) else titles_in(value)
    return found
