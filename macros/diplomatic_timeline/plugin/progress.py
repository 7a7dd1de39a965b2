"""What a build says while it works, and at its end."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from mkdocs.exceptions import Abort
from mkdocs.utils import CountHandler


def counted(n: int, noun: str) -> str:
    """Return a number of things in words."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def now_and_then(tell: Callable[[str], object], seconds: float = 2) -> Callable[[int, int], None]:
    """Return what is told after each briefing how many of how many are printed, and says so sometimes."""
    last = monotonic()

    def told(count: int, of: int) -> None:
        nonlocal last
        if count < of and monotonic() - last >= seconds:
            last = monotonic()
            tell(f"{count:,} of {counted(of, 'briefing')} printed")

    return told


def tell(line: str) -> None:
    """Say what is no message of MkDocs': it is told whatever a build is asked to leave out."""
    sys.stderr.write(f"timeline: {line}\n")


def stopped(why: str) -> Abort:
    """Return what ends a build that publishes nothing."""
    return Abort(f"timeline: {why}; nothing was built, and the site is as it was")


def warned() -> bool:
    """Return whether MkDocs has counted a warning in this build; it does so where warnings abort a build."""
    counters = (h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler))
    return any(counter.get_counts() for counter in counters)


def published(site: Path, files: set[str], changed: set[str]) -> str:
    """Return what a build says at its end: what is in the site, what of it is new, and what to do next."""

    def held(paths: set[str]) -> str:
        pages, pdfs = (sum(path.endswith(kind) for path in paths) for kind in (".html", ".pdf"))
        return counted(pages, "page") + (f" and {counted(pdfs, 'PDF')}" if pdfs else "")

    folder = os.path.relpath(site)
    said = f"{held(changed & files)} new or changed" if changed else "nothing has changed"
    return f"{folder}/ has {held(files)}, {said}: open {folder}/index.html"
