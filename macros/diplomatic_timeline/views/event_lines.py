"""An event as lists show it: in a card with a voice of each side, or in one line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.commitments import status_sums
from diplomatic_timeline.views.dates import display_in_year
from diplomatic_timeline.views.meetings import MEETINGS, heads
from diplomatic_timeline.views.models import DateView, Link, PartyView, QuoteView, SpeakerView
from diplomatic_timeline.views.names import Names

_SHORT = range(8, 46)
"""How many words a quotation has that says something and is read at a glance."""


@dataclass(frozen=True, slots=True)
class VoiceView:
    """What a party, or several together, said at an event, or held there in our words; where that stands."""

    parties: tuple[PartyView, ...]
    issue: Link
    quote: QuoteView | None
    statement: str | None
    url: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list: one line of facts, its first sentence, and a voice of each side.

    `people` are those who met there, by their parties; `agreed` are the issues on which it ended so;
    `promises` is how many stand how (status, number, status in words). `told` are kind and level, where they
    say something.
    """

    id: str
    title: str
    url: str
    year: int
    date: DateView
    date_in_year: str
    kind: str
    level: str
    told: tuple[str, ...]
    status: str
    status_label: str
    main: bool
    place: str | None
    lead: str
    issues: tuple[Link, ...]
    parties: tuple[PartyView, ...]
    people: tuple[tuple[PartyView, tuple[SpeakerView, ...]], ...]
    agreed: tuple[Link, ...]
    voices: tuple[VoiceView, ...]
    quotes: int
    promises: tuple[tuple[str, int, str], ...]
    sources: int

    @property
    def name(self) -> str:
        """What it is called where there is little room: its place, or its title."""
        return self.place or self.title


@dataclass(frozen=True, slots=True)
class Year:
    """A year's events, the newest first; `place` is that of the first in the list that the years make."""

    number: int
    url: str
    events: tuple[EventLine, ...]
    place: int = 0


@dataclass(frozen=True, slots=True)
class Decade:
    """The years of one decade, the newest first, each with its number of events."""

    label: str
    years: tuple[tuple[Link, int], ...]


def line(view: Names, event: Event) -> EventLine:
    """Return an event for lists."""
    timeline, words = view.timeline, view.words
    where = dict.fromkeys(view.corpus.places[at.place].name for at in event.where)
    present = [p for p in timeline.columns if any(x.party == p for x in event.participants)]
    kind, level = words(f"kind.{event.kind}"), words(f"level.{event.level}")
    main = event.prominence == "main"
    return EventLine(
        id=event.id,
        title=event.title,
        url=urls.event(event.id),
        year=event.date.anchor.year,
        date=view.date(event.date),
        date_in_year=display_in_year(event.date, words),
        kind=kind,
        level=level,
        told=(kind, level) if event.level != "other" else (kind,),
        status=event.status,
        status_label=words(f"status.{event.status}"),
        main=main,
        place=words("list.comma").join(where) or None,
        lead=prose.lead(event.summary),
        issues=view.issue_links(i.issue for i in event.issues),
        parties=tuple([view.parties[p] for p in present]),
        people=_people(view, event),
        agreed=view.issue_links(i.issue for i in event.issues if i.outcome == "agreed"),
        voices=voices(view, event) if main else (),
        quotes=len(event.quotes),
        promises=status_sums((c for c in event.commitments if c.type != "warning"), words),
        sources=len(event.sources),
    )


def _people(view: Names, event: Event) -> tuple[tuple[PartyView, tuple[SpeakerView, ...]], ...]:
    """Return who met at an event, by party; nobody of an event that is no meeting."""
    if event.kind not in MEETINGS:
        return ()
    found: dict[str, list[SpeakerView]] = {}
    for person, party in heads(event, view.timeline.columns):
        found.setdefault(party, []).append(view.named(person, event.date))
    return tuple((view.parties[party], tuple(people)) for party, people in found.items())


def voices(view: Names, event: Event) -> tuple[VoiceView, ...]:
    """Return a voice for each party with a column that has one at an event, in the parties' order.

    Only words said there speak for an event; where a side has none, its position in our words does; else it
    is left out. Sides are shown on one issue where one has both of them.
    """
    timeline = view.timeline
    found: defaultdict[str, dict[str, VoiceView]] = defaultdict(dict)
    said = [q for q in event.quotes if timeline.quotes[q.id].phase == "at"]
    said.sort(key=lambda q: len(q.text.split()) not in _SHORT)
    for at_issue in event.issues:
        issue = at_issue.issue
        for party in timeline.columns:
            quote = next((q for q in said if party in q.parties and issue in q.issues), None)
            position = at_issue.positions.get(party)
            if quote or position:
                found[issue][party] = VoiceView(
                    tuple(view.parties[p] for p in (quote.parties if quote else (party,))),
                    view.issue_link(issue),
                    view.quote(quote.id) if quote else None,
                    position.statement if position and not quote else None,
                    urls.quote(event.id, quote.id) if quote else urls.position(event.id, issue, party),
                )
    if not found:
        return ()
    # The most sides on one issue, of these the most in their own words; the first where they are equal.
    best = max(found.values(), key=lambda sides: (len(sides), sum(bool(v.quote) for v in sides.values())))
    shown = []
    for party in timeline.columns:
        others = [sides[party] for sides in found.values() if party in sides]
        voice = best.get(party) or next((v for v in others if v.quote), others[0] if others else None)
        if voice is not None:
            shown.append(voice)
    return tuple(dict.fromkeys(shown))
