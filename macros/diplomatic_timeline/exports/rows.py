"""The rows of the data, one for each record, as their JSON files have them.

Ids refer from one file to another, dates are EDTF with their first and last day, `url` is relative to the
site's root.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Event, IssueAtEvent
from diplomatic_timeline.model.registries import Issue, Organization, Party, Person, Place, Source
from diplomatic_timeline.model.translations import SHOWN, Told
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Promised, Said, Timeline, corrections_of, parties_at

Row: TypeAlias = dict[str, Any]


def _row(record: Record, order: str, **more: object) -> Row:
    """Return a row with the fields that `order` names: those of the record as JSON has them, and `more`.

    A text in several languages is the one that is shown; `translations` has all, where there are any.
    """
    names = order.split()
    own = set(names) - more.keys()
    fields = {**record.model_dump(mode="json", by_alias=True, include=own, context=SHOWN), **more}
    row = {name: fields[name] for name in names}
    texts = {
        name: text for name in names if name in own and isinstance(text := getattr(record, name, ""), Told)
    }
    translations = {name: dict(text.texts) for name, text in texts.items() if text.texts}
    return {**row, "translations": translations} if translations else row


def _span(when: Edtf | None, prefix: str = "") -> dict[str, str | None]:
    """Return the first and the last day that a date can mean (ISO 8601), None where it has no such day."""
    start = when.first.isoformat() if when and when.first != date.min else None
    end = when.last.isoformat() if when and when.last != date.max else None
    return {f"{prefix}start": start, f"{prefix}end": end}


def _text(when: Edtf | None) -> str | None:
    return when.text if when else None


def _native(record: Person | Organization | Place) -> str | None:
    """Return the language of the name in its own script, if there is such a name."""
    return record.native_language if record.native_name else None


def event_row(event: Event, timeline: Timeline) -> Row:
    corpus, named = timeline.corpus, parties_at(event)
    places = [
        _row(corpus.places[at.place], "id name within country date", date=_text(at.date))
        for at in event.where
    ]
    return _row(
        event,
        "id title date start end date_basis timezone kind level status prominence place places summary "
        "parties participants target legal_basis issues quotes commitments related relations follows sources "
        "aliases corrections url",
        **_span(event.date),
        place={name: value for name, value in places[0].items() if name != "date"} if places else None,
        places=places,
        # Those that take part, speak, promise or hold a position.
        parties=[p for p in (*timeline.columns, *timeline.observers) if p in named],
        participants=[
            _row(p, "id name party post role on_behalf_of", id=p.person, name=corpus.people[p.person].name)
            for p in event.participants
        ],
        issues=[
            _row(i, "id raised_by positions outcome", id=i.issue, positions=_positions(i))
            for i in event.issues
        ],
        quotes=[q.id for q in event.quotes],
        commitments=[c.id for c in event.commitments],
        related=[r.event for r in event.related],
        relations=[{"event": r.event, "kind": r.kind} for r in event.related],
        url=urls.event(event.id),
    )


def _positions(at_issue: IssueAtEvent) -> dict[str, Row]:
    """Return what each party held on an issue at an event, by party."""
    return {party: _row(held, "statement quotes sources") for party, held in at_issue.positions.items()}


def quote_row(said: Said, timeline: Timeline) -> Row:
    quote, corpus = said.quote, timeline.corpus
    named = [(s, corpus.people.get(s.speaker) or corpus.organizations[s.speaker]) for s in quote.speakers]
    return _row(
        quote,
        "id text abridged language speaker post party co_speakers lead_in date start end occasion event "
        "phase issues source locator via rendering original note corrections proof url",
        corrections=[
            _row(made, "date text field before after") for made in corrections_of(said.event, quote.id)
        ],
        speaker={"id": quote.speaker, "name": named[0][1].name},
        co_speakers=[_row(s, "id name post party", id=s.speaker, name=who.name) for s, who in named[1:]],
        date=said.date.text,
        **_span(said.date),
        event=said.event.id,
        phase=said.phase,
        proof=said.proof.outcome,
        url=urls.quote(said.event.id, quote.id),
    )


def commitment_row(promised: Promised) -> Row:
    commitment = promised.commitment
    return _row(
        commitment,
        "id type statement made_by event issues quote source due due_start due_end due_text recurs status "
        "evidence history last_checked url",
        event=promised.event.id,
        **_span(commitment.due, "due_"),
        url=urls.commitment(promised.event.id, commitment.id),
    )


def person_row(person: Person, timeline: Timeline) -> Row:
    return _row(
        person,
        "id name family_name native_name native_language names party parties posts wikidata note events "
        "quotes url",
        native_language=_native(person),
        party=person.party_at(),
        parties=[{"party": m.party, "from": _text(m.from_), "until": _text(m.until)} for m in person.party],
        posts=[
            _row(post, "title organization dates start end", **_span(post.dates)) for post in person.posts
        ],
        events=list(timeline.events_of_person.get(person.id, ())),
        quotes=list(timeline.quotes_of_speaker.get(person.id, ())),
        url=urls.person(person.id),
    )


def organization_row(body: Organization, timeline: Timeline) -> Row:
    return _row(
        body,
        "id name short native_name native_language party wikidata note quotes url",
        native_language=_native(body),
        quotes=list(timeline.quotes_of_speaker.get(body.id, ())),
        url=urls.organization(body.id) if body.id in timeline.organizations else None,
    )


def party_row(party: Party) -> Row:
    order = "id name short adjective order observer color marker url"
    return _row(party, order, url=urls.party(party.id))


def place_row(place: Place) -> Row:
    order = "id name within country timezone native_name native_language wikidata"
    return _row(place, order, native_language=_native(place))


def issue_row(issue: Issue, timeline: Timeline) -> Row:
    return _row(
        issue,
        "id name parent description wikidata plover events quotes commitments url",
        wikidata=issue.codes.wikidata,
        plover=issue.codes.plover,
        events=list(timeline.events_of_issue.get(issue.id, ())),
        quotes=list(timeline.quotes_of_issue.get(issue.id, ())),
        commitments=list(timeline.commitments_of_issue.get(issue.id, ())),
        url=urls.issue(issue.id),
    )


def source_facts(source: Source) -> Row:
    """Return a source without what rests on it."""
    return _row(
        source,
        "id title publisher agency authors bodies published published_start published_end kind number pages "
        "doi issuer web archive language retrieved withdrawn note url",
        publisher=source.publisher,  # null where it is unknown, as is the date
        authors=[author.name for author in source.authors],
        bodies=[author.body for author in source.authors if author.body],
        published=_text(source.published),
        **_span(source.published, "published_"),
        web=source.url,
        archive=source.archive_url,
        url=urls.source(source.id),
    )


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
        yield _row(p, "event person party post role on_behalf_of", event=event.id)


def correction_rows(event: Event, _: Timeline) -> Iterator[Row]:
    """Yield one row for each correction of an event."""
    for made in event.corrections:
        yield _row(made, "event date text quote field before after", event=event.id)


def position_rows(event: Event, _: Timeline) -> Iterator[Row]:
    """Yield one row for each issue at an event and each party with a position on it, or one without."""
    for at_issue in event.issues:
        shared = _row(at_issue, "event issue outcome raised_by", event=event.id)
        for party, held in _positions(at_issue).items():
            yield {**shared, "party": party, **held}
        if not at_issue.positions:
            yield {**shared, "party": None, "statement": None, "quotes": [], "sources": []}
