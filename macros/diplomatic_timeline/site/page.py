"""A page of the site as data, so that an adapter can dress it, or another generator take it as it is."""

from __future__ import annotations

from dataclasses import dataclass

from diplomatic_timeline.views.models import Link


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents."""

    id: str
    title: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    `path` is its address below the root (`events/2021-03-18-alaska/`), `tab` that of the navigation tab it
    belongs to, `source` the file that an editor changes to change it; `previous` and `next` are addresses
    with titles. `content` is its HTML in UTF-8, complete but for the theme; `wide` asks for the room of the
    side columns. `head` is what the page says of itself to other programs: HTML for its head. `part_of` is
    the address of the first page of a long list of which this is a later part.
    """

    path: str
    kind: str
    tab: str
    title: str
    description: str
    content: bytes
    headings: tuple[Heading, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    source: str | None = None
    wide: bool = False
    head: str = ""
    part_of: str | None = None

    @property
    def html(self) -> str:
        """The content as text."""
        return self.content.decode()
