"""Prepares the views of a timeline: resolves names, puts dates into words, orders and groups."""

from __future__ import annotations

from collections.abc import Iterable

from diplomatic_timeline.model.records import Event, IssueAtEvent
from diplomatic_timeline.views import event_lines, urls
from diplomatic_timeline.views.commitments import commitment_view
from diplomatic_timeline.views.dates import display_in_year
from diplomatic_timeline.views.models import (
    CommitmentView,
    Delegate,
    Delegation,
    EventLine,
    EventView,
    IssueRow,
    LedgerRow,
    Link,
    QuoteGroup,
    QuoteView,
    RelatedView,
    Side,
    Year,
)
from diplomatic_timeline.views.references import References
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


class Presenter(References):
    """Prepares the views of one timeline in one language."""

    def __init__(self, timeline: Timeline, words: Wording = ENGLISH) -> None:
        super().__init__(timeline, words)
        self._lines: dict[str, EventLine] = {}

    def commitment(self, id: str) -> CommitmentView:
        return commitment_view(self, id)

    def commitments(self, ids: Iterable[str]) -> tuple[CommitmentView, ...]:
        return tuple([self.commitment(id) for id in ids])

    def line(self, id: str) -> EventLine:
        line = self._lines.get(id)
        if line is None:
            line = self._lines[id] = event_lines.line(self, self.corpus.events[id])
        return line

    def lines(self, ids: Iterable[str]) -> tuple[EventLine, ...]:
        return tuple([self.line(id) for id in ids])

    def event(self, id: str) -> EventView:
        event = self.corpus.events[id]
        visited = [self.corpus.places[at.place] for at in event.where]
        place = visited[0] if len(visited) == 1 else None
        promised = self.commitments(c.id for c in event.commitments)
        return EventView(
            line=self.line(id),
            date_basis=event.date_basis,
            timezone=event.timezone or (place.timezone if place else None),
            place=self._where(event),
            place_native=(place.native_language, place.native_name) if place and place.native_name else None,
            summary=event.summary,
            delegations=self._delegations(event),
            issues=tuple(self._issue_row(event, i) for i in event.issues),
            groups=self._groups(event),
            commitments=tuple(c for c in promised if c.type != "warning"),
            warnings=tuple(c for c in promised if c.type == "warning"),
            target=tuple(self._target(id) for id in event.target),
            legal_basis=event.legal_basis,
            sources=tuple(self.source(s) for s in event.sources),
            related=self._related(event),
            corrections=tuple((self.date(c.date), c.text) for c in event.corrections),
        )

    def _where(self, event: Event) -> str | None:
        """Return the places of an event in order, each with its country and, of several, its date."""
        found = []
        for at in event.where:
            place = self.corpus.places[at.place]
            text = self.words("list.comma").join(place.names)
            if at.date:
                when = display_in_year(at.date, self.words)
                text = self.words("event.place_on", place=text, date=when)
            found.append(text)
        return self.words("list.semicolon").join(found) or None

    def _target(self, id: str) -> Link:
        if id in self.corpus.parties:
            return Link(self.parties[id].name, urls.party(id))
        return Link(self.corpus.organizations[id].name, urls.organization(id))

    def _related(self, event: Event) -> tuple[RelatedView, ...]:
        """Return the events that an event names, then those that say how they bear on it."""
        kinds = {relation.event: relation.kind for relation in event.related}
        found = {}
        for id, kind in kinds.items():
            found[id] = self.words(f"relation.{kind}") if kind else None
        for id in self.timeline.events_related_to.get(event.id, ()):
            kind = next(r.kind for r in self.corpus.events[id].related if r.event == event.id)
            if kind and not kinds.get(id):
                found[id] = self.words(f"relation_of.{kind}")
        return tuple(RelatedView(self.line(id), relation) for id, relation in found.items())

    def _delegations(self, event: Event) -> tuple[Delegation, ...]:
        found = []
        for party in (*self.timeline.columns, *self.timeline.observers):
            delegates = tuple(
                Delegate(
                    self.named(p.person, event.date),
                    p.post,
                    p.role,
                    self.words(f"role.{p.role}"),
                    Link(self.corpus.organizations[p.on_behalf_of].name, urls.organization(p.on_behalf_of))
                    if p.on_behalf_of
                    else None,
                )
                for p in event.participants
                if p.party == party
            )
            if delegates:
                found.append(Delegation(self.parties[party], delegates))
        return tuple(found)

    def _issue_row(self, event: Event, at_issue: IssueAtEvent) -> IssueRow:
        sides = []
        for party in (*self.timeline.columns, *self.timeline.observers):
            position = at_issue.positions.get(party)
            if position is None and self.parties[party].observer:
                continue
            sides.append(
                Side(
                    self.parties[party],
                    (),
                    position.statement if position else None,
                    (
                        *(self.quote_link(q) for q in position.quotes),
                        *(self.source_link(s) for s in position.sources),
                    )
                    if position
                    else (),
                    anchor=urls.position_anchor(at_issue.issue, party),
                    url=urls.position(event.id, at_issue.issue, party),
                )
            )
        return IssueRow(
            anchor=urls.position_anchor(at_issue.issue),
            url=urls.position(event.id, at_issue.issue),
            issue=self.issue_link(at_issue.issue),
            raised_by=tuple(self.parties[p] for p in at_issue.raised_by),
            sides=tuple(sides),
            outcome=at_issue.outcome,
            outcome_label=self.words(f"outcome.{at_issue.outcome}"),
        )

    def sides(self, ids: Iterable[str]) -> tuple[Side, ...]:
        """Return a column for each party with those of the quotes that it said, silent parties included."""
        quotes = self.quotes(ids)
        sides = []
        for party in self.columns():
            own = tuple([q for q in quotes if q.party is party])
            joint = tuple(
                [self.quote_link(q.id) for q in quotes if q.party is not party and party in q.parties]
            )
            sides.append(Side(party, own, joint=joint))
        return tuple(sides)

    def outside(self, ids: Iterable[str]) -> tuple[QuoteView, ...]:
        """Return those of the quotes that observers said."""
        return tuple(q for q in self.quotes(ids) if q.party.observer)

    def _groups(self, event: Event) -> tuple[QuoteGroup, ...]:
        groups = []
        for at_issue in event.issues:
            # A quote on several issues stands once, under the first that its editor names.
            ids = [q.id for q in event.quotes if q.issues[0] == at_issue.issue]
            others = [q for q in event.quotes if at_issue.issue in q.issues[1:]]
            if ids:
                sides = tuple(
                    Side(
                        side.party,
                        side.quotes,
                        elsewhere=tuple(
                            [self.quote_link(q.id) for q in others if side.party.id in q.parties]
                        ),
                        joint=side.joint,
                    )
                    for side in self.sides(ids)
                )
                groups.append(
                    QuoteGroup(
                        self.issue_link(at_issue.issue),
                        f"said-{at_issue.issue}",
                        sides,
                        self.outside(ids),
                    )
                )
        return tuple(groups)

    def years(self) -> tuple[Year, ...]:
        """Return all years that have events, the newest first, and in each the newest event first."""
        return tuple(self.year(number) for number in reversed(self.timeline.years))

    def year(self, number: int) -> Year:
        ids = self.timeline.events_of_year.get(number, ())
        return Year(number, urls.year(number), self.lines(reversed(ids)))

    def ledger(self, issue_id: str, events: Iterable[str] | None = None) -> tuple[LedgerRow, ...]:
        """Return events on an issue, each with every side's words: these, or all from the oldest on."""
        rows = []
        for event_id in self.timeline.events_of_issue.get(issue_id, ()) if events is None else events:
            event = self.corpus.events[event_id]
            at_issue = next(i for i in event.issues if i.issue == issue_id)
            ids = [q.id for q in event.quotes if issue_id in q.issues]
            positions = {s.party.id: s for s in self._issue_row(event, at_issue).sides}
            sides = tuple(_with_quotes(positions[s.party.id], s) for s in self.sides(ids))
            # Observers take a column only where a position of theirs is recorded, as on the event's page.
            sides += tuple(s for s in positions.values() if s.party.observer)
            rows.append(
                LedgerRow(
                    self.line(event_id),
                    sides,
                    self.outside(ids),
                    at_issue.outcome,
                    self.words(f"outcome.{at_issue.outcome}"),
                    urls.position(event_id, issue_id),
                )
            )
        return tuple(rows)


def _with_quotes(side: Side, said: Side) -> Side:
    # Not `replace`, which takes several times as long.
    return Side(side.party, said.quotes, side.statement, side.rests_on, (), said.joint, side.anchor, side.url)
