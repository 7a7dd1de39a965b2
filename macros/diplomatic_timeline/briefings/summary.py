"""The one-page summary: what an official reads first, all of it derived from the record."""

from __future__ import annotations

from datetime import date

from diplomatic_timeline.briefings.selection import Selected
from diplomatic_timeline.briefings.text import Value, event_told, name
from diplomatic_timeline.views.commitments import CommitmentView
from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.preparation import OPEN
from diplomatic_timeline.views.presenter import Presenter


class Summary:
    """Prepares the summary of a selection. `as_of` is the day on which the briefing stands."""

    def __init__(self, view: Presenter, selected: Selected, as_of: date | None) -> None:
        self.view, self.selected, self.words = view, selected, view.words
        self.timeline = view.timeline
        self.as_of = as_of
        self.columns = self.timeline.columns

    def value(self) -> Value:
        """Return the summary's parts, each in the order in which it is read."""
        lines = self.view.lines(self.selected.events)
        return {
            "happened": [event_told(line) for line in reversed(lines)],
            "met": [row for line in reversed(lines) if (row := self._met(line))],
            "issues": self._issues(),
            "open": [
                {
                    "statement": made.statement,
                    "parties": [p.id for p in made.made_by],
                    "due": made.due.text if made.due else made.due_text,
                    "event": self.timeline.commitments[made.id].event.id,
                }
                for made in self._open()
            ],
            "watch": self._watch(lines),
        }

    def _met(self, line: EventLine) -> Value | None:
        if len(line.people) < 2:
            return None
        posts = {p.person: p.post for p in self.timeline.events[line.id].participants}
        return {
            "event": line.id,
            "date": line.date.text,
            "place": line.place,
            "level": line.level,
            "sides": [
                {"party": party.id, "people": [{**name(p), "post": posts[p.id]} for p in people]}
                for party, people in line.people
            ],
        }

    def _issues(self) -> list[Value]:
        """Return the issues on which somebody holds something: by quotes, by events, as registered."""
        timeline, there = self.timeline, frozenset(self.selected.events)
        found: list[tuple[int, int, Value]] = []
        for issue, _ in timeline.issue_tree():
            events = [e for e in timeline.events_of_issue.get(issue.id, ()) if e in there]
            at = [i for e in events for i in timeline.events[e].issues if i.issue == issue.id]
            held = {party: position.statement for i in at for party, position in i.positions.items()}
            if issue.id not in self.selected.issues or not held.keys() & set(self.columns):
                continue
            outcome = next((i.outcome for i in reversed(at) if i.outcome != "unknown"), None)
            value = {
                "name": issue.name,
                "outcome": self.words(f"outcome.{outcome}") if outcome else None,
                "sides": [{"party": party, "statement": held.get(party)} for party in self.columns],
            }
            said = self.selected.quotes.intersection(timeline.quotes_of_issue.get(issue.id, ()))
            found.append((-len(said), -len(events), value))
        return [value for *_, value in sorted(found, key=lambda row: row[:2])]

    def _open(self) -> list[CommitmentView]:
        timeline = self.timeline
        return [
            self.view.commitment(c)
            for c in self.selected.commitments
            if timeline.commitments[c].counts and timeline.commitments[c].commitment.status in OPEN
        ]

    def _overdue(self, id: str) -> bool:
        due = self.timeline.commitments[id].commitment.due
        return due is not None and self.as_of is not None and due.last < self.as_of

    def _watch(self, lines: tuple[EventLine, ...]) -> list[Value]:
        """Return what lies ahead or is unsettled: meetings planned, dates due or gone by, disputes."""
        found: list[Value] = [
            {
                "text": self.words(f"briefing.watch.{line.status}", event=line.title, date=line.date.text),
                "event": line.id,
            }
            for line in lines
            if line.status in ("planned", "postponed")
        ]
        for view in self._open():
            commitment = self.timeline.commitments[view.id].commitment
            event = self.timeline.commitments[view.id].event.id
            if self._overdue(view.id):
                assert view.due is not None
                key = "overdue"
            elif commitment.status == "disputed":
                key = "disputed"
            elif view.due is not None:
                key = "due"
            else:
                continue
            due = view.due.text if view.due else ""
            text = self.words(f"briefing.watch.{key}", date=due, statement=_lower(view.statement))
            found.append({"text": text, "event": event})
        for id in self.selected.events:
            for at_issue in self.timeline.events[id].issues:
                if at_issue.outcome == "widened" and at_issue.issue in self.selected.issues:
                    name = self.view.corpus.issues[at_issue.issue].name
                    date = self.view.line(id).date.text
                    text = self.words("briefing.watch.widened", issue=name, date=date)
                    found.append({"text": text, "event": id})
        return found


def _lower(text: str) -> str:
    """Return a sentence as it goes on after a colon: a name or an abbreviation keeps its capital."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first[1:].islower() and first in _OPENERS else text


_OPENERS = frozenset(("Both", "The", "Each", "All", "Keep", "Publish", "Begin", "Hold", "Set", "Resume"))
