"""The timeline as pages and files, each a target that can be made. Knows no MkDocs.

Every page is data: the adapter lays it out in a theme, and another generator could take it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from jinja2 import Environment

from diplomatic_timeline.build.fingerprint import fingerprint
from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.build.target import Content, Target
from diplomatic_timeline.chart import data as chart_data
from diplomatic_timeline.exports.files import Data
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.site import han
from diplomatic_timeline.site.head import Heads
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages import (
    compare,
    event,
    issue,
    licences,
    party,
    prepare,
    source,
    speaker,
    year,
)
from diplomatic_timeline.site.pages import lists as list_pages
from diplomatic_timeline.site.pages.common import LISTS
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.site.social_cards import CardRenderer
from diplomatic_timeline.site.templating import resolve
from diplomatic_timeline.views import lists, urls
from diplomatic_timeline.views.comparison import is_comparable
from diplomatic_timeline.views.models import BriefingLink
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline, parties_at
from diplomatic_timeline.views.wording import ENGLISH, Wording


class Site:
    """The pages and files of one timeline.

    `name` and `address` (absolute, with a slash at its end, or empty) are the site's, for citations; `images`
    draws social images, where there are any; `folder` is the record's, for edit links. By the `digests` of
    the record's files, in the names of `Corpus.files`, targets know what they are made from; `store` may know
    parts from the last time, and `scratch` holds parts for the next ones. `words` are the interface's.
    """

    def __init__(
        self,
        timeline: Timeline,
        name: str,
        address: str = "",
        images: CardRenderer | None = None,
        folder: str = "events",
        store: NullStore | None = None,
        scratch: Scratch | None = None,
        digests: Mapping[str, str] | None = None,
        words: Wording = ENGLISH,
    ) -> None:
        store, scratch = store or NullStore(), scratch or Scratch()
        self.timeline = timeline
        self.name = name
        self.address = address
        self.words = words
        self.store = store
        self.scratch = scratch
        self.renderer = Renderer(timeline, folder, digests or {}, store, scratch, words)
        self.data = Data(self.renderer.fingerprints, Imprint(name, address, words), store, scratch)
        self.heads = Heads(self.data, images)

    @property
    def view(self) -> Presenter:
        return self.renderer.view

    @property
    def env(self) -> Environment:
        return self.renderer.env

    @property
    def briefings(self) -> Mapping[str, tuple[BriefingLink, ...]]:
        """The printed briefings by the address of the page that links them."""
        return self.renderer.briefings

    @briefings.setter
    def briefings(self, printed: Mapping[str, tuple[BriefingLink, ...]]) -> None:
        self.renderer.briefings = printed

    def pages(self) -> Iterator[Target[Page]]:
        """Yield every page, in an order that depends on the record only."""
        return map(self._whole, self._pages())

    def _pages(self) -> Iterator[Target[Page]]:
        renderer, corpus = self.renderer, self.timeline.corpus
        for id in self.timeline.events:
            yield event.event(renderer, self.heads.imprint, id)
        yield issue.issues(renderer)
        for id in corpus.issues:
            yield from issue.issue(renderer, id)
        yield from speaker.people(renderer)
        for id in (*corpus.people, *self.timeline.organizations):
            yield from speaker.speaker(renderer, id)
        for id in corpus.parties:
            yield from party.party(renderer, id)
        yield from list_pages.quotes(renderer)
        if "commitments" not in self.timeline.without:
            yield from list_pages.commitments(renderer)
        yield from source.sources(renderer)
        for id in corpus.sources:
            yield from source.source(renderer, id)
        yield from year.years(renderer)
        if "compare" not in self.timeline.without:
            yield from compare.compare(renderer)
        if "prepare" not in self.timeline.without:
            yield from prepare.prepare(renderer)
        yield from licences.licences(renderer)

    def around(self, events: Sequence[Event]) -> Iterator[Target[Page]]:
        """Yield the pages of some events and their neighbours, then those about what the events name.

        Lists of everything are not among them, nor are other events that name these.
        """
        return map(self._whole, self._around(events))

    def _around(self, events: Sequence[Event]) -> Iterator[Target[Page]]:
        timeline, corpus, renderer = self.timeline, self.timeline.corpus, self.renderer
        ids = dict.fromkeys(e.id for e in events)
        beside = (side.get(id) for id in ids for side in (timeline.previous, timeline.next))
        for id in dict.fromkeys([*ids, *filter(None, beside)]):
            yield event.event(renderer, self.heads.imprint, id)
        spoken = [quote for e in events for quote in e.quotes]
        speakers = {person.person for e in events for person in e.participants}
        speakers.update(
            name for quote in spoken for name in (*(s.speaker for s in quote.speakers), quote.via) if name
        )
        for subject, known, named in (
            (issue.issue, corpus.issues, {at_issue.issue for e in events for at_issue in e.issues}),
            (speaker.speaker, {**corpus.people, **timeline.organizations}, speakers),
            (party.party, corpus.parties, {side for e in events for side in parties_at(e)}),
            (source.source, corpus.sources, {name for e in events for name in e.sources}),
        ):
            for id in known:
                if id in named:
                    yield from subject(renderer, id)
        for number in sorted({e.date.anchor.year for e in events}):
            yield from year.year(renderer, number)

    def _whole(self, target: Target[Page]) -> Target[Page]:
        """Return a page with its head, and with all that it is made from."""
        inputs = (self._common, target.inputs, self.briefings.get(target.path, ()))

        def make() -> Page:
            page = target.make()
            return replace(page, head=self.heads.record(page))

        return Target(target.path, inputs, make)

    @cached_property
    def _common(self) -> bytes:
        """What every page is made from beside events."""
        common = self.renderer.fingerprints.common
        return fingerprint((common, self.name, self.address, self.renderer.folder, self.heads.inputs))

    def whole(self, *more: object) -> bytes:
        """Return a fingerprint of the whole record, of what every page is made from, and of `more`."""
        return fingerprint((self._common, self.renderer.fingerprints.whole, more))

    def passages(self) -> Iterator[Passage]:
        """Yield what can be found of the pages that list records, by address."""
        words = self.words
        found = {path: (words(f"term.{name}"), words(f"{name}.described")) for path, name in LISTS.items()}
        for path, name in ((urls.COMPARE, "compare"), (urls.PREPARE, "prepare"), (urls.LICENCES, "licences")):
            found[path] = (words(f"term.{name}"), words(f"{name}.described"))
        for name in self.timeline.without:
            found.pop(f"{name}/", None)
        for number in self.timeline.years:
            found[urls.year(number)] = (str(number), year.description(self.renderer, number))
        for path, (title, description) in sorted(found.items()):
            yield Passage(path, title, "", description)

    def files(self) -> Iterator[Target[Content]]:
        """Yield every generated file that is no page; what one makes is used before the next is made."""
        whole, prints = self.whole(), self.renderer.fingerprints
        yield from self.heads.files()
        yield from self._redirects()
        yield from licences.files(self.name)
        yield Target(urls.OVERVIEW, whole, lambda: chart_data.script(self.timeline, self.words).encode())
        if used := han.characters(self.timeline.corpus, self.store, prints.whole):
            yield Target(han.PATH, used, partial(han.typeface, used, self.store))
        for file in self.data.page_files():
            of_file = (self._common, prints.events(file.events), file.day)
            yield Target(file.path, of_file, file.make)
        imprint = self.heads.imprint
        for id, record in self.timeline.events.items():
            inputs = (self._common, prints.event(id))
            yield Target(urls.event_graph(id), inputs, partial(self.heads.graph, id))
            yield Target(
                urls.event_citations(id), inputs, partial(event.citations_of, self.renderer, imprint, id)
            )
            if "compare" not in self.timeline.without and is_comparable(record):
                yield Target(urls.event_comparison(id), inputs, partial(compare.column, self.renderer, id))
        for name in lists.NAMES:
            listing = self.renderer.listing(name)
            for path, index in listing.files():
                yield Target(path, None, partial(bytes, index))
            for path, begin, ids in listing.shards():
                of_cards = (self._common, begin, prints.of(name, ids))
                yield Target(path, of_cards, partial(self._cards, name, begin, ids))
        for data_file in self.data.files:
            yield Target(data_file.path, whole, data_file.chunks)

    def _cards(self, name: lists.Name, begin: int, ids: tuple[str, ...]) -> bytes:
        entries = [self.renderer.entry(name, id, place) for place, id in enumerate(ids, begin)]
        return lists.cards(name, begin, entries)

    def _redirects(self) -> Iterator[Target[bytes]]:
        """Yield for each old id of an event a whole HTML page that leads to the new one."""
        template = self.env.get_template("redirect.html")
        for moved in self.timeline.events.values():
            url = urls.event(moved.id)
            for alias in moved.aliases:
                path = urls.event(alias)
                html = template.render(title=moved.title, url=url, canonical=f"{self.address}{url}")
                yield Target(urls.file(path), None, resolve(html, path).encode)

    def close(self) -> None:
        """Let go of what is held on disk; nothing can be made any more."""
        self.scratch.close()
