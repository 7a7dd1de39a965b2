"""JSON Schemas of the record's files, and the page on its fields; both written from the model.

Draft 7, which the editors that check YAML know best. A schema takes what our reader takes: a text may look
like a number to YAML (`locator: 7`), and so may a date (`due: 2024`).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, TypeAlias

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema as core

from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.registries import REGISTRIES
from diplomatic_timeline.model.vocabulary import ID_SCHEMA

VERSION = "1.3"
"""Counted up before the point where a file that was valid no longer is, behind it where more is allowed."""

FOLDER = "schema"
"""Where the schemas stand in the record's folder."""
FIELDS_PAGE = "docs/contribute/fields.md"

Schema: TypeAlias = dict[str, Any]


class _Draft7(GenerateJsonSchema):
    """Pydantic's schemas as editors write records: what is left out is not written as null."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def sort(self, value: Any, parent_key: str | None = None) -> Any:
        return value  # as the model has them

    def nullable_schema(self, schema: core.NullableSchema) -> Schema:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core.WithDefaultSchema) -> Schema:
        inner, default = self.generate_inner(schema["schema"]), schema.get("default")
        return {**inner, "default": default} if isinstance(default, str) else inner

    def dict_schema(self, schema: core.DictSchema) -> Schema:
        values = self.generate_inner(schema["values_schema"])
        return {"type": "object", "propertyNames": ID_SCHEMA, "additionalProperties": values}


def _of_record(model: type[Record]) -> tuple[Schema, dict[str, Schema]]:
    """Return the schema of a kind of record whose id stands outside it, and those of the kinds inside it."""
    schema = model.model_json_schema(schema_generator=_Draft7, ref_template="#/definitions/{model}")
    inner = schema.pop("$defs", {})
    del schema["properties"]["id"]
    schema["required"].remove("id")
    for record in (schema, *(of.get("anyOf", [of])[-1] for of in inner.values())):
        for name, field in record["properties"].items():
            if shown := _examples(field.get("title"), field.get("description", "")):
                field["examples"] = shown
            if "$ref" in field:  # nothing beside a reference counts in draft 7
                record["properties"][name] = {"allOf": [{"$ref": field.pop("$ref")}], **field}
    return schema, inner


def _examples(title: str | None, description: str) -> list[str]:
    """Return the values that a description shows: after "as in", and for a date every one in backticks."""
    if title == "a date (EDTF)":
        return [text for text in re.findall(r"`([^`]+)`", description) if _is_date(text)]
    shown = re.search(r"as in ((?:`[^`]+`(?:, | or )?)+)", description)
    return re.findall(r"`([^`]+)`", shown[1]) if shown else []


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True


def _whole(name: str, title: str, body: Schema, definitions: dict[str, Schema]) -> Schema:
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:diplomatic-timeline:schema:{VERSION}:{name}",
        **body,
        "title": title,
        "version": VERSION,
        "definitions": definitions,
    }


def schemas() -> dict[str, Schema]:
    """Return every schema by its file's name: of an event's file, and of each registry."""
    found = {"event.schema.json": _whole("event", "Event", *_of_record(Event))}
    for kind, model in REGISTRIES.items():
        record, inner = _of_record(model)
        name = record["title"]
        body = {
            "description": f"The registry of {kind}, by id.",
            "type": "object",
            "propertyNames": ID_SCHEMA,
            "additionalProperties": {"$ref": f"#/definitions/{name}"},
        }
        whole = _whole(kind, f"Registry of {kind}", body, {name: record, **inner})
        found[f"{kind}.schema.json"] = whole
    return found


def first_line(file: Path, events: Path) -> str:
    """Return the line that names the schema of a file in the record's folder to editors."""
    name = f"{file.stem}.schema.json" if file.parent.name == "registry" else "event.schema.json"
    path = os.path.relpath(events / FOLDER / name, file.parent).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={path}"


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
    described: set[str] = set()
    tops: list[tuple[type[Record], str]] = [(Event, " One to a file, in `events/<year>/<id>.yml`.")]
    tops += [(model, f" By id, in `events/registry/{kind}.yml`.") for kind, model in REGISTRIES.items()]
    for model, where in tops:
        top, inner = _of_record(model)
        parts.append(_table(top, inner, "##", where))
        for name, schema in inner.items():
            if name not in described:
                described.add(name)
                parts.append(_table(schema.get("anyOf", [schema])[-1], inner, "###"))
    return "\n".join(parts)


def _table(schema: Schema, inner: dict[str, Schema], level: str, where: str = "") -> str:
    rows = [f"{level} {_name(schema['title']).capitalize()}", "", f"{schema['description']}{where}", ""]
    rows += ["| Field | What it holds | Write |", "|---|---|---|"]
    for field, written in schema["properties"].items():
        shown = f"**`{field}`**" if field in schema.get("required", ()) else f"`{field}`"
        default = f"; `{written['default']}` where left out" if "default" in written else ""
        described = written.get("description", "").replace("|", "\\|")
        rows.append(f"| {shown} | {described} | {_said(written, inner)}{default} |")
    return "\n".join(rows) + "\n"


def _said(written: Schema, inner: dict[str, Schema]) -> str:
    """Return in words what an editor writes for a field; `inner` are the kinds of record by their names."""
    match written:
        case {"title": title}:
            return str(title)
        case {"enum": choices}:
            return "one of " + ", ".join(f"`{word}`" for word in choices)
        case {"$ref": reference} | {"allOf": [{"$ref": reference}]}:
            model = reference.rpartition("/")[2]
            link = f"[{_name(model)}](#{_name(model).replace(' ', '-')})"
            brief = inner[model].get("anyOf")
            return f"{_said(brief[0], inner)}, or of {link}" if brief else link
        case {"anyOf": [one, entries]}:
            return f"{_said(one, inner)}, or {_said(entries, inner)}"
        case {"items": items}:
            return "a list of " + re.sub("^an? (id|text)", lambda kind: f"{kind[1]}s", _said(items, inner))
        case _:
            return f"a {_said(written['additionalProperties'], inner)} for each id"


def _name(model: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model).lower()
