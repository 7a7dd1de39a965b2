"""Two events side by side."""

from __future__ import annotations

from typing import Any

import pytest

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import comparison
from diplomatic_timeline.views.positions import Positions
from diplomatic_timeline.views.presenter import Presenter
from helpers.records import make_event, make_timeline


def held(**statements: str) -> list[dict[str, Any]]:
    positions = {party: {"statement": text, "sources": ["paper"]} for party, text in statements.items()}
    return [{"issue": "toll", "positions": positions}]


def positions_of(*events: Event) -> Positions:
    return Positions(Presenter(make_timeline(*events)))


@pytest.mark.parametrize(
    ("earlier", "later", "state"),
    [
        (held(north="A toll."), held(north="No toll."), "changed"),
        (held(north="A toll."), held(north="A  toll."), "same"),
        (held(north="A toll.", south="Same."), held(north="No toll.", south="Same."), "changed"),
        (held(north="A toll."), held(south="No toll."), "apart"),
        (held(north="A toll.", south="Same."), held(south="Same."), "same"),
        (held(north="A toll."), [{"issue": "bridge"}], "earlier"),
    ],
)
def test_silence_changes_nothing_and_another_position_does(
    earlier: list[dict[str, Any]], later: list[dict[str, Any]], state: str
) -> None:
    positions = positions_of(make_event("a", "1990", issues=earlier), make_event("b", "1991", issues=later))
    rows = comparison.comparison(positions, "a", "b").rows
    assert rows[0].issue.text == "Toll"
    assert rows[0].state == state


def test_neighbouring_main_events_have_a_page_and_meetings_of_any_weight_can_be_chosen() -> None:
    timeline = make_timeline(
        make_event("a", "1990", issues=held(north="A.")),
        make_event("b", "1991", prominence="context", issues=held(north="B.")),
        make_event("c", "1992"),
        make_event("d", "1993", prominence="context", kind="statement", issues=held(north="D.")),
        make_event("e", "1994", issues=held(east="E.")),
    )
    assert comparison.pairs(timeline) == (("c", "e"), ("a", "c"))
    assert comparison.comparable(timeline) == ("e", "b", "a")
