"""What the pages and the briefings show, prepared: names resolved, dates in words, everything in order.

A view holds text as the record has it (templates escape it), addresses as paths below the site's root, and
tuples that need no further sorting or grouping. The site and the briefings share these views.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from diplomatic_timeline.model.quotation import printed_pieces
from diplomatic_timeline.views import prose, urls

FRAGMENT = 8
"""Words from which on a quotation is more than a fragment."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads; an address of None is a text without a page."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class DateView:
    """A date in words, and its value for HTML's `time` element where it has one."""

    text: str
    machine: str | None


@dataclass(frozen=True, slots=True)
class PartyView:
    id: str
    name: str
    phrase: str
    short: str
    adjective: str
    color: str
    marker: str
    observer: bool
    url: str


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A person or an organization, with the native name and its language where the registry has one."""

    id: str
    name: str
    native: str | None
    native_language: str
    url: str


@dataclass(frozen=True, slots=True)
class CoSpeakerView:
    """Somebody who speaks the same words as a quote's own speaker."""

    speaker: SpeakerView
    post: str | None
    party: PartyView


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    """That a source was withdrawn: when, why, and what came in its place."""

    date: DateView
    why: str
    replaced_by: Link | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source; `numbered` are its number, pages and DOI in words, each with its address.

    `untitled` says that its title is a description of ours.
    """

    id: str
    title: str
    untitled: bool
    publisher: str
    byline: str
    published: DateView
    kind: str
    official: bool
    numbered: tuple[tuple[str, str | None], ...]
    language: str
    address: str | None
    archive: str | None
    note: str | None
    quotes: int
    proven: int
    pinned: str | None
    url: str
    reached: tuple[tuple[str, int], ...] = ()
    """How the words of its quotations reached us, and of how many; the most first."""
    withdrawn: WithdrawalView | None = None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What was corrected and when; `changed` says in words what stood there and what stands there now.

    `quote` is the quotation, where it was one.
    """

    date: DateView
    text: str
    quote: Link | None
    changed: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quotation. What follows from the rest is made when it is asked for: there are many of them.

    `moment` says how the time is told: `there` at the event, `dated` with a date or an occasion of its own,
    or `statement` for what a body said in writing. `year` is that of its first day.
    """

    id: str
    text: str
    language: str
    speaker: SpeakerView
    post: str | None
    party: PartyView
    others: tuple[CoSpeakerView, ...]
    lead_in: str | None
    date: DateView
    edtf: str
    year: int
    occasion: str | None
    moment: str
    phase: str
    phase_label: str
    issues: tuple[Link, ...]
    event: Link
    source: Link
    source_title: str
    locator: str | None
    via: Link | None
    rendering: str
    original: tuple[str, str] | None
    note: str | None
    proof: str
    proof_label: str
    rule_url: str
    pinned: str | None
    source_address: str | None
    corrections: tuple[CorrectionView, ...] = ()
    withdrawn: DateView | None = None
    """When its source was withdrawn."""

    @property
    def at_event(self) -> Link:
        """Its place on its event's page, under the event's name."""
        return Link(self.event.text, self.url)

    @property
    def parties(self) -> tuple[PartyView, ...]:
        """The parties that speak the words; the first is that of `speaker`."""
        return tuple(dict.fromkeys((self.party, *(other.party for other in self.others))))

    @property
    def beginning(self) -> str:
        """The first words, to tell it from others."""
        return prose.beginning(self.text)

    @property
    def fragment(self) -> bool:
        """Whether these are a few words out of a sentence."""
        return len(self.text.split()) < FRAGMENT

    @property
    def anchor(self) -> str:
        return urls.quote_anchor(self.id)

    @property
    def url(self) -> str:
        return f"{self.event.url}#{self.anchor}"

    @property
    def words_url(self) -> str | None:
        """The address of the quote's own words at its source, or None where the source has no address."""
        if self.source_address is None:
            return None
        first = printed_pieces(self.text)[0].split()
        if len(first) <= 8:
            return urls.to_words(self.source_address, " ".join(first), "")
        return urls.to_words(self.source_address, " ".join(first[:4]), " ".join(first[-4:]))


Pieces: TypeAlias = tuple[tuple[str, str], ...]
"""A text in pieces: ("text", ...), and ("work", ...) for the title of a work, which is set in italics."""


@dataclass(frozen=True, slots=True)
class CitationForm:
    """A page's citation in one format; `code` says that its lines are for programs."""

    key: str
    label: str
    pieces: Pieces
    code: bool = False


@dataclass(frozen=True, slots=True)
class BriefingLink:
    """A printable briefing: whose it is, its address, its pages and bytes (0 until it is printed).

    `volume` is its number among `of` volumes, each of which covers a `span` of years or days, or 0 where it
    is whole. `shared` says that the page has none of its own and is in this volume of the record. `sheet`
    says that it tells its subject on one page.
    """

    kind: str
    title: str
    url: str
    pages: int
    size: int
    volume: int = 0
    of: int = 1
    span: str = ""
    shared: bool = False
    sheet: bool = False
