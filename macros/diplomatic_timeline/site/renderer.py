"""What every page is rendered with: the views of a timeline, the templates, and the way to the top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, partial
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.site.templating import ROOT, environment, href, resolve
from diplomatic_timeline.views import comparison, lists, urls
from diplomatic_timeline.views.changes import Changes, Words
from diplomatic_timeline.views.fingerprints import Fingerprints
from diplomatic_timeline.views.models import BriefingLink, Link
from diplomatic_timeline.views.positions import Positions
from diplomatic_timeline.views.preparation import Preparations
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import Wording

_INDENT = re.compile(r"\n\s+")


class Renderer:
    """Renders templates for one timeline. `folder` is the record's, for edit links.

    `digests` are those of the record's files, from which follows what a page is made from; `store` may know
    what was made last time.
    """

    def __init__(
        self,
        timeline: Timeline,
        folder: str,
        digests: Mapping[str, str],
        store: NullStore,
        scratch: Scratch,
        words: Wording,
    ) -> None:
        self.timeline = timeline
        self.folder = folder.rstrip("/")
        self.words = words
        self.fingerprints = Fingerprints(timeline, digests, words)
        self.view = Presenter(timeline, words)
        self.positions = Positions(self.view)
        self.changes = Changes(self.positions)
        self.preparations = Preparations(self.positions)
        self.env: Environment = environment(words)
        self.env.globals.update(once=self._once, without=timeline.without)
        self._scratch = scratch
        self._places: dict[tuple[object, ...], tuple[int, int]] = {}
        self.briefings: Mapping[str, tuple[BriefingLink, ...]] = {}
        self._store = store
        self.listing = cache(self._listing)

    def _listing(self, name: lists.Name) -> lists.Listing:
        """Return one of the long lists."""
        return lists.listing(name, self.timeline, self.view.parties, self.words)

    @cached_property
    def beside(self) -> dict[str, tuple[str, str]]:
        """The pages on which main events stand beside one another, by either event."""
        return comparison.beside(self.timeline)

    def _once(self, macro: Macro, view: Any, *args: object) -> Markup:
        """Return what a macro of a template makes of a view that has an id; many pages show it.

        A first build of 1,000 events takes a quarter less CPU time for it. It waits on disk: there is much.
        """
        key = (macro.name, type(view), view.id, *args)
        place = self._places.get(key)
        if place is not None:
            return Markup(self._scratch.get(place).decode())
        made = Markup(macro(view, *args))
        self._places[key] = self._scratch.put(made.encode())
        return made

    def page(self, template: str, path: str, **context: Any) -> str:
        """Return the HTML of the page at `path`."""
        context["briefings"] = self.briefings.get(path, ())
        html = self.env.get_template(f"pages/{template}.html").render(context)
        # How templates are indented is no concern of readers', nor is the whole way to where they are.
        html = _INDENT.sub("\n", html).replace(f"{href(path)}#", "#").replace(f'"{ROOT}{path}', '"')
        return resolve(html, path)

    def component(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Return a component's HTML; the addresses in it are not resolved yet."""
        module = self.env.get_template(f"components/{name}.html").module
        made: Markup = getattr(module, name)(*args, **kwargs)
        return made

    def changed(self, issue: str) -> Iterator[Markup]:
        """Yield what changed on an issue for each party, rendered; addresses are not resolved."""
        for words in self.changes.words(issue):
            inputs = (self.fingerprints.common, self.changes.made_from(words))
            make = partial(self._changes_of, words)
            yield Markup(self._store.get_or_make(f"changes {issue} {words.party}", inputs, make).decode())

    def _changes_of(self, words: Words) -> bytes:
        return self.component("party_changes", self.changes.of_party(words)).encode()

    def entry(self, name: lists.Name, id: str, place: int) -> str:
        """Return an entry of one of the long lists as its page has it; addresses are not resolved."""
        match name:
            case "events":
                return self.component("event_card", self.view.line(id), 3, in_year=True, place=place)
            case "quotes":
                return self.component("quote_row", self.view.quote(id), place=place)
            case "commitments":
                return self.component("commitment", self.view.commitment(id), show_event=True, place=place)
            case "sources":
                return self.component("source_entry", self.view.source(id), place)

    def registry(self, kind: str) -> str:
        """Return the file that an editor changes to change a registry."""
        return f"{self.folder}/registry/{kind}.yml"

    def trail(self, title: str, *between: Link) -> tuple[Link, ...]:
        """Return the links from the first page down to the one with this title."""
        return (Link(self.words("term.timeline"), urls.HOME), *between, Link(title, None))
