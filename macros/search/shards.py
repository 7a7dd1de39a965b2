"""The index as files: words, lengths and texts, each cut into small scripts that a page loads with <script>.

All entries are numbered, and so are all words of all entries, one after the other: an entry's title, a gap,
its text, a gap. The index gives for each word the numbers of its places. From them follow the entry (by the
entries' lengths), the column, how often a word stands there, and whether words stand next to each other: one
list answers words, beginnings of words and phrases, and is all that FTS5's bm25 needs.

- `index.js` says where everything is,
- `words/N.js` hold a stretch of the alphabet each: word -> places; and names as a whole -> titles,
- `lengths/N.js` hold how many words the title and the text of each of BLOCK entries have,
- `texts/N.js` hold what is shown of some entries in a row.

Numbers are written in base 45, the lowest digit first, by visible ASCII characters; a digit above 44 says
that more follow. Places are written as differences. Every file carries the version of the whole, so that
a browser notices when it holds files of two builds. Files of texts, which are most of the index, carry that
of their GROUP, which the index names: an edit leaves most of them as they are, on the disk and in browsers.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from operator import sub
from typing import NamedTuple

from macros.search.entries import KINDS, Entry
from macros.search.words import name_key, words
from macros.spool import Spool

BLOCK = 16_384
"""Entries whose lengths stand in one file."""
WORDS_SIZE = 12_000
TEXTS_SIZE = 8_000
"""Characters from which on a file is closed; a single word or entry may be longer."""
GROUP = 64
"""Files of texts that have one version."""
FORM = 2
"""Raised whenever the same entries are written differently: the files' version follows from it."""

_DIGITS = [chr(code) for code in range(35, 127) if chr(code) != "\\"]
_RADIX = 45


class _Numbers(dict[int, str]):
    """Numbers as they are written; the small ones, which come often, are kept."""

    def __missing__(self, number: int) -> str:
        rest, written = number, ""
        while rest >= _RADIX:
            rest, digit = divmod(rest, _RADIX)
            written += _DIGITS[_RADIX + digit]
        written += _DIGITS[rest]
        if number < _RADIX**3:
            self[number] = written
        return written


_written = _Numbers().__getitem__
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def numbers(values: Iterable[int]) -> str:
    """Return numbers as the files hold them."""
    return "".join(map(_written, values))


class Prepared(NamedTuple):
    """An entry as the index needs it: what is shown of it, as JSON; `size` characters; and its words.

    `title` and `text` are words, parted by spaces; `names` are names as a whole.
    """

    kind: str
    shown: str
    size: int
    title: str
    text: str
    names: tuple[str, ...]


def prepared(entry: Entry) -> Prepared:
    """Return an entry as the index needs it."""
    shown = [entry.url, entry.title, entry.context, entry.where, entry.label, *entry.passages]
    names = {name_key(name) for name in entry.names} - {""}
    title, text = " ".join(words(entry.title)), " ".join(entry.words)
    return Prepared(entry.kind, _json(shown), sum(map(len, shown)), title, text, tuple(sorted(names)))


class _Shelf:
    """Packs what is shown of entries, some in a row to a file.

    The files are most of the index. They wait on the spool until the version is known that goes into them.
    """

    def __init__(self, spool: Spool | None) -> None:
        self.files: list[Callable[[], bytes]] = []
        self.stretches: list[int] = []
        self._groups: list[blake2b] = []
        self._spool = spool
        self._open: list[str] = []
        self._size = 0

    def add(self, entry: Prepared) -> None:
        """Add what is shown of an entry."""
        if self._size + entry.size > TEXTS_SIZE:
            self.close()
        self._open.append(entry.shown)
        self._size += entry.size

    def close(self) -> None:
        if self._open:
            packed = f"[{','.join(self._open)}]".encode()
            if len(self.files) % GROUP == 0:
                self._groups.append(_versioned())
            self._groups[-1].update(packed)
            self.files.append(self._spool.keep(packed) if self._spool else partial(bytes, packed))
            self.stretches.append(len(self._open))
        self._open, self._size = [], 0

    def versions(self) -> list[str]:
        """Return the version of each group."""
        return [group.hexdigest() for group in self._groups]


