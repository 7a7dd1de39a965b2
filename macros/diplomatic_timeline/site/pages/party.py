"""The pages of a party: the record as seen from one side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Draft
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import _ASIDE, _LINES, _QUOTES, _all, _headings
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import tables, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.pagination import Part, cut


def party(press: Renderer, id: str) -> Iterator[Draft]:
    """Yield the pages of a party: the record as seen from one side, from the newest."""
    timeline, marks = press.timeline, press.marks
    quoted = timeline.quotes_of_party.get(id, ())[::-1]
    promised = timeline.commitments_of_party.get(id, ())
    attended = timeline.events_of_party.get(id, ())[::-1]
    for part in cut(quoted, urls.party(id), _QUOTES, words=press.words):
        of = (
            *(part.number, part.of, len(quoted), len(promised), len(attended), marks.quotes(part.items)),
            *((marks.events(attended[:_LINES]), marks.commitments(promised[:_ASIDE])) if part.first else ()),
        )
        yield Draft(part.url, of, partial(_party, press, id, part))


def _party(press: Renderer, id: str, part: Part[str]) -> Page:
    timeline, path, first = press.timeline, urls.party(id), part.first
    party, words = press.view.parties[id], press.words
    promised = timeline.commitments_of_party.get(id, ())
    attended = timeline.events_of_party.get(id, ())[::-1]
    people = tables.people_of(press.view, id) if first else ()
    sections = (
        ("people", words("term.people"), people),
        ("events", words("term.events"), True),
        ("commitments", words("term.commitments"), True),
        ("quotes", words("term.quotes"), True),
    )
    counted = {
        "events": words("count.events", n=len(attended)),
        "quotes": words("count.quotes", n=part.total),
        "commitments": words("count.commitments", n=len(promised)),
    }
    title = f"{party.name}{part.suffix}"
    return Page(
        path=part.url,
        kind="party",
        tab=urls.PEOPLE,
        title=title,
        description=words("party.described", party=party.name, **counted),
        content=press.page(
            "party",
            part.url,
            party=party,
            title=title,
            lead=words("party.lead", **counted) if first else None,
            trail=press.trail(title, Link(words("term.people"), urls.PEOPLE)),
            people=people[:_LINES],
            all_people=Link(words("all.people", n=len(people)), urls.PEOPLE)
            if len(people) > _LINES
            else None,
            events=press.view.lines(attended[:_LINES]) if first else (),
            all_events=_all(words, attended, "events", urls.HOME, _LINES, party=id),
            commitments=press.view.commitments(promised[:_ASIDE]) if first else (),
            all_commitments=_all(words, promised, "commitments", urls.COMMITMENTS, _ASIDE, party=id),
            quotes=press.view.quotes(part.items),
            part=part,
        ),
        headings=_headings(sections, first),
        source=press.registry("parties"),
        part_of=None if first else path,
    )
