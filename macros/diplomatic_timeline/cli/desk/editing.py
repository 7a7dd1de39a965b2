"""What somebody is about to write into the record: as text, as a diff, checked, and saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from diplomatic_timeline.build.files import check_free, read
from diplomatic_timeline.cli import options
from diplomatic_timeline.cli.new import file_of
from diplomatic_timeline.cli.questions import KINDS, Setting, id_for, proposal
from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.model.diagnostics import Diagnostic
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.schema import first_line
from diplomatic_timeline.record import schemas
from diplomatic_timeline.record.edits import file_states
from diplomatic_timeline.record.nodes import Document
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.record.yaml_edits import EditError, with_fields
from diplomatic_timeline.record.yaml_reader import read_document

Fields = dict[str, Any]


class RefusedError(Exception):
    """Something that cannot be done; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as its editor has it: an event, or an entry of a registry, of a kind that `KINDS` names.

    `id` is empty for one that is new; `digest` is the SHA-256 of the file that it was made from, empty where
    there was none.
    """

    kind: str
    id: str
    fields: Fields
    digest: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file as it is to be written, and as it is; `id` is that of the record in it."""

    id: str
    path: Path
    before: str
    text: str


class Editing:
    """The record of a project as it is on disk, and drafts of it."""

    def __init__(self, project: options.Project) -> None:
        self.project = project
        self._states: Mapping[str, object] = {}
        self._reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """The record, read again where a file of it has changed."""
        states = file_states(self.project.events)
        if self._reading is None or states != self._states:
            self._reading, self._states = self.project.read(), states
        return self._reading

    def document(self, id: str) -> tuple[Document, str]:
        """Return the file of an event, and its SHA-256. Raises RefusedError where its YAML cannot be read."""
        origin = self.reading.origins.get(("events", id))
        if origin is None:
            raise RefusedError(f"there is no event {id!r}: choose another")
        return _read(Path(origin.file))

    def propose(self, draft: Draft) -> Proposal:
        """Return the file that a draft would make. Raises RefusedError."""
        kind, fields = KINDS[draft.kind], _shaped(draft.fields)
        is_event = kind.model is Event
        if is_event and not fields.get("date"):
            raise RefusedError("give the date: the event's file is named after it")
        try:
            fields = yaml_writer.in_order(self._with_ids(fields) if is_event else fields, kind.model)
            id = draft.id or id_for(kind, fields, self.reading)
            if not id:
                raise RefusedError("fill in the fields that are needed: an id is made of them")
            origin = self.reading.origins.get(("events", id)) if is_event else None
            path = Path(origin.file) if origin else file_of(kind, self.project.events, id, None, fields)
            if path.is_file():
                document, digest = _read(path)
                if draft.digest and draft.digest != digest:
                    raise RefusedError(f"{path} has changed since you opened it: load it again")
                there: Any = document.value or {}
                whole = fields if is_event else {**there, id: fields}
                return Proposal(id, path, document.text, with_fields(document, whole, _write))
        except (click.ClickException, DateError, EditError) as error:
            raise RefusedError(str(getattr(error, "message", error))) from None
        if draft.digest:
            raise RefusedError(f"{path} is gone: choose another event")
        first = first_line(path, self.project.events)
        return Proposal(id, path, "", f"{first}\n{_write(fields if is_event else {id: fields})}")

    def _with_ids(self, fields: Fields) -> Fields:
        """Return an event's fields with an id for each quotation and commitment that has none yet."""
        made = dict(fields)
        for kind in (KINDS["quote"], KINDS["commitment"]):
            items = made.get(kind.place)
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                continue
            taken = {item.get("id") for item in items}
            made[kind.place] = []
            for item in items:
                id = item.get("id") or _free(id_for(kind, item, self.reading), taken)
                taken.add(id)
                made[kind.place].append({"id": id, **item} if id else item)
        return made

    def checked(self, proposal: Proposal) -> tuple[Reading, tuple[Diagnostic, ...]]:
        """Return the record as it would be, and what is found in an event's file, or was not found before."""
        drafts = {proposal.path: proposal.text.encode()}
        reading = self.project.read(drafts=drafts)
        known = set(map(_said, self.reading.diagnostics))
        event = proposal.path.as_posix() if proposal.path.parent.name != "registry" else ""
        found = (d for d in reading.diagnostics if d.position.file == event or _said(d) not in known)
        return reading, tuple(found)

    def namesakes(self, draft: Draft) -> list[str]:
        """Return the ids of those entries of a registry that have a new one's name already."""
        kind = KINDS[draft.kind]
        label = "title" if draft.kind == "source" else "name"
        name = str(draft.fields.get(label) or "").casefold()
        there = self.reading.sound_records(kind.place) if kind.place and not kind.in_event else {}
        return [id for id, entry in there.items() if (getattr(entry, label) or "").casefold() == name]

    def save(self, draft: Draft, text: str) -> Proposal:
        """Write a draft whose file is to have this text. Raises RefusedError, FileError."""
        proposal = self.propose(draft)
        if proposal.text != text:
            raise RefusedError(f"{proposal.path} would not be as it was shown: look at the changes again")
        if not proposal.before:
            check_free(proposal.path)
        options.save(proposal.path, proposal.text, self.project.events)
        schemas.refresh(self.project.events, self.reading)
        return proposal

    def likely(self, kind: str, fields: Fields, event: Fields) -> Fields:
        """Return what the empty fields of something in an event are likely to be."""
        try:
            when = parse_date(str(event.get("date", "")))
        except DateError:
            return {}
        issues = tuple(str(issue.get("issue")) for issue in event.get("issues") or ())
        setting = Setting(Document(""), when, issues, tuple(event.get("sources") or ()))
        of, corpus = KINDS[kind], self.reading.corpus
        found = {
            name: proposal(of, name, fields, corpus, setting) for name in of.fields if not fields.get(name)
        }
        if not fields.get("id"):
            taken = {quote.get("id") for quote in event.get("quotes") or ()}
            found["id"] = _free(id_for(of, fields, self.reading), taken)
        return {name: text for name, text in found.items() if text}


