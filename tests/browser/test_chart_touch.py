"""The overview chart under fingers. They are Chromium's own: it scrolls, zooms and cancels as on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import pytest

from helpers.chart import Phone, Point, asked, button, listen, opened, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def phone(phone_page: Page, served: str) -> Phone:
    opened(phone_page, served)
    made = Phone(phone_page)
    shown(phone_page, "2018–2025")
    listen(phone_page)
    return made


def magnified(page: Page) -> float:
    scale: float = page.evaluate("visualViewport.scale")
    return scale


def still(page: Page) -> None:
    """Wait until the page has come to rest, and the chart has drawn what it shows."""
    page.evaluate(
        """new Promise(done => {
             let last = -1;
             const look = () => scrollY === last ? requestAnimationFrame(() => requestAnimationFrame(done))
               : (last = scrollY, setTimeout(look, 100));
             look();
           })"""
    )


def close(day: str, wanted: date) -> bool:
    return abs((date.fromisoformat(day) - wanted).days) < 25


# Two fingers


@pytest.mark.parametrize("upright", [False, True])
def test_two_fingers_zoom_the_chart_and_not_the_page(phone: Phone, upright: bool) -> None:
    phone.pinch(phone.lane(), 20, 100, upright=upright)
    shown(phone.page, "May 2021 – December 2022")
    assert magnified(phone.page) == 1
    phone.pinch(phone.lane(), 100, 20, upright=upright)
    shown(phone.page, "2018–2025")
    assert magnified(phone.page) == 1
    assert asked(phone.page) == []


def test_what_is_between_the_fingers_stays_there(phone: Phone) -> None:
    phone.pinch(phone.lane(0.9), 5, 25)
    shown(phone.page, re.compile("2025$"))


def test_fingers_that_zoomed_leave_nothing_behind_for_the_next(phone: Phone) -> None:
    """What was under a finger is drawn anew meanwhile; its end must be heard all the same."""
    for place, upright in ((phone.lane(0.3), True), (phone.years(0.5), False), (phone.lane(0.5), True)):
        phone.pinch(place, 20, 60, upright=upright)
        shown(phone.page, re.compile(r"^(?!2018–2025)"))
        phone.pinch(place, 60, 20, upright=upright)
        phone.pinch(place, 60, 20, upright=upright)
        shown(phone.page, "2018–2025")
    phone.pinch(phone.lane(), 20, 100)
    shown(phone.page, "May 2021 – December 2022")


def test_a_second_finger_turns_the_brush_into_a_zoom(phone: Phone) -> None:
    said: list[str] = []
    phone.page.on("console", lambda message: said.append(message.text))
    (x, y), (x2, y2) = phone.years(0.5), phone.lane(0.5)
    for n in range(5):
        phone.fingers("Move" if n else "Start", (x - 10 * n, y))
    phone.fingers("Start", (x - 40, y), (x2, y2))
    for n in range(1, 5):
        phone.fingers("Move", (x - 40 - 30 * n, y), (x2 + 30 * n, y2))
    phone.fingers("End")
    shown(phone.page, re.compile(r"^(?!2018–2025)"))
    assert asked(phone.page) == []
    assert not phone.page.locator(".dt-chart__brush .selection").is_visible()
    assert [text for text in said if "sitemap" not in text] == []


# One finger


def test_a_finger_that_goes_sideways_moves_time(phone: Phone) -> None:
    button(phone.page, "Zoom in").tap()
    shown(phone.page, "2020–2023")
    start, before = phone.lane(0.3), phone.scrolled()
    phone.swipe(start, phone.lane(0.8))
    shown(phone.page, "2018–2021")
    phone.swipe(phone.lane(0.8), phone.lane(0.3))
    shown(phone.page, "2020–2024")
    assert phone.scrolled() == before


def test_a_finger_that_goes_up_scrolls_the_page_wherever_it_began(phone: Phone) -> None:
    button(phone.page, "Zoom in").tap()
    shown(phone.page, "2020–2023")
    for place in (phone.lane, partial(phone.years, 0.5), partial(on_a_mark, phone)):
        x, y = place()
        before = phone.scrolled()
        phone.swipe((x, y), (x + 4, y - 120))
        phone.page.wait_for_function("before => scrollY > before + 40", arg=before)
        still(phone.page)
    shown(phone.page, "2020–2023")
    assert asked(phone.page) == []
    assert not phone.page.locator(".dt-chart__band").is_visible()
    assert "/events/" not in phone.page.url


def on_a_mark(phone: Phone) -> Point:
    phone.lane()
    box = phone.live.locator("a[href*='/events/'] circle.dt-chart__mark").first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_finger_that_stays_after_a_zoom_moves_time_as_far_as_it_goes(phone: Phone) -> None:
    x, y = phone.lane()
    phone.fingers("Start", (x - 20, y))
    phone.fingers("Start", (x - 20, y), (x + 20, y))
    for apart in range(30, 101, 10):
        phone.fingers("Move", (x - apart, y), (x + apart, y))
    phone.lift(1, (x + 100, y))
    for n in range(1, 7):
        phone.fingers("Move", (x - 100 - 10 * n, y))
    phone.fingers("End")
    shown(phone.page, "August 2021 – March 2023")


# A period for the list


def test_a_finger_along_the_years_chooses_a_period(phone: Phone) -> None:
    start, before = phone.years(1 / 8), phone.scrolled()
    phone.swipe(start, phone.years(3 / 8))
    (period,) = asked(phone.page)
    assert close(period["from"], date(2019, 1, 1))
    assert close(period["to"], date(2021, 1, 1))
    phone.page.locator(".dt-chart__band").wait_for()
    assert phone.scrolled() == before


def test_a_finger_moves_a_period_and_its_ends(phone: Phone) -> None:
    periods = periods_of(phone)
    phone.swipe(phone.years(2 / 8), phone.years(4 / 8))
    next(periods)
    phone.swipe(phone.years(3 / 8), phone.years(4 / 8))
    moved = next(periods)
    assert close(moved["from"], date(2021, 1, 1))
    assert close(moved["to"], date(2023, 1, 1))
    phone.swipe(phone.years(5 / 8), phone.years(7 / 8))
    longer = next(periods)
    assert longer["from"] == moved["from"]
    assert close(longer["to"], date(2025, 1, 1))
    # Past its other end, an end becomes the beginning.
    phone.swipe(phone.years(7 / 8), phone.years(1 / 8))
    turned = next(periods)
    assert close(turned["from"], date(2019, 1, 1))
    assert close(turned["to"], date(2021, 1, 1))


def periods_of(phone: Phone) -> Iterator[dict[str, str]]:
    """Yield the periods asked for, one after the other, each when the chart shows it."""
    for n in count(1):
        phone.page.wait_for_function("n => window.asked.length === n", arg=n)
        still(phone.page)
        yield asked(phone.page)[-1]


def test_a_touch_beside_the_period_clears_it(phone: Phone) -> None:
    phone.swipe(phone.years(2 / 8), phone.years(4 / 8))
    phone.page.locator(".dt-chart__band[display=inline]").wait_for()
    x, y = phone.years(7 / 8)
    phone.page.touchscreen.tap(x, y)
    phone.page.wait_for_function("window.asked.length === 2")
    assert asked(phone.page)[1] is None


def test_the_years_are_high_enough_for_a_finger(phone: Phone) -> None:
    box = phone.page.locator(".dt-chart__strip").bounding_box()
    assert box is not None
    assert round(box["height"], 2) >= 24
