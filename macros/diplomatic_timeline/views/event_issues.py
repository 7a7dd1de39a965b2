"""The issues of an event, each with every side's position and words, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.event_models import IssueRow, Side, Sums
from diplomatic_timeline.views.names import Names


def rows(view: Names, event: Event, positions: Sequence[IssueRow]) -> tuple[IssueRow, ...]:
    """Return the issues of an event with positions and words, each quote under the first issue it names.

    `positions` are the same issues in the same order, with positions alone.
    """
    return tuple(_row(view, event, at.issue, row) for at, row in zip(event.issues, positions, strict=True))


def _row(view: Names, event: Event, issue: str, row: IssueRow) -> IssueRow:
    timeline = view.timeline
    own = [view.quote(q.id) for q in event.quotes if q.issues[0] == issue]
    others = [q for q in event.quotes if issue in q.issues[1:]]
    held = {side.party.id: side for side in row.sides}
    sides = []
    for id in (*timeline.columns, *timeline.observers):
        party = view.parties[id]
        position = held.get(id, Side(party))
        quotes = tuple(q for q in own if q.party is party)
        elsewhere = tuple(view.quote_link(q.id) for q in others if id in q.parties)
        named = {link.url for link in elsewhere} | {url for q in quotes for url in (q.url, q.source.url)}
        side = Side(
            party,
            quotes,
            position.statement,
            tuple(ground for ground in position.rests_on if ground.url not in named),
            elsewhere,
            tuple(view.quote_link(q.id) for q in own if q.party is not party and party in q.parties),
            position.anchor,
            position.url,
        )
        if not (party.observer and side.silent):
            sides.append(side)
    return replace(row, sides=tuple(sides))


def sums(issues: Sequence[IssueRow]) -> Sums:
    """Return who is on record on how many of an event's issues."""
    on_record = [row.speaking for row in issues]
    alone = Counter(sides[0].party for sides in on_record if len(sides) == 1)
    return Sums(sum(len(sides) > 1 for sides in on_record), tuple(alone.items()))
