"""The overview chart, the filters of the list below it, and the address that keeps both."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from helpers.chart import LIVE, button, drag, focused, opened, shown, strip
from helpers.lists import choose
from helpers.sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import Page


def marked(page: Page) -> set[str]:
    """Return the events that the chart has marks of."""
    return _events(page, f"{LIVE} a[href*='/events/']")


def listed(page: Page) -> set[str]:
    """Return the events that the list shows."""
    return _events(page, "article[data-dt-item]:visible :is(.dt-event__title, .dt-event__way) a")


def _events(page: Page, links: str) -> set[str]:
    addresses = page.locator(links).evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return {address.rpartition("events/")[2].split("/")[0] for address in addresses}


def says(page: Page, words: str | re.Pattern[str] | None) -> None:
    """Wait until the chart says under it what the filters leave, or nothing."""
    from playwright.sync_api import expect

    told = page.locator(".dt-chart__leaves")
    if words is None:
        expect(told).to_be_hidden()
    else:
        expect(told).to_have_text(words)


# Filters


def test_the_chart_marks_the_events_that_the_filters_leave(page: Page, served: str) -> None:
    opened(page, served)
    every = marked(page)
    assert not page.locator(f"{LIVE} .dt-chart__left").count()
    choose(page, "person", "wang-yi")
    says(page, "The filters leave 8 of 48 events.")
    assert marked(page) == listed(page)
    assert len(marked(page)) == 8
    assert page.get_by_text("left out by the filters").is_visible()
    choose(page, "issue", "hong-kong")
    says(page, re.compile("leave [12] of 48 events"))
    assert marked(page) == listed(page)
    page.get_by_role("button", name="Clear all").click()
    says(page, None)
    assert marked(page) == every
    assert not page.get_by_text("left out by the filters").is_visible()


def test_words_leave_out_marks_too_and_all_of_them_if_nothing_has_them(page: Page, served: str) -> None:
    live = opened(page, served)
    page.get_by_label("Words in these events").fill("fentanyl")
    says(page, re.compile(r"leave \d+ of 48 events"))
    assert marked(page) == listed(page)
    page.get_by_label("Words in these events").fill("zzzz")
    says(page, "The filters leave none of 48 events.")
    assert marked(page) == set()
    assert "the filters leave none of 48 events" in (live.get_attribute("aria-label") or "")


def test_what_is_left_out_leaves_a_trace_where_it_was(page: Page, served: str) -> None:
    opened(page, served)
    gone = page.locator(f"{LIVE} g[aria-label='Xinjiang'] circle.dt-chart__mark--main").bounding_box()
    assert gone is not None
    choose(page, "year", "2024")
    says(page, re.compile("leave"))
    trace = page.locator(f"{LIVE} g[aria-label='Xinjiang'] .dt-chart__left").bounding_box()
    assert trace is not None
    assert trace["x"] - 3 < gone["x"]
    assert gone["x"] + gone["width"] < trace["x"] + trace["width"] + 3
    # Nothing to point at, and nothing that the keyboard comes by.
    assert page.locator(f"{LIVE} g[aria-label='Xinjiang'] a[href*='/events/']").count() == 0
    button(page, "Clear the period").focus()
    page.keyboard.press("Tab")
    for key in ("End", "ArrowDown", "End", "ArrowLeft", "Home"):
        page.keyboard.press(key)
        assert "2021" not in focused(page)


def test_columns_count_only_what_is_left(page: Page, served_long: str, built_long: Built) -> None:
    timeline = built_long.timeline
    party, events = max(timeline.events_of_party.items(), key=lambda item: len(item[1]))
    opened(page, served_long)
    button(page, "party").click()
    lane = page.locator(f"{LIVE} g[role=group][aria-label='{timeline.corpus.parties[party].name}']")

    def counted() -> int:
        numbers: list[int] = lane.locator("a:has(.dt-chart__period)").evaluate_all(
            "all => all.map(a => parseInt(a.getAttribute('aria-label').split(': ')[1]))"
        )
        return sum(numbers)

    assert counted() == len(events)
    ((kind, number),) = Counter(timeline.events[id].kind for id in events).most_common(1)
    choose(page, "kind", kind)
    says(page, re.compile("leave"))
    assert counted() + lane.locator("a[href*='/events/']").count() == number < len(events)
    page.get_by_role("button", name="Remove the filter Kind").click()
    says(page, None)
    assert counted() == len(events)


def test_a_lane_that_was_counted_shows_its_events_when_few_are_left(
    page: Page, served_long: str, built_long: Built
) -> None:
    opened(page, served_long)
    assert page.locator(f"{LIVE} .dt-chart__period").count()
    person = min(built_long.timeline.events_of_person.items(), key=lambda item: len(item[1]))[0]
    opened(page, f"{served_long}?person={person}")
    says(page, re.compile("leave"))
    assert page.locator(f"{LIVE} .dt-chart__period").count() == 0
    assert marked(page) == listed(page) >= set(built_long.timeline.events_of_person[person])


def test_the_period_takes_no_mark_away_and_dims_those_outside_it(page: Page, served: str) -> None:
    opened(page, served)
    every = marked(page)
    box = strip(page)
    drag(page, (box["x"] + box["width"] / 2, box["y"] + 10), (box["x"] + box["width"], box["y"] + 10))
    page.locator(".dt-chart__veil[display=inline]").wait_for()
    assert marked(page) == every
    says(page, None)
    choose(page, "person", "wang-yi")
    says(page, "The filters, the period aside, leave 8 of 48 events.")
    button(page, "Clear the period").click()
    says(page, "The filters leave 8 of 48 events.")
    page.locator(".dt-chart__veil[display=none]").wait_for(state="attached")


def test_filters_narrow_a_large_chart(page: Page, large: str) -> None:
    opened(page, large)
    page.evaluate(
        """document.dispatchEvent(new CustomEvent("dt-list-shown",
             { detail: { period: null, left: [0, 1, 1999] } }))"""
    )
    page.locator(".dt-chart__leaves").wait_for()
    assert marked(page) == {"e-1999", "e-1998", "e-0"}


# The address


def test_lanes_and_time_stand_in_the_address_and_come_back_from_it(page: Page, served: str) -> None:
    opened(page, served)
    assert page.url == served
    button(page, "party").click()
    page.wait_for_url("**/?lanes=party")
    button(page, "Zoom in").click()
    page.wait_for_url("**/?lanes=party&time=2020-01-01..2023-12-31")
    page.reload()
    shown(page, "2020–2023")
    assert button(page, "party").get_attribute("aria-pressed") == "true"
    assert page.url.endswith("?lanes=party&time=2020-01-01..2023-12-31")
    button(page, "issue").click()
    button(page, "Whole period").click()
    page.wait_for_function("location.search === ''")


def test_back_brings_the_chart_as_it_was(page: Page, served: str) -> None:
    opened(page, served)
    button(page, "Zoom in").click()
    page.wait_for_url("**/?time=**")
    choose(page, "person", "wang-yi")
    page.wait_for_url("**person=wang-yi**")
    button(page, "party").click()
    button(page, "Whole period").click()
    page.wait_for_url("**/?person=wang-yi&lanes=party")
    page.go_back()
    shown(page, "2020–2023")
    assert button(page, "issue").get_attribute("aria-pressed") == "true"
    says(page, None)
    page.go_forward()
    shown(page, "2018–2025")
    says(page, "The filters leave 8 of 48 events.")
    assert button(page, "party").get_attribute("aria-pressed") == "true"


def test_filters_and_chart_leave_each_others_part_of_the_address_alone(page: Page, served: str) -> None:
    opened(page, f"{served}?person=wang-yi&lanes=level&other=1#x")
    says(page, "The filters leave 8 of 48 events.")
    assert button(page, "rank").get_attribute("aria-pressed") == "true"
    button(page, "Zoom in").click()
    page.wait_for_url("**/?person=wang-yi&lanes=level&other=1&time=2020-01-01..2023-12-31#x")
    page.get_by_role("button", name="Remove the filter Person").click()
    page.wait_for_url("**/?lanes=level&other=1&time=2020-01-01..2023-12-31#x")
    shown(page, "2020–2023")


@pytest.mark.parametrize("query", ["lanes=planet&time=soon", "time=2022-01-01..2019-01-01", "lanes=&time="])
def test_an_address_that_asks_for_nonsense_gets_the_whole_chart(page: Page, served: str, query: str) -> None:
    opened(page, f"{served}?{query}")
    shown(page, "2018–2025")
    assert button(page, "issue").get_attribute("aria-pressed") == "true"


def test_an_address_that_asks_for_a_time_wakes_a_large_chart(page: Page, large: str) -> None:
    opened(page, f"{large}?time=1970-01-01..1979-12-31")
    shown(page, "1970–1979")


def test_the_chart_and_its_address_work_from_a_folder(page: Page, built_real: Built) -> None:
    opened(page, f"{(built_real.folder / 'index.html').as_uri()}?lanes=party")
    button(page, "Zoom in").click()
    page.wait_for_url("**/index.html?lanes=party&time=2020-01-01..2023-12-31")
    page.reload()
    shown(page, "2020–2023")
    assert button(page, "party").get_attribute("aria-pressed") == "true"
    page.locator(f"{LIVE} a[href*='/events/']").last.click()
    page.wait_for_url("**/events/**/index.html")
