"""The plugin: MkDocs' build with the record's pages in it, published only when everything is there."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as ThemedPage
from mkdocs.utils.templates import TemplateContext

from diplomatic_timeline.assets import MARK
from diplomatic_timeline.briefings.catalogue import Briefings, orders
from diplomatic_timeline.briefings.contents import Form
from diplomatic_timeline.briefings.fonts import findings, typefaces
from diplomatic_timeline.build.collector import paused
from diplomatic_timeline.build.files import FileError, explain, lock
from diplomatic_timeline.build.output import Output
from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.build.store import FILE, NullStore, Store
from diplomatic_timeline.build.target import Target
from diplomatic_timeline.model.characters import visible
from diplomatic_timeline.model.translations import Languages
from diplomatic_timeline.plugin import assets, pages, serve
from diplomatic_timeline.plugin.config import NO_CACHE, TimelineConfig, complete, logo
from diplomatic_timeline.plugin.layouts import FEW, Layouts
from diplomatic_timeline.plugin.pages import Listed, OutputFile, RecordPage, Theme
from diplomatic_timeline.plugin.progress import counted, now_and_then, published, stopped, tell, warned
from diplomatic_timeline.record import report, schemas
from diplomatic_timeline.record.edits import FileStates, file_states
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.search.passages import passages
from diplomatic_timeline.search.publish import Demanded, publish
from diplomatic_timeline.site import mark
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.shortcodes import ShortcodeError, Shortcodes
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.site.slots import Slots
from diplomatic_timeline.site.social_cards import CardRenderer
from diplomatic_timeline.site.templating import compiled
from diplomatic_timeline.templates import TEMPLATES
from diplomatic_timeline.views import tables, urls
from diplomatic_timeline.views.models import BriefingLink
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import WordingError, load

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_log = get_plugin_logger("timeline")
_BUSY = "another build of this project is at work; this one waits until it ends (Ctrl-C gives up)"


class TimelinePlugin(BasePlugin[TimelineConfig]):
    """Checks the record, gives MkDocs its pages and data, and publishes only what was built to the end."""

    preview_from = 50
    """From how many events on an edit is shown before the whole site is built: less is built at once."""

    patience = 0.5
    """The seconds between two looks at the record while the site is built and served."""
    few = FEW
    """From how many pages that look alike on the theme is rendered once for all."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # Having this method, the plugin stays the same from one build of `serve` to the next.
        self.serving = command == "serve"
        self.last_good: Reading | None = None
        self.mistakes = ""
        self.seen: FileStates = {}
        self.edits_first = False
        self.preview: serve.Preview | None = None
        self.store: NullStore = NullStore()
        self.open, self.building = ExitStack(), ExitStack()
        if not self.serving:
            self.open.enter_context(paused())
            # What a build says is ours to say: MkDocs names the folder in which it is at work.
            logging.getLogger("mkdocs.commands.build").setLevel(logging.WARNING)
        with suppress(ValueError):  # In the main thread: told to end, a build clears up.
            before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
            self.open.callback(signal.signal, signal.SIGTERM, before)

    # The record is read before MkDocs looks at any page, so that a mistake in it stops the build at once.
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        try:
            words = load(config.theme.get("language") or "en")
        except WordingError as error:
            raise Abort(f"timeline: {error}") from None
        self.words = words
        complete(config, words, self.config.without)
        config.theme.dirs.insert(0, str(TEMPLATES / "theme"))
        assets.link(config)
        root = Path(config.config_file_path).parent
        self.docs_dir = Path(config.docs_dir)
        self.folder = root / self.config.events
        self.building.callback(os.close, lock(root.resolve(), lambda: tell(_BUSY)))
        self.store.close()
        self.store = NullStore() if os.environ.get(NO_CACHE) else Store(root / FILE)
        reading = self._read(self.folder, self.config.events)
        self._say(f"{counted(len(reading.corpus.events), 'event')} read from {self.config.events}")
        address, folder = config.site_url or "", self.config.events
        self.named = (config.site_name, address, CardRenderer(self.config.accent), folder, self.store)
        self.printed: Mapping[str, tuple[BriefingLink, ...]] = {}
        timeline = Timeline(reading.corpus, reading.proofs, without=self.config.without)
        self.site = self._site_of(timeline, reading.digests)
        self.building.callback(self.site.close)
        self.shortcodes = Shortcodes(self.site, self._example(root))
        self.slots: dict[str, Slots] = {}
        self.passages = {passage.path: [passage] for passage in self.site.passages()}
        self._rehearse()
        self.briefings = self._print(config, reading.coverage)
        self.printed = self.site.briefings = self.briefings.of_pages
        self.output = Output(Path(config.site_dir), self.store)
        self.building.callback(self.output.close)
        config.site_dir = str(self.output.folder)
        return config

    def _site_of(self, timeline: Timeline, digests: Mapping[str, str]) -> Site:
        site = Site(timeline, *self.named, Scratch(on_disk=True), digests, self.words)
        site.briefings = self.printed
        return site

    def _read(self, folder: Path, shown: str) -> Reading:
        """Return the record. Raises Abort for mistakes in it, or MistakesError where one is served."""
        if not folder.is_dir():
            raise Abort(f"timeline: there is no folder {folder.name}/: 'events' in mkdocs.yml names it")
        self._give_way()
        seen: FileStates = {}
        if self.serving:
            seen = self.preview.last if self.edits_first and self.preview else file_states(folder)
        languages = Languages(self.words.language, self.config.language or self.words.language)
        reading = read_folder(folder, shown, self.store, self.last_good, languages=languages)
        self._give_way()
        if self.serving:
            schemas.refresh(folder, reading)
        told = report.as_text(reading.diagnostics) if reading.diagnostics else ""
        sys.stderr.write(told and f"\n{told}")
        self.mistakes = "" if reading.sound else told
        if reading.sound:
            self.last_good, self.seen = (reading if self.serving else None), seen
            return reading
        if self.last_good is not None:
            sys.stderr.write("timeline: the site stays as it was until this is mended\n")
            raise serve.MistakesError
        raise stopped("the record has mistakes")

    def _example(self, root: Path) -> Site | None:
        """Return the site of the small record that the gallery of components shows."""
        if not self.config.gallery or not (root / self.config.gallery).is_dir():
            return None
        small = read_folder(root / self.config.gallery)
        return Site(Timeline(small.corpus, small.proofs), self.site.name, words=self.site.words)

    def _print(self, config: MkDocsConfig, coverage: str) -> Briefings:
        """Return the printed briefings; in `serve` those that are finished already, for it does not wait."""
        form = Form(
            name=config.site_name,
            marking=self.config.marking,
            accent=self.config.accent,
            logo=logo(self.docs_dir, config.theme["logo"]) if self.config.briefings else None,
            typefaces=typefaces(self.folder, coverage),
            site=config.site_url or "",
        )
        wanted = tuple(orders(self.site.view, form)) if self.config.briefings else ()
        briefings = Briefings(wanted, self.store, self.config.briefings_memory)
        if self.serving:
            briefings.find()
        else:
            briefings.print(now_and_then(self._say))
            if wanted:
                self._say(f"{counted(len(briefings.links), 'briefing')} ready")
        # What the record itself has of these was found when it was read.
        if own := set(briefings.unknown) & set(f"{form.name}{form.marking}"):
            sys.stderr.write("\n" + report.as_text(findings(sorted(own), ())))
        for address, why in briefings.faults.items():
            tell(f"{address} could not be printed: {why}")
        if briefings.faults and not self.serving:
            raise stopped("briefings cannot be printed")
        return briefings

    def _rehearse(self) -> None:
        """Render every hand-written page's components once, so that mistakes stop the build at its start."""
        found = []
        for path, text in pages.texts(self.docs_dir):
            try:
                self.shortcodes.expand(text, self._name(path))
            except ShortcodeError as error:
                found.append(error.diagnostic)
        if found:
            sys.stderr.write("\n" + report.as_text(found))
            if not self.serving:
                raise stopped("pages have mistakes")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.docs_dir.parent).as_posix()

    # MkDocs has listed the hand-written pages and rendered none: it has to know what they may link to.
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        pages.place(files, self.config.without)
        ours = assets.made(files, self.site.words, self.config.accent)
        for name, content in (*ours, (f"assets/{MARK}", mark.file(self.site.timeline))):
            files.append(File.generated(config, name, content=content))
        self.pages = list(self.site.pages())
        shown = pages.titles_in(config.nav)
        for page in self.pages:
            title = shown.get(f"{page.path}index.md")
            if title is None:
                files.append(OutputFile.of_page(page.path, config))
            else:
                files.append(RecordPage(page.path, title or page.make().title, config).file)
        for target in (*self.briefings.files(), *self.site.files()):
            self._give_way()
            self.output.put(target)
            files.append(OutputFile.at(target.path, config))
        return files

    # The navigation is complete: what pages come before and after one is ours to say.
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        for page in nav.pages:
            # A tab's neighbours are not what comes before and after it; pages of one section are.
            for side in ("previous_page", "next_page"):
                other = getattr(page, side)
                if other is not None and (other.parent is not page.parent or page.parent is None):
                    setattr(page, side, None)
        self.nav = nav
        pages.escape_titles(nav.items)
        # The newest day of the record, not today: the same input gives the same bytes.
        newest = self.site.timeline.newest
        updated = newest.isoformat() if newest else "1970-01-01"
        self.listed: list[File] = []
        ours = {f"{page.path}index.md" for page in self.pages}
        for file in files:
            path = pages.address(file)
            if file.src_uri in ours and file.page is None:
                file.page = Listed(pages.canonical(config, path), updated)  # type: ignore[assignment]
            elif file.page is not None:
                file.page.canonical_url = pages.canonical(config, path)
                file.page.update_date = updated
            if file.page is not None:
                self.listed.append(file)
        return nav

    # The sitemap lists the record's pages, which MkDocs does not render, beside the others.
    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        context["pages"] = self.listed
        return context

    # Components in Markdown become tokens that Markdown leaves alone.
    def on_page_markdown(
        self, markdown: str, *, page: ThemedPage, config: MkDocsConfig, files: Files
    ) -> str | None:
        if isinstance(page, RecordPage):
            return None
        pages.escape_metadata(page)
        path = self.docs_dir / page.file.src_uri
        first_line = path.read_text(encoding="utf-8-sig").count("\n") - markdown.count("\n") + 1
        try:
            expanded, slots = self.shortcodes.expand(markdown, self._name(path), first_line)
        except ShortcodeError as error:
            # Only in `serve`, where the terminal has the finding already.
            return f"```\n{report.as_text([error.diagnostic])}\n```\n"
        self.slots[page.file.src_uri] = slots
        return expanded

    # Markdown is done: the tokens become the components' HTML.
    def on_page_content(
        self, html: str, *, page: ThemedPage, config: MkDocsConfig, files: Files
    ) -> str | None:
        slots = self.slots.pop(page.file.src_uri, None)
        if slots is None:
            return None
        path = pages.address(page.file)
        self.passages[path] = list(passages(path, pages.plain(page.title), slots.without(html)))
        return slots.fill(html, path)

    # The hand-written pages are read, and the theme's templates are there; other plugins have had their say.
    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        found = [passage for path in sorted(self.passages) for passage in self.passages[path]]
        self.index = Demanded(self.site.timeline, found, self.site.words)
        env.filters["words"] = self.site.env.filters["words"]
        env.globals["mark"] = mark.shapes(self.site.timeline)
        env.globals["record"] = tables.counts(self.site.timeline, self.site.words)
        env.bytecode_cache = compiled(self.site.words, "theme")
        self.theme = Theme(config, self.nav, files, self.listed, env)
        if not self.serving:
            publish(self.site.renderer.fingerprints, found, self.output, self.store, self.site.words)
            list(map(self.output.put, assets.hosted(self.theme, self.config.hosts)))

    # Each page gets the head that the record gives it, after other plugins have changed its context.
    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: ThemedPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if isinstance(page, RecordPage):
            head = page.record.head
        else:
            description = pages.plain(page.meta.get("description") or config.site_description)
            title, between = pages.plain(page.title), pages.way_to(page)
            head = self.site.heads.document(pages.address(page.file), title, description, between)
        context["head"] = head  # type: ignore[typeddict-unknown-key]
        context["pages"] = self.listed
        return context

    # MkDocs has rendered its own pages. Before other plugins finish: the record's pages are there for them.
    @event_priority(100)
    def _lay_out(self, *, config: MkDocsConfig) -> None:
        layouts = Layouts(self.theme, tell, self.few if self.config.layouts else sys.maxsize)
        around = self.theme.fingerprint(sorted({page.path.partition("/")[0] for page in self.pages}))

        def laid_out(page: Target[Page]) -> Target[bytes]:
            return Target(urls.file(page.path), (around, page.inputs), lambda: layouts.file(page.make()))

        self.laid_out = laid_out
        for page in self.pages:
            self._give_way()
            self.output.put(self.laid_out(page))
        self._say(f"{counted(len(self.pages), 'page')} of the record")

    # After all other plugins: nothing is added any more.
    @event_priority(-100)
    def _publish(self, *, config: MkDocsConfig) -> None:
        config.site_dir = str(self.output.site)
        if not config.strict or not warned():  # else MkDocs is about to abort this build
            self._say(published(self.output.site, *self.output.publish()))
            self.store.save(forget=True)
            self.preview = self._preview()
        self.building.close()

    on_post_build = CombinedEvent(_lay_out, _publish)

    def _say(self, line: str) -> None:
        """Say how far a build is."""
        if not self.serving:
            _log.info(line)

    def _preview(self) -> serve.Preview | None:
        """Return what shows edits of the site just built, if it is so large that one waits for a build."""
        reading = self.last_good
        if reading is None or len(reading.corpus.events) < self.preview_from:
            return None
        record = (self.folder, self.config.events, self.seen, reading, self.site.timeline)
        return serve.Preview(*record, self._site_of, self.laid_out, self.output, self.patience)

    # Whatever stopped the build: the published site stays as it was.
    def on_build_error(self, *, error: Exception) -> None:
        self.building.close()
        if isinstance(error, OSError | FileError):
            raise Abort(f"timeline: {visible(explain(error))}\ntimeline: the site is as it was") from None

    def on_shutdown(self) -> None:
        self.building.close()
        self.store.close()
        self.open.close()

    # The server is there, and nobody has asked it for anything yet.
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        server.watch(str(self.folder))
        server.watch(str(TEMPLATES))
        answer = serve.on_demand(server.serve_request, server.mount_path, self._demanded)
        server.set_app(serve.guarded(serve.under(lambda: self.mistakes, answer), config.dev_addr.host))
        # An edit is shown before the whole site is built, which the server is told to do next.
        self.again = Path(self.open.enter_context(TemporaryDirectory())) / "again"
        self.again.touch()
        server.watch(str(self.again))
        self.edits_first = True
        server.builder = serve.edits_first(
            server.builder, lambda: self.preview, self._shown, self.again.touch
        )

    def _shown(self, pages: int) -> None:
        _log.info("Showing the edit on %d pages; the others follow", pages)
        self.mistakes = ""

    def _demanded(self, address: str) -> tuple[str, bytes] | None:
        kind, found = "application/pdf", self.briefings.demand(address)
        if found is None:
            kind, found = "text/javascript", self.index.file(address)
        return (kind, found) if found is not None else None

    def _give_way(self) -> None:
        """Stop a build while serving if the record has been edited in the meantime: that is shown first."""
        if self.edits_first and self.preview is not None and self.preview.has_changed():
            raise serve.EditedError
