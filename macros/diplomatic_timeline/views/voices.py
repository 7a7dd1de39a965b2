"""What each side says for itself at an event, in one line a side: for cards, and for the latest meeting.

Only words said there speak for an event; where a side has none, its position in our words does; else it is
left out. Sides are shown on one issue where one has both of them.
"""

from __future__ import annotations

from collections import defaultdict

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.event_models import VoiceView
from diplomatic_timeline.views.names import Names

_SHORT = range(8, 46)
"""How many words a quotation has that says something and is read at a glance."""


def at(view: Names, event: Event) -> tuple[VoiceView, ...]:
    """Return a voice for each party with a column that has one at an event, in the parties' order."""
    timeline = view.timeline
    found: defaultdict[str, dict[str, VoiceView]] = defaultdict(dict)
    said = [q for q in event.quotes if timeline.quotes[q.id].phase == "at"]
    said.sort(key=lambda q: len(q.text.split()) not in _SHORT)
    for at_issue in event.issues:
        issue = at_issue.issue
        for party in timeline.columns:
            quote = next((q for q in said if party in q.parties and issue in q.issues), None)
            position = at_issue.positions.get(party)
            if quote or position:
                found[issue][party] = VoiceView(
                    tuple(view.parties[p] for p in (quote.parties if quote else (party,))),
                    view.issue_link(issue),
                    view.quote(quote.id) if quote else None,
                    position.statement if position and not quote else None,
                    urls.quote(event.id, quote.id) if quote else urls.position(event.id, issue, party),
                )
    if not found:
        return ()
    # The most sides on one issue, of these the most in their own words; the first where they are equal.
    best = max(found.values(), key=lambda sides: (len(sides), sum(bool(v.quote) for v in sides.values())))
    voices = []
    for party in timeline.columns:
        others = [sides[party] for sides in found.values() if party in sides]
        voice = best.get(party) or next((v for v in others if v.quote), others[0] if others else None)
        if voice is not None:
            voices.append(voice)
    return tuple(dict.fromkeys(voices))
