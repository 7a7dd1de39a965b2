"""What events refer to, by id: parties, people, organizations, places, issues, sources."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from diplomatic_timeline.model.base import BriefRecord, OrOne, Record, holds
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.translations import Texts
from diplomatic_timeline.model.vocabulary import (
    Color,
    Doi,
    Id,
    Language,
    Marker,
    Order,
    SourceKind,
    Text,
    TextOrUnknown,
    Truth,
    Url,
    When,
    WhenOrUnknown,
    Wikidata,
)


class Party(Record):
    """A side: a state, an alliance, a movement, or those who comment from outside."""

    id: Id
    name: Texts
    """The full name."""
    short: Texts
    """The short form for tables, as in `US`."""
    phrase: Texts | None = None
    """The name inside a sentence, where it differs, as in `the United States`."""
    adjective: Texts
    """As in `American`."""
    color: Color
    """The colour token; the style sheet holds its values for both schemes."""
    marker: Marker
    """The shape that goes with the colour, so that colour is never alone."""
    order: Order
    """The column it takes; the smallest stands first."""
    observer: Truth = False
    """Comments from outside and takes no column of its own."""


class Post(Record):
    """An office that a person held."""

    title: Text
    """The title as participants and quotes carry it."""
    organization: Id | None = None
    """The organization it belongs to."""
    dates: When | None = None
    """From when to when (EDTF), as in `2021-01-26/2025-01-20` or `2013-03/..`."""

    def held_as(self, title: str | None, when: Edtf) -> bool:
        """Return whether it is the post of that title, and was held on some day of a date."""
        return self.title == title and (self.dates is None or holds(self.dates, self.dates, when))


class FormerName(Record):
    """A name that a person had before."""

    name: Text
    """The name as printed in running text."""
    native_name: Text | None = None
    """The name in its own script."""
    from_: When | None = Field(None, alias="from")
    """Since when (EDTF)."""
    until: When | None = None
    """Until when (EDTF)."""


class Membership(BriefRecord):
    """A party to which a person belonged for a time."""

    brief = "party"

    party: Id
    """An id of the parties registry."""
    from_: When | None = Field(None, alias="from")
    """Since when (EDTF)."""
    until: When | None = None
    """Until when (EDTF)."""


class Person(Record):
    """Somebody who takes part or speaks."""

    id: Id
    name: Text
    """The name as printed in running text."""
    family_name: Text
    """What lists sort by."""
    native_name: Text | None = None
    """The name in its own script."""
    native_language: Language = "zh"
    """The language of `native_name` (BCP 47)."""
    names: tuple[FormerName, ...] = ()
    """Names that the person had before, with dates."""
    party: Annotated[tuple[Membership, ...], OrOne()] = Field(min_length=1)
    """The party the person belongs to, or a dated list of parties, the oldest first."""
    posts: tuple[Post, ...] = ()
    """Offices held, with dates."""
    wikidata: Wikidata | None = None
    """The item in Wikidata."""
    note: Text | None = None
    """What a reader should know about this person."""

    @property
    def all_names(self) -> tuple[str, ...]:
        """All names, former ones and those in other scripts included."""
        former = (name for each in self.names for name in (each.name, each.native_name))
        return tuple(filter(None, (self.name, self.native_name, self.family_name, *former)))

    def parties_at(self, when: Edtf) -> tuple[str, ...]:
        """Return the parties to which the person belonged on some day of a date."""
        return tuple(m.party for m in self.party if holds(m.from_, m.until, when))

    def party_at(self, when: Edtf | None = None) -> str:
        """Return the party to which the person belonged at a date, or else belongs, the last of several."""
        held = self.parties_at(when) if when else ()
        return held[-1] if held else self.party[-1].party

    def name_at(self, when: Edtf) -> tuple[str, str | None]:
        """Return the name that the person had at a date, and the same in its own script."""
        for former in self.names:
            if holds(former.from_, former.until, when):
                return former.name, former.native_name or self.native_name
        return self.name, self.native_name


class Organization(Record):
    """A ministry, an agency, a newspaper: whatever speaks or relays words as a body."""

    id: Id
    name: Texts
    """The full name."""
    short: Texts | None = None
    """As in `Pentagon`."""
    native_name: Text | None = None
    """The name in its own script."""
    native_language: Language = "zh"
    """The language of `native_name` (BCP 47)."""
    party: Id | None = None
    """The party it belongs to, when it belongs to one."""
    wikidata: Wikidata | None = None
    """The item in Wikidata."""
    note: Text | None = None
    """What a reader should know about it."""

    @property
    def all_names(self) -> tuple[str, ...]:
        """All names, short ones and those in other languages included."""
        told = tuple(filter(None, (self.name, self.short, self.native_name)))
        return (*told, *(text for name in told for text in getattr(name, "texts", {}).values()))


class Place(Record):
    """Where events take place."""

    id: Id
    name: Texts
    """As in `Anchorage`."""
    within: Texts | None = None
    """As in `Alaska, United States`."""
    country: Texts | None = None
    """The country's name in English, as in `United States`."""
    timezone: Text | None = None
    """The IANA time zone, as in `Asia/Shanghai`."""
    native_name: Text | None = None
    """The name in its own script."""
    native_language: Language = "zh"
    """The language of `native_name` (BCP 47)."""
    wikidata: Wikidata | None = None
    """The item in Wikidata."""

    @property
    def names(self) -> tuple[str, ...]:
        """The place's name, what it lies in, and its country where neither tells."""
        told = (self.name, *([self.within] if self.within else []))
        country = self.country
        return (*told, *([country] if country and not any(country in name for name in told) else []))


