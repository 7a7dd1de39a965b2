"""A folder of YAML files to a `Corpus` and the list of everything that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from diplomatic_timeline.build.cache import Cache, digest
from diplomatic_timeline.model.diagnostics import Diagnostic, did_you_mean, in_order, shown, suggestion
from diplomatic_timeline.model.records import REGISTRIES, Corpus, Event, Record
from diplomatic_timeline.record import pins as pin_files
from diplomatic_timeline.record.cache import plain_events
from diplomatic_timeline.record.checks.registry import BETWEEN, CHECKS, Check
from diplomatic_timeline.record.checks.todos import todos
from diplomatic_timeline.record.files import Desk, _event_files, _is_yaml
from diplomatic_timeline.record.kept import parse_findings, write_findings
from diplomatic_timeline.record.model_errors import Explainer, kind_of
from diplomatic_timeline.record.reading import Origin, Reading, quote_ids
from diplomatic_timeline.record.yaml_reader import Document, Mapping, Value, late_document, read_plain
from diplomatic_timeline.record.yaml_reader import Path as FieldPath


def read_folder(
    folder: Path, shown: str | None = None, cache: Path | None = None, last: Reading | None = None
) -> Reading:
    """Return the record in `folder` (an `events/` folder) with every finding, sorted by file and line.

    Findings name files below `shown`, which is `folder` as it was given unless said otherwise.

    Records that do not validate are left out of the corpus, but their ids count as known, so that one
    mistake is one finding. In the folder `cache` it is kept what was read, for the next time; the reading is
    the same with it and without. So it is with the `last` reading of the folder, whose events are taken over
    where their files are the same.
    """
    desk = Desk(folder, shown or folder.as_posix(), cache=_cache_of(folder, cache))
    registries = _registries(desk)
    events, files = _events(desk, last)
    events = dict(sorted(events.items(), key=lambda item: (item[1].date.order, item[0])))
    corpus = Corpus.model_validate({**registries, "events": events, "files": files})
    # What pins and checks say follows from the files' bytes alone, so it is kept by their hash.
    pinned = pin_files.found(desk)
    key = _whole(desk) if desk.cache else ""
    kept = desk.cache.read(_FINDINGS).get(key) if desk.cache else None
    if kept:
        found, pins_unreadable, proofs = parse_findings(kept)
        desk.unreadable.update(pins_unreadable)
        silent = Desk(folder, desk.shown, desk.origins, cache=desk.cache, digests=desk.digests)
        pins = pin_files.read_pins(silent, pinned)
        reading = Reading(corpus, desk.origins, frozenset(desk.unreadable), (), pins, proofs, desk.digests)
        return replace(reading, diagnostics=in_order([*desk.found, *found]))
    before, missing = len(desk.found), set(desk.unreadable)
    pins = pin_files.read_pins(desk, pinned)
    proofs = pin_files.proofs(desk, corpus, pinned, pins)
    unreadable = frozenset(desk.unreadable)
    reading = Reading(corpus, desk.origins, unreadable, (), pins, proofs, desk.digests)
    crossed = [*desk.found[before:], *_checked(desk, reading)]
    pins.forget()
    if desk.cache and all(proof.finding is None for proof in reading.proofs.values()):
        entry = write_findings(crossed, unreadable - missing, reading.proofs)
        desk.cache.write(_FINDINGS, {key: entry})
    return replace(reading, diagnostics=in_order([*desk.found[:before], *crossed]))


def _checked(desk: Desk, reading: Reading) -> list[Diagnostic]:
    """Return what the checks across files find.

    Most of them look at one event and the registries. Where they find nothing, that is kept, and the event is
    not looked at again before one of those changes.
    """
    files, kept = reading.corpus.files, desk.cache.read(_SOUND) if desk.cache else {}
    events = {files[id] for id in reading.corpus.events}
    others = sorted(f"{name} {mark}" for name, mark in desk.digests.items() if name not in events)
    common = digest(*(text.encode("utf-8", "replace") for text in others)).encode()
    keys = {id: digest(common, id.encode(), desk.digests[files[id]].encode()) for id in reading.corpus.events}
    fresh = [id for id, key in keys.items() if key not in kept]
    found: list[Diagnostic] = []
    if (
        len(fresh) == len(keys)
        or reading.unsound
        or _finds(CHECKS, reading.part(fresh))
        or _finds(BETWEEN, reading)
    ):
        found = [finding for check in CHECKS for finding in check(reading)]
    if desk.cache and not found and not reading.unsound and set(keys.values()) != kept.keys():
        desk.cache.write(_SOUND, dict.fromkeys(keys.values(), "sound"))
    return found


def _finds(checks: Iterable[Check], reading: Reading) -> bool:
    return any(True for check in checks for _ in check(reading))


def _cache_of(record: Path, folder: Path | None) -> Cache | None:
    """Return the cache in a folder of the record's own: two records must not take each other's place."""
    return Cache(folder / digest(os.fsencode(record.absolute()))[:8]) if folder else None


_FINDINGS = "findings"
_SOUND = "sound"
CACHE = Path(".cache") / "records"
"""Where the commands keep what they read, below the project's folder."""


