"""JSON Schemas of the record's files, and the page on its fields; both written from the model.

Draft 7, which the editors that check YAML know best. A schema takes what our reader takes: a text may look
like a number to YAML (`locator: 7`), and so may a date (`due: 2024`).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import MinLen
from pydantic.fields import FieldInfo

from diplomatic_timeline.model import vocabulary
from diplomatic_timeline.model.base import OR_ONE, BriefRecord, Record
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.model.links import WEB
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.registries import REGISTRIES

VERSION = "1.1"
"""Counted up before the point where a file that was valid no longer is, behind it where more is allowed."""

FOLDER = "schema"
"""Where the schemas stand in the record's folder."""
FIELDS_PAGE = "docs/contribute/fields.md"

_POINT = r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(-([0-9]{2}|XX)(-([0-9]{2}|XX))?)?[?~%]?"
_EDGE = rf"({_POINT}|\.\.)?"
_WHOLE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_EDTF = rf"{_POINT}|{_EDGE}/{_EDGE}|\[{_WHOLE}\.\.{_WHOLE}\]"

_KINDS: dict[str, dict[str, Any]] = {
    "id": {
        "type": "string",
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "patternErrorMessage": "An id has small letters, digits and single hyphens",
    },
    "text": {"type": ["string", "number"], "pattern": r"\S"},
    "date": {
        "type": ["string", "integer"],
        "pattern": rf"^({_EDTF})$",
        "patternErrorMessage": "Write 2024-05-31, 2024-05, 2024, 2023~ or 2021-03-18/2021-03-19",
        "minimum": 1000,
        "maximum": 9999,
        "examples": ["2024-05-31", "2024-05", "2021-03-18/2021-03-19"],
    },
    "date-or-unknown": {
        "type": ["string", "integer"],
        "pattern": rf"^({_EDTF}|unknown)$",
        "minimum": 1000,
        "maximum": 9999,
    },
    "address": {"type": "string", "pattern": f"^{WEB}$"},
    "truth": {"type": "boolean"},
    "order": {"type": "integer", "minimum": 0},
    "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    "wikidata": {"type": "string", "pattern": "^Q[1-9][0-9]*$"},
    "doi": {"type": "string", "pattern": r"^10\.[0-9]{4,9}/\S+$"},
}
_ALIASES: tuple[tuple[Any, str], ...] = (
    (vocabulary.Id, "id"),
    (vocabulary.Text, "text"),
    (vocabulary.Prose, "text"),
    (vocabulary.TextOrUnknown, "text"),
    (vocabulary.When, "date"),
    (vocabulary.WhenOrUnknown, "date-or-unknown"),
    (vocabulary.Url, "address"),
    (vocabulary.Truth, "truth"),
    (vocabulary.Order, "order"),
    (vocabulary.Language, "language"),
    (vocabulary.Wikidata, "wikidata"),
    (vocabulary.Doi, "doi"),
)
_SAID = {
    "id": "an id",
    "text": "a text",
    "date": "a date (EDTF)",
    "date-or-unknown": "a date (EDTF) or `unknown`",
    "address": "a web address",
    "truth": "`true` or `false`",
    "order": "a whole number",
    "language": "a language code (BCP 47)",
    "wikidata": "an item of Wikidata",
    "doi": "a DOI",
}


def _kind(hint: Any) -> str | None:
    return next((name for alias, name in _ALIASES if hint == alias), None)


