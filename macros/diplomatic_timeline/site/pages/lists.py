"""The pages that are lists: quotes, commitments, people, sources, years; long ones in parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from diplomatic_timeline.build.target import Draft
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import lists, tables, urls
from diplomatic_timeline.views.pagination import Part, cut

_ROWS = 100
"""Rows of a table, or lines of a list, on one page."""


def quotes(press: Renderer) -> Iterator[Draft]:
    """Yield the pages of all quotes, the newest first."""
    proven = tables.counts(press.timeline, press.words).proof_sentence
    marks = press.marks
    for part in cut(press.quotes.ids, urls.QUOTES, lists.SIZE, words=press.words):
        of = (part.of, proven, marks.whole if part.first else marks.quotes(part.items))
        yield Draft(part.url, of, partial(_quotes, press, part, proven))


def _quotes(press: Renderer, part: Part[str], proven: str) -> Page:
    return _list(
        press,
        part,
        "quotes",
        lead=proven if part.items else None,
        quotes=press.view.quotes(part.items),
        panel=press.quotes.panel if part.first else None,
    )


def commitments(press: Renderer) -> Iterator[Draft]:
    """Yield the pages of all commitments, open ones first."""
    marks = press.marks
    for part in cut(press.commitments.ids, urls.COMMITMENTS, lists.SIZE, words=press.words):
        of = (part.of, marks.whole if part.first else marks.commitments(part.items))
        yield Draft(part.url, of, partial(_commitments, press, part))


def _commitments(press: Renderer, part: Part[str]) -> Page:
    return _list(
        press,
        part,
        "commitments",
        commitments=press.view.commitments(part.items),
        panel=press.commitments.panel if part.first else None,
    )


def _list(
    press: Renderer,
    part: Part[Any],
    name: str,
    headings: tuple[Heading, ...] = (),
    source: str | None = None,
    **context: Any,
) -> Page:
    """Return a part of a list that has a tab of its own; `name` is that of its template and words."""
    title = f"{press.words(f'term.{name}')}{part.suffix}"
    return Page(
        path=part.url,
        kind=name,
        tab=part.path,
        title=title,
        description=press.words(f"{name}.described"),
        content=press.page(name, part.url, title=title, trail=press.trail(title), part=part, **context),
        headings=headings,
        source=source,
        part_of=None if part.first else part.path,
    )
