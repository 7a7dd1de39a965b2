"""What several kinds of page share: how much stands on one page, and where the rest is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup

from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.models import Link, QuoteView
from diplomatic_timeline.views.pagination import Part
from diplomatic_timeline.views.wording import Wording

ROWS = 100
"""Rows of a table, or lines of a list, on one page."""
LINES = 60
"""Events in short, or people, that a page names before it leads to the whole list."""
ASIDE = 10
"""Commitments that a page about something else shows before it leads to the whole list."""
QUOTES = 80
"""Quotes on one page."""


_SECTION = re.compile(
    r'<h2[^>]* id="(?P<section>[^"]+)"[^>]*>(?P<title>.*?)</h2>'
    r'|<h3 class="dt-ledger__event" id="(?P<event>[^"]+)"><a [^>]*>(?P<named>.*?)<span class="dt-hidden">'
)


def headings_in(html: str) -> Iterator[Heading]:
    """Yield the headings of a page's sections that have an anchor, with those of the events in a ledger."""
    sections: dict[str, tuple[str, list[Heading]]] = {}
    for found in _SECTION.finditer(html):
        if id := found["section"]:
            sections[id] = (Markup(found["title"]).striptags(), [])
        else:
            sections[next(reversed(sections))][1].append(
                Heading(found["event"], Markup(found["named"]).striptags())
            )
    for id, (title, events) in sections.items():
        yield Heading(id, title, tuple(events))


def by_issue(quotes: Iterable[QuoteView]) -> tuple[tuple[Link, tuple[QuoteView, ...]], ...]:
    """Return quotes by the first issue that each names, in the order in which these come up."""
    found: dict[Link, list[QuoteView]] = {}
    for quote in quotes:
        found.setdefault(quote.issues[0], []).append(quote)
    return tuple((issue, tuple(of_issue)) for issue, of_issue in found.items())


def all_of(
    words: Wording, entries: Sequence[object], name: str, path: str, shown: int, **narrowed: str
) -> Link | None:
    """Return a link to the whole list, narrowed to these, where a page shows only the first of them."""
    if len(entries) <= shown:
        return None
    return Link(words(f"all.{name}", n=len(entries)), urls.narrowed(path, **narrowed))


def page_of(
    renderer: Renderer,
    template: str,
    path: str,
    title: str,
    description: str,
    between: Link | None = None,
    *,
    kind: str = "",
    file: str | None = None,
    wide: bool = False,
    part: Part[Any] | None = None,
    **context: Any,
) -> Page:
    """Return the page that a template makes; its kind is the template's name, if no other is given.

    `between` leads from the first page to it, `file` is what an editor changes to change it, `part` is what
    it shows of a list that may be longer.
    """
    trail = renderer.trail(title, *([between] if between else []))
    if part:
        context["part"] = part
    html = renderer.page(template, path, title=title, trail=trail, **context)
    return Page(
        path=path,
        kind=kind or template,
        title=title,
        description=prose.shortened(description),
        html=html,
        headings=tuple(headings_in(html)),
        source=file,
        wide=wide,
        part_of=None if part is None or part.first else part.path,
    )


LISTS = {
    urls.ISSUES: "issues",
    urls.PEOPLE: "people",
    urls.QUOTES: "quotes",
    urls.COMMITMENTS: "commitments",
    urls.SOURCES: "sources",
}
"""The lists of everything: what the template and the words of each are called, by its address."""


def list_page(renderer: Renderer, part: Part[Any], file: str | None = None, **context: Any) -> Page:
    """Return a part of one of the LISTS."""
    name, words = LISTS[part.path], renderer.words
    title = f"{words(f'term.{name}')}{part.suffix}"
    described = words(f"{name}.described")
    if not part.first:
        described = words("pagination.described", title=title, description=described)
    return page_of(renderer, name, part.url, title, described, file=file, part=part, **context)
