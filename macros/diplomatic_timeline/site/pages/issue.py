"""The pages of an issue: its ledger, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Draft
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.site.pages.common import _ASIDE, _all
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.pagination import Part, cut

_LEDGER = 20
"""Events of a ledger on one page, with their quotes."""


def issue(press: Renderer, id: str) -> Iterator[Draft]:
    """Yield the pages of an issue's ledger, the latest first; each begins with its oldest event."""
    timeline, path, marks = press.timeline, urls.issue(id), press.marks
    said: dict[str, int] = {}
    for q in timeline.quotes_of_issue.get(id, ()):
        event = timeline.quotes[q].event.id
        said[event] = said.get(event, 0) + 1
    latest = timeline.events_of_issue.get(id, ())[::-1]
    promised = timeline.commitments_of_issue.get(id, ())
    for part in cut(latest, path, _LEDGER, lambda event: 1 + said.get(event, 0), press.words):
        shown = promised[:_ASIDE] if part.first else ()
        # The first page compares the words of all the events.
        of = (
            *(part.number, part.of, len(promised)),
            *(marks.events(latest if part.first else part.items), marks.commitments(shown)),
        )
        yield Draft(part.url, of, partial(_issue, press, id, part))


def _issue(press: Renderer, id: str, part: Part[str]) -> Page:
    issue, path, timeline = press.timeline.corpus.issues[id], urls.issue(id), press.timeline
    promised = timeline.commitments_of_issue.get(id, ())
    ledger = press.view.ledger(id, part.items[::-1])
    headings = [Heading(f"e-{row.event.id}", f"{row.event.title}") for row in ledger]
    changes = press.comparisons(id) if part.first and timeline.quotes_of_issue.get(id) else ()
    if changes:
        below = tuple(Heading(c.anchor, c.party) for c in changes)
        headings.append(Heading("changed", press.words("changes.title"), below))
    if promised and part.first:
        headings.append(Heading("commitments", press.words("term.commitments")))
    title = f"{issue.name}{part.suffix}"
    return Page(
        path=part.url,
        kind="issue",
        tab=urls.ISSUES,
        title=title,
        description=prose.shortened(
            press.words("issue.described", issue=issue.name, description=issue.description)
        ),
        content=press.page(
            "issue",
            part.url,
            title=title,
            issue=issue,
            url=path,
            trail=press.trail(title, Link(press.words("term.issues"), urls.ISSUES)),
            wider=press.view.issue_link(issue.parent) if issue.parent else None,
            narrower=press.view.issue_links(timeline.children.get(id, ())),
            ledger=ledger,
            changes=changes,
            commitments=press.view.commitments(promised[:_ASIDE]) if part.first else (),
            all_commitments=_all(press.words, promised, "commitments", urls.COMMITMENTS, _ASIDE, issue=id),
            part=part,
        ),
        headings=tuple(headings),
        source=press.registry("issues"),
        part_of=None if part.first else path,
    )
