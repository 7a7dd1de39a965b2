"""Why a record does not fit its model, in an editor's terms: pydantic's errors as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from diplomatic_timeline.model import limits
from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.diagnostics import Diagnostic, Position, did_you_mean, one_of, shown
from diplomatic_timeline.model.fields import (
    FIELDS_OF,
    choices_of,
    description_of,
    first_field,
    home,
    is_list,
    model_at,
)
from diplomatic_timeline.model.records import PartyPosition
from diplomatic_timeline.model.vocabulary import ID, as_id
from diplomatic_timeline.record.checks.references import is_reference
from diplomatic_timeline.record.forms import ID_FORM, address_help, code_help, id_help
from diplomatic_timeline.record.nodes import (
    Document,
    FieldPath,
    MappingNode,
    SequenceNode,
    Unread,
    Value,
    leaves,
)

_KINDS: dict[type, str] = {
    str: "a text",
    MappingNode: "a mapping of fields",
    SequenceNode: "a list",
    type(None): "nothing",
}
_OTHER_NAMES = {
    "location": "place",
    "venue": "place",
    "where": "place",
    "when": "date",
    "day": "date",
    "headline": "title",
    "description": "summary",
    "type": "kind",
    "quote": "text",
    "words": "text",
    "said_by": "speaker",
    "who": "speaker",
    "by": "made_by",
    "deadline": "due",
    "people": "participants",
    "delegates": "participants",
    "promises": "commitments",
    "quotations": "quotes",
    "topics": "issues",
    "link": "url",
    "address": "url",
}
"""Fields by the names that other programs and common sense give them."""
_ENDS = ("end", "end_date", "date_end", "until", "to")


def kind_of(value: Value) -> str:
    """Return what a value is, as findings name it: `a list`, `nothing`."""
    return _KINDS.get(type(value), "this")


class Explainer:
    """Explains what pydantic found in one record: `value`, which stands at `base` in `document`.

    Up to `room` mistakes are explained; `untold` counts the others.
    """

    def __init__(
        self, document: Document, model: type[Record], id: str, base: FieldPath, value: MappingNode, room: int
    ) -> None:
        self.document = document
        self.model = model
        self.id = id
        self.base = base
        self.value = value
        self.room = room
        self.untold = 0

    def findings(self, errors: list[ErrorDetails]) -> Iterator[Diagnostic]:
        """Yield a finding for each mistake in the record, and for each field left empty.

        Says nothing of what follows from a mistake that was reported when the file was read.
        """
        for number, explain in enumerate(self._mistakes(errors)):
            if number < self.room:
                yield explain()
            else:
                self.untold += 1

    def _mistakes(self, errors: list[ErrorDetails]) -> Iterator[Callable[[], Diagnostic]]:
        nulls = {path for path, leaf in leaves(self.value) if leaf is None}
        meant = set(self._misspelt(errors))
        strangers = self._strangers(errors)
        reported: set[FieldPath] = set()
        holders: set[FieldPath] = set()
        for details in errors:
            path = details["loc"]
            if self._follows(details) or (path in nulls and details["type"] != "extra_forbidden"):
                continue
            if _is_bad_id(details) and is_reference(self.model, path):
                continue  # what is meant, `checks/references` can say
            if details["type"] == "missing" and (
                path in meant or path[:-1] in strangers or self._slipped(path, strangers)
            ):
                continue
            if len(path) > 1 and path[-2] == "positions" and path[-1] in PartyPosition.written():
                if path[:-1] not in holders:
                    yield partial(self._without_party, path)
                reported.add(path)
                holders.add(path[:-1])
                continue
            reported.add(path)
            holders.add(path[:-1])
            if path[:-1] in strangers and details["type"] == "extra_forbidden":
                if strangers[path[:-1]][0] == path[-1]:
                    yield partial(self._misplaced, path, strangers[path[:-1]])
                continue
            yield partial(self._explain, details)
        for path in nulls:
            if not any(path[:n] in reported for n in range(1, len(path) + 1)):
                yield partial(self._empty, path)

    def _misspelt(self, errors: list[ErrorDetails]) -> Iterator[FieldPath]:
        """Yield the fields that unknown ones were probably meant for: what is misspelt is not missing too."""
        for details in errors[: 10 * limits.FINDINGS]:
            if details["type"] == "extra_forbidden":
                *container, _ = details["loc"]
                near = self._meant(details["loc"])
                if near:
                    yield (*container, near)

    def _strangers(self, errors: list[ErrorDetails]) -> dict[FieldPath, list[str]]:
        """Return, by the path of what they stand in, fields that belong to another kind of record.

        That is three or more, or all that there are.
        """
        unknown: dict[FieldPath, list[str]] = {}
        for details in errors:
            if details["type"] == "extra_forbidden":
                unknown.setdefault(details["loc"][:-1], []).append(str(details["loc"][-1]))
        return {
            path: names
            for path, names in unknown.items()
            if (len(names) > 2 or len(names) == self._size(path)) and home(names)
        }

    def _size(self, path: FieldPath) -> int:
        value = self.document.value_at((*self.base, *path))
        return len(value) if isinstance(value, MappingNode) else 0

    def _without_party(self, path: FieldPath) -> Diagnostic:
        message = f"{shown(str(path[-1]))} is a field of a position, and stands where a party's id must"
        remedy = "write the party's id with ':' before the fields of its position, and indent them below it"
        return self._finding("wrong-type", message, path, remedy, key=True)

    def _slipped(self, path: FieldPath, strangers: dict[FieldPath, list[str]]) -> bool:
        """Return whether a missing list is one whose entries were found in another place."""
        entry = model_at(self.model, (*path, ""))
        return entry is not None and any(home(names) == FIELDS_OF[entry] for names in strangers.values())

    def _misplaced(self, path: FieldPath, names: list[str]) -> Diagnostic:
        holder = model_at(self.model, path)
        listed = ", ".join(shown(name) for name in names)
        return self._finding(
            "unknown-field",
            f"{listed} {'are not fields' if len(names) > 1 else 'is not a field'} of "
            f"{FIELDS_OF[holder] if holder else 'this'}",
            path,
            f"{'they are fields' if len(names) > 1 else 'it is a field'} of {home(names)}: check the "
            "indentation, and that the name of the list stands above",
            key=True,
        )

    def _fields(self, path: FieldPath) -> list[str]:
        """Return the fields that can stand where `path` leads."""
        holder = model_at(self.model, path)
        return [f for f in (holder.written() if holder else ()) if f != "id" or holder is not self.model]

    def _meant(self, path: FieldPath) -> str:
        """Return the field that an unknown one was probably meant for, or nothing."""
        name, own = str(path[-1]), self._fields(path)
        other = _OTHER_NAMES.get(name, "")
        return other if other in own else did_you_mean(name, own) or ""

    def _follows(self, details: ErrorDetails) -> bool:
        """Return whether an error only follows from YAML that could not be read."""
        value = details["input"]
        if isinstance(value, Unread):
            return True
        if details["type"] == "too_short":
            return bool(value)  # it has entries, and each that is unsound is reported
        if details["type"] == "missing" and len(details["loc"]) == 1:
            return self.value.incomplete
        return isinstance(value, MappingNode) and value.incomplete

    def _finding(
        self, code: str, message: str, path: FieldPath, help: str, *, key: bool = False, fix: str = ""
    ) -> Diagnostic:
        return self.document.finding(code, message, (*self.base, *path), help, key=key, fix=fix or None)

    def _field(self, path: FieldPath) -> FieldInfo | None:
        holder = model_at(self.model, path)
        return holder.written().get(str(path[-1])) if holder else None

    def _explain(self, details: ErrorDetails) -> Diagnostic:
        path: FieldPath = details["loc"]
        value: Any = details["input"]
        at_key = path[-1] == "[key]"
        if at_key:
            path = path[:-1]
        name, label, fix = str(path[-2] if at_key else path[-1]), _label(path), ""
        said = shown(value) if isinstance(value, str) else kind_of(value)
        fault = details["type"]
        if _is_bad_id(details):
            fault = "bad_id"
        match fault:
            case "missing":
                return self._missing(path)
            case "extra_forbidden":
                return self._unknown_field(path)
            case "string_too_short":
                return self._empty(path)
            case "literal_error" if isinstance(value, str):
                remedy = one_of(value, choices_of(self._field(path)))
                code, message = "unknown-value", f"{said} is no value of {name!r}"
            case "bad_date":
                code, message, remedy = "bad-date", details["ctx"]["why"], details["ctx"]["remedy"]
                fix = details["ctx"]["meant"]
            case "bad_id" if path == ("id",) and not self.base:
                proposal = as_id(self.id)
                code, message = "bad-id", f"the file's name, {shown(self.id)}, is no id"
                remedy = ID_FORM + (f": rename the file to '{proposal}.yml'" if proposal else "")
            case "bad_id":
                code, message, remedy = "bad-id", f"{said} is no id", id_help(value)
                fix = as_id(value) if isinstance(value, str) else ""
            case "string_too_long":
                code, remedy = "too-long", "give it a shorter one"
                message = f"{said} has {len(value):,} characters, and an id has at most {limits.ID}"
            case "too_short":
                code, message, at_key = "empty-value", f"{label} is empty", True
                remedy = f"{name!r} needs at least one entry"
            case "bad_url":
                code, message, remedy = "bad-url", f"{said} is no web address", address_help(value)
            case "bad_link":
                address = details["ctx"]["address"]
                code, remedy = "bad-url", address_help(address)
                message = f"{label} has a link to {shown(address)}, which is no web address"
            case "string_pattern_mismatch":
                code, message, remedy = "bad-code", f"{said} is no code for {name!r}", code_help(name, value)
                if at_key:
                    message = f"{said} is no code of a language"
            case "unknown_language":
                language = details["ctx"]["language"]
                code, path, at_key = "bad-code", (*path, language), True
                message, remedy = f"no language has the code {shown(language)}", code_help(name, language)
            case "no_own_language":
                language = details["ctx"]["language"]
                code, at_key = "missing-translation", True
                message = f"{label} has translations, and no text in {shown(language)}, the record's language"
                remedy = (
                    f"add '{language}: ...' above them; 'language' in mkdocs.yml says which language it is"
                )
            case "bad_author":
                code, message = "wrong-type", f"{label} is not one person or one body"
                remedy = (
                    "write a person's name alone, or 'body: NAME' for a ministry, an agency or another body"
                )
            case "bad_number":
                code, message = "bad-number", f"{said} is no whole number"
                remedy = "write digits only, as in '2'"
            case "bad_truth":
                code, message = "bad-truth", f"{said} is neither true nor false"
                remedy = "write 'true' or 'false'"
            case _:
                what = f"the text {said}" if isinstance(value, str) else said
                code, message = "wrong-type", f"{label} cannot be {what}"
                remedy = self._wanted(details, path)
        if path != ("id",):
            return self._finding(code, message, path, remedy, key=at_key, fix=fix)
        # The id stands before the fields, or is the file's name.
        if self.base:
            return self._finding(code, message, (), remedy, key=True)
        return Diagnostic(code, message, Position(self.document.file), remedy)

    def _missing(self, path: FieldPath) -> Diagnostic:
        name = str(path[-1])
        field = self._field(path)
        described = description_of(field)
        choices = choices_of(field)
        placeholder = "[...]" if is_list(field) else "..."
        remedy = f"add '{name}: {placeholder}'" + (f": {described}" if described else "")
        if choices:
            remedy = f"add '{name}: ...' with one of: " + ", ".join(choices)
        owner = (*self.base, *path[:-1])
        where = f" in {_label(owner)}" if owner else ""
        position = self.document.owner((*self.base, *path))
        return self.document.finding("missing-field", f"{name!r} is missing{where}", position, remedy)

    def _unknown_field(self, path: FieldPath) -> Diagnostic:
        name = str(path[-1])
        holder = model_at(self.model, path)
        own = self._fields(path)
        elsewhere = next(
            (what for m, what in FIELDS_OF.items() if m is not holder and name in m.written()), None
        )
        near = self._meant(path)
        written = self.document.value_at((*self.base, *path[:-1]))
        certain = near == _OTHER_NAMES.get(name) and isinstance(written, MappingNode) and near not in written
        if name in _ENDS and "date" in own:
            remedy = "write both days as one date, as in 'date: 2021-03-18/2021-03-19'"
        elif near:
            remedy = f"did you mean {near!r}? Otherwise remove it"
        elif elsewhere:
            remedy = (
                f"it is a field of {elsewhere}: check its indentation; the fields here are {', '.join(own)}"
            )
        else:
            remedy = f"remove it; the fields are {', '.join(own)}"
        what = FIELDS_OF[holder] if holder else "this"
        return self._finding(
            "unknown-field",
            f"{shown(name)} is not a field of {what}",
            path,
            remedy,
            key=True,
            fix=near if certain else "",
        )

    def _empty(self, path: FieldPath) -> Diagnostic:
        if isinstance(path[-1], int):
            return self._finding(
                "empty-value", f"{_label(path)} is empty", path, "write it, or remove the '-'"
            )
        field = self._field(path)
        choices = choices_of(field)
        remedy = "write it" + (": one of " + ", ".join(choices) if choices else "")
        if field is not None and not field.is_required():
            remedy += ", or remove the line" if not choices else "; or remove the line"
        return self._finding("empty-value", f"{_label(path)} is empty", path, remedy, key=True)

    def _wanted(self, details: ErrorDetails, path: FieldPath) -> str:
        """Return what to write in place of a value of the wrong shape."""
        value, name = details["input"], str(path[-1])
        first = first_field(model_at(self.model, (*path, "")))
        quoted = ""
        opening = self.document.starts_with((*self.base, *path))
        if opening in ("[", "{"):
            quoted = f"; a text that starts with '{opening}' must stand in quotation marks"
        elif isinstance(value, MappingNode):
            quoted = "; a text with ': ' in it must stand in quotation marks"
        match details["type"]:
            case "string_type":
                return f"write one text{quoted}"
            case "literal_error":
                return "write one of: " + ", ".join(choices_of(self._field(path)))
            case "is_instance_of" if opening == "[" and isinstance(value, SequenceNode) and len(value) == 1:
                return f"write it in quotation marks: '{name}: \"[{value[0]}]\"'"
            case "is_instance_of":
                return "write one date, as in '2024-05-31'"
            case "tuple_type" if first:
                return f"write a list: below '{name}:', each entry begins as in '- {first}: ...'"
            case "tuple_type" if isinstance(value, str):
                return f"write a list: '{name}: [{', '.join(part.strip() for part in value.split(','))}]'"
            case "tuple_type":
                return f"write a list: '{name}: [one, two]'"
            case "dict_type":
                return f"below '{name}:', write each party's id with ':', and indented below that its fields"
            case _ if first and isinstance(path[-1], int) and isinstance(value, str):
                return f"write '- {first}: {value}', and the other fields below"
            case _:
                return f"write its fields below, as in '{first}: ...', indented further than {name!r}"


def _is_bad_id(details: ErrorDetails) -> bool:
    return details["type"] == "string_pattern_mismatch" and details["ctx"]["pattern"] == ID


def _label(path: FieldPath) -> str:
    """Name a field, or an entry of a list: `'title'`, `entry 2 of 'quotes'`."""
    if isinstance(path[-1], int):
        return f"entry {path[-1] + 1} of {str(path[-2])!r}"
    return shown(str(path[-1]))
