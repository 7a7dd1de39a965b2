"""The pages that are lists: quotes, commitments, people, sources, years; long ones in parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from typing import Any

from macros import lists, tables, urls
from macros.drafts import Draft
from macros.pages import Heading, Page
from macros.paging import Part, cut
from macros.rendering import Renderer
from macros.templating import counted
from macros.views import Link, PartyView

_ROWS = 100
"""Rows of a table, or lines of a list, on one page."""


def quotes(press: Renderer) -> Iterator[Draft]:
    """Yield the pages of all quotes, the newest first."""
    proven = tables.counts(press.timeline).proof_sentence
    marks = press.marks
    for part in cut(press.quotes.ids, urls.QUOTES, lists.SIZE):
        of = (part.of, proven, marks.whole if part.first else marks.quotes(part.items))
        yield Draft(part.url, of, partial(_quotes, press, part, proven))


def _quotes(press: Renderer, part: Part[str], proven: str) -> Page:
    return _list(
        press,
        part,
        "Quotes",
        "Every quotation of the record, with speaker, date, issue, source and proof.",
        lead=proven if part.items else None,
        quotes=press.view.quotes(part.items),
        panel=press.quotes.panel if part.first else None,
    )


def commitments(press: Renderer) -> Iterator[Draft]:
    """Yield the pages of all commitments, open ones first."""
    marks = press.marks
    for part in cut(press.commitments.ids, urls.COMMITMENTS, lists.SIZE):
        of = (part.of, marks.whole if part.first else marks.commitments(part.items))
        yield Draft(part.url, of, partial(_commitments, press, part))


def _commitments(press: Renderer, part: Part[str]) -> Page:
    return _list(
        press,
        part,
        "Commitments",
        "Who promised what, by when, and how it stands.",
        commitments=press.view.commitments(part.items),
        panel=press.commitments.panel if part.first else None,
    )


def people(press: Renderer) -> Iterator[Draft]:
    """Yield the pages of all people by party and family name, then of all organizations."""
    marks = press.marks
    for part in cut(tables.directory(press.view), urls.PEOPLE, _ROWS):
        # Each entry says how often somebody took part and spoke.
        of = (part.number, part.of, marks.whole)
        yield Draft(part.url, of, partial(_people, press, part))


def _people(press: Renderer, part: Part[tuple[PartyView | None, tables.Entry]]) -> Page:
    groups = tables.by_party(part.items)
    organizations = tuple(entry for party, entry in part.items if party is None)
    headings = [Heading(g.anchor, g.party.name) for g in groups]
    if organizations:
        headings.append(Heading("organizations", "Organizations"))
    return _list(
        press,
        part,
        "People",
        "Who took part and who spoke, by party and family name.",
        headings=tuple(headings),
        source=press.registry("people"),
        groups=groups,
        organizations=organizations,
    )


def sources(press: Renderer) -> Iterator[Draft]:
    """Yield the pages of all sources in the order of their registry."""
    marks = press.marks
    for part in cut(tuple(press.timeline.corpus.sources), urls.SOURCES, _ROWS):
        of = (part.number, part.of, marks.sources(part.items))
        yield Draft(part.url, of, partial(_sources, press, part))


def _sources(press: Renderer, part: Part[str]) -> Page:
    return _list(
        press,
        part,
        "Sources",
        "What the record rests on, and how much of it is proven.",
        source=press.registry("sources"),
        sources=[press.view.source(s) for s in part.items],
    )


def _list(
    press: Renderer,
    part: Part[Any],
    name: str,
    description: str,
    headings: tuple[Heading, ...] = (),
    source: str | None = None,
    **context: Any,
) -> Page:
    """Return a part of a list that has a tab of its own; `name` is also that of its template."""
    title = f"{name}{part.suffix}"
    return Page(
        path=part.url,
        kind=name.lower(),
        tab=part.path,
        title=title,
        description=description,
        content=press.page(
            name.lower(), part.url, title=title, trail=press.trail(title), part=part, **context
        ),
        headings=headings,
        source=source,
        part_of=None if part.first else part.path,
    )


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
    for part in cut(ids[::-1], urls.year(number), lists.SIZE) if ids else ():
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
        description=f"The timeline of {number}: {counted(part.total, 'event')}.",
        content=press.page(
            "year",
            part.url,
            title=title,
            number=number,
            events=press.view.lines(part.items),
            lead=f"{counted(part.total, 'event')}, the newest first.",
            trail=press.trail(title),
            earlier=Link(str(earlier), urls.year(earlier)) if earlier else None,
            later=Link(str(later), urls.year(later)) if later else None,
            part=part,
        ),
        headings=(Heading("events", "Events"),),
        part_of=None if part.first else part.path,
    )
