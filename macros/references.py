"""References from one record to another: everything referred to must exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from macros.diagnostics import Diagnostic, suggestion
from macros.documents import Path
from macros.model import Event
from macros.reading import Reading

Reference: TypeAlias = tuple[Path, str | None, tuple[str, ...]]

_SPEAKERS = ("people", "organizations")
_NAMES = {
    "people": ("unknown-person", "people registry"),
    "parties": ("unknown-party", "parties registry"),
    "organizations": ("unknown-organization", "organizations registry"),
    "places": ("unknown-place", "places registry"),
    "issues": ("unknown-issue", "issues registry"),
    "sources": ("unknown-source", "sources registry"),
    "events": ("unknown-event", "record's events"),
    "quotes": ("unknown-quote", "record's quotes"),
}


def references(reading: Reading) -> Iterator[Diagnostic]:
    """Everything referred to must exist."""
    corpus = reading.corpus
    for id, event in corpus.events.items():
        yield from _unknown(reading, "events", id, _event_references(event))
    for id, person in corpus.people.items():
        posts = [
            (("posts", n, "organization"), p.organization, ("organizations",))
            for n, p in enumerate(person.posts)
        ]
        yield from _unknown(reading, "people", id, iter([(("party",), person.party, ("parties",)), *posts]))
    for id, organization in corpus.organizations.items():
        yield from _unknown(
            reading, "organizations", id, iter([(("party",), organization.party, ("parties",))])
        )
    for id, issue in corpus.issues.items():
        yield from _unknown(reading, "issues", id, iter([(("parent",), issue.parent, ("issues",))]))
    for id, source in corpus.sources.items():
        yield from _unknown(reading, "sources", id, iter([(("issuer",), source.issuer, ("parties",))]))


def _event_references(event: Event) -> Iterator[Reference]:
    yield ("place",), event.place, ("places",)
    for n, participant in enumerate(event.participants):
        yield ("participants", n, "person"), participant.person, ("people",)
        yield ("participants", n, "party"), participant.party, ("parties",)
        yield ("participants", n, "on_behalf_of"), participant.on_behalf_of, ("organizations",)
    for n, at_issue in enumerate(event.issues):
        yield ("issues", n, "issue"), at_issue.issue, ("issues",)
        yield from _each(("issues", n, "raised_by"), at_issue.raised_by, "parties")
        for party, position in at_issue.positions.items():
            at: Path = ("issues", n, "positions", party)
            yield at, party, ("parties",)
            yield from _each((*at, "quotes"), position.quotes, "quotes")
            yield from _each((*at, "sources"), position.sources, "sources")
    for n, quote in enumerate(event.quotes):
        base: Path = ("quotes", n)
        yield (*base, "speaker"), quote.speaker, _SPEAKERS
        yield (*base, "party"), quote.party, ("parties",)
        yield (*base, "source"), quote.source, ("sources",)
        yield (*base, "via"), quote.via, _SPEAKERS
        yield from _each((*base, "issues"), quote.issues, "issues")
    for n, commitment in enumerate(event.commitments):
        base = ("commitments", n)
        yield from _each((*base, "made_by"), commitment.made_by, "parties")
        yield from _each((*base, "issues"), commitment.issues, "issues")
        yield from _each((*base, "evidence"), commitment.evidence, "events", "sources")
        yield (*base, "quote"), commitment.quote, ("quotes",)
        yield (*base, "source"), commitment.source, ("sources",)
    yield from _each(("related",), event.related, "events")
    yield from _each(("sources",), event.sources, "sources")


def _each(path: Path, ids: tuple[str, ...], *kinds: str) -> Iterator[Reference]:
    return (((*path, n), id, kinds) for n, id in enumerate(ids))


def _unknown(reading: Reading, kind: str, id: str, found: Iterator[Reference]) -> Iterator[Diagnostic]:
    for path, target, kinds in found:
        if target is None or not reading.unreadable.isdisjoint(kinds):
            continue
        known = reading.ids(kinds)
        if target in known:
            continue
        code, registry = _NAMES[kinds[0]]
        if kinds == _SPEAKERS:
            code, registry = "unknown-speaker", "people or organizations registry"
        elif kinds == ("events", "sources"):
            code, registry = "unknown-evidence", "record's events or sources"
        what = str(path[-1] if isinstance(path[-1], str) else path[-2]).replace("_", " ")
        if "positions" in path and path[-1] == target:
            what = "the party of a position"
        where = (
            f"add it to events/registry/{kinds[0]}.yml"
            if kinds[0] in reading.known
            and kinds[0]
            not in (
                "events",
                "quotes",
            )
            else "give the id of one that exists"
        )
        yield reading.finding(
            code,
            f"{_WHAT.get(what, what)} must be in the {registry}: {target!r}",
            kind,
            id,
            path,
            suggestion(target, sorted(known), where),
            key="positions" in path and path[-1] == target,
        )


_WHAT = {
    "person": "participant",
    "issues": "issue",
    "raised by": "the party that raised it",
    "sources": "source",
}
