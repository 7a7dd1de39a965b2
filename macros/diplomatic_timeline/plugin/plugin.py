"""The adapter to MkDocs: dresses the site's pages in the theme. Only it and `mkdocs_pages` import mkdocs."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as ThemedPage
from mkdocs.utils.templates import TemplateContext

from diplomatic_timeline.briefings.catalogue import Stock, orders
from diplomatic_timeline.briefings.contents import Form
from diplomatic_timeline.briefings.fonts import findings
from diplomatic_timeline.build.collector import paused
from diplomatic_timeline.build.memo import Memo, program
from diplomatic_timeline.build.output import Ledger, Publication
from diplomatic_timeline.build.store import FILE, Store
from diplomatic_timeline.build.target import Content, Parcel, Slip
from diplomatic_timeline.plugin import assets, serve
from diplomatic_timeline.plugin.config import TimelineConfig, complete
from diplomatic_timeline.plugin.pages import (
    Made,
    RecordPage,
    Wardrobe,
    canonical,
    listed,
    note,
    site_of,
    warned,
)
from diplomatic_timeline.plugin.serve import EditedError, Preview, edits_first, on_demand
from diplomatic_timeline.record import report
from diplomatic_timeline.record.edits import FileStates, file_states
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.search.passages import Passage, passages
from diplomatic_timeline.search.publish import Demanded, prepare, publish
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.shortcodes import NarrativeError, Narrator, Slots
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.templates import TEMPLATES
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.timeline import Timeline

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_log = get_plugin_logger("timeline")

# What was published, and from what.
_LEDGER = ".cache/pages/published.json"


class TimelinePlugin(BasePlugin[TimelineConfig]):
    """Checks the record, gives MkDocs its pages and data, and publishes only what was built to the end."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # Having this method, the plugin stays the same from one build of `serve` to the next.
        self.serving = command == "serve"
        self.last_good: Reading | None = None
        self.seen: FileStates = {}
        self.edits_first = False
        self.preview: Preview | None = None
        self.memo: Memo | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        # A build makes millions of objects and hardly a circle of them.
        gc.disable()
        root = Path(config.config_file_path).parent
        self.docs_dir = Path(config.docs_dir)
        self.folder = root / self.config.events
        reading = self._read(root, self.folder, self.config.events)
        maker = program()
        if self.memo is None or self.memo.maker != maker:
            self.memo = Memo(root / ".cache" / "pages", maker)
        self.site_of = partial(site_of, config, self.config.events, self.memo)
        site = self.site_of(Timeline(reading.corpus, reading.proofs), reading.digests)
        example = None
        if self.config.gallery and (root / self.config.gallery).is_dir():
            small = read_folder(root / self.config.gallery)
            example = Site(Timeline(small.corpus, small.proofs), config.site_name)
        self.site = site
        self.narrator = Narrator(site, example)
        self.slots: dict[str, Slots] = {}
        self.written: dict[str, list[Passage]] = {}
        self._rehearse()
        self.stock = self._print(config, reading, root / ".cache" / "briefings")
        site.briefings = self.stock.pages

        complete(config)
        config.theme.dirs.insert(0, str(TEMPLATES / "theme"))
        assets.link(config)
        folder = Path(config.site_dir)
        self.publication = Publication(folder, Ledger(root / _LEDGER, folder, maker))
        config.site_dir = str(self.publication.built)
        return config

    def _read(self, root: Path, folder: Path, shown: str) -> Reading:
        """Return the record, or in `serve` the last sound one. Raises Abort where there is none."""
        if not folder.is_dir():
            raise Abort(f"timeline: there is no folder {folder.name}/: 'events' in mkdocs.yml names it")
        self._give_way()
        seen: FileStates = {}
        if self.serving:
            seen = self.preview.last if self.edits_first and self.preview else file_states(folder)
        store = Store(root / FILE)
        with paused():
            reading = read_folder(folder, shown, store, self.last_good)
        store.save()
        store.close()
        self._give_way()
        if reading.diagnostics:
            sys.stderr.write("\n" + report.as_text(reading.diagnostics))
        if reading.sound:
            self.last_good, self.seen = (reading if self.serving else None), seen
        elif self.serving and self.last_good is not None:
            sys.stderr.write("timeline: the site stays as it was until this is mended\n")
            return self.last_good
        else:
            raise Abort("timeline: the record has mistakes; nothing was built, and the site is as it was")
        return reading

    def _print(self, config: MkDocsConfig, reading: Reading, shelf: Path) -> Stock:
        """Return the printed briefings; in `serve` those that are finished already, for it does not wait."""
        form = Form(name=config.site_name, marking=self.config.marking)
        wanted = orders(self.site.view, form) if self.config.briefings else ()
        stock = Stock(wanted, shelf, self.config.briefings_memory)
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
        for name, content in assets.made(files, self.memo):
            files.append(File.generated(config, name, content=content))
        self.site.begin_ahead(_noted, self._ahead)
        self.wardrobe = Wardrobe(self._slips(), config, self.config.stamp)
        for file in self.wardrobe.files():
            files.append(file)
        for path, html in self.site.redirects():
            self._put(Parcel(urls.file(path), None, html.encode), files, config)
        if self.site.ahead is not None:
            for path in self.publication.join(self.site.ahead):
                files.append(Made.at(path, config))
        else:
            for parcel in self.site.parcels():
                self._give_way()
                self._put(parcel, files, config)
        for path in self.stock.files:
            self._put(Parcel(path, None, partial(self.stock.files.__getitem__, path)), files, config)
        return files

    def _ahead(self) -> object:
        """Publish what is no page and prepare the search index, in a second process."""
        prepare(self.site)
        return self.publication.offered((p.path, p.content, p.key) for p in self.site.parcels())

    def _slips(self) -> Iterator[tuple[Slip, Any]]:
        """Yield every page's slip and what the wardrobe notes of it; tell the search of lists."""
        for slip in self.site.slips(_noted):
            self._give_way()
            worn, found = slip.note
            if found:
                self.written[slip.path] = [Passage(*found)]
            yield slip, worn

    def _put(self, parcel: Parcel, files: Files, config: MkDocsConfig) -> None:
        self.publication.offer(parcel.path, parcel.content, parcel.key)
        files.append(Made.at(parcel.path, config))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        for page in nav.pages:
            # A tab's neighbours are not what comes before and after it; pages of one section are.
            for side in ("previous_page", "next_page"):
                other = getattr(page, side)
                if other is not None and (other.parent is not page.parent or page.parent is None):
                    setattr(page, side, None)
        # The newest day of the record, not today: the same input gives the same bytes.
        newest = self.site.timeline.newest
        updated = newest.isoformat() if newest else "1970-01-01"
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.canonical_url = canonical(config, file.dest_uri.removesuffix("index.html"))
                file.page.update_date = updated
        self.wardrobe.settle(nav, files, updated)
        return nav

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        context["pages"] = self.wardrobe.listed
        return context

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
        path = page.file.dest_uri.removesuffix("index.html")
        self.written[path] = list(passages(path, str(page.title), slots.without(html)))
        return slots.fill(html, path)

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Add the search index: by now the hand-written pages are read. See what the theme makes of pages."""
        written = [passage for path in sorted(self.written) for passage in self.written[path]]
        self.index = Demanded(self.site.timeline, written)
        if not self.serving:
            publish(self.site, written, self.publication)
        # The theme's templates are compiled once, as ours are.
        env.bytecode_cache = self.site.env.bytecode_cache
        self.wardrobe.learn(env)

    @event_priority(-100)
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
        context["pages"] = self.wardrobe.listed
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: ThemedPage, config: MkDocsConfig) -> str:
        if isinstance(page, RecordPage):
            self.wardrobe.compare(page, output)
        return output

    @event_priority(100)
    def _stamp(self, *, config: MkDocsConfig) -> None:
        def content(parcel: Parcel) -> Content:
            self._give_way()
            return parcel.content()

        stamped = [(p.path, partial(content, p), p.key) for p in self.wardrobe.stamped()]
        self.publication.offer_all(stamped, self.site.lend if self.site.doubled else None)

    @event_priority(-100)
    def _publish(self, *, config: MkDocsConfig) -> None:
        config.site_dir = str(self.publication.site)
        if config.strict and warned():
            self.publication.discard()  # MkDocs is about to abort this build
        else:
            self.publication.publish()
            if self.memo is not None:
                self.memo.save()
            self.preview = self._preview()
        self._rest()
        if self.preview is not None:
            # Now, when nobody waits for it, as for the next edit.
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def _preview(self) -> Preview | None:
        """Return what shows edits of the site just built, if it is so large that one waits for a build."""
        reading = self.last_good
        if reading is None or len(reading.corpus.events) < serve.WORTHWHILE:
            return None

        def make(timeline: Timeline, digests: Mapping[str, str]) -> Site:
            site = self.site_of(timeline, digests)
            site.briefings = self.stock.pages
            return site

        record = (self.folder, self.config.events, self.seen, reading, self.site.timeline)
        return Preview(*record, make, _noted, self.wardrobe.shells.dress, self.publication.site)

    on_post_build = CombinedEvent(_stamp, _publish)

    def on_build_error(self, *, error: Exception) -> None:
        publication: Publication | None = getattr(self, "publication", None)
        if publication is not None:
            publication.discard()
        self._rest()

    def _rest(self) -> None:
        site: Site | None = getattr(self, "site", None)
        if site is not None:
            site.close()
        if not self.serving:
            gc.freeze()  # What ends with this process need not be looked through for what could be freed.
        gc.enable()

    def on_shutdown(self) -> None:
        if self.memo is not None:
            self.memo.close()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        server.watch(str(self.folder))
        server.watch(str(TEMPLATES))
        # Paper and the index are made when somebody asks for them: editing does not wait for them.
        server.set_app(on_demand(server.serve_request, server.mount_path, self._demanded))
        self._show_edits_first(server)

    def _demanded(self, address: str) -> tuple[str, bytes] | None:
        kind, found = "application/pdf", self.stock.demand(address)
        if found is None:
            kind, found = "text/javascript", self.index.file(address)
        return (kind, found) if found is not None else None

    def _show_edits_first(self, server: LiveReloadServer) -> None:
        """Have the server show an edit before it builds the whole site, which it is told to do next."""
        scratch = self.memo.scratch if self.memo else None
        if scratch is None:
            return
        (again := scratch / "again").touch()
        server.watch(str(again))

        told = partial(_log.info, "Showing the edit on %d pages; the others follow")
        self.edits_first = True
        server.builder = edits_first(server.builder, lambda: self.preview, told, again.touch)

    def _give_way(self) -> None:
        """Stop a build while serving if the record has been edited in the meantime: that is shown first."""
        if self.edits_first and self.preview is not None and self.preview.has_changed():
            raise EditedError


def _noted(page: Page) -> list[Any]:
    """Return what the wardrobe notes of a page, and what the search does."""
    return [note(page), listed(page)]
