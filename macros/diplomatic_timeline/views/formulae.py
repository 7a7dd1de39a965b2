"""Formulae: stretches of words that a party says again on another date.

A stretch counts from four words on, of which at least two say something by themselves ("we will continue to"
does not), where quotations of different dates share it, read as pins read a text: whatever the typography.
Two characters of Chinese count as one word. Words left out at `[...]` end a stretch; what an editor put in
stands in none. Dates differ where no day can be both: May 2024 is no other date than 3 May 2024.

A stretch is as long as it can be: a shorter one inside it is a formula of its own only where more quotations
share it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from diplomatic_timeline.model.quotation import marked
from diplomatic_timeline.proof.tokens import Tokens, is_character, spans, tokens
from diplomatic_timeline.views.timeline import Said

WORDS = 4
CONTENT = 2
_OFTEN = 20

# English words that say nothing by themselves; in other languages every word counts.
_ENGLISH = """
a about after all also am an and any are as at be because been before being between both but by can
cannot could did do does during each every for from had has have he her him his how i if in into is it
its itself may me might more most must my no nor not of off on once one only or other our out over own
shall she should so some such than that the their them themselves then there these they this those
through to too under until up upon us very was we were what when where which while who whom will with
within would you your
"""
_FUNCTION_WORDS = frozenset(_ENGLISH.split())

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Formula:
    """A stretch of words as first written, and the ids of the quotations that share it, the oldest first."""

    words: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    said: Said
    offset: int
    text: str
    start: int


class Reader:
    """Finds formulae; reads each quotation once, however many issues it is on."""

    def __init__(self) -> None:
        self._runs = lru_cache(maxsize=16384)(_runs)

    def recurring(self, said: Iterable[Said]) -> Recurrence:
        """Return what recurs among quotations of one party, given in the order of their dates.

        Takes time in proportion to the words, and to those that recur.
        """
        words: list[str | int] = [-1]
        owners: list[int] = [-1]
        places: list[_Place] = []
        for one in said:
            for offset, text, run in self._runs(one.quote.text):
                if len(run) >= WORDS:
                    places.append(_Place(one, offset, text, len(words)))
                    owners += [len(places) - 1] * (len(run) + 1)
                    # A number that stands nowhere else: nothing that recurs runs on past the end of a piece.
                    words += (*run, len(places))
        repeats = _repeats(words, owners, places)
        return Recurrence(words, owners, places, _longest(words, owners, places, repeats))


def _runs(text: str) -> tuple[tuple[int, str, Tokens], ...]:
    return tuple([(offset, piece, tokens(piece)) for offset, piece in _pieces(text)])


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands in the source in one piece with its place; an insertion is as many spaces."""
    if "[" not in text:
        yield 0, text
        return
    start = position = 0
    piece = ""
    for kind, part in marked(text):
        position += len(part)
        if kind == "omission":
            yield start, piece
            start, piece = position, ""
        else:
            piece += part if kind == "words" else " " * len(part)
    yield start, piece


def _repeats(
    words: Sequence[str | int], owners: Sequence[int], places: Sequence[_Place]
) -> Iterator[tuple[int, list[int]]]:
    """Yield the length and the places of each stretch that no next word makes longer at all of them."""
    days = [(p.said.date.first, p.said.date.last) for p in places]

    def differ(positions: Sequence[int]) -> bool:
        """Return whether two of the uses cannot be of one day."""
        uses = [days[owners[p]] for p in positions]
        return min(last for _, last in uses) < max(first for first, _ in uses)

    seen: dict[tuple[str | int, ...], int] = {}
    again: dict[tuple[str | int, ...], list[int]] = {}
    for position, window in enumerate(zip(*(words[n:] for n in range(WORDS)), strict=False)):
        first = seen.setdefault(window, position)
        if first != position:
            uses = again.setdefault(window, [first])
            # Of what one quotation says over and over, some uses are enough.
            if len(uses) < _OFTEN or owners[uses[-_OFTEN]] != owners[position]:
                uses.append(position)
    waiting = [(WORDS, found) for found in again.values() if differ(found)]
    while waiting:
        size, found = waiting.pop()
        if len({words[p - 1] for p in found}) == 1:
            continue  # it stands in the stretch that begins one word earlier
        behind: defaultdict[str | int, list[int]] = defaultdict(list)
        for position in found:
            behind[words[position + size]].append(position)
        waiting += ((size + 1, among) for among in behind.values() if len(among) > 1 and differ(among))
        if len(behind) > 1:
            yield size, found


