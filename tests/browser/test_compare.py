"""Two events side by side, the matrix of issues and the preparation of a meeting, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from diplomatic_timeline.views import comparison, urls
from helpers.sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import Page


def cells(page: Page) -> list[Any]:
    """Return what each row of the comparison says, and its state."""
    found: list[Any] = page.evaluate(
        """() => [...document.querySelectorAll(".dt-compared tr")].map(row => [row.className,
             ...[...row.cells].map(cell => cell.textContent.replace(/\\s+/g, " ").trim())])"""
    )
    return found


def test_any_two_events_are_compared_from_a_folder_as_on_the_page_of_the_two(
    page: Page, built_real: Built
) -> None:
    first, second = comparison.pairs(built_real.timeline)[-1]
    page.goto((built_real.folder / urls.file(urls.comparison(first, second))).as_uri())
    plain = cells(page)
    # Whichever is named first, the earlier one stands on the left.
    page.goto(f"{(built_real.folder / urls.file(urls.COMPARE)).as_uri()}?a={second}&b={first}")
    page.wait_for_function(
        f"document.querySelector('.dt-compared thead').textContent.includes({plain[0][2][:9]!r})"
    )
    assert cells(page) == plain
    page.locator(".dt-compared tbody td a").first.click()
    page.locator(":target").wait_for()


def test_events_are_chosen_in_the_form_and_what_is_not_there_is_said(page: Page, served: str) -> None:
    page.goto(served + urls.COMPARE)
    options = page.get_by_label("First meeting").locator("option")
    chosen = options.last.get_attribute("value")
    page.get_by_label("First meeting").select_option(chosen)
    page.get_by_role("button", name="Compare the two").click()
    page.wait_for_url(f"**/compare/**?a={chosen}&b=*")
    page.goto(f"{served}{urls.COMPARE}?a=no-such-event&b={chosen}")
    page.get_by_text("Nothing to compare is on record of: no-such-event").wait_for()


def test_only_what_changed_is_left_when_asked_for_without_a_script(
    scriptless: Page, built_real: Built
) -> None:
    pair = comparison.pairs(built_real.timeline)[0]
    scriptless.goto((built_real.folder / urls.file(urls.comparison(*pair))).as_uri())
    rows, changed = scriptless.locator(".dt-compared__row"), scriptless.locator(".dt-compared__row--changed")
    assert rows.locator("visible=true").count() == rows.count() > changed.count()
    scriptless.get_by_label("Only issues on which").check()
    assert rows.locator("visible=true").count() == changed.count() > 0


def test_a_pair_is_chosen_and_those_who_have_not_met_are_led_to_their_sides(page: Page, served: str) -> None:
    page.goto(served + urls.PREPARE)
    page.get_by_label("One side").select_option(label="Antony Blinken")
    page.get_by_label("The other side").select_option(label="Wang Yi")
    page.get_by_role("button", name="Prepare the meeting").click()
    page.wait_for_url(f"**/{urls.preparation('people', 'antony-blinken', 'wang-yi')}**")
    assert page.get_by_role("button", name="Print this sheet").is_visible()
    page.goto(f"{served}{urls.PREPARE}?a=united-states%20antony-blinken&b=china%20dong-jun")
    page.get_by_role("status").get_by_role("link", name="United States – China").click()
    page.wait_for_url(f"**/{urls.preparation('parties', 'united-states', 'china')}**")


@pytest.mark.parametrize("pair", ["antony-blinken--wang-yi", "lloyd-austin--dong-jun"])
def test_a_sheet_takes_two_sides_of_paper_at_most(page: Page, built_real: Built, pair: str) -> None:
    from pypdf import PdfReader

    path = built_real.folder / urls.file(f"{urls.PREPARE}people/{pair}/")
    page.goto(path.as_uri())
    printed = built_real.folder.parent / f"{pair}.pdf"
    page.pdf(path=printed, format="A4", prefer_css_page_size=True)
    assert len(PdfReader(printed).pages) <= 2


def test_on_a_phone_one_event_of_the_matrix_stands_at_a_time_without_a_script(
    new_page: Any, built_real: Built
) -> None:
    phone = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    phone.goto((built_real.folder / urls.file(urls.ISSUES)).as_uri())
    heads = phone.locator(".dt-matrix thead th")
    choices = phone.locator(".dt-matrix").locator("xpath=../..").get_by_role("radio")

    def seen() -> list[int]:
        return [n for n in range(1, heads.count() - 1) if heads.nth(n).is_visible()]

    assert seen() == [choices.count()]
    choices.first.check()
    assert seen() == [1]
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_matrix_of_three_meetings_stands_whole_on_a_tablet(page: Page, built_real: Built) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto((built_real.folder / urls.file(urls.ISSUES)).as_uri())
    matrix = page.locator(".dt-matrix").locator("xpath=..")
    assert matrix.evaluate("e => e.scrollWidth <= e.clientWidth")
