"""Puts pages into a theme's shell that was rendered once for all pages of their kind. Knows no theme.

A theme takes milliseconds for a page, and of what it writes only a few places differ between pages of one
kind. So a page of marks is rendered in their stead; where a mark comes out is a place, and what stands
between the places is the same on every page. A mark is looked for only in what the theme made of the page of
marks, never in a page of the record, so that no text of the record can be taken for one.

That a theme does nothing else with a page is not proven by this. Whoever stamps renders some pages in full as
well, and compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from diplomatic_timeline.build.memo import digest
from diplomatic_timeline.site.compiling import escaped
from diplomatic_timeline.site.page import Heading, Page
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link

_NAME = "dtslot"
# Between control characters that no record can hold: they pass through a theme's filters for text unchanged.
_MARK = f"\x02{_NAME}-{{}}\x03"
# Text comes out escaped, once: a theme that escapes it twice or not at all shows by this.
_TEXT = f"\x02{_NAME}-{{}}&\x03"
# In addresses, which are encoded, a word stands for the page or for a neighbour.
_PREVIOUS, _NEXT = f"{_NAME}previous/", f"{_NAME}next/"
_PLACES = re.compile(
    rf"\x02{_NAME}-(?P<name>[a-z]+)(?P<item>\d*)(?:<h1|&amp;)?\x03"
    rf"|(?P<up>(?:\.\./)*)(?P<neighbour>{_PREVIOUS}|{_NEXT})index\.html"
    rf"|(?P<path>(?:{_NAME}/)+)"
)
_LEFT = re.compile(rf"{_NAME}|[\x02\x03]", re.IGNORECASE)
_END = 0


class UnstampableError(Exception):
    """The theme does something with a page that a stamp cannot do; says what."""


class Cut(NamedTuple):
    """What of a page changes the shell around it. Pages of one cut differ in places only."""

    folder: str
    """The first part of its address: themes lead from page to page the shortest way."""
    depth: int
    tab: str
    wide: bool
    levels: int
    """How deep its table of contents is."""
    headed: bool
    """Whether its HTML brings its own heading; themes add one where it is missing."""
    previous: bool
    next: bool
    source: bool
    described: bool


def cut(page: Page) -> Cut | None:
    """Return a page's cut; None where a theme's filters for text may alter its words."""
    headings = list(_flat(page.headings))
    titles = [page.title, *[title for _, _, title in headings]]
    titles += [link.text for link in (page.previous, page.next) if link]
    if not all(titles) or any(title != " ".join(title.split()) for title in titles):
        return None
    return Cut(
        page.path.partition("/")[0],
        page.path.count("/"),
        page.tab,
        page.wide,
        max([level for level, _, _ in headings], default=0),
        b"<h1" in page.content,
        page.previous is not None,
        page.next is not None,
        page.source is not None,
        bool(page.description),
    )


class Shell:
    """The shell of all pages of one cut."""

    def __init__(self, sample: Page, render: Callable[[Page], str]) -> None:
        """Learn the shell from what `render` makes of pages of marks in the place of `sample`.

        Raises UnstampableError.
        """
        of = cut(sample)
        if of is None:
            raise UnstampableError(f"the words of {sample.path} may not pass a theme unchanged")
        self._steps: dict[tuple[int, int], tuple[bytes | str, ...]] = {}
        self._parts: list[bytes | str | None] = []
        for levels in _walks(of.levels):
            parts = self._learn(_page_of_marks(sample, of, levels), levels, render)
            if self._parts and parts != self._parts:
                raise UnstampableError("the shell depends on the length of the table of contents")
            self._parts = parts

    @cached_property
    def digest(self) -> bytes:
        """A digest of all that it puts around a page."""
        return digest((tuple(self._parts), tuple(self._steps.items())))

    def _learn(
        self, marks: Page, levels: Sequence[int], render: Callable[[Page], str]
    ) -> list[bytes | str | None]:
        """Return the parts around a table of contents, for which None stands, and keep its steps."""
        html = render(marks)
        depth = marks.path.count("/")
        parts: list[bytes | str | None] = []
        item: int | None = None
        step: list[bytes | str] = []
        end = 0
        for found in _PLACES.finditer(html):
            literal = _sound(html[end : found.start()])
            end = found.end()
            if found["name"] in ("id", "heading"):
                number = int(found["item"])
                if item is None:
                    if number != 0 or found["name"] != "id":
                        raise UnstampableError("the table of contents does not begin with its first entry")
                    parts += [literal, None]
                    item = 0
                elif number != item:
                    if number != item + 1 or found["name"] != "id":
                        raise UnstampableError("the entries of the table of contents are out of order")
                    self._keep(levels[item], levels[number], [*step, literal])
                    item, step = number, []
                else:
                    step.append(literal)
                step.append(found["name"])
                continue
            if item is not None:
                if item != len(levels) - 1:
                    raise UnstampableError("the table of contents is not whole")
                self._keep(levels[item], _END, [*step, literal])
                item, step = None, []
            else:
                parts.append(literal)
            parts.append(_place(found, depth))
        rest = _sound(html[end:])
        if item is not None:
            self._keep(levels[item], _END, [*step, rest])
        else:
            parts.append(rest)
        return parts

    def _keep(self, level: int, following: int, step: list[bytes | str]) -> None:
        known = self._steps.setdefault((level, following), tuple(step))
        # Behind the last entry stands what follows the whole table, which may stand on the page twice.
        if known != tuple(step):
            raise UnstampableError("the entries of the table of contents differ by more than their words")

    def stamp(self, page: Page) -> bytes:
        """Return a page's file."""
        values = {
            "title": escaped(page.title).encode(),
            "description": escaped(page.description).encode(),
            "head": page.head.encode(),
            "content": page.content,
            "source": (page.source or "").encode(),
            "path": page.path.partition("/")[2].encode(),
        }
        for name, link in (("previous", page.previous), ("next", page.next)):
            if link is not None and link.url is not None:
                values[f"{name}title"] = escaped(link.text).encode()
                values[f"{name}url"] = urls.file(link.url).encode()
                values[f"{name}link"] = urls.shortest(link.url, page.path).encode()
        contents: bytes | None = None
        written: list[bytes] = []
        for part in self._parts:
            if isinstance(part, bytes):
                written.append(part)
            elif part is not None:
                written.append(values[part])
            else:
                contents = contents or b"".join(self._contents(page.headings))
                written.append(contents)
        return b"".join(written)

    def _contents(self, headings: Iterable[Heading]) -> Iterator[bytes]:
        """Yield a table of contents, with what follows it up to the next place."""
        flat = list(_flat(headings))
        after = [level for level, _, _ in flat[1:]] + [_END]
        for (level, id, title), following in zip(flat, after, strict=True):
            words = {"id": id.encode(), "heading": escaped(title).encode()}
            for part in self._steps[level, following]:
                yield words[part] if isinstance(part, str) else part


