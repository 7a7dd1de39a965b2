"""The briefings that a site offers: of the whole record, each main event, each issue and each person.

Each event, each issue and each pair that a meeting can be prepared for has a sheet, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from functools import cached_property

from diplomatic_timeline.briefings import sheet
from diplomatic_timeline.briefings.contents import Form, contents_of
from diplomatic_timeline.briefings.fingerprints import BriefingFingerprints
from diplomatic_timeline.briefings.fonts import missing
from diplomatic_timeline.briefings.press import BriefingError
from diplomatic_timeline.briefings.printing import (
    Finished,
    Job,
    UnprintableError,
    find,
    pdf_of,
    print_all,
    typesetter,
)
from diplomatic_timeline.briefings.selection import Selected, Selection, SelectionError, select, title
from diplomatic_timeline.briefings.sheet import Subject
from diplomatic_timeline.briefings.volumes import EVENTS, Volume, load, split, standing
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.build.target import Target
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import BriefingLink
from diplomatic_timeline.views.presenter import Presenter

EACH = 1_000
"""Up to so many main events, each has a briefing of its own, and so has each issue and each person."""


@dataclass(frozen=True, slots=True)
class Order:
    """A briefing of the site: the page it belongs to, its title, its volume; the job's name is its address.

    `old` are the addresses at which it stood under former ids. `strange` says whether the record may have a
    character here that no font has. `shown_by` are further pages that have no briefing of their own and
    lead to this one.
    """

    page: str
    kind: str
    title: str
    volume: Volume | None
    job: Job
    strange: Callable[[], bool]
    old: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()
    sheet: bool = False

    @property
    def address(self) -> str:
        return self.job.name


class Catalogue:
    """What a site offers. More events than `limit` become volumes; `each` is as EACH."""

    def __init__(self, view: Presenter, form: Form, limit: int = EVENTS, each: int = EACH) -> None:
        self.view, self.form, self.limit = view, form, limit
        self.timeline = view.timeline
        self.all = len(self.timeline.main) <= each
        self.fingerprints = BriefingFingerprints(view.timeline)
        self.settled = False

    def orders(self) -> Iterator[Order]:
        """Yield the site's briefings, the whole record first."""
        for kind, id, asked in self._wanted():
            selected = self._selected(asked)
            if selected is None:
                continue  # nothing in the record touches it
            parts = split(self.timeline, selected, self.limit, self.view.words)
            if kind == "record":
                # In a record of volumes, an event of today leaves what it does not touch as it is.
                self.settled = len(parts) > 1
            for part, volume in parts:
                yield self._order(kind, id, part, volume)
        if self.all:
            for kind, id, subject in self._subjects():
                yield self._order(kind, id, subject)

    def _selected(self, asked: Selection) -> Selected | None:
        with suppress(SelectionError):
            return select(self.timeline, asked)
        return None

    @cached_property
    def _spoken(self) -> tuple[str, ...]:
        """The issues on which somebody spoke or took a position, on themselves or on those below them."""
        timeline = self.timeline
        told = {issue for said in timeline.quotes.values() for issue in said.quote.issues}
        told |= {at.issue for event in timeline.events.values() for at in event.issues if at.positions}
        every = (issue.id for issue, _ in timeline.issue_tree())
        return tuple(id for id in every if not told.isdisjoint(timeline.family(id)))

    def _wanted(self) -> Iterator[tuple[str, str, Selection]]:
        timeline = self.timeline
        yield "record", "", Selection()
        if self.all:
            yield from (("event", id, Selection(events=(id,))) for id in timeline.main)
            yield from (("issue", id, Selection(issues=(id,))) for id in self._spoken)
            for person in timeline.people:
                if timeline.quotes_of_speaker.get(person.id) or timeline.quotes_relayed_by.get(person.id):
                    yield "person", person.id, Selection(people=(person.id,))

    def _subjects(self) -> Iterator[tuple[str, str, Subject]]:
        asked = [("event", id, Selection(events=(id,))) for id in self.timeline.events]
        asked += [("issue", id, Selection(issues=(id,))) for id in self._spoken]
        for kind, id, selection in asked:
            if selected := self._selected(selection):
                yield kind, id, sheet.of_selection(self.timeline, selected)
        found = sheet.preparations(self.view)
        meetings = [sheet.Meeting("parties", pair) for pair, met in found.parties.items() if met]
        meetings += [sheet.Meeting("people", pair) for pair in found.pages]
        for meeting in meetings:
            if subject := sheet.of_meeting(self.view, meeting):
                yield meeting.kind, "--".join(meeting.pair), subject

    def _order(self, kind: str, id: str, about: Selected | Subject, volume: Volume | None = None) -> Order:
        timeline, meeting = self.timeline, None
        aliases = timeline.events[id].aliases if kind == "event" else ()
        shown_by: tuple[str, ...] = ()
        if isinstance(about, Subject):
            selected, page, meeting = about.selected(timeline), sheet.address(about), about.meeting
            address, *old = (urls.sheet(kind, one) for one in (id, *aliases))
        else:
            selected, page = about, sheet.page_of(about.asked)
            address = urls.briefing(kind, id, volume.number if volume else 0)
            old = [urls.briefing(kind, alias) for alias in aliases]
            if not self.all:
                main = (e for e in selected.events if timeline.events[e].prominence == "main")
                shown_by = tuple(map(urls.event, main))
        form = self.form.of_volume(volume, standing(timeline, selected) if self.settled else None)
        heading = form.title or title(timeline, about.asked, form.name)
        if meeting:
            names = self.view.parties if meeting.kind == "parties" else self.view.corpus.people
            a, b = (names[one].name for one in meeting.pair)
            heading = self.view.words("sheet.pair", a=a, b=b)
        return Order(
            page=page,
            kind="meeting" if meeting else kind,
            title=heading,
            volume=volume,
            job=job(address, self.view, self.fingerprints, about, form),
            strange=lambda: self.fingerprints.strange(selected, form),
            old=tuple(old),
            shown_by=shown_by,
            sheet=isinstance(about, Subject),
        )


