"""What an event uses, it lists; what is claimed rests on something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from diplomatic_timeline.model.diagnostics import did_you_mean, suggestion
from diplomatic_timeline.model.records import Commitment, Event, IssueAtEvent
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import Findings, Reading


@check(scope="event")
def agreement(reading: Reading) -> Findings:
    """What an event's quotes, positions and commitments use, it lists; what is claimed rests on something."""
    for id, event in reading.corpus.events.items():
        at: FieldPath = ("events", id)
        issues = tuple(i.issue for i in event.issues)
        for n, quote in enumerate(event.quotes):
            yield from _listed(reading, (*at, "quotes", n, "issues"), quote.issues, issues, "issue")
            yield from _listed(reading, (*at, "quotes", n), (quote.source,), event.sources, "source")
        for n, at_issue in enumerate(event.issues):
            yield from _positions(reading, (*at, "issues", n), at_issue, event)
        for n, commitment in enumerate(event.commitments):
            base = (*at, "commitments", n)
            yield from _listed(reading, (*base, "issues"), commitment.issues, issues, "issue")
            if commitment.source:
                yield from _listed(reading, base, (commitment.source,), event.sources, "source")
            if commitment.quote is None and commitment.source is None:
                yield reading.finding(
                    "nothing-to-rest-on",
                    "the commitment rests on no quote and no source",
                    (*base, "id"),
                    "add 'quote: ...' or 'source: ...'",
                )
            yield from _history(reading, base, commitment, event)
            shown = commitment.evidence or any(change.evidence for change in commitment.history[-1:])
            if commitment.status not in ("open", "unknown") and not shown:
                yield reading.finding(
                    "status-without-evidence",
                    f"nothing shows that the commitment is {commitment.status!r}",
                    (*base, "status"),
                    "add 'evidence: [...]' with events or sources that show it",
                )


def _history(reading: Reading, base: FieldPath, commitment: Commitment, event: Event) -> Findings:
    *_, last = (None, *commitment.history)
    if last is not None and last.status != commitment.status:
        yield reading.finding(
            "history-differs",
            f"the history ends with {last.status!r}, and the status is {commitment.status!r}",
            (*base, "status"),
            f"write 'status: {last.status}', or add what came last to the history",
        )
    before, what = event.date, "the event"
    for n, change in enumerate(commitment.history):
        where = (*base, "history", n, "date")
        if change.date.last < before.first:
            message = f"the status of {change.date} comes before {what}, of {before}"
            remedy = "correct the date; the oldest stands first"
            yield reading.finding("history-order", message, where, remedy)
        elif change.date.first > commitment.last_checked.last:
            message = f"the status of {change.date} is later than 'last_checked', {commitment.last_checked}"
            yield reading.finding("history-order", message, where, "correct the date, or 'last_checked'")
        before, what = change.date, "the one above it"


def _positions(reading: Reading, at: FieldPath, at_issue: IssueAtEvent, event: Event) -> Findings:
    for party, position in at_issue.positions.items():
        base = (*at, "positions", party)
        yield from _listed(reading, (*base, "sources"), position.sources, event.sources, "source")
        if not position.quotes and not position.sources:
            yield reading.finding(
                "nothing-to-rest-on",
                "the position rests on no quote and no source",
                base,
                "add 'quotes: [...]' or 'sources: [...]'",
                key=True,
            )


@check()
def withdrawn(reading: Reading) -> Findings:
    """No quotation, position or promise rests on withdrawn sources alone."""
    gone = {id: source.withdrawn for id, source in reading.corpus.sources.items() if source.withdrawn}
    for id, taken_back in gone.items():
        if taken_back.replaced_by == id:
            yield reading.finding(
                "self-reference",
                "the source comes in its own place",
                ("sources", id, "withdrawn", "replaced_by"),
                "give the id of the source that replaces it, or remove the line",
            )
    events = reading.corpus.events.values() if gone else ()
    source_of = {quote.id: quote.source for event in events for quote in event.quotes}
    for event in events:
        for what, path, grounds in _grounds(event, source_of):
            sources = dict.fromkeys(filter(None, grounds))
            if sources and gone.keys() >= sources.keys():
                dates = dict.fromkeys(str(gone[s].date) for s in sources)
                instead = next((other for s in sources if (other := gone[s].replaced_by)), None)
                yield reading.finding(
                    "withdrawn-source",
                    f"the {what} rests on {' and '.join(sources)} alone, withdrawn {' and '.join(dates)}",
                    ("events", event.id, *path),
                    f"see whether {instead!r}, which came in its place, says the same"
                    if instead
                    else "find another source for it; or leave it: readers are told",
                    warning=True,
                )


def _grounds(
    event: Event, source_of: Mapping[str, str]
) -> Iterator[tuple[str, FieldPath, Iterable[str | None]]]:
    """Yield what rests on sources at an event: what it is, where it says so, and the sources."""
    for n, quote in enumerate(event.quotes):
        yield "quote", ("quotes", n, "source"), [quote.source]
    for n, commitment in enumerate(event.commitments):
        yield (
            commitment.type,
            ("commitments", n, "id"),
            [commitment.source, source_of.get(commitment.quote or "")],
        )
    for n, at_issue in enumerate(event.issues):
        for party, position in at_issue.positions.items():
            grounds = (*position.sources, *map(source_of.get, position.quotes))
            yield "position", ("issues", n, "positions", party, "statement"), grounds


def _listed(
    reading: Reading, where: FieldPath, used: tuple[str, ...], listed: tuple[str, ...], what: str
) -> Findings:
    """Tell what is used and not listed: `where` is the list that uses it, or the record with one `source`."""
    # What no registry has is reported as unknown, and as nothing else.
    exist = reading.unreadable.isdisjoint((f"{what}s",))
    known = reading.known.get(f"{what}s", frozenset())
    unlisted = set(used).difference(listed)
    # Nor is what the list has under a name that is misspelt, which is reported there.
    misspelt = [id for id in listed if exist and id not in known] if unlisted else []
    for n, value in enumerate(used if unlisted else ()):
        if value in unlisted and (value in known or not exist) and not did_you_mean(value, misspelt):
            yield reading.finding(
                f"{what}-not-at-event",
                f"the event itself does not list the {what} {value!r}",
                (*where, n if isinstance(where[-1], str) else what),
                partial(suggestion, value, listed, f"add it to the event's '{what}s'"),
            )
