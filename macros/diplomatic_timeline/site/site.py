"""The timeline as pages: address, kind, title, description, contents and HTML. Knows no MkDocs.

Every page is data, so that the adapter can dress it in a theme and another generator could take it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, TypeVar

from jinja2 import Environment

from diplomatic_timeline.build import fork
from diplomatic_timeline.build.fork import Second
from diplomatic_timeline.build.memo import Memo, digest
from diplomatic_timeline.build.scratch import Spool
from diplomatic_timeline.build.target import Draft, Parcel, Slip, packed, unpacked
from diplomatic_timeline.chart import data as chart_data
from diplomatic_timeline.exports import citation_styles, citations
from diplomatic_timeline.exports.files import page_files
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.site.head import Heads
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.site.pages import issue, party, source, speaker, year
from diplomatic_timeline.site.pages import lists as list_pages
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.site.templating import resolve
from diplomatic_timeline.views import lists, prose, tables, urls
from diplomatic_timeline.views.models import BriefingLink, Link
from diplomatic_timeline.views.presenter import Viewpoint
from diplomatic_timeline.views.timeline import Timeline, parties_at
from diplomatic_timeline.views.wording import ENGLISH, Wording

_T = TypeVar("_T")

DOUBLED = range(50, 5_000)
"""With how many events two processes build a site in less time than one, and in little enough memory."""


class Site:
    """Renders the pages of one timeline.

    `name` and `address` (absolute, with a slash at its end, or empty) are the site's, for citations; `images`
    says whether there are social images; `folder` is the record's, for edit links; `memo` remembers pages and
    images from one build to the next, by the `digests` of the record's files; `words` are the interface's.
    """

    def __init__(
        self,
        timeline: Timeline,
        name: str,
        address: str = "",
        images: bool = False,
        folder: str = "events",
        memo: Memo | None = None,
        digests: Mapping[str, str] | None = None,
        words: Wording = ENGLISH,
    ) -> None:
        self.timeline = timeline
        self.words = words
        self.name = name
        self.address = address
        self.memo = memo if digests else None
        self.ahead: Any = None
        self._second: Second | None = None
        scratch = memo.scratch if memo else None
        self.spool = Spool(scratch) if scratch else None
        compiled = scratch / "templates" if scratch else None
        self.press = Renderer(timeline, folder, digests, self.spool, compiled, self.kept, words)
        remember = (self.remembered, self._remembered) if self.memo else ()
        self.heads = Heads(timeline, Imprint(name, address, words), images, memo, self.spool, *remember)

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

    def slips(self, note: Callable[[Page], Any]) -> Iterator[Slip]:
        """Yield a slip of every page in the same order, with what `note` says of it in plain JSON.

        What `note` said of a page that is remembered is remembered too.
        """
        yield from (self._slip(draft, note) for draft in self._leading())
        self._join()
        yield from (self._slip(draft, note) for draft in self._following())

    @property
    def doubled(self) -> bool:
        """Whether two processes build the site in less time than one."""
        first = self.memo is not None and self.memo.begins and self.memo.scratch is not None
        return first and len(self.timeline.events) in DOUBLED

    def begin_ahead(self, note: Callable[[Page], Any], more: Callable[[], Any]) -> None:
        """Have a second process make what comes later in `slips(note)`, and do `more`, if that is quicker.

        Then `ahead` is, behind the last slip, the plain JSON that `more` returned, or None where it failed.
        """
        memo = self.memo
        if memo is None or not self.doubled:
            return

        def work() -> object:
            memo.part()
            if self.spool is not None:
                self.spool.renew()
            self.press.fragments.forget()
            for draft in self._following():
                self._slip(draft, note)
            told = more()
            return memo.parted(), told

        self._second = fork.begin(work)

    def lend(self) -> None:
        """Leave the files that are open to the first process, in a second one that gets pages from slips."""
        if self.spool is not None:
            self.spool.lend()

    def _join(self) -> None:
        """Take over what a second process has made."""
        begun, self._second = self._second, None
        if begun is not None and self.memo is not None and (made := begun.result()) is not None:
            self.press.forget()  # the pages to come are made
            pieces, self.ahead = made
            self.memo.join(pieces)

    def fresh(self, drafts: Iterable[Draft], note: Callable[[Page], Any]) -> Iterator[Page]:
        """Yield those of some pages that nothing remembers, and have them remembered as `slips` does."""
        for draft in drafts:
            before = self.memo.remade if self.memo else -1
            slip = self._slip(draft, note)
            if self.memo is None or self.memo.remade > before:
                yield slip.page()

    def _slip(self, draft: Draft, note: Callable[[Page], Any]) -> Slip:
        if self.memo is None:
            page = self._page(draft)
            return Slip(draft.path, None, note(page), partial(_same, page))
        fresh: list[Page] = []

        def make() -> bytes:
            fresh.append(self._made(draft))
            return packed(fresh[0])

        key, noted = self.memo.noted(
            draft.path,
            self._of(draft),
            make,
            lambda piece: note(fresh[0] if fresh else unpacked(piece, self.press.whole)),
        )
        return Slip(draft.path, key, noted, partial(self._found, draft.path, key))

    def _found(self, path: str, key: bytes) -> Page:
        """Return the page that a slip is of."""
        piece = self.memo.find(path, key) if self.memo else None
        if piece is not None:
            return unpacked(piece, self.press.whole)
        # The disk has lost it in the meantime, or takes nothing.
        return self._page(self._drafted[path])

    @cached_property
    def _drafted(self) -> dict[str, Draft]:
        return {draft.path: draft for draft in self._drafts()}

    def _page(self, draft: Draft) -> Page:
        if self.memo is None:
            page = self._made(draft)
            return replace(page, content=self.press.whole(page.content, page.path))
        piece = self.memo.made(draft.path, self._of(draft), lambda: packed(self._made(draft)))
        return unpacked(piece, self.press.whole)

    def _of(self, draft: Draft) -> tuple[object, ...]:
        """Return all that a page is made from."""
        return (self._common, (draft.of, self.briefings.get(draft.path, ())))

    def _made(self, draft: Draft) -> Page:
        page = draft.make()
        return replace(page, head=self.heads.record(page))

    @cached_property
    def _common(self) -> bytes:
        """A digest of what every page is made from beside events."""
        marks = self.press.marks.common
        return digest(
            (marks, self.name, self.address, self.words.language, self.press.folder, self.heads.made_from)
        )

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every generated file that is no page: its address below the root, and its bytes."""
        for parcel in self.parcels():
            content = parcel.content()
            yield parcel.path, content if isinstance(content, bytes) else b"".join(content)

    def parcels(self) -> Iterator[Parcel]:
        """Yield every generated file that is no page, made when its content is asked for.

        That must be asked for, if at all, before the next one is.
        """
        whole = self.whole() if self.memo else None
        for path, content in self.heads.files():
            yield Parcel(path, None, partial(_same, content))
        yield Parcel(
            urls.OVERVIEW, whole, lambda: chart_data.script(self.timeline, self.words).encode("utf-8")
        )
        for name in lists.NAMES:
            for path, content in self.press.listing(name).files():
                yield Parcel(path, None, partial(_same, content))
        for file in page_files(self.timeline, self.heads.imprint):
            yield self._parcel(file.path, (self.press.marks.events(file.events), file.day), file.make)
        for name in lists.NAMES:
            for path, begin, ids in self.press.listing(name).shards():
                of = (begin, self.press.marks.of(name, ids))
                yield self._parcel(path, of, partial(self._cards, name, begin, ids))
        # Much is held for pages, which are all made by now; the data of a large record are large themselves.
        self.press.forget()
        for data in self.heads.data:
            yield Parcel(data.path, whole, data.chunks)

    def whole(self, *more: object) -> bytes:
        """Return a digest of the whole record and of what else every page is made from, and of `more`."""
        return digest((self._common, self.press.marks.whole, more))

    def _cards(self, name: lists.Name, begin: int, ids: tuple[str, ...]) -> bytes:
        entries = [self.press.entry(name, id, place) for place, id in enumerate(ids, begin)]
        return lists.cards(name, begin, entries)

    def _parcel(self, path: str, of: tuple[object, ...], make: Callable[[], bytes]) -> Parcel:
        """Return what was made last time at `path`, where nothing that it is made from has changed."""
        if self.memo is None:
            return Parcel(path, None, make)
        made_from = (self._common, of)
        return Parcel(path, self.memo.key(path, made_from), partial(self.memo.made, path, made_from, make))

    def remembered(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` made last time of the same record."""
        return self.kept(name, self.press.marks.whole, make)

    def _remembered(self, event: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` made last time for the data of the same event."""
        return self.kept(f"{urls.event(event)}#data", self.press.marks.event(event), make)

    def kept(self, name: str, of: object, make: Callable[[], bytes]) -> bytes:
        """Return what `make` made last time of the same."""
        return self.memo.made(name, (self._common, of), make) if self.memo else make()

    def _drafts(self) -> Iterator[Draft]:
        yield from self._leading()
        yield from self._following()

    def _leading(self) -> Iterator[Draft]:
        """Yield the pages of events, issues and people: about half of the work that a first build is."""
        corpus = self.timeline.corpus
        yield from map(self._draft, self.timeline.events)
        yield Draft(urls.ISSUES, (self.press.marks.whole,), self.issues)
        for id in corpus.issues:
            yield from issue.issue(self.press, id)
        yield from speaker.people(self.press)
        for id in (*corpus.people, *corpus.organizations):
            yield from speaker.speaker(self.press, id)

    def _following(self) -> Iterator[Draft]:
        """Yield the other pages."""
        corpus = self.timeline.corpus
        for id in corpus.parties:
            yield from party.party(self.press, id)
        yield from list_pages.quotes(self.press)
        yield from list_pages.commitments(self.press)
        yield from source.sources(self.press)
        for id in corpus.sources:
            yield from source.source(self.press, id)
        yield from year.years(self.press)

    def around(self, events: Sequence[Event]) -> Iterator[Draft]:
        """Yield the pages of some events and their neighbours, then those about what the events name.

        Lists of everything are not among them, nor are other events that name these.
        """
        timeline = self.timeline
        ids = dict.fromkeys(event.id for event in events)
        beside = (side.get(id) for id in ids for side in (timeline.previous, timeline.next))
        yield from map(self._draft, dict.fromkeys([*ids, *filter(None, beside)]))
        yield from named(self.press, events)
        for number in sorted({event.date.anchor.year for event in events}):
            yield from year.year(self.press, number)

    def close(self) -> None:
        """Let go of what was held on disk; nothing can be rendered any more."""
        if self._second is not None:
            self._second.stop()
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
        event, path, words = self.timeline.events[id], urls.event(id), self.words
        view = self.view.event(id)
        year = event.date.anchor.year
        said = tuple(Heading(g.anchor, g.issue.text) for g in view.groups)
        at_issue = tuple(Heading(r.anchor, r.issue.text) for r in view.issues if not r.empty)
        sections = (
            ("delegations", words("term.delegations"), view.delegations, ()),
            ("summary", words("event.summary"), True, ()),
            ("issues", words("event.issues"), view.issues, at_issue),
            ("quotes", words("event.quotes"), view.groups, said),
            ("commitments", words("term.commitments"), view.commitments, ()),
            ("sources", words("term.sources"), view.sources, ()),
            ("related", words("event.related"), view.related, ()),
            ("corrections", words("term.corrections"), view.corrections, ()),
            ("cite", words("event.cite"), True, ()),
        )
        before, after = self.timeline.previous[id], self.timeline.next[id]
        return Page(
            path=path,
            kind="event",
            tab=urls.HOME,
            title=event.title,
            description=prose.shortened(
                words("event.described", date=view.line.date.text, lead=view.line.lead)
            ),
            content=self.press.page(
                "event",
                path,
                event=view,
                trail=self.press.trail(event.title, Link(str(year), urls.year(year))),
                citation=citation_styles.forms(citations.of_event(event, self.heads.imprint)),
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
            title=self.words("term.issues"),
            description=self.words("issues.described"),
            content=self.press.page(
                "issues",
                urls.ISSUES,
                trail=self.press.trail(self.words("term.issues")),
                matrix=tables.matrix(self.view),
            ),
            source=self.press.registry("issues"),
            wide=True,
        )


def _same(value: _T) -> _T:
    return value


def named(press: Renderer, events: Sequence[Event]) -> Iterator[Draft]:
    """Yield the pages of all that some events name: issues, people, organizations, parties and sources."""
    corpus = press.timeline.corpus
    spoken = [quote for event in events for quote in event.quotes]
    speakers = {person.person for event in events for person in event.participants}
    speakers.update(name for quote in spoken for name in (quote.speaker, quote.via) if name)
    sides = {party for event in events for party in parties_at(event)}
    issues = {at_issue.issue for event in events for at_issue in event.issues}
    sources = {name for event in events for name in event.sources}
    for subject, known, ids in (
        (issue.issue, corpus.issues, issues),
        (speaker.speaker, {**corpus.people, **corpus.organizations}, speakers),
        (party.party, corpus.parties, sides),
        (source.source, corpus.sources, sources),
    ):
        for id in known:
            if id in ids:
                yield from subject(press, id)
