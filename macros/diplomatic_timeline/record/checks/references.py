"""References from one record to another: everything referred to must exist."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple, TypeAlias

from diplomatic_timeline.model import limits
from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.diagnostics import did_you_mean, shown, suggestion
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.registries import REGISTRIES
from diplomatic_timeline.model.vocabulary import as_id, is_id
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.checks.todos import TODO
from diplomatic_timeline.record.forms import id_help
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import ALL, KEYS, Brief, Findings, Reading


class Target(NamedTuple):
    """What a reference can lead to: the kinds of record, the finding's code, and what the editor can do."""

    kinds: tuple[str, ...]
    code: str
    where: str
    otherwise: str


def _registry(kind: str, code: str) -> Target:
    return Target((kind,), code, f"in the {kind} registry", f"add it to events/registry/{kind}.yml")


_PERSON = _registry("people", "unknown-person")
_PARTY = _registry("parties", "unknown-party")
_ORGANIZATION = _registry("organizations", "unknown-organization")
_PLACE = _registry("places", "unknown-place")
_ISSUE = _registry("issues", "unknown-issue")
_SOURCE = _registry("sources", "unknown-source")
_EVENT = Target(
    ("events",),
    "unknown-event",
    "one of the record's events",
    "give an event's id: its file's name without '.yml'",
)
_QUOTE = Target(("quotes",), "unknown-quote", "one of the record's quotes", "give the 'id' of a quote")
_SPEAKER = Target(
    ("people", "organizations"),
    "unknown-speaker",
    "in the people or organizations registry",
    "add it to events/registry/people.yml, or to organizations.yml if it is a body",
)
_EVIDENCE = Target(
    ("events", "sources"),
    "unknown-evidence",
    "one of the record's events or sources",
    "give the id of an event or of a source",
)
_TARGET = Target(
    ("parties", "organizations"),
    "unknown-target",
    "in the parties or organizations registry",
    "add it to events/registry/parties.yml, or to organizations.yml if it is a body",
)

# Kind of record, where the reference stands in it, what refers, to what.
Reference: TypeAlias = tuple[str, FieldPath, str, Target]
REFERENCES: tuple[Reference, ...] = (
    ("events", ("place",), "place", _PLACE),
    ("events", ("places", ALL, Brief("place")), "place", _PLACE),
    ("events", ("target", ALL), "whom a measure is aimed at", _TARGET),
    ("events", ("participants", ALL, "person"), "participant", _PERSON),
    ("events", ("participants", ALL, "party"), "party", _PARTY),
    ("events", ("participants", ALL, "on_behalf_of"), "whom a participant speaks for", _ORGANIZATION),
    ("events", ("issues", ALL, "issue"), "issue", _ISSUE),
    ("events", ("issues", ALL, "raised_by", ALL), "the party that raised an issue", _PARTY),
    ("events", ("issues", ALL, "positions", KEYS), "the party of a position", _PARTY),
    ("events", ("issues", ALL, "positions", ALL, "quotes", ALL), "what a position rests on", _QUOTE),
    ("events", ("issues", ALL, "positions", ALL, "sources", ALL), "what a position rests on", _SOURCE),
    ("events", ("quotes", ALL, "speaker"), "speaker", _SPEAKER),
    ("events", ("quotes", ALL, "party"), "party", _PARTY),
    ("events", ("quotes", ALL, "co_speakers", ALL, "speaker"), "speaker", _SPEAKER),
    ("events", ("quotes", ALL, "co_speakers", ALL, "party"), "party", _PARTY),
    ("events", ("quotes", ALL, "source"), "source", _SOURCE),
    ("events", ("quotes", ALL, "via"), "who relayed the words", _SPEAKER),
    ("events", ("quotes", ALL, "issues", ALL), "issue", _ISSUE),
    ("events", ("commitments", ALL, "made_by", ALL), "who made a commitment", _PARTY),
    ("events", ("commitments", ALL, "issues", ALL), "issue", _ISSUE),
    ("events", ("commitments", ALL, "quote"), "what a commitment rests on", _QUOTE),
    ("events", ("commitments", ALL, "source"), "what a commitment rests on", _SOURCE),
    ("events", ("commitments", ALL, "evidence", ALL), "evidence", _EVIDENCE),
    ("events", ("commitments", ALL, "history", ALL, "evidence", ALL), "evidence", _EVIDENCE),
    ("events", ("related", ALL, Brief("event")), "related event", _EVENT),
    ("events", ("follows", ALL), "the event that came before", _EVENT),
    ("events", ("sources", ALL), "source", _SOURCE),
    ("events", ("corrections", ALL, "quote"), "the quote that was corrected", _QUOTE),
    ("people", ("party", Brief(ALL), Brief("party")), "party", _PARTY),
    ("people", ("posts", ALL, "organization"), "organization", _ORGANIZATION),
    ("organizations", ("party",), "party", _PARTY),
    ("issues", ("parent",), "parent", _ISSUE),
    ("sources", ("issuer",), "issuer", _PARTY),
    ("sources", ("withdrawn", "replaced_by"), "what came in a source's place", _SOURCE),
)
# What leads to something that stands in an event.
_TO_EVENTS = [r for r in REFERENCES if not {"events", "quotes"}.isdisjoint(r[3].kinds)]
_MODELS: dict[str, type[Record]] = {"events": Event, **REGISTRIES}
_PATTERNS = {
    model: [pattern for of, pattern, _, _ in REFERENCES if of == kind] for kind, model in _MODELS.items()
}
_NAMES = ("name", "short", "phrase", "adjective", "family_name")
"""The fields in which an entry of a registry has names."""
_NOUNS = {
    "people": "a person",
    "parties": "a party",
    "organizations": "an organization",
    "places": "a place",
    "issues": "an issue",
    "sources": "a source",
    "events": "an event",
    "quotes": "a quote",
}


