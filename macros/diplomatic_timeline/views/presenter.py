"""Prepares the views of a timeline: resolves names, puts dates into words, orders and groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.registries import Source, Withdrawal
from diplomatic_timeline.views import event_issues, event_lines, prose, urls
from diplomatic_timeline.views.commitments import CommitmentView, commitment_view
from diplomatic_timeline.views.dates import display_in_year
from diplomatic_timeline.views.event_issues import IssueRow, LedgerRow, Side, Sums
from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.models import (
    CorrectionView,
    Link,
    PartyView,
    QuoteView,
    SourceView,
    SpeakerView,
    WithdrawalView,
)
from diplomatic_timeline.views.names import Names
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


@dataclass(frozen=True, slots=True)
class Delegate:
    person: SpeakerView
    post: str
    role: str
    role_label: str
    on_behalf_of: Link | None


@dataclass(frozen=True, slots=True)
class Delegation:
    party: PartyView
    delegates: tuple[Delegate, ...]


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A related event, and in words how the event of the page bears on it, where that is said."""

    line: EventLine
    relation: str | None


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with everything attached to it.

    `place` names all its places with their dates; `zone` is the time by which its dates are told, where the
    place does not say that. `warnings` are not among the `commitments`. `short` says that the summary is no
    more than its first sentence. `follows` are events that came before it, where the dates do not tell.
    """

    line: EventLine
    date_basis: str | None
    zone: str | None
    place: str | None
    place_native: tuple[str, str] | None
    summary: str
    short: bool
    delegations: tuple[Delegation, ...]
    issues: tuple[IssueRow, ...]
    sums: Sums
    commitments: tuple[CommitmentView, ...]
    warnings: tuple[CommitmentView, ...]
    target: tuple[Link, ...]
    legal_basis: str | None
    sources: tuple[SourceView, ...]
    related: tuple[RelatedView, ...]
    follows: tuple[Link, ...]
    corrections: tuple[CorrectionView, ...]

    @property
    def basis(self) -> tuple[Link, ...]:
        """What most of its positions rest on, which is said once; nothing where no two rest on the same."""
        sides = (side for row in self.issues for side in (*row.speaking, *row.analysts))
        grounds = Counter(side.rests_on for side in sides if side.statement and side.rests_on)
        ((most, times),) = grounds.most_common(1) or (((), 0),)
        return most if times > 1 else ()


class Presenter(Names):
    """Prepares the views of one timeline in one language. Sources and lines of events are made once."""

    def __init__(self, timeline: Timeline, words: Wording = ENGLISH) -> None:
        super().__init__(timeline, words)
        self.line = cache(self._line)
        self.source = cache(self._source)

    def commitment(self, id: str) -> CommitmentView:
        return commitment_view(self, id)

    def commitments(self, ids: Iterable[str]) -> tuple[CommitmentView, ...]:
        return tuple([self.commitment(id) for id in ids])

    def _line(self, id: str) -> EventLine:
        return event_lines.line(self, self.corpus.events[id])

    def lines(self, ids: Iterable[str]) -> tuple[EventLine, ...]:
        return tuple([self.line(id) for id in ids])

    def event(self, id: str) -> EventView:
        event = self.corpus.events[id]
        visited = [self.corpus.places[at.place] for at in event.where]
        place = visited[0] if len(visited) == 1 else None
        promised = self.commitments(c.id for c in event.commitments)
        kept = tuple(c for c in promised if c.type != "warning")
        line, zone = self.line(id), event.timezone
        issues = event_issues.rows(self, event)
        return EventView(
            line=line,
            date_basis=event.date_basis,
            zone=self.words.zone(zone) if zone and not (place and place.timezone == zone) else None,
            place=self._where(event),
            place_native=(place.native_language, place.native_name) if place and place.native_name else None,
            summary=event.summary,
            short=len(prose.to_plain(event.summary)) <= len(line.lead),
            delegations=self._delegations(event),
            issues=issues,
            sums=event_issues.sums(issues),
            commitments=kept,
            warnings=tuple(c for c in promised if c.type == "warning"),
            target=tuple(
                Link(self.parties[id].name, urls.party(id))
                if id in self.parties
                else self.organization_link(id)
                for id in event.target
            ),
            legal_basis=event.legal_basis,
            sources=tuple(self.source(s) for s in event.sources),
            related=self._related(event),
            follows=tuple(map(self.event_link, event.follows)),
            corrections=tuple(map(self.correction, event.corrections)),
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
                    self.organization_link(p.on_behalf_of) if p.on_behalf_of else None,
                )
                for p in event.participants
                if p.party == party
            )
            if delegates:
                found.append(Delegation(self.parties[party], delegates))
        return tuple(found)

    def sides(self, ids: Iterable[str]) -> tuple[Side, ...]:
        """Return a column for each party with those of the quotes that it said, silent parties included."""
        quotes = self.quotes(ids)
        return tuple(event_issues.with_quotes(self, Side(party), quotes) for party in self.columns())

    def outside(self, ids: Iterable[str]) -> tuple[QuoteView, ...]:
        """Return those of the quotes that observers said."""
        return tuple(q for q in self.quotes(ids) if q.party.observer)

    def ledger(
        self, issue_id: str, events: Iterable[str] | None = None, among: Collection[str] | None = None
    ) -> tuple[LedgerRow, ...]:
        """Return events on an issue, each with every side's words: these, or all from the oldest on.

        Of the quotes only those are told that are `among` these ids, if given.
        """
        rows = []
        for event_id in self.timeline.events_of_issue.get(issue_id, ()) if events is None else events:
            event = self.corpus.events[event_id]
            at_issue = next(i for i in event.issues if i.issue == issue_id)
            ids = [q.id for q in event.quotes if issue_id in q.issues and (among is None or q.id in among)]
            quotes = self.quotes(ids)
            # Observers take a column only where a position of theirs is recorded, as on the event's page.
            sides = tuple(
                side if side.party.observer else event_issues.with_quotes(self, side, quotes)
                for side in event_issues.positions(self, event, at_issue).values()
            )
            rows.append(
                LedgerRow(
                    self.line(event_id),
                    sides,
                    self.outside(ids),
                    at_issue.outcome,
                    self.words(f"outcome.{at_issue.outcome}"),
                    tuple(self.parties[party] for party in at_issue.raised_by),
                    urls.position(event_id, issue_id),
                )
            )
        return tuple(rows)

    def _source(self, id: str) -> SourceView:
        """Return a source, what rests on it, and how much of that is proven."""
        source, words = self.corpus.sources[id], self.words
        resting = self.timeline.quotes_of_source.get(id, ())
        proofs = [self.timeline.quotes[q].proof for q in resting]
        by = [*(a.name for a in source.authors), *([source.agency] if source.agency else [])]
        return SourceView(
            id=id,
            title=source.title,
            untitled=source.untitled,
            publisher=self.publisher(id).text,
            byline=words("list.comma").join(by),
            published=self.published(id),
            kind=words(f"source_kind.{source.kind}"),
            official=source.issuer is not None,
            numbered=self._numbered(source),
            language=source.language,
            address=source.url,
            archive=source.archive_url,
            note=source.note,
            quotes=len(resting),
            proven=sum(p.outcome == "verified" for p in proofs),
            pinned=self.pinned(next((p.pinned for p in proofs if p.pinned), None)),
            url=urls.source(id),
            reached=tuple((words(f"rendering.{how}"), n) for how, n in self.timeline.renderings(id)),
            withdrawn=self._withdrawn(source.withdrawn),
        )

    def _withdrawn(self, told: Withdrawal | None) -> WithdrawalView | None:
        if told is None:
            return None
        other = told.replaced_by
        replaced_by = Link(self.corpus.sources[other].title, urls.source(other)) if other else None
        return WithdrawalView(self.date(told.date), told.why, replaced_by)

    def _numbered(self, source: Source) -> tuple[tuple[str, str | None], ...]:
        found: list[tuple[str, str | None]] = [(source.number, None)] if source.number else []
        if source.pages:
            found.append((self.words("source.pages", pages=source.pages), None))
        if source.doi:
            found.append((self.words("source.doi", doi=source.doi), urls.doi(source.doi)))
        return tuple(found)
