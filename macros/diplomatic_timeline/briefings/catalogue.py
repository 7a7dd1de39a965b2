"""The briefings that a site offers: the whole record, each main event, each issue and each person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from diplomatic_timeline.briefings.contents import Form, contents_of
from diplomatic_timeline.briefings.fingerprints import Origins
from diplomatic_timeline.briefings.fonts import missing
from diplomatic_timeline.briefings.press import BriefingError, Press
from diplomatic_timeline.briefings.printing import Finished, Job, Shelf, UnprintableError, machine, print_all
from diplomatic_timeline.briefings.selection import Selected, Selection, SelectionError, select, title
from diplomatic_timeline.briefings.volumes import EVENTS, Volume, cut, load, standing
from diplomatic_timeline.build.memo import program
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import BriefingLink
from diplomatic_timeline.views.presenter import Viewpoint

EACH = 1_000
"""Up to so many main events, each has a briefing of its own, and so has each issue and each person."""


@dataclass(frozen=True, slots=True)
class Order:
    """A briefing to print: its address, the page it belongs to, its title, its volume, and how to print it.

    `old` are the addresses at which it stood under former ids. `strange` says whether the record may have a
    character here that no font has. `shown_by` are further pages that have no briefing of their own and
    lead to this one.
    """

    address: str
    page: str
    kind: str
    title: str
    volume: Volume | None
    job: Job
    strange: Callable[[], bool]
    old: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()


class Catalogue:
    """What a site offers. More events than `limit` become volumes; `each` is as EACH."""

    def __init__(self, view: Viewpoint, form: Form, limit: int = EVENTS, each: int = EACH) -> None:
        self.view, self.form, self.limit = view, form, limit
        self.timeline = view.timeline
        self.all = self.timeline.main_events <= each
        self.origins = origins(view)
        self.settled = False

    def orders(self) -> Iterator[Order]:
        """Yield the site's briefings, the whole record first."""
        for kind, id, page, asked in self._wanted():
            try:
                parts = cut(self.timeline, select(self.timeline, asked), self.limit, self.view.words)
            except SelectionError:
                continue  # nothing in the record touches it
            if kind == "record":
                # In a record of volumes, an event of today leaves what it does not touch as it is.
                self.settled = len(parts) > 1
            for selected, volume in parts:
                yield self._order(kind, id, page, selected, volume)

    def _wanted(self) -> Iterator[tuple[str, str, str, Selection]]:
        timeline = self.timeline
        yield "record", "", urls.BRIEFINGS, Selection()
        if not self.all:
            return
        for id, event in timeline.events.items():
            if event.prominence == "main":
                yield "event", id, urls.event(id), Selection(events=(id,))
        for issue, _ in timeline.issue_tree():
            yield "issue", issue.id, urls.issue(issue.id), Selection(issues=(issue.id,))
        people = sorted(timeline.corpus.people.values(), key=lambda p: (p.family_name.casefold(), p.name))
        for person in people:
            yield "person", person.id, urls.person(person.id), Selection(people=(person.id,))

    def _order(self, kind: str, id: str, page: str, selected: Selected, volume: Volume | None) -> Order:
        timeline = self.timeline
        aliases = timeline.events[id].aliases if kind == "event" else ()
        form = self.form.of_volume(volume, standing(timeline, selected) if self.settled else None)
        main = (e for e in selected.events if timeline.events[e].prominence == "main")
        return Order(
            address=urls.briefing(kind, id, volume.number if volume else 0),
            page=page,
            kind=kind,
            title=form.title or title(timeline, selected.asked, form.name),
            volume=volume,
            job=job(self.view, self.origins, selected, form),
            strange=lambda: self.origins.strange(selected, form),
            old=tuple(urls.briefing(kind, alias) for alias in aliases),
            shown_by=() if self.all else tuple(map(urls.event, main)),
        )


def origins(view: Viewpoint) -> Origins:
    """Return what gives the keys of a record's briefings, made by this program."""
    return Origins(view.timeline, f"{program()} {machine().hex()} {view.words.language}")


