"""Publishes the search index, unless it is there already; while serving, makes it when it is asked for."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator
from functools import partial
from threading import Lock

from macros import urls
from macros.publication import Publication
from macros.search import shards
from macros.search.entries import Entries, entries
from macros.search.written import Passage
from macros.site import Site
from macros.timeline import Timeline


def publish(site: Site, written: list[Passage], publication: Publication) -> None:
    """Have the publication hold the index of a record and of hand-written pages.

    It follows from all that can be found, so it is made as a whole or not at all; a file of it is published
    only where its version is another.
    """

    def made() -> bytes:
        files = []
        for file in shards.packed(_prepared(site, written), site.spool):
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


def _prepared(site: Site, written: list[Passage]) -> Iterator[shards.Prepared]:
    """Yield every entry; those of events that have not changed are remembered."""
    if site.spool is None:
        yield from map(shards.prepared, entries(site.timeline, written))
        return
    of, spool = Entries(site.timeline), site.spool
    said: dict[str, int] = {}
    promised: dict[str, int] = {}
    events, quotes, commitments = of.order
    for id in events:
        kept = site.kept(f"{urls.event(id)}#search", site.press.marks.event(id), partial(_of_event, of, id))
        own, words, promises = marshal.loads(kept)
        yield shards.Prepared(*own)
        # The quotes and commitments of all events come in orders of their own, later.
        event = site.timeline.events[id]
        said.update(zip((q.id for q in event.quotes), map(spool.put, words), strict=True))
        promised.update(zip((c.id for c in event.commitments), map(spool.put, promises), strict=True))
    for place in (*map(said.__getitem__, quotes), *map(promised.__getitem__, commitments)):
        yield shards.Prepared(*marshal.loads(spool.get(place)))
    yield from map(shards.prepared, of.others(written))


def _of_event(of: Entries, id: str) -> bytes:
    """Return the entries of an event, its quotes and its commitments, as `_prepared` takes them apart."""
    event = of.timeline.events[id]
    said = (of.quote(quote.id) for quote in event.quotes)
    promised = (of.commitment(commitment.id) for commitment in event.commitments)
    behind = [[marshal.dumps(tuple(shards.prepared(entry))) for entry in some] for some in (said, promised)]
    return marshal.dumps((tuple(shards.prepared(of.event(id))), *behind))


class Demanded:
    """The index of a site that is being edited, made when a browser first asks for a part of it.

    It takes longer than the pages that an edit changes, and most edits are looked at, not searched for.
    """

    def __init__(self, timeline: Timeline, written: list[Passage]) -> None:
        self._of = timeline, written
        self._files: dict[str, bytes] | None = None
        self._lock = Lock()

    def file(self, address: str) -> bytes | None:
        """Return the file at an address below the site's root, or None where the index has none there."""
        if not address.startswith(urls.SEARCH):
            return None
        with self._lock:
            if self._files is None:
                timeline, written = self._of
                self._files = dict(shards.files(entries(timeline, written)))
        return self._files.get(address.removeprefix(urls.SEARCH))
