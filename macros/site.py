"""The timeline as pages: address, kind, title, description, contents and HTML. Knows no MkDocs.

Every page is data, so that the adapter can dress it in a theme and another generator could take it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from jinja2 import Environment

from macros import list_pages, lists, points, prose, subject_pages, tables, urls
from macros.dates import display
from macros.drafts import Draft, packed, unpacked
from macros.exports import Imprint, PageFile, citations, styles
from macros.heads import Heads
from macros.memo import Memo
from macros.pages import Heading, Page
from macros.rendering import Renderer
from macros.spool import Spool
from macros.templating import resolve
from macros.timeline import Timeline
from macros.viewpoint import Viewpoint
from macros.views import BriefingLink, Link


class Site:
    """Renders the pages of one timeline.

    `name` and `address` (absolute, with a slash at its end, or empty) are the site's, for citations; `assets`
    is the folder of fonts and style sheets, for social images; `folder` is the record's, for edit links;
    `memo` remembers pages and images from one build to the next, by the `digests` of the record's files.
    """

    def __init__(
        self,
        timeline: Timeline,
        name: str,
        address: str = "",
        assets: Path | None = None,
        folder: str = "events",
        memo: Memo | None = None,
        digests: Mapping[str, str] | None = None,
    ) -> None:
        self.timeline = timeline
        self.name = name
        self.address = address
        self.memo = memo if digests else None
        scratch = memo.scratch if memo else None
        self.spool = Spool(scratch) if scratch else None
        compiled = scratch / "templates" if scratch else None
        self.press = Renderer(timeline, folder, digests, self.spool, compiled)
        self.heads = Heads(timeline, Imprint(name, address), assets, memo, self.spool)

    @property
    def view(self) -> Viewpoint:
        return self.press.view

    @property
    def env(self) -> Environment:
        return self.press.env

    @property
    def briefings(self) -> Mapping[str, tuple[BriefingLink, ...]]:
        """The printed briefings by the address of the page that links them."""
        return self.press.briefings

    @briefings.setter
    def briefings(self, printed: Mapping[str, tuple[BriefingLink, ...]]) -> None:
        self.press.briefings = printed

    @property
    def events(self) -> lists.Listing:
        """All events as the first page lists them."""
        return self.press.events

    def pages(self) -> Iterator[Page]:
        """Yield every page, in an order that depends on the record only."""
        return map(self._page, self._drafts())

    def _page(self, draft: Draft) -> Page:
        if self.memo is None:
            return self._made(draft)
        of = (draft.of, self.briefings.get(draft.path, ()))
        return unpacked(self._kept(draft.path, of, lambda: packed(self._made(draft))))

    def _made(self, draft: Draft) -> Page:
        page = draft.make()
        return replace(page, head=self.heads.record(page))

    @cached_property
    def _common(self) -> tuple[object, ...]:
        """What every page is made from beside events."""
        return (self.press.marks.common, self.name, self.address, self.press.folder, self.heads.made_from)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every generated file that is no page: its address below the root, and its bytes."""
        yield from self.heads.files(self._file)
        yield urls.OVERVIEW, points.script(self.timeline).encode("utf-8")
        for listing in (self.press.events, self.press.quotes, self.press.commitments):
            yield from listing.files()
            for path, begin, ids in listing.shards():
                yield path, self._cards(path, listing.name, begin, ids)
        # Their indexes are large, and nothing needs them any more.
        del self.press.quotes, self.press.commitments, listing

    def _file(self, file: PageFile) -> bytes:
        return self._kept(file.path, (self.press.marks.events(file.events),), file.make)

    def _cards(self, path: str, name: lists.Name, begin: int, ids: tuple[str, ...]) -> bytes:
        def made() -> bytes:
            entries = [self.press.entry(name, id, place) for place, id in enumerate(ids, begin)]
            return lists.cards(name, begin, entries)

        return self._kept(path, (begin, self.press.marks.of(name, ids)), made)

    def _kept(self, path: str, of: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
        """Return what was made last time at `path`, where nothing that it is made from has changed."""
        return self.memo.made(path, (self._common, of), make) if self.memo else make()

    def _drafts(self) -> Iterator[Draft]:
        corpus = self.timeline.corpus
        yield from map(self._draft, self.timeline.events)
        of = (self.press.marks.whole,)
        yield Draft(urls.ISSUES, of, self.issues)
        for id in corpus.issues:
            yield from subject_pages.issue(self.press, id)
        yield from list_pages.people(self.press)
        for id in (*corpus.people, *corpus.organizations):
            yield from subject_pages.speaker(self.press, id)
        for id in corpus.parties:
            yield from subject_pages.party(self.press, id)
        yield from list_pages.quotes(self.press)
        yield from list_pages.commitments(self.press)
        yield from list_pages.sources(self.press)
        for id in corpus.sources:
            yield from subject_pages.source(self.press, id)
        yield from list_pages.years(self.press)

    def close(self) -> None:
        """Let go of what was held on disk; nothing can be rendered any more."""
        if self.spool is not None:
            self.spool.close()

    def redirects(self) -> Iterator[tuple[str, str]]:
        """Yield for each old id of an event its address and a whole HTML page that leads to the new one."""
        template = self.env.get_template("redirect.html")
        for event in self.timeline.events.values():
            for alias in event.aliases:
                path = urls.event(alias)
                html = template.render(
                    title=event.title,
                    url=urls.event(event.id),
                    canonical=f"{self.address}{urls.event(event.id)}",
                )
                yield path, resolve(html, path)

    def _draft(self, id: str) -> Draft:
        around = [
            self.timeline.events[e] if e else None
            for e in (self.timeline.previous[id], self.timeline.next[id])
        ]
        of = (
            *(self.press.marks.event(id), self.press.marks.sources(self.timeline.events[id].sources)),
            *((e.id, e.title) if e else None for e in around),
        )
        return Draft(urls.event(id), of, partial(self.event, id))

    def event(self, id: str) -> Page:
        """Return an event's page, without its head."""
        event, path = self.timeline.events[id], urls.event(id)
        view = self.view.event(id)
        year = event.date.anchor.year
        said = tuple(Heading(g.anchor, g.issue.text) for g in view.groups)
        at_issue = tuple(Heading(r.anchor, r.issue.text) for r in view.issues if not r.empty)
        sections = (
            ("delegations", "Delegations", view.delegations, ()),
            ("summary", "What happened", True, ()),
            ("issues", "At issue", view.issues, at_issue),
            ("quotes", "What was said", view.groups, said),
            ("commitments", "Commitments", view.commitments, ()),
            ("sources", "Sources", view.sources, ()),
            ("related", "Related events", view.related, ()),
            ("corrections", "Corrections", view.corrections, ()),
            ("cite", "Cite this page", True, ()),
        )
        before, after = self.timeline.previous[id], self.timeline.next[id]
        return Page(
            path=path,
            kind="event",
            tab=urls.HOME,
            title=event.title,
            description=prose.shortened(f"{display(event.date)}. {view.line.lead}"),
            html=self.press.page(
                "event",
                path,
                event=view,
                trail=self.press.trail(event.title, Link(str(year), urls.year(year))),
                citation=styles.forms(citations.of_event(event, self.heads.imprint)),
            ),
            headings=tuple(Heading(i, title, below) for i, title, present, below in sections if present),
            previous=self.view.event_link(before) if before else None,
            next=self.view.event_link(after) if after else None,
            source=self.timeline.corpus.files.get(id),
        )

    def issues(self) -> Page:
        return Page(
            path=urls.ISSUES,
            kind="issues",
            tab=urls.ISSUES,
            title="Issues",
            description="Every issue of the record, and the events at which it was discussed or disputed.",
            html=self.press.page(
                "issues", urls.ISSUES, trail=self.press.trail("Issues"), matrix=tables.matrix(self.view)
            ),
            source=self.press.registry("issues"),
            wide=True,
        )
