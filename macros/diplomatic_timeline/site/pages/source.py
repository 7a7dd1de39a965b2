"""The pages of sources: what each is, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Draft
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import _QUOTES, _headings
from diplomatic_timeline.site.pages.lists import _ROWS, _list
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.pagination import Part, cut


def sources(press: Renderer) -> Iterator[Draft]:
    """Yield the pages of all sources in the order of their registry."""
    marks = press.marks
    for part in cut(tuple(press.timeline.corpus.sources), urls.SOURCES, _ROWS, words=press.words):
        of = (part.number, part.of, marks.sources(part.items))
        yield Draft(part.url, of, partial(_sources, press, part))


def _sources(press: Renderer, part: Part[str]) -> Page:
    return _list(
        press,
        part,
        "sources",
        source=press.registry("sources"),
        sources=[press.view.source(s) for s in part.items],
    )


def source(press: Renderer, id: str) -> Iterator[Draft]:
    """Yield the pages of a source: what rests on it, in the order of time."""
    resting, marks = press.timeline.events_of_source.get(id, ()), press.marks
    for part in cut(press.timeline.quotes_of_source.get(id, ()), urls.source(id), _QUOTES, words=press.words):
        of = (
            *(part.number, part.of, marks.sources([id]), marks.quotes(part.items)),
            marks.events(resting) if part.first else None,
        )
        yield Draft(part.url, of, partial(_source, press, id, part))


def _source(press: Renderer, id: str, part: Part[str]) -> Page:
    source, path, first = press.view.source(id), urls.source(id), part.first
    resting = press.timeline.events_of_source.get(id, ())
    title = f"{source.title}{part.suffix}"
    words = press.words
    sections = (("events", words("source.events"), True), ("quotes", words("term.quotes"), True))
    return Page(
        path=part.url,
        kind="source",
        tab=urls.SOURCES,
        title=title,
        description=prose.shortened(
            words(
                "source.described",
                publisher=source.publisher,
                date=source.published.text,
                title=source.title,
            )
        ),
        content=press.page(
            "source",
            part.url,
            source=source,
            title=title,
            trail=press.trail(title, Link(words("term.sources"), urls.SOURCES)),
            events=press.view.lines(resting) if first else (),
            quotes=press.view.quotes(part.items),
            part=part,
        ),
        headings=_headings(sections, first),
        source=press.registry("sources"),
        part_of=None if first else path,
    )
