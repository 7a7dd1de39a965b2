"""The overview chart in a browser: what its script adds to the drawing of the page."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from diplomatic_timeline.views.timeline import Timeline
from helpers.browser import settled
from helpers.chart import LARGE, LIVE, asked, button, drag, focused, lanes, listen, opened, shown, strip

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from helpers.browser import NewPage

# The chart draws with the next frame.
FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

# Lanes


def test_lanes_switch_and_a_mark_opens_its_event(page: Page, served: str, real: Timeline) -> None:
    opened(page, served)
    assert set(lanes(page)) == {real.corpus.issues[i].name for i in real.events_of_issue}
    button(page, "party").click()
    assert set(lanes(page)) == {real.corpus.parties[p].name for p in real.events_of_party}
    assert button(page, "party").get_attribute("aria-pressed") == "true"
    button(page, "rank").click()
    assert len(lanes(page)) == len({e.level for e in real.events.values()})
    button(page, "issue").click()
    assert button(page, "rank").get_attribute("aria-pressed") == "false"
    assert len(lanes(page)) == len(real.events_of_issue)
    opened(page, served)
    id = list(real.events)[-1]
    page.locator(f"{LIVE} a[href*='/events/{id}/']").last.click()
    page.wait_for_url(f"**/events/{id}/**")


def test_the_live_chart_links_the_same_events_as_the_drawing(page: Page, served_small: str) -> None:
    opened(page, served_small)
    drawn, live = page.evaluate(
        """() => [".dt-chart__svg", ".dt-chart__live"].map(s => [...new Set(Array.from(
             document.querySelectorAll(s + " a[href*='events/']"),
             a => new URL(a.getAttribute('href'), location).href))].sort())"""
    )
    assert drawn == live
    assert not page.locator(".dt-chart__svg").is_visible()


# Zoom and pan


def test_buttons_and_the_wheel_zoom_and_move_time(page: Page, served: str) -> None:
    # Buttons zoom in out and show the whole time.
    opened(page, served)
    shown(page, "2018–2025")
    assert button(page, "Zoom out").get_attribute("aria-disabled") == "true"
    button(page, "Zoom in").click()
    shown(page, "2020–2023")
    assert button(page, "Zoom out").get_attribute("aria-disabled") is None
    button(page, "Zoom in").click()
    shown(page, "December 2020 – December 2022")
    button(page, "Zoom out").click()
    shown(page, "2020–2023")
    button(page, "Whole period").click()
    shown(page, "2018–2025")
    # The closest look is some weeks and stops there.
    opened(page, served)
    for _ in range(12):
        button(page, "Zoom in").press("Enter")
    page.wait_for_function("document.querySelector('[aria-label=\"Zoom in\"]').ariaDisabled === 'true'")
    shown(page, re.compile(r"^\d+ \w+ \d{4} – \d+ \w+ \d{4}$"))
    # The wheel zooms with control and otherwise scrolls the page.
    live = opened(page, served)
    shown(page, "2018–2025")
    box = live.bounding_box()
    assert box is not None
    before = page.evaluate("scrollY")
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 100)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    shown(page, re.compile(r".*2025$"))
    assert button(page, "Zoom out").get_attribute("aria-disabled") is None
    assert page.evaluate("scrollY") == before
    page.mouse.wheel(0, 300)
    page.wait_for_function("before => scrollY > before", arg=before)
    # A wheel that turns sideways moves time.
    live = opened(page, served)
    button(page, "Zoom in").click()
    shown(page, "2020–2023")
    live.hover(position={"x": 900, "y": 200})
    page.mouse.wheel(3000, 0)
    shown(page, "2022–2025")


@pytest.mark.parametrize("width", [1280, 390])
def test_labels_of_the_time_never_stand_on_one_another(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, served)
    seen = set()
    for _ in range(9):
        labels = page.locator(f"{LIVE} .dt-chart__year").evaluate_all(
            """all => all.map(t => { const r = t.getBoundingClientRect();
                 return [r.left, r.right, t.textContent]; })"""
        )
        assert labels
        labels.sort()
        for (_, right, one), (left, _, other) in pairwise(labels):
            assert right + 3 < left, f"{one} and {other}"
        seen.add(" ".join(text for _, _, text in labels))
        button(page, "Zoom in").press("Enter")
        page.evaluate(FRAMES)
    assert len(seen) > 5


def test_marks_answer_to_a_finger_and_cover_no_other(page: Page, served: str) -> None:
    opened(page, served)
    marks = page.evaluate(
        """live => [...document.querySelectorAll(live + " a:has(.dt-chart__hit)")].map(a => {
             const box = e => (({ left, right, top, bottom }) => [left, right, top, bottom])(
               e.getBoundingClientRect());
             const drawn = a.querySelector("circle.dt-chart__mark");
             return [box(a.querySelector(".dt-chart__hit")), drawn && box(drawn)];
           })""",
        LIVE,
    )
    sizes = [min(right - left, bottom - top) for (left, right, top, bottom), _ in marks]
    assert sum(size >= 23 for size in sizes) > len(sizes) / 5
    dots = [n for n, (_, drawn) in enumerate(marks) if drawn]
    for n in dots:
        left, right, top, bottom = marks[n][0]
        for other in dots:
            its = marks[other][1]
            # A dot's box is wider than what is seen of it by its rim.
            across = its[1] - 1.5 < left or its[0] + 1.5 > right
            down = its[3] - 1.5 < top or its[2] + 1.5 > bottom
            assert n == other or across or down


def test_an_event_stands_on_one_day_in_all_its_lanes(page: Page, served: str) -> None:
    opened(page, served)
    places = page.locator(f"{LIVE} a:has(circle.dt-chart__mark)").evaluate_all(
        "all => all.map(a => [a.href.baseVal, a.querySelector('circle').getAttribute('cx')])"
    )
    assert len(set(map(tuple, places))) == len({event for event, _ in places}) > 20


def test_dragging_moves_time_and_opens_nothing(page: Page, served: str) -> None:
    live = opened(page, served)
    button(page, "Zoom in").click()
    shown(page, "2020–2023")
    box = live.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] - 4
    drag(page, (box["x"] + 500, y), (box["x"] + 1000, y))
    shown(page, re.compile(r"^2018–20(20|21|22)$"))
    assert page.url.partition("?")[0] == served


# A period for the list


def test_the_period_of_the_list_is_chosen_along_the_years_or_without_a_pointer(
    page: Page, served: str
) -> None:
    # Dragging along the years asks for that period.
    opened(page, served)
    listen(page)
    box = strip(page)
    y, year = box["y"] + 10, box["width"] / 8
    drag(page, (box["x"] + year, y), (box["x"] + 3 * year, y))
    (period,) = asked(page)
    assert abs((date.fromisoformat(period["from"]) - date(2019, 1, 1)).days) < 6
    assert abs((date.fromisoformat(period["to"]) - date(2020, 12, 31)).days) < 6
    page.locator(".dt-chart__band").wait_for()
    button(page, "Clear the period").click()
    assert asked(page)[1:] == [None]
    page.wait_for_function("document.querySelector('.dt-chart__band').getAttribute('display') === 'none'")
    # The time shown can be asked for without a pointer.
    opened(page, served)
    listen(page)
    button(page, "Zoom in").click()
    shown(page, "2020–2023")
    button(page, "Filter the list to this period").press("Enter")
    assert asked(page) == [{"from": "2020-01-01", "to": "2023-12-31"}]
    button(page, "Clear the period").press("Enter")
    assert asked(page)[1:] == [None]
    # The chart draws the period that the list shows.
    opened(page, served)
    listen(page)
    show = "detail => document.dispatchEvent(new CustomEvent('dt-list-shown', { detail }))"
    page.evaluate(show, {"period": {"from": "2021-01-01", "to": "2021-12-31"}, "left": None})
    page.wait_for_function("document.querySelector('.dt-chart__band').getAttribute('display') === 'inline'")
    box, band = strip(page), page.locator(".dt-chart__band").bounding_box()
    assert band is not None
    assert abs(band["x"] - (box["x"] + box["width"] * 3 / 8)) < 4
    assert abs(band["width"] - box["width"] / 8) < 5
    page.evaluate(show, {"period": None, "left": None})
    page.wait_for_function("document.querySelector('.dt-chart__band').getAttribute('display') === 'none'")
    assert asked(page) == []
    # A click beside the brush clears the period.
    opened(page, served)
    listen(page)
    box = strip(page)
    drag(page, (box["x"] + 100, box["y"] + 10), (box["x"] + 300, box["y"] + 10))
    page.wait_for_function("document.querySelector('.dt-chart__band').getAttribute('display') === 'inline'")
    page.mouse.click(box["x"] + 600, box["y"] + 10)
    assert asked(page)[1:] == [None]


# The keyboard and tooltips


def enter(page: Page) -> None:
    """Go with Tab from the last button of the chart to its marks."""
    button(page, "Clear the period").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.querySelector('{LIVE}').contains(document.activeElement)")


def test_a_focused_mark_tells_title_date_quotes_and_lane_and_enter_opens_it(
    page: Page, served: str, real: Timeline
) -> None:
    # The marks are one stop for tab and arrows walk through them.
    opened(page, served)
    enter(page)
    assert page.locator(f"{LIVE} [tabindex='0']").count() == 1
    first = focused(page)
    page.keyboard.press("ArrowRight")
    second = focused(page)
    assert first != second
    page.keyboard.press("ArrowLeft")
    assert focused(page) == first
    page.keyboard.press("ArrowDown")
    lane = page.evaluate("document.activeElement.closest('g[role=group]').getAttribute('aria-label')")
    assert lane == lanes(page)[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    assert focused(page) == lanes(page)[0]
    page.keyboard.press("End")
    assert page.locator(f"{LIVE} [tabindex='0']").count() == 1
    page.keyboard.press("Tab")
    assert not page.evaluate(f"document.querySelector('{LIVE}').contains(document.activeElement)")
    # A focused mark tells title date quotes and lane and enter opens it.
    opened(page, served)
    enter(page)
    page.keyboard.press("End")
    id = page.evaluate("document.activeElement.getAttribute('href')").split("/")[-2]
    event, tip = real.events[id], page.locator(".dt-chart__tip")
    text = tip.inner_text()
    assert event.title in text
    assert lanes(page)[0] in text
    issue = next(i for i, r in real.corpus.issues.items() if r.name == lanes(page)[0])
    said = sum(issue in q.issues for q in event.quotes)
    assert (f"{said} quote" in text) == bool(said)
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/events/{id}/**")


def test_a_tooltip_stays_while_the_pointer_is_on_it_and_goes_with_escape(
    fresh_page: Page, served: str
) -> None:
    live = opened(fresh_page, served)
    tip = fresh_page.locator(".dt-chart__tip")
    live.locator("a[href*='/events/']").last.hover()
    tip.wait_for()
    # Where it would go, it goes after a moment: let that pass in the page's own time.
    fresh_page.clock.install()
    tip.hover()
    fresh_page.clock.run_for(2000)
    assert tip.is_visible()
    fresh_page.clock.resume()
    fresh_page.keyboard.press("Escape")
    assert not tip.is_visible()
    live.locator("a[href*='/events/']").last.hover()
    tip.wait_for()
    fresh_page.mouse.move(5, 5)
    tip.wait_for(state="hidden")


def test_keys_zoom_around_what_has_the_focus_and_keep_it(page: Page, served: str) -> None:
    # Keys zoom around the focused mark and keep it.
    opened(page, served)
    shown(page, "2018–2025")
    enter(page)
    page.keyboard.press("End")
    before = focused(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    shown(page, re.compile(r".*2025$"))
    assert focused(page) == before
    page.keyboard.press("-")
    page.keyboard.press("0")
    shown(page, "2018–2025")
    assert focused(page) == before
    # Keys zoom around the marks of a focused lanes name.
    opened(page, served)
    shown(page, "2018–2025")
    enter(page)
    # A lane whose only events are late.
    page.locator(f"{LIVE} g[role=group]:has(> a[href*='/2024-']) > a:has(.dt-chart__name)").evaluate_all(
        """all => all.find(a => [...a.parentNode.querySelectorAll("a[href*='/events/']")].every(
             m => m.getAttribute("href").includes("/2024-"))).focus()"""
    )
    before = focused(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    shown(page, re.compile(r".*2025$"))
    assert focused(page) == before
    lane = page.evaluate("document.activeElement.parentNode.querySelectorAll('.dt-chart__mark').length")
    assert lane
    # Arrows reach events outside of the time shown.
    from playwright.sync_api import expect

    opened(page, served)
    shown(page, "2018–2025")
    enter(page)
    page.keyboard.press("End")
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("+")
    shown(page, "November 2024 – November 2025")
    for _ in range(12):
        last = focused(page)
        page.keyboard.press("ArrowLeft")
        page.wait_for_function("name => document.activeElement.getAttribute('aria-label') !== name", arg=last)
    expect(page.locator(".dt-chart__shown")).not_to_have_text(re.compile("^November 2024 – November 2025"))


# Every machine


def test_on_a_phone_nothing_stands_out_to_the_side(phone_page: Page, served: str) -> None:
    page = phone_page
    page.goto(served)
    # What is not drawn until it is explored has no caption.
    assert page.locator(".dt-chart__caption p:visible").count() == 0
    live = opened(page, served)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for mark in (live.locator("a[href*='/events/']").first, live.locator("a[href*='/events/']").last):
        mark.scroll_into_view_if_needed()
        mark.tap()
        tip = page.locator(".dt-chart__tip")
        tip.locator(f"a[href='{mark.get_attribute('href')}']").wait_for()
        box = tip.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 844
    assert page.url.rstrip("/") == served.rstrip("/")
    mark.tap()
    page.wait_for_url("**/events/**")


@pytest.mark.parametrize("touch", [True, False])
def test_the_hint_is_the_one_for_the_device(new_page: NewPage, served: str, touch: bool) -> None:
    page = new_page(has_touch=touch, is_mobile=touch)
    opened(page, served)
    assert page.locator(".dt-chart__hint--touch").is_visible() is touch
    assert page.locator(".dt-chart__hint--mouse").is_visible() is not touch


def test_the_chart_follows_the_width_of_its_page(page: Page, served: str) -> None:
    live = opened(page, served)
    button(page, "Zoom in").click()
    shown(page, "2020–2023")
    page.set_viewport_size({"width": 500, "height": 800})
    page.wait_for_function(f"document.querySelector('{LIVE}').viewBox.baseVal.width < 500")
    assert page.evaluate("document.documentElement.scrollWidth") == 500
    shown(page, "2020–2023")
    assert live.is_visible()


def test_without_scripts_the_drawing_has_its_links(scriptless: Page, served: str, real: Timeline) -> None:
    scriptless.goto(served)
    assert scriptless.locator(".dt-chart__svg").is_visible()
    assert scriptless.locator(".dt-chart__bar").count() == 0
    id = list(real.events)[-1]
    scriptless.locator(f".dt-chart__svg a[href*='events/{id}/']").last.click()
    scriptless.wait_for_url(f"**/events/{id}/**")


def test_nothing_is_fetched_for_a_chart_until_it_is_explored(fresh_page: Page, served: str) -> None:
    asked: list[str] = []
    fresh_page.on("request", lambda request: asked.append(request.url))
    for path in ("", "quotes/", "develop/gallery/"):
        settled(fresh_page, served + path)
    assert [url for url in asked if "timeline.js" in url]
    assert [url for url in asked if "d3" in url or "/chart-" in url or "overview.js" in url] == []


def test_the_chart_says_nothing_on_the_console_and_is_not_printed(page: Page, served: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.text} {message.location['url']}"))
    opened(page, served)
    button(page, "rank").click()
    button(page, "Zoom in").click()
    box = strip(page)
    drag(page, (box["x"] + 100, box["y"] + 10), (box["x"] + 300, box["y"] + 10))
    shown(page, "2020–2023")
    # The theme looks for a map of the site, which is not the chart's affair.
    assert [text for text in said if "sitemap.xml" not in text] == []
    opened(page, served)
    page.emulate_media(media="print")
    assert page.locator(".dt-chart__svg").is_visible()
    assert not page.locator(LIVE).is_visible()
    assert not page.locator(".dt-chart__bar").is_visible()


def test_instant_navigation_brings_a_chart_to_life_once(fresh_page: Page, served: str) -> None:
    """The theme replaces a page's content and publishes the new document; the same one may come twice."""
    fresh_page.add_init_script("window.document$ = { subscribe(f) { (window.again ||= []).push(f); f(); } };")
    fresh_page.route("**/bundle*.js", lambda route: route.abort())
    opened(fresh_page, served)
    fresh_page.evaluate("again.forEach(f => f()); again.forEach(f => f());")
    fresh_page.evaluate(FRAMES)
    assert fresh_page.locator(".dt-chart__bar").count() == fresh_page.locator(LIVE).count() == 1
    # The next fresh_page, and back to a fresh copy of this one.
    source = fresh_page.evaluate("fetch(location.href).then(r => r.text())")
    fresh_page.evaluate(
        """source => {
             const next = new DOMParser().parseFromString(source, "text/html");
             document.querySelector(".md-content").replaceWith(next.querySelector(".md-content"));
             again.forEach(f => f());
           }""",
        source,
    )
    fresh_page.locator("[data-dt-explore]").click()
    fresh_page.locator(LIVE).wait_for()
    button(fresh_page, "Zoom in").click()
    shown(fresh_page, "2020–2023")
    assert fresh_page.locator(".dt-chart__bar").count() == fresh_page.locator(LIVE).count() == 1


