"""What two people, or two parties, need before they meet: a page a pair, and one to choose a pair on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diplomatic_timeline.build.target import Target
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.pages.common import page_of
from diplomatic_timeline.site.renderer import Renderer
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.meetings import Pair
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.preparation import Kind


def prepare(renderer: Renderer) -> Iterator[Target[Page]]:
    """Yield the page on which a pair is chosen, then a page for each pair of parties and of people."""
    found, prints = renderer.preparations, renderer.fingerprints
    people = tuple(found.pages)
    last = [met[-1] for met in found.pages.values()]
    inputs = (tuple(found.parties), people, len(found.people), prints.events(last))
    yield Target(urls.PREPARE, inputs, partial(_prepare, renderer, people))
    kinds: tuple[tuple[Kind, tuple[Pair, ...]], ...] = (("parties", tuple(found.parties)), ("people", people))
    for kind, pairs in kinds:
        for pair in pairs:
            yield Target(
                urls.preparation(kind, *pair),
                prints.events(found.events(kind, pair)),
                partial(_preparation, renderer, kind, pair),
            )


def _prepare(renderer: Renderer, people: tuple[Pair, ...]) -> Page:
    words, found, view = renderer.words, renderer.preparations, renderer.view
    met = [
        (
            "--".join(pair),
            [view.speaker(id) for id in pair],
            urls.preparation("people", *pair),
            view.line(found.people[pair][-1]),
        )
        for pair in people
    ]
    return page_of(
        renderer,
        "prepare",
        urls.PREPARE,
        words("term.prepare"),
        words("prepare.described"),
        Link(words("term.people"), urls.PEOPLE),
        people=met,
        more=len(found.people) - len(people),
        choices=_choices(renderer, people),
        parties=[
            ("--".join(pair), [view.parties[id] for id in pair], urls.preparation("parties", *pair))
            for pair in found.parties
        ],
    )


def _choices(renderer: Renderer, people: tuple[Pair, ...]) -> list[tuple[str, list[Link]]]:
    """Return who can be chosen: each party and, by family name, its people who have met somebody."""
    timeline, view = renderer.timeline, renderer.view
    by: dict[str, dict[str, None]] = {}
    for pair in people:
        for id, party in zip(pair, renderer.preparations.parties_of("people", pair), strict=True):
            by.setdefault(party, {})[id] = None
    return [
        (
            party,
            [
                Link(view.parties[party].name, party),
                *(
                    Link(view.speaker(person.id).name, f"{party} {person.id}")
                    for person in timeline.people
                    if person.id in by.get(party, ())
                ),
            ],
        )
        for party in timeline.columns
    ]


def _preparation(renderer: Renderer, kind: Kind, pair: Pair) -> Page:
    words, found = renderer.words, renderer.preparations.of(kind, pair)
    first, second = (one.name for one in found.between)
    every = words("all.commitments", n=len(found.commitments) + found.more)
    return page_of(
        renderer,
        "preparation",
        found.url,
        words("prepare.two", first=first, second=second),
        words("prepare.of_two", first=first, second=second),
        Link(words("term.prepare"), urls.PREPARE),
        wide=True,
        preparation=found,
        all_commitments=Link(every, urls.COMMITMENTS) if found.more else None,
    )
