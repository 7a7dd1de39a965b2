"""Publishes the search index, unless it is there already."""

from __future__ import annotations

from macros import urls
from macros.publication import Publication
from macros.search import shards
from macros.search.entries import entries
from macros.search.written import Passage
from macros.site import Site


def publish(site: Site, written: list[Passage], publication: Publication) -> None:
    """Have the publication hold the index of a record and of hand-written pages.

    Every file of it follows from all that can be found, so it is made as a whole or not at all.
    """
    key = site.whole(*written)

    def made() -> bytes:
        names = []
        for name, content in shards.files(entries(site.timeline, written)):
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