# A record too large for a mark each


def test_a_crowded_lane_opens_up_to_single_events_and_is_as_wide_as_a_finger(page: Page, large: str) -> None:
    # What can be chosen in a crowded lane is as wide as a finger.
    opened(page, large)
    sizes = page.locator(f"{LIVE} .dt-chart__period").evaluate_all(
        "all => all.map(r => [r.getBoundingClientRect().width, r.getBoundingClientRect().height])"
    )
    # The years of the record do not end where a period does.
    assert len(sizes) > 10
    assert all(width >= 24 for width, _ in sizes[:-1])
    # A period of the list is drawn in a large chart.
    opened(page, large)
    page.evaluate(
        """document.dispatchEvent(new CustomEvent("dt-list-shown",
             { detail: { period: { from: "1960-01-01", to: "1969-12-31" }, left: null } }))"""
    )
    page.locator(".dt-chart__band[display=inline]").wait_for()
    # A crowded lane opens up to single events.
    opened(page, large)
    toll = page.locator(f"{LIVE} g[aria-label=Toll]")
    numbers = toll.locator("a[aria-label]").evaluate_all(
        "all => all.map(a => parseInt(a.getAttribute('aria-label').split(': ')[1] || 0))"
    )
    assert sum(numbers) == LARGE
    assert page.locator("[data-dt-columns]").is_visible()
    # A sparse lane shows its events all the while.
    assert page.locator(f"{LIVE} g[aria-label=Bridge] a[href*='events/']").count() == 4
    # Some years, then some months, then events.
    toll.locator("a[href*='years/1970/']").first.focus()
    page.keyboard.press("Enter")
    shown(page, "1970–1971")
    page.keyboard.press("Enter")
    page.wait_for_function(
        f"document.querySelectorAll(\"{LIVE} g[aria-label=Toll] a[href*='events/']\").length === 3"
    )
    assert "e-" in focused(page)


def test_on_paper_the_sides_quotes_follow_one_another_and_nothing_is_too_small(
    page: Page, served: str, real: Timeline
) -> None:
    page.set_viewport_size({"width": 673, "height": 970})
    page.emulate_media(media="print")
    id = max(real.events, key=lambda id: len(real.events[id].quotes))
    page.goto(f"{served}events/{id}/")
    lefts = page.locator(".dt-quote").evaluate_all("all => all.map(q => q.getBoundingClientRect().left)")
    assert len(set(lefts)) == 1
    for path in ("", f"events/{id}/", "quotes/", "sources/"):
        page.goto(served + path)
        small = page.evaluate(
            """() => [...document.querySelectorAll(".md-content *")].filter(e => e.checkVisibility() &&
                 [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => [e.outerHTML,
                 parseFloat(getComputedStyle(e).fontSize)
                   * (e.closest(".dt-chart__svg")?.getScreenCTM().a ?? 1)])
               .filter(([, size]) => size < 10)"""
        )
        assert small == []
