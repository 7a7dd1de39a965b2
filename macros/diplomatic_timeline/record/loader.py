"""A folder of YAML files to a `Corpus` and the list of everything that is wrong with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import ValidationError

from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.diagnostics import Diagnostic, did_you_mean, in_order, shown, suggestion
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.model.registries import REGISTRIES
from diplomatic_timeline.model.translations import ANY, Languages
from diplomatic_timeline.record.checks.dates import ID_DATE, dated_by_name
from diplomatic_timeline.record.checks.registry import CHECKS
from diplomatic_timeline.record.checks.todos import paths, todo
from diplomatic_timeline.record.files import RecordFiles, event_files, exists, is_yaml
from diplomatic_timeline.record.model_errors import Explainer, kind_of
from diplomatic_timeline.record.nodes import Document, FieldPath, MappingNode, Value
from diplomatic_timeline.record.pins import prove_all
from diplomatic_timeline.record.reading import Origin, Reading, quote_ids

_Some = TypeVar("_Some", bound=Record)
_FIELDS = "write fields, as in 'title: ...', each on a line of its own"
_NOTHING_KEPT = NullStore()


def read_folder(
    folder: Path,
    shown: str | None = None,
    store: NullStore = _NOTHING_KEPT,
    last: Reading | None = None,
    drafts: Mapping[Path, bytes] = MappingProxyType({}),
    languages: Languages = ANY,
) -> Reading:
    """Return the record in `folder` (an `events/` folder) with every finding, sorted by file and line.

    Findings name files below `shown`, which is `folder` as it was given unless said otherwise. `drafts` are
    files below it as they are about to be written: they are read in the place of those that are there.
    `languages` are those of the site and of the record: they decide which of a text's translations is shown.

    Records that do not validate are left out of the corpus, but their ids count as known, so that one
    mistake is one finding.

    The reading is the same with a store and without. What is kept there, events and proofs, would take two
    fifths of a build in which nothing changed. A kept event is the very one of the `last` reading of the
    folder, if its file was the same then, so two readings take little more memory than one.
    """
    files = RecordFiles(folder, shown or folder.as_posix(), drafts, languages)
    registries = _registries(files)
    events, names = _events(files, store, last)
    found_records = {**registries, "events": by_date(events), "files": names}
    corpus = Corpus.model_validate({**found_records, "languages": languages})
    pins, proofs = prove_all(files, corpus, store)
    unreadable, coverage = frozenset(files.unreadable), files.coverage()
    reading = Reading(corpus, files.origins, unreadable, (), pins, proofs, files.digests, coverage)
    diagnostics = [*files.found, *_checked(reading)]
    return replace(reading, diagnostics=in_order(diagnostics, files.untold + reading.untold))


def _checked(reading: Reading) -> list[Diagnostic]:
    """Return what checks find in a record.

    Where errors in an event would be none with the date that its file's name says, they follow from its date:
    that is told in their stead, as an error.
    """
    found = [finding for check in CHECKS for finding in check(reading)]
    misdated = {reading.corpus.files[id]: event for id, event in dated_by_name(reading).items()}
    if not any(d.severity == "error" and d.position.file in misdated for d in found):
        return found
    events = {**reading.corpus.events, **{event.id: event for event in misdated.values()}}
    corpus = reading.corpus.model_copy(update={"events": events})
    other = replace(reading, corpus=corpus, told=Counter())
    left = {(d.code, d.position) for check in CHECKS for d in check(other)}
    in_file: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for d in found:
        in_file[d.position.file].append(d)
    for file in misdated:
        here = in_file[file]
        gone = {d for d in here if (d.code, d.position) not in left and d.code != ID_DATE}
        if errors := sorted((d.position, d.help) for d in gone if d.severity == "error" and d.help):
            position, help = errors[0]
            remedy = (
                "correct the date or, while the event is not published, the file's name; "
                f"if both are right, mend line {position.line}: {help}"
            )
            in_file[file] = [
                replace(d, severity="error", help=remedy) if d.code == ID_DATE else d
                for d in here
                if d not in gone
            ]
            reading.told[file] = other.told[file]
    return [d for some in in_file.values() for d in some]


def by_date(events: dict[str, Event]) -> dict[str, Event]:
    """Return events in the order of their dates, those of one date in the order of their ids.

    What follows others stands after them; `record/checks` finds where that cannot be.
    """
    keys = {id: (event.date.order, id) for id, event in events.items()}
    if not any(event.follows for event in events.values()):
        return {id: events[id] for id in sorted(events, key=keys.__getitem__)}
    sorter = TopologicalSorter({id: [f for f in e.follows if f in events] for id, e in events.items()})
    with suppress(CycleError):
        sorter.prepare()  # those in a circle, and what follows them, are put behind the others
    ready: list[tuple[tuple[date, date], str]] = []
    found: dict[str, Event] = {}
    while sorter.is_active():
        for id in sorter.get_ready():
            heappush(ready, keys[id])
        id = heappop(ready)[1]
        found[id] = events[id]
        sorter.done(id)
    return {**found, **{id: events[id] for id in sorted(events.keys() - found.keys(), key=keys.__getitem__)}}


def _registries(files: RecordFiles) -> dict[str, dict[str, Record]]:
    folder = files.root / "registry"
    there = exists(folder)
    entries = files.entries(folder) if there else None
    if not there:
        files.report(
            "missing-file",
            "the folder of the registries is missing",
            folder,
            f"create it, with {', '.join(f'{kind}.yml' for kind in REGISTRIES)} in it",
        )
    if entries is None:
        files.unreadable.update(REGISTRIES)
        return {}
    others = [
        path
        for path in (folder / entry.name for entry in entries)
        if is_yaml(path) and not (path.stem in REGISTRIES and path.suffix == ".yml")
    ]
    registries = {}
    for kind, model in REGISTRIES.items():
        path = folder / f"{kind}.yml"
        if exists(path):
            registries[kind] = _registry(files, path, kind, model)
            continue
        misnamed = next((p for p in others if did_you_mean(p.stem, REGISTRIES) == kind), None)
        if misnamed is None:
            remedy = "create the file, with '{}' in it while there is nothing to list"
            files.report("missing-file", f"the registry of {kind} is missing", path, remedy)
            files.unreadable.add(kind)
            continue
        others.remove(misnamed)
        remedy = f"rename it to '{kind}.yml'"
        files.report("file-name", f"the registry of {kind} must have the name '{kind}.yml'", misnamed, remedy)
        registries[kind] = _registry(files, misnamed, kind, model)
    for path in others:
        remedy = f"move it out of registry/; the registries are {', '.join(REGISTRIES)}"
        remedy = suggestion(path.stem, REGISTRIES, remedy)
        files.report("file-name", "there is no registry of this name, so the file is not read", path, remedy)
    return registries


def _registry(files: RecordFiles, path: Path, kind: str, model: type[Record]) -> dict[str, Record]:
    data = files.read(path)
    document = None
    if data is not None:
        document = files.parse(path, data, "write its entries, or '{}' while there is nothing to list")
    value = document.value if document else None
    if not isinstance(value, MappingNode) or value.incomplete:
        files.unreadable.add(kind)
    if document is None:
        return {}
    if not isinstance(value, MappingNode):
        remedy = "write each entry's id with ':', and below that its fields, indented"
        files.add(_wrong_shape(document, (), value, "a registry", remedy))
        return {}
    if stray := [name for name in value if name in model.written() and isinstance(value[name], str)]:
        # The name before some entry's fields is missing, so nothing can be said about what stands here.
        files.unreadable.add(kind)
        message = f"{shown(stray[0])} is a field, and stands where an entry's id must"
        remedy = "write the entry's id with ':' before its fields, and indent them below it"
        files.add(document.finding("wrong-type", message, (stray[0],), remedy, key=True))
    read = files.reader(path)
    records: dict[str, Record] = {}
    for id, fields in value.items():
        if id in stray:
            continue
        if isinstance(fields, MappingNode) and len(fields.repeated) > 1:
            files.unreadable.add(kind)  # two entries in one
        files.origins[kind, id] = Origin(document.file, (id,), read)
        if record := _validate(files, document, model, id, fields, (id,)):
            records[id] = record
    return records


def _events(
    files: RecordFiles, store: NullStore, last: Reading | None
) -> tuple[dict[str, Event], dict[str, str]]:
    """Return the sound events by id, and the name of each event's file."""
    events: dict[str, Event] = {}
    names: dict[str, str] = {}
    for path in event_files(files):
        id, name = path.stem, files.name(path)
        first = names.setdefault(id, name)
        event = read_event(files, path, store, last)
        if first != name:
            files.unreadable.add("quotes")
            files.report(
                "duplicate-id",
                f"the event {id!r} stands in two files; the first is {first}",
                path,
                "an event's id is its file's name: rename one of the two, or delete it",
            )
            continue
        files.origins["events", id] = Origin(name, (), files.reader(path))
        if event is not None:
            events[id] = event
    return events, names


