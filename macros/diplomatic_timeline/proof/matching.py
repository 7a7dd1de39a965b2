"""Whether a quotation's words stand in a pinned source, and where they differ where they do not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, product
from operator import attrgetter
from typing import Literal, NamedTuple

from diplomatic_timeline.model import limits
from diplomatic_timeline.proof.pins import _HASH, WINDOW, Pin, _windows, is_set
from diplomatic_timeline.proof.speakers import Label, names_another, names_one
from diplomatic_timeline.proof.tokens import Tokens, quotation_marks, tokens, word_lists, written

_ELISION = re.compile(r"[\[［]\s*(?:(?:[.．]\s*){2,}|…+\s*)[\]］]")
_position = attrgetter("position")
_BRACKETS = re.compile(r"[\[［][^\[\]［］]*[\]］]")
# Brackets of a quote, and its characters, up to which any of them may be the source's own, and not just all.
_MANY, _LONG = 5, 10_000
_NEAR = 30  # words up to which what was left out or put in is told
_LIKELY = word_lists()["matching"]["likely"]
Speakers = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a quote's words stand in a source, and if not, the nearest miss.

    Verified: the quote is the source's tokens from `start` up to, not including, `end`. Otherwise `reason`
    tells what is wrong with fragment number `fragment` (from 0):

    - `changed`: its words do not stand in the source.
    - `cut`: they do, but the sentence goes on beyond the `edge` named; a `prefix` (start) or `suffix` (end)
      would show that on purpose.
    - `across`: they do, but a quotation mark of the source stands before `word`, and none in the quote: the
      words there are the reporter's, not the speaker's.
    - `order`: they stand only before the end of the fragment that precedes it.
    - `short`: with prefix and suffix they are fewer than five. `empty`: there are none.

    `word` is the first word known to differ, as written (for `cut`, the word at the edge), `position` its
    number from 1 among the quote's words, insertions not counted, or among those of the prefix or suffix if
    `part` says so. `matched` words of the fragment match before it; of a miss among the first five words the
    hashes cannot always tell that, nor which word it is (then `position` is 0). `expected` is the source's
    token there (for `cut`, beyond the edge), proven by its hash, or "". `lacks` is how many words the source
    has before `word` that the quote leaves out; below 0, how many the quote has there that the source has
    not. `label` is the name that a transcript gives to the words of a verified quote, where that is none of
    its speakers'.
    """

    verified: bool
    start: int = 0
    end: int = 0
    reason: Literal["", "changed", "cut", "across", "short", "empty", "order"] = ""
    fragment: int = 0
    matched: int = 0
    word: str = ""
    position: int = 0
    expected: str = ""
    edge: Literal["", "start", "end"] = ""
    part: Literal["text", "prefix", "suffix"] = "text"
    label: str = ""
    lacks: int = 0


class _Fragment(NamedTuple):
    number: int
    text: str
    size: int  # words
    run: Tokens  # its own, with those of the prefix and the suffix
    windows: bytes  # the hashes of the run
    lead: int  # words of the prefix
    preceding: int  # words of the quote
    open_start: bool
    open_end: bool
    brackets: tuple[tuple[int, int], ...]  # the source's own: words of the fragment before each and within


def find(
    text: str,
    pin: Pin,
    *,
    prefix: str = "",
    suffix: str = "",
    vocabulary: Iterable[str] = (),
    open_elisions: bool = False,
    speakers: Speakers = (),
) -> Finding:
    """Return whether the words of a quote stand in the source, each fragment in one run and all in order.

    `[...]` in `text` splits fragments; other brackets hold an editor's insertion and are skipped; but where
    the source prints brackets, they are its own. A fragment begins and ends with a sentence of the source or,
    inside quotation marks, at these, except where `prefix` (of the first) or `suffix` (of the last) gives the
    source's words beyond; with `open_elisions`, also except beside `[...]`. `vocabulary` lists words to try
    when a miss is described, and is read only then. `speakers`: all names of each of the quote's speakers.
    """
    before, after = tokens(prefix), tokens(suffix)
    fragments = _fragments(text, before, after, open_elisions)
    finding = _found(fragments, pin, speakers, (text, prefix, suffix), vocabulary)
    count = len(_BRACKETS.findall(text))
    if finding.verified or not count or not any(pin.brackets):
        return finding
    is_short = count <= _MANY and len(text) < _LONG
    choices = product((False, True), repeat=count) if is_short else ((True,) * count,)
    for own in choices:
        if any(own):
            fragments = _fragments(text, before, after, open_elisions, own)
            other = _found(fragments, pin, speakers, (text, prefix, suffix), ())
            if other.verified:
                return other
    return finding


