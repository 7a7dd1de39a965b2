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
from helpers.hostile import TEXTS
from helpers.records import make_event
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


@pytest.mark.parametrize("anchor", ["i-taiwan", "i-taiwan--china"])
def test_an_issue_at_an_event_and_a_partys_position_have_addresses(
    page: Page, served: str, anchor: str
) -> None:
    page.goto(f"{served}{EVENT}#{anchor}")
    target = page.locator(":target")
    assert "meddling over Taiwan" in target.inner_text()
    assert ("United States" in target.inner_text()) is (anchor == "i-taiwan")
    assert target.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_no_two_buttons_are_named_alike_and_a_quotation_by_its_speaker_and_date(
    page: Page, served: str
) -> None:
    page.goto(served + EVENT)
    for about in page.locator("details.dt-about").all():
        about.evaluate("e => { e.open = true; }")
    page.locator(".dt-quote .dt-cite").first.wait_for()
    names = page.locator(".dt-copy button[aria-label^='copy link']").evaluate_all(
        "all => all.map(b => b.getAttribute('aria-label'))"
    )
    assert len(names) == len(set(names)) > 10
    assert all("“" in name for name in names)
    page.goto(served + urls.event("2021-03-18-alaska"))
    assert page.get_by_role("figure", name="Zhao Lijian, 18 March 2021", exact=True).count() == 1


@pytest.mark.usefixtures("clipboard")
def test_copying_is_announced_and_takes_the_source_along(page: Page, served: str, built_real: Built) -> None:
    page.goto(served + EVENT)
    page.locator(".dt-quote summary").first.click()
    button = page.locator(".dt-quote").first.get_by_role("button", name="copy link")
    button.focus()
    page.keyboard.press("Enter")
    status = button.locator("xpath=following-sibling::*[@role='status']")
    status.get_by_text("copied").wait_for()
    assert button.evaluate("b => b === document.activeElement")
    page.goto(served + EVENT)
    figure = page.locator("#q-wang-yi-red-lines, .dt-quote").first
    figure.locator("summary").click()
    figure.get_by_role("button", name="copy with source").click()
    figure.get_by_text("copied", exact=True).wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    said = built_real.timeline.quotes[str(figure.get_attribute("id")).removeprefix("q-")]
    assert f"“{said.quote.text}”" in text
    assert text.endswith(f"{built_real.address}{urls.quote(said.event.id, said.quote.id)}")


# What stands beside the words

APPARATUS = """() => [...document.querySelectorAll(
  ".md-content :is(a.dt-about, .dt-about > summary, .dt-copy button, [data-dt-permalink], [rel=external], "
  + ".dt-ways a, .dt-cite :is(button, input, a))"
)].filter(e => e.checkVisibility({ visibilityProperty: true })).length"""


@pytest.mark.parametrize(("path", "most"), [(urls.event("2021-03-18-alaska"), 35), (urls.QUOTES, 40)])
def test_the_apparatus_is_not_louder_than_the_words(page: Page, served: str, path: str, most: int) -> None:
    page.goto(served + path)
    quotes = page.locator(".dt-quote").count()
    assert quotes <= page.evaluate(APPARATUS) <= most
    assert page.locator(".dt-quote :is(a.dt-about, .dt-about > summary):visible").count() == quotes


def test_what_is_late_is_told_by_the_readers_clock(fresh_page: Page, served: str) -> None:
    for path in (urls.COMMITMENTS, urls.event("2024-05-31-austin-dong-singapore")):
        for day, said in {
            "2024-12-31T12:00:00": "",
            "2025-01-01T00:30:00": " (due date passed 1 day ago)",
            "2025-02-27T12:00:00": " (due date passed 1 month ago)",
            "2026-11-15T12:00:00": " (due date passed 1 year 10 months ago)",
        }.items():
            fresh_page.clock.set_fixed_time(day)
            fresh_page.goto(served + path)
            due = fresh_page.locator("[data-dt-due='2024-12-31']").first
            assert due.inner_text() == f"due by the end of 2024 (“by the end of the year”){said}"


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
        if not page.locator("#cite .dt-cite input").count():
            page.get_by_role("button", name="Other formats").click()
        page.locator(f"#cite .dt-cite input[value={form.key}]").check()
        shown = page.locator("#cite .dt-cite .dt-cite__form:visible")
        assert shown.count() == 1
        text = copied(page, f"copy, {form.label}", f"#cite .dt-cite .dt-cite__form--{form.key}")
        assert text == "".join(piece for _, piece in form.pieces)


def test_without_a_script_a_page_is_cited_and_a_quote_has_its_proof(scriptless: Page, served: str) -> None:
    scriptless.goto(f"{served}{EVENT}#cite")
    assert "“Blinken in Beijing,”" in scriptless.locator(".dt-cite__form:visible").inner_text()
    assert scriptless.get_by_role("button", name="copy").count() == 0
    scriptless.goto(served + urls.QUOTES)
    scriptless.locator(".dt-quote h3 a").first.click()
    figure = scriptless.locator(".dt-quote:target")
    figure.locator("summary").click()
    assert figure.get_by_role("link", name="Link", exact=True).is_visible()
    assert "Word for word in" in figure.inner_text()
    scriptless.goto(served + urls.event("2024-05-31-austin-dong-singapore"))
    row = scriptless.locator("tr:has([data-dt-due='2024-12-31'])")
    assert "passed" not in row.inner_text()
    assert "last checked" in row.inner_text()