def job(
    name: str, view: Presenter, fingerprints: BriefingFingerprints, about: Selected | Subject, form: Form
) -> Job:
    """Return a selection, or what a sheet is about, as what is to be printed."""
    if isinstance(about, Subject):
        selected, asked, size = about.selected(view.timeline), astuple(about), 1.0
    else:
        selected, asked, size = about, (), load(about)
    inputs = fingerprints.of(selected, form), asked, view.words
    return Job(name, inputs, size, lambda: contents_of(view, about, form))


def orders(view: Presenter, form: Form, limit: int = EVENTS, each: int = EACH) -> Iterator[Order]:
    """Yield the site's briefings, the whole record first. More events than `limit` become volumes.

    With more than `each` main events, the whole record is all there is.
    """
    yield from Catalogue(view, form, limit, each).orders()


class Briefings:
    """The briefings of one build, printed in `megabytes` of memory, or in half of what is free.

    `links` are what pages say of them, by address; `faults` says by address why one could not be printed, and
    `unknown` are the characters that no font has.
    """

    def __init__(self, orders: Iterable[Order], store: NullStore, megabytes: int | None = None) -> None:
        self.orders = {order.job.name: order for order in orders}
        self.store = store
        self.megabytes = megabytes
        self.links: dict[str, BriefingLink] = {}
        self.faults: dict[str, str] = {}
        self._finished: dict[str, Finished] = {}
        self._unknown: set[str] = set()

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(sorted(self._unknown))

    def find(self) -> None:
        """Take what is printed already; the rest is linked without its size and number of pages."""
        for order in self.orders.values():
            finished = find(order.job, self.store)
            if finished is not None:
                self._done(order.job, finished)
                continue
            strange = missing(order.job.contents()) if order.strange() else ()
            if strange:
                self._done(order.job, UnprintableError(strange))
            else:
                self.links[order.address] = _link(order, None)

    def print(self, tell: Callable[[int, int], object] = lambda count, of: None) -> None:
        """Print everything, several at once; `tell` hears after each how many of how many are done."""

        def done(job: Job, result: Finished | BriefingError) -> None:
            self._done(job, result)
            tell(len(self._finished) + len(self.faults), len(self.orders))

        print_all([order.job for order in self.orders.values()], self.store, done, self.megabytes)

    def demand(self, address: str) -> bytes | None:
        """Return a briefing, printed now where it has to be; None where there is none at that address."""
        moved = {old: order.address for order in self.orders.values() for old in order.old}
        order = self.orders.get(moved.get(address, address))
        if order is None or order.address in self.faults:
            return None
        try:
            return pdf_of(order.job, self.store)
        except BriefingError:
            return None

    def _done(self, job: Job, result: Finished | BriefingError) -> None:
        if isinstance(result, BriefingError):
            self.faults[job.name] = str(result)
            if isinstance(result, UnprintableError):
                self._unknown.update(result.characters)
            return
        self._finished[job.name] = result
        self.links[job.name] = _link(self.orders[job.name], result)

    def files(self) -> Iterator[Target[bytes]]:
        """Yield what is printed, at former addresses too."""
        for address, finished in self._finished.items():
            order = self.orders[address]
            for path in (address, *order.old):
                yield Target(path, (typesetter(), order.job.inputs), finished.pdf)

    @property
    def of_pages(self) -> dict[str, tuple[BriefingLink, ...]]:
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
        sheet=order.sheet,
    )
