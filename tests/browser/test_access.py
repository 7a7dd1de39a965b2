# ruff: noqa: E501 (the small programs that run in the page)
"""Every kind of page for every reader: axe, keyboard alone, large text, narrow screens, less motion, own colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from helpers.browser import WIDE, Kept, NewPage
from helpers.page_kinds import page_kinds
from helpers.sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
SCHEMES = {"light": "default", "dark": "slate"}

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Rules whose outcome depends on colours or on the size of the screen.
DEPEND_ON_SIZE = ["color-contrast", "target-size", "scrollable-region-focusable", "meta-viewport"]
# Rule -> the elements that it need not look at, each with the reason.
EXCEPT = {
    # The theme's script puts a navigation landmark without a name around each code block's copy button, when it
    # comes near: nothing of the page's own could name it. The gallery shows some components many times.
    "landmark-unique": [".md-code__nav", ".dt-specimen *"],
    # A specimen in the gallery is a part of a page and has the headings of one.
    "heading-order": [".dt-specimen *"],
}

RUN = """async ([rules, only, except, exclude]) => {
  const found = await axe.run({ include: [["html"]], exclude }, {
    runOnly: only ? {type: "rule", values: only} : rules,
    resultTypes: ["violations"],
  });
  const wrong = [];
  for (const { id, nodes } of found.violations)
    for (const { target, failureSummary } of nodes) {
      const element = document.querySelector(target[0]);
      if (!(except[id] || []).some(s => element && element.matches(s)))
        wrong.push(`${id}: ${target[0]}: ${failureSummary.replace(/\\s+/g, " ").slice(0, 240)}`);
    }
  return wrong;
}"""


# Regions that scroll sideways by themselves have a name and take the focus.
REGIONS = """() => [...document.querySelectorAll('.md-content *')]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.checkVisibility())
  .filter(e => !(e.tabIndex >= 0 || e.querySelector('a, button, input, summary')) )
  .map(e => e.tagName + '.' + e.className)"""


@pytest.fixture(scope="module")
def still(browser: Browser, kept: Kept) -> Iterator[Page]:
    """One page for all the examinations, without motion, so that colours are never caught half way."""
    page = kept.open(browser, {"reduced_motion": "reduce"})
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(params=["small", "real"])
def site(request: pytest.FixtureRequest) -> tuple[Built, str]:
    """Either site in turn, and where it is served."""
    small = request.param == "small"
    built: Built = request.getfixturevalue("built_small" if small else "built_real")
    return built, request.getfixturevalue("served_small" if small else "served")


def dress(page: Page, scheme: str) -> None:
    """Put on a scheme, as the theme's switch does."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", SCHEMES[scheme])


def examine(page: Page, only: list[str] | None = None, exclude: Sequence[list[str]] = ()) -> list[str]:
    found: list[str] = page.evaluate(RUN, [RULES, only, EXCEPT, [*exclude]])
    return found


def lost_address(page: Page, built: Built) -> None:
    """Answer the absolute addresses of the page for lost addresses, as its own host does."""
    root = built.address.partition("://")[2].partition("/")[2]
    page.unroute_all()
    page.route(
        re.compile(rf"^http://[^/]+/{re.escape(root)}"),
        lambda route: route.fulfill(path=built.folder / route.request.url.split(root, 1)[1]),
    )


def visit(page: Page, site: tuple[Built, str], file: str) -> None:
    if file == "404.html":
        lost_address(page, site[0])
    page.goto(site[1] + file)


# Every kind of page, visited once

# The frame of a site is the same around all its pages, and the rows of a long table are alike: what has been
# looked at in the light is not looked at again and again in the dark.
FRAME = [[".md-header"], [".md-tabs"], [".md-sidebar"], [".md-footer"], ["tbody tr:nth-child(n+9)"]]
MOVES = """() => [...document.querySelectorAll('*')].filter(e => ['', '::before', '::after'].some(p => {
  const s = getComputedStyle(e, p);
  return [...s.transitionDuration.split(','), ...(s.animationName === 'none' ? [] : s.animationDuration.split(','))]
    .some(d => parseFloat(d) > 0) || s.scrollBehavior === 'smooth';
})).map(e => e.tagName + '.' + e.className).slice(0, 5)"""


