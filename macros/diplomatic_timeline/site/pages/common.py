"""The pages about one subject: an issue, a person or organization, a party, a source; long ones in parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diplomatic_timeline.site.page import Heading
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.wording import Wording

_LINES = 60
"""Events in short, or people, that a page names before it leads to the whole list."""
_ASIDE = 10
"""Commitments that a page about something else shows before it leads to the whole list."""
_QUOTES = 30
"""Quotes on one page."""


def _headings(sections: Iterable[tuple[str, str, object]], first: bool) -> tuple[Heading, ...]:
    """Return the headings of those sections that hold something; later parts have only the quotes."""
    return tuple(Heading(i, title) for i, title, present in sections if present and (first or i == "quotes"))


def _all(
    words: Wording, ids: Sequence[str], name: str, path: str, shown: int, **narrowed: str
) -> Link | None:
    """Return a link to the whole list, narrowed to these, where a page shows only the first of them."""
    if len(ids) <= shown:
        return None
    return Link(words(f"all.{name}", n=len(ids)), urls.narrowed(path, **narrowed))
