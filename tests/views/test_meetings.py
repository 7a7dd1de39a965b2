"""Who has met whom."""

from __future__ import annotations

from typing import Any

import pytest

from diplomatic_timeline.views import meetings
from helpers.records import make_event, make_timeline

BOTH = [
    {"person": "ann-lund", "party": "north", "post": "Envoy", "role": "head"},
    {"person": "bob-aas", "party": "south", "post": "Envoy", "role": "head"},
]


def test_heads_of_delegations_meet_and_interpreters_nobody() -> None:
    timeline = make_timeline(
        make_event("1991-a", "1991", participants=BOTH), make_event("1990-a", "1990", participants=BOTH)
    )
    assert meetings.of_people(timeline) == {("ann-lund", "bob-aas"): ("1990-a", "1991-a")}
    assert meetings.of_parties(timeline) == {("north", "south"): ("1990-a", "1991-a")}
    timeline = make_timeline(make_event(participants=[BOTH[0], {**BOTH[1], "role": "interpreter"}]))
    assert meetings.of_people(timeline) == {}


@pytest.mark.parametrize(
    "fields",
    [{"kind": "statement"}, {"status": "cancelled"}, {"participants": BOTH[:1]}],
    ids=["a statement", "a meeting that did not take place", "one side alone"],
)
def test_nobody_meets_at(fields: dict[str, Any]) -> None:
    timeline = make_timeline(make_event(**{"participants": BOTH, **fields}))
    assert meetings.of_people(timeline) == meetings.of_parties(timeline) == {}
