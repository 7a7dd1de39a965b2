"""The pages of all quotes and of all commitments, in parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import list_page
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import home, lists, tables, urls
from diplomatic_timeline.views.models import QuoteView
from diplomatic_timeline.views.pagination import Part, paginate


def quotes(renderer: Renderer) -> Iterator[Target[Page]]:
    """Yield the pages of all quotes, the newest first."""
    proven = tables.counts(renderer.timeline, renderer.words).proof_sentence
    prints = renderer.fingerprints
    for part in paginate(renderer.listing("quotes").ids, urls.QUOTES, lists.SIZE, words=renderer.words):
        inputs = (part.of, proven, prints.whole if part.first else prints.quotes(part.items))
        yield Target(part.url, inputs, partial(_quotes, renderer, part, proven))


def _quotes(renderer: Renderer, part: Part[str], proven: str) -> Page:
    quotes = renderer.view.quotes(part.items)
    years: dict[int, list[tuple[int, QuoteView]]] = {}
    for place, quote in enumerate(quotes, part.place):
        years.setdefault(quote.year, []).append((place, quote))
    return list_page(
        renderer,
        part,
        lead=proven if part.items else None,
        years=tuple(years.items()),
        panel=renderer.listing("quotes").panel if part.first else None,
    )


def commitments(renderer: Renderer) -> Iterator[Target[Page]]:
    """Yield the pages of all commitments, open ones first."""
    prints, ids = renderer.fingerprints, renderer.listing("commitments").ids
    for part in paginate(ids, urls.COMMITMENTS, lists.SIZE, words=renderer.words):
        inputs = (part.of, prints.whole if part.first else prints.commitments(part.items))
        yield Target(part.url, inputs, partial(_commitments, renderer, part))


def _commitments(renderer: Renderer, part: Part[str]) -> Page:
    listing = renderer.listing("commitments")
    sums = home.promise_sums(renderer.view) if part.first else None
    return list_page(
        renderer,
        part,
        sums=sums,
        warnings=len(listing.ids) - sums.total if sums else 0,
        commitments=renderer.view.commitments(part.items),
        panel=listing.panel if part.first else None,
    )
