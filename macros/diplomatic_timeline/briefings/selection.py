"""What a briefing is about: which events of a timeline, and which of their issues, quotes and commitments."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from diplomatic_timeline.model.dates import Edtf, parse_date
from diplomatic_timeline.model.diagnostics import did_you_mean
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.model.vocabulary import Level
from diplomatic_timeline.model.vocabulary import words as vocabulary
from diplomatic_timeline.views.dates import display, phrase, years
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


class SelectionError(Exception):
    """A selection that names what the record does not hold, or that holds nothing; the message says so."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for. Values of one kind widen the selection, different kinds narrow each other.

    An issue stands for those below it too. Nothing given stands for the whole record.
    """

    events: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing was asked for in particular."""
        return self == Selection()


@dataclass(frozen=True, slots=True)
class Selected:
    """A selection applied to a timeline: ids in the timeline's own orders.

    `issues` holds every issue that is shown. `one_sided` says that only some voices were asked for, so that
    the silence of the others means nothing.
    """

    asked: Selection
    events: tuple[str, ...]
    issues: frozenset[str]
    quotes: frozenset[str]
    commitments: tuple[str, ...]

    @property
    def one_sided(self) -> bool:
        return bool(self.asked.people or self.asked.parties)


def select(timeline: Timeline, asked: Selection) -> Selected:
    """Return what a selection holds. Raises SelectionError for an unknown id and where nothing is left."""
    corpus = timeline.corpus
    known: tuple[tuple[str, tuple[str, ...], Mapping[str, object]], ...] = (
        ("event", asked.events, corpus.events),
        ("issue", asked.issues, corpus.issues),
        ("person", asked.people, ChainMap[str, Any]({}, corpus.people, corpus.organizations)),
        ("party", asked.parties, corpus.parties),
        ("level", asked.levels, dict.fromkeys(vocabulary(Level))),
    )
    for kind, ids, registry in known:
        for id in ids:
            if id not in registry:
                near = did_you_mean(id, registry)
                hint = f"did you mean {near!r}?" if near else _some(registry)
                raise SelectionError(f"there is no {kind} {id!r} in the record; {hint}")
    since = parse_date(asked.since).first if asked.since else date.min
    until = parse_date(asked.until).last if asked.until else date.max
    below = (issue for id in asked.issues for issue in timeline.family(id))
    issues = frozenset(below if asked.issues else corpus.issues)
    among = [set(asked.events)] if asked.events else []
    if asked.issues:
        among.append({e for i in issues for e in timeline.events_of_issue.get(i, ())})
    if asked.people:
        there = {e for p in asked.people for e in _attended(timeline, p)}
        said = (
            q
            for p in asked.people
            for q in (*timeline.quotes_of_speaker.get(p, ()), *timeline.quotes_relayed_by.get(p, ()))
        )
        among.append(there | {timeline.quotes[q].event.id for q in said})
    if asked.parties:
        among.append({e for p in asked.parties for e in timeline.events_of_party.get(p, ())})
    every = sorted(set.intersection(*among), key=timeline.ranks.__getitem__) if among else timeline.events
    events = tuple(
        id
        for id in every
        if (not asked.levels or timeline.events[id].level in asked.levels)
        and timeline.events[id].date.last >= since
        and timeline.events[id].date.first <= until
    )
    if not events:
        raise SelectionError("no event of the record is in this selection; nothing was written")
    quotes = frozenset(
        quote.id
        for event in events
        for quote in timeline.events[event].quotes
        if not issues.isdisjoint(quote.issues)
        and (not asked.people or {*(s.speaker for s in quote.speakers), quote.via} & set(asked.people))
        and (not asked.parties or not set(asked.parties).isdisjoint(quote.parties))
    )
    if asked.people:
        # Who was not there is in an event by words alone: they must be among those selected.
        there.update(timeline.quotes[q].event.id for q in quotes)
        events = tuple(id for id in events if id in there)
        if not events:
            raise SelectionError("no event of the record is in this selection; nothing was written")
    promised = (
        promise.id
        for event in events
        for promise in timeline.events[event].commitments
        if (not asked.issues or not issues.isdisjoint(promise.issues))
        and (not asked.parties or not set(asked.parties).isdisjoint(promise.made_by))
    )
    commitments = tuple(sorted(promised, key=timeline.commitment_ranks.__getitem__))
    touched = {i.issue for e in events for i in timeline.events[e].issues}
    return Selected(asked, events, issues & touched, quotes, commitments)


