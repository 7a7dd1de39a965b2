"""Publishes the search index, unless it is there already; while serving, makes it when it is asked for."""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from functools import cache, partial
from threading import Lock

from diplomatic_timeline.build.output import Publication
from diplomatic_timeline.search import index_files, segments
from diplomatic_timeline.search.entries import Entries, Entry, entries, pages
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.search.segments import Facts, Run
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import ENGLISH, Wording


def publish(site: Site, written: list[Passage], publication: Publication) -> None:
    """Have the publication hold the index of a record and of hand-written pages.

    It follows from all that can be found, so it is made as a whole or not at all; a file of it is published
    only where its version is another.
    """

    def made() -> bytes:
        files = []
        for file in index_files.packed(_runs(site, written)):
            name = f"{urls.SEARCH}{file.name}"
            publication.offer(name, file.content, file.version.encode())
            files.append((name, file.version))
        return json.dumps(files).encode()

    if site.memo is None:
        made()
        return
    before = site.memo.remade
    files = json.loads(site.memo.made(urls.SEARCH, site.whole(*written), made))
    if site.memo.remade == before and not all(publication.keep(name, of.encode()) for name, of in files):
        made()


def prepare(site: Site) -> None:
    """Have every run remembered but those of hand-written pages."""
    for _ in _runs(site, []):
        pass


def _runs(site: Site, written: list[Passage]) -> Iterator[Run]:
    """Yield every run; those of entries that have not changed are remembered."""
    of, marks = Entries(site.timeline, site.words), site.press.marks
    for listed in of.listed:
        name = f"{urls.SEARCH}#{listed.kind}"
        for ids in segments.cut(listed.kind, listed.ids, listed.address):
            if ids[0] != listed.ids[0]:
                # Kept as long as the event that it begins with; what comes first changes, and is one.
                name = f"{urls.event(listed.event(ids[0]))}#search-{listed.kind}-{ids[0]}"
            yield _run(site, name, marks.of(listed.name, ids), partial(map, listed.entry, ids))
    for n, run in enumerate(segments.cut_by_kind(of.registries())):
        yield _run(site, f"{urls.SEARCH}#registries-{n}", (), partial(list, run))
    yield from map(segments.made, segments.cut_by_kind(pages(written)))


def _run(site: Site, name: str, of: object, entries: Callable[[], Iterable[Entry]]) -> Run:
    """Return a run of entries; its texts are read only where a file of them is published."""
    fresh: list[Run] = []

    def run() -> Run:
        if not fresh:
            fresh.append(segments.made(entries()))
        return fresh[0]

    def texts() -> list[bytes]:
        kept: list[bytes] = marshal.loads(
            site.kept(f"{name}-texts", of, lambda: marshal.dumps(run().texts()))
        )
        return kept

    facts = Facts(*marshal.loads(site.kept(name, of, lambda: marshal.dumps(astuple(run().facts)))))
    if fresh:
        texts()  # so that they are kept
    return Run(facts, cache(texts))


class Demanded:
    """The index of a site that is being edited, made when a browser first asks for a part of it.

    It takes longer than the pages that an edit changes, and most edits are looked at, not searched for.
    """

    def __init__(self, timeline: Timeline, written: list[Passage], words: Wording = ENGLISH) -> None:
        self._of = timeline, written, words
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