def _telling(run: Sequence[str]) -> bool:
    characters = 0 if "".join(run).isascii() else sum(map(is_character, run))
    content = sum(word not in _FUNCTION_WORDS for word in run) - (characters + 1) // 2
    return len(run) - (characters + 1) // 2 >= WORDS and content >= CONTENT


def _longest(
    words: Sequence[str | int],
    owners: Sequence[int],
    places: Sequence[_Place],
    repeats: Iterable[tuple[int, list[int]]],
) -> Iterator[tuple[int, list[int]]]:
    """Yield the telling repeats, without those inside a longer one that the same quotations share."""
    kept: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    telling = ((s, f) for s, f in repeats if _telling([str(w) for w in words[f[0] : f[0] + s]]))
    for size, found in sorted(telling, key=lambda r: (-r[0], r[1])):
        sharing = frozenset(places[owners[p]].said.quote.id for p in found)
        text = f" {' '.join(str(w) for w in words[found[0] : found[0] + size])} "
        if not any(text in longer for longer in kept[sharing]):
            kept[sharing].append(text)
            yield size, found


class Recurrence:
    """What recurs among some quotations: `len` formulae, the most used first.

    Words and marks are made out only where they are asked for: a page shows a few of many.
    """

    def __init__(
        self,
        words: Sequence[str | int],
        owners: Sequence[int],
        places: Sequence[_Place],
        stretches: Iterable[tuple[int, list[int]]],
    ) -> None:
        self._words, self._owners, self._places = words, owners, places
        self._uses: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        ranked = []
        for size, positions in stretches:
            quotes = tuple(dict.fromkeys(places[owners[p]].said.quote.id for p in sorted(positions)))
            ranked.append((-len(quotes), -size, min(positions), quotes))
            for position in positions:
                self._uses[places[owners[position]].said.quote.id].append((position, size))
        self._ranked = sorted(ranked)

    def __len__(self) -> int:
        return len(self._ranked)

    def formulae(self, limit: int | None = None) -> tuple[Formula, ...]:
        """Return the formulae, at most `limit` of them."""
        found = []
        for _, negative, position, quotes in self._ranked[:limit]:
            place = self._places[self._owners[position]]
            start, end = self._span(place, spans(place.text), position, -negative)
            written = re.sub(r"\s+", " ", place.said.quote.text[start:end])
            plain = " ".join(str(word) for word in self._words[position : position - negative])
            found.append(Formula(written or plain, quotes))
        return tuple(found)

    def spans_in(self, quote: str) -> tuple[Span, ...]:
        """Return where formulae stand in the text of a quotation, those that meet made one."""
        ranges = []
        where: dict[int, list[Span]] = {}
        for position, size in self._uses.get(quote, ()):
            number = self._owners[position]
            place = self._places[number]
            if number not in where:
                where[number] = spans(place.text)
            ranges.append(self._span(place, where[number], position, size))
        return tuple(_merged(sorted(r for r in ranges if r[0] < r[1])))

    def _span(self, place: _Place, where: Sequence[Span], position: int, size: int) -> Span:
        """Return where a stretch stands in its quotation's text.

        It is empty where that cannot be told: no words are shown rather than the wrong ones.
        """
        first = position - place.start
        start, end = where[first][0], where[first + size - 1][1]
        if tokens(place.text[start:end]) != tuple(self._words[position : position + size]):
            return 0, 0
        return start + place.offset, end + place.offset


def _merged(ranges: Sequence[Span]) -> Iterator[Span]:
    """Yield the ranges with those that meet or overlap made one."""
    if not ranges:
        return
    start, end = ranges[0]
    for following in ranges[1:]:
        if following[0] > end:
            yield start, end
            start, end = following
        else:
            end = max(end, following[1])
    yield start, end
