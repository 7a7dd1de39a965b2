"""By what lists can be narrowed: the marks that an entry bears, and the choices that a list offers.

The pages carry both in full, so a script needs to fetch nothing; without one, lists are simply whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros import labels
from macros.dates import Edtf
from macros.model import Event
from macros.timeline import Promised, Said, Timeline, parties_at
from macros.views import Choice, Facet, Marks, Panel, PartyView

_PHASES = {"before": "before the event", "at": "at the event", "after": "after the event"}
_NEWEST = (("newest", "Newest first"), ("oldest", "Oldest first"))


def _marks(when: Edtf, event: Event, **ids: Iterable[str]) -> Marks:
    everything = {
        **ids,
        "kind": (event.kind,),
        "level": (event.level,),
        "year": (str(when.anchor.year),),
        "date": (when.first.isoformat(),),
    }
    return tuple((key, " ".join(dict.fromkeys(values))) for key, values in everything.items())


def of_event(event: Event) -> Marks:
    """Return an event's marks; its people are those who took part and those who are quoted."""
    people = (*(p.person for p in event.participants), *(q.speaker for q in event.quotes))
    return _marks(
        event.date, event, issue=(i.issue for i in event.issues), person=people, party=parties_at(event)
    )


def of_quote(said: Said) -> Marks:
    quote = said.quote
    return _marks(
        said.date,
        said.event,
        issue=quote.issues,
        person=(quote.speaker,),
        party=(quote.party,),
        phase=(said.phase,),
    )


def of_commitment(promised: Promised) -> Marks:
    commitment, event = promised.commitment, promised.event
    return _marks(
        event.date, event, issue=commitment.issues, party=commitment.made_by, status=(commitment.status,)
    )


def events(timeline: Timeline, parties: Mapping[str, PartyView], ids: Iterable[str]) -> Panel | None:
    """Return the choices that a list of these events offers; None where there is nothing to choose."""
    marks = [of_event(timeline.events[id]) for id in ids]
    return _panel(timeline, parties, ("event", "events"), marks, person="Person")


def quotes(timeline: Timeline, parties: Mapping[str, PartyView]) -> Panel | None:
    marks = [of_quote(said) for said in timeline.quotes.values()]
    return _panel(timeline, parties, ("quote", "quotes"), marks, person="Speaker")


def commitments(timeline: Timeline, parties: Mapping[str, PartyView]) -> Panel | None:
    marks = [of_commitment(promised) for promised in timeline.commitments.values()]
    orders = (("open", "Open first"), *_NEWEST)
    return _panel(timeline, parties, ("commitment", "commitments"), marks, person="Person", orders=orders)


def _panel(
    timeline: Timeline,
    parties: Mapping[str, PartyView],
    nouns: tuple[str, str],
    marks: list[Marks],
    *,
    person: str,
    orders: tuple[tuple[str, str], ...] = _NEWEST,
) -> Panel | None:
    """Return a panel with every choice that some entry bears, where not all entries bear the same."""
    borne: dict[str, set[str]] = {}
    for key, value in (pair for entry in marks for pair in entry):
        borne.setdefault(key, set()).add(value)
    corpus = timeline.corpus
    people = sorted(corpus.people.values(), key=lambda p: (p.family_name.casefold(), p.name))
    bodies = sorted(corpus.organizations.values(), key=lambda o: o.name.casefold())
    offers = (
        ("issue", "Issue", [Choice(i.id, i.name, depth) for i, depth in timeline.issue_tree()]),
        (
            "person",
            person,
            [*(Choice(p.id, p.name) for p in people), *(Choice(o.id, o.name) for o in bodies)],
        ),
        (
            "party",
            "Party",
            [Choice(p, parties[p].name, 0, parties[p]) for p in (*timeline.columns, *timeline.observers)],
        ),
        ("status", "Status", _choices(labels.COMMITMENT_STATUSES)),
        ("phase", "When said", _choices(_PHASES)),
        ("kind", "Kind", _choices(labels.KINDS)),
        ("level", "Level", _choices(labels.LEVELS)),
        ("year", "Year", [Choice(y, y) for y in sorted(borne.get("year", ()), key=int, reverse=True)]),
    )
    facets = []
    for key, label, choices in offers:
        values = borne.get(key, set())
        tokens = {token for value in values for token in value.split()}
        if len(values) > 1:
            facets.append(Facet(key, label, tuple(c for c in choices if c.id in tokens)))
    return Panel(nouns, tuple(facets), orders) if len(marks) > 1 else None


def _choices(words: Mapping[str, str]) -> list[Choice]:
    return [Choice(id, label) for id, label in words.items()]