def _inner(hint: Any) -> Any:
    """Return a hint without its None: what an editor may leave out, an editor does not write as null."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (a for a in get_args(hint) if a is not NoneType)
    return hint


def _is_or_one(hint: Any) -> bool:
    return get_origin(hint) is Annotated and OR_ONE in hint.__metadata__


def _is_record(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Record)


def _fields(model: type[Record], *, named: bool) -> Iterator[tuple[str, Any, FieldInfo]]:
    """Yield what an editor writes for a record; `named` is for those whose id stands outside them."""
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.written().items():
        if not (named and name == "id"):
            attribute = next(n for n, f in model.model_fields.items() if f is field)
            yield name, _inner(hints[attribute]), field


def examples(kind: str | None, description: str) -> tuple[str, ...]:
    """Return the values that a description shows: after "as in", and for a date every one in backticks."""
    if kind == "date":
        return tuple(t for t in re.findall(r"`([^`]+)`", description) if _is_date(t))
    shown = re.search(r"as in ((?:`[^`]+`(?:, | or )?)+)", description)
    return tuple(re.findall(r"`([^`]+)`", shown[1])) if shown else ()


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True


class _Schema:
    """Collects the definitions that one schema needs."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}

    def of(self, hint: Any, field: FieldInfo | None = None) -> dict[str, Any]:
        hint = _inner(hint)
        if kind := _kind(hint):
            self.definitions[kind] = _KINDS[kind]
            return {"$ref": f"#/definitions/{kind}"}
        origin, arguments = get_origin(hint), get_args(hint)
        if _is_or_one(hint):
            entries = self.of(arguments[0], field)
            return {"anyOf": [*entries["items"]["anyOf"][:1], entries]}
        if origin is Literal:
            return {"type": "string", "enum": list(arguments)}
        if origin is tuple:
            array: dict[str, Any] = {"type": "array", "items": self.of(arguments[0])}
            for least in (m for m in (field.metadata if field else ()) if isinstance(m, MinLen)):
                array["minItems"] = least.min_length
            return array
        if origin is dict:
            self.definitions["id"] = _KINDS["id"]
            return {
                "type": "object",
                "propertyNames": {"$ref": "#/definitions/id"},
                "additionalProperties": self.of(arguments[1]),
            }
        if not _is_record(hint):
            raise TypeError(f"a field of the kind {hint} has no schema yet")
        if hint.__name__ not in self.definitions:
            self.definitions[hint.__name__] = {}  # a place for it, should it hold itself
            self.definitions[hint.__name__] = self.record(hint, named=False)
        reference = {"$ref": f"#/definitions/{hint.__name__}"}
        if not issubclass(hint, BriefRecord):
            return reference
        brief = next(inner for name, inner, _ in _fields(hint, named=False) if name == hint.brief)
        return {"anyOf": [self.of(brief), reference]}

    def record(self, model: type[Record], *, named: bool) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        required = []
        for name, hint, field in _fields(model, named=named):
            written = self.of(hint, field)
            shown = examples(_kind(hint), field.description or "")
            if "$ref" in written and (field.description or shown):
                written = {"allOf": [written]}  # in draft 7 nothing beside a reference counts
            if field.description:
                written = {"description": field.description, **written}
            if shown:
                written["examples"] = list(shown)
            if field.is_required():
                required.append(name)
            elif isinstance(field.default, str):
                written["default"] = field.default
            properties[name] = written
        return {
            "description": _first_line(model),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }


def _first_line(model: type[Record]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def _whole(name: str, title: str, body: dict[str, Any], schema: _Schema) -> dict[str, Any]:
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:diplomatic-timeline:schema:{VERSION}:{name}",
        "title": title,
        "version": VERSION,
        **body,
        "definitions": dict(sorted(schema.definitions.items())),
    }


def event_schema() -> dict[str, Any]:
    """Return the schema of an event's file."""
    schema = _Schema()
    return _whole("event", "Event", schema.record(Event, named=True), schema)


def registry_schema(kind: str) -> dict[str, Any]:
    """Return the schema of a registry's file: ids, each with its record."""
    schema = _Schema()
    model = REGISTRIES[kind]
    schema.definitions[model.__name__] = schema.record(model, named=True)
    schema.definitions["id"] = _KINDS["id"]
    body = {
        "description": f"The registry of {kind}, by id.",
        "type": "object",
        "propertyNames": {"$ref": "#/definitions/id"},
        "additionalProperties": {"$ref": f"#/definitions/{model.__name__}"},
    }
    return _whole(kind, f"Registry of {kind}", body, schema)


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by its file's name."""
    return {
        "event.schema.json": event_schema(),
        **{f"{kind}.schema.json": registry_schema(kind) for kind in REGISTRIES},
    }


def first_line(file: Path, events: Path) -> str:
    """Return the line that names the schema of a file in the record's folder to editors."""
    name = f"{file.stem}.schema.json" if file.parent.name == "registry" else "event.schema.json"
    path = os.path.relpath(events / FOLDER / name, file.parent).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={path}"


