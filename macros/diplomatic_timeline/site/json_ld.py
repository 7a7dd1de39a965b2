"""The record as linked data: schema.org's vocabulary in JSON-LD 1.1, one graph for each page.

A node is named by its page with a fragment, a quotation by its own permanent address. Dates keep their
precision (ISO 8601 allows `2024-05`); what has no such form is left out rather than made exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from pydantic_core import to_json

from diplomatic_timeline.exports.files import DataFile
from diplomatic_timeline.exports.imprint import LICENCE_URL, Imprint
from diplomatic_timeline.model.registries import Place
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.models import Link
from diplomatic_timeline.views.timeline import Timeline

Node: TypeAlias = dict[str, Any]

# An event without a status is one that was or is to be held.
_STATUS = {"postponed": "EventPostponed", "cancelled": "EventCancelled"}
# A source of another kind is a CreativeWork.
_SOURCES = {
    "press": "NewsArticle",
    "readout": "WebPage",
    "post": "SocialMediaPosting",
    "law": "Legislation",
    "treaty": "Legislation",
    "archive": "ArchiveComponent",
    "report": "Report",
    "book": "Book",
    "dataset": "Dataset",
}
_PAGES = {
    "issues",
    "people",
    "quotes",
    "commitments",
    "sources",
    "issue",
    "year",
    "party",
    "compare",
    "prepare",
}


def script(graph: Iterable[Node], *, named: bool = False, base: str = "") -> str:
    """Return nodes as JSON-LD that no text of theirs can break out of (HTML 4.12.1.3).

    With `base`, an absolute address, nodes below it are named relative to it.

    What is said of a node is said once; where it is named again, its name is enough. With `named`,
    nodes that have a page of their own are only named inside another.
    """
    told: dict[str, Node] = {}
    nodes = [
        {key: _named(value) for key, value in node.items()} if named else _once(node, told) for node in graph
    ]
    context = ["https://schema.org", {"@base": base}] if base else "https://schema.org"
    text = to_json({"@context": context, "@graph": nodes}).decode()
    if base:
        text = text.replace(f'"@id":"{base}', '"@id":"')
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _once(value: Any, told: dict[str, Node]) -> Any:
    if isinstance(value, list):
        return [_once(part, told) for part in value]
    if not isinstance(value, dict):
        return value
    id = value.get("@id")
    if id is not None and told.setdefault(id, value) is not value and told[id] == value:
        return {"@id": id}
    return {name: _once(part, told) for name, part in value.items()}


def _named(value: Any) -> Any:
    if isinstance(value, list):
        return [_named(part) for part in value]
    return {"@id": value["@id"]} if isinstance(value, dict) and "@id" in value else value


def _whole(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, [], "")}


def _wikidata(id: str | None) -> str | None:
    return f"https://www.wikidata.org/entity/{id}" if id else None


def _native(name: str | None, language: str) -> Node | None:
    return {"@value": name, "@language": language} if name else None


def _one_or_all(nodes: list[Node]) -> Node | list[Node]:
    return nodes[0] if len(nodes) == 1 else nodes


def _organization(name: str) -> Node:
    return {"@type": "Organization", "name": name}


def _doi(value: str | None) -> Node | None:
    return {"@type": "PropertyValue", "propertyID": "DOI", "value": value} if value else None


def _contained(place: Place) -> Node | list[Node] | None:
    country = {"@type": "Country", "name": place.country} if place.country else None
    within = {"@type": "Place", "name": place.within} if place.within not in (None, place.country) else None
    return _one_or_all([node for node in (within, country) if node])


class Linker:
    """Writes the nodes of the page at `here`."""

    def __init__(self, timeline: Timeline, imprint: Imprint, here: str) -> None:
        self.timeline = timeline
        self.corpus = timeline.corpus
        self.imprint = imprint
        self.here = here

    def url(self, path: str) -> str:
        return self.imprint.link(path, self.here)

    def page(self, kind: str, title: str, trail: Iterable[Link], main: str | None = None) -> Node:
        """Return the page itself, with the way to it; `main` names the node that it is about."""
        return _whole(
            {
                "@type": "CollectionPage" if kind in _PAGES else "WebPage",
                "@id": self.url(self.here),
                "name": title,
                "license": LICENCE_URL,
                "isPartOf": {"@type": "WebSite", "@id": self.url(urls.HOME), "name": self.imprint.name},
                "mainEntity": {"@id": main} if main else None,
                "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": self._crumbs(trail)},
            }
        )

    def _crumbs(self, trail: Iterable[Link]) -> list[Node]:
        """Return the way from the first page to this one, which needs no address."""
        return [
            _whole(
                {
                    "@type": "ListItem",
                    "position": n,
                    "name": link.text,
                    "item": {"@id": self.url(link.url)} if link.url is not None else None,
                }
            )
            for n, link in enumerate(trail, 1)
        ]

    def event(self, id: str) -> Node:
        """Return an event with its places, people and issues."""
        event = self.corpus.events[id]
        when, status = event.date, _STATUS.get(event.status)
        return _whole(
            {
                "@type": "Event",
                **self._reference(urls.event(id), "event", event.title),
                "startDate": when.start.machine if when.start else None,
                "endDate": when.end.machine if when.end and when.is_interval else None,
                "eventStatus": {"@id": f"http://schema.org/{status}"} if status else None,
                "location": _one_or_all([self.place(at.place) for at in event.where]),
                "attendee": [self.speaker_reference(p.person) for p in event.participants],
                "about": [self.issue_reference(i.issue) for i in event.issues],
            }
        )

    def event_graph(self, id: str) -> list[Node]:
        """Return an event with what happened, and its quotations."""
        event = self.corpus.events[id]
        happened = prose.shortened(prose.to_plain(event.summary))
        return [{**self.event(id), "description": happened}, *(self.quote(q.id) for q in event.quotes)]

    def quote(self, id: str) -> Node:
        """Return a quotation with its creator and the source that it is based on."""
        said = self.timeline.quotes[id]
        quote = said.quote
        return _whole(
            {
                "@type": "Quotation",
                "@id": self.url(urls.quote(said.event.id, id)),
                "text": quote.text,
                "inLanguage": quote.language,
                "creator": _one_or_all([self.speaker_reference(s.speaker) for s in quote.speakers]),
                "dateCreated": said.date.machine if not said.date.is_interval else None,
                "isBasedOn": self.source(quote.source),
                "about": [self.issue_reference(i) for i in quote.issues],
                "mentions": {"@id": self.url(urls.event(said.event.id)) + "#event"},
            }
        )

    def _reference(self, page: str, anchor: str, name: str) -> Node:
        """Return what names a node that has a page."""
        return {"@id": f"{self.url(page)}#{anchor}", "name": name}

    def speaker_reference(self, id: str) -> Node:
        if id in self.corpus.people:
            return {
                "@type": "Person",
                **self._reference(urls.person(id), "person", self.corpus.people[id].name),
            }
        body = self.corpus.organizations[id]
        return {"@type": "Organization", **self._reference(urls.organization(id), "organization", body.name)}

    def speaker(self, id: str) -> Node:
        """Return a person with posts, or an organization."""
        if person := self.corpus.people.get(id):
            native = _native(person.native_name, person.native_language)
            former = [name.name for name in person.names]
            own = {
                "url": self.url(urls.person(id)),
                "familyName": person.family_name,
                "alternateName": [*filter(None, [native]), *former] if former else native,
                "jobTitle": [p.title for p in person.posts],
                "affiliation": self.party_reference(person.party_at()),
                "sameAs": _wikidata(person.wikidata),
            }
        else:
            body = self.corpus.organizations[id]
            native = _native(body.native_name, body.native_language)
            own = {
                "url": self.url(urls.organization(id)),
                "alternateName": [*filter(None, (body.short, native))],
                "parentOrganization": self.party_reference(body.party) if body.party else None,
                "sameAs": _wikidata(body.wikidata),
            }
        return _whole({**self.speaker_reference(id), **own})

    def party_reference(self, id: str) -> Node:
        return {
            "@type": "Organization",
            **self._reference(urls.party(id), "party", self.corpus.parties[id].name),
        }

    def place(self, id: str) -> Node:
        place = self.corpus.places[id]
        return _whole(
            {
                "@type": "Place",
                "name": place.name,
                "alternateName": _native(place.native_name, place.native_language),
                "containedInPlace": _contained(place),
                "sameAs": _wikidata(place.wikidata),
            }
        )

    def issue_reference(self, id: str) -> Node:
        return {
            "@type": "DefinedTerm",
            **self._reference(urls.issue(id), "issue", self.corpus.issues[id].name),
        }

    def issue(self, id: str) -> Node:
        issue = self.corpus.issues[id]
        own = {"description": issue.description, "sameAs": _wikidata(issue.codes.wikidata)}
        return _whole({**self.issue_reference(id), **own})

    def source(self, id: str) -> Node:
        source = self.corpus.sources[id]
        by = [
            _organization(author.body) if author.body else {"@type": "Person", "name": author.person}
            for author in source.authors
        ]
        if source.agency:
            by.append(_organization(source.agency))
        return _whole(
            {
                "@type": _SOURCES.get(source.kind, "CreativeWork"),
                "@id": source.url or self.url(urls.source(id)) + "#source",
                "name": source.title,
                "url": source.url,
                "publisher": _organization(source.publisher) if source.publisher else None,
                "author": by,
                "pagination": source.pages if source.kind in ("press", "report") else None,
                "identifier": [*filter(None, (_doi(source.doi), source.number))],
                "datePublished": source.published.machine if source.published else None,
                "inLanguage": source.language,
                "sameAs": source.archive_url,
            }
        )

    def dataset(self, title: str, description: str, files: Iterable[DataFile]) -> Node:
        """Return the whole record as a data set with its files."""
        years, newest = self.timeline.years, self.timeline.newest
        return _whole(
            {
                "@type": "Dataset",
                **self._reference(urls.DATA, "dataset", title),
                "description": f"{description} {self.imprint.terms}",
                "url": self.url(urls.DATA),
                "license": LICENCE_URL,
                "isAccessibleForFree": True,
                "creator": _organization(self.imprint.name),
                "dateModified": newest.isoformat() if newest else None,
                "temporalCoverage": f"{years[0]:04}/{years[-1]:04}" if years else None,
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "name": file.name,
                        "description": file.title,
                        "contentUrl": self.url(file.path),
                        "encodingFormat": file.media,
                        "contentSize": f"{file.size} B",
                        "license": LICENCE_URL,
                    }
                    for file in files
                ],
            }
        )
