"""What the first page answers: the latest meeting, where the parties stand, what became of promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from diplomatic_timeline.views import meetings, urls
from diplomatic_timeline.views.commitments import CommitmentView, status_sums
from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.models import Link, PartyView
from diplomatic_timeline.views.positions import Positions, Stand
from diplomatic_timeline.views.presenter import Presenter

ISSUES = 5
"""Issues that the first page shows before it leads to all."""
PROMISES = 3
"""Promises without an end that it names."""

_UNSETTLED = ("open", "disputed", "unknown")


@dataclass(frozen=True, slots=True)
class Standing:
    """An issue with each side's newest stand in the order of `Standings.parties`; `agreed` at the newest."""

    issue: Link
    stands: tuple[Stand | None, ...]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Standings:
    """Where the parties stand: the issues most discussed first, and the ways to all of them and on."""

    parties: tuple[PartyView, ...]
    rows: tuple[Standing, ...]
    more: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PromiseSums:
    """How many promises stand how (status, number, status in words), and those that are not settled.

    `unsettled` begins with what is due first; `more` leads to all promises.
    """

    total: int
    sums: tuple[tuple[str, int, str], ...]
    unsettled: tuple[CommitmentView, ...]
    more: Link


def latest(view: Presenter) -> EventLine | None:
    """Return the latest main event at which people met; None where there is none."""
    held = [e.id for e in meetings.held(view.timeline) if e.prominence == "main"]
    return view.line(held[-1]) if held else None


def since(view: Presenter, event: EventLine) -> EventLine | None:
    """Return the latest meeting of all; None where no later one is on record than this."""
    held = [e.id for e in meetings.held(view.timeline)]
    return view.line(held[-1]) if view.line(held[-1]).url != event.url else None


def standings(positions: Positions, most: int = ISSUES) -> Standings:
    """Return the issues on which most sides hold something, of these those that most events touched.

    Narrower issues count with the wide one that they belong to. Issues without any stand are left out.
    """
    view, timeline = positions.view, positions.timeline
    found = []
    for issue, depth in timeline.issue_tree():
        if depth == 0:
            stands = positions.newest(issue.id)
            sides = sum(stand is not None for stand in stands)
            if sides:
                events = timeline.of_family("events", issue.id)
                found.append((-sides, -len(events), -timeline.ranks[events[-1]], issue.id, stands))
    found.sort(key=lambda row: row[:3])
    rows = [Standing(view.issue_link(id), stands, _agreed(positions, id)) for *_, id, stands in found[:most]]
    every = Link(view.words("standings.all", n=len(timeline.events_of_issue)), urls.ISSUES)
    return Standings(view.columns(), tuple(rows), (every, *ways(view)))


def ways(view: Presenter) -> tuple[Link, ...]:
    """Return where events are compared and meetings prepared, if the site has that."""
    pages = {"compare": urls.COMPARE, "prepare": urls.PREPARE}
    return tuple(
        Link(view.words(f"term.{page}"), url)
        for page, url in pages.items()
        if page not in view.timeline.without
    )


def _agreed(positions: Positions, issue: str) -> bool:
    """Return whether the newest event on an issue ended in agreement on it."""
    timeline = positions.timeline
    events = timeline.events_of_issue.get(issue, ())
    return bool(events) and any(
        i.issue == issue and i.outcome == "agreed" for i in timeline.events[events[-1]].issues
    )


def promise_sums(view: Presenter, most: int = PROMISES) -> PromiseSums:
    """Return what became of the promises as the record has it; warnings are none."""
    promises = {id: p.commitment for id, p in view.timeline.commitments.items() if p.counts}
    unsettled = [id for id, c in promises.items() if c.status in _UNSETTLED]
    # They are in the order of their days already, but open ones first.
    unsettled.sort(key=lambda id: due.last if (due := promises[id].due) else date.max)
    return PromiseSums(
        total=len(promises),
        sums=status_sums(promises.values(), view.words),
        unsettled=view.commitments(unsettled[:most]),
        more=Link(view.words("all.commitments", n=len(promises)), urls.COMMITMENTS),
    )
