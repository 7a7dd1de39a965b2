"""The page of licences: what the site ships, and the notices that go with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.assets import bill_of_materials
from diplomatic_timeline.assets.shipped import Shipped, shipped
from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import page_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import urls


def licences(renderer: Renderer) -> Iterator[Target[Page]]:
    """Yield the page."""
    works = shipped()
    yield Target(urls.LICENCES, works, partial(_licences, renderer, works))


def files(site: str) -> Iterator[Target[bytes]]:
    """Yield the bill of materials of a site with a name."""
    inputs = (site, bill_of_materials.inputs())
    yield Target(urls.BILL_OF_MATERIALS, inputs, partial(bill_of_materials.write, site))


def _licences(renderer: Renderer, works: tuple[Shipped, ...]) -> Page:
    noticed: dict[str, list[Shipped]] = {}
    for work in works:
        noticed.setdefault(work.notice, []).append(work)
    words = renderer.words
    return page_of(
        renderer,
        "licences",
        urls.LICENCES,
        words("term.licences"),
        words("licences.described"),
        groups=[(group, group[0].text.strip().split("\n\n")) for group in noticed.values()],
        bill=urls.BILL_OF_MATERIALS,
    )
