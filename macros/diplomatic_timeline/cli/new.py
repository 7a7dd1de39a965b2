"""`timeline new`: the file of a new event, with every field that an editor needs and a word on each."""

from __future__ import annotations

import json
import re

import click

from diplomatic_timeline.build.files import write
from diplomatic_timeline.cli import options
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.model.schema import first_line
from diplomatic_timeline.model.vocabulary import Kind, Level, is_id, words

_TEMPLATE = """\
{schema}
# {id}: fill in what is empty, delete what you do not need, then run: .venv/bin/timeline check
title: {title}
date: {date}
# date_basis: how the date is known; needed where it is not exact to the day
kind:              # one of: {kinds}
level:             # one of: {levels}
# place: an id from registry/places.yml
summary: >-
  One sentence that can stand alone. Then what happened, in our own words.
participants: []
#  - person: an id from registry/people.yml
#    party: an id from registry/parties.yml
#    post: the title held that day, as in the person's posts
issues:
  - issue:         # an id from registry/issues.yml
quotes: []
#  - id: speaker-first-words
#    speaker: an id from registry/people.yml or organizations.yml
#    post: the title held that day
#    party: an id from registry/parties.yml
#    text: "the exact words of the source"
#    issues: [an id from the list above]
#    source: an id from registry/sources.yml
#    locator: paragraph 7
#    rendering: as-spoken   # or interpreted, official-translation, press-translation, written
sources:
  -                # an id from registry/sources.yml
"""


@click.command()
@click.argument("id")
@click.option(
    "--title", prompt=True, type=options.line, help="A headline in our words; asked for unless given."
)
@click.option("--date", help="The event's date (EDTF); unless given, the start of ID.")
@options.force
@options.events
def new(id: str, title: str, date: str | None, project: options.Project, force: bool) -> None:
    """Start the file of a new event.

    ID is its permanent id, as in 2024-11-16-lima.
    """
    if not is_id(id):
        raise click.UsageError(
            f"{id!r} is no id: use small letters, digits and single hyphens, {limits.ID} at most"
        )
    leading = re.match(r"\d{4}(-\d{2}(-\d{2})?)?(?=-|$)", id)
    if date is None and leading is None:
        raise click.UsageError("give --date, or let the id begin with the date, as in 2024-11-16-lima")
    try:
        when = parse_date(date or (leading[0] if leading else ""))
    except DateError as error:
        raise click.UsageError(str(error)) from None
    taken = next(project.events.rglob(f"{id}.yml"), None)
    path = project.events / f"{when.anchor.year:04}" / f"{id}.yml"
    if taken is not None and not (force and taken == path):
        raise click.UsageError(f"{taken} exists already; an id belongs to one event")
    text = _TEMPLATE.format(
        schema=first_line(path, project.events),
        id=id,
        title=json.dumps(title, ensure_ascii=False),  # quoted as YAML does, too
        date=when.text,
        kinds=", ".join(words(Kind)),
        levels=", ".join(words(Level)),
    )
    write(path, text.encode(), below=project.events, force=force)
    click.echo(f"{path} is ready to be filled in; then run: .venv/bin/timeline check")
