"""A briefing as plain values, ready for the Typst template: everything named, numbered, ordered and in words.

What comes out is JSON: texts, numbers and lists. The template decides how it looks, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from diplomatic_timeline.briefings import back_matter
from diplomatic_timeline.briefings.blocks import age
from diplomatic_timeline.briefings.fonts import Typefaces, typeset
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
from diplomatic_timeline.briefings.sheet import Sheet, Subject, address, page_of
from diplomatic_timeline.briefings.summary import Summary
from diplomatic_timeline.briefings.text import Value, event_named, event_told, name, told, told_blocks
from diplomatic_timeline.briefings.volumes import Volume
from diplomatic_timeline.views.dates import span
from diplomatic_timeline.views.event_issues import IssueRow
from diplomatic_timeline.views.models import PartyView
from diplomatic_timeline.views.presenter import Delegate, Delegation, EventView, Presenter
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import Wording


class Logo(NamedTuple):
    """A picture at the head of a briefing: the kind of file (`svg`, `png`, `jpg`), and the file."""

    kind: str
    content: bytes


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
    accent: str | None = None
    """The colour of links and marks, as `#rrggbb`, where it is not the package's."""
    logo: Logo | None = None
    typefaces: Typefaces | None = None
    """The record's own."""
    as_of: date | None = None
    """The day that was asked for, on which it stands; None where it stands on the record's newest."""
    through: date | None = None
    """The day up to which it says that the record goes; the newest of the record where it is None."""
    site: str = ""
    """The site's address, which leads to a briefing's own page; empty where it has none."""
    volume: Volume | None = None
    """Which of how many volumes."""

    def of_volume(self, volume: Volume | None, through: date | None = None) -> Form:
        """Return the form of one volume, in which the record goes through that day."""
        return replace(self, volume=volume, through=through)

    def day(self, timeline: Timeline) -> date | None:
        """Return the day on which a briefing stands; None in an empty record."""
        return self.as_of or self.through or timeline.newest


def contents(view: Presenter, asked: Selection, form: Form) -> Value:
    """Return the contents of a briefing. Raises SelectionError."""
    return contents_of(view, select(view.timeline, asked), form)


def contents_of(view: Presenter, about: Selected | Subject, form: Form) -> Value:
    """Return the contents of a briefing of what is selected already, or of a sheet."""
    if isinstance(about, Subject):
        found = sheet_of(view, about, form)
    else:
        found = _Contents(view, about, form).value()
    # At the top stands what a PDF says of itself, as plain text.
    return {
        name: value if isinstance(value, str) else told(value, view.words) for name, value in found.items()
    }


def sheet_of(view: Presenter, subject: Subject, form: Form) -> Value:
    """Return the contents of a sheet: on one side of paper, on two where two meet."""
    selected, issues = subject.selected(view.timeline), view.corpus.issues
    found = Sheet(view, subject, form.day(view.timeline), aged=form.as_of is not None).value()
    about = () if subject.meeting else (issues[i].name for i in issues if i in selected.issues)
    return {
        **found,
        **_cover(view, form, form.title or found["heading"] or form.name, address(subject)),
        "kind": "sheet",
        "sides": 2 if subject.meeting else 1,
        "subject": _joined(found["kicker"], *found["facts"]),
        "keywords": [*(view.parties[p].name for p in found["columns"]), *about],
        "digest": back_matter.digest(view.timeline, selected),
        "events": [],
    }


