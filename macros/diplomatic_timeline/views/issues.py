"""One issue and those below it across the events: where each party stands now, and what it held when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.models import Link, PartyView
from diplomatic_timeline.views.positions import Positions, Stand

GRID = 12
"""How many events stand side by side on an issue's page; the words in full below have them all."""


Newest: TypeAlias = tuple[PartyView, Stand | None]
"""A party and its newest stand, or None where nothing is on record."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What one party held at one event, the issue itself before narrower ones, and whether it raised it."""

    raised: bool
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Events across, the newest first, and a row of spots for each party; `others` are left out.

    Each event comes with where it left the issue in words, if that is known.
    """

    columns: tuple[tuple[EventLine, str], ...]
    rows: tuple[tuple[PartyView, tuple[Spot, ...]], ...]
    others: int


def newest(positions: Positions, issue: str) -> tuple[Newest, ...]:
    """Return where each party with a column stands on an issue or below it now, in their order."""
    return tuple(zip(positions.view.columns(), positions.newest(issue), strict=True))


def spoken(positions: Positions, issue: str) -> tuple[tuple[PartyView, int], ...]:
    """Return how many quotations each party with a column has on an issue and below it."""
    timeline = positions.timeline
    by = [party for id in timeline.of_family("quotes", issue) for party in timeline.quotes[id].quote.parties]
    return tuple((party, by.count(party.id)) for party in positions.view.columns())


def grid(positions: Positions, issue: str) -> Grid:
    """Return what each party held on an issue and below it at the newest events where one is on record."""
    view, timeline = positions.view, positions.timeline
    family = timeline.family(issue)
    touched = timeline.of_family("events", issue)[::-1]
    heard = {event for one in family for party in timeline.columns for event in positions.events(one, party)}
    shown = [id for id in touched if id in heard][:GRID]
    at = {id: [i for i in timeline.events[id].issues if i.issue in family] for id in shown}
    rows = []
    for party in timeline.columns:
        spots = []
        for id in shown:
            stands = (positions.stand(one, party, id) for one in family)
            raised = any(party in i.raised_by for i in at[id])
            spots.append(Spot(raised, tuple(filter(None, stands))))
        rows.append((view.parties[party], tuple(spots)))
    columns = []
    for id in shown:
        own = next((i.outcome for i in at[id] if i.issue == issue), "unknown")
        columns.append((view.line(id), view.outcome(own)))
    return Grid(tuple(columns), tuple(rows), len(touched) - len(shown))


def narrower(positions: Positions, issue: str) -> tuple[tuple[Link, tuple[Newest, ...]], ...]:
    """Return the issues right below one with where each party stands on them."""
    children = positions.timeline.children.get(issue, ())
    return tuple((positions.view.issue_link(id), newest(positions, id)) for id in children)
