"""JSON Schemas with the record's own ids: an editor completes them, and marks an unknown one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from diplomatic_timeline.model.schema import FOLDER, Schema, schemas
from diplomatic_timeline.record.checks.references import REFERENCES
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import ALL, KEYS, Brief, Reading

MOST = 5000
"""Where a field may hold one of more ids, an editor is told none: it reads the schema anew with every key."""


def with_ids(reading: Reading) -> dict[str, Schema]:
    """Return every schema by its file's name, with a record's ids, sorted, where they can stand.

    Quotations are proposed and not insisted on: one is often referred to before the file with it is saved.
    """
    found: dict[str, Schema] = json.loads(json.dumps(schemas()))
    for kind, path, _, target in REFERENCES:
        schema = found["event.schema.json" if kind == "events" else f"{kind}.schema.json"]
        ids = sorted(reading.ids(target.kinds))
        if 0 < len(ids) <= MOST:
            top = schema if kind == "events" else schema["additionalProperties"]
            for node in _at(schema, top, path):
                node["examples" if target.kinds == ("quotes",) else "enum"] = ids
    return found


def _at(schema: Schema, node: Schema, path: FieldPath) -> Iterator[Schema]:
    """Yield what a schema says of the values at a path below a node."""
    node = node.get("allOf", [node])[0]
    if "$ref" in node:
        node = schema["definitions"][node["$ref"].rpartition("/")[2]]
    if not path:
        yield node
        return
    step, rest = path[0], path[1:]
    if isinstance(step, Brief):
        yield from _at(schema, node["anyOf"][0], ())
        yield from _at(schema, node["anyOf"][-1], (str(step), *rest))
    elif step == KEYS:
        yield node["propertyNames"]
    elif step == ALL:
        yield from _at(schema, node["items"] if "items" in node else node["additionalProperties"], rest)
    else:
        yield from _at(schema, node["properties"][step], rest)


def outdated(events: Path, reading: Reading | None) -> dict[Path, str]:
    """Return those of a record's schemas that are missing or out of date: the file, and its text.

    Without a reading, they know no ids.
    """
    found = schemas() if reading is None else with_ids(reading)
    texts = {
        events / FOLDER / name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in found.items()
    }
    return {
        path: text
        for path, text in texts.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    }


def write(events: Path, reading: Reading | None) -> tuple[Path, ...]:
    """Write those that are out of date; return their files."""
    changed = outdated(events, reading)
    for path, text in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(changed)


def refresh(events: Path, reading: Reading) -> None:
    """Have the schemas know the ids of a record, where it has schemas."""
    if (events / FOLDER).is_dir():
        write(events, reading)
