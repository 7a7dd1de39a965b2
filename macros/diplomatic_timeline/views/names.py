"""The record's names in words: the links, dates and labels that all views are made of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from diplomatic_timeline.model.dates import Edtf, parse_date
from diplomatic_timeline.model.records import Correction
from diplomatic_timeline.model.registries import Person
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.models import (
    CorrectionView,
    CoSpeakerView,
    DateView,
    Link,
    PartyView,
    QuoteView,
    SpeakerView,
)
from diplomatic_timeline.views.timeline import Said, Timeline, corrections_of
from diplomatic_timeline.views.wording import ENGLISH, Wording


class Names:
    """Those of one timeline in one language. What many pages show is made once."""

    def __init__(self, timeline: Timeline, words: Wording = ENGLISH) -> None:
        self.timeline = timeline
        self.words = words
        self.corpus = timeline.corpus
        self.parties = {
            id: PartyView(
                id,
                party.name,
                party.phrase or party.name,
                party.short,
                party.adjective,
                party.color,
                party.marker,
                party.observer,
                urls.party(id),
            )
            for id, party in self.corpus.parties.items()
        }
        # Tens of thousands of quotes share what they lead to.
        self.speaker = cache(self._speaker)
        self.issue_link = cache(self._issue_link)
        self.event_link = cache(self._event_link)
        self.publisher = cache(self._publisher)
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

    def outcome(self, outcome: str) -> str:
        """Return where an event left an issue; nothing where that is unknown or it was not discussed."""
        return "" if outcome in ("unknown", "not-discussed") else self.words(f"outcome.{outcome}")

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

    def organization_link(self, id: str) -> Link:
        return Link(self.corpus.organizations[id].name, urls.organization(id))

    def _publisher(self, source: str) -> Link:
        """Return a link to a source, named by where it was published, or that it does not say."""
        named = self.corpus.sources[source].publisher or self.words("source.unknown_publisher")
        return Link(named, urls.source(source))

    def published(self, source: str) -> DateView:
        """Return when a source was published, or that it does not say."""
        when = self.corpus.sources[source].published
        return self.date(when) if when else DateView(self.words("source.undated"), None)

    def pinned(self, day: str | None) -> str | None:
        """Return the day on which a source was pinned, in words."""
        return self.date(parse_date(day)).text if day else None

    def _source_link(self, id: str) -> Link:
        """Return a link to a source, named by its publisher and date; it says so if it was withdrawn."""
        named = {"publisher": self.publisher(id).text, "published": self.published(id).text}
        form = "source.named_withdrawn" if self.corpus.sources[id].withdrawn else "source.named"
        return Link(self.words(form, **named), urls.source(id))

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
            pinned=self.pinned(said.proof.pinned),
            source_address=source.url,
            corrections=tuple(map(self.correction, corrections_of(event, id))),
            withdrawn=self.date(source.withdrawn.date) if source.withdrawn else None,
        )

    def present(self, person: Person) -> str:
        """Return a person's latest post with its dates, for no clock says what is present; or nothing."""
        if not person.posts:
            return ""
        post = person.posts[-1]
        return (
            self.words("speaker.present", post=post.title, dates=self.date(post.dates).text)
            if post.dates
            else post.title
        )

    def correction(self, made: Correction) -> CorrectionView:
        """Return a correction, with the quotation that it names if that is in the record."""
        stood = {"before": made.before, "after": made.after}
        told = [self.words(f"correction.{key}", text=text) for key, text in stood.items() if text]
        quote = self.quote_link(made.quote) if made.quote else None
        return CorrectionView(self.date(made.date), made.text, quote, " ".join(told))

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
