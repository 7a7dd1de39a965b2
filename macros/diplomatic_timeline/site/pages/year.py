"""The pages of the timeline's years."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Draft
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import lists, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.pagination import Part, cut


def years(press: Renderer) -> Iterator[Draft]:
    """Yield the pages of every year, the oldest year first."""
    for number in press.timeline.years:
        yield from year(press, number)


def year(press: Renderer, number: int) -> Iterator[Draft]:
    """Yield the pages of a year, the newest event first; none of a year without events."""
    numbers, marks = press.timeline.years, press.marks
    ids = press.timeline.events_of_year.get(number, ())
    at = bisect_left(numbers, number)
    earlier = numbers[at - 1] if at else None
    later = numbers[at + 1] if at + 1 < len(numbers) else None
    for part in cut(ids[::-1], urls.year(number), lists.SIZE, words=press.words) if ids else ():
        of = (
            *(part.number, part.of, part.total, earlier, later),
            marks.events(part.items),
        )
        yield Draft(part.url, of, partial(_year, press, number, part, earlier, later))


def _year(press: Renderer, number: int, part: Part[str], earlier: int | None, later: int | None) -> Page:
    title = f"{number}{part.suffix}"
    return Page(
        path=part.url,
        kind="year",
        tab=urls.HOME,
        title=title,
        description=press.words("year.described", year=str(number), n=part.total),
        content=press.page(
            "year",
            part.url,
            title=title,
            number=number,
            events=press.view.lines(part.items),
            lead=press.words("year.lead", n=part.total),
            trail=press.trail(title),
            earlier=Link(str(earlier), urls.year(earlier)) if earlier else None,
            later=Link(str(later), urls.year(later)) if later else None,
            part=part,
        ),
        headings=(Heading("events", press.words("term.events")),),
        part_of=None if part.first else part.path,
    )
