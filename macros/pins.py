"""Proof of words: the pin of a source, which holds no text of it, and the search for a quote in a pin."""

from __future__ import annotations

import base64
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from hashlib import blake2b
from itertools import count
from operator import attrgetter
from typing import Literal, NamedTuple

from macros.frozen import frozen
from macros.tokens import NORMALISER as NORMALISER
from macros.tokens import Tokens, bounded_tokens, quotation_marks, tokens, written

WINDOW = 5  # tokens to a hash
MIN_WORDS = 50  # a shorter file is hardly an article: more likely a cookie notice or an error page

_HASH = 8  # bytes
_AGAIN = "pin the source again: .venv/bin/timeline pin SOURCE FILE"
_HEADER = {
    "source": "[!-~]+",
    "sha256": "[0-9a-f]{64}",
    "normaliser": "[0-9]{1,9}",
    "extractor": "[!-~]+(?: [!-~]+)*",
    "words": "[0-9]{1,9}",
    "pinned": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "check": "[0-9a-f]{16}",
}

_ELISION = re.compile(r"[\[［]\s*(?:(?:[.．]\s*){2,}|…+\s*)[\]］]")
_INSERTION = re.compile(r"[\[［][^\[\]［］]*[\]］]")
# Words by which a quotation goes wrong unnoticed.
_LIKELY = (
    "not no never none nor will would shall should can could may might must cannot can't don't won't doesn't "
    "didn't the a an and or but if so than then of to in on at by for from with without as into over under "
    "against between is are was were be been being has have had do does did it its it's he she we they you i "
    "his our their us them this that these those there which who all some more most less only still both said"
)


class PinError(ValueError):
    """A damaged pin, or none: `message` says what is wrong in `line` of the file, `remedy` what to do."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}; {_AGAIN}")
        self.message, self.line, self.remedy = message, line, _AGAIN


@frozen
class Pin:
    """The fingerprint of a source's text of `words` tokens.

    `sha256` (hex) is of the file the text was taken from, `extractor` says by what, `pinned` is an ISO 8601
    date. `windows` holds a 64-bit BLAKE2b hash (RFC 7693), little-endian, for every five neighbouring tokens,
    in their order. Bit i % 8 of byte i // 8 of `boundaries` is set where a boundary stands before token i,
    for i from 0 to `words`; a bit of `marks`, in the same way, where a double quotation mark stands.
    """

    source: str
    sha256: str
    normaliser: int
    extractor: str
    words: int
    pinned: str
    windows: bytes
    boundaries: bytes
    marks: bytes

    def marked(self, position: int) -> bool:
        """Return whether a double quotation mark stands before the token at `position` (0 to `words`)."""
        return bool(self.marks[position // 8] >> position % 8 & 1)

    def bounded(self, position: int) -> bool:
        """Return whether a boundary stands before the token at `position` (0 to `words`)."""
        return bool(self.boundaries[position // 8] >> position % 8 & 1)


_all_of = attrgetter(*(field.name for field in fields(Pin)))
"""Returns all that a pin holds, in order."""


@frozen
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
    token there (for `cut`, beyond the edge), proven by its hash, or "".
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


class _Fragment(NamedTuple):
    number: int
    text: str
    size: int  # words
    run: Tokens  # its own, with those of the prefix and the suffix
    lead: int  # words of the prefix
    preceding: int  # words of the quote
    open_start: bool
    open_end: bool


def words(text: str) -> int:
    """Return the number of tokens in `text`, as `fingerprint` counts them."""
    return len(tokens(text))


def fingerprint(text: str, *, source: str, sha256: str, extractor: str, pinned: str) -> Pin:
    """Return the pin of `text`; the other arguments are recorded as given.

    Raises ValueError for a text of fewer than five words, and for a value that a pin's file cannot hold.
    """
    read, boundaries = bounded_tokens(text)
    if len(read) < WINDOW:
        raise ValueError(f"a text of {len(read)} words cannot be pinned: it takes {WINDOW} or more")
    marks = bytearray(len(boundaries))
    for position in quotation_marks(text):
        marks[position // 8] |= 1 << position % 8
    pin = Pin(
        source, sha256, NORMALISER, extractor, len(read), pinned, _windows(read), boundaries, bytes(marks)
    )
    for key, value in _header(pin):
        if not re.fullmatch(_HEADER[key], value):
            raise ValueError(f"a pin cannot hold {value!r} as {key}")
    return pin


def render(pin: Pin) -> str:
    """Return the text of the pin's file: ASCII, ending with a line break, the same on every machine.

    Lines `key: value`, the last of them a checksum; then, each after a blank line, the windows and the
    boundaries with the quotation marks, in base64 (RFC 4648 4) at 76 characters a line.
    """
    header = "".join(f"{key}: {value}\n" for key, value in _header(pin))
    blocks = (base64.b64encode(block).decode("ascii") for block in (pin.windows, pin.boundaries + pin.marks))
    return header + "".join("\n" + re.sub("(.{1,76})", r"\1\n", block) for block in blocks)


def parse(text: str) -> Pin:
    """Return the pin that a file written by `render` holds.

    Raises PinError, with line and remedy, for a damaged file and for a pin of another normaliser.
    """
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    values = []
    for number, (key, form) in enumerate(_HEADER.items(), start=1):
        line = lines[number - 1] if number <= len(lines) else ""
        given = re.fullmatch(f"{key}: ({form})", line)
        if given is None:
            raise PinError(f"here must stand '{key}: ' and its value, not {line[:40]!r}", number)
        if key == "normaliser" and given[1] != str(NORMALISER):
            raise PinError(f"normaliser {given[1]} made this pin, and {NORMALISER} is to read it", number)
        values.append(given[1])
    source, sha256, _, extractor, size, pinned, check = values
    blanks = [i for i, line in enumerate(lines) if not line]
    if len(blanks) != 2 or blanks[0] != len(values):
        raise PinError("a blank line must stand here, and one more between the two blocks", len(values) + 1)
    windows = _block(lines, blanks[0], blanks[1], (int(size) - WINDOW + 1) * _HASH)
    half = int(size) // 8 + 1
    gaps = _block(lines, blanks[1], len(lines), 2 * half)
    pin = Pin(source, sha256, NORMALISER, extractor, int(size), pinned, windows, gaps[:half], gaps[half:])
    if check != dict(_header(pin))["check"]:
        raise PinError("the checksum does not fit: the file was changed after it was written", len(values))
    return pin


def _header(pin: Pin) -> zip[tuple[str, str]]:
    """Yield the header's keys and values; the checksum is of all that the pin holds."""
    held = _all_of(pin)
    check = blake2b(repr(held).encode(), digest_size=_HASH).hexdigest()
    return zip(_HEADER, (*map(str, held[:6]), check), strict=True)