def _attended(timeline: Timeline, speaker: str) -> set[str]:
    return {*timeline.events_of_person.get(speaker, ()), *timeline.events_on_behalf.get(speaker, ())}


def _some(registry: Iterable[str]) -> str:
    ids = list(registry)
    return f"it has {', '.join(ids[:8])}{' …' if len(ids) > 8 else ''}" if ids else "it has none"


def narrowed(timeline: Timeline, selected: Selected) -> Timeline:
    """Return a timeline of the selection alone, for what counts and draws."""
    events: dict[str, Event] = {}
    promised = set(selected.commitments)
    for id in selected.events:
        event = timeline.events[id]
        events[id] = event.model_copy(
            update={
                "issues": tuple(i for i in event.issues if i.issue in selected.issues),
                "quotes": tuple(
                    q.model_copy(update={"issues": tuple(i for i in q.issues if i in selected.issues)})
                    for q in event.quotes
                    if q.id in selected.quotes
                ),
                "commitments": tuple(c for c in event.commitments if c.id in promised),
            }
        )
    corpus: Corpus = timeline.corpus.model_copy(update={"events": events})
    return Timeline(corpus, {q: timeline.quotes[q].proof for q in selected.quotes})


def title(timeline: Timeline, asked: Selection, otherwise: str) -> str:
    """Return the title of a briefing: the one thing it is about, or else the record's name."""
    corpus = timeline.corpus
    named = [
        *(corpus.events[i].title for i in asked.events),
        *(corpus.issues[i].name for i in asked.issues),
        *(_speaker(corpus, i) for i in asked.people),
        *(corpus.parties[i].name for i in asked.parties),
    ]
    return named[0] if len(named) == 1 else otherwise


def description(timeline: Timeline, asked: Selection, words: Wording = ENGLISH) -> str:
    """Return what was asked for in words, without the dates; empty for the whole record."""
    corpus, comma = timeline.corpus, words("list.comma")
    parts = []
    if asked.events:
        one = corpus.events[asked.events[0]]
        many = len(asked.events) > 1
        parts.append(words("count.events", n=len(asked.events)) if many else words(f"kind.{one.kind}"))
    if asked.issues:
        issues = comma.join(corpus.issues[i].name for i in asked.issues)
        parts.append(words("briefing.about.issues", n=len(asked.issues), issues=issues))
    if asked.people:
        people = comma.join(_speaker(corpus, i) for i in asked.people)
        parts.append(words("briefing.about.people", people=people))
    if asked.parties:
        parties = comma.join(corpus.parties[i].phrase or corpus.parties[i].name for i in asked.parties)
        parts.append(words("briefing.about.parties", parties=parties))
    if asked.levels:
        levels = comma.join(words(f"level.{i}") for i in asked.levels)
        parts.append(words("briefing.about.levels", levels=levels))
    if asked.since:
        parts.append(words("date.since", date=display(parse_date(asked.since), words)))
    if asked.until:
        parts.append(words("date.until", date=display(parse_date(asked.until), words)))
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def dates(timeline: Timeline, events: tuple[str, ...], words: Wording = ENGLISH) -> str:
    """Return from when to when some events took place, each end as exactly as it is known."""
    found = [timeline.events[e].date for e in events]
    if len(found) == 1:
        return display(found[0], words)
    first, last = min(found, key=lambda d: d.first), max(found, key=_end)
    if first.start is None or last.end is None:
        return words("date.interval", first=display(first, words), last=display(last, words))
    if first.start.precision == last.end.precision == "year":
        return years(first.start.first.year, last.end.first.year, words)
    ends = [phrase(point, words) for point in (first.start, last.end)]
    return ends[0] if ends[0] == ends[1] else words("date.interval", first=ends[0], last=ends[1])


def _end(when: Edtf) -> date:
    return when.last if when.end else when.first


def _speaker(corpus: Corpus, id: str) -> str:
    return corpus.people[id].name if id in corpus.people else corpus.organizations[id].name
