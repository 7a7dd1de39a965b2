"""The search box in a browser, over http and from a folder."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from helpers.browser import settled
from helpers.sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import Page

BOX = "[data-dt-search-query]"
RESULTS = ".dt-found"


@pytest.fixture
def home(served: str) -> str:
    """The address of the real site's first page."""
    return f"{served}index.html"


@pytest.fixture(params=["http", "file"])
def anywhere(request: pytest.FixtureRequest, built_real: Built) -> str:
    """The same page from a server and from a folder."""
    if request.param == "file":
        return (built_real.folder / "index.html").as_uri()
    return f"{request.getfixturevalue('served')}index.html"


def says(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the count says so."""
    from playwright.sync_api import expect

    expect(page.locator("[data-dt-search-status]")).to_have_text(words)


def ask(page: Page, query: str) -> list[str]:
    """Type a query into the box and return the results shown, each with its lines."""
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.locator(BOX).fill("")
    says(page, re.compile("^Type a name"))
    page.keyboard.insert_text(query)
    says(page, re.compile("result|Nothing found|Go on"))
    page.wait_for_function(
        "() => document.querySelector('.dt-found') || /Nothing|Go on/.test(document.body.innerText)"
    )
    return page.locator(RESULTS).all_inner_texts()


def kinds(page: Page) -> dict[str, int]:
    """Return the kinds that can be chosen, with their counts."""
    texts = page.locator(".dt-search__kind").all_inner_texts()
    return {text.rsplit(" ", 1)[0]: int(text.rsplit(" ", 1)[1]) for text in texts}


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.className || document.activeElement.tagName")
    return text


# Finding


def test_a_person_is_found_first_by_name_native_name_and_the_beginning_of_one(
    page: Page, anywhere: str
) -> None:
    page.goto(anywhere)
    for query, first in {
        "wang yi": "Wang Yi 王毅",
        "王毅": "Wang Yi 王毅",
        "blink": "Antony Blinken",
    }.items():
        found = ask(page, query)
        assert first in found[0]
        assert "Person" in found[0]
        assert len(found) > 3


def test_an_exact_phrase_finds_the_quote_that_has_it(page: Page, anywhere: str) -> None:
    page.goto(anywhere)
    found = [entry for entry in ask(page, '"tread on China\'s red lines"') if "Quote" in entry]
    assert len(found) == 1
    assert "“not to tread on China’s red lines" in found[0]
    assert "Wang Yi 王毅, Foreign Minister · 26 April 2024" in found[0]
    assert page.locator(f"{RESULTS} mark").first.inner_text() == "tread on China’s red lines"


def test_what_is_asked_for_is_found_and_marked(page: Page, home: str) -> None:
    page.goto(home)
    assert any("Quote" in entry and "Antony Blinken" in entry for entry in ask(page, "blinken ukraine"))
    page.goto(home)
    ask(page, "taiwan")
    assert {mark.lower() for mark in page.locator(f"{RESULTS} mark").all_inner_texts()} == {"taiwan"}
    page.goto(home)
    assert any("tread on" in entry for entry in ask(page, "treading"))
    assert "words that begin with “tread”" in page.locator("[data-dt-search-note]").inner_text()
    # Nothing found says so and what to try.
    page.goto(home)
    assert ask(page, "zzxq") == []
    says(page, "Nothing found for “zzxq”.")
    assert "Try fewer or other words" in page.locator("[data-dt-search-note]").inner_text()
    assert not page.locator(".dt-search__kinds").is_visible()
    # Results are out of reach while the box is closed.
    page.goto(home)
    ask(page, "taiwan")
    page.keyboard.press("Escape")
    assert page.locator(RESULTS).first.is_hidden()
    # The count is a status for screen readers.
    page.goto(home)
    found = ask(page, "dong jun")
    assert page.get_by_role("status").filter(has_text=f"{len(found)} result").count() == 1


def test_what_looks_like_markup_is_shown_as_text(page: Page, home: str, served_small: str) -> None:
    page.goto(home)
    ask(page, "<img src=x onerror=alert(1)> taiwan")
    assert page.locator(".dt-search img").count() == 0
    page.goto(served_small)
    found = ask(page, "saltholm herring")
    assert any('{{ 7 * 7 }} <script>alert("x")</script> & agree on herring' in entry for entry in found)


# Kinds


def test_kinds_can_be_chosen_and_more_results_shown(page: Page, home: str) -> None:
    page.goto(home)
    ask(page, "taiwan")
    counts = kinds(page)
    assert counts["All"] == sum(n for kind, n in counts.items() if kind != "All")
    assert {"Events", "Quotes", "Issues"} <= set(counts)
    page.locator(".dt-search__kind", has_text="Events").click()
    says(page, f"{counts['Events']} events")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.dt-found__kind')].every(k => k.textContent === 'Event')"
    )
    assert 0 < page.locator(RESULTS).count() <= counts["Events"]
    assert page.locator(".dt-search__kind[aria-pressed=true]").inner_text() == f"Events {counts['Events']}"
    page.goto(home)
    shown = len(ask(page, "china"))
    more = page.locator("[data-dt-search-more]")
    assert "more of" in more.inner_text()
    more.click()
    page.wait_for_function(f"() => document.querySelectorAll('.dt-found').length > {shown}")
    assert focused(page).startswith("md-search-result__link")


# Keys


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_box_and_escape_closes_it(page: Page, home: str, key: str) -> None:
    page.goto(home)
    page.keyboard.press(key)
    assert page.locator(BOX).evaluate("e => e === document.activeElement")
    assert page.locator(BOX).input_value() == ""
    assert page.locator("[data-dt-search-output]").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#__search").is_checked()
    assert page.locator("[data-dt-search-output]").is_hidden()


def test_letters_and_enter_go_on_from_a_result(page: Page, home: str, served: str) -> None:
    # Letters typed on a result go on in the box.
    page.goto(home)
    ask(page, "tai")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("wan")
    assert page.locator(BOX).input_value() == "taiwan"
    # Enter opens the first result even before it is shown.
    page.goto(home)
    page.keyboard.press("/")
    page.keyboard.type("wang yi")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/people/wang-yi/index.html"))
    # Keys typed into a field stay there.
    page.goto(served)
    page.locator(".dt-filters__text").click()
    page.keyboard.type("/sf")
    assert page.locator(".dt-filters__text").input_value() == "/sf"
    assert not page.locator("#__search").is_checked()


def test_a_search_from_the_keyboard_alone(page: Page, home: str) -> None:
    # Tab walks through the kinds and out.
    page.goto(home)
    ask(page, "wang yi")
    page.keyboard.press("Tab")
    assert focused(page).startswith("dt-search__kind")
    for _ in range(40):
        page.keyboard.press("Tab")
        if not page.locator("#__search").is_checked():
            break
    assert not page.locator("#__search").is_checked()
    # A search from the keyboard alone.
    page.goto(home)
    page.keyboard.press("/")
    page.keyboard.type("tread on")
    page.locator(RESULTS).first.wait_for()
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("md-search-result__link")
    page.keyboard.press("ArrowUp")
    assert page.locator(BOX).evaluate("e => e === document.activeElement")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/events/2024-04-24-blinken-beijing/index.html#q-"))
    assert "tread on" in page.locator(":target").inner_text()


# The count is announced


# Addresses


def test_an_address_with_a_query_is_searched_and_back_returns_to_the_results(
    page: Page, anywhere: str
) -> None:
    page.goto(f"{anywhere}?q=wang+yi")
    page.locator(RESULTS).first.wait_for()
    assert page.locator(BOX).input_value() == "wang yi"
    page.keyboard.press("Escape")
    assert "q=" not in page.url
    page.goto(anywhere)
    ask(page, "taiwan")
    page.locator(RESULTS).first.click()
    page.wait_for_url(re.compile(r"/issues/taiwan/"))
    page.go_back()
    page.locator(RESULTS).first.wait_for()
    assert page.locator(BOX).input_value() == "taiwan"


def test_the_page_found_shows_the_hits_also_from_a_deep_page(page: Page, anywhere: str) -> None:
    page.goto(anywhere)
    ask(page, '"red lines"')
    page.locator(RESULTS, has_text="Quote").first.click()
    page.wait_for_url(re.compile(r"/events/[^?]*#q-[^?]*$"))
    assert "red lines" in [mark.lower() for mark in page.locator(":target mark").all_inner_texts()]
    page.goto(anywhere.replace("index.html", "contribute/errors/index.html"))
    ask(page, "wang yi")
    page.locator(RESULTS).first.click()
    page.wait_for_url(re.compile(r"/people/wang-yi/index.html$"))
    assert "Wang Yi" in page.locator("h1").inner_text()


def test_the_page_for_lost_addresses_has_a_working_box(page: Page, built_real: Built, tmp_path: Path) -> None:
    """Where the site is published, an address of any depth gets that page."""
    root = urlsplit(built_real.address).path

    class Lost(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            file = built_real.folder / path.partition("?")[0].removeprefix(root)
            return str(file if file.is_file() else built_real.folder / "404.html")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Lost)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            page.goto(f"http://127.0.0.1:{server.server_port}{root}no/such/page/")
            ask(page, "wang yi")
            page.locator(RESULTS).first.click()
            page.wait_for_url(re.compile(rf"{root}people/wang-yi/index.html$"))
        finally:
            server.shutdown()
            thread.join()


# On a phone

# The box is where it stays: it slides in.
OPENED = """() => {
  const box = document.querySelector(".md-search__inner").getBoundingClientRect();
  return box.width === 390 && box.x === 0;
}"""


def test_on_a_phone_the_box_fills_the_screen_and_the_arrow_closes_it(phone_page: Page, home: str) -> None:
    phone_page.goto(home)
    phone_page.locator("label.md-header__button[for=__search]").tap()
    phone_page.wait_for_function(OPENED)
    phone_page.locator(".md-search__form label[for=__search]").tap()
    assert not phone_page.locator("#__search").is_checked()
    phone_page.goto(home)
    phone_page.locator("label.md-header__button[for=__search]").tap()
    phone_page.wait_for_function(OPENED)
    phone_page.locator(BOX).fill("wang yi")
    phone_page.locator(RESULTS).first.wait_for()
    assert phone_page.evaluate("document.querySelector('.md-search__scrollwrap').scrollWidth") <= 390
    phone_page.locator(RESULTS).first.tap()
    phone_page.wait_for_url(re.compile(r"/people/wang-yi/"))


# What is loaded


def test_a_search_loads_little_and_only_what_is_there(
    fresh_page: Page, anywhere: str, built_real: Built
) -> None:
    settled(fresh_page, anywhere)
    asked: list[str] = []
    missing: list[str] = []
    fresh_page.on("request", lambda request: asked.append(request.url))
    fresh_page.on("requestfailed", lambda request: missing.append(request.url))
    fresh_page.on(
        "response", lambda response: missing.append(response.url) if response.status >= 400 else None
    )
    ask(fresh_page, "wang yi")
    root = anywhere.removesuffix("index.html")
    paths = [url.removeprefix(root).partition("?")[0] for url in asked]
    assert paths
    # What the page itself loads may come late.
    assert all(path.startswith(("search/", "assets/")) for path in paths)
    assert len([path for path in paths if path.startswith("search/words/")]) <= 3
    everything = sum(p.stat().st_size for p in (built_real.folder / "search").rglob("*.js"))
    index = [path for path in paths if path.startswith("search/") and "/texts/" not in path]
    words = sum((built_real.folder / path).stat().st_size for path in index)
    assert words < everything / 3
    for query in ("wang", "王毅", '"red lines"', "zzxq", "a", '"', "-", "t", "constructor", "__proto__"):
        ask(fresh_page, query)
    assert missing == []
    # The engine serves lists without the box.
    fresh_page.keyboard.press("Escape")
    places = fresh_page.evaluate("async () => [...(await dtSearch.match('taiwan', 'event')).keys()]")
    newest_first = list(reversed(built_real.timeline.events))
    assert "2024-05-31-austin-dong-singapore" in {newest_first[place] for place in places}
    assert not fresh_page.locator("#__search").is_checked()


def test_nothing_is_loaded_before_somebody_searches(fresh_page: Page, anywhere: str) -> None:
    asked: list[str] = []
    fresh_page.on("request", lambda request: asked.append(request.url))
    settled(fresh_page, anywhere)
    assert [url for url in asked if "/search/" in url or "worker" in url] == []


def test_a_missing_index_is_said(page: Page, served: str) -> None:
    page.route("**/search/**", lambda route: route.abort())
    page.goto(served)
    page.keyboard.press("/")
    page.keyboard.type("wang")
    says(page, "The search index could not be read.")


def test_without_javascript_no_dead_box_is_shown(scriptless: Page, served: str) -> None:
    scriptless.goto(served)
    assert scriptless.locator(BOX).is_hidden()
    assert scriptless.locator("label.md-header__button[for=__search]").is_hidden()
