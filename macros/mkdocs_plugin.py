"""The adapter to MkDocs: dresses the site's pages in the theme. The only module that imports mkdocs."""

from __future__ import annotations

import logging
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from markupsafe import escape
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as ThemedPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from macros import report
from macros.briefings.catalogue import Stock, orders
from macros.briefings.contents import Form
from macros.briefings.glyphs import findings
from macros.collection import paused
from macros.loader import CACHE, read_folder
from macros.narrative import NarrativeError, Narrator, Slots
from macros.pages import Heading, Page
from macros.publication import publish, workshop
from macros.reading import Reading
from macros.site import Site
from macros.templating import TEMPLATES
from macros.timeline import Timeline
from macros.views import Link

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


class TimelineConfig(base.Config):
    """The plugin's options in mkdocs.yml; folders are relative to that file."""

    events = c.Type(str, default="events")
    """The folder of the record."""
    gallery = c.Optional(c.Type(str))
    """The folder of the small record that the gallery of components shows."""
    briefings = c.Type(bool, default=True)
    """Whether the site has printable briefings."""
    marking = c.Type(str, default="")
    """The line at the foot of each briefing's pages."""


class RecordPage(ThemedPage):
    """A page of the record in the theme's terms: its HTML is ready, so Markdown has nothing to do."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        # The theme prints titles and descriptions as HTML.
        super().__init__(escape(page.title), file, config)
        self.record = page
        if page.source and config.repo_url and config.edit_uri:
            folder = Path(config.docs_dir).name
            base = config.edit_uri.removesuffix(f"{folder}/")
            self.edit_url = f"{config.repo_url.rstrip('/')}/{base}{page.source}"

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


class TimelinePlugin(BasePlugin[TimelineConfig]):
    """Checks the record, gives MkDocs its pages and data, and publishes only what was built to the end."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # Having this method, the plugin stays the same from one build of `serve` to the next.
        self.serving = command == "serve"
        self.last_good: Reading | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent
        self.docs_dir = Path(config.docs_dir)
        reading = self._read(root / self.config.events, self.config.events)
        site = Site(
            Timeline(reading.corpus, reading.proofs),
            config.site_name,
            _with_slash(config.site_url),
            self.docs_dir / "assets",
            self.config.events,
        )
        example = None
        if self.config.gallery and (root / self.config.gallery).is_dir():
            small = read_folder(root / self.config.gallery)
            example = Site(Timeline(small.corpus, small.proofs), config.site_name)
        self.site = site
        self.narrator = Narrator(site, example)
        self.slots: dict[str, Slots] = {}
        self._rehearse()
        self.stock = self._print(config, reading, root / ".cache" / "briefings")
        site.briefings = self.stock.pages

        # Addresses name index.html, so that the site also opens from a folder.
        config.use_directory_urls = False
        config.theme.dirs.insert(0, str(TEMPLATES / "theme"))
        self.published = Path(config.site_dir)
        self.built = workshop(self.published)
        config.site_dir = str(self.built)
        return config

    def _read(self, folder: Path, shown: str) -> Reading:
        """Return the record, or in `serve` the last sound one. Raises Abort where there is none."""
        if not folder.is_dir():
            raise Abort(f"timeline: there is no folder {folder.name}/: 'events' in mkdocs.yml names it")
        with paused():
            reading = read_folder(folder, shown, folder.parent / CACHE)
        if reading.diagnostics:
            sys.stderr.write("\n" + report.as_text(reading.diagnostics))
        if reading.sound:
            self.last_good = reading
        elif self.serving and self.last_good is not None:
            sys.stderr.write("timeline: the site stays as it was until this is mended\n")
            return self.last_good
        else:
            raise Abort("timeline: the record has mistakes; nothing was built, and the site is as it was")
        return reading

    def _print(self, config: MkDocsConfig, reading: Reading, shelf: Path) -> Stock:
        """Return the printed briefings; in `serve` those that are finished already, for it does not wait."""
        form = Form(name=config.site_name, marking=self.config.marking)
        stock = Stock(orders(self.site.view, form) if self.config.briefings else (), shelf)
        if self.serving:
            stock.shelve()
        else:
            stock.print()
        self._blame(stock, reading)
        return stock

    @staticmethod
    def _blame(stock: Stock, reading: Reading) -> None:
        """Say which briefings could not be printed and why; the site is built without them."""
        if stock.unknown:
            documents = {o.document.file: o.document.text for o in reading.origins.values()}
            sys.stderr.write("\n" + report.as_text(findings(stock.unknown, sorted(documents.items()))))
        for address, why in stock.faults.items():
            sys.stderr.write(f"timeline: {address} could not be printed: {why}\n")

    def _rehearse(self) -> None:
        """Render every hand-written page's components once, so that mistakes stop the build at its start."""
        found = []
        for path in sorted(self.docs_dir.rglob("*.md")):
            try:
                self.narrator.expand(path.read_text(encoding="utf-8-sig"), self._name(path))
            except NarrativeError as error:
                found.append(error.diagnostic)
        if found:
            sys.stderr.write("\n" + report.as_text(found))
            if not self.serving:
                raise Abort("timeline: pages have mistakes; nothing was built, and the site is as it was")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.docs_dir.parent).as_posix()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in files.documentation_pages():
            folder = re.sub(r"(^|/)index$", "", file.src_uri.removesuffix(".md"))
            file.dest_uri = f"{folder}/index.html" if folder else "index.html"
            for cached in ("url", "abs_dest_path"):
                file.__dict__.pop(cached, None)
        self.pages: dict[str, RecordPage] = {}
        for page in self.site.pages():
            file = File.generated(config, f"{page.path}index.md", content="")
            files.append(file)
            self.pages[page.path] = RecordPage(page, file, config)
        for path, html in self.site.redirects():
            files.append(File.generated(config, f"{path}index.html", content=html))
        for path, content in (*self.site.files(), *self.stock.files.items()):
            files.append(File.generated(config, path, content=content))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        tabs = {page.file.dest_uri.removesuffix("index.html"): page for page in nav.pages}
        newest = self.site.timeline.newest
        for page in nav.pages:
            # A tab's neighbours are not what comes before and after it; pages of one section are.
            for side in ("previous_page", "next_page"):
                other = getattr(page, side)
                if other is not None and (other.parent is not page.parent or page.parent is None):
                    setattr(page, side, None)
        for file in files.documentation_pages():
            themed = file.page
            if themed is None:
                continue
            path = file.dest_uri.removesuffix("index.html")
            if config.site_url:
                themed.canonical_url = _with_slash(config.site_url) + path
            # The newest day of the record, not today: the same input gives the same bytes.
            themed.update_date = newest.isoformat() if newest else "1970-01-01"
            if isinstance(themed, RecordPage):
                record = themed.record
                if themed.parent is None and record.tab in tabs and tabs[record.tab] is not themed:
                    themed.parent = tabs[record.tab]  # type: ignore[assignment]
                themed.previous_page = self.pages[record.previous.url or ""] if record.previous else None
                themed.next_page = self.pages[record.next.url or ""] if record.next else None
        return nav

    def on_page_markdown(
        self, markdown: str, *, page: ThemedPage, config: MkDocsConfig, files: Files
    ) -> str | None:
        if isinstance(page, RecordPage):
            return None
        path = self.docs_dir / page.file.src_uri
        first_line = path.read_text(encoding="utf-8-sig").count("\n") - markdown.count("\n") + 1
        try:
            expanded, slots = self.narrator.expand(markdown, self._name(path), first_line)
        except NarrativeError as error:
            # Only in `serve`, where the terminal has the finding already.
            return f"```\n{report.as_text([error.diagnostic])}\n```\n"
        self.slots[page.file.src_uri] = slots
        return expanded

    def on_page_content(
        self, html: str, *, page: ThemedPage, config: MkDocsConfig, files: Files
    ) -> str | None:
        slots = self.slots.pop(page.file.src_uri, None)
        if slots is None:
            return None
        return slots.fill(html, page.file.dest_uri.removesuffix("index.html"))

    def on_page_context(
        self, context: TemplateContext, *, page: ThemedPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if isinstance(page, RecordPage):
            head = page.record.head
        else:
            path = page.file.dest_uri.removesuffix("index.html")
            between = [
                Link(str(p.title), p.children[0].file.dest_uri.removesuffix("index.html"))
                for p in reversed(list(page.ancestors))
                if isinstance(p, Section)
                and isinstance(p.children[0], ThemedPage)
                and p.children[0] is not page
            ]
            description = str(page.meta.get("description") or config.site_description or "")
            head = self.site.heads.document(path, str(page.title), description, between)
        context["head"] = head  # type: ignore[typeddict-unknown-key]
        return context

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        config.site_dir = str(self.published)
        if config.strict and _warned():
            shutil.rmtree(self.built)  # MkDocs is about to abort this build
            return
        publish(self.built, self.published)

    def on_build_error(self, *, error: Exception) -> None:
        built: Path | None = getattr(self, "built", None)
        if built is not None:
            shutil.rmtree(built, ignore_errors=True)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        server.watch(str(Path(config.config_file_path).parent / self.config.events))
        server.watch(str(TEMPLATES))
        serve_page = server.serve_request

        def serve_request(environ: dict[str, Any], start_response: Any) -> Any:
            address = unquote(environ["PATH_INFO"]).removeprefix(server.mount_path)
            pdf = self.stock.demand(address)
            if pdf is None:
                return serve_page(environ, start_response)
            start_response("200 OK", [("Content-Type", "application/pdf"), ("Content-Length", str(len(pdf)))])
            return [pdf]

        # A briefing is printed when somebody asks for it: editing does not wait for paper.
        server.set_app(serve_request)


def _warned() -> bool:
    """Return whether MkDocs has counted a warning in this build; it does so where warnings abort a build."""
    counters = (h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler))
    return any(counter.get_counts() for counter in counters)


def _with_slash(address: str | None) -> str:
    return f"{address.rstrip('/')}/" if address else ""