def is_reference(model: type[Record], path: FieldPath) -> bool:
    """Return whether what stands at `path` in a record of a kind refers to something, by pydantic's path."""
    if path[-1] == "[key]":
        path = (*path[:-2], KEYS)
    return any(
        len(pattern) == len(path) and all(p in (s, ALL) for p, s in zip(pattern, path, strict=True))
        for pattern in _PATTERNS[model]
    )


@check(scope="event")
def references_to_registries(reading: Reading) -> Findings:
    """Everything in a registry that is referred to must exist."""
    return _unknown(reading, [r for r in REFERENCES if r not in _TO_EVENTS])


@check()
def references_to_events(reading: Reading) -> Findings:
    """Every event and every quote that is referred to must exist."""
    return _unknown(reading, _TO_EVENTS)


def _unknown(reading: Reading, references: Sequence[Reference]) -> Findings:
    known = {target.kinds: reading.ids(target.kinds) for _, _, _, target in references}
    malformed = {kinds: [id for id in ids if not is_id(id)] for kinds, ids in known.items()}
    old_ids = {alias: str(where[1]) for where, alias in reading.texts("events", ("aliases", ALL))}
    near = cache(lambda name, kinds: did_you_mean(name, known[kinds]))
    told: set[tuple[FieldPath, str, str]] = set()
    for kind, pattern, what, target in references:
        if not reading.unreadable.isdisjoint(target.kinds):
            continue
        suspects = reading.suspects(kind, pattern, partial(_any_unknown, known[target.kinds]))
        for where, name in reading.texts(kind, pattern, suspects):
            if name == TODO or len(name) > limits.ID:
                continue
            id = as_id(name)
            if is_id(name):
                if name in known[target.kinds]:
                    continue
                if malformed[target.kinds] and did_you_mean(name, malformed[target.kinds]) is not None:
                    continue  # what is meant has a bad id, which is reported where it stands
            meant = id if id in known[target.kinds] else named(reading, target.kinds).get(id)
            # What a registry lacks is told once for a record, at the first of its names: it is added there.
            same = (where[:2], target.kinds[0], name)
            if same in told and meant is None and near(name, target.kinds) is None:
                continue
            if is_id(name) and target not in (_EVENT, _QUOTE, _EVIDENCE) and len(told) < limits.FINDINGS:
                told.add(same)
            yield reading.finding(
                target.code,
                f"{what} must be {target.where}: {shown(name)}",
                where,
                partial(_remedy, reading, name, meant, target, known[target.kinds], old_ids),
                key=pattern[-1] == KEYS,
                fix=meant,
            )


def named(reading: Reading, kinds: tuple[str, ...]) -> dict[str, str]:
    """Return the ids of what these kinds hold by its names, made as ids are; of no two with one name."""
    found: dict[str, set[str]] = {}
    for kind in {*kinds}.difference(("events", "quotes")):
        for id, record in reading.sound_records(kind).items():
            names = filter(None, (getattr(record, field, None) for field in _NAMES))
            for name in filter(None, map(as_id, names)):
                found.setdefault(name, set()).add(id)
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}


def _any_unknown(known: frozenset[str], names: list[str]) -> bool:
    return not known.issuperset(names)


def _remedy(
    reading: Reading,
    name: str,
    meant: str | None,
    target: Target,
    known: frozenset[str],
    old_ids: dict[str, str],
) -> str:
    if "events" in target.kinds and name in old_ids:
        return f"it is an old id of {old_ids[name]!r}: write that"
    other = next((_NOUNS[kind] for kind in _NOUNS if name in reading.known.get(kind, ())), None)
    if other is not None:
        return f"{name!r} is the id of {other}; {target.otherwise}"
    near = suggestion(meant or name, sorted(filter(is_id, known)), target.otherwise)
    return near if is_id(name) or near != target.otherwise else f"{id_help(name)}; {near}"


@check(scope="event")
def hierarchy(reading: Reading) -> Findings:
    """Issues form a tree, and not a deep one."""
    issues = reading.corpus.issues
    places = {id: n for n, id in enumerate(issues)}
    depths: dict[str | None, int] = {}
    for id in issues:
        chain: dict[str, None] = {}
        at: str | None = id
        while at is not None and at in issues and at not in depths and at not in chain:
            chain[at] = None
            at = issues[at].parent
        if at in chain:
            circle = [*chain][[*chain].index(at) :]
            first = circle.index(min(circle, key=places.__getitem__))
            circle = [*circle[first:], *circle[:first]]
            yield reading.finding(
                "issue-cycle",
                "the issue is its own ancestor: " + " → ".join([*circle, circle[0]]),
                ("issues", circle[0], "parent"),
                "remove the 'parent' of one of them" if len(circle) > 1 else "remove the line",
            )
        for each in reversed(chain):
            depths[each] = 0 if at in chain else depths.get(issues[each].parent, 0) + 1
            if depths[each] == limits.DEPTH + 1:
                yield reading.finding(
                    "too-deep",
                    f"issues stand in one another more than {limits.DEPTH} deep",
                    ("issues", each, "parent"),
                    "give it a wider issue further up",
                )