def _cover(view: Presenter, form: Form, heading: str, page: str) -> Value:
    """Return what every briefing says of itself; `page` is the address of the page that it belongs to."""
    day, volume = form.day(view.timeline), form.volume
    numbered = {"number": volume.number, "of": volume.of, "span": volume.span} if volume else {}
    return {
        "language": view.words.language,
        "paper": form.paper,
        "words": template_words(view.words),
        "title": view.words("briefing.volume_of", title=heading, **numbered) if volume else heading,
        "heading": heading,
        "opening": {"title": heading},
        "volume": view.words("briefing.volume", **numbered) if volume else "",
        "series": form.name if heading != form.name else "",
        "day": day.isoformat() if day else "",
        "as_of": _standing(view, form),
        "marking": form.marking,
        "accent": form.accent,
        "logo": {"kind": form.logo.kind, "content": [*form.logo.content]} if form.logo else None,
        "typefaces": form.typefaces and {k: v for k, v in form.typefaces._asdict().items() if k != "digest"},
        "parties": {p.id: _party(p) for p in view.parties.values()},
        "address": _at(form.site, page),
    }


def _joined(*facts: str) -> str:
    return " · ".join(fact for fact in facts if fact)


def _standing(view: Presenter, form: Form) -> str:
    """Return how far the record goes; on a day that was asked for also that day, and how much later it is."""
    words, day = view.words, form.as_of
    through = form.through or view.timeline.through
    if through is None:
        return ""
    told = words("sheet.through", date=span(through, through, "day", words))
    if day is None or day <= through:
        return told
    read = span(day, day, "day", words)
    return words("briefing.age", through=told, date=read, age=age(through, day, words))


def _at(site: str, path: str) -> str:
    """Return the address of a page as it is printed, without its scheme; nothing where the site has none."""
    return f"{site.rstrip('/')}/{path}".removeprefix("https://").removeprefix("http://") if site else ""


