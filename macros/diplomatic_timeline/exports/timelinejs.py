"""The record as TimelineJS reads it (version 3, "JSON data format").

What TimelineJS shows stands in its own fields. It passes over fields that it does not know, so each slide
also carries its event whole in `record`, and reading the file back gives the same events. `shown` is a digest
of what TimelineJS shows, by which an import tells that somebody edited it there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import Any, TypeAlias

from diplomatic_timeline.exports.format import FilePlan, Format, Line
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.json_files import BETWEEN, MEDIA, written
from diplomatic_timeline.model.dates import Edtf, Point
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

Slide: TypeAlias = dict[str, Any]

_NAME = "timelinejs.json"


def date_object(point: Point) -> dict[str, int]:
    """Return a point's date object: year, month and day as far as they are known."""
    known = point.parts
    if point.precision == "one-of" and (known[0], point.first.month) == (point.last.year, point.last.month):
        known = (known[0], point.first.month)
    return dict(zip(("year", "month", "day"), known, strict=False))


def date_fields(when: Edtf, words: Wording = ENGLISH) -> dict[str, Any]:
    """Return the date fields of a slide; `display_date` says what a date object cannot."""
    start = when.start or when.end
    assert start is not None
    end = {"end_date": date_object(when.end)} if when.is_interval and when.start and when.end else {}
    return {"start_date": date_object(start), **end, "display_date": display(when, words)}


def shown_text(event: Event, timeline: Timeline, words: Wording = ENGLISH) -> str:
    """Return a slide's text: the summary, then each quotation with its speaker."""
    parts = [prose.to_html(event.summary).strip()]
    for quote in event.quotes:
        corpus = timeline.corpus
        named = [
            (corpus.people.get(s.speaker) or corpus.organizations[s.speaker]).name for s in quote.speakers
        ]
        lead = f"<p>{escape(quote.lead_in)}</p>" if quote.lead_in else ""
        by = escape(words("list.comma").join(named))
        parts.append(f"{lead}<blockquote><p>{escape(quote.text)}</p><p>— {by}</p></blockquote>")
    return "\n".join(parts)


def digest(slide: Slide) -> str:
    """Return a digest of what TimelineJS shows of a slide; it tells whether that was edited since."""
    shown = [slide.get(name) for name in ("start_date", "end_date", "display_date", "text")]
    return sha256(json.dumps(shown, sort_keys=True).encode("ascii")).hexdigest()


def slide(event: Event, timeline: Timeline, imprint: Imprint) -> Slide:
    """Return one event's slide."""
    record = event.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    found: Slide = {
        "unique_id": event.id,
        **date_fields(event.date, imprint.words),
        "text": {
            "headline": escape(event.title, quote=False),
            "text": shown_text(event, timeline, imprint.words),
        },
        "group": escape(timeline.corpus.issues[event.issues[0].issue].name, quote=False),
    }
    if imprint.address:
        # TimelineJS has no field for a link to the event itself; its text may hold one.
        page = escape(imprint.address + urls.event(event.id))
        found["text"]["text"] += f'\n<p><a href="{page}">{escape(imprint.words("timelinejs.record"))}</a></p>'
    found["record"] = record
    found["shown"] = digest(found)
    return found


def _plans(timeline: Timeline, imprint: Imprint) -> Iterator[FilePlan]:
    title = json.dumps({"text": {"headline": escape(imprint.name, quote=False)}}, ensure_ascii=False)
    yield FilePlan(
        _NAME,
        imprint.words("data.timelinejs"),
        MEDIA,
        "json",
        before=b'{"title": %s, "events": [\n' % title.encode(),
        between=BETWEEN,
        after=b"\n]}\n",
    )


def _of_event(event: Event, timeline: Timeline, imprint: Imprint) -> Iterator[Line]:
    yield _NAME, event.id, written(slide(event, timeline, imprint))


FORMAT = Format(_plans, _of_event)
"""A title slide, then every event's, the oldest first."""
