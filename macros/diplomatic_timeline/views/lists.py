"""The long lists (events, quotes, commitments, sources): their order, their filters, and what scripts need.

A list that fits on its page carries its index there. A longer one has it in script files, one a facet, with
its entries in shards: a browser loads what a reader asks for, over http and from a folder alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import sub
from typing import Any, Literal, get_args

from pydantic_core import to_json

from diplomatic_timeline.views import facets, urls
from diplomatic_timeline.views.facets import Column, Days, Entry
from diplomatic_timeline.views.models import PartyView
from diplomatic_timeline.views.scripts import call
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording

Name = Literal["events", "quotes", "commitments", "sources"]
NAMES: tuple[Name, ...] = get_args(Name)

SIZE = 40
"""How many entries stand on a page."""
FIRST = 24
"""How many events stand on the first page: most of them are one line."""
SHARD = 20
"""How many entries a script file holds: a reader of a narrow selection needs few from each."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The filters of a list of `size` entries, and its orders, its own first.

    `index` says which entry bears which choice where the list stands whole on its page; a longer list has its
    index and its entries in files beside `index_url`. `first` and `last` are the days of a possible period.
    """

    name: str
    size: int
    facets: tuple[Column, ...]
    orders: tuple[tuple[str, str], ...]
    first: str
    last: str
    index: Mapping[str, Any] | None
    index_url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in its own order, and what each of its entries is found by.

    `of` are the places that its entries have among all of their kind.
    """

    name: Name
    ids: tuple[str, ...]
    days: Days
    columns: tuple[Column, ...]
    words: Wording
    of: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """Whether all entries stand on one page."""
        return len(self.ids) <= (FIRST if self.name == "events" else SIZE)

    @property
    def panel(self) -> Panel | None:
        """The filters of the list; None where there is nothing to choose."""
        if len(self.ids) < 2:
            return None
        own = ("open",) if self.name == "commitments" else ()
        # An open end can mean any day, but nobody asks for the year 9999.
        open_ends = (date.min.toordinal(), date.max.toordinal())
        days = [d for side in (self.days.first, self.days.last) for d in side if d not in open_ends]
        return Panel(
            name=self.name,
            size=len(self.ids),
            facets=self.columns,
            orders=tuple((by, self.words(f"filters.order.{by}")) for by in (*own, "newest", "oldest")),
            first=(date.fromordinal(min(days)) if days else date.min).isoformat(),
            last=(date.fromordinal(max(days)) if days else date.max).isoformat(),
            index=self.index() if self.whole else None,
            index_url=urls.list_index(self.name, "dates"),
        )

    def index(self) -> dict[str, Any]:
        """Return the index as one value: `dates`, and each facet by its key."""
        of = {"of": _steps(self.of)} if self.of and len(self.of) <= self.of[-1] else {}
        return {"dates": self._dates(), **of, **{c.key: _packed(c) for c in self.columns}}

    def _dates(self) -> dict[str, Any]:
        """Return first days (proleptic Gregorian ordinals, each less the one before), and how many follow."""
        return {
            "first": _steps(self.days.first),
            "more": list(map(sub, self.days.last, self.days.first)),
            "shard": SHARD,
        }

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the index of a list that does not fit on its page: address below the root, and script."""
        if not self.whole:
            for key, value in self.index().items():
                yield urls.list_index(self.name, key), _script("index", self.name, key, value)

    def shards(self) -> Iterator[tuple[str, int, tuple[str, ...]]]:
        """Yield the script files that hold the entries: address, the place of the first, and their ids."""
        if not self.whole:
            for number, begin in enumerate(range(0, len(self.ids), SHARD)):
                yield urls.list_cards(self.name, number), begin, self.ids[begin : begin + SHARD]


def cards(name: Name, begin: int, entries: Sequence[str]) -> bytes:
    """Return a script that holds entries of a list, from the one at `begin`; addresses are not resolved."""
    return call("dtLists.take", "cards", name, begin // SHARD, entries)


def events_in_order(timeline: Timeline) -> Iterator[str]:
    """Yield all events year by year, the newest first."""
    for year in reversed(timeline.years):
        yield from reversed(timeline.events_of_year[year])


_LISTS: dict[Name, tuple[Callable[[Timeline], Iterable[str]], Callable[[Timeline, str], Entry]]] = {
    "events": (events_in_order, lambda timeline, id: facets.of_event(timeline.events[id])),
    "quotes": (
        lambda timeline: reversed(timeline.quotes),
        lambda timeline, id: facets.of_quote(timeline.quotes[id]),
    ),
    "commitments": (
        lambda timeline: timeline.commitments,
        lambda timeline, id: facets.of_commitment(timeline.commitments[id]),
    ),
    "sources": (
        lambda timeline: timeline.sources,
        lambda timeline, id: facets.of_source(timeline.sources[id], id in timeline.quotes_of_source),
    ),
}


def listing(
    name: Name,
    timeline: Timeline,
    parties: Mapping[str, PartyView],
    words: Wording = ENGLISH,
    among: Collection[str] | None = None,
) -> Listing:
    """Return a list, only those `among` these ids, if given.

    Events stand year by year, quotes and sources by date, the newest first; of commitments, open ones first,
    then by due date.
    """
    order, borne = _LISTS[name]
    every = tuple(order(timeline))
    of = tuple(place for place, id in enumerate(every) if among is None or id in among)
    ids = tuple(every[place] for place in of)
    named = {
        "quotes": {"person": words("term.speaker")},
        "sources": {
            "quoted": words("term.quotes"),
            "party": words("source.issued_by"),
            "source_kind": words("term.kind"),
        },
    }.get(name, {})
    found = facets.columns(timeline, parties, (borne(timeline, id) for id in ids), words, **named)
    return Listing(name, ids, *found, words, of)


def _packed(column: Column) -> dict[str, Any]:
    """Return a facet for the index: choices, and the places that bear each, each less the one before."""
    packed: dict[str, Any] = {
        "ids": [c.id for c in column.choices],
        "places": [_steps(places) for places in column.places],
    }
    if column.more:
        packed["labels"] = [c.label for c in column.choices]
    return packed


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - before for before, number in zip((0, *numbers), numbers, strict=False)]


def _script(kind: str, name: str, key: str | int, value: object) -> bytes:
    """Return a script that hands a value to lists.js. Parsing text is several times faster than a literal."""
    text = to_json(to_json(value).decode())
    # Two line separators that are none in JSON were once some in scripts.
    text = text.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")
    return b'dtLists.take("%s","%s",%s,JSON.parse(%s))\n' % (kind.encode(), name.encode(), to_json(key), text)
