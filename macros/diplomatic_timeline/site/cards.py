"""Which social image a page shows: its event's own, or the site's."""

from __future__ import annotations

from collections.abc import Iterator

from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.dates import display
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.site.social_cards import Artist, Card
from diplomatic_timeline.views import labels, urls
from diplomatic_timeline.views.timeline import Timeline

NAME = "social.png"
"""An image's file name: beside its event's page, or at the root for all other pages."""

MOST = 500
"""Up to how many main events a record has for each to get an image of its own."""


def event_card(event: Event, timeline: Timeline, imprint: Imprint) -> Card:
    """Return what an event's image says."""
    corpus = timeline.corpus
    facts = [display(event.date)]
    if event.place:
        facts.append(corpus.places[event.place].name)
    facts.append(labels.KINDS[event.kind])
    if event.status != "held":
        facts.append(labels.STATUSES[event.status])
    present = {p.party for p in event.participants} or {q.party for q in event.quotes}
    return Card(
        " · ".join(facts),
        event.title,
        tuple(
            (corpus.parties[p].short, corpus.parties[p].color, corpus.parties[p].marker)
            for p in timeline.columns
            if p in present
        ),
        imprint.name,
    )


def site_card(timeline: Timeline, imprint: Imprint) -> Card:
    """Return what the image of the site says."""
    years = timeline.years
    facts = "" if not years else f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"
    sides = (timeline.corpus.parties[p] for p in timeline.columns)
    return Card(facts, imprint.name, tuple((s.short, s.color, s.marker) for s in sides), "")


def drawn(timeline: Timeline) -> bool:
    """Return whether events have images of their own."""
    return timeline.main_events <= MOST


def image_of(event: Event, timeline: Timeline, imprint: Imprint, artist: Artist) -> str | None:
    """Return the address of an event's own image; None where it has none and shows the site's.

    Main events have one, in a record of up to `MOST` of them: an image takes a fiftieth of a second to draw,
    which for ten thousand would be many times all the rest of a build.
    """
    if (
        event.prominence != "main"
        or not drawn(timeline)
        or not artist.can_draw(event_card(event, timeline, imprint))
    ):
        return None
    return f"{urls.event(event.id)}{NAME}"


def images(timeline: Timeline, imprint: Imprint, artist: Artist) -> Iterator[tuple[str, bytes]]:
    """Yield every image: its address below the root, and its PNG."""
    whole = site_card(timeline, imprint)
    if artist.can_draw(whole):
        yield NAME, artist.image(NAME, whole)
    for event in timeline.events.values():
        path = image_of(event, timeline, imprint, artist)
        if path is not None:
            yield path, artist.image(path, event_card(event, timeline, imprint))
