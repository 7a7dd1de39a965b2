"""What every page is rendered with: the views of a timeline, the templates, and the way to the top."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from diplomatic_timeline.build.scratch import Spool
from diplomatic_timeline.site.fragments import Fragments
from diplomatic_timeline.site.templating import environment, resolve
from diplomatic_timeline.views import lists, urls
from diplomatic_timeline.views.changes import Changes, Words
from diplomatic_timeline.views.fingerprints import Marks
from diplomatic_timeline.views.models import BriefingLink, Link
from diplomatic_timeline.views.presenter import Viewpoint
from diplomatic_timeline.views.timeline import Timeline

Keep = Callable[[str, object, Callable[[], bytes]], bytes]
"""Makes something of a name from something else, or gives back what it made last time from the same."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One party's changes on an issue, rendered; `compares` says whether there is something to compare."""

    anchor: str
    party: str
    compares: bool
    html: Markup


class Renderer:
    """Renders templates for one timeline. `folder` is the record's, for edit links.

    `digests` are those of the record's files, by which its `marks` say what a page is made from; `spool`
    holds what is too much for memory, `compiled` is a folder for compiled templates, and `keep` may know from
    the last time what is made.
    """

    def __init__(
        self,
        timeline: Timeline,
        folder: str = "events",
        digests: Mapping[str, str] | None = None,
        spool: Spool | None = None,
        compiled: Path | None = None,
        keep: Keep | None = None,
    ) -> None:
        self.timeline = timeline
        self.marks = Marks(timeline, digests or {})
        self.view = Viewpoint(timeline)
        self.changes = Changes(self.view)
        self.folder = folder.rstrip("/")
        self._keep = keep
        self.fragments = Fragments(spool, self._inside)
        self.env: Environment = environment(compiled)
        self.env.globals["once"] = self.fragments.once
        self.briefings: Mapping[str, tuple[BriefingLink, ...]] = {}

    @cached_property
    def events(self) -> lists.Listing:
        """All events as the first page lists them."""
        return lists.events(self.timeline, self.view.parties)

    @cached_property
    def quotes(self) -> lists.Listing:
        """All quotes, the newest first."""
        return lists.quotes(self.timeline, self.view.parties)

    @cached_property
    def commitments(self) -> lists.Listing:
        """All commitments, open ones first."""
        return lists.commitments(self.timeline, self.view.parties)

    def listing(self, name: lists.Name) -> lists.Listing:
        """Return one of the long lists."""
        match name:
            case "events":
                return self.events
            case "quotes":
                return self.quotes
            case "commitments":
                return self.commitments

    def forget(self) -> None:
        """Let go of what is held for the next page; whoever still asks for it has it made again.

        What has been rendered for many pages stays.
        """
        self.__dict__.pop("quotes", None)
        self.__dict__.pop("commitments", None)
        self.view.quote.cache_clear()
        self.changes = Changes(self.view)

    def page(self, template: str, path: str, **context: Any) -> bytes:
        """Return the HTML of the page at `path`, in UTF-8, to be made whole."""
        context["briefings"] = self.briefings.get(path, ())
        return self.env.get_template(f"pages/{template}.html").render(context).encode()

    def whole(self, html: bytes, path: str) -> bytes:
        """Return the HTML of the page at `path` with all that many pages show, and its addresses resolved."""
        return resolve(self.fragments.filled(html), path)

    def component(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Return a component's HTML; the addresses in it are not resolved yet."""
        made: str = self._component(f"components/{name}", *args, **kwargs)
        return self.fragments.filled(made.encode()).decode()

    def _component(self, path: str, *args: Any, **kwargs: Any) -> Markup:
        module = self.env.get_template(f"{path}.html").module
        made: Markup = getattr(module, path.rpartition("/")[2])(*args, **kwargs)
        return made

    def _inside(self, name: str, id: str) -> Markup:
        """Return what pages show of a quote or a commitment wherever it stands."""
        view = self.view.quote(id) if name == "quote_inside" else self.view.commitment(id)
        return self._component(f"parts/{name}", view)

    def comparisons(self, issue: str) -> tuple[Comparison, ...]:
        """Return what changed on an issue for each party; addresses are not resolved."""
        return tuple(self._comparison(issue, words) for words in self.changes.words(issue))

    def _comparison(self, issue: str, words: Words) -> Comparison:
        def make() -> bytes:
            changes = self.changes.of_party(words)
            compares = bool(changes.steps or changes.formulae)
            return f"{compares:d}{self.component('party_changes', changes)}".encode()

        name = f"{urls.issue(issue)}#{words.party}"
        made = self._keep(name, self.changes.made_from(words), make) if self._keep else make()
        compares, html = made[:1] == b"1", Markup(made[1:].decode())
        party = self.view.parties[words.party]
        return Comparison(urls.changes_anchor(party.id), party.name, compares, html)

    def entry(self, name: lists.Name, id: str, place: int) -> str:
        """Return an entry of one of the long lists as its page has it; addresses are not resolved."""
        match name:
            case "events":
                return self.component("event_card", self.view.line(id), 3, in_year=True, place=place)
            case "quotes":
                return self.component("quote", self.view.quote(id), show_event=True, place=place)
            case "commitments":
                return self.component("commitment", self.view.commitment(id), show_event=True, place=place)

    def registry(self, kind: str) -> str:
        """Return the file that an editor changes to change a registry."""
        return f"{self.folder}/registry/{kind}.yml"

    @staticmethod
    def trail(title: str, *between: Link) -> tuple[Link, ...]:
        """Return the links from the first page down to the one with this title."""
        return (Link("Timeline", urls.HOME), *between, Link(title, None))