def _found(
    fragments: list[_Fragment],
    pin: Pin,
    speakers: Speakers,
    given: tuple[str, str, str],
    vocabulary: Iterable[str],
) -> Finding:
    for fragment in fragments:
        if not fragment.size or len(fragment.run) < WINDOW:
            return Finding(False, reason="short" if fragment.size else "empty", fragment=fragment.number)
    first, end, label = -1, 0, ""
    sure = [each for each in pin.labels if each.sure]
    for fragment in fragments:
        # Every place of a fragment is as long as any other, so the earliest that holds leaves the most room
        # for the fragments to come, and no choice is ever taken back.
        start = across = -1
        for place in _places(fragment.windows, pin):
            begin = place + fragment.lead
            if begin < end or _cut(fragment, pin, begin, speakers) or not _bracketed(fragment, pin, begin):
                continue
            if not _crossing(fragment, pin, begin):
                start = begin
                break
            across = begin if across < 0 else across
        if start < 0 <= across:
            gap = _crossing(fragment, pin, across)
            word = written(fragment.text)[gap]
            return Finding(False, 0, 0, "across", fragment.number, gap, word, fragment.preceding + gap + 1)
        if start < 0:
            return _miss(fragment, pin, end, given, vocabulary, speakers)
        first = start if first < 0 else first
        end = start + fragment.size
        label = label or _another(sure, start, end, speakers)
    return Finding(True, first, end, label=label)


def _another(labels: Sequence[Label], start: int, end: int, speakers: Speakers) -> str:
    """Return the name that a transcript gives to these words, if none of `speakers` has it."""
    turn = max(0, bisect_right(labels, start, key=_position) - 1)
    those = (label for label in labels[turn : bisect_left(labels, end, key=_position)])
    return next((label.name for label in those if names_another(label.name, speakers)), "")


def _fragments(
    text: str, before: Tokens, after: Tokens, open_elisions: bool, own: tuple[bool, ...] = ()
) -> list[_Fragment]:
    """Return the fragments of a quote; `own` says of each bracket in it whether it is the source's."""
    pieces: list[str] = [""]
    brackets: list[list[tuple[int, int]]] = [[]]
    at = counted = 0
    uncounted = ""
    for number, bracket in enumerate(_BRACKETS.finditer(text)):
        pieces[-1] += text[at : bracket.start()]
        uncounted += text[at : bracket.start()]
        at = bracket.end()
        is_elision = _ELISION.fullmatch(bracket[0]) is not None
        if number < len(own) and own[number]:
            within = () if is_elision else tokens(bracket[0][1:-1])
            counted += len(tokens(uncounted + bracket[0]))
            brackets[-1].append((counted - len(within), len(within)))
            pieces[-1] += " " if is_elision else bracket[0]
            uncounted = bracket[0][-1]
        elif is_elision:
            pieces.append("")
            brackets.append([])
            counted, uncounted = 0, ""
        else:
            pieces[-1] += " "
            uncounted += " "
    pieces[-1] += text[at:]
    fragments: list[_Fragment] = []
    preceding = 0
    for number, piece in enumerate(pieces):
        is_first, is_last = number == 0, number == len(pieces) - 1
        lead, words, tail = before if is_first else (), tokens(piece), after if is_last else ()
        edges = (bool(lead) if is_first else open_elisions, bool(tail) if is_last else open_elisions)
        run = lead + words + tail
        fragments.append(
            _Fragment(
                number,
                piece,
                len(words),
                run,
                _windows(run),
                len(lead),
                preceding,
                *edges,
                tuple(brackets[number]),
            )
        )
        preceding += len(words)
    return fragments


def _places(sought: bytes, pin: Pin) -> Iterator[int]:
    """Yield the first positions at which the source has the windows sought, the earliest first."""
    offset, found = pin.windows.find(sought), 0
    while offset >= 0 and found < limits.PLACES:
        if offset % _HASH == 0:
            found += 1
            yield offset // _HASH
        offset = pin.windows.find(sought, offset + 1)


