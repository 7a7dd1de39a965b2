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
from sys import intern

from macros import prose
from macros.timeline import Said
from macros.tokens import Tokens, is_character, spans, tokens

WORDS = 4
CONTENT = 2

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
class Recurrence:
    """The formulae, the most used first; `marks` holds by quotation where they stand in its text."""

    formulae: tuple[Formula, ...]
    marks: dict[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class _Place:
    said: Said
    offset: int
    text: str
    start: int
    end: int


class Reader:
    """Finds formulae; reads each quotation once, however many issues it is on."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[tuple[int, str, Tokens], ...]] = {}

    def recurring(self, said: Iterable[Said]) -> Recurrence:
        """Return what recurs among quotations of one party, given in the order of their dates.

        Takes time in proportion to the words, and to those that recur.
        """
        words: list[str | None] = [None]
        owners: list[int] = [-1]
        places: list[_Place] = []
        for one in said:
            for offset, text, run in self._runs(one):
                if len(run) >= WORDS:
                    places.append(_Place(one, offset, text, len(words), len(words) + len(run)))
                    owners += [len(places) - 1] * (len(run) + 1)
                    words += (*run, None)  # nothing runs on past the end of a stretch in one piece
        repeats = _repeats(words, owners, places)
        return _gathered(words, owners, places, list(_longest(words, owners, places, repeats)))

    def _runs(self, said: Said) -> tuple[tuple[int, str, Tokens], ...]:
        id = said.quote.id
        if id not in self._read:
            self._read[id] = tuple(
                (offset, text, tuple(map(intern, tokens(text)))) for offset, text in _pieces(said.quote.text)
            )
        return self._read[id]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands in the source in one piece with its place; an insertion is as many spaces."""
    start = position = 0
    piece = ""
    for kind, part in prose.marked(text):
        position += len(part)
        if kind == "omission":
            yield start, piece
            start, piece = position, ""
        else:
            piece += part if kind == "words" else " " * len(part)
    yield start, piece


def _differ(positions: Sequence[int], owners: Sequence[int], places: Sequence[_Place]) -> bool:
    """Return whether two of the uses cannot be of one day."""
    dates = [places[owners[p]].said.date for p in positions]
    return min(d.last for d in dates) < max(d.first for d in dates)


def _repeats(
    words: Sequence[str | None], owners: Sequence[int], places: Sequence[_Place]
) -> Iterator[tuple[int, list[int]]]:
    """Yield the length and the places of each stretch that no next word makes longer at all of them."""
    windows: defaultdict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for place in places:
        for position in range(place.start, place.end - WORDS + 1):
            windows[tuple(words[position : position + WORDS])].append(position)
    waiting = [
        (WORDS, found) for found in windows.values() if len(found) > 1 and _differ(found, owners, places)
    ]
    while waiting:
        size, found = waiting.pop()
        before = {words[p - 1] for p in found}
        if len(before) == 1 and None not in before:
            continue  # it stands in the stretch that begins one word earlier
        behind: defaultdict[str | None, list[int]] = defaultdict(list)
        for position in found:
            behind[words[position + size]].append(position)
        for word, among in behind.items():
            if word is not None and len(among) > 1 and _differ(among, owners, places):
                waiting.append((size + 1, among))
        if len(behind) > 1 or None in behind:
            yield size, found


def _telling(run: Sequence[str]) -> bool:
    characters = sum(map(is_character, run))
    content = sum(word not in _FUNCTION_WORDS for word in run) - (characters + 1) // 2
    return len(run) - (characters + 1) // 2 >= WORDS and content >= CONTENT


def _longest(
    words: Sequence[str | None],
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


def _gathered(
    words: Sequence[str | None],
    owners: Sequence[int],
    places: Sequence[_Place],
    stretches: Sequence[tuple[int, list[int]]],
) -> Recurrence:
    where: dict[int, list[Span]] = {}
    marks: defaultdict[str, list[Span]] = defaultdict(list)
    found = []
    for size, positions in stretches:
        written = ""
        for position in positions:
            number = owners[position]
            place = places[number]
            if number not in where:
                where[number] = spans(place.text)
            first = position - place.start
            start, end = where[number][first][0], where[number][first + size - 1][1]
            # Where words cannot be told from their normalised forms, none are marked rather than the wrong.
            if tokens(place.text[start:end]) == tuple(words[position : position + size]):
                start, end = start + place.offset, end + place.offset
                marks[place.said.quote.id].append((start, end))
                written = written or re.sub(r"\s+", " ", place.said.quote.text[start:end])
        quotes = dict.fromkeys(places[owners[p]].said.quote.id for p in sorted(positions))
        written = written or " ".join(str(w) for w in words[positions[0] : positions[0] + size])
        found.append((size, positions[0], Formula(written, tuple(quotes))))
    found.sort(key=lambda f: (-len(f[2].quotes), -f[0], f[1]))
    return Recurrence(
        tuple(formula for *_, formula in found),
        {id: tuple(_merged(sorted(ranges))) for id, ranges in marks.items()},
    )


def _merged(ranges: Sequence[Span]) -> Iterator[Span]:
    """Yield the ranges with those that meet or overlap made one."""
    start, end = ranges[0]
    for following in ranges[1:]:
        if following[0] > end:
            yield start, end
            start, end = following
        else:
            end = max(end, following[1])
    yield start, end