def _versioned() -> blake2b:
    """Return a digest that becomes the version of what is added to it."""
    return blake2b(_json([FORM, BLOCK, WORDS_SIZE, TEXTS_SIZE]).encode(), digest_size=6)


def files(entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the names and the bytes of the files of an index of entries, which come as in KINDS."""
    return ((file.name, file.content()) for file in packed(map(prepared, entries)))


class File(NamedTuple):
    """A file of the index: its name below its folder, its version, and what gives its bytes."""

    name: str
    version: str
    content: Callable[[], bytes]


def packed(entries: Iterable[Prepared], spool: Spool | None = None) -> Iterator[File]:
    """Yield the files of the index.

    `entries` come kind by kind as in KINDS. Time and memory are linear in their words; what is shown of them
    waits on the `spool`.
    """
    places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    lengths = array("I")
    blocks: list[int] = []
    counts = dict.fromkeys((kind.id for kind in KINDS), 0)
    shelf = _Shelf(spool)
    digest = _versioned()
    place = 0
    for entry in entries:
        if len(lengths) % (2 * BLOCK) == 0:
            blocks.append(place)
        counts[entry.kind] += 1
        for name in entry.names:
            places[name].append(place)
        for column in (entry.title.split(), entry.text.split()):
            for at, word in enumerate(column, place):
                places[word].append(at)
            place += len(column) + 1
            lengths.append(len(column))
        shelf.add(entry)
        names = _json(entry.names) if entry.names else ""
        digest.update(f"{entry.kind} {entry.shown} {names}\n".encode())
    shelf.close()

    # All files follow from the entries, so their version is known before the last of them is written.
    whole = digest.hexdigest()

    def file(name: str, content: Callable[[], bytes], version: str = whole) -> File:
        before = f'dtSearch.put("{version}","{name}",'.encode()
        return File(f"{name}.js", version, lambda: before + content() + b");\n")

    groups = shelf.versions()
    for n, texts in enumerate(shelf.files):
        yield file(f"texts/{n}", texts, groups[n // GROUP])
    for n in range(len(blocks)):
        stretch = lengths[2 * n * BLOCK : 2 * (n + 1) * BLOCK]
        yield file(f"lengths/{n}", _json(numbers(stretch)).encode)
    borders: list[str] = []
    for border, shard in _shards(places):
        yield file(f"words/{len(borders)}", shard.encode)
        borders.append(border)
    index = {
        "entries": len(lengths) // 2,
        "words": sum(lengths),
        "kinds": [[k.id, k.one, k.many, counts[k.id], k.weight] for k in KINDS],
        "block": BLOCK,
        "blocks": blocks,
        "borders": borders,
        "texts": numbers(shelf.stretches),
        "group": GROUP,
        "groups": groups,
    }
    yield file("index", _json(index).encode)


def _shards(places: dict[str, array[int]]) -> Iterator[tuple[str, str]]:
    """Yield stretches of the alphabet: the shortest text that parts each from the one before, and its words.

    The order is that of JavaScript's comparison, by UTF-16 units.
    """
    shard: list[str] = []
    border = last = ""
    size = 0
    for word in sorted(places, key=_units):
        at = places.pop(word)
        shown = f"{_json(word)}:{_json(numbers(map(sub, at, [0, *at[:-1]])))}"
        if shard and size + len(shown) > WORDS_SIZE:
            yield border, f"{{{','.join(shard)}}}"
            shard, size = [], 0
            border = next(word[:n] for n in range(1, len(word) + 1) if _units(word[:n]) > _units(last))
        shard.append(shown)
        size += len(shown)
        last = word
    yield border, f"{{{','.join(shard)}}}"


def _units(text: str) -> bytes:
    return text.encode("utf-16-be")
