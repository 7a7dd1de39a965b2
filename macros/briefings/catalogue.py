"""The briefings that a site offers: the whole record, each main event, each issue and each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros import urls
from macros.briefing import CAPACITY, BriefingError, Press, Printed
from macros.briefings.contents import Form, contents_of
from macros.briefings.glyphs import missing, named
from macros.briefings.selection import Selection, SelectionError, select, volumes
from macros.briefings.shelf import Shelf, print_all
from macros.viewpoint import Viewpoint
from macros.views import BriefingLink


@dataclass(frozen=True, slots=True)
class Order:
    """A briefing to print: its address, the page it belongs to, its title, and its contents.

    `old` are the addresses at which it stood under former ids.
    """

    address: str
    page: str
    kind: str
    title: str
    contents: dict[str, Any]
    old: tuple[str, ...] = ()


def orders(view: Viewpoint, form: Form, limit: int = CAPACITY) -> Iterator[Order]:
    """Yield the site's briefings, the whole record first. More events than `limit` become volumes."""
    timeline = view.timeline
    wanted = [("record", "", urls.BRIEFINGS, Selection())]
    wanted += [
        ("event", id, urls.event(id), Selection(events=(id,)))
        for id, event in timeline.events.items()
        if event.prominence == "main"
    ]
    wanted += [
        ("issue", issue.id, urls.issue(issue.id), Selection(issues=(issue.id,)))
        for issue, _ in timeline.issue_tree()
    ]
    people = sorted(timeline.corpus.people.values(), key=lambda p: (p.family_name.casefold(), p.name))
    wanted += [("person", p.id, urls.person(p.id), Selection(people=(p.id,))) for p in people]
    for kind, id, page, asked in wanted:
        try:
            parts = volumes(timeline, select(timeline, asked), limit)
        except SelectionError:
            continue  # nothing in the record touches it
        for number, part in enumerate(parts, 1):
            volume = (number, len(parts)) if len(parts) > 1 else None
            contents = contents_of(view, part, form.of_volume(volume))
            address = urls.briefing(kind, id, number if volume else 0)
            aliases = timeline.events[id].aliases if kind == "event" else ()
            old = tuple(urls.briefing(kind, alias) for alias in aliases)
            yield Order(address, page, kind, contents["title"], contents, old)


class Stock:
    """The briefings of one build.

    `files` are the finished ones by address, former addresses included, and `links` what pages say of them;
    `faults` says by address why one could not be printed, and `unknown` are the characters that no font has.
    """

    def __init__(self, orders: Iterable[Order], folder: Path) -> None:
        self.orders = {order.address: order for order in orders}
        self._moved = {old: order.address for order in self.orders.values() for old in order.old}
        self.shelf = Shelf(folder)
        self.files: dict[str, bytes] = {}
        self.links: dict[str, BriefingLink] = {}
        self.faults: dict[str, str] = {}
        self.unknown: tuple[str, ...] = ()

    def shelve(self) -> None:
        """Take what is finished already; the rest is linked without its size and number of pages."""
        for order in self._fit():
            printed = self.shelf.find(order.contents)
            if printed is None:
                self.links[order.address] = _link(order, None)
            else:
                self._done(order.address, printed)

    def print(self) -> None:
        """Print everything, several at once."""
        fit = [(order.address, order.contents) for order in self._fit()]
        largest = max((len(contents["summary"]["happened"]) for _, contents in fit), default=0)
        print_all(self.shelf, fit, largest, self._done)
        self.shelf.clear()

    def demand(self, address: str) -> bytes | None:
        """Return a briefing, printed now where it has to be; None where there is none at that address."""
        order = self.orders.get(self._moved.get(address, address))
        if order is None or order.address in self.faults:
            return None
        try:
            with Press() as press:
                return self.shelf.take(order.contents, press).pdf
        except BriefingError:
            return None

    def _fit(self) -> Iterator[Order]:
        """Yield what the fonts can print; the rest goes to `faults`."""
        unknown: set[str] = set()
        for order in self.orders.values():
            strange = missing(order.contents)
            if strange:
                unknown.update(strange)
                self.faults[order.address] = f"no font has {', '.join(map(named, strange))}"
            else:
                yield order
        self.unknown = tuple(sorted(unknown))

    def _done(self, address: str, result: Printed | BriefingError) -> None:
        if isinstance(result, BriefingError):
            self.faults[address] = str(result)
            return
        for same in (address, *self.orders[address].old):
            self.files[same] = result.pdf
        self.links[address] = _link(self.orders[address], result)

    @property
    def pages(self) -> dict[str, tuple[BriefingLink, ...]]:
        """The links by the page that they belong to, in the order of the volumes."""
        found: dict[str, list[BriefingLink]] = {}
        for order in self.orders.values():
            if order.address in self.links:
                found.setdefault(order.page, []).append(self.links[order.address])
        return {page: tuple(links) for page, links in found.items()}


def _link(order: Order, printed: Printed | None) -> BriefingLink:
    size = len(printed.pdf) if printed else 0
    return BriefingLink(order.kind, order.title, order.address, printed.pages if printed else 0, size)
