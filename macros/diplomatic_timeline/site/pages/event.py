"""The page of an event: what came of it, what each side held and said, sources; and its citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.exports import citation_styles, citations
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import page_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import comparison, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.scripts import call


def event(renderer: Renderer, imprint: Imprint, id: str) -> Target[Page]:
    """Return the page of an event."""
    timeline, prints = renderer.timeline, renderer.fingerprints
    around = [timeline.events[e] if e else None for e in (timeline.previous[id], timeline.next[id])]
    event, beside = timeline.events[id], [(e.id, e.title) if e else None for e in around]
    shown = (renderer.preparations.after(event), prints.events(renderer.beside.get(id, ())))
    inputs = (prints.event(id), prints.sources(event.sources), shown, beside)
    return Target(urls.event(id), inputs, partial(_event, renderer, imprint, id))


def _event(renderer: Renderer, imprint: Imprint, id: str) -> Page:
    event, path, timeline = renderer.timeline.events[id], urls.event(id), renderer.timeline
    view, words = renderer.view.event(id), renderer.words
    year = event.date.anchor.year
    places = [
        *([(words("term.commitments"), "commitments")] if view.commitments else []),
        *([(words("term.warnings"), "warnings")] if view.warnings else []),
        *((row.issue.text, row.anchor) for row in view.issues if not row.bare),
        (words("term.sources"), "sources"),
    ]
    form = citation_styles.forms(citations.of_event(event, imprint))[0]
    before, after = timeline.previous[id], timeline.next[id]
    made = page_of(
        renderer,
        "event",
        path,
        event.title,
        words("event.described", date=view.line.date.text, lead=view.line.lead),
        Link(str(year), urls.year(year)),
        file=timeline.corpus.files.get(id),
        event=view,
        corrections=[(None, made) for made in view.corrections],
        places=[Link(text, f"{path}#{anchor}") for text, anchor in places],
        ways=tuple(_ways(renderer, event)),
        quoted=bool(event.quotes),
        citation=form,
        cites=urls.event_citations(id),
    )
    return replace(
        made,
        previous=renderer.view.event_link(before) if before else None,
        next=renderer.view.event_link(after) if after else None,
    )


def _ways(renderer: Renderer, event: Event) -> Iterator[tuple[Link, str]]:
    """Yield where an event stands beside another, and what its people need before they meet again."""
    words, view = renderer.words, renderer.view
    if pair := renderer.beside.get(event.id):
        other = view.line(pair[0] if pair[1] == event.id else pair[1])
        beside = Link(words("event.compare"), urls.comparison(*pair))
        yield beside, words("event.compare_with", event=other.name)
    elif "compare" not in renderer.timeline.without and comparison.is_comparable(event):
        others = Link(words("event.compare"), urls.narrowed(urls.COMPARE, a=event.id))
        yield others, words("event.compare_another")
    if again := renderer.preparations.after(event):
        yield (
            Link(words("event.prepare"), urls.preparation(again[0], *again[1])),
            words("event.prepare_again"),
        )


def citations_of(renderer: Renderer, imprint: Imprint, id: str) -> bytes:
    """Return a script that calls `dtCited` with an event's citation in every format.

    Few readers ask for one, so it does not weigh on the page. A script, because from a folder a browser
    reads nothing else.
    """
    forms = citation_styles.forms(citations.of_event(renderer.timeline.events[id], imprint))
    value = [[form.key, form.label, form.code, form.pieces] for form in forms]
    return call("dtCited", value)
