"""The fields of each kind of record, as findings speak of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from diplomatic_timeline.model import records, registries
from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.vocabulary import words

# What has fields, in the order in which a stray field is looked for.
FIELDS_OF: dict[type[Record], str] = {
    records.Event: "an event",
    records.Participation: "a participant",
    records.IssueAtEvent: "an issue at an event",
    records.PartyPosition: "a position",
    records.Quote: "a quote",
    records.CoSpeaker: "a further speaker",
    records.Original: "'original'",
    records.Commitment: "a commitment",
    records.StatusChange: "a change of status",
    records.PlaceAtEvent: "a place of several",
    records.Relation: "a related event",
    records.Correction: "a correction",
    registries.Party: "a party",
    registries.Person: "a person",
    registries.FormerName: "a former name",
    registries.Membership: "a party of several",
    registries.Post: "a post",
    registries.Organization: "an organization",
    registries.Place: "a place",
    registries.Issue: "an issue",
    registries.Codes: "'codes'",
    registries.Source: "a source",
    registries.Author: "an author",
    registries.Withdrawal: "'withdrawn'",
}


def model_at(model: type[Record], path: tuple[Any, ...]) -> type[Record] | None:
    """Return the kind of record that holds the field at `path` in `model`, or None where there is none."""
    current: type[Record] | None = model
    in_mapping = False
    for step in path[:-1]:
        if current is None or isinstance(step, int):
            continue
        if in_mapping:
            in_mapping = False  # a key, as a party's id under `positions`
            continue
        field = current.written().get(step)
        annotation = field.annotation if field else None
        in_mapping = get_origin(annotation) is dict
        current = next(
            (a for a in _arguments(annotation) if isinstance(a, type) and issubclass(a, Record)), None
        )
    return current


def _arguments(annotation: Any) -> list[Any]:
    inner = get_args(annotation)
    return [annotation] if not inner else [a for part in inner for a in _arguments(part)]


def home(names: Iterable[str]) -> str | None:
    """Return the kind of record that has all these fields, or None."""
    return next((what for model, what in FIELDS_OF.items() if model.written().keys() >= set(names)), None)


def description_of(field: FieldInfo | None) -> str:
    """Return the first sentence of a field's description, for use inside a sentence."""
    text = ((field.description if field else "") or "").split(". ")[0].rstrip(".").replace("`", "'")
    return text[:1].lower() + text[1:]


def choices_of(field: FieldInfo | None) -> tuple[str, ...]:
    """Return the words of a field with a closed vocabulary."""
    annotation = field.annotation if field else None
    return tuple(w for part in (annotation, *get_args(annotation)) for w in words(part) if isinstance(w, str))


def is_list(field: FieldInfo | None) -> bool:
    """Return whether a field holds a list."""
    return field is not None and get_origin(field.annotation) is tuple


def first_field(model: type[Record] | None) -> str:
    """Return the name of the field that a record begins with, or nothing."""
    return next(iter(model.written()), "") if model else ""
