"""The page of an event: delegations, what was at issue and said, commitments, sources."""

from __future__ import annotations

from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.exports import citation_styles, citations
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.models import Link


def event(renderer: Renderer, imprint: Imprint, id: str) -> Target[Page]:
    """Return the page of an event."""
    timeline, prints = renderer.timeline, renderer.fingerprints
    around = [timeline.events[e] if e else None for e in (timeline.previous[id], timeline.next[id])]
    inputs = (
        *(prints.event(id), prints.sources(timeline.events[id].sources)),
        *((e.id, e.title) if e else None for e in around),
    )
    return Target(urls.event(id), inputs, partial(_event, renderer, imprint, id))


def _event(renderer: Renderer, imprint: Imprint, id: str) -> Page:
    event, path, timeline = renderer.timeline.events[id], urls.event(id), renderer.timeline
    view, words = renderer.view.event(id), renderer.words
    year = event.date.anchor.year
    said = tuple(Heading(g.anchor, g.issue.text) for g in view.groups)
    at_issue = tuple(Heading(r.anchor, r.issue.text) for r in view.issues if not r.empty)
    sections = (
        ("delegations", words("term.delegations"), view.delegations, ()),
        ("summary", words("event.summary"), True, ()),
        ("issues", words("event.issues"), view.issues, at_issue),
        ("quotes", words("event.quotes"), view.groups, said),
        ("commitments", words("term.commitments"), view.commitments, ()),
        ("warnings", words("term.warnings"), view.warnings, ()),
        ("sources", words("term.sources"), view.sources, ()),
        ("related", words("event.related"), view.related, ()),
        ("corrections", words("term.corrections"), view.corrections, ()),
        ("cite", words("event.cite"), True, ()),
    )
    before, after = timeline.previous[id], timeline.next[id]
    return Page(
        path=path,
        kind="event",
        title=event.title,
        description=prose.shortened(words("event.described", date=view.line.date.text, lead=view.line.lead)),
        html=renderer.page(
            "event",
            path,
            event=view,
            trail=renderer.trail(event.title, Link(str(year), urls.year(year))),
            citation=citation_styles.forms(citations.of_event(event, imprint)),
        ),
        headings=tuple(Heading(i, title, below) for i, title, present, below in sections if present),
        previous=renderer.view.event_link(before) if before else None,
        next=renderer.view.event_link(after) if after else None,
        source=timeline.corpus.files.get(id),
    )
