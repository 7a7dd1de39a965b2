"""What changed on an issue: each party's positions and words from one meeting to the next, and formulae."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from diplomatic_timeline.views import urls
from diplomatic_timeline.views.formulae import Formula, Reader, Recurrence
from diplomatic_timeline.views.models import DateView, Link, PartyView
from diplomatic_timeline.views.positions import Change, Positions
from diplomatic_timeline.views.timeline import Said

STEPS = 4
"""How many pairs of meetings a page compares for each party; the ledger above has them all."""

FORMULAE = 20
"""How many formulae a page lists for each party."""


@dataclass(frozen=True, slots=True)
class PassageView:
    """A quotation's words as they are compared; `formulae` are the stretches of `text` that recur."""

    url: str
    text: str
    language: str
    formulae: tuple[tuple[int, int], ...]
    speaker: str
    date: DateView


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one party held, in our words, and said on an issue at one event, and whether that was new."""

    event: Link
    date: DateView
    statements: tuple[str, ...]
    passages: tuple[PassageView, ...]
    change: str


@dataclass(frozen=True, slots=True)
class FormulaView:
    """A stretch of words that recurs, its first and its last use, and in how many quotations it stands."""

    words: str
    uses: int
    first: PassageView
    last: PassageView


@dataclass(frozen=True, slots=True)
class PartyChanges:
    """One party's positions and words on an issue from one meeting to the next.

    `counted` says what there is to compare; `steps` pairs each event with the one before it, from the newest
    on, and leaves out the `earlier` oldest pairs.
    """

    anchor: str
    party: PartyView
    counted: str
    steps: tuple[tuple[Occasion, Occasion], ...]
    earlier: int
    formulae: tuple[FormulaView, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What one party said and held on an issue and on narrower ones, by date.

    `held` is as `Positions.held` has it; `events` are those at which it was heard, the oldest first.
    """

    party: str
    said: tuple[Said, ...]
    held: tuple[tuple[str, str, str | None, Change], ...]

    @property
    def events(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(event for event, *_ in self.held))


class Changes:
    """Prepares the comparisons of one timeline."""

    def __init__(self, positions: Positions) -> None:
        self.positions = positions
        self.view = positions.view
        self.timeline = positions.timeline
        self.reader = Reader()

    def words(self, issue: str) -> Iterator[Words]:
        """Yield what each party that takes a column said and held on an issue, in the parties' order."""
        said = [self.timeline.quotes[q] for q in self.timeline.of_family("quotes", issue)]
        for party in self.timeline.columns:
            own = tuple(s for s in said if party in s.quote.parties)
            yield Words(party, own, self.positions.held(issue, party))

    def made_from(self, words: Words) -> tuple[object, ...]:
        """Return what `of_party` shows of a record, but for its registries, in plain values."""
        events = [self.timeline.events[id] for id in words.events]
        titles = [(e.title, e.date.text) for e in events[:1] + events[-STEPS - 1 :]]
        quotes = [(s.quote.id, s.quote.text, s.quote.language, s.quote.speaker) for s in words.said]
        said = (quotes, [(s.date.text, s.event.id, s.event.date.text) for s in words.said])
        return (words.party, titles, said, words.held)

    def of_party(self, words: Words) -> PartyChanges:
        """Return what one party said and held from one event to the next, the newest first."""
        party, said, events = words.party, words.said, words.events
        recurrence = self.reader.recurring(said)
        by_event: dict[str, list[Said]] = {}
        for one in said:
            by_event.setdefault(one.event.id, []).append(one)
        pairs = list(pairwise(events))[::-1]

        def occasion(event: str) -> Occasion:
            return Occasion(
                self.view.event_link(event),
                self.view.date(self.timeline.events[event].date),
                tuple(statement for at, _, statement, _ in words.held if at == event and statement),
                tuple(self._passage(s, recurrence) for s in by_event.get(event, ())),
                _overall(change for at, _, _, change in words.held if at == event),
            )

        return PartyChanges(
            anchor=urls.changes_anchor(party),
            party=self.view.parties[party],
            counted=self._counted(words, recurrence),
            steps=tuple((occasion(later), occasion(earlier)) for earlier, later in pairs[:STEPS]),
            earlier=len(pairs[STEPS:]),
            formulae=tuple(self._formula(f, recurrence) for f in recurrence.formulae(FORMULAE)),
        )

    def _passage(self, said: Said, recurrence: Recurrence) -> PassageView:
        quote = said.quote
        return PassageView(
            urls.quote(said.event.id, quote.id),
            quote.text,
            quote.language,
            recurrence.spans_in(quote.id),
            self.view.speaker(quote.speaker).name,
            self.view.date(said.date),
        )

    def _formula(self, formula: Formula, recurrence: Recurrence) -> FormulaView:
        first, last = (self.timeline.quotes[formula.quotes[n]] for n in (0, -1))
        ends = self._passage(first, recurrence), self._passage(last, recurrence)
        return FormulaView(formula.words, len(formula.quotes), *ends)

    def _counted(self, heard: Words, recurrence: Recurrence) -> str:
        """Return in words at how many events a party was heard, how often it was new, and what recurs."""
        words, events = self.view.words, heard.events
        if not events:
            return words("changes.silent")
        if len(events) == 1:
            event = self.timeline.events[events[0]]
            told = words("changes.once", event=event.title, date=self.view.date(event.date).text)
        else:
            found = [_overall(c for at, *_, c in heard.held if at == event) for event in events]
            told = words("changes.over", n=len(events), new=found.count("new"), same=found.count("repeated"))
        if number := len(recurrence):
            key = "changes.formulae_listed" if number > FORMULAE else "changes.formulae"
            return f"{told} {words(key, n=number, listed=FORMULAE)}"
        return f"{told} {words('changes.no_formula')}" if len(heard.said) > 1 else told


def _overall(changes: Iterable[Change]) -> Change:
    """Return what is new of what a party held at one event: anything new makes it new."""
    found = set(changes)
    return "new" if "new" in found else "first" if "first" in found else "repeated"
