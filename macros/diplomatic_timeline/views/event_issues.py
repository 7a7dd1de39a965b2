"""The issues of an event, each with every side's position and words, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from diplomatic_timeline.model.records import Event, IssueAtEvent
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.event_models import IssueRow, Side, Sums
from diplomatic_timeline.views.names import Names


def positions(view: Names, event: Event, at_issue: IssueAtEvent) -> dict[str, Side]:
    """Return by party what each holds on an issue: those with a column, and observers who hold something."""
    found = {}
    for id in (*view.timeline.columns, *view.timeline.observers):
        position = at_issue.positions.get(id)
        if position or not view.parties[id].observer:
            quotes, sources = (position.quotes, position.sources) if position else ((), ())
            found[id] = Side(
                view.parties[id],
                (),
                position.statement if position else None,
                (*map(view.quote_link, quotes), *map(view.source_link, sources)),
                anchor=urls.position_anchor(at_issue.issue, id),
                url=urls.position(event.id, at_issue.issue, id),
            )
    return found


def rows(view: Names, event: Event) -> tuple[IssueRow, ...]:
    """Return the issues of an event with positions and words, each quote under the first issue it names."""
    return tuple(_row(view, event, at_issue) for at_issue in event.issues)


def _row(view: Names, event: Event, at_issue: IssueAtEvent) -> IssueRow:
    timeline, issue, held = view.timeline, at_issue.issue, positions(view, event, at_issue)
    own = [view.quote(q.id) for q in event.quotes if q.issues[0] == issue]
    others = [q for q in event.quotes if issue in q.issues[1:]]
    sides = []
    for id in (*timeline.columns, *timeline.observers):
        party = view.parties[id]
        position = held.get(id, Side(party))
        quotes = tuple(q for q in own if q.party is party)
        elsewhere = tuple(view.quote_link(q.id) for q in others if id in q.parties)
        named = {link.url for link in elsewhere} | {url for q in quotes for url in (q.url, q.source.url)}
        side = replace(
            position,
            quotes=quotes,
            rests_on=tuple(ground for ground in position.rests_on if ground.url not in named),
            elsewhere=elsewhere,
            joint=tuple(view.quote_link(q.id) for q in own if q.party is not party and party in q.parties),
        )
        if not (party.observer and side.silent):
            sides.append(side)
    return IssueRow(
        urls.position_anchor(issue),
        urls.position(event.id, issue),
        view.issue_link(issue),
        tuple(view.parties[p] for p in at_issue.raised_by),
        tuple(sides),
        at_issue.outcome,
        view.words(f"outcome.{at_issue.outcome}"),
    )


def sums(issues: Sequence[IssueRow]) -> Sums:
    """Return who is on record on how many of an event's issues."""
    on_record = [row.speaking for row in issues]
    alone = Counter(sides[0].party for sides in on_record if len(sides) == 1)
    return Sums(sum(len(sides) > 1 for sides in on_record), tuple(alone.items()))
