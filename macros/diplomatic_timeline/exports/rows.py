"""The remaining rows of the data: commitments, people, issues, sources and the smaller registries.

Shapes as in `json_files`: ids refer from one file to another, dates are EDTF with their first and last day,
`url` is relative to the site's root.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Event, PlaceAtEvent
from diplomatic_timeline.model.registries import Issue, Organization, Party, Person, Place, Source
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Promised, Said, Timeline, parties_at

Row: TypeAlias = dict[str, Any]


def ends(when: Edtf | None) -> tuple[str | None, str | None]:
    """Return the first and the last day that a date can mean (ISO 8601), None where it has no such day."""
    if when is None:
        return None, None
    return (
        None if when.first == date.min else when.first.isoformat(),
        None if when.last == date.max else when.last.isoformat(),
    )


def commitment_row(promised: Promised) -> Row:
    commitment = promised.commitment
    start, end = ends(commitment.due)
    return {
        "id": commitment.id,
        "type": commitment.type,
        "statement": commitment.statement,
        "made_by": list(commitment.made_by),
        "event": promised.event.id,
        "issues": list(commitment.issues),
        "quote": commitment.quote,
        "source": commitment.source,
        "due": _text(commitment.due),
        "due_start": start,
        "due_end": end,
        "due_text": commitment.due_text,
        "recurs": commitment.recurs,
        "status": commitment.status,
        "evidence": list(commitment.evidence),
        "history": [
            {"date": c.date.text, "status": c.status, "evidence": list(c.evidence), "note": c.note}
            for c in commitment.history
        ],
        "last_checked": commitment.last_checked.text,
        "url": urls.commitment(promised.event.id, commitment.id),
    }


def person_row(person: Person, timeline: Timeline) -> Row:
    posts = []
    for post in person.posts:
        start, end = ends(post.dates)
        posts.append(
            {
                "title": post.title,
                "organization": post.organization,
                "dates": _text(post.dates),
                "start": start,
                "end": end,
            }
        )
    return {
        "id": person.id,
        "name": person.name,
        "family_name": person.family_name,
        "native_name": person.native_name,
        "native_language": person.native_language if person.native_name else None,
        "names": [
            {
                "name": n.name,
                "native_name": n.native_name,
                "from": _text(n.from_),
                "until": _text(n.until),
            }
            for n in person.names
        ],
        "party": person.party_at(),
        "parties": [
            {"party": m.party, "from": _text(m.from_), "until": _text(m.until)} for m in person.party
        ],
        "posts": posts,
        "wikidata": person.wikidata,
        "note": person.note,
        "events": list(timeline.events_of_person.get(person.id, ())),
        "quotes": list(timeline.quotes_of_speaker.get(person.id, ())),
        "url": urls.person(person.id),
    }


def organization_row(body: Organization, timeline: Timeline) -> Row:
    return {
        "id": body.id,
        "name": body.name,
        "short": body.short,
        "native_name": body.native_name,
        "native_language": body.native_language if body.native_name else None,
        "party": body.party,
        "wikidata": body.wikidata,
        "note": body.note,
        "quotes": list(timeline.quotes_of_speaker.get(body.id, ())),
        "url": urls.organization(body.id),
    }


def party_row(party: Party) -> Row:
    return {
        "id": party.id,
        "name": party.name,
        "short": party.short,
        "adjective": party.adjective,
        "order": party.order,
        "observer": party.observer,
        "color": party.color,
        "marker": party.marker,
        "url": urls.party(party.id),
    }


def place_row(place: Place) -> Row:
    return {
        "id": place.id,
        "name": place.name,
        "within": place.within,
        "country": place.country,
        "timezone": place.timezone,
        "native_name": place.native_name,
        "native_language": place.native_language if place.native_name else None,
        "wikidata": place.wikidata,
    }


def issue_row(issue: Issue, timeline: Timeline) -> Row:
    return {
        "id": issue.id,
        "name": issue.name,
        "parent": issue.parent,
        "description": issue.description,
        "wikidata": issue.codes.wikidata,
        "plover": issue.codes.plover,
        "events": list(timeline.events_of_issue.get(issue.id, ())),
        "quotes": list(timeline.quotes_of_issue.get(issue.id, ())),
        "commitments": list(timeline.commitments_of_issue.get(issue.id, ())),
        "url": urls.issue(issue.id),
    }


def source_facts(source: Source) -> Row:
    """Return a source without what rests on it."""
    start, end = ends(source.published)
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "agency": source.agency,
        "authors": [author.name for author in source.authors],
        "bodies": [author.body for author in source.authors if author.body],
        "published": _text(source.published),
        "published_start": start,
        "published_end": end,
        "kind": source.kind,
        "number": source.number,
        "pages": source.pages,
        "doi": source.doi,
        "issuer": source.issuer,
        "web": source.url,
        "archive": source.archive_url,
        "language": source.language,
        "retrieved": _text(source.retrieved),
        "note": source.note,
        "url": urls.source(source.id),
    }


def source_row(source: Source, timeline: Timeline) -> Row:
    quotes = timeline.quotes_of_source.get(source.id, ())
    proofs = [timeline.quotes[q].proof for q in quotes]
    return {
        **source_facts(source),
        "events": list(timeline.events_of_source.get(source.id, ())),
        "quotes": list(quotes),
        "proven": sum(p.outcome == "verified" for p in proofs),
        "pinned": next((p.pinned for p in proofs if p.pinned), None),
    }


def participant_rows(event: Event, _: Timeline) -> Iterator[Row]:
    """Yield one row for each person at an event."""
    for p in event.participants:
        yield {
            "event": event.id,
            "person": p.person,
            "party": p.party,
            "post": p.post,
            "role": p.role,
            "on_behalf_of": p.on_behalf_of,
        }


def position_rows(event: Event, _: Timeline) -> Iterator[Row]:
    """Yield one row for each issue at an event and each party with a position on it, or one without."""
    for at_issue in event.issues:
        shared = {
            "event": event.id,
            "issue": at_issue.issue,
            "outcome": at_issue.outcome,
            "raised_by": list(at_issue.raised_by),
        }
        for party, position in at_issue.positions.items():
            yield {
                **shared,
                "party": party,
                "statement": position.statement,
                "quotes": list(position.quotes),
                "sources": list(position.sources),
            }
        if not at_issue.positions:
            yield {**shared, "party": None, "statement": None, "quotes": [], "sources": []}


def _text(when: Edtf | None) -> str | None:
    return when.text if when else None


def _parties(event: Event, timeline: Timeline) -> list[str]:
    """Return the parties that take part, speak, promise or hold a position, in their order."""
    named = parties_at(event)
    return [p for p in (*timeline.columns, *timeline.observers) if p in named]


def _visited(at: PlaceAtEvent, timeline: Timeline) -> Row:
    place = timeline.corpus.places[at.place]
    return {
        "id": place.id,
        "name": place.name,
        "within": place.within,
        "country": place.country,
        "date": _text(at.date),
    }


def event_row(event: Event, timeline: Timeline) -> Row:
    """Return one event of `events.json`; `url` is relative to the site's root."""
    start, end = ends(event.date)
    places = [_visited(at, timeline) for at in event.where]
    parties = _parties(event, timeline)
    return {
        "id": event.id,
        "title": event.title,
        "date": event.date.text,
        "start": start,
        "end": end,
        "date_basis": event.date_basis,
        "timezone": event.timezone,
        "kind": event.kind,
        "level": event.level,
        "status": event.status,
        "prominence": event.prominence,
        "place": {k: v for k, v in places[0].items() if k != "date"} if places else None,
        "places": places,
        "summary": event.summary,
        "parties": parties,
        "participants": [
            {
                "id": p.person,
                "name": timeline.corpus.people[p.person].name,
                "party": p.party,
                "post": p.post,
                "role": p.role,
                "on_behalf_of": p.on_behalf_of,
            }
            for p in event.participants
        ],
        "target": list(event.target),
        "legal_basis": event.legal_basis,
        "issues": [
            {
                "id": i.issue,
                "raised_by": list(i.raised_by),
                "positions": {
                    party: {
                        "statement": position.statement,
                        "quotes": list(position.quotes),
                        "sources": list(position.sources),
                    }
                    for party, position in i.positions.items()
                },
                "outcome": i.outcome,
            }
            for i in event.issues
        ],
        "quotes": [q.id for q in event.quotes],
        "commitments": [c.id for c in event.commitments],
        "related": [relation.event for relation in event.related],
        "relations": [{"event": r.event, "kind": r.kind} for r in event.related],
        "follows": list(event.follows),
        "sources": list(event.sources),
        "aliases": list(event.aliases),
        "corrections": [{"date": c.date.text, "text": c.text} for c in event.corrections],
        "url": urls.event(event.id),
    }


def quote_row(said: Said, timeline: Timeline) -> Row:
    """Return one quote of `quotes.json`; `url` is relative to the site's root."""
    quote, corpus = said.quote, timeline.corpus
    named = [(s, corpus.people.get(s.speaker) or corpus.organizations[s.speaker]) for s in quote.speakers]
    start, end = ends(said.date)
    return {
        "id": quote.id,
        "text": quote.text,
        "abridged": quote.abridged,
        "language": quote.language,
        "speaker": {"id": quote.speaker, "name": named[0][1].name},
        "post": quote.post,
        "party": quote.party,
        "co_speakers": [
            {"id": s.speaker, "name": who.name, "post": s.post, "party": s.party} for s, who in named[1:]
        ],
        "lead_in": quote.lead_in,
        "date": said.date.text,
        "start": start,
        "end": end,
        "occasion": quote.occasion,
        "event": said.event.id,
        "phase": said.phase,
        "issues": list(quote.issues),
        "source": quote.source,
        "locator": quote.locator,
        "via": quote.via,
        "rendering": quote.rendering,
        "original": quote.original.model_dump() if quote.original else None,
        "note": quote.note,
        "proof": said.proof.outcome,
        "url": urls.quote(said.event.id, quote.id),
    }