class _Contents:
    def __init__(self, view: Presenter, selected: Selected, form: Form) -> None:
        self.view, self.selected, self.form = view, selected, form
        self.timeline, self.words = view.timeline, view.words
        self.voices = Statements(view, selected)
        self.small = narrowed(view.timeline, selected)
        self.as_of = form.day(view.timeline)

    def value(self) -> Value:
        selected, form, voices = self.selected, self.form, self.voices
        asked = selected.asked
        many = len(selected.events) > 1
        # A briefing on issues reads by the ledger: its events are lines, and the words stand there once.
        by_ledger = many and bool(asked.issues) and not asked.people
        full = self._in_full(by_ledger=by_ledger)
        ledgers = back_matter.ledgers(voices) if by_ledger else []
        events = [self._event(e) for e in full]
        lines = [e for e in selected.events if e not in full]
        # A person's own words come first, and what everybody holds is not about them.
        summary = {}
        if many and not asked.people:
            summary = Summary(self.view, selected, self.as_of).value()
        overview = bool(summary) and not by_ledger
        told = {row["event"] for ledger in ledgers for row in ledger["rows"]}
        chronology = [self._line(e) for e in reversed(lines) if e not in told]
        promised = [c for c in selected.commitments if self.timeline.commitments[c].event.id in lines]
        heading = form.title or title(self.timeline, asked, form.name)
        single = len(events) == 1 and not lines and events[0]["title"] == heading
        subtitle = description(self.timeline, asked, self.words)
        period = dates(self.timeline, selected.events, self.words)
        issues = self.timeline.corpus.issues
        parties = [self.view.parties[p].name for p in self.timeline.columns]
        most = max(map(len, summary.values()), default=0)
        found = {
            **_cover(self.view, form, heading, page_of(asked)),
            "kind": "briefing",
            "more": [self.words("briefing.more", n=n) for n in range(most + 1)],
            # What the title says is not said below it, nor above a single event what its first line says.
            "subtitle": "" if single or subtitle.endswith(heading) else subtitle,
            "span": "" if single else period,
            "subject": _joined(subtitle, period),
            "keywords": [*parties, *(issues[i].name for i in issues if i in selected.issues)],
            "columns": list(self.timeline.columns),
            "summary": summary,
            "chart": back_matter.overview(self.small, self.words) if overview else None,
            "single": single,
            "events": events,
            "chronology": chronology,
            "promises": [voices.commitment(c) for c in self.view.commitments(promised)],
            "ledgers": ledgers,
            "matrix": back_matter.matrix(self.small, self.words) if overview else [],
            "people": back_matter.people(self.small, self.view) if overview else [],
            "sources": back_matter.sources(voices),
            "colophon": back_matter.colophon(self.small, voices),
        }
        found["colophon"]["typeset"] = typeset(found, self.words)
        return found

    def _in_full(self, *, by_ledger: bool) -> list[str]:
        """Return the events that are told in full; the others are lines of a chronology."""
        selected, asked = self.selected, self.selected.asked
        if asked.events or len(selected.events) == 1:
            return list(selected.events)
        if by_ledger:
            return []
        if asked.people:
            said = {self.timeline.quotes[q].event.id for q in selected.quotes}
            return [e for e in selected.events if e in said]
        return [e for e in selected.events if self.timeline.events[e].prominence == "main"]

    def _line(self, id: str) -> Value:
        """Return an event as a line of a chronology, with its words."""
        line, event = self.view.line(id), self.timeline.events[id]
        named = [link.text for link in line.agreed]
        agreed = self.words("outcome.on", issues=self.words.listed(named)) if named else None
        return {
            **event_told(line),
            "agreed": agreed,
            "groups": self.voices.groups(event),
            "sources": [self.voices.source(s) for s in event.sources],
        }

    def _event(self, id: str) -> Value:
        view, event, voices = self.view.event(id), self.timeline.events[id], self.voices
        line = view.line
        words_only = bool(self.selected.asked.people)
        sources = [voices.source(s) for s in event.sources]
        rows = [(r, i.issue) for r, i in zip(view.issues, event.issues, strict=True)]
        rows = [(r, issue) for r, issue in rows if issue in self.selected.issues]
        spoken = {issue for quote in event.quotes for issue in quote.issues}
        bare = [r.issue.text for r, issue in rows if _bare(r) and issue not in spoken]
        return {
            "id": id,
            "columns": list(self.timeline.columns_of(event)),
            "title": line.title,
            "date": line.date.text,
            "main": line.main,
            "facts": self._facts(view),
            "date_basis": view.date_basis,
            "delegations": [self._delegation(d) for d in view.delegations],
            "summary": told_blocks(view.summary, self.words),
            "issues": []
            if words_only
            else [voices.stances(r, event, issue) for r, issue in rows if not _bare(r)],
            "bare": [] if words_only else bare,
            "words_only": words_only,
            "groups": voices.groups(event),
            "commitments": [
                voices.commitment(c) for c in view.commitments if c.id in self.selected.commitments
            ],
            "warnings": [voices.commitment(c) for c in view.warnings if c.id in self.selected.commitments],
            "sources": sources,
            "related": [
                {
                    **event_named(r.line),
                    "title": self.words("event.related_as", relation=r.relation, event=r.line.title)
                    if r.relation
                    else r.line.title,
                }
                for r in view.related
            ],
            "corrections": [
                [c.date.text, f"{c.text} {c.changed}".rstrip()] for c in view.corrections if c.quote is None
            ],
        }

    def _facts(self, view: EventView) -> list[Value]:
        line, words = view.line, self.words
        status = "" if line.status == "held" else line.status_label
        language, native = view.place_native or ("", None)
        target = words("list.comma").join(link.text for link in view.target)
        more = {"event.target": target, "event.legal_basis": view.legal_basis or ""}
        named = (words("event.fact", fact=words(key), value=value) for key, value in more.items() if value)
        return [
            {"text": line.date.text},
            *([{"text": view.place, "native": native, "lang": language}] if view.place else []),
            *({"text": text} for text in (line.level, line.kind, status, *named) if text),
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


@lru_cache(maxsize=4)
def template_words(words: Wording) -> Value:
    """Return the words that the template sets by itself: those whose keys stand in it."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(TEMPLATE.glob("*.typ")))
    return dict(words.named_in(source))


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
