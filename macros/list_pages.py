"""The pages that are lists: quotes, commitments, people, sources, years; long ones in parts."""

from __future__ import annotations

from collections.abc import Iterator

from macros import lists, tables, urls
from macros.pages import Heading, Page
from macros.paging import cut
from macros.rendering import Renderer
from macros.templating import counted
from macros.views import Link

_ROWS = 100
"""Rows of a table, or lines of a list, on one page."""


def quotes(press: Renderer) -> Iterator[Page]:
    """Yield the pages of all quotes, the newest first."""
    counts = tables.counts(press.timeline)
    listing = lists.quotes(press.timeline, press.view.parties)
    for part in cut(listing.ids, urls.QUOTES, lists.SIZE):
        title = f"Quotes{part.suffix}"
        yield Page(
            path=part.url,
            kind="quotes",
            tab=urls.QUOTES,
            title=title,
            description="Every quotation of the record, with speaker, date, issue, source and proof.",
            html=press.page(
                "quotes",
                part.url,
                title=title,
                trail=press.trail(title),
                lead=f"{counts.proof_sentence} Newest first." if listing.ids else None,
                quotes=press.view.quotes(part.items),
                panel=listing.panel if part.number == 1 else None,
                part=part,
            ),
            part_of=part.path if part.number > 1 else None,
        )


def commitments(press: Renderer) -> Iterator[Page]:
    """Yield the pages of all commitments, open ones first."""
    listing = lists.commitments(press.timeline, press.view.parties)
    for part in cut(listing.ids, urls.COMMITMENTS, lists.SIZE):
        title = f"Commitments{part.suffix}"
        yield Page(
            path=part.url,
            kind="commitments",
            tab=urls.COMMITMENTS,
            title=title,
            description="Who promised what, by when, and how it stands.",
            html=press.page(
                "commitments",
                part.url,
                title=title,
                trail=press.trail(title),
                commitments=press.view.commitments(part.items),
                panel=listing.panel if part.number == 1 else None,
                part=part,
            ),
            part_of=part.path if part.number > 1 else None,
        )


def people(press: Renderer) -> Iterator[Page]:
    """Yield the pages of all people by party and family name, then of all organizations."""
    for part in cut(tables.directory(press.view), urls.PEOPLE, _ROWS):
        title = f"People{part.suffix}"
        groups = tables.by_party(part.items)
        organizations = tuple(entry for party, entry in part.items if party is None)
        headings = [Heading(g.anchor, g.party.name) for g in groups]
        if organizations:
            headings.append(Heading("organizations", "Organizations"))
        yield Page(
            path=part.url,
            kind="people",
            tab=urls.PEOPLE,
            title=title,
            description="Who took part and who spoke, by party and family name.",
            html=press.page(
                "people",
                part.url,
                title=title,
                trail=press.trail(title),
                groups=groups,
                organizations=organizations,
                part=part,
            ),
            headings=tuple(headings),
            source=press.registry("people"),
            part_of=part.path if part.number > 1 else None,
        )


def sources(press: Renderer) -> Iterator[Page]:
    """Yield the pages of all sources in the order of their registry."""
    for part in cut(tuple(press.timeline.corpus.sources), urls.SOURCES, _ROWS):
        title = f"Sources{part.suffix}"
        yield Page(
            path=part.url,
            kind="sources",
            tab=urls.SOURCES,
            title=title,
            description="What the record rests on, and how much of it is proven.",
            html=press.page(
                "sources",
                part.url,
                title=title,
                trail=press.trail(title),
                sources=[press.view.source(s) for s in part.items],
                part=part,
            ),
            source=press.registry("sources"),
            part_of=part.path if part.number > 1 else None,
        )


def years(press: Renderer) -> Iterator[Page]:
    """Yield the pages of every year, the oldest year first and in it the newest event first."""
    numbers = press.timeline.years
    for at, number in enumerate(numbers):
        ids = press.timeline.events_of_year[number]
        earlier = numbers[at - 1] if at else None
        later = numbers[at + 1] if at + 1 < len(numbers) else None
        for part in cut(ids[::-1], urls.year(number), lists.SIZE):
            title = f"{number}{part.suffix}"
            yield Page(
                path=part.url,
                kind="year",
                tab=urls.HOME,
                title=title,
                description=f"The timeline of {number}: {counted(len(ids), 'event')}.",
                html=press.page(
                    "year",
                    part.url,
                    title=title,
                    number=number,
                    events=press.view.lines(part.items),
                    lead=f"{counted(len(ids), 'event')}, the newest first.",
                    trail=press.trail(title),
                    earlier=Link(str(earlier), urls.year(earlier)) if earlier else None,
                    later=Link(str(later), urls.year(later)) if later else None,
                    part=part,
                ),
                headings=(Heading("events", "Events"),),
                part_of=part.path if part.number > 1 else None,
            )
