"""The pages of an issue: its ledger, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.site.pages.common import ASIDE, all_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import prose, tables, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.pagination import Part, paginate

LEDGER = 20
"""Events of a ledger on one page, with their quotes."""


def issue(renderer: Renderer, id: str) -> Iterator[Target[Page]]:
    """Yield the pages of an issue's ledger, the latest first; each begins with its oldest event."""
    timeline, path, prints = renderer.timeline, urls.issue(id), renderer.fingerprints
    said: dict[str, int] = {}
    for q in timeline.quotes_of_issue.get(id, ()):
        event = timeline.quotes[q].event.id
        said[event] = said.get(event, 0) + 1
    latest = timeline.events_of_issue.get(id, ())[::-1]
    promised = timeline.commitments_of_issue.get(id, ())
    for part in paginate(latest, path, LEDGER, lambda event: 1 + said.get(event, 0), renderer.words):
        shown = promised[:ASIDE] if part.first else ()
        # The first page compares the words of all the events.
        inputs = (
            *(part.number, part.of, len(promised)),
            *(prints.events(latest if part.first else part.items), prints.commitments(shown)),
        )
        yield Target(part.url, inputs, partial(_issue, renderer, id, part))


def _issue(renderer: Renderer, id: str, part: Part[str]) -> Page:
    timeline, path, words = renderer.timeline, urls.issue(id), renderer.words
    issue = timeline.corpus.issues[id]
    promised = timeline.commitments_of_issue.get(id, ())
    ledger = renderer.view.ledger(id, part.items[::-1])
    headings = [Heading(f"e-{row.event.id}", f"{row.event.title}") for row in ledger]
    changes = renderer.comparisons(id) if part.first and timeline.quotes_of_issue.get(id) else ()
    if changes:
        below = tuple(Heading(c.anchor, c.party) for c in changes)
        headings.append(Heading("changed", words("changes.title"), below))
    if promised and part.first:
        headings.append(Heading("commitments", words("term.commitments")))
    title = f"{issue.name}{part.suffix}"
    return Page(
        path=part.url,
        kind="issue",
        title=title,
        description=prose.shortened(
            words("issue.described", issue=issue.name, description=issue.description)
        ),
        html=renderer.page(
            "issue",
            part.url,
            title=title,
            issue=issue,
            url=path,
            trail=renderer.trail(title, Link(words("term.issues"), urls.ISSUES)),
            wider=renderer.view.issue_link(issue.parent) if issue.parent else None,
            narrower=renderer.view.issue_links(timeline.children.get(id, ())),
            ledger=ledger,
            changes=changes,
            commitments=renderer.view.commitments(promised[:ASIDE]) if part.first else (),
            all_commitments=all_of(words, promised, "commitments", urls.COMMITMENTS, ASIDE, issue=id),
            part=part,
        ),
        headings=tuple(headings),
        source=renderer.registry("issues"),
        part_of=None if part.first else path,
    )


def issues(renderer: Renderer) -> Target[Page]:
    """Return the page of all issues by main events."""
    return Target(urls.ISSUES, renderer.fingerprints.whole, partial(_issues, renderer))


def _issues(renderer: Renderer) -> Page:
    title = renderer.words("term.issues")
    return Page(
        path=urls.ISSUES,
        kind="issues",
        title=title,
        description=renderer.words("issues.described"),
        html=renderer.page(
            "issues", urls.ISSUES, trail=renderer.trail(title), matrix=tables.matrix(renderer.view)
        ),
        source=renderer.registry("issues"),
        wide=True,
    )
