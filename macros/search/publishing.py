"""Publishes the search index, unless it is there already; while serving, makes it when it is asked for."""

from __future__ import annotations

from threading import Lock

from macros import urls
from macros.publication import Publication
from macros.search import shards
from macros.search.entries import entries
from macros.search.written import Passage
from macros.site import Site
from macros.timeline import Timeline


def publish(site: Site, written: list[Passage], publication: Publication) -> None:
    """Have the publication hold the index of a record and of hand-written pages.

    Every file of it follows from all that can be found, so it is made as a whole or not at all.
    """
    key = site.whole(*written)

    def made() -> bytes:
        names = []
        for name, content in shards.files(entries(site.timeline, written), site.spool):
            names.append(f"{urls.SEARCH}{name}")
            publication.put(names[-1], content, key)
        return "\n".join(names).encode()

    if site.memo is None:
        made()
        return
    before = site.memo.remade
    names = site.memo.made(urls.SEARCH, key, made).decode().split("\n")
    if site.memo.remade == before and not all(publication.keep(name, key) for name in names):
        made()


class Demanded:
    """The index of a site that is being edited, made when a browser first asks for a part of it.

    Any edit changes every file of it, and most edits are looked at, not searched for.
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
