"""What the tests of lists and their filters share: what a page shows, counts and offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def shown(page: Page) -> int:
    return page.locator("[data-dt-item]:visible").count()


def count(page: Page) -> str:
    """What the count says, once it does: a page starts its filters after all else."""
    found = page.locator(".dt-filters__count")
    found.wait_for()
    return found.inner_text()


def says(page: Page, words: str) -> None:
    """Wait until the count says so."""
    from playwright.sync_api import expect

    expect(page.locator(".dt-filters__count")).to_have_text(words)


def choose(page: Page, key: str, value: str) -> None:
    facet = page.locator(f"[data-dt-facet={key}]")
    if facet.get_attribute("open") is None:
        facet.locator("summary").click()
    facet.locator(f"input[value='{value}']").click()


def choices(page: Page, key: str) -> dict[str, int]:
    """Return the number beside each choice of a facet."""
    found: dict[str, int] = page.evaluate(
        """key => Object.fromEntries([...document.querySelectorAll(`[data-dt-facet=${key}] label`)].map(
             l => [l.querySelector("input").value, +l.querySelector(".dt-choice__count").textContent]))""",
        key,
    )
    return found
