"""Posts are held on their day; a person speaks for the person's own party; parties can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from diplomatic_timeline.model.base import holds
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.diagnostics import shown, suggestion
from diplomatic_timeline.model.registries import Person
from diplomatic_timeline.model.vocabulary import Color, Marker, words
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import Findings, Reading


def _appearances(reading: Reading) -> Iterator[tuple[FieldPath, Person, str | None, str | None, Edtf]]:
    """Yield who takes part in events or speaks: where that stands, who, with what post and party, when."""
    people = reading.corpus.people
    for id, event in reading.corpus.events.items():
        for n, p in enumerate(event.participants):
            if person := people.get(p.person):
                yield ("events", id, "participants", n), person, p.post, p.party, event.date
        for n, quote in enumerate(event.quotes):
            for m, speaker in enumerate(quote.speakers):
                if person := people.get(speaker.speaker):
                    where: FieldPath = ("events", id, "quotes", n, *(("co_speakers", m - 1) if m else ()))
                    yield where, person, speaker.post, speaker.party, quote.date or event.date


@check(scope="event")
def posts(reading: Reading) -> Findings:
    """A post is one that the person held, on a day on which the person held it."""
    told = set()
    for where, person, title, _, when in _appearances(reading):
        # What the registry lacks is told once for an event: it is mended in one place.
        same = (where[1], person.id, title, when)
        if title is None or same in told:
            continue
        held = [p for p in person.posts if p.title == title]
        spans = [p.dates for p in held if p.dates is not None]
        if not held:
            remedy = f"add it to the posts of {person.id!r} in events/registry/people.yml"
            help = suggestion(title, [p.title for p in person.posts], remedy)
            if help == remedy:
                told.add(same)
            yield reading.finding(
                "unknown-post",
                f"{person.name} has no post {shown(title)} in the people registry",
                (*where, "post"),
                help,
            )
        elif len(spans) == len(held) and not any(holds(s, s, when) for s in spans):
            told.add(same)
            yield reading.finding(
                "post-outside-dates",
                f"{person.name} held this post {', '.join(map(str, spans))}; the date here is {when}",
                (*where, "post"),
                "write the post held that day, or correct its dates in events/registry/people.yml",
            )


@check(scope="event")
def parties(reading: Reading) -> Findings:
    """A person speaks for the person's own party; each party has a place of its own."""
    corpus = reading.corpus
    for where, person, _, party, when in _appearances(reading):
        held = person.parties_at(when)
        own = held[-1] if held else person.party_at()
        if party not in held and {party, own} <= corpus.parties.keys():
            day = f" on {when}" if len(person.party) > 1 else ""
            message = f"{person.name} belongs to {own!r} in the people registry{day}, not to {party!r}"
            remedy = f"write 'party: {own}', unless somebody spoke for another party here"
            if party == own:
                message = f"{person.name} does not belong to {own!r} on {when} in the people registry"
                remedy = "correct its 'from' and 'until' in events/registry/people.yml, or the date here"
            yield reading.finding("party-differs", message, (*where, "party"), remedy, warning=True)
    places: dict[int, str] = {}
    for id, side in corpus.parties.items():
        if side.order in places:
            yield reading.finding(
                "same-order",
                f"{places[side.order]!r} has the order {side.order} already",
                ("parties", id, "order"),
                "give each party a number of its own; the smallest stands first",
            )
        places.setdefault(side.order, id)
    for id, person in corpus.people.items():
        for name in ("names", "party"):
            for n, span in enumerate(getattr(person, name)):
                if span.from_ and span.until and span.until.last < span.from_.first:
                    yield reading.finding(
                        "period-reversed",
                        f"it ends, in {span.until}, before it begins, in {span.from_}",
                        ("people", id, name, n, "until"),
                        "correct 'from' or 'until'",
                    )


@check(scope="event")
def looks(reading: Reading) -> Findings:
    """Each party has a colour and a mark that no other has together, as long as there are enough."""
    seen: dict[tuple[str, str], str] = {}
    free = list(product(words(Color), words(Marker)))
    enough = len(free)
    for n, (id, side) in enumerate(reading.corpus.parties.items()):
        look = (side.color, side.marker)
        other = seen.setdefault(look, id)
        if n == enough:
            yield reading.finding(
                "same-look",
                f"colours and marks tell {enough} parties apart, and there are {len(reading.corpus.parties)}",
                ("parties", id),
                help="give one party to those that are seldom told apart, as in 'Other states'",
                warning=True,
            )
        elif other != id and n < enough:
            taken = {(p.color, p.marker) for p in reading.corpus.parties.values()}
            color, marker = min(
                (f for f in free if f not in taken), key=lambda f: (f[0] != side.color, free.index(f))
            )
            yield reading.finding(
                "same-look",
                f"{other!r} has the colour {side.color} and the mark {side.marker} already",
                ("parties", id, "marker"),
                f"write another, as in 'color: {color}' and 'marker: {marker}', which no party has",
                warning=True,
            )
