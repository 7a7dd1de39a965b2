"""What two people, or two parties, need before they meet: when they last met and what came of it, what each
side holds now, what it is likely to raise, and what is still promised.

The site's page and the meeting sheet on paper show the same view.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, islice
from typing import Literal, TypeAlias

from diplomatic_timeline.model.records import Event, Participation
from diplomatic_timeline.views import meetings, urls
from diplomatic_timeline.views.commitments import CommitmentView
from diplomatic_timeline.views.event_lines import EventLine
from diplomatic_timeline.views.formulae import Formula, Reader
from diplomatic_timeline.views.meetings import Pair
from diplomatic_timeline.views.models import DateView, Link, PartyView
from diplomatic_timeline.views.positions import Positions, Stand

Kind: TypeAlias = Literal["people", "parties"]

TOPICS, RAISED, COMMITMENTS, MEETINGS, PHRASES = 20, 6, 12, 12, 3
"""How many issues, likely ones, open commitments, earlier meetings and recurring phrases are told."""

ROOM = 2400
"""Characters of these issues in all, of the side that says more of each: what two printed pages hold."""

PAIRS = 200
"""How many pairs of people, those who met last, are prepared; further ones are referred to their parties'."""

RECENT = 10
"""What a side raised at as many events of late tells what it is likely to raise."""

