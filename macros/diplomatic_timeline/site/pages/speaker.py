"""The pages of people and organizations: who they are, where they were, what they said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.model.registries import Person
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import (
    LINES,
    QUOTES,
    ROWS,
    all_of,
    by_issue,
    list_page,
    page_of,
)
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import tables, urls
from diplomatic_timeline.views.models import Link, PartyView, SpeakerView
from diplomatic_timeline.views.pagination import Part, paginate
from diplomatic_timeline.views.wording import Wording

PARTNERS = 6
"""People with whom a page offers to prepare a meeting."""


def people(renderer: Renderer) -> Iterator[Target[Page]]:
    """Yield the pages of all people by party and family name, then of all organizations."""
    prints = renderer.fingerprints
    for part in paginate(tables.directory(renderer.view), urls.PEOPLE, ROWS, words=renderer.words):
        # Each entry says how often somebody took part and spoke.
        inputs = (part.number, part.of, prints.whole)
        yield Target(part.url, inputs, partial(_people, renderer, part))


def _people(renderer: Renderer, part: Part[tuple[PartyView | None, tables.Entry]]) -> Page:
    groups = [(party, [entry for _, entry in of]) for party, of in groupby(part.items, itemgetter(0))]
    return list_page(
        renderer,
        part,
        file=renderer.registry("people"),
        groups=[group for group in groups if group[0]],
        organizations=[entry for party, entry in part.items if party is None],
    )


def speaker(renderer: Renderer, id: str) -> Iterator[Target[Page]]:
    """Yield the pages of a person or an organization; quotes and events run from the newest."""
    timeline, prints = renderer.timeline, renderer.fingerprints
    attended = (timeline.events_of_person.get(id) or timeline.events_of_organization.get(id, ()))[::-1]
    relayed = timeline.quotes_relayed_by.get(id, ())[::-1]
    quoted = timeline.quotes_of_speaker.get(id, ())[::-1]
    for part in paginate(quoted, renderer.view.speaker(id).url, QUOTES, words=renderer.words):
        counts = (len(quoted), len(attended), bool(relayed))
        partners = tuple(renderer.preparations.of_person.get(id, ())[:PARTNERS])
        inputs: list[object] = [part.number, part.of, counts, partners, prints.quotes(part.items)]
        if part.first:  # which says who reported them all
            sources, holders = timeline.sources_of_organization.get(id, ()), _holders(renderer, id)
            resting = [event for s in sources for event in timeline.events_of_source.get(s, ())]
            inputs += [holders, prints.sources(sources), prints.events(resting)]
            inputs += prints.events(attended[:LINES]), prints.quotes(relayed[:QUOTES]), prints.quotes(quoted)
        yield Target(part.url, inputs, partial(_speaker, renderer, id, part, attended, relayed))


def _speaker(
    renderer: Renderer, id: str, part: Part[str], attended: tuple[str, ...], relayed: tuple[str, ...]
) -> Page:
    corpus, timeline, first = renderer.timeline.corpus, renderer.timeline, part.first
    speaker, words = renderer.view.speaker(id), renderer.words
    person, body = corpus.people.get(id), corpus.organizations.get(id)
    holder = person or body
    assert holder is not None
    party = person.party_at() if person else body.party if body else None
    held = person.posts if person else ()
    posts = [(p.title, renderer.view.date(p.dates).text if p.dates else "") for p in held]
    present = renderer.view.present(person) if person else ""
    named = words("list.comma").join((speaker.name, *(post for post, _ in posts[-1:])))
    sources = timeline.sources_of_organization.get(id, ())
    holders = _holders(renderer, id) if first else []
    counted = {"quotes": part.total, **({"sources": len(sources)} if body else {}), "events": len(attended)}
    counts = words.listed([words(f"count.{name}", n=n) for name, n in counted.items()])
    return page_of(
        renderer,
        "speaker",
        part.url,
        f"{speaker.name}{part.suffix}",
        words("speaker.described", speaker=named, counts=counts),
        Link(words("term.people"), urls.PEOPLE),
        kind="person" if person else "organization",
        file=renderer.registry("people" if person else "organizations"),
        part=part,
        speaker=speaker,
        party=renderer.view.parties[party] if party else None,
        former=_former(renderer, person) if person and first else "",
        parties=_parties(renderer, person) if person and first else (),
        partners=[
            Link(renderer.view.speaker(other).name, urls.preparation("people", *pair))
            for other, pair in renderer.preparations.of_person.get(id, ())[:PARTNERS]
            if first
        ],
        note=holder.note if first else None,
        posts=posts if first else (),
        events=renderer.view.lines(attended[:LINES]) if first else (),
        all_events=all_of(words, attended, "events", urls.HOME, LINES, person=id) if person else None,
        person=person is not None,
        shown_events=_shown(words, attended) if body else "",
        holders=holders[:LINES],
        shown_holders=_shown(words, holders),
        sources=[
            (
                renderer.view.source(s),
                list(map(renderer.view.event_link, timeline.events_of_source.get(s, ()))),
            )
            for s in sources[:LINES]
            if first
        ],
        counted_sources=words("count.sources", n=len(sources)),
        shown_sources=_shown(words, sources) if first else "",
        rest_on=sum(len(timeline.quotes_of_source.get(s, ())) for s in sources),
        present=present if first else "",
        groups=by_issue(renderer.view.quotes(part.items)),
        reported=_reported(renderer, timeline.quotes_of_speaker.get(id, ())) if first else "",
        relayed=renderer.view.quotes(relayed[:QUOTES]) if first else (),
    )


def _holders(renderer: Renderer, body: str) -> list[tuple[str, str, SpeakerView, int]]:
    """Return the posts at an organization, the newest first: when, which, who, and in how many quotes."""
    timeline, view = renderer.timeline, renderer.view
    ids = timeline.people_of_organization.get(body, ())
    posts = [
        (post, id) for id in ids for post in timeline.corpus.people[id].posts if post.organization == body
    ]
    posts.sort(key=lambda held: held[0].dates.first if held[0].dates else date.min, reverse=True)
    found = []
    for post, id in posts:
        said = map(timeline.quotes.__getitem__, timeline.quotes_of_speaker.get(id, ()))
        spoken = [(s, each.date) for each in said for s in each.quote.speakers if s.speaker == id]
        n = sum(post.held_as(speaker.post, when) for speaker, when in spoken)
        found.append((view.date(post.dates).text if post.dates else "", post.title, view.speaker(id), n))
    return found


def _shown(words: Wording, entries: Sequence[object]) -> str:
    """Return in words how many of some entries a page shows, where that is not all."""
    return words("filters.shown", shown=LINES, n=len(entries)) if len(entries) > LINES else ""


def _reported(renderer: Renderer, quotes: Iterable[str]) -> str:
    """Return in words who reported these quotes, and how many, the most first."""
    words, said = renderer.words, renderer.timeline.quotes
    by = Counter(via for id in quotes if (via := said[id].quote.via))
    named = (words("quote.times", speaker=renderer.view.speaker(id).name, n=n) for id, n in by.most_common())
    return words("list.comma").join(named)


def _former(renderer: Renderer, person: Person) -> str:
    """Return a person's former names in words, each with its time."""
    words = renderer.words
    found = []
    for name in person.names:
        natives = f" {name.native_name}" if name.native_name else ""
        when = renderer.view.period(name.from_, name.until)
        text = f"{name.name}{natives}"
        found.append(words("speaker.named", name=text, dates=when) if when else text)
    return words("list.semicolon").join(found)


def _parties(renderer: Renderer, person: Person) -> tuple[tuple[PartyView, str], ...]:
    """Return the parties to which a person belonged, each with its time."""
    view = renderer.view
    return tuple((view.parties[m.party], view.period(m.from_, m.until)) for m in person.party)