def _place(found: re.Match[str], depth: int) -> str:
    """Return the name of the value that belongs where a mark came out."""
    if found["name"]:
        return found["name"]
    if found["path"]:
        if found["path"].count("/") != depth - 1:
            raise UnstampableError("the theme writes only a part of a page's address")
        return "path"
    name = "previous" if found["neighbour"] == _PREVIOUS else "next"
    ups = found["up"].count("/")
    if ups not in (0, depth):
        raise UnstampableError("the theme leads to a neighbour from somewhere else")
    return f"{name}link" if ups else f"{name}url"


def _sound(literal: str) -> bytes:
    """Return what stands between two places. Raises UnstampableError where a mark came out altered."""
    left = _LEFT.search(literal)
    if left:
        around = ascii(literal[max(0, left.start() - 40) : left.end() + 40])
        raise UnstampableError(f"the theme alters a page's words or address, as in {around}")
    return literal.encode(errors="xmlcharrefreplace")


def _flat(headings: Iterable[Heading], level: int = 1) -> Iterator[tuple[int, str, str]]:
    """Yield level, id and title of every heading, in the order of the page."""
    for heading in headings:
        yield level, heading.id, heading.title
        yield from _flat(heading.children, level + 1)


def _walks(levels: int) -> Iterator[tuple[int, ...]]:
    """Yield the levels of tables of contents that take, together, every step and every end there can be."""
    if levels == 0:
        yield ()
        return
    walk = [1]
    for level in range(1, levels + 1):
        for following in range(1, level + 1):
            if walk[-1] > level:
                walk.append(level)
            walk += range(walk[-1] + 1, level + 1)
            walk.append(following)
    yield tuple(walk)
    for level in range(1, levels + 1):
        if level != walk[-1]:
            yield tuple(range(1, level + 1))


def _page_of_marks(sample: Page, of: Cut, levels: Sequence[int]) -> Page:
    # Themes look whether the HTML has a heading of its own.
    content = _MARK.format("content<h1" if of.headed else "content")
    return replace(
        sample,
        path=f"{of.folder}/" + f"{_NAME}/" * (of.depth - 1),
        title=_TEXT.format("title"),
        description=_TEXT.format("description") if of.described else "",
        content=content.encode(),
        headings=_tree(levels)[0],
        source=_MARK.format("source") if of.source else None,
        head=_MARK.format("head"),
        previous=Link(_TEXT.format("previoustitle"), _PREVIOUS) if of.previous else None,
        next=Link(_TEXT.format("nexttitle"), _NEXT) if of.next else None,
    )


def _tree(levels: Sequence[int], at: int = 0, level: int = 1) -> tuple[tuple[Heading, ...], int]:
    """Return marks for headings on these levels from the one at `at` on, and where the next part begins."""
    found: list[Heading] = []
    while at < len(levels) and levels[at] == level:
        children, following = _tree(levels, at + 1, level + 1)
        found.append(Heading(_MARK.format(f"id{at}"), _TEXT.format(f"heading{at}"), children))
        at = following
    return tuple(found), at
