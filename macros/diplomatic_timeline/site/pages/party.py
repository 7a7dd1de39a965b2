"""The pages of a party: the record as seen from one side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import ASIDE, LINES, QUOTES, all_of, by_issue, page_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import tables, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.pagination import Part, paginate


def party(renderer: Renderer, id: str) -> Iterator[Target[Page]]:
    """Yield the pages of a party: the record as seen from one side, from the newest."""
    timeline, prints = renderer.timeline, renderer.fingerprints
    quoted = timeline.quotes_of_party.get(id, ())[::-1]
    promised = timeline.commitments_of_party.get(id, ())
    attended = timeline.events_of_party.get(id, ())[::-1]
    for part in paginate(quoted, urls.party(id), QUOTES, words=renderer.words):
        counts = (len(quoted), len(promised), len(attended))
        first = (prints.events(attended[:LINES]), prints.commitments(promised[:ASIDE])) if part.first else ()
        inputs = (part.number, part.of, counts, prints.quotes(part.items), first)
        yield Target(part.url, inputs, partial(_party, renderer, id, part, promised, attended))


def _party(
    renderer: Renderer, id: str, part: Part[str], promised: tuple[str, ...], attended: tuple[str, ...]
) -> Page:
    party, words, first = renderer.view.parties[id], renderer.words, part.first
    people = tables.people_of(renderer.view, id) if first else ()
    counts = [words("count.events", n=len(attended)), words("count.quotes", n=part.total)]
    if "commitments" not in renderer.timeline.without:
        counts.append(words("count.commitments", n=renderer.timeline.counted(promised)))
    counted = words.listed(counts)
    return page_of(
        renderer,
        "party",
        part.url,
        f"{party.name}{part.suffix}",
        words("party.described", party=party.name, counts=counted),
        Link(words("term.people"), urls.PEOPLE),
        file=renderer.registry("parties"),
        part=part,
        party=party,
        lead=words("party.lead", counts=counted) if first else None,
        people=people[:LINES],
        all_people=all_of(words, people, "people", urls.PEOPLE, LINES),
        events=renderer.view.lines(attended[:LINES]) if first else (),
        all_events=all_of(words, attended, "events", urls.HOME, LINES, party=id),
        commitments=renderer.view.commitments(promised[:ASIDE]) if first else (),
        all_commitments=all_of(words, promised, "commitments", urls.COMMITMENTS, ASIDE, party=id),
        groups=by_issue(renderer.view.quotes(part.items)),
    )
