"""The sheet: an event, an issue or a selection on one side of paper, two who meet on two sides at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from diplomatic_timeline.briefings.blocks import LONG, ROWS, Blocks, cut, ranked
from diplomatic_timeline.briefings.selection import (
    Selected,
    Selection,
    SelectionError,
    dates,
    description,
    select,
    title,
)
from diplomatic_timeline.briefings.text import Value
from diplomatic_timeline.model.diagnostics import did_you_mean
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.formulae import Formula
from diplomatic_timeline.views.positions import Positions, Stand
from diplomatic_timeline.views.preparation import Kind, Preparation, Preparations
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline

Stands: TypeAlias = tuple[Stand | None, ...]
"""What each party with a column holds."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people, or two parties, in the order of their parties."""

    kind: Kind
    pair: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sheet is about: a selection, or two who meet; `events` are those that it is made from."""

    asked: Selection
    events: tuple[str, ...]
    meeting: Meeting | None = None
    phrases: tuple[tuple[Formula, ...], ...] = ()
    """What each of the two sides says again and again."""

    def selected(self, timeline: Timeline) -> Selected:
        """Return all that the sheet is made from, for its fingerprint."""
        return select(timeline, Selection(events=self.events))


def of_selection(timeline: Timeline, selected: Selected) -> Subject:
    """Return the subject of a selection; of a single event also those before and after it."""
    events = dict.fromkeys(selected.events)
    if len(events) == 1:
        events.update(dict.fromkeys(_around(timeline, selected.events[0])))
    return Subject(selected.asked, tuple(events))


@lru_cache(maxsize=1)
def preparations(view: Presenter) -> Preparations:
    """Return what all sheets of a record share."""
    return Preparations(Positions(view))


def of_meeting(view: Presenter, meeting: Meeting) -> Subject | None:
    """Return the subject of two who have met; None where there is nothing on record between them."""
    found = preparations(view)
    events = found.events(meeting.kind, meeting.pair)
    if meeting.kind == "people":  # their posts are those of their newest events
        newest = (view.timeline.events_of_person[person][-1] for person in meeting.pair)
        events = tuple(dict.fromkeys((*events, *newest)))
    phrases = tuple(map(found.phrases, found.parties_of(meeting.kind, meeting.pair)))
    return Subject(Selection(), events, meeting, phrases) if events else None


def meeting_of(view: Presenter, ids: Sequence[str]) -> Subject:
    """Return the subject of two people or two parties; of one person with whom that person met last.

    Raises SelectionError for an unknown id, for more than two and where they have not met.
    """
    found = preparations(view)
    corpus, names = view.corpus, list(ids)
    kinds: tuple[Kind, ...] = ("parties",) if set(names) <= set(corpus.parties) else ("people",)
    known = corpus.parties if kinds == ("parties",) else corpus.people
    for id in names:
        if id not in known:
            near = did_you_mean(id, known)
            raise SelectionError(
                f"there is no person {id!r} in the record; "
                + (f"did you mean {near!r}?" if near else "a meeting is of two people or of two parties")
            )
    among = found.parties if kinds == ("parties",) else found.people
    for pair, met in among.items():
        wanted = set(names) == set(pair) if len(names) > 1 else names[0] in pair
        if met and wanted and (subject := of_meeting(view, Meeting(kinds[0], pair))):
            return subject
    with_first = [p for pair, met in among.items() if met and names[0] in pair for p in pair if p != names[0]]
    raise SelectionError(
        f"{' and '.join(dict.fromkeys(names))} have not met in this record; {names[0]} has met "
        f"{', '.join(with_first[:8]) or 'nobody'}; nothing was written"
    )


def _around(timeline: Timeline, id: str) -> tuple[str, ...]:
    """Return the events before and after one: those related to it, and its neighbours among the main ones."""
    related = [r.event for r in timeline.events[id].related if r.event in timeline.events]
    related += timeline.events_related_to.get(id, ())
    rank = timeline.ranks[id]
    before = [e for e in timeline.main if timeline.ranks[e] < rank][-1:]
    after = [e for e in timeline.main if timeline.ranks[e] > rank][:1]
    found = dict.fromkeys((*related[:6], *before, *after))
    return tuple(sorted(found, key=timeline.ranks.__getitem__))


class Sheet:
    """Prepares one sheet, which stands on the day `as_of`.

    `aged` says that somebody asked for that day, so that the age of a due date on it can be told.
    """

    def __init__(self, view: Presenter, subject: Subject, as_of: date | None, *, aged: bool = False) -> None:
        self.view, self.subject, self.words = view, subject, view.words
        self.timeline, self.parties = view.timeline, view.timeline.columns
        self.positions = preparations(view).positions
        self.blocks = Blocks(view, as_of, aged=aged)

    def value(self) -> Value:
        """Return heading, lead, blocks and foot."""
        if self.subject.meeting:
            found = self._of_meeting(self.subject.meeting)
        else:
            selected = select(self.timeline, self.subject.asked)
            found = self._of_event(selected) if len(selected.events) == 1 else self._of_many(selected)
        blocks, weights = ranked(found["blocks"])
        return {
            **found,
            "blocks": blocks,
            "weights": weights,
            "heading": cut(found["heading"], 150),
            "sources": self.blocks.foot(),
        }

    def _row(
        self, name: str, notes: list[str], outcome: str, stands: Stands, columns: list[str], *, dated: bool
    ) -> Value:
        parties = columns if self.subject.meeting else self.parties
        sides = self.blocks.sides(stands, parties, columns, dated=dated)
        return {"name": name, "notes": notes, "outcome": outcome, "sides": sides}

    def _silent(self, columns: list[str], parties: Sequence[str]) -> list[str]:
        """Return those of the parties that have no column, where all were asked for."""
        asked = self.subject.asked
        return [] if asked.parties or asked.people else [p for p in parties if p not in columns]

    # An event

    def _of_event(self, selected: Selected) -> Value:
        id = selected.events[0]
        event, line, blocks = self.view.event(id), self.view.line(id), self.blocks
        held = [
            (row, self.positions.at(id, at.issue))
            for row, at in zip(event.issues, self.timeline.events[id].issues, strict=True)
            if at.issue in selected.issues
        ]
        spoken = [(row, stands) for row, stands in held if any(stands)]
        columns = self._columns(
            (stands for _, stands in spoken), [d.party.id for d in event.delegations if not d.party.observer]
        )
        rows = []
        for row, stands in spoken:
            raised = [party.short for party in row.raised_by]
            notes = [self.words("sheet.raised_by", parties=self.words.listed(raised))] if raised else []
            outcome = self.view.outcome(row.outcome)
            rows.append(self._row(row.issue.text, notes, outcome, stands, columns, dated=False))
        where = (line.date.text, event.place or "", "" if line.status == "held" else line.status_label)
        full = line.main and len(selected.asked.events) == 1
        return {
            "kicker": line.kind,
            "heading": line.title,
            "facts": [cut(fact, 120) for fact in where if fact],
            "between": self._met(line),
            "lead": self._lead(line, held),
            "columns": columns,
            "blocks": [
                blocks.positions(
                    rows,
                    full=full,
                    quotes=len(self.timeline.events[id].quotes),
                    quiet=[row.issue.text for row, stands in held if not any(stands)],
                    silent=self._silent(columns, self.timeline.columns_of(self.timeline.events[id])),
                ),
                blocks.promises((*event.commitments, *event.warnings), full=full),
                blocks.chronology("sheet.around", _around(self.timeline, id), full=full),
                blocks.account(event.summary, line.lead),
            ],
        }

    def _lead(self, line: EventLine, held: Sequence[tuple[object, Stands]]) -> list[Value]:
        """Return the lead: the record's first sentence, where issues were left, promises, who spoke."""
        event, words = self.timeline.events[line.id], self.words
        left = [(self.view.issue_link(at.issue).text, self.view.outcome(at.outcome)) for at in event.issues]
        runs = [_run(line.lead), *self._left(left)]
        promised = [c for c in event.commitments if c.type != "warning"]
        late = sum(self.blocks.late(c.id) for c in promised)
        if promised:
            key = "sheet.promised_late" if late else "sheet.promised"
            runs.append(_run(words(key, n=len(promised), late=words.number(late))))
        if len(self.parties) > 1:
            both = sum(all(stands) for _, stands in held)
            if both:
                runs.append(_run(words("sheet.both" if len(self.parties) == 2 else "sheet.all", n=both)))
            for n, party in enumerate(self.parties):
                alone = sum(bool(stands[n]) and sum(map(bool, stands)) == 1 for _, stands in held)
                if alone:
                    runs.append(_run(words("sheet.alone", n=alone, party=self.view.parties[party].phrase)))
        return runs

    def _left(self, outcomes: Iterable[tuple[str, str]]) -> list[Value]:
        """Return where issues (name, outcome in words) were left, if that is known, by outcome."""
        by: dict[str, list[str]] = {}
        for name, label in outcomes:
            if label:
                by.setdefault(label, []).append(name)
        return [
            _run(
                self.words("sheet.sentence", text=self.words.listed(names[:6])), label[:1].upper() + label[1:]
            )
            for label, names in by.items()
        ]

    # An issue, or several events

    def _of_many(self, selected: Selected) -> Value:
        asked, timeline, words, blocks = selected.asked, self.timeline, self.words, self.blocks
        issue = asked.issues[0] if len(asked.issues) == 1 else None
        found = list(self._by_event(selected, issue) if issue else self._by_issue(selected))
        shown = {stand.event for *_, stands in found for stand in stands if stand} if issue else set()
        told = [id for id in reversed(selected.events) if self.view.event_link(id) not in shown]
        columns = self._columns((stands for *_, stands in found), asked.parties)
        about = timeline.corpus.issues[issue].description if issue else ""
        described = "" if issue else cut(description(timeline, asked, words), 160)
        counted = words("sheet.counted", events=words("count.events", n=len(selected.events)))
        return {
            "kicker": words("term.issue") if issue else "",
            "heading": title(timeline, asked, "" if asked.whole else words("sheet.selection")),
            "facts": [dates(timeline, selected.events, words), described, counted],
            "between": [],
            "lead": [_run(about)] if about else [],
            "columns": columns,
            "blocks": [
                blocks.positions(
                    [
                        self._row(name, notes, outcome, stands, columns, dated=issue is None)
                        for name, notes, outcome, stands in found
                    ],
                    full=True,
                    quotes=len(selected.quotes),
                    silent=self._silent(columns, self.parties),
                    by_event=issue is not None,
                ),
                blocks.promises(self.view.commitments(selected.commitments), full=True),
                blocks.chronology("sheet.named_at" if issue else "term.events", told, full=True),
            ],
        }

    def _by_event(self, selected: Selected, issue: str) -> Iterator[tuple[str, list[str], str, Stands]]:
        """Yield what each side held on an issue and those below it, a row an event, the newest first."""
        timeline = self.timeline
        for id in reversed(selected.events):
            outcomes = {at.issue: at.outcome for at in timeline.events[id].issues}
            line = self.view.line(id)
            for part in timeline.family(issue):
                stands = self.positions.at(id, part)
                if any(stands):
                    notes = [line.title, *([timeline.corpus.issues[part].name] if part != issue else [])]
                    yield line.date.text, notes, self.view.outcome(outcomes.get(part, "unknown")), stands

    def _by_issue(self, selected: Selected) -> Iterator[tuple[str, list[str], str, Stands]]:
        """Yield each side's newest stand on each issue at the selected events, the most discussed first."""
        timeline, asked, there = self.timeline, selected.asked, frozenset(selected.events)
        often = {
            id: len(there.intersection(timeline.events_of_issue.get(id, ())))
            for id in timeline.corpus.issues
            if id in selected.issues
        }
        for id in sorted(often, key=lambda i: -often[i])[:ROWS]:
            stands = tuple(
                self.positions.own(id, party, there) if not asked.parties or party in asked.parties else None
                for party in self.parties
            )
            if any(stands):
                yield timeline.corpus.issues[id].name, [], "", stands

    # Two who meet

    def _of_meeting(self, meeting: Meeting) -> Value:
        found = preparations(self.view).of(meeting.kind, meeting.pair)
        words, blocks = self.words, self.blocks
        between = found.between
        columns = [one.party.id for one in between]
        rows = [
            self._row(topic.issue.text, [], "", topic.stands, columns, dated=True) for topic in found.topics
        ]
        raised = [
            [words("sheet.raised", issue=r.issue.text, n=r.times, date=r.date.text) for r in of]
            for of in found.raised
        ]
        phrases = [
            [words("sheet.recurs", words=words.quoted(f.words), n=len(f.quotes)) for f in of]
            for of in self.subject.phrases
        ]
        people = [{"party": one.party.id, "people": [[one.name, one.post or ""]]} for one in between]
        return {
            "kicker": words("sheet.meeting"),
            "heading": words("sheet.pair", a=between[0].name, b=between[1].name),
            "facts": [words("prepare.times", n=found.met)] if found.met else [],
            "between": people if meeting.kind == "people" else [],
            "lead": self._last(found),
            "columns": columns,
            "blocks": [
                blocks.block("raised", words("prepare.likely"), self._said(columns, raised), "issues"),
                blocks.promises(found.commitments, full=False, beyond=found.more),
                blocks.block("recurring", words("sheet.recurring"), self._said(columns, phrases), "phrases"),
                blocks.chronology("sheet.earlier", [line.id for line in found.earlier[:4]], full=False),
                blocks.positions(rows, full=False),
            ],
        }

    def _last(self, found: Preparation) -> list[Value]:
        if found.last is None:
            return [_run(self.words("prepare.never"))]
        line = found.last.line
        where = self.words("list.comma").join(
            part for part in (line.title, line.date.text, line.place or "") if part
        )
        return [
            _run(self.words("sheet.sentence", text=where), self.words("sheet.last")),
            _run(line.lead),
            *self._left((issue.text, label) for issue, _, label in found.last.outcomes),
        ]

    def _said(self, columns: Sequence[str], texts: Sequence[Sequence[str]]) -> list[Value]:
        """Return a row for each side of which something is said."""
        semicolon = self.words("list.semicolon")
        pairs = zip(columns, texts, strict=True)
        return [{"party": party, "text": semicolon.join(told)} for party, told in pairs if told]

    def _columns(self, stands: Iterable[Stands], also: Sequence[str]) -> list[str]:
        """Return the parties that hold something, or that are named otherwise, in their order."""
        found = {stand.party.id for row in stands for stand in row if stand} | set(also)
        return [party for party in self.parties if party in found]

    def _met(self, line: EventLine) -> list[Value]:
        posts = {p.person: p.post for p in self.timeline.events[line.id].participants}
        return [
            {"party": party.id, "people": [[p.name, cut(posts[p.id], 60)] for p in people[:3]]}
            for party, people in line.people[:4]
        ]


def _run(text: str, strong: str = "") -> Value:
    return {"strong": strong, "text": cut(text, LONG)}


def address(subject: Subject) -> str:
    """Return the address of the page that a sheet belongs to, below the site's root."""
    if subject.meeting:
        return urls.preparation(subject.meeting.kind, *subject.meeting.pair)
    return page_of(subject.asked)


def page_of(asked: Selection) -> str:
    """Return the page of the one thing that is asked for; else that of the briefings."""
    for ids, url in ((asked.events, urls.event), (asked.issues, urls.issue), (asked.people, urls.person)):
        if len(ids) == 1 and replace(asked, events=(), issues=(), people=()).whole:
            return url(ids[0])
    return urls.BRIEFINGS
