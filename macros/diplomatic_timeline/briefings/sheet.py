"""The sheet: an event, an issue or a selection on one side of paper, two who meet on two sides at most.

What comes out is plain values: blocks of rows, each with a rank. The template sets as many of the first ranks
as there is room for, and says how much is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from diplomatic_timeline.briefings.selection import (
    Selected,
    Selection,
    SelectionError,
    dates,
    description,
    select,
    title,
)
from diplomatic_timeline.briefings.text import Value, blocks, pieces
from diplomatic_timeline.model.diagnostics import did_you_mean
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.event_models import EventLine
from diplomatic_timeline.views.models import CommitmentView, QuoteView
from diplomatic_timeline.views.positions import Positions, Stand
from diplomatic_timeline.views.preparation import Kind, Preparation, Preparations
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import Wording

ROWS, LONG = 40, 420
"""The most rows that a block is tried with, and the characters after which our own words are cut."""

_FIRST = 4  # rows that are set whole before anything else is


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

    def selected(self, timeline: Timeline) -> Selected:
        """Return all that the sheet is made from, for its fingerprint."""
        return select(timeline, Selection(events=self.events))


def of_selection(timeline: Timeline, selected: Selected) -> Subject:
    """Return the subject of a selection; of a single event also those before and after it."""
    events = dict.fromkeys(selected.events)
    if len(events) == 1:
        events.update(dict.fromkeys(_around(timeline, selected.events[0])))
    return Subject(selected.asked, tuple(events))


def of_meeting(preparations: Preparations, meeting: Meeting) -> Subject | None:
    """Return the subject of two who have met; None where there is nothing on record between them."""
    events = preparations.events(meeting.kind, meeting.pair)
    if meeting.kind == "people":  # their posts are those of their newest events
        newest = (preparations.timeline.events_of_person[person][-1] for person in meeting.pair)
        events = tuple(dict.fromkeys((*events, *newest)))
    return Subject(Selection(), events, meeting) if events else None


def meeting_of(view: Presenter, ids: Sequence[str]) -> Subject:
    """Return the subject of two people or two parties; of one person with whom that person met last.

    Raises SelectionError for an unknown id, for more than two and where they have not met.
    """
    found = Preparations(Positions(view))
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
        if met and (set(names) == set(pair) if len(names) > 1 else names[0] in pair):
            subject = of_meeting(found, Meeting(kinds[0], pair))
            assert subject  # those who have met have an event
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
    main = [e for e in timeline.events if timeline.events[e].prominence == "main" and e != id]
    before = [e for e in main if timeline.ranks[e] < rank][-1:]
    after = [e for e in main if timeline.ranks[e] > rank][:1]
    found = dict.fromkeys((*related[:6], *before, *after))
    return tuple(sorted(found, key=timeline.ranks.__getitem__))


class Sheet:
    """Prepares the blocks of one sheet, which stands on the day `as_of`.

    `aged` says that somebody asked for that day, so that the age of a due date on it can be told.
    """

    def __init__(self, view: Presenter, subject: Subject, as_of: date | None, *, aged: bool = False) -> None:
        self.view, self.subject, self.words = view, subject, view.words
        self.timeline = view.timeline
        self.as_of, self.aged = as_of, aged
        self.positions = Positions(view)
        self._sources: dict[str, None] = {}
        self._quoted: dict[str, None] = {}

    def value(self) -> Value:
        """Return heading, lead, blocks and foot."""
        if self.subject.meeting:
            found = self._of_meeting(self.subject.meeting)
        else:
            selected = select(self.timeline, self.subject.asked)
            found = self._of_event(selected) if len(selected.events) == 1 else self._of_many(selected)
        found["blocks"] = [block for block in found["blocks"] if block["rows"]]
        _rank(found["blocks"])
        found["heading"] = _cut(found["heading"], 150)
        found["sources"] = self._foot()
        return found

    # An event

    def _of_event(self, selected: Selected) -> Value:
        id = selected.events[0]
        event, line = self.view.event(id), self.view.line(id)
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
            known = row.outcome not in ("unknown", "not-discussed")
            sides = [
                self._side(p, s, at=id) for p, s in zip(self._parties(), stands, strict=True) if p in columns
            ]
            rows.append(
                {
                    "name": row.issue.text,
                    "outcome": row.outcome_label if known else "",
                    "notes": notes,
                    "sides": sides,
                }
            )
        quiet = [row.issue.text for row, stands in held if not any(stands)]
        where = (line.date.text, event.place or "", "" if line.status == "held" else line.status_label)
        full = line.main and len(selected.asked.events) == 1
        promised = (*event.commitments, *event.warnings)
        return {
            "kicker": line.kind,
            "heading": line.title,
            "facts": [_cut(fact, 120) for fact in where if fact],
            "between": self._met(line),
            "lead": self._lead(line, held),
            "columns": columns,
            "blocks": [
                self._positions(rows, full=full, quotes=len(self.timeline.events[id].quotes), quiet=quiet),
                self._promises(promised, full=full),
                self._chronology("sheet.around", _around(self.timeline, id), full=full),
                self._account(event.summary, line.lead),
            ],
        }

    def _lead(self, line: EventLine, held: Sequence[tuple[object, tuple[Stand | None, ...]]]) -> list[Value]:
        """Return the lead: the record's first sentence, where issues were left, promises, who spoke."""
        event, words = self.timeline.events[line.id], self.words
        by: dict[str, list[str]] = {}
        for at in event.issues:
            if at.outcome not in ("unknown", "not-discussed"):
                by.setdefault(at.outcome, []).append(self.view.corpus.issues[at.issue].name)
        runs: list[Value] = [{"strong": "", "text": _cut(line.lead, LONG)}]
        for outcome, names in by.items():
            label = words(f"outcome.{outcome}")
            told = words("sheet.sentence", text=words.listed(names[:6]))
            runs.append({"strong": label[:1].upper() + label[1:], "text": told})
        promised = [c for c in event.commitments if c.type != "warning"]
        late = sum(self._late(c.id) for c in promised)
        if promised:
            key = "sheet.promised_late" if late else "sheet.promised"
            runs.append({"strong": "", "text": words(key, n=len(promised), late=words.number(late))})
        both = sum(all(stands) for _, stands in held)
        if both and len(self.timeline.columns) > 1:
            key = "sheet.both" if len(self.timeline.columns) == 2 else "sheet.all"
            runs.append({"strong": "", "text": words(key, n=both)})
        for n, party in enumerate(self._parties()):
            alone = sum(bool(stands[n]) and sum(map(bool, stands)) == 1 for _, stands in held)
            if alone and len(self.timeline.columns) > 1:
                only = self.view.parties[party].phrase
                runs.append({"strong": "", "text": words("sheet.alone", n=alone, party=only)})
        return runs

    # An issue, or several events

    def _of_many(self, selected: Selected) -> Value:
        asked, timeline = selected.asked, self.timeline
        issue = asked.issues[0] if len(asked.issues) == 1 else None
        found = list(self._by_event(selected, issue) if issue else self._by_issue(selected))
        shown = {stand.event for _, stands in found for stand in stands if stand} if issue else set()
        told = [id for id in reversed(selected.events) if self.view.event_link(id) not in shown]
        columns = self._columns((stands for _, stands in found), asked.parties)
        rows = []
        for (name, notes, outcome), stands in found:
            sides = [
                self._side(p, s, dated=issue is None)
                for p, s in zip(self._parties(), stands, strict=True)
                if p in columns
            ]
            rows.append({"name": name, "outcome": outcome, "notes": notes, "sides": sides})
        about = timeline.corpus.issues[issue].description if issue else ""
        counted = self.words("sheet.counted", events=self.words("count.events", n=len(selected.events)))
        promised = [self.view.commitment(c) for c in selected.commitments]
        name = title(timeline, asked, "" if asked.whole else self.words("sheet.selection"))
        return {
            "kicker": self.words("term.issue") if issue else "",
            "heading": name,
            "facts": [
                dates(timeline, selected.events, self.words),
                *([] if issue else [_cut(description(timeline, asked, self.words), 160)]),
                counted,
            ],
            "between": [],
            "lead": [{"strong": "", "text": _cut(about, LONG)}] if about else [],
            "columns": columns,
            "blocks": [
                self._positions(rows, full=True, quotes=len(selected.quotes), by_event=issue is not None),
                self._promises(promised, full=True),
                self._chronology("sheet.named_at" if issue else "term.events", told, full=True),
            ],
        }

    def _by_event(
        self, selected: Selected, issue: str
    ) -> Iterator[tuple[tuple[str, list[str], str], tuple[Stand | None, ...]]]:
        """Yield what each side held on an issue and those below it, a row an event, the newest first."""
        timeline = self.timeline
        for id in reversed(selected.events):
            for part in timeline.family(issue):
                stands = self.positions.at(id, part)
                if not any(stands):
                    continue
                line = self.view.line(id)
                at = next((i for i in timeline.events[id].issues if i.issue == part), None)
                known = at is not None and at.outcome not in ("unknown", "not-discussed")
                notes = [line.title, *([timeline.corpus.issues[part].name] if part != issue else [])]
                outcome = self.words(f"outcome.{at.outcome}") if at and known else ""
                yield (line.date.text, notes, outcome), stands

    def _by_issue(
        self, selected: Selected
    ) -> Iterator[tuple[tuple[str, list[str], str], tuple[Stand | None, ...]]]:
        """Yield each side's newest stand on each issue at the selected events, the most discussed first."""
        timeline, there = self.timeline, frozenset(selected.events)
        often = {
            i.id: sum(e in there for e in timeline.events_of_issue.get(i.id, ()))
            for i, _ in timeline.issue_tree()
        }
        for id in sorted((i for i in often if i in selected.issues), key=lambda i: -often[i])[:ROWS]:
            stands = tuple(
                next(
                    (
                        s
                        for s in reversed(self.positions.of(id, party, there))
                        if s.issue == self.view.issue_link(id)
                    ),
                    None,
                )
                if not selected.asked.parties or party in selected.asked.parties
                else None
                for party in self._parties()
            )
            if any(stands):
                yield (timeline.corpus.issues[id].name, [], ""), stands

    # Two who meet

    def _of_meeting(self, meeting: Meeting) -> Value:
        found = Preparations(self.positions).of(meeting.kind, meeting.pair)
        words = self.words
        columns = [one.party.id for one in found.between]
        rows = [
            {
                "name": topic.issue.text,
                "outcome": "",
                "notes": [],
                "sides": [self._side(p, s, dated=True) for p, s in zip(columns, topic.stands, strict=True)],
            }
            for topic in found.topics
        ]
        names = [one.name for one in found.between]
        between = [{"party": one.party.id, "people": [[one.name, one.post or ""]]} for one in found.between]
        earlier = [line.id for line in found.earlier[:4]]
        return {
            "kicker": words("sheet.meeting"),
            "heading": words("sheet.pair", a=names[0], b=names[1]),
            "facts": [words("prepare.times", n=found.met)] if found.met else [],
            "between": between if meeting.kind == "people" else [],
            "lead": self._last(found),
            "columns": columns,
            "blocks": [
                self._raised(found),
                self._promises(found.commitments, full=False, beyond=found.more),
                self._chronology("sheet.earlier", earlier, full=False),
                self._positions(rows, full=False, quotes=0),
            ],
        }

    def _last(self, found: Preparation) -> list[Value]:
        words = self.words
        if found.last is None:
            return [{"strong": "", "text": words("prepare.never")}]
        line = found.last.line
        runs = [
            {
                "strong": words("sheet.last"),
                "text": words(
                    "sheet.sentence",
                    text=words("list.comma").join(
                        part for part in (line.title, line.date.text, line.place or "") if part
                    ),
                ),
            }
        ]
        runs.append({"strong": "", "text": _cut(line.lead, LONG)})
        by: dict[str, list[str]] = {}
        for issue, _, label in found.last.outcomes:
            by.setdefault(label, []).append(issue.text)
        for label, names in by.items():
            told = words("sheet.sentence", text=words.listed(names[:6]))
            runs.append({"strong": label[:1].upper() + label[1:], "text": told})
        return runs

    def _raised(self, found: Preparation) -> Value:
        rows = []
        for one, raised in zip(found.between, found.raised, strict=True):
            if raised:
                told = [
                    self.words("sheet.raised", issue=r.issue.text, n=r.times, date=r.date.text)
                    for r in raised
                ]
                rows.append({"party": one.party.id, "text": self.words("list.semicolon").join(told)})
        return self._block("raised", self.words("prepare.likely"), rows, "issues", full=False)

    # Blocks

    def _block(
        self, kind: str, heading: str, rows: list[Value], what: str, *, full: bool, beyond: int = 0
    ) -> Value:
        """Return a block of at most ROWS rows, with what is said of so many that are left out."""
        beyond += len(rows[ROWS:])
        rows = rows[:ROWS]
        return {
            "kind": kind,
            "title": heading,
            "rows": rows,
            "more": [self._more(what, n + beyond, full=full) for n in range(len(rows) + 1)],
        }

    def _more(self, what: str, n: int, *, full: bool) -> str:
        where = self.words("sheet.in_full" if full else "sheet.on_page")
        return self.words(f"sheet.more.{what}", n=n, where=where) if n else ""

    def _positions(
        self,
        rows: list[Value],
        *,
        full: bool,
        quotes: int,
        quiet: Iterable[str] = (),
        by_event: bool = False,
    ) -> Value:
        block = self._block(
            "positions",
            "",
            rows,
            "events" if by_event else "issues",
            full=full,
        )
        told = {side["quote"]["id"] for row in block["rows"] for side in row["sides"] if side["quote"]}
        beyond = max(0, quotes - len(told))
        block["more_quotes"] = [self._more("quotes", n + beyond, full=full) for n in range(len(told) + 1)]
        block["by_event"] = by_event
        block["shares"] = _shares(block["rows"])
        named = list(quiet)[:12]
        columns = {side["party"] for row in block["rows"] for side in row["sides"]}
        notes = [self.words("sheet.named_only", issues=self.words.listed(named))] if named else []
        silent = [self.view.parties[p].name for p in self._parties() if p not in columns]
        asked = self.subject.asked
        if silent and rows and not (self.subject.meeting or asked.parties or asked.people):
            notes.append(self.words("sheet.party_silent", parties=self.words.listed(silent)))
        block["quiet"] = " ".join(notes)
        return block

    def _promises(self, promised: Iterable[CommitmentView], *, full: bool, beyond: int = 0) -> Value:
        rows = []
        for made in promised:
            late = self._late(made.id)
            due = made.due.text if made.due else made.due_text
            status = made.status_label
            if made.status == "open":
                status = self.words("sheet.no_news", date=made.last_checked.text)
            rows.append(
                {
                    "statement": _cut(made.statement, 300),
                    "parties": [p.id for p in made.made_by],
                    "due": _cut(due, 80) if due else self.words("briefing.no_date"),
                    "late": self._past_due(made.id) if late else "",
                    "status": status,
                    "warning": made.type_label if made.type != "promise" else "",
                }
            )
        return self._block(
            "promises", self.words("term.commitments"), rows, "commitments", full=full, beyond=beyond
        )

    def _late(self, id: str) -> bool:
        made = self.timeline.commitments[id].commitment
        unsettled = made.status in ("open", "partly", "disputed", "unknown") and made.type != "warning"
        return bool(unsettled and made.due and self.as_of and made.due.last < self.as_of)

    def _past_due(self, id: str) -> str:
        """Return that a due date has passed; how long ago where a day was asked for."""
        due = self.timeline.commitments[id].commitment.due
        if not (self.aged and due and self.as_of):
            return self.words("sheet.past_due")
        return self.words("sheet.past_due_since", age=age(due.last, self.as_of, self.words))

    def _chronology(self, key: str, events: Iterable[str], *, full: bool) -> Value:
        rows = []
        for id in events:
            line = self.view.line(id)
            text = line.title
            if line.agreed:
                text = self.words(
                    "sheet.agreed_on",
                    event=text,
                    issues=self.words.listed([link.text for link in line.agreed[:3]]),
                )
            rows.append({"date": line.date.text, "text": _cut(text, 200), "main": line.main})
        return self._block("chronology", self.words(key), rows, "events", full=full)

    def _account(self, summary: str, lead: str) -> Value:
        """Return the rest of the summary, a paragraph a row; its first sentence is in the lead."""
        paragraphs = [
            "".join(run["text"] for run in block["runs"]) for block in blocks(summary) if block["kind"] == "p"
        ]
        rest = [p.removeprefix(lead).strip() if n == 0 else p for n, p in enumerate(paragraphs)]
        return self._block(
            "account",
            self.words("event.summary"),
            [{"text": _cut(p, 900)} for p in rest if p],
            "paragraphs",
            full=True,
        )

    def _side(self, party: str, stand: Stand | None, at: str = "", *, dated: bool = False) -> Value:
        if stand is None:
            return {"party": party, "statement": "", "note": "", "quote": None}
        quote = next((q for q in stand.quotes if len(q.text) <= LONG), None)
        note = (
            self.words("sheet.stand", date=stand.date.text, event=_cut(stand.event.text, 70)) if dated else ""
        )
        statement = _cut(stand.statement, LONG) if stand.statement else ""
        return {
            "party": party,
            "statement": statement,
            "note": note if statement or quote is None else "",
            "quote": self._quote(quote, at) if quote else None,
        }

    def _quote(self, quote: QuoteView, at: str) -> Value:
        record = self.timeline.quotes[quote.id]
        self._sources[record.quote.source] = None
        self._quoted[quote.id] = None
        elsewhere = record.phase != "at"
        return {
            "id": quote.id,
            "words": pieces(quote.text),
            "lead": quote.lead_in or "",
            "lang": quote.language,
            "facts": [
                fact
                for fact in (
                    _cut(quote.speaker.name, 60),
                    quote.date.text,
                    quote.phase_label if elsewhere else "",
                    _cut(quote.source.text, 60),
                    _cut(quote.locator or "", 40),
                )
                if fact
            ],
            "proof": quote.proof,
            "unproven": "" if quote.proof == "verified" else quote.proof_label,
        }

    def _parties(self) -> tuple[str, ...]:
        return self.timeline.columns

    def _columns(self, stands: Iterable[tuple[Stand | None, ...]], also: Sequence[str]) -> list[str]:
        """Return the parties that hold something, or that are named otherwise, in their order."""
        found = {stand.party.id for row in stands for stand in row if stand} | set(also)
        return [party for party in self._parties() if party in found]

    def _met(self, line: EventLine) -> list[Value]:
        found = []
        for party, people in line.people:
            posts = {
                d.person.id: d.post for side in self.view.event(line.id).delegations for d in side.delegates
            }
            shown = [[p.name, _cut(posts.get(p.id, ""), 60)] for p in people[:3]]
            found.append({"party": party.id, "people": shown})
        return found[:4]

    def _foot(self) -> str:
        proven = sum(self.timeline.quotes[q].proof.outcome == "verified" for q in self._quoted)
        named = [self.view.source_link(id).text for id in self._sources]
        told = self.words("list.semicolon").join(named[:4])
        if len(named) > 4:
            told = self.words("sheet.sources_more", sources=told, n=len(named) - 4)
        parts = [self.words("sheet.sources", sources=told)] if named else []
        if self._quoted:
            parts.append(self.words("proof.quotes.some", n=len(self._quoted), proven=proven))
        return " · ".join(parts)


