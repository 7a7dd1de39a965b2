"""The pages of an issue: where each side stands, what changed, and the words in full."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import NamedTuple

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import ASIDE, all_of, page_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import issues as views
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.commitments import status_sums
from diplomatic_timeline.views.event_issues import LedgerRow
from diplomatic_timeline.views.home import ways
from diplomatic_timeline.views.matrix import matrix
from diplomatic_timeline.views.models import Link, PartyView
from diplomatic_timeline.views.pagination import Part, paginate

LEDGER = 50
"""Events of a ledger on one page, with their quotes."""


class Section(NamedTuple):
    """What was said on one issue of a family, the newest event first; the issue itself has no `link`.

    `shown` are the quotes that stand in a section before it too, where they have their anchors.
    """

    id: str
    link: Link | None
    rows: tuple[tuple[str, LedgerRow], ...]
    shown: frozenset[str]


def issue(renderer: Renderer, id: str) -> Iterator[Target[Page]]:
    """Yield the pages of an issue: the answer first, then its words from the newest, then narrower issues."""
    timeline, path, prints = renderer.timeline, urls.issue(id), renderer.fingerprints
    # An issue and an event of its, the newest first; narrower issues after the issue itself.
    entries = [(one, e) for one in timeline.family(id) for e in timeline.events_of_issue.get(one, ())[::-1]]
    said: dict[tuple[str, str], int] = {}
    for one in timeline.family(id):
        for quote in timeline.quotes_of_issue.get(one, ()):
            key = one, timeline.quotes[quote].event.id
            said[key] = said.get(key, 0) + 1
    touched = timeline.of_family("events", id)
    promised = timeline.of_family("commitments", id)
    # Its head counts all of them, on each page.
    spoken = views.spoken(renderer.positions, id)
    for part in paginate(entries, path, LEDGER, lambda entry: 1 + said.get(entry, 0), renderer.words):
        # The first page compares what was held at all the events.
        events = touched if part.first else [event for _, event in part.items]
        counts = (len(touched), [number for _, number in spoken])
        inputs = (part.number, part.of, counts, prints.commitments(promised), prints.events(events))
        yield Target(part.url, inputs, partial(_issue, renderer, id, part, spoken))


def _sections(renderer: Renderer, id: str, part: Part[tuple[str, str]]) -> tuple[Section, ...]:
    found: list[Section] = []
    shown: set[str] = set()
    for one, entries in groupby(part.items, key=lambda entry: entry[0]):
        rows = renderer.view.ledger(one, [event for _, event in entries])
        anchored = tuple(
            (f"e-{row.event.id}" if one == id else f"e-{row.event.id}--{one}", row) for row in rows
        )
        link = None if one == id else renderer.view.issue_link(one)
        found.append(Section(f"words-{one}", link, anchored, frozenset(shown)))
        shown.update(quote.id for row in rows for side in row.sides for quote in side.quotes)
        shown.update(quote.id for row in rows for quote in row.outside)
    return tuple(found)


def _issue(
    renderer: Renderer, id: str, part: Part[tuple[str, str]], spoken: tuple[tuple[PartyView, int], ...]
) -> Page:
    timeline, path, words = renderer.timeline, urls.issue(id), renderer.words
    positions, issue = renderer.positions, timeline.corpus.issues[id]
    promised = timeline.of_family("commitments", id)
    made = [timeline.commitments[c] for c in promised]
    touched = timeline.of_family("events", id)
    sections = _sections(renderer, id, part)
    first = part.first and bool(touched)
    title = f"{issue.name}{part.suffix}"
    return page_of(
        renderer,
        "issue",
        part.url,
        title,
        words("issue.described", issue=title, description=issue.description),
        Link(words("term.issues"), urls.ISSUES),
        file=renderer.registry("issues"),
        part=part,
        issue=issue,
        url=path,
        wider=renderer.view.issue_link(issue.parent) if issue.parent else None,
        narrower=views.narrower(positions, id) if first else (),
        events=len(touched),
        promises=status_sums((c.commitment for c in made if c.counts), words),
        newest=views.newest(positions, id) if first else (),
        spoken=spoken,
        grid=views.grid(positions, id) if first else None,
        changes=renderer.changed(id) if first else (),
        sections=sections,
        commitments=renderer.view.commitments(promised[:ASIDE]) if part.first else (),
        all_commitments=all_of(words, promised, "commitments", urls.COMMITMENTS, ASIDE, issue=id),
    )


def issues(renderer: Renderer) -> Target[Page]:
    """Return the page of all issues by main events."""
    return Target(urls.ISSUES, renderer.fingerprints.whole, partial(_issues, renderer))


def _issues(renderer: Renderer) -> Page:
    words, found = renderer.words, matrix(renderer.view)
    return page_of(
        renderer,
        "issues",
        urls.ISSUES,
        words("term.issues"),
        words("issues.described"),
        file=renderer.registry("issues"),
        wide=True,
        matrix=found,
        beyond=len(renderer.timeline.main) - len(found.columns),
        ways=ways(renderer.view),
    )
