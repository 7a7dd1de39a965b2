"""`timeline new`: an event, what events refer to, and what an event holds, asked for or given as options."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from diplomatic_timeline.build.files import check_free
from diplomatic_timeline.cli import options
from diplomatic_timeline.cli.asking import ask
from diplomatic_timeline.cli.questions import (
    KINDS,
    Answer,
    Kind,
    Setting,
    as_fields,
    ask_for,
    check_id,
    id_for,
    proposal,
    read,
    setting,
)
from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.diagnostics import suggestion
from diplomatic_timeline.model.fields import choices_of, description_of
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.model.schema import first_line
from diplomatic_timeline.model.vocabulary import is_id
from diplomatic_timeline.record import schemas
from diplomatic_timeline.record.checks.todos import TODO
from diplomatic_timeline.record.nodes import MappingNode
from diplomatic_timeline.record.report import as_text
from diplomatic_timeline.record.yaml_edits import EditError, with_fields
from diplomatic_timeline.record.yaml_reader import read_document


@click.group()
def new() -> None:
    """Add an event, or what events refer to and hold.

    What no option says is asked for on a terminal, with what the record knows completed by Tab. What is left
    open becomes 'todo', which 'timeline check' names. Nothing that is there is changed.
    """


def _command(name: str, kind: Kind) -> click.Command:
    """Return the command that makes a record of a kind."""
    params: list[click.Parameter] = [
        *([click.Argument(["event"])] if kind.in_event else []),
        click.Argument(["id"], required=False),
        *(_option(field, info) for field, info in kind.fields.items()),
        click.Option(
            ["--ask/--no-ask", "asking"],
            default=None,
            help="Ask for what no option says; without it, on a terminal alone.",
        ),
    ]
    article = "an" if name[0] in "aeio" else "a"
    where = f"registry/{kind.place}.yml" if kind.place else "a file of its own"
    if kind.in_event:
        where = "an event's file"

    def run(project: options.Project, id: str | None, asking: bool | None, **given: Any) -> None:
        event = given.pop("event", None)
        answered = {field: text for field, text in given.items() if text is not None}
        _make(kind, project, id, event, answered, sys.stdin.isatty() if asking is None else asking)

    help = f"Add {article} {name}, in {where}.\n\nID never changes; without it, one is made of what is given."
    if kind.in_event:
        help += " EVENT is the id of its event."
    return options.events(click.Command(name, params=params, callback=run, help=help))


def _option(name: str, field: Any) -> click.Option:
    words = ", ".join(choices_of(field))
    about = description_of(field)
    help = f"{about[:1].upper()}{about[1:]}{f': {words}' if words else ''}."
    return click.Option([f"--{name.replace('_', '-')}", name], help=help, type=options.line)


def _make(
    kind: Kind,
    project: options.Project,
    id: str | None,
    event_id: str | None,
    given: dict[str, str],
    asking: bool,
) -> None:
    reading = project.read()
    corpus = reading.corpus
    event = _event(corpus, project.events, event_id) if event_id else None
    if id is not None:
        check_id(id, kind, reading)
    if kind.model is Event and "date" not in given:
        leading = re.match(r"\d{4}(-\d{2}(-\d{2})?)?(?=-|$)", id or "")
        if leading:
            given["date"] = leading[0]
        elif not asking:
            raise click.UsageError("give --date, or let the id begin with the date, as in 2024-11-16-lima")
    if asking:
        click.echo(
            "Enter takes what stands in brackets; todo leaves it for later; Tab completes what is known."
        )
    answers: dict[str, Answer] = {}
    for name in kind.fields:
        text = given.get(name)
        if text is None:
            text = proposal(kind, name, answers, corpus, event)
            if asking and name in kind.asked.split():
                text = ask_for(kind, name, text, reading)
        if not text and kind.is_needed(name):
            text = TODO
        if text:
            answers[name] = read(kind, name, text, reading)
    if id is None:
        id = id_for(kind, answers, reading)
        if asking or not id:
            id = ask(
                "Id (it never changes)",
                "ID",
                default=id or None,
                check=lambda text: check_id(text, kind, reading),
            )
    fields = yaml_writer.in_order(as_fields(kind, answers, corpus), kind.model)
    if event is not None:
        fields = {"id": id, **fields}
    _write(kind, project, id, event, fields)


def _event(corpus: Corpus, folder: Path, id: str) -> Setting:
    """Return what the file of an event says. Raises UsageError where there is none."""
    found = (
        [path for path in folder.rglob(f"{id}.y*ml") if path.parent.name != "registry"] if is_id(id) else []
    )
    if not found:
        remedy = suggestion(id, corpus.events, "start it first: timeline new event")
        raise click.UsageError(f"there is no event {id!r}; {remedy}")
    return setting(read_document(found[0].as_posix(), found[0].read_bytes()))


def _write(
    kind: Kind, project: options.Project, id: str, event: Setting | None, fields: dict[str, Any]
) -> None:
    """Write a record where it belongs; print where that is, and what is still to be mended there."""
    folder = project.events
    path = file_of(kind, folder, id, event, fields)
    if kind.model is Event:
        check_free(path)
        text = yaml_writer.write(fields, first_line(path, folder))
    else:
        if not path.is_file():
            options.save(path, f"{first_line(path, folder)}\n", folder)
        document = read_document(path.as_posix(), path.read_bytes())
        there: dict[str, Any] = document.value if isinstance(document.value, MappingNode) else {}
        if event is not None:
            items = there.get(kind.place)
            items = items if isinstance(items, list) else []
            whole = yaml_writer.in_order({**there, kind.place: [*items, fields]})
        else:
            whole = {**there, id: fields}
        try:
            text = with_fields(document, whole, yaml_writer.write)
        except EditError as error:
            raise click.ClickException(str(error)) from None
    options.save(path, text, folder)
    options.say(f"{id} stands in {path}")
    reading = options.Project(folder).read()
    schemas.refresh(folder, reading)
    found = [d for d in reading.diagnostics if d.position.file == path.as_posix()]
    if found:
        click.echo("\n" + as_text(found), nl=False)


def file_of(kind: Kind, folder: Path, id: str, event: Setting | None, fields: dict[str, Any]) -> Path:
    """Return the file in which a record stands. Raises DateError where an event has no date."""
    if event is not None:
        return Path(event.document.file)
    if kind.model is Event:
        return folder / f"{parse_date(fields['date']).anchor.year:04}" / f"{id}.yml"
    return folder / "registry" / f"{kind.place}.yml"


for _name, _kind in KINDS.items():
    new.add_command(_command(_name, _kind))
