"""What the tests of the overview chart share: its parts on a page, a page with nothing else, and fingers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.chart import data
from diplomatic_timeline.plugin.assets import joined
from diplomatic_timeline.site.shortcodes import Shortcodes
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from helpers.browser import serving
from helpers.records import make_event, make_quote, make_timeline

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LIVE = ".dt-chart__live"


def opened(page: Page, address: str) -> Locator:
    """Open a page and explore its chart, unless the address does."""
    page.goto(address)
    if not re.search(r"[?&](lanes|time)=", address):
        page.locator("[data-dt-explore]").click()
    live = page.locator(LIVE)
    live.wait_for()
    page.locator(".dt-chart").evaluate("e => scrollBy(0, e.getBoundingClientRect().top - 120)")
    return live


def button(page: Page, name: str) -> Locator:
    return page.locator(".dt-chart__bar").get_by_role("button", name=name, exact=True)


def lanes(page: Page) -> list[str]:
    found: list[str] = page.locator(f"{LIVE} g[role=group]").evaluate_all(
        "all => all.map(g => g.getAttribute('aria-label'))"
    )
    return found


def shown(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the chart says that it shows this time."""
    from playwright.sync_api import expect

    expect(page.locator(".dt-chart__shown")).to_have_text(words)


def focused(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.getAttribute('aria-label')")
    return name


def listen(page: Page) -> None:
    """Write down every period that the chart asks of the list."""
    page.evaluate(
        "window.asked = []; document.addEventListener('dt-period', e => window.asked.push(e.detail));"
    )


def asked(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("window.asked")
    return found


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
    page.mouse.move(*end, steps=3)
    page.mouse.up()


def strip(page: Page) -> dict[str, float]:
    """Return where the years stand, along which a period is chosen."""
    box = page.locator(".dt-chart__strip").bounding_box()
    assert box is not None
    return {"x": box["x"], "y": box["y"], "width": box["width"]}


LARGE = 2000


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with the chart of two thousand events, and nothing else."""
    first = date(1950, 1, 1)
    timeline = make_timeline(
        *(
            make_event(
                f"e-{n}",
                (first + timedelta(days=n * 13)).isoformat(),
                quotes=[make_quote(f"q-{n}")] if n % 2 else [],
                issues=[{"issue": "toll"}, *([{"issue": "bridge"}] if n % 500 == 0 else [])],
            )
            for n in range(LARGE)
        )
    )
    folder = tmp_path_factory.mktemp("large")
    write(folder, timeline)
    with serving(folder) as address:
        yield address


LATER = "javascripts/chart-live.js"
"""What `chart/load.js` fetches."""


def write(folder: Path, timeline: Timeline) -> None:
    text, slots = Shortcodes(Site(timeline, "Large")).expand("{{ overview_chart() }}", "docs/index.md")
    (folder / urls.OVERVIEW).parent.mkdir(parents=True)
    (folder / urls.OVERVIEW).write_text(data.script(timeline), encoding="utf-8")
    (folder / "assets" / "stylesheets").symlink_to(ASSETS / "stylesheets")
    (folder / "assets" / LATER).parent.mkdir()
    for name in ("javascripts/timeline.js", LATER):
        (folder / "assets" / name).write_text(joined(name), encoding="utf-8")
    (folder / "assets" / "javascripts" / "vendor").symlink_to(ASSETS / "javascripts" / "vendor")
    styles = "".join(
        f'<link rel="stylesheet" href="assets/stylesheets/{name}.css">' for name in ("tokens", "chart")
    )
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en" class="js"><meta charset="utf-8"><title>Large</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">{styles}'
        f'<link rel="icon" href="data:,"><body data-md-color-scheme="default" class="md-typeset">'
        f'{slots.fill(text, "")}<form data-dt-filters="event events" hidden></form>'
        '<script src="assets/javascripts/timeline.js" defer></script>',
        encoding="utf-8",
    )


# Fingers

Point = tuple[float, float]


class Phone:
    """A page on a phone, and the fingers on its screen, which Chromium takes for real ones."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.live = page.locator(LIVE)
        self._wire = page.context.new_cdp_session(page)

    def lane(self, across: float = 0.5) -> Point:
        """Return a place among the lanes, so far across the drawing."""
        x, y, width = self._seen(LIVE)
        return x + width * across, y + 160

    def years(self, across: float) -> Point:
        """Return a place on the strip along which periods are chosen."""
        x, y, width = self._seen(".dt-chart__strip")
        return x + width * across, y + 12

    def _seen(self, what: str) -> tuple[float, float, float]:
        """Return a part's left and top and its width, with the chart where fingers have room around them."""
        x, y, width = self.page.evaluate(
            """([live, what]) => {
                 const top = () => document.querySelector(live).getBoundingClientRect().top;
                 if (Math.abs(top() - 250) > 1) scrollBy(0, top() - 250);
                 const box = document.querySelector(what).getBoundingClientRect();
                 return [box.left, box.top, box.width];
               }""",
            [LIVE, what],
        )
        return x, y, width

    def fingers(self, kind: str, *places: Point) -> None:
        """Let fingers `Start` at these places or `Move` to them, or `End` the touch of all."""
        self._send(kind, dict(enumerate(places)))

    def lift(self, finger: int, place: Point) -> None:
        self._send("End", {finger: place})

    def _send(self, kind: str, places: dict[int, Point]) -> None:
        there = [{"x": x, "y": y, "id": n} for n, (x, y) in places.items()]
        self._wire.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": there})

    def swipe(self, start: Point, end: Point, steps: int = 8) -> None:
        self.fingers("Start", start)
        for n in range(1, steps + 1):
            part = n / steps
            self.fingers(
                "Move", (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)
            )
        self.fingers("End")

    def pinch(self, middle: Point, start: float, end: float, steps: int = 8, upright: bool = False) -> None:
        """Move two fingers from one distance of the middle to another, beside each other or `upright`."""

        def both(apart: float) -> tuple[Point, Point]:
            x, y = middle
            return ((x, y - apart), (x, y + apart)) if upright else ((x - apart, y), (x + apart, y))

        self.fingers("Start", both(start)[0])
        self.fingers("Start", *both(start))
        for n in range(1, steps + 1):
            self.fingers("Move", *both(start + (end - start) * n / steps))
        self.fingers("End")

    def scrolled(self) -> float:
        y: float = self.page.evaluate("scrollY")
        return y
