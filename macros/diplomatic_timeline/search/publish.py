"""Publishes the search index, unless it is there already; while serving, makes it when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from threading import Lock

from pydantic_core import from_json, to_json

from diplomatic_timeline.build.output import Output
from diplomatic_timeline.build.store import NullStore, joined, parted
from diplomatic_timeline.build.target import Target
from diplomatic_timeline.search import index_files, segments
from diplomatic_timeline.search.entries import Entries, Entry, entries, pages
from diplomatic_timeline.search.index_files import File
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.search.segments import Facts, Segment
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.fingerprints import Fingerprints
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


def publish(
    fingerprints: Fingerprints,
    passages: Sequence[Passage],
    output: Output,
    store: NullStore,
    words: Wording = ENGLISH,
) -> None:
    """Have the output hold the index of a record and of passages of pages.

    Its files follow from all that can be found. Which they are is kept, so that an index that lies published
    is not made; of one that is made, each file is written only where its version is another.
    """
    inputs = (fingerprints.whole, [*passages])
    listed = store.get("search", inputs)
    files = [File(name, version, bytes) for name, version in from_json(listed or b"[]")]
    if not files or not all(output.holds(_target(file)) for file in files):
        files = []
        for file in index_files.packed(_segments(fingerprints, passages, store, words)):
            output.put(_target(file))
            files.append(file)
        store.put("search", inputs, to_json([(file.name, file.version) for file in files]))
    else:
        for file in files:
            output.put(_target(file))


def _target(file: File) -> Target[bytes]:
    return Target(f"{urls.SEARCH}{file.name}", file.version, file.content)


def _segments(
    fingerprints: Fingerprints, passages: Sequence[Passage], store: NullStore, words: Wording
) -> Iterator[Segment]:
    """Yield every segment; those of entries that have not changed are kept."""
    of = Entries(fingerprints.timeline, words)
    for listed in of.listed:
        for ids in segments.split(listed.kind, listed.ids, listed.address):
            # Known by what it begins with; what comes first of a kind changes, and is one.
            begin = ids[0] if ids[0] != listed.ids[0] else ""
            inputs = (fingerprints.common, fingerprints.of(listed.name, ids))
            yield _segment(store, f"search {listed.kind} {begin}", inputs, partial(map, listed.entry, ids))
    for number, some in enumerate(segments.split_by_kind(of.registries())):
        yield _segment(store, f"search registries {number}", fingerprints.common, partial(list, some))
    yield from map(segments.made, segments.split_by_kind(pages(passages)))


def _segment(store: NullStore, name: str, inputs: object, entries: Callable[[], Iterable[Entry]]) -> Segment:
    """Return a segment of entries, whose texts are read only where a file of them is published."""
    whole = cache(lambda: segments.made(entries()))

    def texts() -> list[bytes]:
        return parted(store.get_or_make(f"{name} texts", inputs, lambda: joined(None, whole().texts())))[1]

    facts = store.get(name, inputs)
    if facts is None:
        facts = whole().facts.packed()
        store.put(name, inputs, facts)
        texts()  # so that they are kept
    return Segment(Facts.unpacked(facts), cache(texts))


class Demanded:
    """The index of a site that is being edited, made when a browser first asks for a part of it.

    It takes longer than the pages that an edit changes, and most edits are looked at, not searched for.
    """

    def __init__(self, timeline: Timeline, passages: list[Passage], words: Wording = ENGLISH) -> None:
        self._of = timeline, passages, words
        self._files: dict[str, bytes] | None = None
        self._lock = Lock()

    def file(self, address: str) -> bytes | None:
        """Return the file at an address below the site's root, or None where the index has none there."""
        if not address.startswith(urls.SEARCH):
            return None
        with self._lock:
            if self._files is None:
                self._files = dict(index_files.files(entries(*self._of)))
        return self._files.get(address.removeprefix(urls.SEARCH))
