# ruff: noqa: E501 (the small programs that run in the page)
"""Every kind of page on every machine: on paper, without scripts, and light."""

from __future__ import annotations

import gzip
import io
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from diplomatic_timeline.views import urls
from helpers.browser import PHONE, NewPage, serving, settled
from helpers.html import attribute, words
from helpers.page_kinds import page_kinds
from helpers.sites import CONFIGURATION, Built, mkdocs, write_project

if TYPE_CHECKING:
    from playwright.sync_api import Page

OWN = 30_000
"""Bytes of our own styles and scripts that a page may load, compressed; 1,000 are of what runs before it is drawn.
The theme's palette, 2,000 bytes, is not loaded beside them."""
HOME = 300_000
"""Bytes that a first visit to the real record's home page may take, compressed."""
TEXT = (".html", ".css", ".js", ".svg", ".json", ".xml")
THEME = re.compile(r"(main|bundle)\.\w+\.min\.(css|js)$")


def compressed(path: Path) -> int:
    body = path.read_bytes()
    return len(gzip.compress(body, 9, mtime=0)) if path.suffix in TEXT else len(body)


def test_the_page_for_lost_addresses_is_dressed_from_a_folder_too(page: Page, built_real: Built) -> None:
    page.goto((built_real.folder / "404.html").as_uri())
    page.wait_for_function("getComputedStyle(document.body).getPropertyValue('--dt-paper') !== ''")
    page.get_by_role("main").get_by_role("link", name="Quotes", exact=True).click()
    page.wait_for_url("**/quotes/index.html", wait_until="commit")


# Weight


def test_our_own_styles_and_scripts_stay_small_on_every_kind_of_page(built: Built) -> None:
    heavy = {}
    for kind, file in page_kinds(built).items():
        page = built.pages[file]
        root = "/" + built.address.split("/", 3)[3]
        loaded = {
            (address.removeprefix(root) if file == "404.html" else page.target(address))
            for element in page.named("link", "script")
            if attribute(element, "rel") == "stylesheet" or element.name == "script"
            if (address := attribute(element, "href") or attribute(element, "src"))
        }
        own = {f: compressed(built.folder / f) for f in loaded if not THEME.search(f)}
        assert own, kind
        if sum(own.values()) >= OWN:
            heavy[kind] = own
    assert heavy == {}


def test_a_first_visit_and_the_page_of_an_event_with_many_quotes_are_light(
    fresh_page: Page, built_real: Built, served: str
) -> None:
    asked: list[str] = []
    fresh_page.on("request", lambda request: asked.append(request.url))
    settled(fresh_page, served)
    files = {u.removeprefix(served).partition("?")[0] or "index.html" for u in asked if u.startswith(served)}
    weights = {f: compressed(built_real.folder / f) for f in files}
    assert any(f.endswith(".woff2") for f in weights)
    assert sum(weights.values()) < HOME, weights
    assert len(built_real.page(urls.event("2021-03-18-alaska")).source.encode()) <= 47_000
    # A context event has at most 22 KB, but for the few that have as much to say as main ones.
    context = [id for id, e in built_real.timeline.events.items() if e.prominence == "context"]
    heavy = [id for id in context if len(built_real.page(urls.event(id)).source.encode()) > 22_528]
    assert len(heavy) <= 6, heavy


# Paper

FURNITURE = ("Skip to content", "Edit this page", "copy link", "Made with", "Type to start")


def test_every_kind_of_page_prints_as_a_clean_document(
    page: Page, built_small: Built, served_small: str
) -> None:
    wrong = {}
    # The width of the text on A4.
    page.set_viewport_size({"width": 672, "height": 900})
    page.emulate_media(media="print")
    for kind, file in page_kinds(built_small).items():
        if file in ("404.html", "develop/gallery/index.html"):
            continue
        page.goto(served_small + file)
        over = page.evaluate(
            """() => [...document.querySelectorAll('.md-content *')].filter(e => e.checkVisibility()
              && !e.closest('.dt-hidden, svg') && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className)"""
        )
        title = words(page.locator("h1").first.inner_text())
        printed = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        sheets = [words(sheet.extract_text()) for sheet in printed.pages]
        found = [w for w in FURNITURE if any(w in s for s in sheets)]
        if title.replace(" ", "") not in sheets[0].replace(" ", ""):
            found.append(f"no title {title!r}")
        address = page.locator("link[rel=canonical]").get_attribute("href") or "no address"
        if address not in sheets[-1].replace(" ", ""):
            found.append(address)
        if not all(sheets):
            found.append("a blank sheet")
        if over or found:
            wrong[kind] = (over[:3], found)
    assert wrong == {}


def printed(page: Page, height: int = 297) -> list[str]:
    """Return the text of each sheet, without white space; a sheet is so many millimetres high."""
    pdf = page.pdf(width="210mm", height=f"{height}mm")
    return ["".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf)).pages]


