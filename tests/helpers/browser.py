"""What the browser tests share: a Chromium, the built sites served from this machine, a fresh page.

Without a browser every test that asks for one is skipped, loudly (see `pytest_terminal_summary` in conftest).
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, WebError

    from helpers.shared import Share
    from helpers.sites import Built

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None
)
PATIENCE = 60_000
"""Milliseconds that a test waits for what it expects, where the machine does much else."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def _missing() -> str:
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return "" if CHROMIUM else "there is no chromium"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # Five, the default, are fewer than a browser opens at once.


@contextlib.contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a folder from this machine, at any free port if none is given; the address ends in a slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with _Server(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def settled(page: Page, address: str) -> None:
    """Open a page and wait until it has done what it does by itself: fonts read, scripts begun when idle.

    Playwright's `networkidle` is not waited for: it never comes where one answer is lost on a busy machine.
    """
    page.goto(address)
    page.evaluate(
        """async () => {
          await document.fonts.ready;
          for (let turn = 0; turn < 3; turn++) {
            await new Promise(done => setTimeout(() => requestIdleCallback(done, {timeout: 2000}), 300));
          }
        }"""
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    missing = _missing()
    if missing:
        pytest.skip(f"NO BROWSER TESTS: {missing}")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    # A machine that cannot start a browser (a bare chroot, say) says nothing about the site.
    with contextlib.ExitStack() as stack:
        try:
            playwright = stack.enter_context(sync_playwright())
            found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        except Exception as error:
            pytest.skip(f"NO BROWSER TESTS: chromium does not start: {str(error).splitlines()[0]}")
        yield found
        found.close()


@pytest.fixture(scope="session")
def served(built_real: Built) -> Iterator[str]:
    """The address of the real site, served from this machine."""
    with serving(built_real.folder) as address:
        yield address


@pytest.fixture(scope="session")
def served_small(built_small: Built) -> Iterator[str]:
    """The address of the small record's site, served from this machine."""
    with serving(built_small.folder) as address:
        yield address


class NewPage(Protocol):
    """Opens a page in a browser of its own, with options that Playwright has for it.

    Where no option asks for another kind of browser, it is one that a test before has left as it was.
    What cannot be taken back, such as another clock, a test does to a `fresh` one.
    """

    def __call__(self, *, fresh: bool = False, **options: Any) -> Page: ...


WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SCRIPTLESS = {"java_script_enabled": False}


@dataclass
class Kept:
    """Pages that wait for the next test, by the options that they were opened with, and what went wrong."""

    pages: dict[str, Page] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def open(self, browser: Browser, options: dict[str, Any]) -> Page:
        def asked(request: Request) -> None:
            if not re.match(r"http://127\.0\.0\.1[:/]|file:|data:|blob:", request.url):
                self.wrong.append(request.url)

        def failed(error: WebError) -> None:
            # The theme's instant navigation runs data for scripts as if they were scripts.
            if "replaceWith" not in str(error.error):
                self.wrong.append(str(error.error))

        # What a test does in a page, no policy would allow; `test_hosting.py` is about the policy.
        context = browser.new_context(**{"viewport": WIDE, "bypass_csp": True, **options})
        context.set_default_timeout(PATIENCE)
        context.on("weberror", failed)
        context.on("request", asked)
        return context.new_page()

    def keep(self, page: Page, options: dict[str, Any]) -> None:
        """Take back what a test did to a page, for the next one; else close it."""
        from playwright.sync_api import Error

        try:
            for other in page.context.pages[1:]:
                other.close()
            page.unroute_all()
            page.context.clear_permissions()
            page.evaluate("try { localStorage.clear(); sessionStorage.clear(); } catch {}")
            page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
            page.mouse.move(0, 0)
            page.set_viewport_size(options.get("viewport", WIDE))
            page.goto("about:blank")
            self.pages[repr(options)] = page
        except Error:
            page.context.close()


@pytest.fixture(scope="session")
def kept(browser: Browser) -> Kept:
    return Kept()


@pytest.fixture
def new_page(browser: Browser, kept: Kept) -> Iterator[NewPage]:
    """Whatever a test does on a page: no script fails, and no other host is asked for anything."""
    used: list[tuple[Page, dict[str, Any] | None]] = []

    def opened(*, fresh: bool = False, **options: Any) -> Page:
        usual = not fresh and options in ({}, PHONE, SCRIPTLESS)
        page = kept.pages.pop(repr(options), None) if usual else None
        page = page or kept.open(browser, options)
        used.append((page, options if usual else None))
        return page

    yield opened
    for page, options in used:
        if options is None:
            page.context.close()
        else:
            kept.keep(page, options)
    wrong = kept.wrong.copy()
    kept.wrong.clear()
    assert wrong == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture
def fresh_page(new_page: NewPage) -> Page:
    """A page to which a test does what cannot be taken back."""
    return new_page(fresh=True)


@pytest.fixture
def context(page: Page) -> BrowserContext:
    return page.context


@pytest.fixture
def phone_page(new_page: NewPage) -> Page:
    return new_page(**PHONE)


@pytest.fixture
def scriptless(new_page: NewPage) -> Page:
    """A page in a browser that runs no scripts."""
    return new_page(**SCRIPTLESS)


LONG_CONFIGURATION = """\
INHERIT: {inherited}
site_name: A long record
site_url: https://example.org/long/
plugins:
  - timeline:
      events: events
      briefings: false
nav:
  - Timeline: index.md
  - Issues: issues/index.md
  - People: people/index.md
  - Quotes: quotes/index.md
  - Commitments: commitments/index.md
  - Sources: sources/index.md
  - About:
      - about/index.md
      - Proof: about/proof.md
"""
LONG_PAGES = {
    "index.md": "# A long record\n\n{{ overview_chart() }}\n\n{{ timeline(filters=true) }}\n",
    "about/index.md": "# About\n\n{{ timeline(party='norland') }}\n",
    "about/proof.md": "# Proof\n",
}


@pytest.fixture(scope="session")
def built_long(share: Share) -> Built:
    """The site of a record that is longer than its pages: 100 events from a seed."""
    from benchmarks.record import write_record
    from helpers.records import timeline_of
    from helpers.sites import Built, built_in, write_project

    def make(folder: Path) -> None:
        write_record(folder / "events", 100, pins=True)
        built_in(write_project(folder / "project", folder / "events", LONG_PAGES, LONG_CONFIGURATION))

    project = share("long", make) / "project"
    timeline = timeline_of(project / "events")
    return Built(project / "site", "A long record", "https://example.org/long/", timeline)


@pytest.fixture(scope="session")
def served_long(built_long: Built) -> Iterator[str]:
    """The address of the long record's site, served from this machine."""
    with serving(built_long.folder) as address:
        yield address
