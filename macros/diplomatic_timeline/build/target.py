"""Pages that are not made yet: what each would be made from, and how. What is unchanged need not be made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic_core import to_json

from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.views.models import Link


@dataclass(frozen=True, slots=True)
class Draft:
    """A page at `path` that `make` makes, but for what many pages show and the addresses (`Renderer.whole`).

    Where `of`, which holds plain values, is the same in two builds, and so is all that is no event
    (`Marks.common`), the page is.
    """

    path: str
    of: tuple[object, ...]
    make: Callable[[], Page]


@dataclass(frozen=True, slots=True)
class Slip:
    """A page at `path` that need not be in memory: `page` gives it.

    `key` is the same in two builds by one program where the page is; None where nothing is remembered. `note`
    is what was noted of the page when it was made.
    """

    path: str
    key: bytes | None
    note: Any
    page: Callable[[], Page]


Content: TypeAlias = bytes | Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that is no page: its address below the root, and what gives its bytes, at once or in pieces.

    `key` as of a slip.
    """

    path: str
    key: bytes | None
    content: Callable[[], Content]


def packed(page: Page) -> bytes:
    """Return a page as bytes: a line of JSON, then its head and its HTML."""
    head = page.head.encode()
    facts = (
        *(page.path, page.kind, page.tab, page.title, page.description, page.source, page.wide, page.part_of),
        [_heading(h) for h in page.headings],
        *((link.text, link.url) if link else None for link in (page.previous, page.next)),
        len(head),
    )
    return b"%s\n%s%s" % (to_json(facts), head, page.content)


def unpacked(data: bytes, whole: Callable[[bytes, str], bytes]) -> Page:
    """Return the page that `packed` made bytes of, its content made whole by `whole`."""
    end = data.index(b"\n")
    path, kind, tab, title, description, source, wide, part_of, headings, before, after, size = json.loads(
        data[:end]
    )
    begin = end + 1 + size
    return Page(
        path=path,
        kind=kind,
        tab=tab,
        title=title,
        description=description,
        content=whole(data[begin:], path),
        headings=tuple(_read_heading(h) for h in headings),
        previous=Link(*before) if before else None,
        next=Link(*after) if after else None,
        source=source,
        wide=wide,
        head=data[end + 1 : begin].decode(),
        part_of=part_of,
    )


def _heading(heading: Heading) -> list[Any]:
    return [heading.id, heading.title, [_heading(child) for child in heading.children]]


def _read_heading(read: list[Any]) -> Heading:
    id, title, children = read
    return Heading(id, title, tuple(_read_heading(child) for child in children))
