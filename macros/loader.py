"""A folder of YAML files to a `Corpus` and the list of everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from macros.checks import CHECKS
from macros.diagnostics import Diagnostic, Position, in_order, one_of, suggestion
from macros.documents import Document, Mapping, read_document
from macros.documents import Path as FieldPath
from macros.model import REGISTRIES, Corpus, Event, Record, model_at
from macros.pins import Pin, PinError, parse
from macros.reading import Origin, Reading
from macros.vocabulary import words

_KINDS = {"str": "a text", "Mapping": "a mapping of fields", "Sequence": "a list", "NoneType": "nothing"}


@dataclass(slots=True)
class _Desk:
    """Collects what a reading finds."""

    root: Path
    shown: str
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def name(self, path: Path) -> str:
        return f"{self.shown}/{path.relative_to(self.root).as_posix()}"

    def open(self, path: Path) -> Document:
        document = read_document(self.name(path), path.read_bytes())
        self.found.extend(document.diagnostics)
        return document


def read_folder(folder: Path, shown: str | None = None) -> Reading:
    """Return the record in `folder` (an `events/` folder) with every finding, sorted by file and line.

    Findings name files below `shown`, which is `folder` as it was given unless said otherwise.

    Records that do not validate are left out of the corpus, but their ids count as known, so that one
    mistake is one finding.
    """
    desk = _Desk(folder, shown or folder.as_posix())
    registries = {kind: _registry(desk, kind, model) for kind, model in REGISTRIES.items()}
    events, files = _events(desk)
    events = dict(sorted(events.items(), key=lambda item: (item[1].date.order, item[0])))
    corpus = Corpus.model_validate({**registries, "events": events, "files": files})
    reading = Reading(corpus, desk.origins, frozenset(desk.unreadable), (), _pins(desk))
    crossed = [finding for check in CHECKS for finding in check(reading)]
    return replace(reading, diagnostics=in_order([*desk.found, *crossed]))


def _pins(desk: _Desk) -> dict[str, Pin]:
    pins: dict[str, Pin] = {}
    for path in sorted((desk.root / "registry" / "pins").glob("*.pin")):
        name = desk.name(path)
        try:
            pin = parse(path.read_text(encoding="ascii", errors="replace"))
        except PinError as error:
            desk.found.append(Diagnostic("bad-pin", error.message, Position(name, error.line), error.remedy))
            continue
        if pin.source != path.stem:
            desk.found.append(
                Diagnostic(
                    "bad-pin",
                    f"the pin is of the source {pin.source!r}, not of {path.stem!r}",
                    Position(name),
                    "a pin's file has its source's id as its name: rename it, or pin the source again",
                )
            )
            continue
        if ("sources", pin.source) not in desk.origins and "sources" not in desk.unreadable:
            desk.found.append(
                Diagnostic(
                    "unknown-source",
                    f"there is no source {pin.source!r} to this pin",
                    Position(name),
                    "delete the pin, or add the source to the registry",
                )
            )
        pins[pin.source] = pin
    return pins


def _registry(desk: _Desk, kind: str, model: type[Record]) -> dict[str, Record]:
    path = desk.root / "registry" / f"{kind}.yml"
    if not path.is_file():
        desk.found.append(
            Diagnostic(
                "missing-file",
                f"the registry of {kind} is missing",
                Position(desk.name(path)),
                "create the file",
            )
        )
        desk.unreadable.add(kind)
        return {}
    document = desk.open(path)
    if not isinstance(document.value, Mapping):
        desk.unreadable.add(kind)
    if document.diagnostics and document.value is None:
        return {}
    if not isinstance(document.value, Mapping):
        desk.found.append(_wrong_shape(document, (), "a registry", "id: then its fields, indented"))
        return {}
    records: dict[str, Record] = {}
    for id, value in document.value.items():
        desk.origins[kind, id] = Origin(document, (id,))
        if not isinstance(value, Mapping):
            desk.found.append(
                _wrong_shape(document, (id,), f"{id!r}", "the fields on lines of their own, indented")
            )
        elif record := _validate(desk, document, model, id, value, (id,)):
            records[id] = record
    return records


def _events(desk: _Desk) -> tuple[dict[str, Event], dict[str, str]]:
    events: dict[str, Event] = {}
    files: dict[str, str] = {}
    for path in _event_files(desk):
        id = path.stem
        document = desk.open(path)
        if id in files:
            desk.found.append(
                document.finding(
                    "duplicate-id",
                    f"the event {id!r} stands in two files; the first is {files[id]}",
                    document.position(),
                    "give one of the two files another name",
                )
            )
            continue
        files[id] = document.file
        desk.origins["events", id] = Origin(document, ())
        if not isinstance(document.value, Mapping):
            desk.unreadable.add("quotes")
        if document.diagnostics and document.value is None:
            continue
        if not isinstance(document.value, Mapping):
            desk.found.append(
                _wrong_shape(document, (), "an event", "fields such as 'title: ...' on lines of their own")
            )
        elif event := _validate(desk, document, Event, id, document.value, ()):
            assert isinstance(event, Event)
            events[id] = event
    return events, files


def _event_files(desk: _Desk) -> Iterator[Path]:
    registry = desk.root / "registry"
    for path in sorted(desk.root.rglob("*")):
        if not path.is_file() or registry in path.parents or path.name.startswith("."):
            continue
        if path.suffix == ".yml":
            yield path
        elif path.suffix == ".yaml":
            desk.found.append(
                Diagnostic(
                    "file-name",
                    "the file would not be read",
                    Position(desk.name(path)),
                    "let its name end in '.yml'",
                )
            )


def _validate(
    desk: _Desk, document: Document, model: type[Record], id: str, value: Mapping, base: FieldPath
) -> Record | None:
    if "id" in value:
        where = "the file's name" if not base else "the name before the fields"
        desk.found.append(
            document.finding(
                "unknown-field",
                "'id' is not a field here",
                document.position((*base, "id"), key=True),
                f"remove the line: the id is {where}",
            )
        )
    fields = {k: v for k, v in value.items() if k != "id"}
    try:
        return model.model_validate({"id": id, **fields})
    except ValidationError as error:
        desk.found.extend(
            _explain(document, model, id, base, details) for details in error.errors(include_url=False)
        )
        return None


def _wrong_shape(document: Document, path: FieldPath, what: str, wanted: str) -> Diagnostic:
    node: Any = document.value
    for step in path:
        node = node[step]
    found = _KINDS.get(type(node).__name__, "something else")
    return document.finding(
        "wrong-type", f"{what} cannot be {found}", document.position(path), f"write {wanted}"
    )


def _explain(
    document: Document, model: type[Record], id: str, base: FieldPath, details: ErrorDetails
) -> Diagnostic:
    """Turn one of pydantic's errors into a finding that an editor can act on."""
    path: FieldPath = details["loc"]
    name = str(path[-1])
    value = details["input"]
    context: dict[str, Any] = details.get("ctx") or {}
    at_key = path[-1] == "[key]"
    if at_key:
        path, name = path[:-1], str(path[-2])
    holder = model_at(model, path)
    position = document.position((*base, *path))

    def finding(code: str, message: str, help: str, *, key: bool = False) -> Diagnostic:
        where = document.position((*base, *path), key=True) if key else position
        return document.finding(code, message, where, help)

    shown = repr(value) if isinstance(value, str) else _KINDS.get(type(value).__name__, "this")
    match details["type"]:
        case "missing":
            described = holder.model_fields[name].description if holder else None
            what = "the event" if len(path) == 1 and not base else "it"
            return finding(
                "missing-field",
                f"{name!r} is missing" + ("" if what == "the event" else f" in {_place(path, base)}"),
                f"add '{name}: ...': {_first_lower(described)}" if described else f"add '{name}: ...'",
            )
        case "extra_forbidden":
            known = [f for f in (holder.model_fields if holder else {}) if f != "id" or holder is not model]
            return finding(
                "unknown-field",
                f"{name!r} is not a field here",
                suggestion(name, known, f"remove it; the fields are {', '.join(known)}"),
                key=True,
            )
        case "literal_error":
            field = holder.model_fields[name] if holder else None
            allowed = words(field.annotation) if field else ()
            if value is None:
                return finding(
                    "empty-value", f"{name!r} is empty", "write one of: " + ", ".join(allowed), key=True
                )
            return finding("unknown-value", f"{shown} is no value of {name!r}", one_of(str(value), allowed))
        case "bad_date":
            return finding("bad-date", context["why"], "dates follow EDTF; see docs/contribute/dates.md")
        case "bad_id":
            proposal = context["proposal"]
            if path == ("id",):
                return document.finding(
                    "bad-id",
                    f"{id!r} is no id",
                    document.position(base, key=True) if base else document.position(),
                    f"use small letters, digits and single hyphens{_proposed(proposal)}",
                )
            return finding(
                "bad-id",
                f"{shown} is no id",
                f"use small letters, digits and single hyphens{_proposed(proposal)}",
                key=at_key,
            )
        case "empty_text":
            return finding("empty-value", f"{name!r} is empty", "write it, or remove the field", key=True)
        case "bad_url":
            return finding(
                "bad-url", f"{shown} is no web address", "write it whole, as in 'https://example.org/page'"
            )
        case "too_short":
            return finding(
                "empty-value", f"{name!r} is empty", f"{name!r} needs at least one entry", key=True
            )
        case "string_pattern_mismatch":
            example = "'Q865'" if name in ("wikidata",) else "'en', 'zh' or 'zh-Hant'"
            return finding("bad-code", f"{shown} is no code for {name!r}", f"write it as {example}")
        case "greater_than_equal" | "int_parsing" | "int_type" | "int_from_float":
            return finding("bad-number", f"{shown} is no whole number", "write digits only, as in '2'")
        case "bool_parsing" | "bool_type":
            return finding("bad-truth", f"{shown} is neither true nor false", "write 'true' or 'false'")
    wanted = {
        "string_type": "one text",
        "is_instance_of": "one date, as in '2024-05-31'",
        "tuple_type": f"a list: '{name}: [one, two]', or each on a line of its own after '- '",
        "dict_type": "a mapping: 'name: value' lines, indented",
        "model_type": "fields: 'name: value' lines, indented",
        "model_attributes_type": "fields: 'name: value' lines, indented",
    }.get(details["type"])
    if value is None:
        return finding("empty-value", f"{name!r} is empty", "write it, or remove the field", key=True)
    label = f"{name!r}" if not isinstance(path[-1], int) else f"entry {path[-1] + 1} of {str(path[-2])!r}"
    if wanted is None:
        return finding("invalid", f"{label}: {details['msg']}", "")
    return finding("wrong-type", f"{label} cannot be {shown}", f"write {wanted}")


def _proposed(proposal: str) -> str:
    return f", as in '{proposal}'" if proposal else ""


def _first_lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def _place(path: FieldPath, base: FieldPath) -> str:
    """Name what a missing field belongs to: `entry 2 of 'quotes'`, `'blinken'`."""
    parts = [*base, *path[:-1]]
    if not parts:
        return "the event"
    if isinstance(parts[-1], int):
        return f"entry {parts[-1] + 1} of {str(parts[-2])!r}"
    return repr(str(parts[-1]))