def _said(hint: Any) -> str:
    """Return in words what an editor writes for a field."""
    hint = _inner(hint)
    if kind := _kind(hint):
        return _SAID[kind]
    if _is_or_one(hint):
        return f"an id, or {_said(get_args(hint)[0])}"
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return "one of " + ", ".join(f"`{word}`" for word in arguments)
    if origin is tuple:
        inner = arguments[0]
        if _is_record(inner) and issubclass(inner, BriefRecord):
            (brief,) = (h for name, h, _ in _fields(inner, named=False) if name == inner.brief)
            each = {"id": "ids", "text": "texts"}[_kind(brief) or ""]
            return f"a list of {each}, or of [{_title(inner)}](#{_anchor(inner)})"
        if _is_record(inner):
            return f"a list of [{_title(inner)}](#{_anchor(inner)})"
        kind = _kind(inner)
        return "a list of " + {"id": "ids", "text": "texts"}.get(kind or "", kind or "")
    if origin is dict:
        return f"a [{_title(arguments[1])}](#{_anchor(arguments[1])}) for each id"
    return f"[{_title(hint)}](#{_anchor(hint)})"


def _title(model: type[Record]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()


def _anchor(model: type[Record]) -> str:
    return _title(model).replace(" ", "-")


def _within(model: type[Record], *, named: bool) -> Iterator[type[Record]]:
    """Yield the kinds of record that stand inside one, each followed by those inside it."""
    for _, hint, _ in _fields(model, named=named):
        listed = get_args(hint)[0] if _is_or_one(hint) else hint
        for part in (listed, *get_args(listed)):
            if _is_record(part):
                yield part
                yield from _within(part, named=False)


_PAGE = """\
---
description: Every field of the record's files, what it holds and what it may be.
---

# Fields

What an event's file and the registries' files consist of. A field in **bold** is needed; the others may be
left out. An unknown field is a mistake. This page and the [schemas](../data/index.md#schemas) that editors
read are written by `timeline schema` from the descriptions in `macros/diplomatic_timeline/model/`;
a change is made there. This is version {version}.

An **id** is made of small letters, digits and single hyphens, and never changes. A **date** follows
[EDTF](dates.md). A **text** may hold any words but cannot be empty.
"""


def fields_page() -> str:
    """Return docs/contribute/fields.md: a table of fields for every kind of record."""
    parts = [_PAGE.format(version=VERSION)]
    described: set[type[Record]] = set()
    tops: list[tuple[type[Record], str]] = [(Event, "`events/<year>/<id>.yml`")]
    tops += [(model, f"`events/registry/{kind}.yml`") for kind, model in REGISTRIES.items()]
    for model, where in tops:
        lead = f"{_first_line(model)} {'One to a file' if model is Event else 'By id'}, in {where}."
        parts.append(_table(model, 2, lead, named=True))
        for inner in _within(model, named=True):
            if inner not in described:
                described.add(inner)
                parts.append(_table(inner, 3, _first_line(inner), named=False))
    return "\n".join(parts)


def _table(model: type[Record], level: int, lead: str, *, named: bool) -> str:
    title = _title(model)
    rows = [f"{'#' * level} {title[0].upper()}{title[1:]}", "", lead, "", "| Field | What it holds | Write |"]
    rows.append("|---|---|---|")
    for name, hint, field in _fields(model, named=named):
        shown = f"**`{name}`**" if field.is_required() else f"`{name}`"
        default = f"; `{field.default}` where left out" if isinstance(field.default, str) else ""
        described = (field.description or "").replace("|", "\\|")
        rows.append(f"| {shown} | {described} | {_said(hint)}{default} |")
    return "\n".join(rows) + "\n"


def documents(events: Path) -> dict[str, str]:
    """Return the text of every file that is written from the model, by its path in the project."""
    found = {
        (events / FOLDER / name).as_posix(): json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas().items()
    }
    return {**found, FIELDS_PAGE: fields_page()}


def outdated(project: Path, events: Path) -> tuple[str, ...]:
    """Return the paths of those that are missing in a project, or differ there; `events` is its record."""
    return tuple(
        name
        for name, text in documents(events).items()
        if not (project / name).is_file() or (project / name).read_text(encoding="utf-8") != text
    )


def write(project: Path, events: Path) -> tuple[str, ...]:
    """Write those that are out of date into a project; return their paths."""
    changed = outdated(project, events)
    for name in changed:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(documents(events)[name], encoding="utf-8", newline="\n")
    return changed
