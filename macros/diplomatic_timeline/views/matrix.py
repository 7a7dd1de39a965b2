"""The matrix of issues: who raised each at each main event, what is on record there, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import meetings, urls
from diplomatic_timeline.views.comparison import pairs
from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.models import Link, PartyView
from diplomatic_timeline.views.preparation import OPEN
from diplomatic_timeline.views.presenter import Presenter

COLUMNS = 8
"""How many events the site shows side by side."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is on record from one side on an issue at an event: quotations, a position, or neither."""

    party: PartyView
    raised: bool
    quotes: int
    position: bool

    @property
    def silent(self) -> bool:
        return not self.quotes and not self.position


@dataclass(frozen=True, slots=True)
class Cell:
    """An issue at an event where it or a narrower one came up; `outcome` is empty where unknown."""

    url: str
    sides: tuple[Heard, ...]
    quotes: int
    outcome: str
    outcome_label: str

    @property
    def named_only(self) -> bool:
        """Whether no side is on record with anything, nor raised it."""
        return all(side.silent and not side.raised for side in self.sides)


@dataclass(frozen=True, slots=True)
class Column:
    """An event, who led there, and where it stands beside the one before."""

    event: EventLine
    people: str
    comparison: Link | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An issue; a cell is None where it did not come up; `others` are events without a column."""

    issue: Link
    depth: int
    cells: tuple[Cell | None, ...]
    promises: int
    others: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Issues (rows, as a tree) by main events (columns, the oldest first) for the parties with a column."""

    parties: tuple[PartyView, ...]
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]


def matrix(view: Presenter, columns: int = COLUMNS) -> Matrix:
    """Return the matrix of the newest main events, at most so many, and of the issues that any event touches.

    An issue counts what is on narrower ones; what observers say counts for nobody.
    """
    timeline = view.timeline
    shown = timeline.main[-columns:]
    before = {later: earlier for earlier, later in pairs(timeline)}
    found = {id: _cells(view, timeline.events[id]) for id in shown}
    rows = []
    for issue, depth in timeline.issue_tree():
        touched = timeline.of_family("events", issue.id)
        if touched:
            promised = [timeline.commitments[id] for id in timeline.of_family("commitments", issue.id)]
            due = [p for p in promised if p.commitment.type == "promise" and p.commitment.status in OPEN]
            rows.append(
                MatrixRow(
                    view.issue_link(issue.id),
                    depth,
                    tuple(found[id].get(issue.id) for id in shown),
                    len(due),
                    len(set(touched).difference(shown)),
                )
            )
    return Matrix(view.columns(), tuple(_column(view, id, before.get(id)) for id in shown), tuple(rows))


def _column(view: Presenter, id: str, before: str | None) -> Column:
    line = view.line(id)
    sides: dict[str, list[str]] = {}
    for person, party in meetings.heads(view.timeline.events[id], view.timeline.columns):
        sides.setdefault(party, []).append(view.corpus.people[person].family_name)
    comparison = None
    if before:
        text = view.words("issue_matrix.compare", earlier=view.line(before).title, later=line.title)
        comparison = Link(text, urls.comparison(before, id))
    comma = view.words("list.comma")
    people = "–".join(comma.join(names[:2]) + ("…" if names[2:] else "") for names in sides.values())
    return Column(line, people, comparison)


def _cells(view: Presenter, event: Event) -> dict[str, Cell]:
    """Return the cells of one event by issue, those of wider issues among them."""
    families: dict[str, list[str]] = {}
    for id in (at_issue.issue for at_issue in event.issues):
        for wide in (id, *view.timeline.above(id)):
            families.setdefault(wide, []).append(id)
    return {issue: _cell(view, event, issue, family) for issue, family in families.items()}


def _cell(view: Presenter, event: Event, issue: str, family: list[str]) -> Cell:
    at = [i for i in event.issues if i.issue in family]
    said = [q for q in event.quotes if not set(family).isdisjoint(q.issues)]
    sides = tuple(
        Heard(
            party,
            any(party.id in i.raised_by for i in at),
            sum(party.id in q.parties for q in said),
            any(party.id in i.positions for i in at),
        )
        for party in view.columns()
    )
    own = next((i for i in at if i.issue == issue), None)
    label = view.outcome(own.outcome) if own else ""
    return Cell(
        urls.position(event.id, (own or at[0]).issue),
        sides,
        len([q for q in said if set(q.parties).intersection(view.timeline.columns)]),
        own.outcome if own and label else "",
        label,
    )
