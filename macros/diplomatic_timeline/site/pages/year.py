"""The pages of the timeline's years."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import page_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import lists, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.pagination import Part, paginate


def years(renderer: Renderer) -> Iterator[Target[Page]]:
    """Yield the pages of every year, the oldest year first."""
    for number in renderer.timeline.years:
        yield from year(renderer, number)


def year(renderer: Renderer, number: int) -> Iterator[Target[Page]]:
    """Yield the pages of a year, the newest event first; none of a year without events."""
    numbers, prints = renderer.timeline.years, renderer.fingerprints
    ids = renderer.timeline.events_of_year.get(number, ())
    at = bisect_left(numbers, number)
    earlier = numbers[at - 1] if at else None
    later = numbers[at + 1] if at + 1 < len(numbers) else None
    for part in paginate(ids[::-1], urls.year(number), lists.SIZE, words=renderer.words) if ids else ():
        inputs = (part.number, part.of, part.total, earlier, later, prints.events(part.items))
        yield Target(part.url, inputs, partial(_year, renderer, number, part, earlier, later))


def description(renderer: Renderer, number: int) -> str:
    """Return what the page of a year is, in a sentence."""
    total = len(renderer.timeline.events_of_year.get(number, ()))
    return renderer.words("year.described", year=str(number), n=total)


def _year(renderer: Renderer, number: int, part: Part[str], earlier: int | None, later: int | None) -> Page:
    return page_of(
        renderer,
        "year",
        part.url,
        f"{number}{part.suffix}",
        description(renderer, number),
        part=part,
        number=number,
        events=renderer.view.lines(part.items),
        lead=renderer.words("year.lead", n=part.total),
        earlier=Link(str(earlier), urls.year(earlier)) if earlier else None,
        later=Link(str(later), urls.year(later)) if later else None,
    )
