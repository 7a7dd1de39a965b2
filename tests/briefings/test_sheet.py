"""Sheets: one side of paper for whatever a record holds, two at most for those who meet."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from benchmarks.record import write_record
from diplomatic_timeline.briefings.blocks import age
from diplomatic_timeline.briefings.catalogue import orders
from diplomatic_timeline.briefings.contents import Form, sheet_of
from diplomatic_timeline.briefings.selection import Selection, SelectionError, select
from diplomatic_timeline.briefings.sheet import meeting_of, of_selection
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.records import Event, IssueAtEvent
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH
from helpers.briefings import pages, sheet, squeezed, viewpoint, with_events
from helpers.records import REAL, SMALL, make_event, make_quote, make_timeline, timeline_of

SINGAPORE = Selection(events=("2024-05-31-austin-dong-singapore",))


@pytest.mark.parametrize(
    "event", ["2021-03-18-alaska", "2024-05-31-austin-dong-singapore", "2023-surveillance-balloon"]
)
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_an_event_has_one_side(event: str, paper: str) -> None:
    assert sheet(viewpoint(REAL), Selection(events=(event,)), paper=paper).pages == 1


def test_the_sheet_of_an_event_has_each_sides_position_and_counts_what_is_left_out() -> None:
    text = squeezed(pages(sheet(viewpoint(REAL), SINGAPORE, site="https://example.org/x/").pdf)[0])
    event = viewpoint(REAL).corpus.events[SINGAPORE.events[0]]
    for promise in event.commitments:
        assert squeezed(promise.statement) in text
    assert "example.org/x/events/2024-05-31-austin-dong-singapore/" in text
    assert "Recordthrough" in text
    event = viewpoint(REAL).corpus.events["2021-03-18-alaska"]
    told = [at for at in event.issues if at.positions]
    found = pages(sheet(viewpoint(REAL), Selection(events=(event.id,))).pdf)[0]
    shown = sum(viewpoint(REAL).corpus.issues[at.issue].name in found.split("Issue")[-1] for at in told)
    assert "in the full briefing" in found
    assert shown < len(told)
    # Those who have not met are told with whom they have.
    with pytest.raises(
        SelectionError, match=r"wang-yi and dong-jun have not met .* wang-yi has met .*antony-blinken"
    ):
        meeting_of(viewpoint(REAL), ("wang-yi", "dong-jun"))


def _restated(issues: Iterable[IssueAtEvent], change: Callable[[Any], dict[str, Any]]) -> tuple[Any, ...]:
    """Return issues with what `change` says of each position."""
    return tuple(
        at.model_copy(
            update={"positions": {id: p.model_copy(update=change(p)) for id, p in at.positions.items()}}
        )
        for at in issues
    )


def _of_any_size(event: Event, known: Mapping[str, IssueAtEvent], chance: random.Random) -> Event:
    """Return an event with none to a dozen issues, its own first, and some of what was said on them."""
    own = {at.issue: at for at in event.issues}
    issues = tuple({**own, **{id: at for id, at in known.items() if id not in own}}.values())
    issues = issues[: chance.randint(0, 12)]
    kept = {at.issue for at in issues}
    quotes = tuple(q for q in event.quotes if kept.issuperset(q.issues))[: chance.randint(0, 20)]
    cited = {None, *(q.id for q in quotes)}
    return event.model_copy(
        update={
            "issues": _restated(issues, lambda p: {"quotes": tuple(cited.intersection(p.quotes))}),
            "quotes": quotes,
            "commitments": tuple(c for c in event.commitments if c.quote in cited),
            "related": (),
        }
    )


def _without_measure(event: Event, chance: random.Random) -> Event:
    """Return an event whose title, positions and promises are as long or as many as nobody would write."""

    def drawn(text: str) -> str:
        return f"{text} {' '.join(['words that go on'] * chance.choice((1, 9, 90)))}"

    many = tuple(
        c.model_copy(update={"id": f"{c.id}-{k}"})
        for c in event.commitments
        for k in range(chance.choice((1, 30)))
    )
    return event.model_copy(
        update={
            "issues": _restated(event.issues, lambda p: {"statement": drawn(p.statement)}),
            "commitments": many,
            "title": chance.choice((drawn(event.title), "北京会谈" * 20)),
            "related": (),
        }
    )


def test_events_of_every_size_have_one_side(tmp_path: Path) -> None:
    write_record(tmp_path, 150, 5)
    made = timeline_of(tmp_path)
    chance = random.Random(7)
    known = {at.issue: at for event in made.events.values() for at in event.issues}
    events = {
        id: _of_any_size(event, known, chance) if n % 15 else _without_measure(event, chance)
        for n, (id, event) in enumerate(made.events.items())
    }
    view = Presenter(Timeline(made.corpus.model_copy(update={"events": events})))
    found = {id: sheet(view, Selection(events=(id,))).pages for id in events}
    assert {id: pages for id, pages in found.items() if pages != 1} == {}


@pytest.mark.parametrize("folder", [REAL, SMALL], ids=["real", "small"])
def test_the_site_has_a_sheet_of_every_event_each_issue_with_words_and_those_who_have_met(
    folder: Path,
) -> None:
    view = viewpoint(folder)
    found = {o.address: o for o in orders(view, Form("R")) if o.sheet}
    for id in view.corpus.events:
        assert f"briefings/one-page/event/{id}.pdf" in found
    assert any(o.kind == "meeting" for o in found.values())
    assert all(len(o.job.contents()["blocks"]) > 0 for o in list(found.values())[::9])


@pytest.mark.parametrize(
    "pair",
    [("wang-yi", "antony-blinken"), ("xi-jinping", "joe-biden"), ("united-states", "china")],
)
def test_the_sheet_of_a_meeting_has_two_sides_at_most(pair: tuple[str, str]) -> None:
    subject = meeting_of(viewpoint(REAL), pair)
    assert subject.meeting
    made = sheet(viewpoint(REAL), subject)
    assert made.pages <= 2
    text = "".join(pages(made.pdf))
    assert "Last met" in text
    assert "What each side is likely to raise" in text


def test_what_a_side_says_again_and_again_stands_on_the_sheet_of_a_meeting(tmp_path: Path) -> None:
    write_record(tmp_path, 24, 5)
    timeline = timeline_of(tmp_path)
    meant = "the strait belongs to every honest fisherman"
    said = {
        id: e.model_copy(
            update={"quotes": tuple(q.model_copy(update={"text": f"{meant}, {n}"}) for q in e.quotes)}
        )
        for n, (id, e) in enumerate(timeline.events.items())
    }
    view = Presenter(Timeline(timeline.corpus.model_copy(update={"events": said})))
    pair = timeline.columns[:2]
    text = squeezed("".join(pages(sheet(view, meeting_of(view, pair)).pdf)))
    assert squeezed(view.words("sheet.recurring")) in text
    assert squeezed(meant) in text.split(squeezed(view.words("sheet.recurring")))[1]


def test_a_quotation_stands_once_and_other_rows_refer_to_the_first() -> None:
    issues = [
        {"issue": id, "positions": {"north": {"statement": "So be it.", "sources": ["paper"]}}}
        for id in ("toll", "bridge")
    ]
    heads = [
        {"person": person, "party": party, "post": "Envoy", "role": "head"}
        for person, party in (("ann-lund", "north"), ("bob-aas", "south"))
    ]
    quotes = [make_quote(issues=["toll", "bridge"])]
    view = Presenter(make_timeline(make_event(participants=heads, issues=issues, quotes=quotes)))
    wanted = Selection(events=("1990-talks",)), meeting_of(view, ("ann-lund", "bob-aas"))
    for text in (squeezed("".join(pages(sheet(view, one).pdf))) for one in wanted):
        assert text.count("Thesearetheexactwordsofq.") == 1
        assert text.count("QuotedunderToll.") == 1
    # Where rows are events, the issue is named.
    text = squeezed("".join(pages(sheet(view, Selection(issues=("toll",))).pdf)))
    assert text.count("QuotedunderToll.") == 1


def test_a_sheet_has_title_author_subject_keywords_and_an_outline_of_its_parts() -> None:
    with pikepdf.open(io.BytesIO(sheet(viewpoint(REAL), SINGAPORE).pdf)) as document:
        with document.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        told = document.open_metadata()
        assert str(document.Root.Lang) == "en"
        assert told["dc:title"] == "Austin and Dong meet in Singapore"
        assert told["dc:creator"] == ["A record"]
        assert "Singapore" in told["dc:description"]
        assert "Taiwan" in told["pdf:Keywords"]
    assert "Promises" in titles


def test_on_a_day_that_is_asked_for_a_due_date_has_an_age() -> None:
    view = viewpoint(REAL)
    events = [
        e.model_copy(
            update={
                "commitments": tuple(
                    c.model_copy(
                        update={"status": "open", "evidence": (), "history": (), "due": parse_date("2024")}
                    )
                    for c in e.commitments
                )
            }
        )
        for e in view.corpus.events.values()
    ]
    changed = with_events(REAL, events)
    subject = of_selection(changed.timeline, select(changed.timeline, SINGAPORE))
    told = sheet_of(changed, subject, Form("R", as_of=parse_date("2026-02-28").last))
    (promises,) = [b for b in told["blocks"] if b["kind"] == "promises"]
    assert {r["late"] for r in promises["rows"]} == {"due date passed 1 year 1 month ago"}


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2024-01-31", "2024-02-28", "28 days"),
        ("2024-01-31", "2024-03-31", "2 months"),
        ("2022-05-31", "2024-05-31", "2 years"),
        ("2022-05-31", "2024-05-30", "1 year 11 months"),
    ],
)
def test_an_age_is_said_in_whole_months_and_years(since: str, until: str, words: str) -> None:
    assert age(parse_date(since).first, parse_date(until).first, ENGLISH) == words