def read_event(
    files: RecordFiles, path: Path, store: NullStore = _NOTHING_KEPT, last: Reading | None = None
) -> Event | None:
    """Return the event in a file, or None where it is unsound. What is found in it is reported."""
    data = files.read(path)
    if data is None:
        files.unreadable.add("quotes")
        return None
    id, name = path.stem, files.name(path)
    digest = files.digests[name]
    languages = files.languages
    kept = store.get(f"event {name}", (digest, languages.own))
    if kept is not None:
        of = last.corpus if last is not None and last.digests.get(name) == digest else None
        if of is not None and of.files.get(id) == name and of.languages == languages:
            return of.events.get(id)
        return Event.model_validate_json(kept, strict=True, context=languages)
    before = len(files.found)
    document = files.parse(path, data, "write the event, or delete the file")
    value = document.value if document else None
    if not isinstance(value, MappingNode) or not quote_ids(value)[1]:
        files.unreadable.add("quotes")
    event = _validate(files, document, Event, id, value, ()) if document else None
    if event is not None and len(files.found) == before:
        content = event.model_dump_json(exclude_unset=True, by_alias=True).encode()
        store.put(f"event {name}", (digest, languages.own), content)
    return event


def _validate(
    files: RecordFiles, document: Document, model: type[_Some], id: str, value: Value, base: FieldPath
) -> _Some | None:
    """Return the record that `value` holds; None where it is unsound, which is reported."""
    if not isinstance(value, MappingNode):
        what = shown(id) if base else "an event"
        remedy = "write its fields below, each on a line of its own and indented" if base else _FIELDS
        files.add(_wrong_shape(document, base, value, what, remedy))
        return None
    if "id" in value:
        where = "the name before the fields" if base else "the file's name without '.yml'"
        message, remedy = "'id' is not a field here", f"remove the line: the id is {where}"
        files.add(document.finding("unknown-field", message, (*base, "id"), remedy, key=True))
    unwritten = dict.fromkeys(paths(value) if document.has_todos else ())
    room = files.room(document.file)
    for path in islice(unwritten, room):
        files.add(todo(document, model, base, path))
    files.untold[document.file] += max(0, len(unwritten) - room)
    errors = []
    record = None
    try:
        record = model.model_validate({**value, "id": id}, context=files.languages)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    if unwritten:
        # What is still to be written is one finding, not also a wrong type or a wrong id.
        errors = [e for e in errors if not any(e["loc"][:n] in unwritten for n in range(len(e["loc"]) + 1))]
        record = None
    if errors or document.has_nulls:
        explainer = Explainer(document, model, id, base, value, files.room(document.file))
        found = list(explainer.findings(errors))
        for finding in found:
            files.add(finding)
        files.untold[document.file] += explainer.untold
        return None if found or explainer.untold else record
    return record


def _wrong_shape(document: Document, path: FieldPath, value: Value, what: str, remedy: str) -> Diagnostic:
    if value is None:
        return document.finding("empty-value", f"{what} is empty", path, remedy, key=True)
    return document.finding("wrong-type", f"{what} cannot be {kind_of(value)}", path, remedy)
