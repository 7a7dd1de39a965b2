"""What the tests that run over every kind of page share: which pages those are."""

from __future__ import annotations

from helpers.sites import Built


def page_kinds(built: Built) -> dict[str, str]:
    """Return for each kind of the record's pages the file of the one with most on it, and each page by hand.

    New kinds and new pages come in by themselves. The page for lost addresses is one of them.
    """
    size = {file: len(page.source) for file, page in built.pages.items()}
    found: dict[str, str] = {}
    for file, page in sorted(built.records.items(), key=lambda p: (-size[p[0]], p[0])):
        found.setdefault(page.kind, file)
    by_hand = set(built.pages) - set(built.records) - set(built.moved)
    return {**found, **{file: file for file in sorted(by_hand)}}
