"""A correction that names what it corrects names something, and what it says stands there does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from diplomatic_timeline.model.diagnostics import shown, suggestion
from diplomatic_timeline.model.records import Correction, Event
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.differences import by_key
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import Findings, Reading

_NAME = (
    "'title' is a field of the event, 'issues.fishing.outcome' one inside it; with 'quote', one of the quote"
)


@check(scope="event")
def corrections(reading: Reading) -> Findings:
    """What a correction names is there, and it says how that stands now, unless a later one does."""
    for id, event in reading.corpus.events.items():
        named = [
            (n, made) for n, made in enumerate(event.corrections) if made.path or made.before or made.after
        ]
        fields = event.model_dump(mode="json", by_alias=True) if named else {}
        for n, made in named:
            yield from _correction(reading, ("events", id, "corrections", n), made, event, fields)


def _correction(
    reading: Reading, at: FieldPath, made: Correction, event: Event, fields: Mapping[str, Any]
) -> Findings:
    if not made.path:
        yield reading.finding(
            "correction-of-nothing",
            "nothing says where this stood",
            (*at, "before" if made.before else "after"),
            "add 'quote: ...' with the id of the quote, or 'field: ...' with the name of the event's field",
        )
        return
    value: Any = fields
    for n, step in enumerate(made.path):
        entries = by_key(value) if isinstance(value, list) else value
        if not isinstance(entries, dict) or step not in entries:
            quote = made.quote is not None and n < 2
            if quote and made.quote not in reading.known.get("quotes", ()):
                return  # it is in no event at all, and reported as unknown
            known = sorted(entries) if isinstance(entries, dict) else []
            yield reading.finding(
                "correction-of-nothing",
                f"the event has no quote {step!r}" if quote else f"there is no {shown(step)} to correct",
                (*at, "quote" if quote else "field"),
                partial(suggestion, step, known, "give one of the event's own quotes" if quote else _NAME),
            )
            return
        value = entries[step]
    later = any(
        other.path == made.path and (other.date.order, n) > (made.date.order, at[-1])
        for n, other in enumerate(event.corrections)
    )
    stands = _text(value)
    if made.after and not later and not _holds(stands, made.after):
        yield reading.finding(
            "correction-differs",
            f"not this, but {shown(stands)} stands there now" if stands else "nothing stands there now",
            (*at, "after"),
            "write what stands there now, or what of it was changed; or put it there",
        )
    elif made.before and not made.after and not later and _holds(stands, made.before):
        yield reading.finding(
            "correction-differs",
            "this stands there still, and nothing says what came in its place",
            (*at, "before"),
            "add 'after: ...' with what stands there now; or remove it there",
        )


def _text(value: Any) -> str:
    """Return the value of a field as an editor writes it on one line; of entries, what they are known by."""
    if isinstance(value, list | dict):
        return ", ".join(by_key(value) if isinstance(value, list) else value)
    return "" if value is None else " ".join(str(value).split())


def _holds(stands: str, words: str) -> bool:
    """Return whether words stand in a text; a date, an id or another single word is all or nothing."""
    words = " ".join(words.split())
    if " " not in stands and stands.isascii():
        return stands.casefold() == words.casefold()
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(words)}(?![A-Za-z0-9])", stands) is not None
