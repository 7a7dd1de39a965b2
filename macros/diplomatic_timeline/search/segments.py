"""The entries of the index in segments: some in a row, of one kind, and what the index needs of them.

A segment depends on its own entries only, so that after an edit most are what they were. Where one ends is a
matter of the entries' addresses, not of how many came before: a new entry moves no border but those next to
it. Within a segment, words are numbered from 0: an entry's title, a gap, its text, a gap.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter, sub
from typing import TypeVar
from zlib import crc32

from pydantic_core import to_json

from diplomatic_timeline.build.store import joined, parted
from diplomatic_timeline.search.entries import Entry
from diplomatic_timeline.search.words import name_key, words

ENTRIES = {"event": 256}
"""How many entries of a kind are in a segment on average; of any other kind MANY."""
MANY = 2_048
TEXTS_SIZE = 8_000
"""Characters from which on a file of texts is closed; a single entry may be longer."""
FORM = 3
"""Raised whenever the same entries are written differently: the files' version follows from it."""

_T = TypeVar("_T")

_DIGITS = [chr(code) for code in range(35, 127) if chr(code) != "\\"]
_RADIX = 45


@lru_cache(maxsize=_RADIX**3)
def number(value: int) -> str:
    """Return a number as the files hold it: in base 45, see `index_files`."""
    written = ""
    while value >= _RADIX:
        value, digit = divmod(value, _RADIX)
        written += _DIGITS[_RADIX + digit]
    return written + _DIGITS[value]


def numbers(values: Iterable[int]) -> str:
    """Return numbers as the files hold them."""
    return "".join(map(number, values))


def versioned(*of: object) -> blake2b:
    """Return a digest that becomes the version of what is added to it."""
    return blake2b(to_json([FORM, TEXTS_SIZE, *of]), digest_size=6)


@dataclass(frozen=True, slots=True)
class Segment:
    """What the index is put together from, of some entries in a row.

    `lengths` are the numbers of words in the title and the text of each entry, `size` that of all places, and
    `stretches` that of the entries in each file of `texts`, which are JSON. Of each of the `words` (a line
    each), `firsts` and `lasts` have the first place and the last one, and `steps` (a line each) from each
    place to the next.
    """

    kind: str
    version: str
    size: int
    lengths: bytes
    stretches: list[int]
    words: str
    firsts: bytes
    lasts: bytes
    steps: str
    texts: list[bytes]

    def packed(self) -> bytes:
        """Return them as bytes, for `unpacked`."""
        head = (self.kind, self.version, self.size, self.stretches, self.words, self.steps)
        return joined(head, [self.lengths, self.firsts, self.lasts, *self.texts])

    @classmethod
    def unpacked(cls, data: bytes) -> Segment:
        """Return what `packed` was called on."""
        (kind, version, size, stretches, words, steps), (lengths, firsts, lasts, *texts) = parted(data)
        return cls(kind, version, size, lengths, stretches, words, firsts, lasts, steps, texts)


def split(kind: str, of: Iterable[_T], address: Callable[[_T], str]) -> Iterator[list[_T]]:
    """Yield the segments of one kind: an `address` begins one, by what it says behind the last #."""
    many = ENTRIES.get(kind, MANY)
    segment: list[_T] = []
    for one in of:
        if segment and not crc32(address(one).rpartition("#")[2].encode()) % many:
            yield segment
            segment = []
        segment.append(one)
    if segment:
        yield segment


def split_by_kind(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the segments of entries that come kind by kind."""
    for kind, some in groupby(entries, key=attrgetter("kind")):
        yield from split(kind, some, attrgetter("url"))


def made(entries: Iterable[Entry]) -> Segment:
    """Return a segment of entries, at least one, all of one kind."""
    places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    lengths = array("I")
    digest = versioned()
    texts: list[bytes] = []
    stretches: list[int] = []
    file: list[bytes] = []
    place = filled = 0
    kind = ""
    for entry in entries:
        kind = entry.kind
        names = sorted({name_key(name) for name in entry.names} - {""})
        for name in names:
            places[name].append(place)
        for column in (words(entry.title), entry.words):
            for at, word in enumerate(column, place):
                places[word].append(at)
            place += len(column) + 1
            lengths.append(len(column))
        parts = [entry.url, entry.title, entry.context, entry.where, entry.label, *entry.passages]
        size = sum(map(len, parts))
        if file and filled + size > TEXTS_SIZE:
            texts.append(b"[%s]" % b",".join(file))
            stretches.append(len(file))
            file, filled = [], 0
        shown = to_json(parts)
        file.append(shown)
        filled += size
        digest.update(b"%s %s %s\n" % (kind.encode(), shown, to_json(names) if names else b""))
    texts.append(b"[%s]" % b",".join(file))
    stretches.append(len(file))
    return Segment(
        kind,
        digest.hexdigest(),
        place,
        lengths.tobytes(),
        stretches,
        "\n".join(places),
        array("I", [at[0] for at in places.values()]).tobytes(),
        array("I", [at[-1] for at in places.values()]).tobytes(),
        "\n".join([numbers(map(sub, at[1:], at)) for at in places.values()]),
        texts,
    )
