"""Long lists in parts, a page each, so that no page grows with the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.wording import ENGLISH, Wording

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Part(Generic[_T]):
    """What one page shows of a list: `items`, of which the first is at `place` (from 0) of `total`.

    `number` counts the parts of the list at `path` from 1 to `of`.
    """

    path: str
    number: int
    of: int
    items: tuple[_T, ...]
    place: int
    total: int
    words: Wording = ENGLISH

    @property
    def first(self) -> bool:
        return self.number == 1

    @property
    def url(self) -> str:
        return urls.part(self.path, self.number)

    @property
    def suffix(self) -> str:
        """What a title adds to tell this page from the others: nothing, or `, page 2`."""
        return self.words("pagination.suffix", n=self.number) if self.number > 1 else ""

    @property
    def previous(self) -> Link | None:
        return self._link(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> Link | None:
        return self._link(self.number + 1) if self.number < self.of else None

    @property
    def nearby(self) -> tuple[Link | None, ...]:
        """Links to the first and last parts and those around this one; None where some are left out."""
        near = range(max(1, self.number - 2), min(self.of, self.number + 2) + 1)
        found: list[Link | None] = []
        reached = 0
        for number in sorted({1, self.of, *near}):
            if number > reached + 1:
                found.append(None)
            found.append(self._link(number))
            reached = number
        return tuple(found)

    def _link(self, number: int) -> Link:
        return Link(self.words.number(number), urls.part(self.path, number))


def paginate(
    items: Sequence[_T],
    path: str,
    size: int,
    weight: Callable[[_T], int] = lambda item: 1,
    words: Wording = ENGLISH,
) -> Iterator[Part[_T]]:
    """Yield a list's parts in its order; an empty list has one, empty part.

    A part holds as many items as weigh `size` together, and at least one.
    """
    ends: list[int] = []
    heavy = 0
    for n, item in enumerate(items):
        w = weight(item)
        if heavy and heavy + w > size:
            ends.append(n)
            heavy = 0
        heavy += w
    ends.append(len(items))
    begin = 0
    for number, end in enumerate(ends, 1):
        yield Part(path, number, len(ends), tuple(items[begin:end]), begin, len(items), words)
        begin = end
