"""The pages of people and organizations: who they are, where they were, what they said."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Draft
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.site.pages.common import _LINES, _QUOTES, _all, _headings
from diplomatic_timeline.site.pages.lists import _ROWS, _list
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import prose, tables, urls
from diplomatic_timeline.views.models import Link, PartyView
from diplomatic_timeline.views.pagination import Part, cut


def people(press: Renderer) -> Iterator[Draft]:
    """Yield the pages of all people by party and family name, then of all organizations."""
    marks = press.marks
    for part in cut(tables.directory(press.view), urls.PEOPLE, _ROWS, words=press.words):
        # Each entry says how often somebody took part and spoke.
        of = (part.number, part.of, marks.whole)
        yield Draft(part.url, of, partial(_people, press, part))


def _people(press: Renderer, part: Part[tuple[PartyView | None, tables.Entry]]) -> Page:
    groups = tables.by_party(part.items)
    organizations = tuple(entry for party, entry in part.items if party is None)
    headings = [Heading(g.anchor, g.party.name) for g in groups]
    if organizations:
        headings.append(Heading("organizations", press.words("term.organizations")))
    return _list(
        press,
        part,
        "people",
        headings=tuple(headings),
        source=press.registry("people"),
        groups=groups,
        organizations=organizations,
    )


def speaker(press: Renderer, id: str) -> Iterator[Draft]:
    """Yield the pages of a person or an organization; quotes and events run from the newest."""
    timeline, marks = press.timeline, press.marks
    attended = timeline.events_of_person.get(id, ())[::-1]
    relayed = timeline.quotes_relayed_by.get(id, ())[::-1]
    quoted = timeline.quotes_of_speaker.get(id, ())[::-1]
    for part in cut(quoted, press.view.speaker(id).url, _QUOTES, words=press.words):
        of = (
            *(part.number, part.of, len(quoted), len(attended), bool(relayed), marks.quotes(part.items)),
            *((marks.events(attended[:_LINES]), marks.quotes(relayed[:_QUOTES])) if part.first else ()),
        )
        yield Draft(part.url, of, partial(_speaker, press, id, part))


def _speaker(press: Renderer, id: str, part: Part[str]) -> Page:
    corpus, timeline, first, words = press.timeline.corpus, press.timeline, part.first, press.words
    speaker = press.view.speaker(id)
    person, body = corpus.people.get(id), corpus.organizations.get(id)
    holder = person or body
    assert holder is not None
    posts = (
        [(p.title, press.view.date(p.dates).text if p.dates else "") for p in person.posts] if person else []
    )
    attended = timeline.events_of_person.get(id, ())[::-1]
    relayed = timeline.quotes_relayed_by.get(id, ())[::-1]
    sections = (
        ("posts", words("term.posts"), posts),
        ("events", words("speaker.attended"), attended),
        ("quotes", words("term.quotes"), True),
        ("relayed", words("speaker.relayed"), relayed),
    )
    title = f"{speaker.name}{part.suffix}"
    return Page(
        path=part.url,
        kind="person" if person else "organization",
        tab=urls.PEOPLE,
        title=title,
        description=prose.shortened(
            words(
                "speaker.described",
                speaker=words("list.comma").join((speaker.name, *(title for title, _ in posts[-1:]))),
                quotes=words("count.quotes", n=part.total),
                events=words("count.events", n=len(attended)),
            )
        ),
        content=press.page(
            "speaker",
            part.url,
            speaker=speaker,
            title=title,
            trail=press.trail(title, Link(words("term.people"), urls.PEOPLE)),
            party=press.view.parties[holder.party] if holder.party else None,
            note=holder.note if first else None,
            posts=posts if first else (),
            events=press.view.lines(attended[:_LINES]) if first else (),
            all_events=_all(words, attended, "events", urls.HOME, _LINES, person=id),
            quotes=press.view.quotes(part.items),
            relayed=press.view.quotes(relayed[:_QUOTES]) if first else (),
            part=part,
        ),
        headings=_headings(sections, first),
        source=press.registry("people" if person else "organizations"),
        part_of=None if first else speaker.url,
    )
