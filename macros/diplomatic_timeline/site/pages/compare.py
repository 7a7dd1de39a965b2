"""Two events side by side: a page for neighbouring main events, and one on which any two are chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import page_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.site.templating import ROOT, link
from diplomatic_timeline.views import comparison as views
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.scripts import call

CHOICES = 300
"""How many events, the newest, can be chosen from a list; an address may name any others."""


def compare(renderer: Renderer) -> Iterator[Target[Page]]:
    """Yield the page on which two events are chosen, and a page for each pair of neighbouring main events."""
    prints, pairs = renderer.fingerprints, views.pairs(renderer.timeline)
    chosen = views.comparable(renderer.timeline)[:CHOICES]
    shown = {id for pair in pairs for id in pair}
    yield Target(urls.COMPARE, prints.events((*chosen, *sorted(shown))), partial(_compare, renderer, chosen))
    for n, pair in enumerate(pairs):
        later, earlier = pairs[n - 1] if n else (), pairs[n + 1] if n + 1 < len(pairs) else ()
        inputs = (prints.events(pair), prints.events((*later, *earlier)))
        make = partial(_comparison, renderer, pair, earlier or None, later or None)
        yield Target(urls.comparison(*pair), inputs, make)


def _link(renderer: Renderer, pair: tuple[str, str] | None) -> Link | None:
    """Return where two events stand side by side."""
    return Link(_title(renderer, pair), urls.comparison(*pair)) if pair else None


def _title(renderer: Renderer, pair: tuple[str, str]) -> str:
    earlier, later = map(renderer.view.line, pair)
    return renderer.words(
        "compare.two",
        earlier=earlier.name,
        earlier_date=earlier.date.text,
        later=later.name,
        later_date=later.date.text,
    )


def _compare(renderer: Renderer, chosen: tuple[str, ...]) -> Page:
    words, pairs = renderer.words, views.pairs(renderer.timeline)
    return page_of(
        renderer,
        "compare",
        urls.COMPARE,
        words("term.compare"),
        words("compare.described"),
        Link(words("term.issues"), urls.ISSUES),
        wide=True,
        choices=renderer.view.lines(chosen),
        comparison=views.comparison(renderer.positions, *pairs[0]) if pairs else None,
        pairs=[_link(renderer, pair) for pair in pairs],
        files=urls.event_comparison("*"),
    )


def _comparison(
    renderer: Renderer,
    pair: tuple[str, str],
    earlier: tuple[str, str] | None,
    later: tuple[str, str] | None,
) -> Page:
    words, lines = renderer.words, renderer.view.lines(pair)
    return page_of(
        renderer,
        "comparison",
        urls.comparison(*pair),
        _title(renderer, pair),
        words("compare.of_two", earlier=lines[0].title, later=lines[1].title),
        Link(words("term.compare"), urls.COMPARE),
        wide=True,
        comparison=views.comparison(renderer.positions, *pair),
        earlier=_link(renderer, earlier),
        later=_link(renderer, later),
        other=urls.narrowed(urls.COMPARE, a=pair[0], b=pair[1]),
    )


def column(renderer: Renderer, id: str) -> bytes:
    """Return a script that calls `dtCompared` with an event: its head; each issue's place, name, cell, keys.

    A script, because from a folder a browser reads nothing else. Addresses in it are as seen from the page
    on which two are chosen.
    """
    line = renderer.view.line(id)
    value = {
        "id": id,
        "name": line.name,
        "head": renderer.component("comparison_head", line, line.name),
        "date": [day.isoformat() for day in renderer.timeline.events[id].date.order],
        "issues": [
            [
                told.place,
                link(told.issue),
                renderer.component("compared_cell", told),
                [side.keys for side in told.sides],
            ]
            for told in views.told(renderer.positions, id)
        ],
    }
    return call("dtCompared", value).replace(json.dumps(ROOT)[1:-1].encode(), b"../")
