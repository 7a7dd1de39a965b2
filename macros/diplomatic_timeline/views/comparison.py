"""Two events side by side, a row an issue: what each side held at the one and at the other.

Any two events can be compared: a script lays out what `told` gives of each. Neighbouring main events have a
page of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Literal, TypeAlias

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.meetings import MEETINGS
from diplomatic_timeline.views.models import Link, PartyView
from diplomatic_timeline.views.positions import Positions, Stand
from diplomatic_timeline.views.timeline import Timeline

PAGES = 200
"""How many pairs of neighbouring main events, the newest, have a page; a script compares any others."""

State: TypeAlias = Literal["changed", "same", "apart", "earlier", "later"]
"""Of an issue at two events: a side held another thing, or all the same; no side is on record at both; or it
came up at one of them only."""


@dataclass(frozen=True, slots=True)
class ToldSide:
    """What one party held on an issue at an event, or None; whether it raised it."""

    party: PartyView
    raised: bool
    stand: Stand | None

    @property
    def keys(self) -> tuple[str, ...]:
        """What stands for what it held: what is the same shares one."""
        if self.stand is None:
            return ()
        texts = [self.stand.statement or "", *(quote.text for quote in self.stand.quotes)]
        plain = (" ".join(text.split()).casefold() for text in texts if text)
        return tuple(sha256(text.encode()).hexdigest()[:8] for text in plain)


@dataclass(frozen=True, slots=True)
class Told:
    """An issue at one event, and what each side held on it there."""

    issue: Link
    date: str
    place: int
    url: str
    outcome: str
    sides: tuple[ToldSide, ...]

    @property
    def silent(self) -> bool:
        return not any(side.stand for side in self.sides)


@dataclass(frozen=True, slots=True)
class Compared:
    """An issue at two events; None where it did not come up."""

    issue: Link
    earlier: Told | None
    later: Told | None

    @property
    def state(self) -> State:
        if self.earlier is None or self.later is None:
            return "later" if self.earlier is None else "earlier"
        sides = zip(self.earlier.sides, self.later.sides, strict=True)
        shared = [set(a.keys) & set(b.keys) for a, b in sides if a.stand and b.stand]
        return "apart" if not shared else "same" if all(shared) else "changed"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two events, the earlier first, and the issues of either in the order of the registry."""

    earlier: EventLine
    later: EventLine
    rows: tuple[Compared, ...]


def pairs(timeline: Timeline) -> tuple[tuple[str, str], ...]:
    """Return the neighbouring main events that have a page side by side, the newest pair first."""
    return () if "compare" in timeline.without else tuple(pairwise(timeline.main[-PAGES - 1 :]))[::-1]


def beside(timeline: Timeline) -> dict[str, tuple[str, str]]:
    """Return for each main event the pair with a page in which it stands beside the one before, or after."""
    newest = pairs(timeline)
    return {**{earlier: (earlier, later) for earlier, later in newest}, **{pair[1]: pair for pair in newest}}


def comparable(timeline: Timeline) -> tuple[str, ...]:
    """Return the main events and the meetings at which anybody held anything, the newest first."""
    return tuple(event.id for event in reversed(timeline.events.values()) if is_comparable(event))


def is_comparable(event: Event) -> bool:
    """Return whether an event can stand beside others: a main event or a meeting that says something."""
    says = bool(event.quotes) or any(i.positions for i in event.issues)
    return says and (event.prominence == "main" or event.kind in MEETINGS)


def told(positions: Positions, id: str) -> tuple[Told, ...]:
    """Return the issues of an event in the order of the registry, with what each side held on them."""
    view, event = positions.view, positions.timeline.events[id]
    places = {issue.id: n for n, (issue, _) in enumerate(positions.timeline.issue_tree())}
    found = []
    for at in sorted(event.issues, key=lambda at: places[at.issue]):
        stands = positions.at(id, at.issue)
        sides = tuple(
            ToldSide(party, party.id in at.raised_by, stand)
            for party, stand in zip(view.columns(), stands, strict=True)
        )
        found.append(
            Told(
                view.issue_link(at.issue),
                view.date(event.date).text,
                places[at.issue],
                urls.position(id, at.issue),
                view.outcome(at.outcome),
                sides,
            )
        )
    return tuple(found)


def comparison(positions: Positions, earlier: str, later: str) -> Comparison:
    """Return two events side by side."""
    first, second = ({t.place: t for t in told(positions, id)} for id in (earlier, later))
    rows = (
        Compared((first.get(place) or second[place]).issue, first.get(place), second.get(place))
        for place in sorted({*first, *second})
    )
    return Comparison(positions.view.line(earlier), positions.view.line(later), tuple(rows))
