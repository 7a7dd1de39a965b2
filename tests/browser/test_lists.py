"""Lists that are longer than their page: every entry is found, with a script and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from diplomatic_timeline.views import lists
from helpers.html import attribute
from helpers.lists import says
from helpers.sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import Page


def titles(page: Page) -> list[str]:
    return page.locator(".dt-event__title").all_inner_texts()


def newest_first(built: Built) -> list[dict[str, Any]]:
    """Return the events as the data has them, in the order of the first page."""
    by_id = {row["id"]: row for row in built.rows("events.json")}
    timeline = built.timeline
    return [by_id[id] for year in reversed(timeline.years) for id in reversed(timeline.events_of_year[year])]


# Without a script


@pytest.mark.parametrize(("path", "name"), [("quotes/", "quotes.json"), ("commitments/", "commitments.json")])
def test_the_pages_of_a_list_lead_through_every_entry(built_long: Built, path: str, name: str) -> None:
    found: list[str] = []
    while path:
        page = built_long.page(path)
        found += [attribute(e, "id")[2:] for e in page.elements if attribute(e, "data-dt-item")]
        onward = [
            e
            for e in page.named("a")
            if attribute(e, "rel") == "next" and "dt-pages" in attribute(e, "class")
        ]
        path = page.target(attribute(onward[0], "href")).removesuffix("index.html") if onward else ""
    every = [row["id"] for row in built_long.rows(name)]
    assert len(every) > lists.SIZE
    assert sorted(found) == sorted(every)


def test_no_page_of_a_long_record_is_heavy_and_each_names_what_it_leaves_out(built_long: Built) -> None:
    # 160 KB of HTML; the chart of a hundred events, a mark for each, is the heaviest part of any page.
    heavy = {
        page.file: len(page.source.encode())
        for page in built_long.inner
        if len(page.source.encode()) > (160_000 if page.file != "index.html" else 200_000)
    }
    assert heavy == {}
    party = next(iter(built_long.timeline.columns))
    page = built_long.page(f"parties/{party}/")
    number = len(built_long.timeline.events_of_party[party])
    (link,) = [a for a in page.named("a") if a.to_text(strip=True) == f"All {number} events"]
    assert attribute(link, "href") == f"../../index.html?party={party}"
    about = built_long.page("about/")
    number = len(built_long.timeline.events_of_party["norland"])
    (link,) = [a for a in about.named("a") if a.to_text(strip=True) == f"All {number} events"]
    assert attribute(link, "href") == "../index.html?party=norland"
    # Every event is on a year page that the first page leads to.
    home = built_long.page("")
    years = {home.target(attribute(a, "href")) for a in home.named("a")}
    assert {f"years/{year}/index.html" for year in built_long.timeline.years} <= years
    listed = [
        page.target(attribute(e, "href"))
        for year in built_long.timeline.years
        for page in [built_long.page(f"years/{year}/")]
        for e in page.named("a")
    ]
    assert {f"events/{id}/index.html" for id in built_long.timeline.events} <= set(listed)


# With one


def test_a_long_list_begins_with_its_newest_entries_and_leads_to_the_years_of_others(
    page: Page, served_long: str, built_long: Built
) -> None:
    page.goto(served_long)
    says(page, "100 events")
    assert titles(page) == [row["title"] for row in newest_first(built_long)[: lists.FIRST]]
    page.goto(f"{served_long}?order=oldest")
    first = str(built_long.timeline.years[0])
    heading = page.locator(".dt-year__number").first
    assert heading.inner_text() == first
    heading.locator("a").click()
    page.wait_for_url(f"**/years/{first}/index.html")
    page.goto(f"{served_long}quotes/?phase=at")
    pages = page.get_by_role("navigation", name="Pages of this list")
    page.locator(".dt-more").wait_for()
    assert not pages.is_visible()
    page.get_by_role("button", name="Remove the filter When said: at the event").click()
    pages.wait_for()
    assert page.locator(".dt-quote").count() == lists.SIZE
    assert not page.locator(".dt-more").is_visible()
    page.goto(f"{served_long}quotes/?order=oldest")
    page.locator(".dt-more").wait_for()
    assert page.locator(".dt-quote a.dt-about").count() >= lists.SIZE


@pytest.mark.parametrize("over", ["http", "folder"])
def test_filters_find_entries_that_are_not_on_the_page(
    page: Page, served_long: str, built_long: Built, over: str
) -> None:
    base = served_long if over == "http" else (built_long.folder / "index.html").as_uri()
    every = newest_first(built_long)
    kind = every[-1]["kind"]
    page.goto(f"{base}?kind={kind}")
    wanted = [row["title"] for row in every if row["kind"] == kind]
    says(page, f"{len(wanted)} of 100 events")
    assert titles(page) == wanted[: lists.SIZE]
    page.locator(".dt-event--main .dt-event__title a").last.click()
    page.wait_for_url("**/events/**")
    assert page.locator("h1").inner_text() == wanted[: lists.SIZE][-1]


def test_more_is_shown_on_request_and_the_focus_goes_on_with_it(page: Page, served_long: str) -> None:
    page.goto(f"{served_long}?order=oldest")
    says(page, "100 events")
    before = titles(page)
    assert len(before) == lists.SIZE
    page.get_by_role("button", name="Show 40 more").click()
    page.get_by_text("80 of 100 shown.").wait_for()
    after = titles(page)
    assert after[: lists.SIZE] == before
    assert len(after) == 80
    focused = page.evaluate(
        "document.activeElement.closest('[data-dt-item]').querySelector('.dt-event__title').innerText"
    )
    assert focused == after[lists.SIZE]
    page.get_by_role("button", name="Show 20 more").click()
    page.wait_for_function("document.querySelectorAll('.dt-event').length === 100")
    assert not page.get_by_role("button", name="more").is_visible()


def test_a_rare_choice_is_found_by_typing(page: Page, served_long: str, built_long: Built) -> None:
    page.goto(served_long)
    facet = page.locator("[data-dt-facet=person]")
    offered = facet.locator("input[type=checkbox]").evaluate_all("all => all.map(e => e.value)")
    rare = next(
        person
        for event in built_long.timeline.events.values()
        for person in (p.person for p in event.participants)
        if person not in offered
    )
    name = built_long.timeline.corpus.people[rare].name
    facet.locator("summary").click()
    facet.get_by_role("searchbox").fill(name.lower())
    facet.locator("label", has_text=name).click()
    number = sum(
        any(x["id"] == rare for x in row["participants"])
        or any(built_long.timeline.quotes[q].quote.speaker == rare for q in row["quotes"])
        for row in built_long.rows("events.json")
    )
    says(page, f"{number} of 100 events")
    page.reload()
    says(page, f"{number} of 100 events")
    assert page.get_by_role("button", name=f"Remove the filter Person: {name}").count() == 1


# Periods


def test_a_period_leaves_what_it_touches_and_is_set_from_the_keyboard_or_elsewhere(
    page: Page, served_long: str, built_long: Built
) -> None:
    page.goto(f"{served_long}?from=1950-01-01&to=1959-12-31")
    inside = [
        row for row in built_long.rows("events.json") if row["start"] <= "1959-12-31" and row["end"] >= "1950"
    ]
    says(page, f"{len(inside)} of 100 events")
    page.get_by_role("button", name="Remove the filter Period: 1 January 1950 – 31 December 1959").click()
    says(page, "100 events")
    assert "from=" not in page.url
    # A period is set from the keyboard.
    page.goto(served_long)
    facet = page.locator("[data-dt-period] summary")
    facet.wait_for()
    facet.press("Enter")
    page.get_by_label("From").fill("1999-01-01")
    page.wait_for_url("**?from=1999-01-01")
    page.get_by_role("button", name="Remove the filter Period: from 1 January 1999").wait_for()
    # Other parts of the page can set a period and learn of it.
    page.goto(served_long)
    page.evaluate("document.addEventListener('dt-list-shown', e => { window.shown = e.detail; })")
    period = {"from": "1960-01-01", "to": "1969-12-31"}
    page.evaluate("detail => document.dispatchEvent(new CustomEvent('dt-period', { detail }))", period)
    page.wait_for_url("**?from=1960-01-01&to=1969-12-31")
    page.wait_for_function("window.shown")
    assert page.evaluate("window.shown") == {"period": period, "left": None}
    page.evaluate("document.dispatchEvent(new CustomEvent('dt-period', { detail: null }))")
    says(page, "100 events")
    assert page.evaluate("window.shown") == {"period": None, "left": None}


# A page of one's own
