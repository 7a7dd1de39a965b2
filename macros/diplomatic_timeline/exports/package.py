"""`datapackage.json`: what the files of the data are (Data Package 1.0, "Tabular Data Resource")."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from diplomatic_timeline.exports.format import FilePlan
from diplomatic_timeline.exports.imprint import LICENCE, LICENCE_TITLE, LICENCE_URL, Imprint
from diplomatic_timeline.exports.tables import TABLES, Column, Table

NAME = "datapackage.json"


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, "type": column.type, "description": column.description}
    required = {"required": True} if column.required else {}
    constraints = {**required, "enum": list(column.allowed)} if column.allowed else required
    return {**field, "constraints": constraints} if constraints else field


def table_schema(table: Table) -> dict[str, Any]:
    """Return a table's schema (Table Schema 1.0): fields, key, references."""
    schema: dict[str, Any] = {"fields": [_field(c) for c in table.columns], "missingValues": [""]}
    if table.has_ids:
        schema["primaryKey"] = "id"
    keys = [
        {
            "fields": c.name,
            # An empty resource means the table itself.
            "reference": {"resource": "" if c.refers_to == table.name else c.refers_to, "fields": "id"},
        }
        for c in table.columns
        if c.refers_to
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def plan(imprint: Imprint, files: Collection[tuple[str, str, str, int, str]]) -> FilePlan:
    """Return the package of `files`: file name, title, media type, bytes and sha256 of each."""
    tables = {f"{t.name}.csv": t for t in TABLES}
    resources = []
    for name, title, media, size, digest in files:
        stem, _, ending = name.rpartition(".")
        table = tables.get(name)
        resource: dict[str, Any] = {
            # A resource's name is its own; the CSV file, which has a schema, takes the short one.
            "name": stem if table else f"{stem}-{ending}".replace("/", "-"),
            "path": name,
            "title": title,
            "format": ending,
            "mediatype": media,
            "encoding": "utf-8",
            "bytes": size,
            "hash": f"sha256:{digest}",
        }
        if table:
            resource["profile"] = "tabular-data-resource"
            resource["schema"] = table_schema(table)
        resources.append(resource)
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": "diplomatic-timeline",
        "title": imprint.name,
        "description": imprint.terms,
        "licenses": [{"name": LICENCE, "title": LICENCE_TITLE, "path": LICENCE_URL}],
        "resources": resources,
    }
    if imprint.address:
        package["homepage"] = imprint.address
    whole = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    title = imprint.words("data.package")
    return FilePlan(NAME, title, "application/json", "package", before=whole.encode(), count=len(files))
