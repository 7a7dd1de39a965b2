"""The issues of an event, each with every side's position and words, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from diplomatic_timeline.model.records import Event, IssueAtEvent
from diplomatic_timeline.views.models import (
    CommitmentView,
    Delegation,
    IssueRow,
    PartyView,
    Side,
    SpeakerView,
    Sums,
)

if TYPE_CHECKING:
    from diplomatic_timeline.views.presenter import Presenter


def rows(view: Presenter, event: Event) -> tuple[IssueRow, ...]:
    """Return the issues of an event as its editor orders them, each quote under the first that it names."""
    return tuple(_row(view, event, at_issue) for at_issue in event.issues)


def _row(view: Presenter, event: Event, at_issue: IssueAtEvent) -> IssueRow:
    row, issue, timeline = view.issue_row(event, at_issue), at_issue.issue, view.timeline
    own = view.quotes(q.id for q in event.quotes if q.issues[0] == issue)
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


def heads(delegations: Sequence[Delegation]) -> tuple[tuple[PartyView, tuple[SpeakerView, ...]], ...]:
    """Return who led each delegation; of one without a head, those who are no interpreters."""
    found = []
    for delegation in delegations:
        people = [d for d in delegation.delegates if d.role != "interpreter"]
        leading = [d for d in people if d.role in ("head", "host")] or people
        if leading and not delegation.party.observer:
            found.append((delegation.party, tuple(d.person for d in leading)))
    return tuple(found)


def sums(issues: Sequence[IssueRow], promises: Sequence[CommitmentView]) -> Sums:
    """Return how an event's promises stand, and who is on record on how many of its issues."""
    on_record = [row.speaking for row in issues]
    alone = Counter(sides[0].party for sides in on_record if len(sides) == 1)
    return Sums(
        tuple(Counter(c.status_label for c in promises).items()),
        sum(len(sides) > 1 for sides in on_record),
        tuple(alone.items()),
    )
