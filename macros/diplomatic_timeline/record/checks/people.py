"""Posts are held on their day; a person speaks for the person's own party."""

from __future__ import annotations

from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.diagnostics import shown, suggestion
from diplomatic_timeline.model.records import Person
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import Findings, Reading


@check(scope="event")
def posts(reading: Reading) -> Findings:
    """A post is one that the person held, on a day on which the person held it."""
    people = reading.corpus.people
    for id, event in reading.corpus.events.items():
        for n, participant in enumerate(event.participants):
            person = people.get(participant.person)
            if person is not None:
                yield from _post(
                    reading, id, ("participants", n, "post"), person, participant.post, event.date
                )
        for n, quote in enumerate(event.quotes):
            person = people.get(quote.speaker)
            if person is None:
                continue
            if quote.post is None:
                yield reading.finding(
                    "missing-post",
                    f"nothing says which post {person.name} held when this was said",
                    "events",
                    id,
                    ("quotes", n, "speaker"),
                    "add 'post: ...', the title held that day",
                )
                continue
            yield from _post(reading, id, ("quotes", n, "post"), person, quote.post, quote.date or event.date)


def _post(reading: Reading, id: str, path: FieldPath, person: Person, title: str, when: Edtf) -> Findings:
    held = [p for p in person.posts if p.title == title]
    if not held:
        titles = [p.title for p in person.posts]
        yield reading.finding(
            "unknown-post",
            f"{person.name} has no post {shown(title)} in the people registry",
            "events",
            id,
            path,
            suggestion(title, titles, f"add it to the posts of {person.id!r} in events/registry/people.yml"),
        )
        return
    spans = [p.dates for p in held if p.dates is not None]
    if len(spans) == len(held) and not any(s.first <= when.last and when.first <= s.last for s in spans):
        yield reading.finding(
            "post-outside-dates",
            f"{person.name} held this post {', '.join(map(str, spans))}; the date here is {when}",
            "events",
            id,
            path,
            "write the post held that day, or correct its dates in events/registry/people.yml",
        )


@check(scope="event")
def parties(reading: Reading) -> Findings:
    """A person speaks for the person's own party; each party has a place of its own."""
    corpus = reading.corpus
    for id, event in corpus.events.items():
        spoken = [("participants", n, p.person, p.party) for n, p in enumerate(event.participants)]
        spoken += [("quotes", n, q.speaker, q.party) for n, q in enumerate(event.quotes)]
        for name, n, speaker, party in spoken:
            person = corpus.people.get(speaker)
            if person and party != person.party and {party, person.party} <= corpus.parties.keys():
                yield reading.finding(
                    "party-differs",
                    f"{person.name} belongs to {person.party!r} in the people registry, not to {party!r}",
                    "events",
                    id,
                    (name, n, "party"),
                    f"write 'party: {person.party}', unless somebody spoke for another party here",
                    warning=True,
                )
    places: dict[int, str] = {}
    for id, side in corpus.parties.items():
        if side.order in places:
            yield reading.finding(
                "same-order",
                f"{places[side.order]!r} has the order {side.order} already",
                "parties",
                id,
                ("order",),
                "give each party a number of its own; the smallest stands first",
            )
        places.setdefault(side.order, id)
