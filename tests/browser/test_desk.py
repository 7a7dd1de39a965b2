"""The page on which the record is edited, used by somebody who does not know YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import ndiff
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diplomatic_timeline.record.loader import read_folder
from helpers.browser import PHONE, NewPage
from helpers.desk import desk

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SALTHOLM = "1996/1996-04-02-saltholm.yml"
REPORT = """The three sides met again in Lima.

"We pay for our own pilots and for no others," Ada Thorn said. She was the first to speak.

Bo Lindqvist said that the dues were a matter of custom, and that custom was on his side.

"Nobody asked the herring what they think of it," Lin Hai said.

Whether there will be another meeting was not known in the evening.
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "copies").mkdir()
    with desk(folder, "--copies", "copies") as address:
        yield folder / "events", address


def opened(page: Page, address: str, event: str) -> None:
    page.goto(address)
    page.get_by_label("Event", exact=True).select_option(event)
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("button", name="Show what changes").wait_for()


def choose(page: Page, words: str) -> None:
    """Select words in the source's text, as the mouse or Shift with the arrows would."""
    page.get_by_label("Select the words of a quotation").evaluate(
        """(text, words) => {
          const at = text.value.indexOf(words);
          text.focus();
          text.setSelectionRange(at, at + words.length);
        }""",
        words,
    )


def last_quote(page: Page) -> Locator:
    return page.locator(".desk-row--quotes").last


def save(page: Page) -> None:
    page.get_by_role("dialog", name="What changes").get_by_role("button", name=re.compile("^Save")).click()


def test_a_whole_event_is_added_with_its_source_and_three_quotations(
    served: tuple[Path, str], page: Page
) -> None:
    from playwright.sync_api import expect

    events, address = served
    page.goto(address)
    page.get_by_text("New …").click()
    page.get_by_role("button", name="Source", exact=True).first.click()
    dialog = page.get_by_role("dialog", name="Add: Source")
    for field, text in {"Title": "Again in Lima", "Publisher": "The Wire", "Published": "2024-11-17"}.items():
        dialog.get_by_label(field).fill(text)
    dialog.get_by_label("Kind").select_option("press")
    dialog.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("dialog", name="What changes")).to_contain_text("+  title: Again in Lima")
    save(page)

    expect(page.get_by_label("Text of")).to_have_value("the-wire-2024-11-17-again-in-lima")
    page.get_by_label("Or the text itself").fill(REPORT)
    page.get_by_role("button", name="Use this text").click()
    page.get_by_role("button", name="Pin this text").click()
    expect(page.get_by_text("Pinned; it proves 0 quotes.")).to_be_visible()

    page.get_by_text("New …").click()
    page.get_by_role("button", name="Event", exact=True).click()
    page.get_by_label("Title").fill("Talks in Lima")
    page.get_by_label("Date").first.fill("2024-11-16")
    page.get_by_label("Kind").select_option("talks")
    page.get_by_label("Level").select_option("minister")
    page.get_by_label("Summary").fill("They met once more.\n\nNothing came of it: not yet.")
    page.get_by_role("button", name="Add: participants").click()
    row = page.locator(".desk-row--participants")
    row.get_by_label("Person").select_option("bo-lindqvist")
    expect(row.get_by_label("Post")).to_have_value("Crown Chancellor")
    page.get_by_role("button", name="Add: issues").click()
    row = page.locator(".desk-row--issues")
    row.get_by_label("Issue").select_option("harbour-dues")

    for words, speaker, rendering in (
        ("We pay for our own pilots and for no others", "ada-thorn", "as-spoken"),
        ("the dues were a matter of custom, and that custom was on his side.", "bo-lindqvist", "written"),
        ("Nobody asked the herring what they think of it", "lin-hai", "as-spoken"),
    ):
        choose(page, words)
        page.get_by_role("button", name="Make a quotation of it").click()
        quote = last_quote(page)
        quote.get_by_label("Speaker").select_option(speaker)
        # What follows from the speaker and the event need not be typed.
        expect(quote.get_by_label("Party", exact=False).first).not_to_have_value("")
        expect(quote.get_by_label("Issues 1")).to_have_value("harbour-dues")
        quote.get_by_label("Rendering").select_option(rendering)
        proof = quote.locator(".desk-proof")
        if speaker == "bo-lindqvist":  # begins in the middle of a sentence
            expect(proof).to_contain_text("begins in the middle of a sentence")
            quote.get_by_role("button", name="Add the source’s words around it").click()
        expect(proof).to_contain_text("Matches the source word for word")

    position = page.locator(".desk-row--issues")
    position.get_by_role("button", name="Add: positions").click()
    position.get_by_label("Party").select_option("arland")
    position.get_by_label("Statement").fill("Arland pays for its own pilots.")
    position.get_by_role("button", name="Add: quotes").click()
    position.get_by_label("Quotes 1").select_option(label="We pay for our own pilots and for no others")

    page.get_by_role("button", name="Page", exact=True).click()
    expect(page.frame_locator("iframe").get_by_role("heading", name="Talks in Lima")).to_be_visible()
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("The check finds nothing wrong.")).to_be_visible()
    save(page)
    expect(page.get_by_text("Saved: events/2024/2024-11-16-talks-in-lima.yml")).to_be_visible()

    reading = read_folder(events)
    assert [d.message for d in reading.diagnostics if "2024" in d.position.file] == []
    event = reading.corpus.events["2024-11-16-talks-in-lima"]
    assert event.summary == "They met once more.\n\nNothing came of it: not yet."
    assert [reading.proofs[quote.id].outcome for quote in event.quotes] == ["verified"] * 3
    assert [(p.party, p.post) for p in event.participants] == [("belmark", "Crown Chancellor")]
    assert event.quotes[1].prefix == "Bo Lindqvist said that"
    assert [quote.party for quote in event.quotes] == ["arland", "belmark", "cyrene"]
    assert event.issues[0].positions["arland"].quotes == (event.quotes[0].id,)
    (source,) = event.sources
    assert (reading.corpus.sources[source].title, source in reading.pins) == ("Again in Lima", True)
    # The text itself is nowhere.
    assert not any(b"was not known in the evening" in path.read_bytes() for path in events.rglob("*.*"))


