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
from diplomatic_timeline.views.wording import counted


def party(press: Renderer, id: str) -> Iterator[Draft]:
    """Yield the pages of a party: the record as seen from one side, from the newest."""
    timeline, marks = press.timeline, press.marks
    quoted = timeline.quotes_of_party.get(id, ())[::-1]
    promised = timeline.commitments_of_party.get(id, ())
    attended = timeline.events_of_party.get(id, ())[::-1]
    for part in cut(quoted, urls.party(id), _QUOTES):
        of = (
            *(part.number, part.of, len(quoted), len(promised), len(attended), marks.quotes(part.items)),
            *((marks.events(attended[:_LINES]), marks.commitments(promised[:_ASIDE])) if part.first else ()),
        )
        yield Draft(part.url, of, partial(_party, press, id, part))


def _party(press: Renderer, id: str, part: Part[str]) -> Page:
    timeline, path, first = press.timeline, urls.party(id), part.first
    party = press.view.parties[id]
    promised = timeline.commitments_of_party.get(id, ())
    attended = timeline.events_of_party.get(id, ())[::-1]
    people = tables.people_of(press.view, id) if first else ()
    sections = (
        ("people", "People", people),
        ("events", "Events", True),
        ("commitments", "Commitments", True),
        ("quotes", "Quotes", True),
    )
    lead = (
        f"The record as seen from one side: {counted(len(attended), 'event')}, "
        f"{counted(part.total, 'quote')} and {counted(len(promised), 'commitment')}."
    )
    title = f"{party.name}{part.suffix}"
    return Page(
        path=part.url,
        kind="party",
        tab=urls.PEOPLE,
        title=title,
        description=f"{party.name}: {lead[0].lower()}{lead[1:]}",
        content=press.page(
            "party",
            part.url,
            party=party,
            title=title,
            lead=lead if first else None,
            trail=press.trail(title, Link("People", urls.PEOPLE)),
            people=people[:_LINES],
            all_people=Link(f"All {len(people):,} people", urls.PEOPLE) if len(people) > _LINES else None,
            events=press.view.lines(attended[:_LINES]) if first else (),
            all_events=_all(attended, "event", urls.HOME, _LINES, party=id),
            commitments=press.view.commitments(promised[:_ASIDE]) if first else (),
            all_commitments=_all(promised, "commitment", urls.COMMITMENTS, _ASIDE, party=id),
            quotes=press.view.quotes(part.items),
            part=part,
        ),
        headings=_headings(sections, first),
        source=press.registry("parties"),
        part_of=None if first else path,
    )