def _rank(blocks: Sequence[Value]) -> None:
    """Give each row, and each row's quotations, its rank: what is set first when there is little room."""
    numbers = count()
    by = {block["kind"]: block["rows"] for block in blocks}
    positions = by.get("positions", [])
    # What both sides speak to comes first; rows stay in their order on the page.
    weight = [-sum(bool(s["statement"] or s["quote"]) for s in row["sides"]) for row in positions]
    telling = [positions[n] for n in sorted(range(len(positions)), key=lambda n: (weight[n], n))]
    others = [row for kind in ("raised", "promises", "chronology", "account") for row in by.get(kind, [])[3:]]
    first = [row for kind in ("raised", "promises", "chronology") for row in by.get(kind, [])[:3]]
    for row in telling[:2]:
        row["rank"], row["said"] = next(numbers), next(numbers)
    for row in first:
        row["rank"] = next(numbers)
    for row in telling[2:_FIRST]:
        row["rank"], row["said"] = next(numbers), next(numbers)
    for row in telling[_FIRST:10]:
        row["rank"] = next(numbers)
    for row in telling[_FIRST:10]:
        row["said"] = next(numbers)
    for row in by.get("account", [])[:3]:
        row["rank"] = next(numbers)
    for row in telling[10:]:
        row["rank"], row["said"] = next(numbers), next(numbers)
    for row in others:
        row["rank"] = next(numbers)


def _shares(rows: Sequence[Value]) -> list[float]:
    """Return how wide each side's column is beside the others': who says much has up to twice as much."""
    if not rows:
        return []
    sizes = [
        sum(
            len(side["statement"]) + sum(len(text) for _, text in (side["quote"] or {"words": ()})["words"])
            for side in (row["sides"][n] for row in rows)
        )
        for n in range(len(rows[0]["sides"]))
    ]
    least = max(1, min(sizes, default=1))
    return [round(min(2.0, max(1.0, (size / least) ** 0.5)), 2) for size in sizes]


def _cut(text: str, length: int) -> str:
    """Return a text, or its beginning up to a word where it is longer."""
    if len(text) <= length:
        return text
    beginning = text[: length - 1]
    at = beginning.rfind(" ")
    return f"{beginning[:at] if at > length // 2 else beginning}…"


def age(since: date, until: date, words: Wording) -> str:
    """Return the time between two days in words: years and months, or days."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    if months < 1:
        return words("sheet.days", n=(until - since).days)
    years, rest = divmod(months, 12)
    parts = [words("sheet.years", n=years)] if years else []
    if rest:
        parts.append(words("sheet.months", n=rest))
    return " ".join(parts)


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
