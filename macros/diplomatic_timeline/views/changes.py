"""What changed on an issue: each party's words from one meeting to the next, and the formulae in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from diplomatic_timeline.views import urls
from diplomatic_timeline.views.formulae import Formula, Reader, Recurrence
from diplomatic_timeline.views.models import FormulaView, Occasion, PartyChanges, PassageView
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Said

STEPS = 4
"""How many pairs of meetings a page compares for each party; the ledger above has them all."""

FORMULAE = 20
"""How many formulae a page lists for each party."""


@dataclass(frozen=True, slots=True)
class Words:
    """What one party said on an issue, by date, and the events at which it did, the oldest first."""

    party: str
    said: tuple[Said, ...]
    events: tuple[str, ...]


class Changes:
    """Prepares the comparisons of one timeline."""

    def __init__(self, view: Presenter) -> None:
        self.view = view
        self.timeline = view.timeline
        self.reader = Reader()

    def words(self, issue: str) -> Iterator[Words]:
        """Yield what each party that takes a column said on an issue, in the parties' order."""
        said = [self.timeline.quotes[q] for q in self.timeline.quotes_of_issue.get(issue, ())]
        for party in self.timeline.columns:
            own = tuple(s for s in said if party in s.quote.parties)
            events = {s.event.id: s.event for s in own}
            order = sorted(events, key=lambda id: (events[id].date.order, id))
            yield Words(party, own, tuple(order))

    def made_from(self, words: Words) -> tuple[object, ...]:
        """Return what `of_party` shows of a record, but for its registries, in plain values."""
        titles = [self.timeline.events[id].title for id in words.events[-STEPS - 1 :]]
        said = [
            (
                *(s.quote.id, s.quote.text, s.quote.language, s.quote.speaker),
                *(s.date.text, s.event.id, s.event.date.text),
            )
            for s in words.said
        ]
        return (words.party, titles, said)

    def of_party(self, words: Words) -> PartyChanges:
        """Return what one party said from one event to the next."""
        party, said, events = words.party, words.said, words.events
        recurrence = self.reader.recurring(said)
        by_event: dict[str, list[Said]] = {}
        for one in said:
            by_event.setdefault(one.event.id, []).append(one)
        pairs = list(pairwise(events))[::-1]

        def occasion(event: str) -> Occasion:
            passages = tuple(self._passage(s, recurrence) for s in by_event[event])
            date = self.view.date(self.timeline.events[event].date)
            return Occasion(self.view.event_link(event), date, passages)

        return PartyChanges(
            anchor=urls.changes_anchor(party),
            party=self.view.parties[party],
            counted=self._counted(party, said, events, recurrence),
            steps=tuple((occasion(earlier), occasion(later)) for earlier, later in pairs[:STEPS]),
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
        return FormulaView(
            formula.words,
            first.quote.language,
            len(formula.quotes),
            self._passage(first, recurrence),
            self._passage(last, recurrence),
        )

    def _counted(
        self, party: str, said: Sequence[Said], events: Sequence[str], recurrence: Recurrence
    ) -> str:
        """Return in words how much there is to compare, and whether anything recurs in it."""
        words, whose = self.view.words, self.view.parties[party].phrase
        if not said:
            return words("changes.silent", party=whose)
        if len(events) > 1:
            events_in_words = words("count.events", n=len(events))
            told = words("changes.at_events", n=len(said), party=whose, events=events_in_words)
            return f"{told} {self._found(recurrence)}"
        event = self.timeline.events[events[0]]
        date = self.view.date(event.date).text
        told = words("changes.at_one_event", n=len(said), party=whose, event=event.title, date=date)
        return f"{told} {self._found(recurrence)}" if recurrence else told

    def _found(self, recurrence: Recurrence) -> str:
        words, number = self.view.words, len(recurrence)
        if not number:
            return words("changes.no_formula")
        key = "changes.formulae_listed" if number > FORMULAE else "changes.formulae"
        return words(key, n=number, listed=FORMULAE)