def _block(lines: list[str], start: int, stop: int, size: int) -> bytes:
    """Return the bytes whose base64 stands between two indices of `lines`."""
    for number, line in enumerate(lines[start + 1 : stop], start=start + 2):
        if not re.fullmatch("[A-Za-z0-9+/]" + ("{76}" if number < stop else "{1,76}={0,2}"), line):
            raise PinError("damaged base64", number)
    try:
        content = base64.b64decode("".join(lines[start + 1 : stop]), validate=True)
    except ValueError as error:
        raise PinError("damaged base64", stop) from error
    if len(content) != size:
        raise PinError(f"the header's count of words takes {size} bytes here, not {len(content)}", start + 2)
    return content


def _windows(tokens: Tokens) -> bytes:
    return b"".join(map(_hash, zip(*(tokens[i:] for i in range(WINDOW)), strict=False)))


def _hash(window: Tokens) -> bytes:
    return blake2b("\x1f".join(window).encode(), digest_size=_HASH).digest()


def find(
    text: str,
    pin: Pin,
    *,
    prefix: str = "",
    suffix: str = "",
    vocabulary: Iterable[str] = (),
    open_elisions: bool = False,
) -> Finding:
    """Return whether the words of a quote stand in the source, each fragment in one run and all in order.

    `[...]` in `text` splits fragments; other brackets hold an editor's insertion and are skipped. A fragment
    begins and ends at a boundary of the source, except where `prefix` (of the first) or `suffix` (of the
    last) gives the source's words beyond; with `open_elisions`, also except beside `[...]`. `vocabulary`
    lists words to try when a miss is described, and is read only then.
    """
    fragments = _fragments(text, tokens(prefix), tokens(suffix), open_elisions)
    for fragment in fragments:
        if not fragment.size or len(fragment.run) < WINDOW:
            return Finding(False, reason="short" if fragment.size else "empty", fragment=fragment.number)
    first, end = -1, 0
    for fragment in fragments:
        # Every place of a fragment is as long as any other, so the earliest that holds leaves the most room
        # for the fragments to come, and no choice is ever taken back.
        start = across = -1
        for place in _places(fragment.run, pin):
            begin = place + fragment.lead
            if begin < end or _cut(fragment, pin, begin):
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
            return _miss(fragment, pin, end, (text, prefix, suffix), vocabulary)
        first = start if first < 0 else first
        end = start + fragment.size
    return Finding(True, first, end)


