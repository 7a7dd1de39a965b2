"""Where components stand in a hand-written page while Markdown makes HTML of the words around them."""

from __future__ import annotations

import re
from hashlib import sha256

from markupsafe import Markup

from diplomatic_timeline.site.templating import resolve

_CLOSED = re.compile(r"<(\w+)[^>]*>[^<]*</\1>|<br ?/?>")
_IDS = re.compile(r' id="([^"]*)"')


class Slots:
    """The HTML that stands for each token of one page. Tokens hold its digest, so no page holds its own."""

    def __init__(self, page: str) -> None:
        self.html: dict[str, str] = {}
        self._ids: set[str] = set()
        self._token = f"timelineslot{sha256(page.encode()).hexdigest()[:32]}n"
        token, inside = rf"{self._token}\d+x", r"(?:(?!</p>).)*"
        self._tokens = re.compile(f"({token})")
        self._paragraphs = re.compile(f"<p(?: [^>]*)?>({inside}{token}{inside})</p>", re.DOTALL)

    def keep(self, html: str) -> Markup:
        """Return a token for a component's HTML. An id that the page has already is left out of it."""
        for id in _IDS.findall(html):
            if id in self._ids:
                html = html.replace(f' id="{id}"', "").replace(f' aria-labelledby="{id}"', "")
            self._ids.add(id)
        token = f"{self._token}{len(self.html)}x"
        self.html[token] = html
        return Markup(token)

    def without(self, content: str) -> str:
        """Return a page's HTML without the components: the words that were written for the page."""
        return self._tokens.sub("", content)

    def fill(self, content: str, path: str) -> str:
        """Return a page's HTML with every token replaced; `path` is the page's address."""
        freed = self._paragraphs.sub(self._parted, content)
        return self._tokens.sub(lambda m: resolve(self.html[m[0]], path), freed)

    def _parted(self, paragraph: re.Match[str]) -> str:
        """Return a paragraph's words and components one after the other, for it cannot hold a component."""
        parts = [part.strip() for part in self._tokens.split(paragraph[1])]
        if any("<" in _CLOSED.sub("", part) for part in parts):
            return paragraph[0]
        return "".join(part if part in self.html else f"<p>{part}</p>" for part in parts if part)
