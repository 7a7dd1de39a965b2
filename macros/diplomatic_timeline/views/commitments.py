"""A commitment as pages and briefings show it: who made it, by when, and how it stands since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from diplomatic_timeline.model.records import Commitment, StatusChange
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import DateView, Link, PartyView
from diplomatic_timeline.views.names import Names
from diplomatic_timeline.views.wording import Wording

_SETTLED = ("fulfilled", "lapsed", "superseded")
"""Of a commitment that cannot be late any more."""
_KEPT_FIRST = ("fulfilled", "partly", "lapsed", "superseded", "open", "disputed", "unknown")


@dataclass(frozen=True, slots=True)
class StatusView:
    """A status that a commitment had, in words: `partly since January 2024`."""

    text: str
    evidence: tuple[Link, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment.

    `due_by` says by when in words. `due_day` is the last day on which it can be due (ISO 8601), for scripts;
    None where it is settled, for then it is not late any more.
    """

    id: str
    type: str
    type_label: str
    anchor: str
    url: str
    statement: str
    made_by: tuple[PartyView, ...]
    issues: tuple[Link, ...]
    rests_on: tuple[Link, ...]
    due: DateView | None
    due_day: str | None
    due_text: str | None
    due_by: str
    recurs: str | None
    status: str
    status_label: str
    settled: bool
    history: tuple[StatusView, ...]
    evidence: tuple[Link, ...]
    last_checked: DateView
    event: Link
    event_date: DateView


def status_sums(commitments: Iterable[Commitment], words: Wording) -> tuple[tuple[str, int, str], ...]:
    """Return how many commitments stand how: status, number, status in words; what was kept comes first."""
    counted: Counter[str] = Counter(commitment.status for commitment in commitments)
    return tuple((s, counted[s], words(f"commitment_status.{s}")) for s in _KEPT_FIRST if counted[s])


def commitment_view(view: Names, id: str) -> CommitmentView:
    promised = view.timeline.commitments[id]
    commitment, event = promised.commitment, promised.event
    rests_on = [view.quote_link(commitment.quote)] if commitment.quote else []
    shown = dict.fromkeys((*(e for c in commitment.history for e in c.evidence), *commitment.evidence))
    if commitment.source:
        rests_on.append(view.source_link(commitment.source))
    return CommitmentView(
        id=id,
        type=commitment.type,
        type_label=view.words(f"commitment_type.{commitment.type}"),
        anchor=urls.commitment_anchor(id),
        url=urls.commitment(event.id, id),
        statement=commitment.statement,
        made_by=tuple(view.parties[p] for p in commitment.made_by),
        issues=view.issue_links(commitment.issues),
        rests_on=tuple(rests_on),
        due=view.date(commitment.due) if commitment.due else None,
        due_day=commitment.due.last.isoformat()
        if commitment.due and commitment.status not in _SETTLED
        else None,
        due_text=commitment.due_text,
        due_by=_due(view, commitment),
        recurs=view.words(f"recurs.{commitment.recurs}") if commitment.recurs else None,
        status=commitment.status,
        status_label=view.words(f"commitment_status.{commitment.status}"),
        settled=commitment.status in _SETTLED,
        history=tuple(_status(view, change) for change in commitment.history),
        evidence=_shown_by(view, shown),
        last_checked=view.date(commitment.last_checked),
        event=view.event_link(event.id),
        event_date=view.date(event.date),
    )


def _due(view: Names, commitment: Commitment) -> str:
    """Return by when a commitment is due; what names no day is due by its end."""
    words, text = view.words, commitment.due_text
    if commitment.due is None:
        return words("commitment.due", date=words.quoted(text)) if text else ""
    date = view.date(commitment.due).text
    if commitment.due.precision == "day":
        due = words("commitment.due", date=date)
    else:
        due = words("commitment.due_end", date=date)
    return f"{due} ({words.quoted(text)})" if text else due


def _shown_by(view: Names, ids: Iterable[str]) -> tuple[Link, ...]:
    return tuple(view.event_link(e) if e in view.corpus.events else view.source_link(e) for e in ids)


def _status(view: Names, change: StatusChange) -> StatusView:
    """Return a status with its date: what is settled came then, the rest holds since then."""
    when = change.date
    form = "since"
    if change.status in _SETTLED:
        form = {"day": "on", "one-of": "at"}.get(when.precision, "in")
    status = view.words(f"commitment_status.{change.status}")
    text = view.words(f"commitment.history.{form}", status=status, date=view.date(when).text)
    return StatusView(text, _shown_by(view, change.evidence), change.note)