def _cut(fragment: _Fragment, pin: Pin, start: int, speakers: Speakers) -> Literal["", "start", "end"]:
    """Return the edge at which the fragment, if it began at `start`, would cut the source's sentence."""
    end = start + fragment.size
    if not (fragment.open_start or pin.bounded(start) or _opens(pin, start, end)):
        at = bisect_left(pin.labels, start, key=_position), bisect_right(pin.labels, start, key=_position)
        if not any(names_one(label.name, speakers) for label in pin.labels[slice(*at)]):
            return "start"
    return "" if fragment.open_end or pin.bounded(end) or _closes(pin, start, end) else "end"


def _opens(pin: Pin, start: int, end: int) -> bool:
    """Return whether a quotation mark opens at `start` that is not closed before `end`."""
    return is_set(pin.openings, start) and _stays(pin.openings, pin.closings, range(start + 1, end))


def _closes(pin: Pin, start: int, end: int) -> bool:
    """Return whether a quotation mark closes at `end` that was not opened behind `start`."""
    return is_set(pin.closings, end) and _stays(pin.closings, pin.openings, range(end - 1, start, -1))


def _stays(entering: bytes, leaving: bytes, gaps: range) -> bool:
    """Return whether a quotation that was entered is not left in any of the `gaps`, taken in their order."""
    depth = 1
    for gap in gaps:
        depth -= is_set(leaving, gap)
        if not depth:
            return False
        depth += is_set(entering, gap)
    return True


def _bracketed(fragment: _Fragment, pin: Pin, start: int) -> bool:
    """Return whether the source has the brackets that are said to be its own."""
    return all(
        is_set(pin.brackets, start + before) and is_set(pin.brackets, start + before + within)
        for before, within in fragment.brackets
    )


