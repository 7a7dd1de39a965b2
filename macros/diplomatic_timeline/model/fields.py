"""The fields of each kind of record, as findings speak of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from diplomatic_timeline.model.records import (
    Codes,
    Commitment,
    Correction,
    Event,
    Issue,
    IssueAtEvent,
    Organization,
    Original,
    Participation,
    Party,
    PartyPosition,
    Person,
    Place,
    Post,
    Quote,
    Record,
    Source,
)
from diplomatic_timeline.model.vocabulary import words

# What has fields, in the order in which a stray field is looked for.
FIELDS_OF: dict[type[Record], str] = {
    Event: "an event",
    Participation: "a participant",
    IssueAtEvent: "an issue at an event",
    PartyPosition: "a position",
    Quote: "a quote",
    Original: "'original'",
    Commitment: "a commitment",
    Correction: "a correction",
    Party: "a party",
    Person: "a person",
    Post: "a post",
    Organization: "an organization",
    Place: "a place",
    Issue: "an issue",
    Codes: "'codes'",
    Source: "a source",
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
        field = current.model_fields.get(step)
        annotation = field.annotation if field else None
        in_mapping = get_origin(annotation) is dict
        current = next((a for a in _arguments(annotation) if _is_record(a)), None)
    return current


def _arguments(annotation: Any) -> list[Any]:
    inner = get_args(annotation)
    return [annotation] if not inner else [a for part in inner for a in _arguments(part)]


def _is_record(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Record)


def home(names: Iterable[str]) -> str | None:
    """Return the kind of record that has all these fields, or None."""
    return next((what for model, what in FIELDS_OF.items() if model.model_fields.keys() >= set(names)), None)


def description_of(field: FieldInfo | None) -> str:
    """Return the first sentence of a field's description, for use inside a sentence."""
    text = ((field.description if field else "") or "").split(". ")[0].rstrip(".").replace("`", "'")
    return text[:1].lower() + text[1:]


def choices_of(field: FieldInfo | None) -> tuple[str, ...]:
    """Return the words of a field with a closed vocabulary."""
    return tuple(word for word in words(field.annotation) if isinstance(word, str)) if field else ()


def is_list(field: FieldInfo | None) -> bool:
    """Return whether a field holds a list."""
    return field is not None and get_origin(field.annotation) is tuple


def first_field(model: type[Record] | None) -> str:
    """Return the name of the field that a record begins with, or nothing."""
    return next(iter(model.model_fields), "") if model else ""
