"""The overview chart's events for its script, which draws other lanes and shorter times from them.

The script is loaded when a reader asks for that. It calls `dtOverview` with one object:

- `root`: from the script's own folder to the site's root; `page` and `year`: files below it, with a star
  for an event's id and a year's four digits;
- `start`, `end`: the chart's first day, and the day after its last, in days since 1970-01-01 (all days are);
- `groups`: for each grouping its `id` and `lanes`: name, file or null, depth, how many are folded in;
- `events`, in the order of the list of all events, whose filters name them by their places: id, title, date
  in words, 1 for a main event, days, lanes by issue, by party, by level.
  Days are one day, or first and last day, first and last day of what is certain (or null twice), 1 for what
  is vague, and -1, 0 or 1 for an open start, none or an open end. Lanes are pairs of numbers: lane, quotes.
"""

from __future__ import annotations

import json

from diplomatic_timeline.chart import overview
from diplomatic_timeline.chart.lanes import GROUPINGS, rows
from diplomatic_timeline.chart.time import bounds, extent
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.lists import events_in_order
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

_EPOCH = 719163


def script(timeline: Timeline, words: Wording = ENGLISH) -> str:
    """Return the script; for an empty record, one that calls with no event."""
    most = overview.most_lanes(timeline)
    found = {grouping: rows(timeline, grouping, most, words) for grouping in GROUPINGS}
    placed: dict[str, list[list[int]]] = {id: [[] for _ in GROUPINGS] for id in timeline.events}
    for at, lanes in enumerate(found.values()):
        for number, row in enumerate(lanes):
            for event, quotes in row.spots:
                placed[event.id][at] += (number, quotes)
    start, end = (day.toordinal() - _EPOCH for day in bounds(timeline)) if timeline.events else (0, 1)
    value = {
        "root": "../" * urls.OVERVIEW.count("/"),
        "page": urls.file(urls.event("*")),
        "year": urls.file(urls.year(9999)).replace("9999", "*"),
        "start": start,
        "end": end,
        "groups": [
            {
                "id": grouping,
                "lanes": [
                    [r.link.text, r.link.url and urls.file(r.link.url), r.depth, r.folded] for r in lanes
                ],
            }
            for grouping, lanes in found.items()
        ],
        "events": [
            [e.id, e.title, display(e.date, words), int(e.prominence == "main"), _days(e), *placed[e.id]]
            for e in map(timeline.events.__getitem__, events_in_order(timeline))
        ],
    }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # A browser parses a text several times faster than it reads a literal.
    return f"dtOverview(JSON.parse({json.dumps(text)}));\n"


def _days(event: Event) -> list[int | None]:
    span = extent(event.date)
    first, last = span.first - _EPOCH, span.last - _EPOCH
    if first == last and not span.vague and not span.open:
        return [first]
    core = (None, None) if span.core is None else (span.core[0] - _EPOCH, span.core[1] - _EPOCH)
    return [first, last, *core, int(span.vague), span.open]
