"""What each party held on an issue, and what it holds now."""

from __future__ import annotations

from typing import Any

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.proof.proofs import Proof
from diplomatic_timeline.views.positions import Positions, Stand
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_corpus, make_event, make_quote


def positions_of(*events: Event, proofs: dict[str, Proof] | None = None) -> Positions:
    return Positions(Presenter(Timeline(make_corpus(*events), proofs)))


def held(party: str, statement: str, issue: str = "toll") -> dict[str, Any]:
    return {"issue": issue, "positions": {party: {"statement": statement, "sources": ["paper"]}}}


def told(stand: Stand | None) -> tuple[str, str | None, str] | None:
    return (stand.event.text, stand.statement, stand.change) if stand else None


def test_the_newest_stand_of_each_party_is_told_and_a_silent_party_has_none() -> None:
    positions = positions_of(
        make_event("1990-a", "1990", issues=[held("north", "North wants a toll.")]),
        make_event("1991-a", "1991", issues=[held("north", "North wants none.")]),
    )
    north, south = positions.newest("toll")
    assert told(north) == ("Title of 1991-a", "North wants none.", "new")
    assert south is None


def test_the_same_statement_or_the_same_words_again_are_repeated() -> None:
    positions = positions_of(
        make_event("1990-a", "1990", issues=[held("north", "North wants a toll.")]),
        make_event("1991-a", "1991", issues=[held("north", "North wants  a toll.")]),
    )
    assert [change for *_, change in positions.held("toll", "north")] == ["first", "repeated"]
    events = [make_event(f"199{n}-a", f"199{n}", quotes=[make_quote(f"q{n}", text="No toll.")]) for n in "01"]
    positions = positions_of(*events)
    assert [change for *_, change in positions.held("toll", "north")] == ["first", "repeated"]
    assert positions.events("toll", "north") == ("1990-a", "1991-a")
    newest = positions.own("toll", "north")
    assert newest is not None
    assert newest.event.text == "Title of 1991-a"
    stand = positions_of(make_event(quotes=[make_quote()])).own("toll", "north")
    assert stand is not None
    assert stand.statement is None
    assert stand.quote is not None
    assert stand.quote.id == "q"
    positions = positions_of(make_event(issues=[held("east", "East wonders.")]))
    assert positions.newest("toll") == (None, None)


def test_an_issue_has_the_stands_of_narrower_ones_and_prefers_its_own() -> None:
    narrower = held("north", "North wants a bridge.", "bridge")
    both = [held("north", "North wants a toll."), narrower]
    assert told(positions_of(make_event(issues=[narrower])).newest("toll")[0]) is not None
    stand = positions_of(make_event(issues=both)).newest("toll")[0]
    assert stand is not None
    assert stand.statement == "North wants a toll."


def test_a_proven_quotation_said_there_tells_most() -> None:
    quotes = [
        make_quote("unproven"),
        make_quote("early", date="1980"),
        make_quote("proven"),
    ]
    proofs = {id: Proof("verified") for id in ("early", "proven")}
    stand = positions_of(make_event(quotes=quotes), proofs=proofs).own("toll", "north")
    assert stand is not None
    assert [quote.id for quote in stand.quotes] == ["proven", "early", "unproven"]
