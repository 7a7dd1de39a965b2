"""A briefing as plain values, ready for the Typst template: everything named, numbered, ordered and in words.

What comes out is JSON: texts, numbers and lists. The template decides how it looks, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from diplomatic_timeline.briefings import back_matter
from diplomatic_timeline.briefings.press import TEMPLATE
from diplomatic_timeline.briefings.quotes import Statements
from diplomatic_timeline.briefings.selection import (
    Selected,
    Selection,
    dates,
    description,
    narrowed,
    select,
    title,
)
from diplomatic_timeline.briefings.summary import Summary
from diplomatic_timeline.briefings.text import Value, blocks, name
from diplomatic_timeline.briefings.volumes import Volume
from diplomatic_timeline.views.dates import span
from diplomatic_timeline.views.models import Delegate, Delegation, EventView, IssueRow, PartyView
from diplomatic_timeline.views.presenter import Presenter


@dataclass(frozen=True, slots=True)
class Form:
    """How a briefing looks and what its cover says; a title of None takes that of the selection."""

    name: str
    """The record's name."""
    paper: str = "a4"
    """`a4` or `us-letter`."""
    title: str | None = None
    marking: str = ""
    """The line at the foot of every page, as in `For official use only`."""
    as_of: date | None = None
    """The day on which it stands; the newest of the record where it is None."""
    sheet: bool = False
    """Whether it is the sheet of two sides rather than the whole briefing."""
    volume: Volume | None = None
    """Which of how many volumes."""

    def of_volume(self, volume: Volume | None, as_of: date | None = None) -> Form:
        """Return the form of one volume, which stands on the day `as_of` where this form names none."""
        return replace(self, volume=volume, as_of=self.as_of or as_of)


def contents(view: Presenter, asked: Selection, form: Form) -> Value:
    """Return the contents of a briefing. Raises SelectionError."""
    return contents_of(view, select(view.timeline, asked), form)


def contents_of(view: Presenter, selected: Selected, form: Form) -> Value:
    """Return the contents of a briefing of what is selected already."""
    return _Contents(view, selected, form).value()


