"""Prepares the views of a timeline: resolves names, puts dates into words, orders and groups."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache, partial

from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.registries import Party
from diplomatic_timeline.views import event_issues, event_lines, prose, urls
from diplomatic_timeline.views.commitments import commitment_view
from diplomatic_timeline.views.dates import display, display_in_year
from diplomatic_timeline.views.event_models import (
    Delegate,
    Delegation,
    EventLine,
    EventView,
    LedgerRow,
    RelatedView,
    Side,
)
from diplomatic_timeline.views.models import (
    CommitmentView,
    CoSpeakerView,
    DateView,
    Link,
    PartyView,
    QuoteView,
    SpeakerView,
)
from diplomatic_timeline.views.sources import pinned, published, publisher, source_view
from diplomatic_timeline.views.timeline import Said, Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


def party_view(party: Party) -> PartyView:
    return PartyView(
        party.id,
        party.name,
        party.phrase or party.name,
        party.short,
        party.adjective,
        party.color,
        party.marker,
        party.observer,
        urls.party(party.id),
    )


class Presenter:
    """Prepares the views of one timeline in one language.

    Quotes and event lines, which many pages show, are made once.
    """

    def __init__(self, timeline: Timeline, words: Wording = ENGLISH) -> None:
        self.timeline = timeline
        self.words = words
        self.corpus = timeline.corpus
        self.parties = {id: party_view(p) for id, p in self.corpus.parties.items()}
        self._lines: dict[str, EventLine] = {}
        # Tens of thousands of quotes share what they lead to.
        self.speaker = cache(self._speaker)
        self.issue_link = cache(self._issue_link)
        self.event_link = cache(self._event_link)
        self.publisher = cache(self._publisher)
        self.source = cache(partial(source_view, self))
        self.source_link = cache(self._source_link)
        self.quote = cache(self._quote)
        self.quote_link = lru_cache(8192)(self._quote_link)

    def columns(self) -> tuple[PartyView, ...]:
        """Return the parties that take a column of their own, in their order."""
        return tuple([self.parties[id] for id in self.timeline.columns])

    def date(self, when: Edtf) -> DateView:
        """Return a date in words and for machines."""
        return DateView(display(when, self.words), when.machine)

    def period(self, first: Edtf | None, last: Edtf | None) -> str:
        """Return the time from one date to another in words, nothing where neither is known."""
        ends = [self.date(end).text if end else "" for end in (first, last)]
        if all(ends):
            return self.words("date.interval", first=ends[0], last=ends[1])
        return self.words("date.since" if first else "date.until", date="".join(ends)) if any(ends) else ""

    def _speaker(self, id: str, when: Edtf | None = None) -> SpeakerView:
        """Return the person or organization with that id, a person by the name of the day."""
        person = self.corpus.people.get(id)
        if person is not None:
            name, native = person.name_at(when) if when else (person.name, person.native_name)
            return SpeakerView(id, name, native, person.native_language, urls.person(id))
        body = self.corpus.organizations[id]
        return SpeakerView(id, body.name, body.native_name, body.native_language, urls.organization(id))

    def _issue_link(self, id: str) -> Link:
        return Link(self.corpus.issues[id].name, urls.issue(id))

    def issue_links(self, ids: Iterable[str]) -> tuple[Link, ...]:
        return tuple([self.issue_link(id) for id in ids])

    def _event_link(self, id: str) -> Link:
        return Link(self.corpus.events[id].title, urls.event(id))

    def _publisher(self, source: str) -> Link:
        """Return a link to a source, named by its publisher."""
        return Link(publisher(self, source), urls.source(source))

    def _source_link(self, id: str) -> Link:
        """Return a link to a source, named by its publisher and date."""
        named = {"publisher": publisher(self, id), "published": published(self, id).text}
        return Link(self.words("source.named", **named), urls.source(id))

    def _quote_link(self, id: str) -> Link:
        """Return a link to a quote, named by its speaker and the beginning of its words."""
        said = self.timeline.quotes[id]
        speaker = self.named(said.quote.speaker, said.date).name
        beginning = prose.beginning(said.quote.text)
        text = self.words("quote.named", speaker=speaker, beginning=beginning)
        return Link(text, urls.quote(said.event.id, id))

    def named(self, id: str, when: Edtf) -> SpeakerView:
        """Return a person or an organization by the name of the day."""
        person = self.corpus.people.get(id)
        return self.speaker(id, when) if person and person.names else self.speaker(id)

    def quotes(self, ids: Iterable[str]) -> tuple[QuoteView, ...]:
        return tuple([self.quote(id) for id in ids])

    def _quote(self, id: str) -> QuoteView:
        said = self.timeline.quotes[id]
        quote, event = said.quote, said.event
        source = self.corpus.sources[quote.source]
        via = self.speaker(quote.via) if quote.via else None
        return QuoteView(
            id=quote.id,
            text=quote.text,
            language=quote.language,
            speaker=self.named(quote.speaker, said.date),
            post=quote.post,
            party=self.parties[quote.party],
            others=tuple(
                CoSpeakerView(self.named(s.speaker, said.date), s.post, self.parties[s.party or quote.party])
                for s in quote.speakers[1:]
            ),
            lead_in=quote.lead_in,
            date=self.date(said.date),
            edtf=said.date.text,
            year=said.date.anchor.year,
            occasion=quote.occasion,
            moment=self._moment(said),
            phase=said.phase,
            phase_label=self._phase(said),
            issues=self.issue_links(quote.issues),
            event=self.event_link(event.id),
            source=self.publisher(source.id),
            source_title=source.title,
            locator=quote.locator,
            via=Link(via.name, via.url) if via else None,
            rendering=self.words(f"rendering.{quote.rendering}"),
            original=(quote.original.language, quote.original.text) if quote.original else None,
            note=quote.note,
            proof=said.proof.outcome,
            proof_label=self.words(f"proof.{said.proof.outcome}"),
            rule_url=urls.PROOF,
            pinned=pinned(self, said.proof.pinned),
            source_address=source.url,
        )

    def _moment(self, said: Said) -> str:
        if said.quote.rendering == "written" and said.quote.speaker not in self.corpus.people:
            return "statement"
        return "dated" if said.quote.date is not None else "there"

    def _phase(self, said: Said) -> str:
        """Return how a quote stands to its event: `before the talks`, `on the day of the talks`."""
        if self._moment(said) == "statement":
            # A body speaks to the public; nobody said it to the other side at the table.
            return self.words("phase.in_writing")
        when: str = said.phase
        if when == "at" and said.quote.date is not None:
            # On the event's dates, but on an occasion of its own.
            when = "day" if said.event.date.first == said.event.date.last else "days"
        return self.words(f"phase.{when}.{said.event.kind}")

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
            target=tuple(self._target(id) for id in event.target),
            legal_basis=event.legal_basis,
            sources=tuple(self.source(s) for s in event.sources),
            related=self._related(event),
            follows=tuple(map(self.event_link, event.follows)),
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

    def ledger(self, issue_id: str, events: Iterable[str] | None = None) -> tuple[LedgerRow, ...]:
        """Return events on an issue, each with every side's words: these, or all from the oldest on."""
        rows = []
        for event_id in self.timeline.events_of_issue.get(issue_id, ()) if events is None else events:
            event = self.corpus.events[event_id]
            at_issue = next(i for i in event.issues if i.issue == issue_id)
            ids = [q.id for q in event.quotes if issue_id in q.issues]
            positions = event_issues.positions(self, event, at_issue)
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
