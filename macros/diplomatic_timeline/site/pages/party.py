"""The page of a party: the record as seen from one side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import ASIDE, LINES, QUOTES, all_of, by_issue, page_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import tables, urls
from diplomatic_timeline.views.models import Link


def party(renderer: Renderer, id: str) -> Iterator[Target[Page]]:
    """Yield the page of a party: the newest of its quotes, promises and events, and who speaks for it."""
    timeline, prints = renderer.timeline, renderer.fingerprints
    quoted = timeline.quotes_of_party.get(id, ())[::-1]
    promised = timeline.commitments_of_party.get(id, ())
    attended = timeline.events_of_party.get(id, ())[::-1]
    counts = (len(quoted), len(promised), len(attended))
    shown = (
        prints.quotes(quoted[:QUOTES]),
        prints.events(attended[:LINES]),
        prints.commitments(promised[:ASIDE]),
    )
    inputs = (counts, shown, [*timeline.organizations])
    yield Target(urls.party(id), inputs, partial(_party, renderer, id, quoted, promised, attended))


def _party(
    renderer: Renderer,
    id: str,
    quoted: tuple[str, ...],
    promised: tuple[str, ...],
    attended: tuple[str, ...],
) -> Page:
    party, words = renderer.view.parties[id], renderer.words
    people = tables.people_of(renderer.view, id)
    counts = [words("count.events", n=len(attended)), words("count.quotes", n=len(quoted))]
    if "commitments" not in renderer.timeline.without:
        counts.append(words("count.commitments", n=renderer.timeline.counted(promised)))
    counted = words.listed(counts)
    return page_of(
        renderer,
        "party",
        urls.party(id),
        party.name,
        words("party.described", party=party.name, counts=counted),
        Link(words("term.people"), urls.PEOPLE),
        file=renderer.registry("parties"),
        party=party,
        lead=words("party.lead", counts=counted),
        people=people[:LINES],
        all_people=all_of(words, people, "people", urls.PEOPLE, LINES),
        events=renderer.view.lines(attended[:LINES]),
        all_events=all_of(words, attended, "events", urls.HOME, LINES, party=id),
        commitments=renderer.view.commitments(promised[:ASIDE]),
        all_commitments=all_of(words, promised, "commitments", urls.COMMITMENTS, ASIDE, party=id),
        groups=by_issue(renderer.view.quotes(quoted[:QUOTES])),
        all_quotes=all_of(words, quoted, "quotes", urls.QUOTES, QUOTES, party=id),
    )
