"""A page of the site as data, so that an adapter can lay it out, or another generator take it as it is."""

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

    `path` is its address below the root (`events/2021-03-18-alaska/`), `source` the file that an editor
    changes to change it; `previous` and `next` are addresses with titles. `html` is complete but for the
    theme; `wide` asks for the room of the side columns. `head` is what the page says of itself to other
    programs: HTML for its head. `part_of` is the address of the first page of a long list of which this is a
    later part.
    """

    path: str
    kind: str
    title: str
    description: str
    html: str
    headings: tuple[Heading, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    source: str | None = None
    wide: bool = False
    head: str = ""
    part_of: str | None = None
