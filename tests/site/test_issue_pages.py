"""What the pages of an issue, of two events side by side and of a pair that will meet say."""

from __future__ import annotations

from typing import Any

from justhtml import JustHTML

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from helpers.html import attribute, nodes, text_of
from helpers.records import make_commitment, make_event, make_quote, make_timeline
from helpers.scripts import handed

BOTH = [{"issue": "toll"}, {"issue": "bridge"}]
PEOPLE = [
    {"person": "ann-lund", "party": "north", "post": "Envoy", "role": "head"},
    {"person": "bob-aas", "party": "south", "post": "Minister", "role": "head"},
]


def root_of(path: str, *events: Event) -> Any:
    site = Site(make_timeline(*events), "The Sound")
    html = next(target for target in site.pages() if target.path == path).make().html
    return JustHTML(f"<!doctype html><body>{html}", sanitize=False).root


def held(issue: str, party: str, statement: str) -> dict[str, Any]:
    return {"issue": issue, "positions": {party: {"statement": statement, "sources": ["paper"]}}}


def test_a_position_is_no_silence_and_analysts_stand_apart() -> None:
    text = text_of(
        root_of(urls.issue("toll"), make_event(issues=[held("toll", "south", "South wants a toll.")]))
    )
    assert "South: nothing on record" not in text
    assert text.count("North: nothing on record.") == 2
    text = text_of(
        root_of(urls.issue("toll"), make_event(quotes=[make_quote(party="east", speaker="eve-moe")]))
    )
    assert "Analysts" in text
    assert "named only" in text
    # On a quote of two issues both are told, once: on the page of its event.
    quotes = [make_quote(issues=["toll", "bridge"])]
    event = make_event(issues=BOTH, quotes=quotes)
    assert "On Toll, Bridge" in text_of(root_of(urls.event(event.id), event))
    assert "On Toll" not in text_of(root_of(urls.issue("bridge"), event))


def test_a_wider_issue_counts_and_shows_narrower_ones_and_anchors_a_quote_once() -> None:
    events = [
        make_event("1990-a", "1990", issues=BOTH, quotes=[make_quote(issues=["toll", "bridge"])]),
        make_event("1991-a", "1991", issues=[held("bridge", "south", "South wants a bridge.")]),
    ]
    root = root_of(urls.issue("toll"), *events)
    text = text_of(root)
    assert "2 events" in text
    assert "South wants a bridge." in text
    assert [attribute(e, "id") for e in nodes(root)].count("q-q") == 1


def test_what_a_script_compares_is_what_a_page_without_one_shows() -> None:
    events = [
        make_event("1990-a", "1990", issues=[held("toll", "north", "A toll.")]),
        make_event("1991-a", "1991", issues=[held("toll", "north", "No toll.")]),
    ]
    root = root_of(urls.comparison("1990-a", "1991-a"), *events)
    (row,) = [e for e in nodes(root) if e.name == "tr" and "dt-compared__row" in attribute(e, "class")]
    assert "dt-compared__row--changed" in attribute(row, "class")
    cells = [text_of(e) for e in nodes(row) if e.name == "td"]
    site = Site(make_timeline(*events), "The Sound")
    for id, cell in zip(("1990-a", "1991-a"), cells, strict=True):
        made = next(target for target in site.files() if target.path == urls.event_comparison(id)).make()
        assert isinstance(made, bytes)
        (value,) = handed(made.decode())
        assert [
            text_of(JustHTML(told[2], fragment=True, sanitize=False).root) for told in value["issues"]
        ] == [cell]


def test_a_pair_that_has_met_has_a_page_without_a_script() -> None:
    event = make_event(participants=PEOPLE, commitments=[make_commitment(due="1995")])
    root = root_of(urls.preparation("people", "ann-lund", "bob-aas"), event)
    text = text_of(root)
    assert "Ann Lund, Envoy, North" in text
    assert "Title of 1990-talks, 4 May 1990. They have met once in this record." in text
    assert "Do c." in text
    assert "1995-12-31" in {attribute(e, "data-dt-due") for e in nodes(root)}
    links = {attribute(e, "data-dt-pair") for e in nodes(root_of(urls.PREPARE, event))}
    assert {"ann-lund--bob-aas", "north--south"} <= links


def test_before_a_meeting_a_quotation_stands_once_and_other_issues_refer_to_the_first() -> None:
    issues = [held("toll", "north", "A toll."), held("bridge", "north", "No bridge.")]
    event = make_event(participants=PEOPLE, issues=issues, quotes=[make_quote(issues=["toll", "bridge"])])
    text = text_of(root_of(urls.preparation("people", "ann-lund", "bob-aas"), event))
    assert text.count("These are the exact words of q.") == 1
    assert "No bridge. Quoted under Toll." in text