OPEN = ("open", "disputed", "partly", "unknown")
"""The statuses of commitments of which something is still to come."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """One of the two who meet: a person in the latest known post, or a party."""

    id: str
    name: str
    post: str | None
    party: PartyView
    url: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting and what came of it: the issues with a known outcome (issue, outcome, in words), promises."""

    line: EventLine
    outcomes: tuple[tuple[Link, str, str], ...]
    commitments: tuple[CommitmentView, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What each of two sides holds now on an issue; None where nothing is on record.

    `above` has for each the issue of an earlier topic under which its quotation stands already, or None.
    """

    issue: Link
    stands: tuple[Stand | None, Stand | None]
    above: tuple[Link | None, Link | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Raised:
    """How often a side raised an issue of late, and where it last did."""

    issue: Link
    times: int
    event: Link
    date: DateView


@dataclass(frozen=True, slots=True)
class Preparation:
    """What there is to know before two meet.

    `between` has them in the order of their parties, and so has each pair below. `last` is None where they
    have not met in this record; `earlier` are their other meetings, the newest first, without the oldest.
    `topics` are those on which a side holds something, the latest discussed first; `further` names the rest.
    `commitments` are the open ones of either side, by due date; `more` are not among them.
    """

    kind: Kind
    url: str
    between: tuple[Counterpart, Counterpart]
    met: int
    last: Meeting | None
    earlier: tuple[EventLine, ...]
    topics: tuple[Topic, ...]
    further: tuple[Link, ...]
    raised: tuple[tuple[Raised, ...], tuple[Raised, ...]]
    commitments: tuple[CommitmentView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Sides:
    """What all who meet for two parties share; topics, commitments and events by ids."""

    topics: tuple[str, ...]
    raised: tuple[tuple[Raised, ...], tuple[Raised, ...]]
    commitments: tuple[str, ...]
    events: tuple[str, ...]


class Preparations:
    """Prepares the meetings of one timeline."""

    def __init__(self, positions: Positions) -> None:
        self.positions = positions
        self.view = positions.view
        self.timeline = positions.timeline
        self._sides = cache(self._find_sides)
        self.phrases = cache(self._find_phrases)

    @cached_property
    def people(self) -> dict[Pair, tuple[str, ...]]:
        """The pairs of people who have met, those who met last first, with their events, the oldest first."""
        return {} if "prepare" in self.timeline.without else meetings.of_people(self.timeline)

    @cached_property
    def pages(self) -> dict[Pair, tuple[str, ...]]:
        """Those pairs of people that are prepared."""
        return dict(islice(self.people.items(), PAIRS))

    @cached_property
    def of_person(self) -> Mapping[str, list[tuple[str, Pair]]]:
        """Those with whom each person has a page, who met last first, and the pair of it."""
        found: defaultdict[str, list[tuple[str, Pair]]] = defaultdict(list)
        for a, b in self.pages:
            found[a].append((b, (a, b)))
            found[b].append((a, (a, b)))
        return found

    def after(self, event: Event) -> tuple[Kind, Pair] | None:
        """Return who can prepare to meet again after an event: its first two heads, or their parties."""
        if event.kind not in meetings.MEETINGS or not self.parties:
            return None
        met = meetings.heads(event, self.timeline.columns)
        for (a, first), (b, second) in combinations(met, 2):
            if first != second:
                return ("people", (a, b)) if (a, b) in self.pages else ("parties", (first, second))
        return None

    @cached_property
    def parties(self) -> dict[Pair, tuple[str, ...]]:
        """All pairs of parties, those who met last first, with their events, which may be none."""
        if "prepare" in self.timeline.without:
            return {}
        met = meetings.of_parties(self.timeline)
        every = combinations(self.timeline.columns, 2)
        return {**met, **{pair: () for pair in every if pair not in met}}

    def events(self, kind: Kind, pair: Pair) -> tuple[str, ...]:
        """Return the ids of all events that a preparation is made from."""
        sides = self._sides(*self.parties_of(kind, pair))
        return tuple(dict.fromkeys((*self._met(kind, pair), *sides.events)))

    def of(self, kind: Kind, pair: Pair) -> Preparation:
        """Return the preparation of one of `people` or `parties`."""
        parties, met = self.parties_of(kind, pair), self._met(kind, pair)
        sides = self._sides(*parties)
        topics = tuple(self._topics(sides.topics[:TOPICS], parties))
        return Preparation(
            kind=kind,
            url=urls.preparation(kind, *pair),
            between=(
                self._counterpart(kind, pair[0], parties[0]),
                self._counterpart(kind, pair[1], parties[1]),
            ),
            met=len(met),
            last=self._meeting(self.timeline.events[met[-1]], parties) if met else None,
            earlier=self.view.lines(met[-2 : -2 - MEETINGS : -1]),
            topics=topics,
            further=self.view.issue_links(sides.topics[len(topics) :]),
            raised=sides.raised,
            commitments=self.view.commitments(sides.commitments[:COMMITMENTS]),
            more=len(sides.commitments[COMMITMENTS:]),
        )

    def _topics(self, issues: Iterable[str], parties: Pair) -> Iterator[Topic]:
        """Yield what each side holds on these issues, while there is room."""
        room = ROOM
        under: dict[str, Link] = {}
        for id in issues:
            a, b = (self.positions.own(id, party) for party in parties)
            room -= max(_length(a), _length(b))
            if room < 0:
                return
            issue = self.view.issue_link(id)
            yield Topic(issue, (a, b), (_above(a, issue, under), _above(b, issue, under)))

    def _met(self, kind: Kind, pair: Pair) -> tuple[str, ...]:
        return (self.people if kind == "people" else self.parties)[pair]

    def parties_of(self, kind: Kind, pair: Pair) -> Pair:
        """Return for which parties two meet: those of their last meeting."""
        if kind == "parties":
            return pair
        event = self.timeline.events[self._met(kind, pair)[-1]]
        first, second = (_part(event, person).party for person in pair)
        return first, second

    def _counterpart(self, kind: Kind, id: str, party: str) -> Counterpart:
        view = self.view.parties[party]
        if kind == "parties":
            return Counterpart(id, view.name, None, view, view.url)
        speaker = self.view.speaker(id)
        newest = self.timeline.events[self.timeline.events_of_person[id][-1]]
        post = self.view.present(self.timeline.corpus.people[id]) or _part(newest, id).post
        return Counterpart(id, speaker.name, post, view, speaker.url)

    def _meeting(self, event: Event, parties: Pair) -> Meeting:
        return Meeting(
            self.view.line(event.id),
            tuple(
                (self.view.issue_link(i.issue), i.outcome, label)
                for i in event.issues
                if (label := self.view.outcome(i.outcome))
            ),
            self.view.commitments(c.id for c in event.commitments if set(parties).intersection(c.made_by)),
        )

    def _find_sides(self, a: str, b: str) -> _Sides:
        timeline, positions = self.timeline, self.positions
        held = {id: (positions.events(id, a), positions.events(id, b)) for id in timeline.corpus.issues}
        newest = {
            id: max(timeline.ranks[events[-1]] for events in both if events)
            for id, both in held.items()
            if any(both)
        }
        topics = sorted(newest, key=lambda id: -newest[id])
        promised = [
            id
            for id, made in timeline.commitments.items()
            if made.counts and made.commitment.status in OPEN and {a, b}.intersection(made.commitment.made_by)
        ]
        raised = self._likely(a), self._likely(b)
        # What a stand changed against stood at the event before.
        events = [e for id in topics for both in held[id] for e in both[-2:]]
        events += [event for _, among in raised for event in among]
        events += [timeline.commitments[id].event.id for id in promised]
        likely = (raised[0][0], raised[1][0])
        return _Sides(tuple(topics), likely, tuple(promised), tuple(dict.fromkeys(events)))

    def _find_phrases(self, party: str) -> tuple[Formula, ...]:
        """Return what a party says again and again, on whatever issue, the most used first."""
        said = [self.timeline.quotes[id] for id in self.timeline.quotes_of_party.get(party, ())]
        return Reader().recurring(said).formulae(PHRASES)

    def _likely(self, party: str) -> tuple[tuple[Raised, ...], list[str]]:
        """Return what a party raised of late, and the events at which it did.

        What it raised most often comes first, then what it raised last.
        """
        times: Counter[str] = Counter()
        last: dict[str, str] = {}
        events: list[str] = []
        for id in reversed(self.timeline.events_of_party.get(party, ())):
            raised = [i.issue for i in self.timeline.events[id].issues if party in i.raised_by]
            if raised:
                events.append(id)
                times.update(raised)
                last = {**dict.fromkeys(raised, id), **last}
            if len(events) == RECENT:
                break
        order = sorted(times, key=lambda id: (-times[id], -self.timeline.ranks[last[id]]))
        lines = {id: self.view.line(last[id]) for id in order[:RAISED]}
        return tuple(
            Raised(self.view.issue_link(id), times[id], self.view.event_link(line.id), line.date)
            for id, line in lines.items()
        ), events


def _part(event: Event, person: str) -> Participation:
    return next(p for p in event.participants if p.person == person)


def _above(held: Stand | None, issue: Link, under: dict[str, Link]) -> Link | None:
    """Return the issue under which a stand's quotation stands already; else note that this one has it."""
    first = under.setdefault(held.quote.id, issue) if held and held.quote else issue
    return None if first == issue else first


def _length(held: Stand | None) -> int:
    """Return how many characters a stand has in a table."""
    if held is None:
        return 0
    return len(held.statement or "") + (len(held.quote.text) if held.quote else 0)
