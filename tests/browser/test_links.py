"""Links that last, in a browser: permalinks, citations, old addresses; over http and from a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import rispy
from pybtex.database import parse_string

from diplomatic_timeline.exports import citation_styles, citations
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.views import urls
from helpers.sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from helpers.browser import NewPage

EVENT = urls.event("2024-04-24-blinken-beijing")
TALKS = urls.event("1996-04-02-saltholm")
OLD = urls.event("1996-saltholm-talks")
FORMATS = ["chicago", "bibliography", "apa", "bibtex", "ris", "csl"]


def copied(page: Page, name: str, within: str = "body") -> str:
    page.locator(within).get_by_role("button", name=name).first.click()
    page.locator(within).get_by_text("copied", exact=True).first.wait_for()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.fixture
def clipboard(context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])


# Permalinks


@pytest.mark.usefixtures("clipboard")
def test_a_partys_position_has_a_link_that_leads_to_it(page: Page, served: str) -> None:
    page.goto(served + EVENT)
    address = copied(page, "copy link, position of China", "#i-taiwan")
    assert address == f"{served}{urls.position('2024-04-24-blinken-beijing', 'taiwan', 'china')}"
    page.goto(address)
    target = page.locator(":target")
    assert "meddling over Taiwan" in target.inner_text()
    assert "United States" not in target.inner_text()
    assert target.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


@pytest.mark.usefixtures("clipboard")
def test_an_issue_at_an_event_has_a_link(page: Page, served: str) -> None:
    page.goto(served + EVENT)
    assert copied(page, "copy link, positions on Taiwan") == f"{served}{EVENT}#i-taiwan"


def test_a_copy_buttons_name_says_of_what_and_begins_with_what_is_seen(page: Page, served: str) -> None:
    page.goto(served + EVENT)
    names = page.evaluate(
        """() => [...document.querySelectorAll(".dt-copy button")].map(
             b => [b.textContent, b.getAttribute("aria-label")])"""
    )
    assert len(names) > 20
    assert [name for seen, name in names if not (name.startswith(seen) and len(name) > len(seen))] == []
    assert any("quote by Wang Yi" in name for _, name in names)
    assert any("commitment of US" in name for _, name in names)


@pytest.mark.usefixtures("clipboard")
def test_copying_is_announced_and_leaves_the_focus_where_it_was(page: Page, served: str) -> None:
    page.goto(served + EVENT)
    button = page.get_by_role("button", name="copy link, quote by Wang Yi").first
    button.focus()
    page.keyboard.press("Enter")
    status = button.locator("xpath=following-sibling::*[@role='status']")
    status.get_by_text("copied").wait_for()
    assert button.evaluate("b => b === document.activeElement")


# A page's citation


@pytest.mark.usefixtures("clipboard")
@pytest.mark.parametrize("place", ["http", "file"])
def test_each_format_of_a_pages_citation_is_shown_and_copied(
    page: Page, served: str, built_real: Built, place: str
) -> None:
    event = built_real.timeline.events["2024-04-24-blinken-beijing"]
    imprint = Imprint(built_real.name, built_real.address)
    base = served if place == "http" else f"{built_real.folder.as_uri()}/"
    page.goto(f"{base}{urls.file(EVENT)}")
    for form in citation_styles.forms(citations.of_event(event, imprint)):
        page.locator(f"#cite ~ .dt-cite input[value={form.key}]").check()
        shown = page.locator("#cite ~ .dt-cite .dt-cite__form:visible")
        assert shown.count() == 1
        text = copied(page, f"copy, {form.label}", f"#cite ~ .dt-cite .dt-cite__form--{form.key}")
        assert text == "".join(piece for _, piece in form.pieces)


def test_without_a_script_a_format_can_be_chosen(scriptless: Page, served: str) -> None:
    scriptless.goto(f"{served}{EVENT}#cite")
    shown = scriptless.locator(".dt-cite__form:visible")
    assert shown.count() == 1
    scriptless.get_by_role("radio", name="BibTeX").check()
    assert "@misc{event-2024-04-24-blinken-beijing" in shown.inner_text()
    assert scriptless.get_by_role("button", name="copy").count() == 0


def test_paper_has_the_citation_and_no_buttons(page: Page, served: str) -> None:
    page.goto(served + EVENT)
    page.emulate_media(media="print")
    assert "“Blinken in Beijing,”" in page.locator(".dt-cite__form:visible").inner_text()
    assert page.locator(".dt-cite input:visible, .dt-copy:visible, .dt-links:visible").count() == 0


# A quote's citation


def quoted(page: Page) -> list[dict[str, Any]]:
    """Open the citation of every quote of a page; return what stands there by format."""
    for link in page.locator("a[data-dt-cite]").all():
        link.click()
    found: list[dict[str, Any]] = page.evaluate(
        """() => [...document.querySelectorAll(".dt-quote .dt-cite")].map(cite => Object.fromEntries(
             [...cite.querySelectorAll(".dt-cite__form")].map(form =>
               [form.className.split("--")[1], form.querySelector(".dt-cite__text").textContent])))"""
    )
    return found


@pytest.mark.parametrize("record", ["real", "small"])
def test_every_quotes_citation_is_read_by_other_programs_as_the_record_has_it(
    page: Page, request: pytest.FixtureRequest, record: str
) -> None:
    built: Built = request.getfixturevalue(f"built_{record}")
    base: str = request.getfixturevalue("served" if record == "real" else "served_small")
    seen = 0
    for event in built.timeline.events.values():
        if not event.quotes:
            continue
        page.goto(base + urls.event(event.id))
        for written in quoted(page):
            assert list(written) == FORMATS
            (item,) = json.loads(written["csl"])
            said = built.timeline.quotes[item["id"].removeprefix("q-")]
            speaker = (
                built.timeline.corpus.people.get(said.quote.speaker)
                or (built.timeline.corpus.organizations[said.quote.speaker])
            )
            url = built.address + urls.quote(event.id, said.quote.id)
            (entry,) = parse_string(written["bibtex"], "bibtex").entries.values()
            (row,) = rispy.loads(written["ris"])
            assert (item["title"], row["title"]) == (f"“{said.quote.text}”",) * 2
            assert item["author"] == [{"literal": speaker.name}]
            assert row["authors"] == [speaker.name]
            assert entry.persons["author"][0].last_names == [f"{{{speaker.name}}}"]
            assert item["URL"] == row["urls"][0] == entry.fields["url"] == url
            assert entry.fields["date"] == said.date.text
            (whole,) = parse_string(
                citations.bibtex_entry(citations.of_event(event, Imprint("S"))), "bibtex"
            ).entries.values()
            assert entry.fields["howpublished"].startswith(whole.fields["title"][1:-1])
            assert row.get("year", "") == entry.fields.get("year", "") == f"{said.date.anchor.year:04}"
            source = built.timeline.corpus.sources[said.quote.source]
            assert source.title in item["note"]
            for form in ("chicago", "bibliography"):
                assert written[form].endswith(f"{url}.")
            assert written["apa"].startswith(event.title)
            seen += 1
    assert seen == len(built.timeline.quotes)


@pytest.mark.usefixtures("clipboard")
def test_a_quote_is_cited_where_it_stands(page: Page, served: str) -> None:
    page.goto(served + urls.QUOTES)
    link = page.locator("a[data-dt-cite]").first
    link.focus()
    page.keyboard.press("Enter")
    figure = page.locator(".dt-quote").first
    assert link.get_attribute("aria-expanded") == "true"
    assert copied(page, "copy, Chicago", ".dt-quote .dt-cite__form--chicago").endswith(".")
    figure.get_by_role("radio", name="RIS").check()
    assert copied(page, "copy, RIS", ".dt-quote .dt-cite__form--ris").endswith("ER  - ")
    link.focus()
    page.keyboard.press(" ")
    assert figure.locator(".dt-cite").count() == 0
    assert link.get_attribute("aria-expanded") == "false"
    assert page.url == served + urls.QUOTES


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_an_open_citation_stays_inside_its_quote(
    new_page: NewPage, served: str, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(served + EVENT)
    page.locator("a[data-dt-cite]").first.click()
    for key in FORMATS:
        page.locator(f".dt-quote input[value={key}]").check()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_cite_leads_to_the_citation_of_the_quotes_page(
    scriptless: Page, served: str
) -> None:
    scriptless.goto(served + urls.QUOTES)
    scriptless.locator("a[data-dt-cite]").first.click()
    assert scriptless.url.endswith("#cite")
    assert scriptless.locator("#cite").inner_text().startswith("Cite this page")


# Old addresses


@pytest.mark.parametrize("place", ["http", "file"])
def test_an_old_address_leads_to_the_same_place_on_the_events_new_page(
    page: Page, served_small: str, built_small: Built, place: str
) -> None:
    base = served_small if place == "http" else f"{built_small.folder.as_uri()}/"
    page.goto(f"{base}{urls.file(OLD)}#q-lin-no-ship")
    page.wait_for_url(f"{base}{urls.file(TALKS)}#q-lin-no-ship")
    assert "No ship of any flag" in page.locator(":target").inner_text()


def test_without_a_script_an_old_address_leads_to_the_page(scriptless: Page, served_small: str) -> None:
    scriptless.goto(f"{served_small}{OLD}")
    scriptless.wait_for_url(f"{served_small}{TALKS}**")


def test_back_from_an_old_address_leaves_it(page: Page, served_small: str) -> None:
    page.goto(served_small)
    page.goto(f"{served_small}{OLD}#q-lin-no-ship")
    page.wait_for_url("**/1996-04-02-saltholm/**")
    page.go_back()
    assert page.url == served_small


def test_data_and_briefing_still_stand_at_the_old_address(built_small: Built) -> None:
    folder = built_small.folder
    for old, new in (
        (f"{OLD}event.json", f"{TALKS}event.json"),
        (
            urls.briefing("event", "1996-saltholm-talks"),
            urls.briefing("event", "1996-04-02-saltholm"),
        ),
    ):
        assert (folder / old).read_bytes() == (folder / new).read_bytes()


# What changed


def test_what_changed_stacks_on_a_phone_and_names_each_side(phone_page: Page, served: str) -> None:
    phone_page.goto(f"{served}{urls.issue('state-of-relations')}#changed")
    phone_page.get_by_text("one event beside the other").first.click()
    later, earlier = phone_page.locator(".dt-step").first.locator(".dt-step__side").all()
    first, second = later.bounding_box(), earlier.bounding_box()
    assert first is not None
    assert second is not None
    assert second["y"] >= first["y"] + first["height"]
    assert "earlier" in earlier.inner_text()
    assert "later" in later.inner_text()
    assert earlier.locator("svg").count() == later.locator("svg").count() == 1
