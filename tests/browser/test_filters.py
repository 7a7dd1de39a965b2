"""Filters and copy links in a browser, over http and from a folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from diplomatic_timeline.views import lists
from helpers.html import attribute, text_of
from helpers.lists import choices, choose, count, says, shown
from helpers.sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


# Filters


def test_the_whole_list_is_counted_and_a_link_shows_a_part_of_it(
    page: Page, served: str, built_real: Built
) -> None:
    page.goto(served)
    assert count(page) == f"{len(built_real.timeline.events)} events"
    assert page.locator(".dt-filters__count").get_attribute("role") == "status"
    assert shown(page) == min(len(built_real.timeline.events), lists.FIRST)
    page.goto(f"{served}?issue=taiwan")
    page.wait_for_function("document.querySelector('.dt-filters').getBoundingClientRect().top < 300")
    assert page.get_by_role("button", name="Remove the filter Issue: Taiwan").is_visible()
    page.goto(served)
    says(page, f"{len(built_real.timeline.events)} events")
    assert page.evaluate("scrollY") == 0
    page.goto(f"{served}?from=2024-12-31&to=2021-01-01")
    page.get_by_role("button", name="Remove the filter Period: 1 January 2021 – 31 December 2024").wait_for()
    page.goto(f"{served}?year=2021")
    assert page.locator(".dt-year__number:visible").all_inner_texts() == ["2021"]
    page.goto(f"{served}?issue=no-such-issue&order=sideways&utm=1")
    assert " of " not in count(page)
    choose(page, "issue", "taiwan")
    assert page.url.endswith("?utm=1&issue=taiwan")


@pytest.mark.parametrize(
    ("path", "name", "noun", "key", "bears"),
    [
        ("", "events.json", "events", "issue", lambda r: [i["id"] for i in r["issues"]]),
        ("", "events.json", "events", "kind", lambda r: [r["kind"]]),
        ("", "events.json", "events", "level", lambda r: [r["level"]]),
        ("quotes/", "quotes.json", "quotes", "person", lambda r: [r["speaker"]["id"]]),
        ("quotes/", "quotes.json", "quotes", "party", lambda r: [r["party"]]),
        ("quotes/", "quotes.json", "quotes", "phase", lambda r: [r["phase"]]),
        ("quotes/", "quotes.json", "quotes", "year", lambda r: [r["date"][:4]]),
        ("commitments/", "commitments.json", "entries", "status", lambda r: [r["status"]]),
        ("sources/", "sources.json", "sources", "source_kind", lambda r: [r["kind"]]),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_each_choice_leaves_what_its_number_says_and_the_data_agree(
    page: Page,
    served: str,
    built_real: Built,
    path: str,
    name: str,
    noun: str,
    key: str,
    bears: Callable[[dict[str, Any]], list[str]],
) -> None:
    page.goto(served + path)
    every = built_real.rows(name)
    numbers = choices(page, key)
    # A wider issue has what its narrower ones have.
    having = {v: set(built_real.timeline.family(v)) if key == "issue" else {v} for v in numbers}
    assert numbers == {v: sum(bool(having[v] & {*bears(row)}) for row in every) for v in numbers}
    assert {value for row in every for value in bears(row)} <= set(numbers)
    for value, number in list(numbers.items())[:2]:
        page.goto(f"{served}{path}?{key}={value}")
        says(page, f"{number} of {len(every)} {noun}")
        assert shown(page) == min(number, lists.SIZE)


def test_choices_of_one_kind_add_and_of_two_kinds_narrow(page: Page, served: str, built_real: Built) -> None:
    every = built_real.rows("quotes.json")
    first, second = list(dict.fromkeys(row["speaker"]["id"] for row in every))[:2]
    page.goto(f"{served}quotes/")
    choose(page, "person", first)
    choose(page, "person", second)
    either = [row for row in every if row["speaker"]["id"] in (first, second)]
    says(page, f"{len(either)} of {len(every)} quotes")
    party = either[0]["party"]
    number = choices(page, "party")[party]
    choose(page, "party", party)
    says(page, f"{number} of {len(every)} quotes")
    assert number == sum(row["party"] == party for row in either) == shown(page)
    # Beside a choice stands what it would leave with those already chosen.
    every = built_real.rows("quotes.json")
    first, second = list(dict.fromkeys(issue for row in every for issue in row["issues"]))[:2]
    page.goto(f"{served}quotes/?issue={first}")
    number = choices(page, "issue")[second]
    assert number == sum(bool({first, second} & set(row["issues"])) for row in every)
    choose(page, "issue", second)
    says(page, f"{number} of {len(every)} quotes")


def test_free_text_finds_words_whatever_their_case(page: Page, served: str, built_real: Built) -> None:
    every = built_real.rows("quotes.json")
    number = sum("taiwan" in row["text"].casefold() for row in every)
    page.goto(f"{served}quotes/")
    page.locator("input[name=text]").fill("TAIWAN")
    says(page, f"{number} of {len(every)} quotes")
    assert page.url.endswith("?text=TAIWAN")
    texts = page.locator(".dt-quote:visible").all_inner_texts()
    assert len(texts) == number
    assert all("taiwan" in text.casefold() for text in texts)
    # What a source is found by stands in its entry, wherever in the list it is.
    page.goto(f"{served}sources/?text=xinhua")
    page.locator(".dt-filters__count", has_text=" of ").wait_for()
    named = [row["publisher"] for row in built_real.rows("sources.json") if row["agency"] == "Xinhua"]
    found = page.locator("[data-dt-item]").all_inner_texts()
    assert len(found) >= len(named) > 0
    assert all("xinhua" in text.casefold() for text in found)


def test_the_state_survives_reload_sharing_and_back(page: Page, context: BrowserContext, served: str) -> None:
    page.goto(served)
    choose(page, "kind", next(iter(choices(page, "kind"))))
    page.locator(".dt-filters__count", has_text=" of ").wait_for()
    one = count(page)
    choose(page, "issue", max(choices(page, "issue").items(), key=lambda c: c[1])[0])
    page.wait_for_url(re.compile("issue="))
    two, address = count(page), page.url
    assert re.search(r"\?issue=[^&]+&kind=", address)
    page.reload()
    says(page, two)
    other = context.new_page()
    other.goto(address)
    says(other, two)
    page.go_back()
    says(page, one)
    page.go_forward()
    says(page, two)
    page.go_back()
    page.go_back()
    assert "?" not in page.url
    assert " of " not in count(page)


def test_one_filter_or_all_can_be_cleared_and_what_to_relax_is_said(page: Page, served: str) -> None:
    page.goto(f"{served}?issue=taiwan&party=china&text=the")
    assert page.locator(".dt-filters__chosen button").all_inner_texts() == [
        "Issue: Taiwan",
        "Party: China",
        "Words: the",
        "Clear all",
    ]
    page.get_by_role("button", name="Remove the filter Issue: Taiwan").click()
    assert "issue=" not in page.url
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.get_by_role("button", name="Clear all").click()
    assert "?" not in page.url
    assert page.locator(".dt-filters__chosen button").count() == 0
    page.goto(f"{served}?issue=taiwan&text=zzzz")
    none = page.locator(".dt-filters__none")
    assert none.inner_text().startswith("Nothing matches all of these.")
    assert "leaves" in none.inner_text()
    none.get_by_role("button", name="Words: zzzz").click()
    page.locator("[data-dt-item]:visible").first.wait_for()
    assert not none.is_visible()
    # Back from an event returns to the filtered list.
    page.goto(f"{served}?issue=taiwan")
    before = count(page)
    page.locator(".dt-event--main:visible .dt-event__title a").first.click()
    page.wait_for_url("**/events/**")
    page.go_back()
    says(page, before)


@pytest.mark.parametrize(("path", "own"), [("", "newest"), ("quotes/", "newest"), ("commitments/", "open")])
def test_lists_turn_round_and_back(page: Page, served: str, path: str, own: str) -> None:
    from playwright.sync_api import expect

    def dates() -> list[str]:
        found: list[str] = page.locator("[data-dt-item]").evaluate_all(
            """all => all.map(e => [...e.querySelectorAll("time")].find(
                 t => !e.matches(".dt-commitment") || t.closest(".dt-commitment__event")).dateTime)"""
        )
        return found

    page.goto(served + path)
    before = page.locator("[data-dt-item]").all_inner_texts()
    order = page.locator("select[name=order]")
    newest = page.locator("[data-dt-item] time").first.get_attribute("datetime")
    order.select_option("oldest")
    if path == "":
        expect(page.locator("[data-dt-item] time").first).not_to_have_attribute("datetime", str(newest))
    assert dates() == sorted(dates())
    assert page.url.endswith("?order=oldest")
    order.select_option("newest")
    if path == "":
        expect(page.locator("[data-dt-item] time").first).to_have_attribute("datetime", str(newest))
    assert dates() == sorted(dates(), reverse=True)
    order.select_option(own)
    assert page.locator("[data-dt-item]").all_inner_texts() == before


def test_filters_work_from_the_keyboard_and_leaving_one_closes_it(page: Page, served: str) -> None:
    page.goto(served)
    summary = page.locator("[data-dt-facet=issue] summary")
    summary.wait_for()
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('.dt-filters__count').textContent.includes(' of ')")
    page.keyboard.press("Escape")
    assert page.locator("[data-dt-facet][open]").count() == 0
    assert summary.evaluate("e => e === document.activeElement")
    page.goto(served)
    page.locator("[data-dt-facet=level] summary").click()
    page.locator("select[name=order]").focus()
    page.locator("[data-dt-facet=issue] summary").click()
    assert page.locator("[data-dt-facet][open]").count() == 1
    page.locator("h1").click()
    assert page.locator("[data-dt-facet][open]").count() == 0


def test_a_narrow_page_does_not_scroll_sideways_and_print_says_what_is_filtered(
    page: Page, served: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("?issue=taiwan&party=china&text=zzz", "quotes/", "commitments/"):
        page.goto(served + path)
        page.locator("[data-dt-filter]").click()
        page.locator(".dt-facet summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.goto(f"{served}quotes/?issue=taiwan")
    before = shown(page)
    page.emulate_media(media="print")
    assert shown(page) == before
    assert page.locator(".dt-filters__state").inner_text().split("\n")[-1].strip().endswith("Issue: Taiwan")
    assert not page.locator(".dt-filters__bar").is_visible()


# Everywhere


def test_filters_work_from_a_folder(page: Page, built_real: Built) -> None:
    page.goto(f"{(built_real.folder / 'index.html').as_uri()}?issue=taiwan")
    before = count(page)
    assert " of " in before
    choose(page, "party", "china")
    assert page.url.endswith("/index.html?issue=taiwan&party=china")
    page.go_back()
    says(page, before)
    page.reload()
    says(page, before)


@pytest.mark.parametrize("path", ["", "quotes/", "commitments/", "sources/"])
def test_without_scripts_there_is_no_form_and_everything_is_there(
    scriptless: Page, served: str, path: str
) -> None:
    scriptless.goto(f"{served}{path}?issue=taiwan")
    assert not scriptless.locator(".dt-filters").is_visible()
    assert shown(scriptless) == scriptless.locator("[data-dt-item]").count() > 1
    assert scriptless.get_by_text("copy link").count() == 0


def test_instant_navigation_starts_scripts_once_for_a_page(fresh_page: Page, served: str) -> None:
    """The theme replaces a page's content and publishes the new document; the same one may come twice."""
    fresh_page.add_init_script("window.document$ = { subscribe(f) { window.again = f; f(); } };")
    fresh_page.route("**/bundle*.js", lambda route: route.abort())
    fresh_page.goto(f"{served}quotes/")
    fresh_page.evaluate(
        "window.clone = document.querySelector('.md-content').cloneNode(true); again(); again();"
    )
    fresh_page.locator("a.dt-about").first.click()
    fresh_page.locator(".dt-cite").wait_for()
    assert fresh_page.locator(".dt-about .dt-copy").count() == 8
    choose(fresh_page, "party", "china")
    before = count(fresh_page)
    assert " of " in before
    fresh_page.go_back()
    says(fresh_page, before.partition(" of ")[2])


# Copy links


def test_a_copied_link_is_the_permanent_address_also_from_a_folder(
    page: Page, context: BrowserContext, served: str, built_real: Built
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served}quotes/")
    page.locator(".dt-quote .dt-about").first.click()
    page.get_by_role("button", name="copy link").first.click()
    page.get_by_text("copied", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(served)
    assert copied.removeprefix(served) in {row["url"] for row in built_real.rows("quotes.json")}
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto((built_real.folder / "quotes" / "index.html").as_uri())
    page.locator(".dt-quote .dt-about").first.click()
    page.get_by_role("button", name="copy link").first.click()
    page.get_by_text("copied", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"{built_real.address}events/")


# Hostile text


def test_a_choice_that_tries_to_be_markup_stays_text(built_small: Built) -> None:
    (form,) = [e for e in built_small.page("").named("form") if attribute(e, "data-dt-filters")]
    assert "Harbour dues <draft & final>" in text_of(form)