def _whole(desk: Desk) -> str:
    """Return a hash of all that a reading follows from."""
    files = (f"{name} {mark}".encode("utf-8", "replace") for name, mark in sorted(desk.digests.items()))
    unreadable = (name.encode("utf-8", "replace") for name in sorted(desk.unreadable))
    return digest(desk.shown.encode("utf-8", "replace"), b"files", *files, b"unreadable", *unreadable)


def _registries(desk: Desk) -> dict[str, dict[str, Record]]:
    folder = desk.root / "registry"
    if not folder.is_dir():
        desk.report(
            "missing-file",
            "the folder of the registries is missing",
            folder,
            f"create it, with {', '.join(f'{kind}.yml' for kind in REGISTRIES)} in it",
        )
        desk.unreadable.update(REGISTRIES)
        return {}
    others = [
        path
        for path in sorted(folder.iterdir())
        if _is_yaml(path) and not (path.stem in REGISTRIES and path.suffix == ".yml")
    ]
    registries = {}
    for kind, model in REGISTRIES.items():
        path = folder / f"{kind}.yml"
        if os.path.isfile(path):
            registries[kind] = _registry(desk, path, kind, model)
            continue
        misnamed = next((p for p in others if did_you_mean(p.stem, REGISTRIES) == kind), None)
        if misnamed is None:
            remedy = "create the file, with '{}' in it while there is nothing to list"
            desk.report("missing-file", f"the registry of {kind} is missing", path, remedy)
            desk.unreadable.add(kind)
            continue
        others.remove(misnamed)
        remedy = f"rename it to '{kind}.yml'"
        desk.report("file-name", f"the registry of {kind} must have the name '{kind}.yml'", misnamed, remedy)
        registries[kind] = _registry(desk, misnamed, kind, model)
    for path in others:
        remedy = f"move it out of registry/; the registries are {', '.join(REGISTRIES)}"
        remedy = suggestion(path.stem, REGISTRIES, remedy)
        desk.report("file-name", "there is no registry of this name, so the file is not read", path, remedy)
    return registries


def _plain_registry(desk: Desk, path: Path, kind: str, model: type[Record]) -> dict[str, Record] | None:
    """Return a registry that is written the plain way and without a mistake; None for any other."""
    try:
        entries = read_plain(path.read_bytes())
    except OSError:
        return None
    records: dict[str, Record] = {}
    for id, fields in (entries or {}).items():
        if not isinstance(fields, dict) or "id" in fields:
            return None
        try:
            records[id] = model.model_validate({**fields, "id": id})
        except ValidationError:
            return None
    if not records:
        return None
    desk.read(path)
    name = desk.name(path)
    document = late_document(name, path)
    desk.origins.update(((kind, id), Origin(document, (id,))) for id in records)
    return records


