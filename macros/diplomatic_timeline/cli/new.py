"""The file that a new event starts from: every field that an editor needs, each with a word on it."""

from __future__ import annotations

from pathlib import Path

from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.vocabulary import Kind, Level, words

_TEMPLATE = """\
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


def skeleton(id: str, title: str, date: Edtf) -> str:
    """Return the YAML of a new event; `timeline check` names what is still empty."""
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _TEMPLATE.format(
        id=id,
        title=quoted,
        date=date.text,
        kinds=", ".join(words(Kind)),
        levels=", ".join(words(Level)),
    )


def path_of(id: str, date: Edtf, events: Path) -> Path:
    """Return where the file of an event belongs: its year's folder."""
    return events / f"{date.anchor.year:04}" / f"{id}.yml"
