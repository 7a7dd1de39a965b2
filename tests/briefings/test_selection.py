"""What a selection holds, and what a briefing says of it."""

from __future__ import annotations

from datetime import date

import pytest

from diplomatic_timeline.briefings.contents import Form, contents
from diplomatic_timeline.briefings.fonts import missing
from diplomatic_timeline.briefings.selection import (
    Selection,
    SelectionError,
    dates,
    description,
    select,
    title,
)
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.briefings import first_record, pages, printed, squeezed, viewpoint, with_events
from helpers.records import LAKE, REAL, SMALL, rich_timeline


@pytest.fixture
def timeline() -> Timeline:
    return first_record().timeline


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Selection(events=("2021-03-18-alasca",)), "no event .*did you mean '2021-03-18-alaska'"),
        (Selection(issues=("taiwann",)), "no issue 'taiwann'.*did you mean 'taiwan'"),
        (Selection(people=("wang-yee",)), "no person 'wang-yee'.*did you mean 'wang-yi'"),
        (Selection(parties=("zzz",)), "no party 'zzz'.*it has united-states, china, australia"),
        (Selection(levels=("ministers",)), "no level 'ministers'.*did you mean 'minister'"),
        (Selection(issues=("taiwan",), until="1990"), "no event of the record is in this selection"),
        (Selection(issues=("taiwan",), people=("paul-triolo",)), "no event of the record"),
    ],
)  # fmt: skip
def test_an_unknown_id_and_an_empty_selection_are_refused(
    timeline: Timeline, asked: Selection, message: str
) -> None:
    with pytest.raises(SelectionError, match=message):
        select(timeline, asked)


def test_options_of_one_kind_add_and_of_two_kinds_narrow(timeline: Timeline) -> None:
    one = select(timeline, Selection(issues=("taiwan",)))
    two = select(timeline, Selection(issues=("taiwan", "hong-kong")))
    assert set(one.events) < set(two.events)
    china = select(timeline, Selection(issues=("state-of-relations",), parties=("china",)))
    assert {timeline.quotes[q].quote.party for q in china.quotes} == {"china"}
    assert all("state-of-relations" in timeline.quotes[q].quote.issues for q in china.quotes)
    wide = select(timeline, Selection(issues=("human-rights",)))
    assert {"human-rights", "hong-kong", "xinjiang", "tibet"} <= wide.issues
    assert "2021-hong-kong-electoral-changes" in wide.events
    # Dates take in what overlaps them.
    # The tariffs are dated July 2018 to September 2019.
    early = select(timeline, Selection(until="2018"))
    assert early.events == ("2018-us-section-301-tariffs",)
    late = select(timeline, Selection(since="2024-05"))
    assert set(late.events) == {"2024-05-taiwan-drills", "2024-05-31-austin-dong-singapore"}
    # A person brings the events attended and only their own words.
    selected = select(timeline, Selection(people=("xi-jinping",)))
    assert "2023-san-francisco-summit" in selected.events
    assert {timeline.quotes[q].quote.speaker for q in selected.quotes} == {"xi-jinping"}


def test_a_briefing_is_named_after_what_it_is_about_and_says_what_was_asked_for(timeline: Timeline) -> None:
    assert title(timeline, Selection(issues=("taiwan",), since="2023"), "The record") == "Taiwan"
    assert title(timeline, Selection(issues=("taiwan", "tibet")), "The record") == "The record"
    assert title(timeline, Selection(since="2023"), "The record") == "The record"
    asked = Selection(issues=("taiwan",), levels=("minister",), since="2021-03")
    assert description(timeline, asked) == "Issue: Taiwan · Level: ministers · since March 2021"
    assert description(timeline, Selection()) == ""
    assert dates(timeline, tuple(timeline.events)) == "6 July 2018 – 31 May 2024"
    assert dates(timeline, ("2021-03-18-alaska",)) == "18–19 March 2021"


def test_silence_is_named_only_of_those_who_were_asked_for() -> None:
    whole = contents(viewpoint(REAL), Selection(), Form("A record"))
    one = contents(viewpoint(REAL), Selection(parties=("china",)), Form("A record"))
    assert "United States: nothing on record" in str(whole)
    assert "United States: nothing on record" not in str({k: v for k, v in one.items() if k != "words"})
    asked = Selection(events=("1988-03-02-across-the-ice",))
    event = contents(viewpoint(LAKE), asked, Form("A record"))["events"][0]
    silent, spoken = event["groups"][0]["sides"]
    assert [q["id"] for q in spoken["quotes"]] == ["marsh-ferry"]
    assert silent["none"] == "Republic of Arvan: nothing on record."
    # The real record and the small one can be printed to the last character.
    for folder in (REAL, SMALL):
        assert missing(contents(viewpoint(folder), Selection(), Form("A record"))) == ()


def test_the_summary_puts_issues_by_weight_and_each_sides_latest_position() -> None:
    summary = contents(first_record(), Selection(), Form("A record"))["summary"]
    assert summary["issues"][0]["name"] == "State of relations"
    china = next(s for s in summary["issues"][0]["sides"] if s["party"] == "china")
    assert china["statement"] == (
        "China had warned in April that relations might worsen again, and calls this meeting constructive."
    )
    assert summary["happened"][0]["event"] == "2024-05-31-austin-dong-singapore"
    assert summary["met"][0]["event"] == "2024-05-31-austin-dong-singapore"
    assert all(len(row["sides"]) > 1 for row in summary["met"])


def test_open_commitments_come_by_due_date_and_one_that_is_overdue_is_to_be_watched() -> None:
    events = first_record().corpus.events
    event = events["2024-05-31-austin-dong-singapore"]
    still_open = {"status": "open", "evidence": (), "history": ()}
    promised = tuple(c.model_copy(update=still_open) for c in event.commitments)
    events = {**events, event.id: event.model_copy(update={"commitments": promised})}
    view = with_events(REAL, events.values())
    form = Form("A record", as_of=date(2025, 2, 1))
    summary = contents(view, Selection(), form)["summary"]
    due = [row["due"] for row in summary["open"]]
    assert due[0] == "2024"
    assert any(row["text"].startswith("Due 2024 and not recorded as done:") for row in summary["watch"])


def test_what_few_events_have_is_printed() -> None:
    text = squeezed(" ".join(pages(printed(Presenter(rich_timeline())).pdf)))
    shown = (
        "Both sides said that",
        "Bob Aas, Consul",
        "Said jointly: Ann Moe",
        "since January 1991 (Half of it), ",
        "every year",
        "Port, Isle, South (4–5 May); Cape, North (6 May)",
        "Aimed at: South, The Wire",
        "carried out by Title of 1991-act",
        "Warnings",
        "[Act on tolls]. unknown publisher",
        "law, Act 7, pp. 12-15, DOI 10.1000/182",
    )
    assert [part for part in shown if squeezed(part) not in text] == []