def test_an_edit_changes_what_was_edited_and_is_shown_first(served: tuple[Path, str], page: Page) -> None:
    from playwright.sync_api import expect

    events, address = served
    file = events / SALTHOLM
    before = "# ours\n" + file.read_text(encoding="utf-8").replace(
        "place: saltholm", "place: saltholm  # its inn"
    )
    before = re.sub("(?m)^title: (.*)", r"title:\n  en: \1\n  de: Auf Saltholm  # alt", before)
    file.write_text(before, encoding="utf-8")
    opened(page, address, file.stem)
    page.get_by_label("Level").select_option("other")
    page.get_by_role("button", name="Quotes", exact=True).click()
    page.keyboard.press("Enter")
    quote = page.locator(".desk-row--quotes").first
    quote.get_by_label("Post").fill("Minister")
    quote.get_by_label("Text").press("End")
    page.get_by_text("de: Auf Saltholm", exact=True).click()
    page.get_by_label("Title", exact=True).and_(page.locator(":visible")).fill("Gespräche auf Saltholm")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("dialog", name="What changes")).to_contain_text("+level: other")
    assert file.read_text(encoding="utf-8") == before
    save(page)
    expect(page.get_by_text(f"Saved: events/{SALTHOLM}")).to_be_visible()
    after = file.read_text(encoding="utf-8")
    assert [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"] == [
        "-   de: Auf Saltholm  # alt",
        "+   de: Gespräche auf Saltholm  # alt",
        "- level: minister",
        "+ level: other",
        "-     post: Foreign Minister",
        "+     post: Minister",
    ]

    # Somebody else has written into the file meanwhile.
    page.get_by_label("Level").select_option("minister")
    file.write_text(after + "# theirs\n", encoding="utf-8")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("has changed since you opened it: load it again")).to_be_visible()
    assert file.read_text(encoding="utf-8") == after + "# theirs\n"


def test_what_the_source_does_not_say_is_told_with_its_own_words(tmp_path: Path, page: Page) -> None:
    from playwright.sync_api import expect

    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "lantern-1996-04-04.txt").write_text(REPORT, encoding="utf-8")
    with desk(tmp_path, "--copies", "copies") as address:
        opened(page, address, "1996-04-02-saltholm")
        page.get_by_label("Text of").select_option("lantern-1996-04-04")
        # By the keyboard alone; nothing that is typed changes the text.
        source = page.get_by_label("Select the words of a quotation")
        expect(source).to_have_value(REPORT)
        source.evaluate(
            "(text, at) => { text.focus(); text.setSelectionRange(at, at); }", REPORT.index("Nobody")
        )
        for key in ("x", "Backspace", *["Shift+ArrowRight"] * 46):
            page.keyboard.press(key)
        expect(source).to_have_value(REPORT)
        expect(page.locator("#desk-proof")).to_contain_text("Matches the source word for word")
        page.get_by_role("button", name="Make a quotation of it").press("Enter")
        expect(last_quote(page).get_by_label("Text")).to_have_value(
            "Nobody asked the herring what they think of it"
        )
        text = last_quote(page).get_by_label("Text")
        text.fill("Nobody asked the herring what they thought of it")
        proof = last_quote(page).locator(".desk-proof")
        expect(proof).to_contain_text("Word 7 is 'thought', the source has 'think'")
        last_quote(page).get_by_role("button", name="Use these words").click()
        expect(text).to_have_value("Nobody asked the herring what they think of it")
        expect(proof).to_contain_text("Matches the source word for word")
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("about:blank")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_for_everybody(served: tuple[Path, str], new_page: NewPage, scheme: str) -> None:
    page = new_page(**(PHONE if scheme == "dark" else {}), color_scheme=scheme)
    opened(page, served[1], "1996-04-02-saltholm")
    for list in ("participants", "issues", "quotes", "commitments"):
        page.locator(f".desk-row--{list} > summary").first.click()
    for more in page.locator(".desk-more > summary").all():
        more.click()
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(axe)
    for pane in ("Source", "Page"):
        wrong = page.evaluate("() => axe.run().then(f => f.violations.map(v => [v.id, v.nodes[0].html]))")
        assert wrong == []
        page.get_by_role("button", name=pane, exact=True).last.click()
    page.get_by_text("New …").click()
    page.get_by_role("button", name="Person", exact=True).click()
    wrong = page.evaluate("() => axe.run().then(f => f.violations.map(v => [v.id, v.nodes[0].html]))")
    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
