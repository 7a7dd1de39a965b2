"""Random edits of an invented record, as an editor may make them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Fields = dict[str, Any]


Edit = Callable[[Fields, random.Random], None]


def quote(fields: Fields, dice: random.Random) -> Fields:
    chosen: Fields = dice.choice(fields["quotes"])
    return chosen


def commitment(fields: Fields, dice: random.Random) -> Fields:
    chosen: Fields = dice.choice(fields["commitments"])
    return chosen


def _drop_quote(fields: Fields, dice: random.Random) -> None:
    fields["quotes"].remove(quote(fields, dice))


def _swap_quotes(fields: Fields, dice: random.Random) -> None:
    fields["quotes"].reverse()


def _another_issue(fields: Fields, dice: random.Random) -> None:
    issues = [at_issue["issue"] for at_issue in fields["issues"]]
    quote(fields, dice)["issues"] = [dice.choice(issues)]


EDITS: dict[str, Edit] = {
    "title": lambda fields, dice: fields.update(title=f"Another title {dice.random()}"),
    "summary": lambda fields, dice: fields.update(summary="They met again. Nothing was agreed."),
    "date": lambda fields, dice: fields.update(date=f"{dice.randint(1960, 2020)}-05-17"),
    "status": lambda fields, dice: fields.update(status="cancelled"),
    "context": lambda fields, dice: fields.update(prominence="context"),
    "words": lambda fields, dice: quote(fields, dice).update(text="We shall see about the harbour toll."),
    "speaker's post": lambda fields, dice: quote(fields, dice).update(post="Envoy"),
    "issue of a quote": _another_issue,
    "order of quotes": _swap_quotes,
    "no quote": _drop_quote,
    "promise": lambda fields, dice: commitment(fields, dice).update(statement="To answer by letter."),
    "due": lambda fields, dice: commitment(fields, dice).update(due="2031"),
    "a later check": lambda fields, dice: commitment(fields, dice).update(last_checked="2026-03-04"),
    "no commitments": lambda fields, dice: fields.pop("commitments"),
}


REGISTRY: dict[str, tuple[str, Edit]] = {
    "party's name": ("parties", lambda entry, dice: entry.update(short="XX")),
    "person's name": ("people", lambda entry, dice: entry.update(name="Another Name", family_name="Name")),
    "issue's name": ("issues", lambda entry, dice: entry.update(name="Another issue")),
    "source's title": ("sources", lambda entry, dice: entry.update(title="Another headline")),
}


def of_some_entry(change: Edit) -> Edit:
    """Return a change of any entry of a registry."""
    return lambda entries, dice: change(entries[dice.choice(sorted(entries))], dice)


def edit(path: Path, dice: random.Random, change: Edit) -> None:
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(fields, dice)
    path.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    """Put a text in the place of another that stands in a file, once."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
