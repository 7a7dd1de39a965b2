"""What a page says of itself to other programs, in its head: linked data, Open Graph, feeds.

Open Graph (ogp.me) asks for absolute addresses; a site without one leaves out those that it cannot give.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property

from markupsafe import escape

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.exports.files import Data
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.schema import schemas
from diplomatic_timeline.site import social_cards
from diplomatic_timeline.site.json_ld import Linker, Node, script
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import LISTS
from diplomatic_timeline.site.social_cards import SIZE, CardRenderer
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link


def _meta(name: str, content: str, kind: str = "property") -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">\n'


def _alternate(media: str, title: str, address: str) -> str:
    # The space keeps the theme from taking these for translations and asking each for its sitemap.
    return f'<link rel="alternate " type="{media}" title="{escape(title)}" href="{escape(address)}">\n'


class Heads:
    """Writes the heads of one site's pages, and makes the files that they point to.

    `images` says whether social images are drawn.
    """

    def __init__(self, data: Data, images: bool) -> None:
        self.data = data
        self.timeline = data.timeline
        self.imprint = data.imprint
        self.artist = CardRenderer() if images else None

    @cached_property
    def inputs(self) -> tuple[object, ...]:
        """What a head is made from beside its page: whether there are images."""
        drawn = self.artist.tools if self.artist and social_cards.drawn(self.timeline) else None
        return (drawn, self._site_image)

    def files(self) -> Iterator[Target[bytes]]:
        """Yield every generated file that belongs to no page and is no data."""
        if self.artist is not None:
            yield from social_cards.images(self.timeline, self.imprint, self.artist)
        for name, schema in schemas().items():
            text = f"{json.dumps(schema, ensure_ascii=False, indent=2)}\n"
            yield Target(urls.schema(name), None, text.encode)
        yield Target("robots.txt", None, robots(self.imprint).encode)

    def graph(self, event: str) -> bytes:
        """Return an event with its quotations as JSON-LD: too much to stand in its page's head."""
        return script(Linker(self.timeline, self.imprint, urls.event(event)).event_graph(event)).encode()

    @cached_property
    def _site_image(self) -> str | None:
        whole = social_cards.site_card(self.timeline, self.imprint)
        return social_cards.NAME if self.artist and self.artist.can_draw(whole) else None

    def _image(self, event: str | None = None) -> str | None:
        """Return the address of a page's image, if it has one."""
        own = None
        if event is not None and self.artist is not None:
            own = social_cards.image_of(self.timeline.events[event], self.timeline, self.imprint, self.artist)
        return own or self._site_image

    def record(self, page: Page) -> str:
        """Return the head of a page of the record."""
        path, kind, title, words = page.path, page.kind, page.title, self.imprint.words
        tab = urls.tab(path)
        linker = Linker(self.timeline, self.imprint, path)
        id = path.rstrip("/").rpartition("/")[2]
        # What a page is about is described on its first part only.
        main, nodes = self._about(linker, kind, id) if page.part_of is None else (None, [])
        trail = [Link(words("term.timeline"), urls.HOME)]
        if kind == "event":
            year = self.timeline.events[id].date.anchor.year
            trail.append(Link(f"{year}", urls.year(year)))
        elif tab != path and tab in LISTS:
            trail.append(Link(words(f"term.{LISTS[tab]}"), tab))
        image = self._image(id if kind == "event" else None)
        graph = [linker.page(kind, title, main), linker.crumbs([*trail, Link(title, None)]), *nodes]
        alternates: list[tuple[str, str, str]] = []
        if kind == "event":
            alternates.append(("application/json", words("event.file"), f"{path}event.json"))
            alternates.append(("application/ld+json", words("event.linked"), urls.event_graph(id)))
        elif kind == "issue" and page.part_of is None:
            feed, calendar = words("issue.feed_of", issue=title), words("issue.calendar_of", issue=title)
            alternates.append(("application/atom+xml", feed, f"{path}feed.xml"))
            alternates.append(("text/calendar", calendar, f"{path}calendar.ics"))
        return self._head(path, title, page.description, graph, image, alternates, article=kind == "event")

    def document(self, path: str, title: str, description: str, between: Iterable[Link] = ()) -> str:
        """Return the head of a hand-written page; `between` leads from the first page to it."""
        linker = Linker(self.timeline, self.imprint, path)
        main, nodes = None, []
        if path == urls.DATA:
            main, dataset = linker.dataset(self.imprint.name, description, self.data.files)
            nodes = [dataset]
        trail = [Link(self.imprint.words("term.timeline"), urls.HOME)]
        if path != urls.HOME:
            trail += [*between, Link(title, None)]
        image = self._image()
        graph = [linker.page("document", title, main), linker.crumbs(trail), *nodes]
        return self._head(path, title, description, graph, image, [])

    def _about(self, linker: Linker, kind: str, id: str) -> tuple[str | None, list[Node]]:
        match kind:
            case "event":
                main, node = linker.event(id)
                return main, [node]
            case "person" | "organization":
                node = linker.speaker(id)
            case "issue":
                node = linker.issue(id)
            case "source":
                node = linker.source(id)
            case "party":
                node = linker.party_reference(id)
            case _:
                return None, []
        return node["@id"], [node]

    def _head(
        self,
        path: str,
        title: str,
        description: str,
        graph: list[Node],
        image: str | None,
        alternates: list[tuple[str, str, str]],
        *,
        article: bool = False,
    ) -> str:
        address = self.imprint.address
        parts = [
            _meta("og:type", "article" if article else "website"),
            _meta("og:site_name", self.imprint.name),
            _meta("og:title", title),
        ]
        if address:
            parts.append(_meta("og:url", address + path))
        if address and image:
            parts += [
                _meta("og:image", address + image),
                _meta("og:image:width", str(SIZE[0])),
                _meta("og:image:height", str(SIZE[1])),
                _meta("og:image:alt", self.imprint.titled(title)),
                _meta("twitter:card", "summary_large_image", "name"),
            ]
        feed = ("application/atom+xml", self.imprint.name, f"{urls.DATA}feed.xml")
        for media, name, target in (*alternates, feed):
            parts.append(_alternate(media, name, urls.shortest(target, path)))
        # `script` has escaped what could end the element. What is on the page itself is named by its anchor.
        linked = script(graph, named=True).replace(f'"@id":"{self.imprint.link(path, path)}#', '"@id":"#')
        parts.append(f'<script type="application/ld+json">{linked}</script>\n')
        return "".join(parts)


def robots(imprint: Imprint) -> str:
    """Return `robots.txt` (RFC 9309): everybody may read everything."""
    sitemap = f"\nSitemap: {imprint.address}sitemap.xml\n" if imprint.address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"
