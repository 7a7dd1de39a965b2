"""The one-page summary: what an official reads first, all of it derived from the record."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from diplomatic_timeline.briefings.quotes import Statements
from diplomatic_timeline.briefings.selection import Selected
from diplomatic_timeline.briefings.text import Value, pieces
from diplomatic_timeline.model.quotation import printed_pieces
from diplomatic_timeline.views.event_models import Delegate, EventLine
from diplomatic_timeline.views.models import CommitmentView
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Said

_SENTENCE = 8  # words; what is shorter is a fragment


class Summary:
    """Prepares the summary of a selection. `as_of` is the day on which the briefing stands."""

    def __init__(self, view: Presenter, selected: Selected, as_of: date | None) -> None:
        self.view, self.selected, self.words = view, selected, view.words
        self.timeline = view.timeline
        self.as_of = as_of
        self.columns = self.timeline.columns

    def value(self, voices: Statements) -> Value:
        """Return the summary's parts, each in the order in which it is read."""
        lines = self.view.lines(self.selected.events)
        return {
            "happened": [self._happened(line) for line in reversed(lines)],
            "met": [row for line in reversed(lines) if (row := self._met(line))],
            "issues": self._issues(voices),
            "open": [self.promise(c) for c in self._open()],
            "watch": self._watch(lines),
        }

    def _happened(self, line: EventLine) -> Value:
        return {
            "event": line.id,
            "date": line.date.text,
            "title": line.title,
            "main": line.main,
            "lead": line.lead,
            "status": line.status_label if line.status != "held" else None,
        }

    def _met(self, line: EventLine) -> Value | None:
        delegations = [d for d in self.view.event(line.id).delegations if not d.party.observer]
        if len(delegations) < 2:
            return None
        return {
            "event": line.id,
            "date": line.date.text,
            "place": line.place,
            "level": line.level,
            "sides": [
                {"party": d.party.id, "people": [self._attendee(p) for p in _heads(d.delegates)]}
                for d in delegations
            ],
        }

    def _attendee(self, delegate: Delegate) -> Value:
        person = delegate.person
        return {
            "name": person.name,
            "native": person.native,
            "lang": person.native_language,
            "post": delegate.post,
        }

    def _issues(self, voices: Statements) -> list[Value]:
        """Return the issues by weight: by quotes, then by events, then as the registry has them."""
        rows: list[tuple[int, int, Value]] = []
        quotes, at_issue = self._by_issue()
        for issue, _ in self.timeline.issue_tree():
            if issue.id not in self.selected.issues:
                continue
            said, events = quotes[issue.id], at_issue[issue.id]
            rows.append(
                (
                    -len(said),
                    -len(events),
                    {
                        "name": issue.name,
                        "outcome": self._outcome(issue.id, events),
                        "sides": [self._side(issue.id, party, events, said) for party in self.columns],
                    },
                )
            )
        rows.sort(key=lambda row: row[:2])
        issues = [value for _, _, value in rows]
        for value in issues:
            for side in value["sides"]:
                if side["quote"]:
                    side["quote"]["source"] = voices.source(side["quote"]["source"])
        return issues

    def _by_issue(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """Return the selected quotes and events by their issues."""
        quotes: defaultdict[str, list[str]] = defaultdict(list)
        events: defaultdict[str, list[str]] = defaultdict(list)
        for id in self.selected.events:
            event = self.timeline.events[id]
            for issue in dict.fromkeys(i.issue for i in event.issues):
                events[issue].append(id)
            for quote in event.quotes:
                if quote.id in self.selected.quotes:
                    for issue in dict.fromkeys(quote.issues):
                        quotes[issue].append(quote.id)
        return quotes, events

    def _side(self, issue: str, party: str, events: list[str], said: list[str]) -> Value:
        statement = self._latest_position(issue, party, events)
        return {"party": party, "statement": statement, "quote": self._strongest(said, party)}

    def _latest_position(self, issue: str, party: str, events: list[str]) -> str | None:
        for id in reversed(events):
            for at_issue in self.timeline.events[id].issues:
                if at_issue.issue == issue and party in at_issue.positions:
                    return at_issue.positions[party].statement
        return None

    def _outcome(self, issue: str, events: list[str]) -> str | None:
        for id in reversed(events):
            for at_issue in self.timeline.events[id].issues:
                if at_issue.issue == issue and at_issue.outcome != "unknown":
                    return self.words(f"outcome.{at_issue.outcome}")
        return None

    def _strongest(self, said: list[str], party: str) -> Value | None:
        candidates = [self.timeline.quotes[q] for q in said if party in self.timeline.quotes[q].quote.parties]
        if not candidates:
            return None
        best = max(candidates, key=_strength)
        quote = self.view.quote(best.quote.id)
        return {
            "id": quote.id,
            "words": pieces(quote.text),
            "lang": quote.language,
            "speaker": quote.speaker.name,
            "post": quote.post,
            "date": quote.date.text,
            "source": best.quote.source,
            "proof": quote.proof,
            "event": best.event.id,
        }

    def _open(self) -> list[CommitmentView]:
        timeline = self.timeline
        return [
            self.view.commitment(c)
            for c in self.selected.commitments
            if timeline.commitments[c].counts
            and timeline.commitments[c].commitment.status in ("open", "partly", "disputed", "unknown")
        ]

    def promise(self, commitment: CommitmentView) -> Value:
        """Return a commitment in one line."""
        due = commitment.due.text if commitment.due else None
        return {
            "statement": commitment.statement,
            "parties": [p.id for p in commitment.made_by],
            "due": due or commitment.due_text,
            "overdue": self._overdue(commitment.id),
            "status": commitment.status_label,
            "event": self.timeline.commitments[commitment.id].event.id,
        }

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


def _heads(delegates: tuple[Delegate, ...]) -> tuple[Delegate, ...]:
    """Return who leads a delegation, or all of it where nobody is named as its head."""
    return tuple(d for d in delegates if d.role in ("head", "host")) or delegates[:2]


def _strength(said: Said) -> tuple[bool, bool, date, int, str]:
    length = sum(len(p.split()) for p in printed_pieces(said.quote.text))
    whole = length >= _SENTENCE
    return (said.proof.outcome == "verified", whole, said.date.first, length, said.quote.id)


def _lower(text: str) -> str:
    """Return a sentence as it goes on after a colon: a name or an abbreviation keeps its capital."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first[1:].islower() and first in _OPENERS else text


_OPENERS = frozenset(("Both", "The", "Each", "All", "Keep", "Publish", "Begin", "Hold", "Set", "Resume"))
