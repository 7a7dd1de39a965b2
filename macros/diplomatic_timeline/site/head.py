"""What a page says of itself to other programs, in its head: linked data, Open Graph, feeds.

Open Graph (ogp.me) asks for absolute addresses; a site without one leaves out those that it cannot give.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, partial

from markupsafe import escape

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.exports.files import Data
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.schema import schemas
from diplomatic_timeline.site import social_cards
from diplomatic_timeline.site.json_ld import Linker, Node, script
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import LISTS
from diplomatic_timeline.site.social_cards import NAME, SIZE, Card, CardRenderer
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link


def _meta(name: str, content: str, kind: str = "property") -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">\n'


def _alternate(media: str, title: str, address: str) -> str:
    # The space keeps the theme from taking these for translations and asking each for its sitemap.
    return f'<link rel="alternate " type="{media}" title="{escape(title)}" href="{escape(address)}">\n'


class Heads:
    """Writes the heads of one site's pages, and makes the files that they point to.

    `images` draws social images, where there are any.
    """

    def __init__(self, data: Data, images: CardRenderer | None) -> None:
        self.data = data
        self.timeline = data.timeline
        self.imprint = data.imprint
        self.artist = images

    @cached_property
    def inputs(self) -> tuple[object, ...]:
        """What a head is made from beside its page: whether there are images."""
        return (self.artist and self.artist.tools, len(self.cards) > 1, NAME in self.cards)

    @cached_property
    def cards(self) -> dict[str, Card]:
        """What each image says, by its address."""
        return social_cards.cards(self.timeline, self.imprint, self.artist) if self.artist else {}

    def files(self) -> Iterator[Target[bytes]]:
        """Yield every generated file that belongs to no page and is no data."""
        if self.artist is not None:
            for path, card in self.cards.items():
                yield Target(path, (card, self.artist.tools), partial(self.artist.draw, card))
        for name, schema in schemas().items():
            text = f"{json.dumps(schema, ensure_ascii=False, indent=2)}\n"
            yield Target(urls.schema(name), None, text.encode)
        yield Target("robots.txt", None, robots(self.imprint).encode)

    def graph(self, event: str) -> bytes:
        """Return an event with its quotations as JSON-LD: too much to stand in its page's head."""
        linker = Linker(self.timeline, self.imprint, urls.event(event))
        return script(linker.event_graph(event), base=self.imprint.address).encode()

    def _image(self, page: str = "") -> str | None:
        """Return the address of the image that a page shows, its own or the site's, if there is one."""
        return next((path for path in (f"{page}{NAME}", NAME) if path in self.cards), None)

    def record(self, page: Page) -> str:
        """Return the head of a page of the record."""
        path, kind, title, words = page.path, page.kind, page.title, self.imprint.words
        tab, id = urls.tab(path), path.rstrip("/").rpartition("/")[2]
        linker = Linker(self.timeline, self.imprint, path)
        trail = []
        alternates: list[tuple[str, str, str]] = []
        if kind == "event":
            year = self.timeline.events[id].date.anchor.year
            trail.append(Link(f"{year}", urls.year(year)))
            alternates.append(("application/json", words("event.file"), f"{path}event.json"))
            alternates.append(("application/ld+json", words("event.linked"), urls.event_graph(id)))
        elif tab != path and tab in LISTS:
            trail.append(Link(words(f"term.{LISTS[tab]}"), tab))
        if kind == "issue" and page.part_of is None:
            feed, calendar = words("issue.feed_of", issue=title), words("issue.calendar_of", issue=title)
            alternates.append(("application/atom+xml", feed, f"{path}feed.xml"))
            alternates.append(("text/calendar", calendar, f"{path}calendar.ics"))
        # What a page is about is described on its first part only.
        about = self._about(linker, kind, id) if page.part_of is None else None
        image = self._image(path if kind == "event" else "")
        trail.append(Link(title, None))
        return self._head(linker, kind, title, trail, about, image, alternates)

    def document(self, path: str, title: str, description: str, between: Iterable[Link] = ()) -> str:
        """Return the head of a hand-written page; `between` leads from the first page to it."""
        linker = Linker(self.timeline, self.imprint, path)
        about = None
        if path == urls.DATA:
            about = linker.dataset(self.imprint.name, description, self.data.files)
        trail = [*between, Link(title, None)] if path != urls.HOME else []
        return self._head(linker, "document", title, trail, about, self._image())

    def _about(self, linker: Linker, kind: str, id: str) -> Node | None:
        match kind:
            case "event":
                # Who came and what it is about, the file beside the page says.
                return {k: v for k, v in linker.event(id).items() if k not in ("attendee", "about")}
            case "person" | "organization":
                return linker.speaker(id)
            case "issue":
                return linker.issue(id)
            case "source":
                return linker.source(id)
            case "party":
                return linker.party_reference(id)
        return None

    def _head(
        self,
        linker: Linker,
        kind: str,
        title: str,
        trail: Iterable[Link],
        about: Node | None,
        image: str | None,
        alternates: Iterable[tuple[str, str, str]] = (),
    ) -> str:
        path, address = linker.here, self.imprint.address
        trail = (Link(self.imprint.words("term.timeline"), urls.HOME), *trail)
        graph = [linker.page(kind, title, trail, about["@id"] if about else None)]
        if about:
            graph.append(about)
        parts = [
            _meta("og:type", "article" if kind == "event" else "website"),
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
        # `script` has escaped what could end the element. What is on the page itself is named by its anchor,
        # what other pages are about, by the way there.
        linked = script(graph, named=True).replace(f'"@id":"{self.imprint.link(path, path)}#', '"@id":"#')
        if address:
            way = f'"@id":"{"../" * path.count("/")}'
            linked = re.sub(rf'"@id":"{re.escape(address)}(?=[^"#]*#)', way, linked)
        parts.append(f'<script type="application/ld+json">{linked}</script>\n')
        return "".join(parts)


def robots(imprint: Imprint) -> str:
    """Return `robots.txt` (RFC 9309): everybody may read everything."""
    sitemap = f"\nSitemap: {imprint.address}sitemap.xml\n" if imprint.address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"
