"""The record's pages as MkDocs and its theme know them, rendered in full or stamped; part of the adapter."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import jinja2
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as ThemedPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from diplomatic_timeline.build.memo import Memo, digest
from diplomatic_timeline.build.target import Parcel, Slip
from diplomatic_timeline.plugin.layouts import Cut, Shell, UnstampableError, cut
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import WordingError, load

WORTHWHILE = 6
"""How many pages of a cut there are before its shell is learned: that takes a few renderings itself."""

WITNESSES = 2
"""How many pages of a cut the theme renders in full as well, to be compared with their stamped forms."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What the theme is told of the page before or after one."""

    url: str
    title: str

    @classmethod
    def of(cls, link: Link | None) -> Any:
        return cls(urls.file(link.url or ""), escape(link.text)) if link else None


class RecordPage(ThemedPage):
    """A page of the record in the theme's terms: its HTML is ready, so Markdown has nothing to do."""

    def __init__(self, page: Page, config: MkDocsConfig) -> None:
        file = File.generated(config, f"{page.path}index.md", content="", inclusion=InclusionLevel.INCLUDED)
        # The theme prints titles and descriptions as HTML.
        super().__init__(escape(page.title), file, config)
        self.record = page
        self.canonical_url = canonical(config, page.path)
        if page.source and config.repo_url and config.edit_uri:
            folder = Path(config.docs_dir).name
            base = config.edit_uri.removesuffix(f"{folder}/")
            self.edit_url = f"{config.repo_url.rstrip('/')}/{base}{page.source}"

    def settle(self, tabs: dict[str, ThemedPage]) -> None:
        """Take the place in the navigation that the record gives the page."""
        record = self.record
        if self.parent is None and record.tab in tabs and tabs[record.tab] is not self:
            self.parent = tabs[record.tab]  # type: ignore[assignment]
        self.previous_page = Neighbour.of(record.previous)
        self.next_page = Neighbour.of(record.next)

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


def canonical(config: MkDocsConfig, path: str) -> str | None:
    """Return the whole address of a page; None on a site that has none."""
    return f"{config.site_url.rstrip('/')}/{path}" if config.site_url else None


def site_of(
    config: MkDocsConfig, folder: str, memo: Memo, timeline: Timeline, digests: Mapping[str, str]
) -> Site:
    """Return the site of a timeline, whose record is in `folder`, as a configuration wants it.

    Raises Abort where the theme's language is one that there are no words in.
    """
    try:
        words = load(config.theme.get("language", "en"))
    except WordingError as error:
        raise Abort(f"timeline: {error}") from None
    return Site(timeline, config.site_name, config.site_url or "", True, folder, memo, digests, words)


def warned() -> bool:
    """Return whether MkDocs has counted a warning in this build; it does so where warnings abort a build."""
    counters = (h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler))
    return any(counter.get_counts() for counter in counters)


class Made(File):
    """A file that the publication has: MkDocs knows it for links and lists, and has nothing to do."""

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


@dataclass(slots=True)
class Entry:
    """What lists of all pages, such as the sitemap, are told of a page that MkDocs does not render."""

    canonical_url: str | None
    update_date: str
    abs_url: str | None = None
    is_link: bool = False
    present_anchor_ids: None = None


@dataclass(slots=True)
class Sheet:
    """A page of the record on its way to the publication."""

    slip: Slip
    cut: Cut | None
    check: int
    """A checksum of its head, by which witnesses are drawn: the same record gives the same ones."""
    full: bool = True
    file: File | None = None

    @property
    def path(self) -> str:
        return self.slip.path


def note(page: Page) -> Any:
    """Return what a sheet needs of a page that is not at hand: its cut and the checksum, in plain JSON."""
    return [cut(page), crc32(page.head.encode())]


class Shells:
    """The shells of one build, by cut; None for a cut that stamps cannot follow."""

    def __init__(self, nav: Any, stamp: bool) -> None:
        self._shown = _targets(nav) if stamp else None
        self.of: dict[Cut, Shell | None] = {}

    def fit(self, path: str) -> bool:
        """Return whether the page at `path` looks like others of its cut."""
        return self._shown is not None and not _is_near(path, self._shown)

    def dress(self, page: Page) -> bytes | None:
        """Return the file of a page, as it may be after this build; None where only the theme can make it."""
        of = cut(page)
        shell = self.of.get(of) if of is not None and self.fit(page.path) else None
        return shell.stamp(page) if shell else None