def _registry(desk: Desk, path: Path, kind: str, model: type[Record]) -> dict[str, Record]:
    if (plain := _plain_registry(desk, path, kind, model)) is not None:
        return plain
    document = desk.open(path, "write its entries, or '{}' while there is nothing to list")
    value = document.value if document else None
    if not isinstance(value, Mapping) or value.incomplete:
        desk.unreadable.add(kind)
    if document is None:
        return {}
    if not isinstance(value, Mapping):
        remedy = "write each entry's id with ':', and below that its fields, indented"
        desk.found.append(_wrong_shape(document, (), value, "a registry", remedy))
        return {}
    if stray := [name for name in value if name in model.model_fields and isinstance(value[name], str)]:
        # The name before some entry's fields is missing, so nothing can be said about what stands here.
        desk.unreadable.add(kind)
        position = document.position((stray[0],), key=True)
        message = f"{shown(stray[0])} is a field, and stands where an entry's id must"
        remedy = "write the entry's id with ':' before its fields, and indent them below it"
        desk.found.append(document.finding("wrong-type", message, position, remedy))
    records: dict[str, Record] = {}
    for id, fields in value.items():
        if id in stray:
            continue
        if isinstance(fields, Mapping) and len(fields.repeated) > 1:
            desk.unreadable.add(kind)  # two entries in one
        desk.origins[kind, id] = Origin(document, (id,))
        if record := _validate(desk, document, model, id, fields, (id,)):
            records[id] = record
    return records


def _events(desk: Desk, last: Reading | None) -> tuple[dict[str, Event], dict[str, str]]:
    events: dict[str, Event] = {}
    files: dict[str, str] = {}
    named = [(path, path.stem, desk.name(path)) for path in _event_files(desk)]
    before = last.corpus.events.items() if last else ()
    known = {last.digests[last.corpus.files[id]]: event for id, event in before} if last else {}
    plain, digests = plain_events({id: path for path, id, _ in reversed(named)}, desk.cache, known)
    for path, id, name in named:
        first = files.setdefault(id, name)
        if first == name and id in plain:
            events[id] = plain[id]
            desk.digests[name] = digests[id]
            desk.origins["events", id] = Origin(late_document(name, path), ())
            continue
        document = desk.open(path, "write the event, or delete the file")
        if first != name:
            desk.unreadable.add("quotes")
            desk.report(
                "duplicate-id",
                f"the event {id!r} stands in two files; the first is {first}",
                path,
                "an event's id is its file's name: rename one of the two, or delete it",
            )
        else:
            desk.origins["events", id] = Origin(document or Document(name), ())
        value = document.value if document else None
        if not isinstance(value, Mapping) or not quote_ids(value).complete:
            desk.unreadable.add("quotes")
        if document is None:
            continue
        record = _validate(desk, document, Event, id, value, ())
        if isinstance(record, Event) and first == name:
            events[id] = record
    return events, files


def read_event(desk: Desk, path: Path, id: str) -> Event | None:
    """Return the event in a file; None where it is unsound. What is found in it is reported."""
    document = desk.open(path, "write the event, or delete the file")
    if document is None:
        return None
    record = _validate(desk, document, Event, id, document.value, ())
    return record if isinstance(record, Event) else None


def _validate(
    desk: Desk, document: Document, model: type[Record], id: str, value: Value, base: FieldPath
) -> Record | None:
    """Return the record that `value` holds; None where it is unsound, which is reported."""
    if not isinstance(value, Mapping):
        what = shown(id) if base else "an event"
        remedy = "write its fields below, each on a line of its own and indented" if base else _FIELDS
        desk.found.append(_wrong_shape(document, base, value, what, remedy))
        return None
    if "id" in value:
        where = "the name before the fields" if base else "the file's name without '.yml'"
        position = document.position((*base, "id"), key=True)
        message = "'id' is not a field here"
        desk.found.append(
            document.finding("unknown-field", message, position, f"remove the line: the id is {where}")
        )
    unwritten = todos(document, model, value, base)
    desk.found.extend(unwritten.values())
    errors = []
    record = None
    try:
        record = model.model_validate({**value, "id": id})
    except ValidationError as error:
        errors = error.errors(include_url=False)
    if unwritten:
        # What is still to be written is one finding, not also a wrong type or a wrong id.
        errors = [e for e in errors if not any(e["loc"][: len(path)] == path for path in unwritten)]
        record = None
    if errors or document.has_nulls:
        found = list(Explainer(document, model, id, base, value).findings(errors))
        desk.found.extend(found)
        return None if found else record
    return record


_FIELDS = "write fields, as in 'title: ...', each on a line of its own"


def _wrong_shape(document: Document, path: FieldPath, value: Value, what: str, remedy: str) -> Diagnostic:
    message = f"{what} cannot be {kind_of(value)}"
    if value is None:
        position = document.position(path, key=True)
        return document.finding("empty-value", f"{what} is empty", position, remedy)
    return document.finding("wrong-type", message, document.position(path), remedy)