def test_every_kind_of_page_is_for_every_reader(
    still: Page, kept: Kept, axe: str, site: tuple[Built, str]
) -> None:
    """axe, wide and light and on a phone in the dark; the keyboard; narrow screens; spacing; less motion.

    Of the real site's record only whether its pages fit: the small one has every kind of them.
    """
    wrong: dict[tuple[str, str], list[Any]] = {}
    built = site[0]
    small = built.name == "Sound & Ferries"
    framed = False
    for kind, file in page_kinds(built).items():
        found: dict[str, list[Any]] = {}
        # 320 pixels are 1280 at 400 percent (WCAG 1.4.10), 640 are 1280 at 200.
        still.set_viewport_size({"width": 320, "height": 600})
        visit(still, site, file)
        found["320 pixels"] = still.evaluate(SIDEWAYS) + still.evaluate(REGIONS)
        still.set_viewport_size({"width": 640, "height": 600})
        found["640 pixels"] = still.evaluate(SIDEWAYS) + still.evaluate(REGIONS)
        still.set_viewport_size(PHONE)
        if small:
            style = still.add_style_tag(content=SPACING)
            found["spacing"] = still.evaluate(SIDEWAYS) + still.evaluate(CUT)
            style.evaluate("e => e.remove()")
        if small or file not in built.records:
            still.evaluate(axe)
            # Pages by hand are text in the colours of all; the gallery has every component in the dark.
            if small or "gallery" in file:
                dress(still, "dark")
                # The theme notices a little later which blocks of code scroll now, and the keyboard reaches them.
                still.wait_for_function(f"({REGIONS})().length === 0")
                found["axe on a phone"] = examine(still, DEPEND_ON_SIZE, FRAME if framed else [])
                dress(still, "light")
            still.set_viewport_size(WIDE)
            found["axe"] = examine(still)
            found["motion"] = still.evaluate(MOVES)
            if small:
                found["focus"] = walk(still, framed)
                still.set_viewport_size(PHONE)
                found["focus on a phone"] = walk(still, framed)
            framed = True
        wrong |= {(kind, what): of for what, of in found.items() if of}
    assert wrong == {}
    # No script failed, and nobody else was asked for anything.
    assert kept.wrong == []


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def open_menu(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Close").wait_for()


def open_search(page: Page) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.type("the")
    page.locator(".dt-found").first.wait_for()


def open_filter(page: Page) -> None:
    page.locator(".dt-filters summary").first.click()


def open_print(page: Page) -> None:
    page.emulate_media(media="print")


@pytest.mark.parametrize(
    ("file", "act"),
    [
        ("index.html", open_everything),
        ("index.html", open_filter),
        ("index.html", open_menu),
        ("about/index.html", open_menu),
        ("index.html", open_search),
        ("quotes/index.html", open_everything),
        ("issues/index.html", open_print),
        ("quotes/index.html", open_print),
    ],
    ids=lambda v: v if isinstance(v, str) else v.__name__,
)
def test_axe_finds_nothing_in_what_opens(
    still: Page, axe: str, served_small: str, file: str, act: Callable[[Page], None]
) -> None:
    """In the light, and of the dark the colours, as nothing else differs."""
    still.set_viewport_size(WIDE)
    still.goto(served_small + file)
    dress(still, "light")
    act(still)
    still.evaluate(axe)
    found = examine(still)
    if act is open_print:  # Paper has nothing to press.
        found = [one for one in found if not one.startswith("target-size")]
    dress(still, "dark")
    found += examine(still, ["color-contrast"])
    still.emulate_media(media="screen")
    assert found == []


# The keyboard alone

HERE = """() => {
  const e = document.activeElement;
  // The theme's switch of schemes is a radio button without size; its label is what is seen.
  const seen = e.matches('.md-option') ? e.nextElementSibling : e;
  const style = getComputedStyle(seen), box = seen.getBoundingClientRect();
  const above = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const stuck = e === window.last;
  window.last = e;
  return {
    stuck,
    name: (e.getAttribute('aria-label') || e.textContent || e.name || '').trim().replace(/\\s+/g, ' '),
    tag: e.tagName,
    // A mark of the chart has a ring, drawn with it.
    outlined: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) ||
      (!!e.querySelector('.dt-chart__ring') && getComputedStyle(e.querySelector('.dt-chart__ring')).stroke !== 'none'),
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
    covered: !!above && !!above.closest('.md-header') && !e.closest('.md-header'),
    header: !!e.closest('.md-header'),
  };
}"""


def tab(page: Page, back: bool = False) -> dict[str, Any]:
    page.keyboard.press("Shift+Tab" if back else "Tab")
    here: dict[str, Any] = page.evaluate(HERE)
    if not here["seen"]:
        # Where the machine is busy, the page is scrolled to what has the focus a frame or two later.
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        here = {**page.evaluate(HERE), "stuck": here["stuck"]}
    return here


def reach(page: Page, name: str, most: int = 80) -> dict[str, Any]:
    """Press Tab until the focus is on what has that name."""
    for _ in range(most):
        here = tab(page)
        if here["name"] == name:
            return here
    raise AssertionError(f"{name!r} is not reached within {most} steps")


def walk(page: Page, inside: bool) -> list[tuple[int, dict[str, Any]]]:
    """Take twelve steps there and six back again, from the top or from where the page's own content begins.

    Return those that are not outlined, not on the screen or behind the header, and where the focus is stuck.
    """
    wrong = []
    start = "e => { e.tabIndex = -1; e.focus(); e.removeAttribute('tabindex'); }"
    page.evaluate("document.activeElement.blur()")
    if inside:
        page.locator("article").first.evaluate(start)
    for back, steps in ((False, 12), (True, 6)):
        page.evaluate("window.last = null")
        for step in range(steps):
            here = tab(page, back)
            if here["tag"] in ("BODY", "HTML"):
                break
            if not here["outlined"] or not here["seen"] or here["covered"] or here["stuck"]:
                wrong.append((-step if back else step, here))
    return wrong


def test_the_tabs_and_the_skip_link_lead_to_their_pages_in_their_order(page: Page, served: str) -> None:
    for file in ("index.html", "quotes/index.html", "about/index.html", "issues/taiwan/index.html"):
        page.goto(served + file)
        assert tab(page)["name"] == "Skip to content"
        page.keyboard.press("Enter")
        assert not tab(page)["header"], file
    for width in (1280, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(served)
        names = [" ".join(t.split()) for t in page.locator(".md-tabs__link").all_inner_texts()]
        reach(page, names[0])
        assert [tab(page)["name"] for _ in names[1:]] == names[1:]
    page.goto(served)
    reach(page, "Quotes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/quotes/**", wait_until="commit")


def test_from_the_timeline_to_an_event_to_its_source_and_back(
    page: Page, served: str, built_real: Built
) -> None:
    event = built_real.timeline.events["2021-03-18-alaska"]
    source = built_real.timeline.corpus.sources[event.sources[0]]
    page.goto(f"{served}years/2021/index.html")
    reach(page, event.title)
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/2021-03-18-alaska/**", wait_until="commit")
    page.locator(".dt-quote summary").first.press("Enter")
    link = page.locator(f".dt-quote a[href*='sources/{source.id}/']").first
    name = " ".join(link.inner_text().split())
    page.locator(".dt-quote").first.evaluate("e => { e.tabIndex = -1; e.focus(); }")
    reach(page, name, 200)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/sources/{source.id}/**")
    page.go_back()
    page.wait_for_url("**/events/2021-03-18-alaska/**")
    page.go_back()
    page.wait_for_url("**/years/2021/**", wait_until="commit")


def test_the_scheme_is_switched_and_what_is_folded_opened_from_the_keyboard(page: Page, served: str) -> None:
    page.goto(f"{served}events/2021-03-18-alaska/index.html")
    proof = page.locator("details.dt-about:visible").first
    proof.locator("summary").focus()
    page.keyboard.press("Enter")
    assert proof.get_attribute("open") is not None
    page.keyboard.press("Space")
    assert proof.get_attribute("open") is None
    page.goto(served)
    reach(page, "Switch to the dark scheme")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    assert page.evaluate(HERE)["name"] == "Switch to the light scheme"
    page.goto(f"{served}quotes/index.html")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    reach(page, "Switch to the light scheme")
    page.keyboard.press("Space")
    page.wait_for_selector("body[data-md-color-scheme=default]")


def test_the_scheme_is_the_systems_before_any_other_script_and_follows_it_until_one_is_chosen(
    new_page: NewPage, served: str
) -> None:
    page = new_page(fresh=True, color_scheme="dark")
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(served)
    body = page.locator("body")
    assert body.get_attribute("data-md-color-scheme") == "slate"
    page.emulate_media(color_scheme="light")
    page.wait_for_selector("body[data-md-color-scheme=default]")
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    page.get_by_title("Switch to the light scheme").click()
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert body.get_attribute("data-md-color-scheme") == "default"


def test_the_phone_menu_opens_takes_the_focus_and_leads_into_its_sections(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served)
    reach(page, "Menu")
    button = page.get_by_role("button", name="Menu")
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert page.evaluate(HERE)["name"] == "Close"
    assert page.locator("button.md-header__button[for=__drawer]").get_attribute("aria-expanded") == "true"
    inside = "!!document.activeElement.closest('.md-sidebar--primary, body:focus')"
    for _ in range(20):
        tab(page)
        assert page.evaluate(f"document.activeElement === document.body || {inside}")
    page.keyboard.press("Escape")
    assert page.evaluate(HERE)["name"] == "Menu"
    assert button.get_attribute("aria-expanded") == "false"
    page.set_viewport_size({"width": 390, "height": 844})
    # Elsewhere a section is a link to its first page, which has the menu of it.
    page.goto(f"{served}about/index.html")
    page.get_by_role("button", name="Menu").press("Enter")
    reach(page, "Back from About", 12)
    page.keyboard.press("Enter")
    here = page.evaluate(HERE)
    assert (here["tag"], here["name"]) == ("BUTTON", "About")
    page.keyboard.press("Space")
    reach(page, "Corrections", 12)
    page.keyboard.press("Enter")
    page.wait_for_url("**/about/corrections/**", wait_until="commit")


STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
  e => e.tabIndex >= 0 && !e.disabled && (e.type !== 'radio' || e.checked) && e.checkVisibility({visibilityProperty: true}) && !e.closest('footer, .md-footer'))
  .length"""


@pytest.mark.parametrize(
    "event", ["2021-03-18-alaska", "2024-04-24-blinken-beijing", "2024-05-31-austin-dong-singapore"]
)
def test_the_page_of_an_event_is_tabbed_through_in_sixty_stops(page: Page, served: str, event: str) -> None:
    page.goto(f"{served}events/{event}/index.html")
    page.locator(".dt-cite button").first.wait_for()
    assert page.evaluate(STOPS) <= 60


# Large text, narrow screens

SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth > width;
  const scrolls = e => e && e !== document.body && (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  if (!wide) return [];
  return ["page " + document.documentElement.scrollWidth, ...[...document.querySelectorAll('.md-container *')]
    .filter(e => e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement) && e.checkVisibility({visibilityProperty: true}))
    .slice(0, 4).map(e => e.tagName + '.' + e.className)];
}"""
# WCAG 1.4.12: line 1.5, paragraphs 2, letters 0.12, words 0.16.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
CUT = """() => [...document.querySelectorAll('.md-content *')].filter(e => {
  const style = getComputedStyle(e);
  return /hidden|clip/.test(style.overflowX + style.overflowY) && !e.closest('.dt-hidden, svg, [hidden]') && e.checkVisibility()
    && style.clipPath === 'none' && e.clientWidth > 1 && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2);
}).map(e => e.tagName + '.' + e.className)"""


# Colours


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_are_seen_in_the_readers_own_colours(new_page: NewPage, served: str, scheme: str) -> None:
    """Shapes drawn with a fill of ours would vanish on a ground that is not ours."""
    page = new_page(forced_colors="active", color_scheme=scheme)
    faint = """() => [...document.querySelectorAll('i[class*=dt-ink], .dt-chart__mark, .dt-chart__mark--main, .md-icon svg')]
      .filter(e => e.checkVisibility({visibilityProperty: true}))
      .filter(e => { const s = getComputedStyle(e), ground = getComputedStyle(document.body).backgroundColor;
        return e.matches('svg *, svg') ? (s.fill === ground || s.fill === 'none') && (s.stroke === ground || s.stroke === 'none')
          : s.backgroundColor === ground; })
      .map(e => e.getAttribute('class'))"""
    for file in ("index.html", "people/index.html", "quotes/index.html"):
        page.goto(served + file)
        assert page.locator("i[class*=dt-ink]:visible, .dt-chart__mark:visible").count() > 0, file
        assert page.evaluate(faint) == [], file