def test_paper_has_the_citation_and_no_buttons(page: Page, served: str) -> None:
    page.goto(served + EVENT)
    page.emulate_media(media="print")
    assert "“Blinken in Beijing,”" in page.locator(".dt-cite__form:visible").inner_text()
    pressed = ".dt-cite input, .dt-copy, .dt-about:not(.dt-basis), .dt-about > summary"
    assert page.locator(pressed).locator("visible=true").count() == 0
    # What the date is known from is printed without its button.
    assert page.locator(".dt-basis p").is_visible()


# A quote's citation


def quoted(page: Page) -> list[dict[str, Any]]:
    """Open the citation of every quote of a page; return what stands there by format."""
    page.locator(".dt-quote details.dt-about").evaluate_all("all => all.forEach(e => { e.open = true; })")
    page.wait_for_function("() => !document.querySelector('.dt-quote:not(:has(.dt-cite))')")
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


def test_a_script_writes_bibtex_as_the_files_have_it(page: Page, served_small: str) -> None:
    page.goto(served_small + TALKS)
    hostile = " ¦ ".join(TEXTS)
    page.locator(".dt-quote figcaption b").first.evaluate("(b, text) => { b.textContent = text; }", hostile)
    (entry,) = parse_string(quoted(page)[0]["bibtex"], "bibtex").entries.values()
    (named,) = entry.persons["author"]
    whole = citations.of_event(make_event(title=hostile), Imprint("S"))
    (expected,) = parse_string(citations.bibtex_entry(whole), "bibtex").entries.values()
    assert named.last_names == [expected.fields["title"]]


@pytest.mark.usefixtures("clipboard")
def test_a_quote_is_cited_where_it_stands(page: Page, served: str) -> None:
    page.goto(served + urls.QUOTES)
    figure = page.locator(".dt-quote").first
    figure.locator(".dt-about").focus()
    page.keyboard.press("Enter")
    control = figure.locator("summary")
    control.wait_for()
    words, citation = (figure.locator(part).bounding_box() for part in ("blockquote", ".dt-cite"))
    assert words
    assert citation
    assert citation["width"] >= words["width"]
    assert copied(page, "copy, Chicago", ".dt-quote .dt-cite__form--chicago").endswith(".")
    figure.get_by_role("radio", name="RIS").check()
    assert copied(page, "copy, RIS", ".dt-quote .dt-cite__form--ris").endswith("ER  - ")
    page.keyboard.press("Escape")
    assert not figure.locator(".dt-cite").is_visible()
    assert control.evaluate("e => e === document.activeElement")
    assert page.url == served + urls.QUOTES


@pytest.mark.parametrize("place", ["http", "file"])
def test_a_quote_on_another_page_has_the_citation_of_its_events_page(
    page: Page, served: str, built_real: Built, place: str
) -> None:
    base = served if place == "http" else f"{built_real.folder.as_uri()}/"
    page.goto(f"{base}{urls.file(urls.issue('taiwan'))}")
    link = page.locator(".dt-quote[id] a.dt-about").first
    event, _, id = str(link.get_attribute("href")).partition("#")
    figure = page.locator(f"[id='{id}']")
    link.click()
    if place == "file":  # Where pages cannot be read, the quote is shown on its own.
        page.wait_for_url(f"**/index.html?cite#{id}")
        figure = page.locator(":target")
    made = figure.locator(".dt-cite__form--csl .dt-cite__text")
    made.wait_for(state="attached")
    (here,) = json.loads(str(made.text_content()))
    assert (
        here["URL"] == f"{built_real.address}{event.removeprefix('../../').removesuffix('index.html')}#{id}"
    )
    for link in figure.locator("details a:not([rel])").all():
        assert link.evaluate("a => new URL(a.href).pathname.split('/').at(-1)") == "index.html"
        assert page.request.get(link.evaluate("a => a.href")).ok if place == "http" else True
    page.goto(f"{base}{urls.file(event.removeprefix('../../').removesuffix('index.html'))}#{id}")
    page.locator(":target summary").click()
    there = page.locator(":target .dt-cite__form--csl .dt-cite__text")
    there.wait_for(state="attached")
    assert json.loads(str(there.text_content())) == [here]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_an_open_citation_stays_inside_its_quote(
    new_page: NewPage, served: str, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(served + EVENT)
    page.locator(".dt-quote summary").first.click()
    for key in FORMATS:
        page.locator(f".dt-quote input[value={key}]").check()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


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


def test_an_old_address_is_left_by_going_back_and_has_its_data(
    page: Page, served_small: str, built_small: Built
) -> None:
    page.goto(served_small)
    page.goto(f"{served_small}{OLD}#q-lin-no-ship")
    page.wait_for_url("**/1996-04-02-saltholm/**")
    page.go_back()
    assert page.url == served_small
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
    assert earlier.locator("i[class*=dt-ink]").count() == later.locator("i[class*=dt-ink]").count() == 1