def _fragments(text: str, before: Tokens, after: Tokens, open_elisions: bool) -> list[_Fragment]:
    pieces = [text]
    if "[" in text or "［" in text:
        pieces = [_INSERTION.sub(" ", piece) for piece in _ELISION.split(text)]
    fragments: list[_Fragment] = []
    preceding = 0
    for number, piece in enumerate(pieces):
        is_first, is_last = number == 0, number == len(pieces) - 1
        lead, own, tail = before if is_first else (), tokens(piece), after if is_last else ()
        edges = (bool(lead) if is_first else open_elisions, bool(tail) if is_last else open_elisions)
        fragments.append(_Fragment(number, piece, len(own), lead + own + tail, len(lead), preceding, *edges))
        preceding += len(own)
    return fragments


def _places(run: Tokens, pin: Pin) -> Iterator[int]:
    """Yield each position at which the source has `run`, the earliest first."""
    # Windows side by side, and the last one, hold every token of it.
    starts = (*range(0, len(run) - WINDOW, WINDOW), len(run) - WINDOW)
    first, *others = [(start * _HASH, _hash(run[start : start + WINDOW])) for start in starts]
    offset = pin.windows.find(first[1])
    while offset >= 0:
        if offset % _HASH == 0 and all(pin.windows.startswith(w, offset + at) for at, w in others):
            yield offset // _HASH
        offset = pin.windows.find(first[1], offset + 1)


def _cut(fragment: _Fragment, pin: Pin, start: int) -> Literal["", "start", "end"]:
    """Return the edge at which the fragment, if it began at `start`, would cut the source's sentence."""
    if not (fragment.open_start or pin.bounded(start)):
        return "start"
    return "" if fragment.open_end or pin.bounded(start + fragment.size) else "end"


def _crossing(fragment: _Fragment, pin: Pin, start: int) -> int:
    """Return the first gap inside the fragment in which the source alone has a quotation mark; 0 for none."""
    stretch = pin.marks[start // 8 : (start + fragment.size) // 8 + 1]
    if not any(stretch):
        return 0
    inside = (gap for gap in range(1, fragment.size) if pin.marked(start + gap))
    own = quotation_marks(fragment.text)
    return next((gap for gap in inside if gap not in own), 0)


def _miss(
    fragment: _Fragment, pin: Pin, end: int, given: tuple[str, str, str], vocabulary: Iterable[str]
) -> Finding:
    """Return why a fragment is not in the source after token `end`; `given`: text, prefix and suffix."""
    size, lead, run = fragment.size, fragment.lead, fragment.run
    likely = tuple(dict.fromkeys(tokens(" ".join((*given, *vocabulary, _LIKELY)))))
    places = [place + lead for place in _places(run, pin)]
    later = [place for place in places if place >= end]
    reason: Literal["changed", "cut", "order"] = "order"
    edge: Literal["", "start", "end"] = ""
    index, expected = lead, ""
    if not places:
        reason = "changed"
        index, expected = _difference(run, pin, likely)
    elif later:
        reason = "cut"
        start = max(later, key=lambda place: pin.bounded(place) + pin.bounded(place + size))
        edge = _cut(fragment, pin, start)
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
    return Finding(False, 0, 0, reason, fragment.number, matched, word, position, expected, edge, part)


def _difference(run: Tokens, pin: Pin, likely: Tokens) -> tuple[int, str]:
    """Return the index of the first token of `run` known to differ, or -1, and the source's there, or ""."""
    stands = defaultdict(list)
    for place in range(pin.words - WINDOW + 1):
        stands[pin.windows[place * _HASH : (place + 1) * _HASH]].append(place)
    hashes = [_windows(run[i : i + WINDOW]) for i in range(len(run) - WINDOW + 1)]
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
        return index, _told(pin, place + ends[place], run[index - WINDOW + 1 : index], (), likely)
    if near and near[0][0] == 1 and pin.bounded(near[0][1]):  # a word too many before a sentence
        return next(((i, run[i + 1]) for i in range(WINDOW) if run[i] != run[i + 1]), (-1, ""))
    for index, token, window in _beginnings(run, likely):
        if any(best is None or abs(place - best) <= 2 for place in stands.get(_windows(window), ())):
            return index, token
    if not near:
        return -1, ""
    index, place = near[0]
    return index - 1, _told(pin, place - 1, (), run[index : index + WINDOW - 1], likely)


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
