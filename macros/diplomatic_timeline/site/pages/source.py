"""The pages of sources: what each is, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import QUOTES, list_page, page_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import lists, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.pagination import Part, paginate


def sources(renderer: Renderer) -> Iterator[Target[Page]]:
    """Yield the pages of all sources, the newest first."""
    prints, ids = renderer.fingerprints, renderer.listing("sources").ids
    for part in paginate(ids, urls.SOURCES, lists.SIZE, words=renderer.words):
        inputs = (part.of, prints.sources(ids if part.first else part.items))
        yield Target(part.url, inputs, partial(_sources, renderer, part))


def _sources(renderer: Renderer, part: Part[str]) -> Page:
    return list_page(
        renderer,
        part,
        file=renderer.registry("sources"),
        sources=[renderer.view.source(s) for s in part.items],
        panel=renderer.listing("sources").panel if part.first else None,
    )


def source(renderer: Renderer, id: str) -> Iterator[Target[Page]]:
    """Yield the pages of a source: what rests on it, in the order of time."""
    resting, prints = renderer.timeline.events_of_source.get(id, ()), renderer.fingerprints
    quotes = renderer.timeline.quotes_of_source.get(id, ())
    for part in paginate(quotes, urls.source(id), QUOTES, words=renderer.words):
        first = prints.events(resting) if part.first else None
        inputs = (part.number, part.of, prints.sources([id]), prints.quotes(part.items), first)
        yield Target(part.url, inputs, partial(_source, renderer, id, part))


def _source(renderer: Renderer, id: str, part: Part[str]) -> Page:
    source, first = renderer.view.source(id), part.first
    resting = renderer.timeline.events_of_source.get(id, ())
    words, published = renderer.words, source.published.text
    return page_of(
        renderer,
        "source",
        part.url,
        f"{source.title}{part.suffix}",
        words("source.described", publisher=source.publisher, date=published, title=source.title),
        Link(words("term.sources"), urls.SOURCES),
        file=renderer.registry("sources"),
        part=part,
        source=source,
        events=renderer.view.lines(resting) if first else (),
        quotes=renderer.view.quotes(part.items),
    )
