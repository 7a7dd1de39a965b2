"""The index as files: words, lengths and texts, each cut into small scripts that a page loads with <script>.

All entries are numbered, and so are all words of all entries, one after the other: an entry's title, a gap,
its text, a gap. The index gives for each word the numbers of its places. From them follow the entry (by the
entries' lengths), the column, how often a word stands there, and whether words stand next to each other: one
list answers words, beginnings of words and phrases, and is all that FTS5's bm25 needs.

- `index.js` says where everything is,
- `words/N.js` hold a stretch of the alphabet each: word -> places; and names as a whole -> titles,
- `lengths/N.js` hold how many words the title and the text of each of BLOCK entries have,
- `texts/N.js` hold what is shown of some entries in a row, of one segment (`segments`).

Numbers are written in base 45, the lowest digit first, by visible ASCII characters; a digit above 44 says
that more follow. Places are written as differences. Every file carries the version of the whole, so that
a browser notices when it holds files of two builds. Files of texts, which are most of the index, carry that
of their segment, which the index names, and their place in it: an edit leaves most of them as they are, on
the disk and in browsers.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from pydantic_core import to_json

from diplomatic_timeline.search.entries import KINDS, Entry
from diplomatic_timeline.search.segments import Segment, made, number, numbers, split_by_kind, versioned

BLOCK = 16_384
"""Entries whose lengths stand in one file."""
WORDS_SIZE = 12_000
"""Bytes from which on a file of words is closed; a single word may be longer."""


class File(NamedTuple):
    """A file of the index: its name below its folder, its version, and what gives its bytes."""

    name: str
    version: str
    content: Callable[[], bytes]


def files(entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the names and the bytes of the files of an index of entries, which come as in KINDS."""
    return ((file.name, file.content()) for file in packed(map(made, split_by_kind(entries))))


def packed(segments: Iterable[Segment]) -> Iterator[File]:
    """Yield the files of the index of some segments, which come kind by kind as in KINDS.

    Time and memory are linear in their words.
    """
    words = _Words()
    lengths = array("I")
    counts = dict.fromkeys(KINDS, 0)
    digest = versioned(BLOCK, WORDS_SIZE)
    stretches: list[int] = []
    groups: list[str] = []
    sizes: list[int] = []
    for segment in segments:
        for n, text in enumerate(segment.texts):
            yield _file(f"texts/{len(stretches) + n}", f"{segment.version}.{n}", partial(bytes, text))
        lengths.frombytes(segment.lengths)
        words.add(segment)
        counts[segment.kind] += sum(segment.stretches)
        stretches += segment.stretches
        groups.append(segment.version)
        sizes.append(len(segment.stretches))
        digest.update(f"{segment.kind} {segment.version}\n".encode())

    # All files follow from the segments, so their version is known before the last of them is written.
    whole = digest.hexdigest()
    blocks: list[int] = []
    place = 0
    for n, begin in enumerate(range(0, len(lengths), 2 * BLOCK)):
        stretch = lengths[begin : begin + 2 * BLOCK]
        blocks.append(place)
        place += sum(stretch) + len(stretch)
        yield _file(f"lengths/{n}", whole, partial(to_json, numbers(stretch)))
    borders: list[str] = []
    for border, shard in words.shards():
        yield _file(f"words/{len(borders)}", whole, partial(bytes, shard))
        borders.append(border)
    index = {
        "entries": len(lengths) // 2,
        "words": sum(lengths),
        "kinds": [[kind, counts[kind], weight] for kind, weight in KINDS.items()],
        "block": BLOCK,
        "blocks": blocks,
        "borders": borders,
        "texts": numbers(stretches),
        "segments": numbers(sizes),
        "versions": groups,
    }
    yield _file("index", whole, partial(to_json, index))


def _file(name: str, version: str, content: Callable[[], bytes]) -> File:
    before = f'dtSearch.put("{version}","{name}",'.encode()
    return File(f"{name}.js", version, lambda: before + content() + b");\n")


class _Words:
    """Where each word stands, as it is written, in all segments so far."""

    def __init__(self) -> None:
        self._written: defaultdict[str, list[str]] = defaultdict(list)
        self._last: dict[str, int] = {}
        self._size = 0

    def add(self, segment: Segment) -> None:
        """Number the words of a segment behind those of the segments before."""
        base, written, last = self._size, self._written, self._last
        firsts, lasts = array("I", segment.firsts), array("I", segment.lasts)
        if firsts:  # what has no words has no lines either
            of = zip(segment.words.split("\n"), firsts, lasts, segment.steps.split("\n"), strict=True)
            for word, begin, end, steps in of:
                written[word].append(number(base + begin - last.get(word, 0)) + steps)
                last[word] = base + end
        self._size += segment.size

    def shards(self) -> Iterator[tuple[str, bytes]]:
        """Yield stretches of the alphabet: what parts each from the one before, the shortest, and its words.

        The order is that of JavaScript's comparison, by UTF-16 units. Afterwards no word is left.
        """
        shard: list[bytes] = []
        border = before = ""
        size = 0
        for word in sorted(self._written, key=_units):
            shown = b"%s:%s" % (to_json(word), to_json("".join(self._written.pop(word))))
            if shard and size + len(shown) > WORDS_SIZE:
                yield border, b"{%s}" % b",".join(shard)
                shard, size = [], 0
                border = next(word[:n] for n in range(1, len(word) + 1) if _units(word[:n]) > _units(before))
            shard.append(shown)
            size += len(shown)
            before = word
        yield border, b"{%s}" % b",".join(shard)


def _units(text: str) -> bytes:
    return text.encode("utf-16-be")
