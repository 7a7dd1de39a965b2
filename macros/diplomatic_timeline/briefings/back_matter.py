"""What stands behind the events of a briefing: ledgers, chart, matrix, people, sources, colophon."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, astuple

from diplomatic_timeline.briefings.quotes import Statements
from diplomatic_timeline.briefings.selection import Selected
from diplomatic_timeline.briefings.text import Value, event_named, name
from diplomatic_timeline.chart.geometry import LABEL, WIDTH
from diplomatic_timeline.chart.overview import overview as draw
from diplomatic_timeline.model.registries import Organization, Person
from diplomatic_timeline.views import tables
from diplomatic_timeline.views.event_issues import LedgerRow
from diplomatic_timeline.views.matrix import matrix as issue_matrix
from diplomatic_timeline.views.models import WithdrawalView
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import Wording

_COLUMNS = 12  # events that fit beside each other in the matrix
_ALTERNATIVE = 12_000  # characters; a string in PDF/A-2 ends at 32,767 bytes, and nobody listens that long


def ledgers(voices: Statements) -> list[Value]:
    """Return the ledger of each selected issue, in the order of the issues."""
    found = []
    chosen = frozenset(voices.selected.events)
    for issue, _ in voices.timeline.issue_tree():
        if issue.id in voices.selected.issues:
            there = [e for e in voices.timeline.events_of_issue.get(issue.id, ()) if e in chosen]
            rows = voices.view.ledger(issue.id, there, voices.selected.quotes)
            found.append(
                {
                    "name": issue.name,
                    "id": issue.id,
                    "description": issue.description,
                    "rows": [_row(r, issue.id, voices) for r in rows if r.outside or not r.empty],
                }
            )
    return found


def _row(row: LedgerRow, issue: str, voices: Statements) -> Value:
    sides = [s for s in row.sides if s.quotes or s.joint or s.statement or not voices.selected.one_sided]
    return {
        **event_named(row.event),
        "outcome": voices.outcome(row),
        "sides": [voices.side(s, row.event.id, issue) for s in sides],
        "outside": [voices.quote(q, issue) for q in row.outside],
    }


def overview(small: Timeline, words: Wording) -> Value | None:
    """Return the chart of a timeline, or None where it has a single lane and so nothing to compare."""
    drawn = draw(small, words)
    if len(drawn.lanes) < 2:
        return None
    told = _told([[link.text for link in lane.events] for lane in drawn.lanes], words)
    return {
        "width": WIDTH,
        "label": LABEL,
        "summary": drawn.summary,
        "column": drawn.column,
        "kinds": sorted(drawn.kinds),
        "step": drawn.step,
        "ticks": [*map(astuple, drawn.ticks)],
        "lanes": [
            {
                "name": lane.link.text,
                "depth": lane.depth,
                "marks": [{**asdict(mark), "thick": mark.thick} for mark in lane.marks],
                "columns": [*map(astuple, lane.columns)],
                "events": events,
            }
            for lane, events in zip(drawn.lanes, told, strict=True)
        ],
    }


def _told(lanes: list[list[str]], words: Wording) -> list[list[str]]:
    """Return what the text alternative says of each lane: its events, or the ends of long lanes."""
    if sum(len(text) for events in lanes for text in events) <= _ALTERNATIVE:
        return lanes
    return [
        [words("briefing.chart_lane", n=len(events), first=events[0], last=events[-1])]
        if len(events) > 2
        else events
        for events in lanes
    ]


def matrix(small: Timeline, words: Wording) -> list[Value]:
    """Return the matrix in parts as wide as a page: one for every twelve main events; none for one issue."""
    whole = issue_matrix(Presenter(small, words), len(small.events))
    if len(whole.rows) < 2:
        return []
    parts = []
    for at in range(0, len(whole.columns), _COLUMNS):
        across = slice(at, at + _COLUMNS)
        rows = [
            {
                "name": row.issue.text,
                "depth": row.depth,
                "cells": [c.quotes if c else -1 for c in row.cells[across]],
            }
            for row in whole.rows
            if any(row.cells[across])
        ]
        if rows:
            parts.append(
                {"events": [event_named(column.event) for column in whole.columns[across]], "rows": rows}
            )
    return parts


def people(small: Timeline, view: Presenter) -> list[Value]:
    """Return who took part, spoke or relayed, by party and family name; organizations after the people."""
    shown = {*small.events_of_person, *small.quotes_of_speaker, *small.quotes_relayed_by}
    everybody = [p for p in view.timeline.people if p.id in shown]
    bodies = [o for o in view.corpus.organizations.values() if o.id in shown]
    groups = []
    for party in (*small.columns, *small.observers, None):
        members: list[Person | Organization] = [p for p in everybody if p.party_at() == party]
        members += [o for o in bodies if o.party == party]
        if members:
            groups.append({"party": party, "people": [_entry(m, small, view) for m in members]})
    return groups


def _entry(member: Person | Organization, small: Timeline, view: Presenter) -> Value:
    posts = member.posts if isinstance(member, Person) else ()
    said = len(small.quotes_of_speaker.get(member.id, ()))
    return {
        **name(view.speaker(member.id)),
        "posts": [[p.title, view.date(p.dates).text if p.dates else ""] for p in posts],
        "events": len(small.events_of_person.get(member.id, ())),
        "quotes": said + len(small.quotes_relayed_by.get(member.id, ())),
    }


def sources(voices: Statements) -> list[Value]:
    """Return the sources that were met, by their numbers."""
    timeline, words = voices.timeline, voices.words
    found = []
    for id, number in voices.numbers.items():
        source = voices.view.source(id)
        resting = voices.chosen(timeline.quotes_of_source.get(id, ()))
        proven = sum(timeline.quotes[q].proof.outcome == "verified" for q in resting)
        found.append(
            {
                "number": number,
                "title": source.title,
                "lang": source.language,
                "publisher": source.publisher,
                "byline": source.byline,
                "published": source.published.text,
                "kind": words("list.comma").join((source.kind, *(text for text, _ in source.numbered))),
                "address": source.address,
                "archive": source.archive,
                "note": source.note,
                "withdrawn": _withdrawn(source.withdrawn, words),
                "rests": words("proof.quotes.some", n=len(resting), proven=proven) if resting else None,
                "pinned": words("source.pinned", date=source.pinned) if source.pinned else None,
            }
        )
    return found


def _withdrawn(told: WithdrawalView | None, words: Wording) -> str | None:
    if told is None:
        return None
    why = words("source.withdrawn_why", date=told.date.text, why=told.why)
    other = told.replaced_by
    return f"{why} {words('source.replaced_by', source=words.quoted(other.text))}" if other else why


def colophon(small: Timeline, voices: Statements) -> Value:
    """Return how a briefing was made: proof, counts, digest."""
    words = voices.words
    counts = tables.counts(small, words)
    numbers = {
        "events": counts.events,
        "quotes": counts.quotes,
        "commitments": counts.commitments,
        "issues": counts.issues,
        "sources": len(voices.numbers),
    }
    told = (kind for kind in numbers if kind not in voices.timeline.without)
    numbered = [words(f"count.{kind}", n=numbers[kind]) for kind in told]
    return {
        "proof": counts.proof_sentence,
        "counts": words("list.comma").join(numbered),
        "digest": digest(voices.timeline, voices.selected),
    }


def digest(timeline: Timeline, selected: Selected) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the selected events.

    Hashed is their JSON by id, with keys in order and without spaces.
    """
    events = {e: timeline.events[e].model_dump(mode="json", by_alias=True) for e in selected.events}
    text = json.dumps(events, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
