"""Hand-written pages as passages to be found: one for each heading, with the text below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

_HEADINGS = frozenset(("h1", "h2", "h3"))
_SILENT = frozenset(("script", "style", "svg", "template"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a page: its address, its heading, the page's title where that is another, and plain text."""

    path: str
    title: str
    page: str
    text: str


class _Reader(HTMLParser):
    """Cuts a page's HTML at its headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.heading = ""
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _HEADINGS:
            self.heading = tag
            anchor = "" if tag == "h1" else dict(attributes).get("id") or ""
            self.parts.append((anchor, [], []))
        elif not self.heading:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent -= 1
        elif tag == self.heading:
            self.heading = ""
        elif tag not in ("a", "abbr", "b", "code", "em", "i", "span", "strong"):
            self._add(" ")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        if not self.silent:
            _, heading, below = self.parts[-1]
            (heading if self.heading else below).append(text)


def passages(path: str, title: str, html: str) -> Iterator[Passage]:
    """Yield a page's passages in its order; `path` is its address, `title` its name without a first heading.

    The first passage is the page itself, even where nothing stands below its title.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    parts = [(anchor, _plain(heading), _plain(text)) for anchor, heading, text in reader.parts]
    title = next((heading for anchor, heading, _ in parts if heading and not anchor), title)
    yield Passage(path, title, "", " ".join(text for anchor, _, text in parts if text and not anchor))
    for anchor, heading, text in parts:
        if anchor:
            yield Passage(f"{path}#{anchor}", heading, title, text)


def _plain(texts: list[str]) -> str:
    return " ".join("".join(texts).split())
