"""An event as lists show it: in a card, or in one line."""

from __future__ import annotations

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import prose, urls, voices
from diplomatic_timeline.views.commitments import status_sums
from diplomatic_timeline.views.dates import display_in_year
from diplomatic_timeline.views.event_models import EventLine
from diplomatic_timeline.views.meetings import MEETINGS, heads
from diplomatic_timeline.views.models import PartyView, SpeakerView
from diplomatic_timeline.views.names import Names


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
        voices=voices.at(view, event) if main else (),
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