class Codes(Record):
    """Codes of an issue in other vocabularies."""

    wikidata: Wikidata | None = None
    """The item in Wikidata."""
    plover: Text | None = None
    """The PLOVER context."""


class Issue(Record):
    """A matter that parties discuss or dispute."""

    id: Id
    name: Texts
    """The name that lists and headings carry."""
    parent: Id | None = None
    """The wider issue that it belongs to."""
    description: Texts
    """One sentence."""
    codes: Codes = Codes()
    """Codes in other vocabularies."""


class Author(BriefRecord):
    """Who wrote a source: a person's name, or a body's, which is never taken apart."""

    brief = "person"

    person: Text | None = None
    """A person's name, as printed."""
    body: Text | None = None
    """The name of a ministry, an agency or another body, as printed."""

    @model_validator(mode="after")
    def _either(self) -> Author:
        if (self.person is None) == (self.body is None):
            raise PydanticCustomError("bad_author", "neither a person nor a body, or both")
        return self

    @property
    def name(self) -> str:
        """The name, whosever it is."""
        return self.body or self.person or ""


class Withdrawal(Record):
    """That whoever published a source took it back."""

    date: When
    """When it was withdrawn (EDTF)."""
    why: Text
    """Why, as far as is known, in our words."""
    replaced_by: Id | None = None
    """The source that came in its place."""


class Source(Record):
    """A report, readout, transcript, law or whatever else words and facts rest on."""

    id: Id
    title: Text
    """The headline, as printed; in square brackets, a description of ours where there is none."""
    publisher: TextOrUnknown
    """Where it was published; `unknown` where it does not say."""
    agency: Text | None = None
    """The news agency behind it, a body."""
    authors: tuple[Author, ...] = ()
    """Who wrote it, as printed: a person's name, or `{body: NAME}`."""
    published: WhenOrUnknown
    """When it was published (EDTF); `unknown` where it does not say."""
    kind: SourceKind
    """What sort of source it is."""
    number: Text | None = None
    """The number that it bears, as in `Public Law 117-263`."""
    pages: Text | None = None
    """The pages on which it stands, as in `12-15`."""
    doi: Doi | None = None
    """Its DOI, as in `10.1000/182`."""
    issuer: Id | None = None
    """The party that issued it, when it is official."""
    url: Url | None = None
    """Where it can be read."""
    archive_url: Url | None = None
    """A copy in a web archive."""
    language: Language = "en"
    """The language it is written in (BCP 47)."""
    retrieved: When | None = None
    """When it was read."""
    withdrawn: Withdrawal | None = None
    """That it was withdrawn after it was published; it stays in the record, and readers are told."""
    note: Text | None = None
    """What a reader should know about it."""

    @property
    def untitled(self) -> bool:
        """Whether `title` is a description of ours, in square brackets."""
        return self.title.startswith("[") and self.title.endswith("]")


REGISTRIES: dict[str, type[Record]] = {
    "parties": Party,
    "people": Person,
    "organizations": Organization,
    "places": Place,
    "issues": Issue,
    "sources": Source,
}
