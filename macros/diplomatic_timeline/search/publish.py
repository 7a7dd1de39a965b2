"""Publishes the search index, unless it is there already; while serving, makes it when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from threading import Lock

from pydantic_core import from_json, to_json

from diplomatic_timeline.build.output import Output
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.build.target import Target
from diplomatic_timeline.search import index_files, segments
from diplomatic_timeline.search.entries import Entries, Entry, entries, pages
from diplomatic_timeline.search.index_files import File
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.search.segments import Segment
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
    known = from_json(store.get("search", inputs) or b"[]")
    files: Iterable[File] = [File(name, version, bytes) for name, version in known]
    if not known or not all(output.holds(_target(file)) for file in files):
        files = index_files.packed(_segments(fingerprints, passages, store, words))
    listed = []
    for file in files:
        output.put(_target(file))
        listed.append([file.name, file.version])
    if listed != known:
        store.put("search", inputs, to_json(listed))


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
            entries = map(listed.entry, ids)
            yield _kept(store, f"search {listed.kind} {begin}", inputs, entries)
    registries = (fingerprints.common, [*fingerprints.timeline.organizations])
    for number, some in enumerate(segments.split_by_kind(of.registries())):
        yield _kept(store, f"search registries {number}", registries, some)
    yield from map(segments.made, segments.split_by_kind(pages(passages)))


def _kept(store: NullStore, name: str, inputs: object, entries: Iterable[Entry]) -> Segment:
    return Segment.unpacked(store.get_or_make(name, inputs, lambda: segments.made(entries).packed()))


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
