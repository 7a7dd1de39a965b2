"""What `timeline new` asks for each kind of record, what may be answered, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import click
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from diplomatic_timeline.cli.asking import ask
from diplomatic_timeline.model import limits, records, registries
from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.dates import DateError, Edtf, parse_date
from diplomatic_timeline.model.diagnostics import one_of, suggestion
from diplomatic_timeline.model.fields import choices_of, description_of, is_list
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.model.registries import Person
from diplomatic_timeline.model.vocabulary import as_id, is_id
from diplomatic_timeline.record.checks.references import named
from diplomatic_timeline.record.checks.todos import TODO
from diplomatic_timeline.record.nodes import Document, MappingNode
from diplomatic_timeline.record.reading import Reading

Answer = str | list[str]
Answers = Mapping[str, Answer]

# A field of a person's post, where one is given with the person.
_POST = {"post": "title", "dates": "dates"}
# Whose ids a field holds.
_KNOWN = {
    "issuer": ("parties",),
    "issues": ("issues",),
    "made_by": ("parties",),
    "parent": ("issues",),
    "participants": ("people",),
    "party": ("parties",),
    "place": ("places",),
    "source": ("sources",),
    "sources": ("sources",),
    "speaker": ("people", "organizations"),
    "via": ("people", "organizations"),
}
# Of each field that an id is made from, so many words.
_WORDS = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record that can be made.

    `place` is the registry it stands in, or the field of an event; an event itself has none. The fields in
    `asked` are asked for, those in `more` are options alone. An id is proposed from those in `named_after`.
    """

    model: type[Record]
    place: str
    named_after: str
    asked: str
    more: str = ""

    @property
    def in_event(self) -> bool:
        """Whether it stands in an event's file."""
        return self.model in (records.Quote, records.Commitment)

    @property
    def fields(self) -> dict[str, FieldInfo]:
        """What can be given, in the order in which it is asked for."""
        names = [*self.asked.split(), *self.more.split()]
        post = registries.Post.written() if self.model is Person else {}
        own = self.model.written()
        return {name: post[_POST[name]] if name in _POST and post else own[name] for name in names}

    def is_needed(self, name: str) -> bool:
        """Return whether the record is not valid without a field."""
        return self.fields[name].is_required() and not (self.model is Person and name in _POST)