def _crossing(fragment: _Fragment, pin: Pin, start: int) -> int:
    """Return the first gap inside the fragment in which the source alone has a quotation mark; 0 for none."""
    stretch = pin.marks[start // 8 : (start + fragment.size) // 8 + 1]
    if not any(stretch):
        return 0
    inside = (gap for gap in range(1, fragment.size) if is_set(pin.marks, start + gap))
    own = quotation_marks(fragment.text)
    return next((gap for gap in inside if gap not in own), 0)


def _miss(
    fragment: _Fragment,
    pin: Pin,
    end: int,
    given: tuple[str, str, str],
    vocabulary: Iterable[str],
    speakers: Speakers,
) -> Finding:
    """Return why a fragment is not in the source after token `end`; `given`: text, prefix and suffix."""
    size, lead, run = fragment.size, fragment.lead, fragment.run
    likely = tuple(dict.fromkeys(tokens(" ".join((*given, *vocabulary, _LIKELY)))))
    places = [place + lead for place in _places(fragment.windows, pin)]
    later = [place for place in places if place >= end]
    reason: Literal["changed", "cut", "order"] = "order"
    edge: Literal["", "start", "end"] = ""
    index, expected, lacks = lead, "", 0
    if not places:
        reason = "changed"
        index, expected, lacks = _difference(fragment, pin, likely)
    elif later:
        reason = "cut"
        start = max(later, key=lambda place: pin.bounded(place) + pin.bounded(place + size))
        edge = _cut(fragment, pin, start, speakers)
        if edge == "start":
            expected = _told(pin, start - 1, (), run[: WINDOW - 1], likely)
        else:
            index = lead + size - 1
            expected = _told(pin, start + size - WINDOW + 1, run[1 - WINDOW :], (), likely)
    matched = size if places else min(max(index - lead, 0), size)
    part: Literal["text", "prefix", "suffix"] = "text"
    spelt, first, preceding = written(fragment.text), lead, fragment.preceding
    if 0 <= index < lead:
        part, spelt, first, preceding = "prefix", written(given[1]), 0, 0
    elif index >= lead + size:
        part, spelt, first, preceding = "suffix", written(given[2]), lead + size, 0
    word, position = (spelt[index - first], preceding + index - first + 1) if index >= 0 else ("", 0)
    return Finding(
        False, 0, 0, reason, fragment.number, matched, word, position, expected, edge, part, lacks=lacks
    )


def _difference(fragment: _Fragment, pin: Pin, likely: Tokens) -> tuple[int, str, int]:
    """Return the index of the first token of a run known to differ, or -1, and the source's there, or "".

    The third is how many tokens the run lacks there, or has too many (below 0).
    """
    run = fragment.run
    stands = _stands(pin.windows)
    hashes = (fragment.windows[at : at + _HASH] for at in range(0, len(fragment.windows), _HASH))
    pairs = {(i, place) for i, sought in enumerate(hashes) for place in stands.get(sought, ())}
    # A word more or less shifts what follows, so windows that agree to within two words on where the run
    # begins speak for one place. Where the most do is the passage that was meant.
    begins = Counter(place - i for i, place in pairs)
    best = max(begins, key=lambda b: (sum(begins[b + shift] for shift in range(-2, 3)), -b), default=None)
    near = sorted((i, place) for i, place in pairs if best is not None and abs(place - i - best) <= 2)
    if near and near[0][0] == 0:
        ends = {place: next(i for i in count() if (i, place + i) not in pairs) for i, place in near if i == 0}
        place = max(ends, key=lambda place: ends[place])
        index = ends[place] + WINDOW - 1
        expected = _told(pin, place + ends[place], run[index - WINDOW + 1 : index], (), likely)
        return index, expected, _gap(run, index, place + index, stands)
    if near and near[0][0] == 1 and pin.bounded(near[0][1]):  # a word too many before a sentence
        return next(((i, run[i + 1], 0) for i in range(WINDOW) if run[i] != run[i + 1]), (-1, "", 0))
    for index, token, window in _beginnings(run, likely):
        if any(best is None or abs(place - best) <= 2 for place in stands.get(_windows(window), ())):
            return index, token, 0
    if not near:
        return -1, "", 0
    index, place = near[0]
    return index - 1, _told(pin, place - 1, (), run[index : index + WINDOW - 1], likely), 0


def _gap(run: Tokens, index: int, place: int, stands: dict[bytes, list[int]]) -> int:
    """Return how many tokens a run lacks at `index`, or has too many (below 0); the source is at `place`.

    0 where what follows does not go on near by: a token is another one, or more than one thing is wrong.
    """
    following = stands.get(_windows(run[index : index + WINDOW]), ()) if index + WINDOW <= len(run) else ()
    if lacking := next((at - place for at in following if 0 < at - place <= _NEAR), 0):
        return lacking
    for extra in range(1, min(_NEAR, len(run) - index - WINDOW + 1)):
        if place in stands.get(_windows(run[index + extra : index + extra + WINDOW]), ()):
            return -extra
    return 0


@lru_cache(maxsize=2)
def _stands(windows: bytes) -> dict[bytes, list[int]]:
    """Return the places of each window; of one that stands in many, which tell little, the first ones."""
    stands: defaultdict[bytes, list[int]] = defaultdict(list)
    for place in range(len(windows) // _HASH):
        places = stands[windows[place * _HASH : (place + 1) * _HASH]]
        if len(places) < 20:
            places.append(place)
    return dict(stands)


def _beginnings(run: Tokens, likely: Tokens) -> Iterator[tuple[int, str, Tokens]]:
    """Yield what the source may begin with where it has another token at an index below five.

    That is the index, the token, and the first five tokens; first what takes no guess.
    """
    for i, following in enumerate(run[1 : WINDOW + 1]):
        if i and following != run[i]:
            yield i, following, (*run[:i], *run[i + 1 :])[:WINDOW]  # the quote has a word too many
        yield i, following, (*run[:i], following, run[i], *run[i + 2 :])[:WINDOW]  # two words changed places
    for i in reversed(range(WINDOW)):
        for token in likely:
            yield i, token, (*run[:i], token, *run[i + 1 :])[:WINDOW]
            if i:
                yield i, token, (*run[:i], token, *run[i:])[:WINDOW]  # the quote lacks a word


def _told(pin: Pin, place: int, before: Tokens, after: Tokens, likely: Tokens) -> str:
    """Return which of the `likely` tokens the window at `place` has between the known ones, or ""."""
    there = pin.windows[place * _HASH : (place + 1) * _HASH] if place >= 0 else b""
    return next((token for token in likely if there and _windows((*before, token, *after)) == there), "")
