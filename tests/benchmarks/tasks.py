"""What readers come for, done in a browser: how many clicks and keys each takes, and on which screen it ends.

`make audit` prints them with their bounds. Typing words counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from playwright.sync_api import Locator, Page, sync_playwright

SIZE = (1440, 900)


class Reader:
    """Somebody who begins on the first page; `steps` are the clicks and keys so far."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.steps = page, 0
        page.goto(f"{base}index.html")

    def click(self, selector: str) -> None:
        """Click on the first that is seen of what a selector finds."""
        self.steps += 1
        self.page.locator(selector).locator("visible=true").first.click()

    def press(self, key: str) -> None:
        self.steps += 1
        self.page.keyboard.press(key)

    def find(self, selector: str, least: int = 1) -> Locator:
        """Return what answers, once there are so many of it."""
        found = self.page.locator(selector)
        found.nth(least - 1).wait_for(state="attached")
        return found.nth(least - 1)


def taiwan(reader: Reader) -> Locator:
    reader.click(".dt-standing__issue a:text-is('Taiwan')")
    reader.find(".dt-newest .dt-stand", 2)
    return reader.find("#changed ~ * .dt-grid__stand")


def red_lines(reader: Reader) -> Locator:
    reader.press("/")
    reader.page.keyboard.type("wang yi red lines")
    reader.find("a.dt-found--quote")
    reader.press("Enter")
    reader.page.wait_for_url("**#q-*")
    reader.click(".dt-quote:target .dt-about > summary")
    reader.click(".dt-quote:target .dt-cite button")
    return reader.find(".dt-quote:target :text('copied')")


def kept(reader: Reader) -> Locator:
    reader.click(".md-tabs a:text-is('Promises')")
    return reader.find(".dt-strip__line .dt-status--fulfilled")


def two_meetings(reader: Reader) -> Locator:
    reader.click(".md-tabs a:text-is('Issues')")
    reader.click(".dt-matrix__compare")
    reader.page.wait_for_url("**/compare/2021-03-18-alaska--2024-04-24-blinken-beijing/**")
    return reader.find(".dt-compared__row .dt-position", 2)


def one_page(reader: Reader) -> Locator:
    reader.click(".dt-latest__title a")
    reader.page.wait_for_url("**/events/**")
    reader.steps += 1  # what opens is a PDF, which this browser only loads
    return reader.find(".dt-sheet a[href*='one-page/'][href$='.pdf']")


def prepared(reader: Reader) -> Locator:
    reader.page.add_init_script("window.print = () => document.body.setAttribute('data-printed', '')")
    reader.click("a:text-is('Prepare a meeting')")
    reader.click("[data-dt-pair='antony-blinken--wang-yi']")
    reader.click("[data-dt-print]")
    return reader.find("[data-printed] h1")


def human_rights(reader: Reader) -> Locator:
    reader.click(".md-tabs a:text-is('Issues')")
    reader.click(".dt-matrix__issue a:text-is('Human rights')")
    return reader.find(".dt-ledger:has(time[datetime^='2021'])", 4)


def in_the_source(reader: Reader) -> Locator:
    reader.click(".md-tabs a:text-is('Quotes')")
    reader.click(".dt-about")
    return reader.find(".dt-about[open] a[href*=':~:text=']")


def spoken(reader: Reader) -> Locator:
    reader.click(".md-tabs a:text-is('People')")
    reader.click(".dt-people a:text-is('Wang Yi')")
    return reader.find(".dt-group__issue ~ .dt-quote")


def table(reader: Reader) -> Locator:
    reader.click(".md-tabs a:text-is('Data')")
    reader.steps += 1  # a file to keep
    return reader.find("a[href$='quotes.csv']")


class Task(NamedTuple):
    """A question, how its answer is found, and in how many steps and screens at most."""

    name: str
    do: Callable[[Reader], Locator]
    steps: int
    screens: int


TASKS = (
    Task("What each side said on Taiwan, and what changed", taiwan, 1, 1),
    Task("Wang Yi's red lines with a citation, copied", red_lines, 5, 1),
    Task("Which promises are kept", kept, 1, 1),
    Task("Anchorage against Beijing", two_meetings, 2, 1),
    Task("One page on Austin and Dong, to print", one_page, 2, 1),
    Task("Blinken and Wang prepared, to the print dialog", prepared, 3, 1),
    Task("Human rights in 2021: four events or more", human_rights, 3, 5),
    Task("A quotation seen in its source", in_the_source, 2, 1),
    Task("What Wang Yi said, by issue", spoken, 2, 1),
    Task("All quotations as a table", table, 2, 2),
)


def done(base: str, chromium: str) -> Iterator[tuple[Task, int, int]]:
    """Yield each task with the steps that it took, and the screen of the last page on which it ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for task in TASKS:
            context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            reader = Reader(context.new_page(), base)
            box = task.do(reader).bounding_box() or {"y": 0.0, "height": 0.0}
            # An address with an anchor opens where that is.
            scrolled = 0.0 if "#" in reader.page.url else float(reader.page.evaluate("scrollY"))
            yield task, reader.steps, int((scrolled + box["y"] + box["height"]) // SIZE[1]) + 1
            context.close()
        browser.close()