KINDS = {
    "event": Kind(
        Event,
        "",
        "date title",
        "title date kind level place summary participants issues sources",
        "date_basis timezone status prominence",
    ),
    "person": Kind(
        Person,
        "people",
        "name",
        "name family_name native_name party post dates",
        "native_language wikidata note",
    ),
    "place": Kind(
        registries.Place,
        "places",
        "name",
        "name within country timezone",
        "native_name native_language wikidata",
    ),
    "organization": Kind(
        registries.Organization,
        "organizations",
        "name",
        "name short party",
        "native_name native_language wikidata note",
    ),
    "issue": Kind(registries.Issue, "issues", "name", "name parent description"),
    "source": Kind(
        registries.Source,
        "sources",
        "publisher published title",
        "title publisher published kind issuer url",
        "agency number pages doi archive_url language retrieved note",
    ),
    "quote": Kind(
        records.Quote,
        "quotes",
        "speaker text",
        "speaker post party text issues source locator rendering",
        "date occasion lead_in prefix suffix via language note",
    ),
    "commitment": Kind(
        records.Commitment,
        "commitments",
        "statement",
        "made_by statement issues source due due_text status last_checked",
        "type quote recurs",
    ),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What of an event's file bears on what is added there, also where the event is not yet whole."""

    document: Document
    when: Edtf
    issues: tuple[str, ...]
    sources: tuple[str, ...]


def setting(document: Document) -> Setting:
    """Return what an event's file says. Raises UsageError where it says no date."""
    value = document.value if isinstance(document.value, MappingNode) else {}
    try:
        when = parse_date(str(value.get("date", "")))
    except DateError:
        raise click.UsageError(f"{document.file} has no date yet: run timeline check") from None
    issues, sources = value.get("issues"), value.get("sources")
    return Setting(
        document,
        when,
        tuple(str(i["issue"]) for i in _list(issues) if isinstance(i, MappingNode) and i.get("issue")),
        tuple(str(source) for source in _list(sources)),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def known(reading: Reading, name: str) -> list[str]:
    """Return the ids that a field may hold, sorted, or nothing where it holds something else."""
    return sorted(reading.ids(_KNOWN.get(name, ())))


def read(kind: Kind, name: str, text: str, reading: Reading) -> Answer:
    """Return what an answer means: a text, or a list where the field is one. Raises UsageError."""
    if name == "participants" or (is_list(kind.fields[name]) and name != "party"):
        return [_read(kind, name, part.strip(), reading) for part in text.split(",") if part.strip()]
    return _read(kind, name, text, reading)


def _read(kind: Kind, name: str, text: str, reading: Reading) -> str:
    field = kind.fields[name]
    if text == TODO and not _dates_event(kind, name):
        return text
    if name in _KNOWN:
        if text not in known(reading, name):
            if meant := named(reading, _KNOWN[name]).get(as_id(text)):
                return meant
            remedy = suggestion(text, known(reading, name), "add it first, or write todo")
            raise click.UsageError(f"{name}: there is no {text!r} in the record; {remedy}")
        return text
    if (allowed := choices_of(field)) and text not in allowed:
        raise click.UsageError(f"{name}: {text!r} is none of its words; {one_of(text, allowed)}")
    try:
        whole: Any = Annotated[field.annotation, field]
        TypeAdapter(whole).validate_python(text)
    except ValidationError as error:
        raise click.UsageError(f"{name}: {error.errors()[0]['msg']}") from None
    return text


def _dates_event(kind: Kind, name: str) -> bool:
    """Return whether a field is the date by which an event finds its folder: it cannot wait."""
    return kind.model is Event and name == "date"


def proposal(kind: Kind, name: str, answers: Answers, corpus: Corpus, event: Setting | None) -> str:
    """Return what a field is likely to be, from what was answered before and from the event it stands in."""
    match kind.model.__name__, name:
        case "Person", "family_name":
            return str(answers.get("name", "")).split(" ")[-1]
        case "Quote" | "Commitment", "issues" | "source" if event is not None:
            own = event.issues if name == "issues" else event.sources
            return own[0] if len(own) == 1 and own[0] != TODO else ""
        case "Quote", "post" | "party" if event is not None:
            return part_of(str(answers.get("speaker", "")), corpus, event.when).get(name, "")
        case "Commitment", "status":
            return "open"
        case "Commitment", "last_checked":
            return date.today().isoformat()
    return ""


def part_of(speaker: str, corpus: Corpus, when: Edtf) -> dict[str, str]:
    """Return the party and the post of a speaker at a date, as far as the record has them."""
    person = corpus.people.get(speaker)
    if person is None:
        body = corpus.organizations.get(speaker)
        return {"party": body.party} if body and body.party else {}
    held = [
        p.title
        for p in person.posts
        if p.dates is None or (p.dates.first <= when.last and when.first <= p.dates.last)
    ]
    return {"party": person.party_at(when), **({"post": held[-1]} if held else {})}


def ask_for(kind: Kind, name: str, proposed: str, reading: Reading) -> str:
    """Return the answer to a field's question, or nothing where it may be left out and was."""
    field = kind.fields[name]
    about = ", ".join(choices_of(field)) or description_of(field)
    completed = [*known(reading, name), *choices_of(field)]
    default = proposed or ("" if not kind.is_needed(name) else None if _dates_event(kind, name) else TODO)

    def check(answer: str) -> str:
        read(kind, name, answer, reading)
        return answer

    question = f"{name.replace('_', ' ').capitalize()} ({about})"
    return ask(
        question,
        f"--{name.replace('_', '-')}",
        default=default,
        known=completed,
        only_known=False,
        check=check,
    )


def taken(kind: Kind, reading: Reading) -> frozenset[str]:
    """Return the ids that records of a kind have already, whether or not they are sound."""
    events = reading.corpus.events.values()
    if kind.place == "commitments":
        return frozenset(commitment.id for event in events for commitment in event.commitments)
    aliases = (alias for event in events for alias in event.aliases) if kind.model is Event else ()
    return reading.ids([kind.place or "events"]).union(aliases)


def id_for(kind: Kind, answers: Answers, reading: Reading) -> str:
    """Return a free id made from what was answered, or nothing where that has no Latin letter or digit."""
    parts = [str(answers[name]) for name in kind.named_after.split() if answers.get(name, TODO) != TODO]
    if kind.place == "" and parts:
        parts[0] = parse_date(parts[0]).text.partition("/")[0]
    words = [word for part in parts for word in as_id(part).split("-")[:_WORDS] if word]
    id = "-".join(words)[: limits.ID - 10].strip("-")
    used, free, number = taken(kind, reading), id, 1
    while free in used:
        number += 1
        free = f"{id}-{number}"
    return free


def check_id(id: str, kind: Kind, reading: Reading) -> str:
    """Return an id. Raises UsageError where it is none, or another record has it."""
    if not is_id(id):
        raise click.UsageError(
            f"{id!r} is no id: use small letters, digits and single hyphens, {limits.ID} at most"
        )
    if id in taken(kind, reading):
        raise click.UsageError(f"{id!r} is taken already; an id belongs to one record")
    return id


def as_fields(kind: Kind, answers: Answers, corpus: Corpus) -> dict[str, Any]:
    """Return the fields of a record, as they are written."""
    fields: dict[str, Any] = dict(answers)
    if kind.model is Person:
        post = {_POST[name]: fields.pop(name) for name in ("post", "dates") if name in fields}
        if post:
            fields["posts"] = [{"title": TODO, **post}]
    if kind.model is Event:
        when = parse_date(str(answers["date"]))
        people = fields.pop("participants", [])
        fields["issues"] = [{"issue": issue} for issue in answers["issues"]]
        if people:
            fields["participants"] = [
                {"person": person, "party": TODO, "post": TODO, **part_of(person, corpus, when)}
                for person in people
            ]
    return fields