def job(view: Viewpoint, origins: Origins, selected: Selected, form: Form) -> Job:
    """Return a selection as what is to be printed."""
    return Job(origins.key(selected, form), load(selected), lambda: contents_of(view, selected, form))


def orders(view: Viewpoint, form: Form, limit: int = EVENTS, each: int = EACH) -> Iterator[Order]:
    """Yield the site's briefings, the whole record first. More events than `limit` become volumes.

    With more than `each` main events, the whole record is all there is.
    """
    yield from Catalogue(view, form, limit, each).orders()


class Files(Mapping[str, bytes]):
    """Finished briefings by address, read when they are asked for: together they may exceed the memory."""

    def __init__(self) -> None:
        self.finished: dict[str, Finished] = {}

    def __getitem__(self, address: str) -> bytes:
        return self.finished[address].pdf

    def __iter__(self) -> Iterator[str]:
        return iter(self.finished)

    def __len__(self) -> int:
        return len(self.finished)


class Stock:
    """The briefings of one build, printed in `megabytes` of memory, or in half of what is free.

    `files` are the finished ones by address, former addresses included, and `links` what pages say of them;
    `faults` says by address why one could not be printed, and `unknown` are the characters that no font has.
    """

    def __init__(self, orders: Iterable[Order], folder: Path, megabytes: int | None = None) -> None:
        self.orders = {order.address: order for order in orders}
        self.megabytes = megabytes
        self._moved = {old: order.address for order in self.orders.values() for old in order.old}
        self.shelf = Shelf(folder)
        self.files = Files()
        self.links: dict[str, BriefingLink] = {}
        self.faults: dict[str, str] = {}
        self._unknown: set[str] = set()

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(sorted(self._unknown))

    def shelve(self) -> None:
        """Take what is finished already; the rest is linked without its size and number of pages."""
        for order in self.orders.values():
            finished = self.shelf.known(order.job.key)
            if finished is not None:
                self._done(order.address, finished)
                continue
            strange = missing(order.job.contents()) if order.strange() else ()
            if strange:
                self._done(order.address, UnprintableError(strange))
            else:
                self.links[order.address] = _link(order, None)

    def print(self) -> None:
        """Print everything, several at once."""
        jobs = ((order.address, order.job) for order in self.orders.values())
        print_all(self.shelf, jobs, self._done, self.megabytes)
        self.shelf.clear()

    def demand(self, address: str) -> bytes | None:
        """Return a briefing, printed now where it has to be; None where there is none at that address."""
        order = self.orders.get(self._moved.get(address, address))
        if order is None or order.address in self.faults:
            return None
        finished = self.shelf.known(order.job.key)
        try:
            if finished is None:
                with Press() as press:
                    finished = self.shelf.take(order.job.contents(), press, order.job.key)
                self.shelf.save()
            return finished.pdf
        except (BriefingError, OSError):
            return None

    def _done(self, address: str, result: Finished | BriefingError) -> None:
        if isinstance(result, BriefingError):
            self.faults[address] = str(result)
            if isinstance(result, UnprintableError):
                self._unknown.update(result.characters)
            return
        for same in (address, *self.orders[address].old):
            self.files.finished[same] = result
        self.links[address] = _link(self.orders[address], result)

    @property
    def pages(self) -> dict[str, tuple[BriefingLink, ...]]:
        """The links by the page that they belong to, in the order of the volumes."""
        found: dict[str, list[BriefingLink]] = {}
        for order in self.orders.values():
            if order.address in self.links:
                link = self.links[order.address]
                found.setdefault(order.page, []).append(link)
                for page in order.shown_by:
                    found.setdefault(page, []).append(replace(link, shared=True))
        return {page: tuple(links) for page, links in found.items()}


def _link(order: Order, finished: Finished | None) -> BriefingLink:
    pages, size = (finished.pages, finished.size) if finished else (0, 0)
    volume = order.volume
    return BriefingLink(
        kind=order.kind,
        title=order.title,
        url=order.address,
        pages=pages,
        size=size,
        volume=volume.number if volume else 0,
        of=volume.of if volume else 1,
        span=volume.span if volume else "",
    )