def _free(id: str, taken: Collection[object]) -> str:
    """Return an id that none of an event's own has, which are not all in the record yet."""
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free


def difference(proposal: Proposal) -> list[str]:
    """Return the lines of a unified diff, without its head."""
    lines = unified_diff(proposal.before.splitlines(), proposal.text.splitlines(), lineterm="")
    return list(lines)[2:]


def _said(found: Diagnostic) -> tuple[str, str, str]:
    """Return what a finding says, whatever its line."""
    return found.code, found.message, found.position.file


def _read(path: Path) -> tuple[Document, str]:
    """Return a file's document, and its SHA-256. Raises RefusedError where its YAML cannot be read."""
    data = read(path, limits.FILE)
    document = read_document(path.as_posix(), data)
    if document.diagnostics:
        first = document.diagnostics[0]
        place = f"{first.position.file}:{first.position.line}"
        raise RefusedError(f"{place}: {first.message}; mend it in a text editor: {first.help}")
    if not isinstance(document.value or {}, dict):
        raise RefusedError(f"{path} has no fields: mend it in a text editor")
    return document, sha256(data).hexdigest()


def _shaped(value: Any) -> Any:
    """Return what a page has sent, if it is of texts, lists and mappings. Raises RefusedError."""
    if isinstance(value, dict):
        return {str(name): _shaped(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shaped(inner) for inner in value]
    if isinstance(value, str) or value is None:
        return value.replace("\r\n", "\n") if value else value
    raise RefusedError(f"{value!r} is no text: load the page again")


def _write(fields: Mapping[str, Any]) -> str:
    return yaml_writer.write(_truths(dict(fields)))


def _truths(value: Any, name: str = "") -> Any:
    """Return fields in which what says yes or no stands without quotation marks."""
    if isinstance(value, dict):
        return {inner: _truths(of, inner) for inner, of in value.items()}
    if isinstance(value, list):
        return [_truths(inner) for inner in value]
    return value == "true" if name in ("abridged", "observer") and value in ("true", "false") else value