def test_no_sheet_has_the_foot_alone_wherever_the_one_before_ends(
    page: Page, built_small: Built, served_small: str
) -> None:
    counts = set()
    for file in (urls.event("1996-04-02-saltholm"), urls.PREPARE):
        page.goto(f"{served_small}{file}index.html")
        address = page.locator("link[rel=canonical]").get_attribute("href") or "no address"
        for height in range(150, 210, 3):
            sheets = printed(page, height)
            counts.add(len(sheets))
            assert not sheets[-1].startswith(address), (file, height)
    assert len(counts) > 1


def test_what_is_long_begins_where_there_is_room(page: Page, served_small: str) -> None:
    page.goto(f"{served_small}{urls.issue('fisheries')}index.html")
    page.locator(".dt-grid td").last.evaluate("e => e.append('long '.repeat(3000))")
    assert "longlong" in printed(page)[0]
    page.goto(f"{served_small}{urls.event('1996-04-02-saltholm')}index.html")
    page.locator(".dt-issue .dt-quote").first.evaluate(
        "e => { for (let n = 0; n < 40; n++) e.after(e.cloneNode(true)) }"
    )
    first, second, *_ = printed(page)
    words = "".join(page.locator(".dt-issue .dt-quote q, .dt-issue blockquote").first.inner_text().split())
    assert words in first
    assert words in second


def test_paper_has_what_a_screen_folds_or_counts(
    page: Page, new_page: NewPage, built_real: Built, served: str, served_long: str
) -> None:
    event = built_real.timeline.events["2024-04-24-blinken-beijing"]
    names = [built_real.timeline.corpus.issues[at.issue].name for at in event.issues]
    assert len(names) > 6
    page.goto(f"{served}{urls.year(2024)}index.html")
    text = "".join(printed(page))
    assert "·".join(names).replace(" ", "") in text
    assert f"{len(names) - 6}more" not in text
    # What a script would open, too.
    scriptless = new_page(java_script_enabled=False)
    scriptless.goto(f"{served}{urls.event(event.id)}index.html")
    text = "".join(printed(scriptless))
    titles = [built_real.timeline.corpus.sources[id].title for id in event.sources]
    assert [t for t in titles if "".join(t.split()) not in text] == []
    # A part of a list says so: of the whole one, and of what filters leave.
    page.goto(f"{served_long}{urls.QUOTES}index.html")
    (ends,) = re.findall(r"1to(\d+)of([\d,]+)http", "".join(printed(page)))
    assert int(ends[0]) < int(ends[1].replace(",", ""))
    page.goto(f"{served_long}{urls.QUOTES}index.html?text=the")
    page.locator(".dt-more .dt-button").wait_for()
    text = "".join(printed(page))
    assert re.search(r"40of\d+shown\.", text)
    assert not re.search(r"Show\d+more|1to\d+of", text)


# Without scripts


def test_without_scripts_a_phone_has_the_navigation_on_every_kind_of_page(
    new_page: NewPage, built_small: Built, served_small: str
) -> None:
    page = new_page(**PHONE, java_script_enabled=False)
    for kind, file in page_kinds(built_small).items():
        if kind != "404.html":
            page.goto(served_small + file)
            assert page.locator(".md-tabs__link", has_text="Quotes").is_visible(), kind


# Instant navigation

INSTANT = """\
theme:
  name: material
  font: false
  features: [navigation.instant, navigation.tabs, navigation.tabs.sticky, content.code.copy]
"""


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small record's site with the theme's instant navigation, at the address that it says it has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configuration = CONFIGURATION.replace("https://example.org/sound/", f"http://127.0.0.1:{port}/") + INSTANT
    project = write_project(tmp_path_factory.mktemp("instant") / "project", configuration=configuration)
    mkdocs("build", folder=project)
    # The theme changes pages in place only to those that the sitemap names as the links do; ours leaves the file
    # name out, so that it would load every page anew.
    sitemap = project / "site" / "sitemap.xml"
    named = sitemap.read_text(encoding="utf-8").replace("/</loc>", "/index.html</loc>")
    sitemap.write_text(named, encoding="utf-8")
    with serving(project / "site", port) as address:
        yield address


def test_scripts_start_again_after_a_page_change_and_once_only(page: Page, instant: str) -> None:
    page.goto(f"{instant}quotes/index.html")
    page.evaluate("window.mark = 1")
    for tab, kind, item in (
        ("Commitments", "commitments", ".dt-commitment"),
        ("Quotes", "quotes", ".dt-quote"),
    ) * 2:
        page.locator(".md-tabs__link", has_text=tab).click()
        page.wait_for_url(f"**/{kind}/**", wait_until="commit")
        page.locator(f".md-content {item}").first.wait_for()
        page.locator("form[data-dt-filters]:not([hidden])").wait_for()
        if kind == "quotes":
            page.locator(f"{item} a.dt-about").first.click()
            page.locator(f"{item} .dt-cite").wait_for()
            assert page.locator(f"{item} .dt-copy").count() == 8
    assert page.evaluate("window.mark") == 1, "the pages were loaded anew: this tests nothing"
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".dt-menu-close").count() == 1
    page.get_by_role("button", name="Menu").click()
    assert page.evaluate("document.activeElement.textContent") == "Close"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Menu"