class _Contents:
    def __init__(self, view: Presenter, selected: Selected, form: Form) -> None:
        self.view, self.selected, self.form = view, selected, form
        self.timeline, self.words = view.timeline, view.words
        self.voices = Statements(view, selected)
        self.small = narrowed(view.timeline, selected)
        self.as_of = form.as_of or view.timeline.newest

    def value(self) -> Value:
        selected, form, voices = self.selected, self.form, self.voices
        asked = selected.asked
        many = len(selected.events) > 1
        full = not form.sheet
        with_ledgers = full and many and not asked.people
        # A briefing on issues reads by the ledger; its events then give the facts and not the words again.
        by_ledger = with_ledgers and bool(asked.issues)
        ledgers = back_matter.ledgers(voices) if by_ledger else []
        events = [self._event(e, by_ledger=by_ledger) for e in selected.events] if full else []
        ledgers = ledgers or (back_matter.ledgers(voices) if with_ledgers else [])
        summary = Summary(self.view, selected, self.as_of).value(voices)
        heading = form.title or title(self.timeline, asked, form.name)
        series = form.name if heading != form.name else ""
        subtitle = description(self.timeline, asked, self.words)
        period = dates(self.timeline, selected.events, self.words)
        return {
            "kind": "sheet" if form.sheet else "briefing",
            "language": self.words.language,
            "paper": form.paper,
            "words": self.words.named_in(_template()),
            "more": [self.words("briefing.more", n=n) for n in range(max(map(len, summary.values())) + 1)],
            "title": self._volume("briefing.volume_of", title=heading) or heading,
            "heading": heading,
            "volume": self._volume("briefing.volume"),
            "series": series,
            "subtitle": subtitle,
            "span": period,
            "day": self.as_of.isoformat() if self.as_of else "",
            "as_of": self._as_of(),
            "marking": form.marking,
            "subject": " · ".join(part for part in (subtitle, period) if part),
            "keywords": self._keywords(),
            "parties": {p.id: _party(p) for p in self.view.parties.values()},
            "columns": list(self.timeline.columns),
            "summary": summary,
            "chart": back_matter.overview(self.small, self.words) if full and many else None,
            "events": events,
            "ledgers": ledgers,
            "by_ledger": by_ledger,
            "matrix": back_matter.matrix(self.small, self.words) if full and many else [],
            "people": back_matter.people(self.small, self.view) if full else [],
            "sources": back_matter.sources(voices),
            "colophon": back_matter.colophon(self.small, voices),
        }

    def _volume(self, key: str, **fields: str) -> str:
        """Return which volume it is, in the words of that key; nothing where it is whole."""
        volume = self.form.volume
        if volume is None:
            return ""
        return self.words(key, number=volume.number, of=volume.of, span=volume.span, **fields)

    def _as_of(self) -> str:
        day = self.as_of
        return self.words("briefing.as_of", date=span(day, day, "day", self.words)) if day else ""

    def _keywords(self) -> list[str]:
        issues = self.timeline.corpus.issues
        parties = [self.view.parties[p].name for p in self.timeline.columns]
        return [*parties, *(issues[i].name for i in issues if i in self.selected.issues)]

    def _event(self, id: str, *, by_ledger: bool) -> Value:
        view, event, voices = self.view.event(id), self.timeline.events[id], self.voices
        line = view.line
        sources = [voices.source(s) for s in event.sources]
        rows = [(r, i.issue) for r, i in zip(view.issues, event.issues, strict=True)]
        rows = [(r, issue) for r, issue in rows if issue in self.selected.issues]
        return {
            "id": id,
            "title": line.title,
            "date": line.date.text,
            "main": line.main,
            "facts": self._facts(view),
            "date_basis": view.date_basis,
            "delegations": [self._delegation(d) for d in view.delegations],
            "summary": blocks(view.summary),
            "issues": []
            if by_ledger
            else [voices.stances(r, event, issue) for r, issue in rows if not _bare(r)],
            "bare": [r.issue.text for r, _ in rows if _bare(r)],
            "in_ledger": [r.issue.text for r, _ in rows] if by_ledger else [],
            "groups": [] if by_ledger else voices.groups(event),
            "commitments": [
                voices.commitment(c) for c in view.commitments if c.id in self.selected.commitments
            ],
            "warnings": [voices.commitment(c) for c in view.warnings if c.id in self.selected.commitments],
            "sources": sources,
            "related": [
                {
                    "title": self.words("event.related_as", relation=r.relation, event=r.line.title)
                    if r.relation
                    else r.line.title,
                    "date": r.line.date.text,
                    "event": r.line.id,
                }
                for r in view.related
            ],
            "corrections": [[when.text, text] for when, text in view.corrections],
        }

    def _facts(self, view: EventView) -> list[Value]:
        line, words = view.line, self.words
        language, native = view.place_native or ("", None)
        target = words("list.comma").join(link.text for link in view.target)
        more = {"event.target": target, "event.legal_basis": view.legal_basis or ""}
        named = (words("event.fact", fact=words(key), value=value) for key, value in more.items() if value)
        return [
            {"text": line.date.text},
            *([{"text": view.place, "native": native, "lang": language}] if view.place else []),
            *({"text": text} for text in (line.level, line.kind, line.status_label, *named)),
        ]

    def _delegation(self, delegation: Delegation) -> Value:
        return {
            "party": delegation.party.id,
            "people": [
                {
                    **name(d.person),
                    "post": self._post(d),
                    "role": d.role_label if d.role != "delegate" else None,
                }
                for d in delegation.delegates
            ],
        }

    def _post(self, delegate: Delegate) -> str:
        body = delegate.on_behalf_of
        behalf = (self.words("delegation.behalf", body=body.text),) if body else ()
        return self.words("list.comma").join((delegate.post, *behalf))


@cache
def _template() -> str:
    """Return the source of the template, which names the words that it sets by itself."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(TEMPLATE.glob("*.typ")))


def _party(party: PartyView) -> Value:
    return {
        "name": party.name,
        "phrase": party.phrase,
        "short": party.short,
        "color": party.color,
        "marker": party.marker,
    }


def _bare(row: IssueRow) -> bool:
    """Return whether an issue is only named at an event."""
    return row.empty and not row.raised_by and row.outcome == "unknown"
