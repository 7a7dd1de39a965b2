"""`timeline stats`: what the record has of each party and issue, and what it lacks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.model.diagnostics import command
from diplomatic_timeline.views import tables
from diplomatic_timeline.views.balance import IssueBalance, Stocktaking
from diplomatic_timeline.views.presenter import Presenter

FIRST = 5
"""How many of each kind of what is missing are told without --all."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs; with everything that is missing.")
@click.option(
    "--all", "each", is_flag=True, help="Print everything that is missing, and not the first of each kind."
)
@options.no_cache
@options.events
def stats(as_json: bool, each: bool, project: options.Project) -> None:
    """Count what the record has, and name what is missing.

    For each party and each issue it counts events, quotes, positions, promises and sources. What is missing
    is the editor's list: words of a side that took part, promises that nobody has looked at for a year,
    sources without a pin or a copy, issues on which one side alone is on record. The page "Balance" of the
    site has the same, with links.
    """
    view = Presenter(project.timeline(project.read_sound()), project.words())
    stock = Stocktaking(view)
    if as_json:
        click.echo(json.dumps(_plain(stock), ensure_ascii=False, indent=1))
        return
    words, counts = view.words, tables.counts(view.timeline, view.words)
    options.say(f"{words('count.events', n=counts.events)}, {counts.proof_sentence}")
    columns = ["events", "quotes", "positions", "commitments", "sources"]
    shown = [name for name in columns if name not in view.timeline.without]
    _print(
        [words("term.party"), *(words(f"term.{name}") for name in shown)],
        ([r.party.name, *(str(getattr(r, name)) for name in shown)] for r in stock.parties()),
    )
    _print(
        [words("term.issue"), *(words(f"term.{name}") for name in shown)],
        (["  " * r.depth + r.issue.text, *(_of_issue(r, name) for name in shown)] for r in stock.issues()),
    )
    for group in stock.lacks(None if each else FIRST):
        options.say("")
        options.say(f"{group.title}: {group.count}")
        for lack in group.entries:
            options.say(f"  {lack.id}: {lack.what}")
    if not each:
        options.say("")
        options.say(f"to see all that is missing, run: {command('stats --all')}")


def _of_issue(row: IssueBalance, column: str) -> str:
    """Return what stands in a column: quotes and positions for each party."""
    if column not in ("quotes", "positions"):
        return str(getattr(row, column))
    at = 1 if column == "quotes" else 2
    return " ".join(f"{side[0].short} {side[at]}" for side in row.sides if side[at])


def _print(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table with its columns under one another."""
    table = [head, *rows]
    widths = [max(len(row[n]) for row in table) for n in range(len(head))]
    options.say("")
    for row in table:
        options.say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _plain(stock: Stocktaking) -> dict[str, object]:
    """Return everything as plain values, with ids and addresses below the site's root."""
    return {
        "parties": [
            {
                "id": r.party.id,
                "events": r.events,
                "quotes": r.quotes,
                "official": r.official,
                "press": r.press,
                "positions": r.positions,
                "commitments": r.commitments,
                "sources": r.sources,
            }
            for r in stock.parties()
        ],
        "issues": [
            {
                "id": r.id,
                "name": r.issue.text,
                "events": r.events,
                "quotes": {party.id: quotes for party, quotes, _ in r.sides},
                "positions": {party.id: positions for party, _, positions in r.sides},
                "commitments": r.commitments,
                "sources": r.sources,
            }
            for r in stock.issues()
        ],
        "missing": {
            group.kind: [
                {"id": lack.id, "name": lack.where.text, "url": lack.where.url, "what": lack.what}
                for lack in group.entries
            ]
            for group in stock.lacks()
        },
    }