class Wardrobe:
    """Dresses the pages of one build: those of a rare cut in full, the others from their cut's shell.

    What the theme does to a page is compared with a stamp of it, for a few of every cut and in every build. A
    theme that stamps cannot follow is rendered in full for each page, which is said.
    """

    def __init__(self, slips: Iterable[tuple[Slip, Any]], config: MkDocsConfig, stamp: bool) -> None:
        """Take the pages in: the slip of each, and what `note` says of it."""
        self.config = config
        self.sheets: list[Sheet] = []
        self.shells = Shells(config.nav, stamp)
        self.alike: dict[Cut, list[Sheet]] = {}
        for slip, (parts, check) in slips:
            of = Cut(*parts) if parts is not None and self.shells.fit(slip.path) else None
            sheet = Sheet(slip, of, check)
            self.sheets.append(sheet)
            if of is not None:
                alike = self.alike.setdefault(of, [])
                alike.append(sheet)
                sheet.cut = alike[0].cut
        for of, sheets in list(self.alike.items()):
            if len(sheets) < WORTHWHILE:
                del self.alike[of]
                continue
            for sheet in sorted(sheets, key=lambda s: (s.check, s.path))[WITNESSES:]:
                sheet.full = False

    def files(self) -> Iterator[File]:
        """Yield a file for every page, in the order of the pages."""
        for sheet in self.sheets:
            path = f"{sheet.path}index.md"
            if sheet.full:
                sheet.file = RecordPage(sheet.slip.page(), self.config).file
            else:
                sheet.file = Made.at(urls.file(sheet.path), self.config, path)
            yield sheet.file

    def settle(self, nav: Navigation, files: Files, updated: str) -> None:
        """Take in the navigation; `updated` is the day that lists of pages show."""
        self.nav, self.files_of_site = nav, files
        self.tabs = {page.file.dest_uri.removesuffix("index.html"): page for page in nav.pages}
        for sheet in self.sheets:
            assert sheet.file is not None
            if isinstance(sheet.file.page, RecordPage):
                sheet.file.page.settle(self.tabs)
            elif not sheet.full:
                entry = Entry(canonical(self.config, sheet.path), updated)
                sheet.file.page = entry  # type: ignore[assignment]
        made = {id(sheet.file) for sheet in self.sheets if not sheet.full}
        self.listed = [f for f in files if id(f) in made or f.is_documentation_page()]
        """Every page's file, in the order in which MkDocs would have rendered them all."""

    def learn(self, env: jinja2.Environment) -> None:
        """Render what the stamps are learned from."""
        self.env = env
        for of, sheets in self.alike.items():
            try:
                self.shells.of[of] = Shell(sheets[0].slip.page(), self._bare)
            except UnstampableError as error:
                self._give_up(of, sheets, str(error))

    def _give_up(self, of: Cut, sheets: Sequence[Sheet], why: str) -> None:
        self.shells.of[of] = None
        pages = f"{len(sheets):,} pages like {sheets[0].path}"
        sys.stderr.write(f"timeline: {pages} are rendered one by one, which takes longer: {why}\n")

    def _bare(self, page: Page) -> str:
        """Return what the theme makes of a page; no plugin sees it, for it may be a page of marks."""
        themed = RecordPage(page, self.config)
        themed.settle(self.tabs)
        themed.read_source(self.config)
        themed.render(self.config, self.files_of_site)
        themed.active = True
        context = get_context(self.nav, self.listed, self.config, themed)
        context["head"] = page.head  # type: ignore[typeddict-unknown-key]
        html = self.env.get_template("main.html").render(context)
        themed.active = False
        return html

    def compare(self, page: RecordPage, html: str) -> None:
        """Compare a page as MkDocs rendered it with its stamp; give the stamp up where they differ."""
        of = cut(page.record)
        shell = self.shells.of.get(of) if of is not None else None
        if of is None or shell is None:
            return
        sheet = next((s for s in self.alike[of] if s.path == page.record.path), None)
        if sheet is None:
            return
        if shell.stamp(page.record) != html.encode(errors="xmlcharrefreplace"):
            why = f"the theme or a plugin gives {page.record.path} something that the others do not have"
            self._give_up(of, self.alike[of], why)

    def stamped(self) -> Iterator[Parcel]:
        """Yield the file of every page that MkDocs did not render, made when its content is asked for."""
        for sheet in self.sheets:
            if not sheet.full:
                assert sheet.cut is not None
                shell, key = self.shells.of[sheet.cut], sheet.slip.key
                made_from = digest((shell.digest, key)) if shell and key else None
                yield Parcel(urls.file(sheet.path), made_from, partial(self._dressed, sheet, shell))

    def _dressed(self, sheet: Sheet, shell: Shell | None) -> bytes:
        page = sheet.slip.page()
        if shell is None:
            return self._in_full(page).encode(errors="xmlcharrefreplace")
        return shell.stamp(page)

    def _in_full(self, page: Page) -> str:
        """Return a page as MkDocs renders it, with all that plugins do to it."""
        events, config, files = self.config.plugins, self.config, self.files_of_site
        themed: Any = RecordPage(page, config)
        themed.settle(self.tabs)
        themed = events.on_pre_page(themed, config=config, files=files)
        themed.read_source(config)
        themed.markdown = events.on_page_markdown("", page=themed, config=config, files=files)
        themed.render(config, files)
        themed.content = events.on_page_content(themed.content, page=themed, config=config, files=files)
        themed.active = True
        context = get_context(self.nav, self.listed, config, themed)
        context = events.on_page_context(context, page=themed, config=config, nav=self.nav)
        html = self.env.get_template("main.html").render(context)
        html = events.on_post_page(html, page=themed, config=config)
        themed.active = False
        return html


def _is_near(path: str, shown: frozenset[str]) -> bool:
    """Return whether the navigation shows a page, or one in its folder: then it looks different from others.

    The pages in one folder at the site's root all see the navigation the same way.
    """
    folder = "/".join(path.split("/")[:2]) + "/"
    return f"{path}index.md" in shown or any(target.startswith(folder) for target in shown)


def _targets(nav: Any) -> frozenset[str] | None:
    """Return the files that a navigation shows; None where there is none, so that it shows them all."""
    if nav is None:
        return None
    found: set[str] = set()
    waiting = [nav]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, str):
            found.add(entry)
        else:
            waiting += entry.values() if isinstance(entry, dict) else entry
    return frozenset(found)


_LISTS = frozenset(("issues", "people", "quotes", "commitments", "sources", "year"))


def listed(page: Page) -> list[str] | None:
    """Return the parts of a passage for a page that stands for no record of its own; None for any other."""
    whole_list = page.kind in _LISTS and page.part_of is None
    return [page.path, page.title, "", page.description] if whole_list else None
