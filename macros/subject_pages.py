"""The pages about one subject: an issue, a person or organization, a party, a source; long ones in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from macros import prose, tables, urls
from macros.dates import display
from macros.drafts import Draft
from macros.model import Event
from macros.pages import Heading, Page
from macros.paging import Part, cut
from macros.rendering import Renderer
from macros.templating import counted
from macros.timeline import parties_at
from macros.views import Link

_LINES = 60
"""Events in short, or people, that a page names before it leads to the whole list."""
_ASIDE = 10
"""Commitments that a page about something else shows before it leads to the whole list."""
_QUOTES = 30
"""Quotes on one page."""
_LEDGER = 20
"""Events of a ledger on one page, with their quotes."""


def named(press: Renderer, events: Sequence[Event]) -> Iterator[Draft]:
    """Yield the pages of all that some events name: issues, people, organizations, parties and sources."""
    corpus = press.timeline.corpus
    spoken = [quote for event in events for quote in event.quotes]
    speakers = {person.person for event in events for person in event.participants}
    speakers.update(name for quote in spoken for name in (quote.speaker, quote.via) if name)
    sides = {party for event in events for party in parties_at(event)}
    issues = {at_issue.issue for event in events for at_issue in event.issues}
    sources = {name for event in events for name in event.sources}
    for subject, known, ids in (
        (issue, corpus.issues, issues),
        (speaker, {**corpus.people, **corpus.organizations}, speakers),
        (party, corpus.parties, sides),
        (source, corpus.sources, sources),
    ):
        for id in known:
            if id in ids:
                yield from subject(press, id)


def issue(press: Renderer, id: str) -> Iterator[Draft]:
    """Yield the pages of an issue's ledger, the latest first; each begins with its oldest event."""
    timeline, path, marks = press.timeline, urls.issue(id), press.marks
    said: dict[str, int] = {}
    for q in timeline.quotes_of_issue.get(id, ()):
        event = timeline.quotes[q].event.id
        said[event] = said.get(event, 0) + 1
    latest = timeline.events_of_issue.get(id, ())[::-1]
    promised = timeline.commitments_of_issue.get(id, ())
    for part in cut(latest, path, _LEDGER, lambda event: 1 + said.get(event, 0)):
        shown = promised[:_ASIDE] if part.first else ()
        # The first page compares the words of all the events.
        of = (
            *(part.number, part.of, len(promised)),
            *(marks.events(latest if part.first else part.items), marks.commitments(shown)),
        )
        yield Draft(part.url, of, partial(_issue, press, id, part))


def _issue(press: Renderer, id: str, part: Part[str]) -> Page:
    issue, path, timeline = press.timeline.corpus.issues[id], urls.issue(id), press.timeline
    promised = timeline.commitments_of_issue.get(id, ())
    ledger = press.view.ledger(id, part.items[::-1])
    headings = [Heading(f"e-{row.event.id}", f"{row.event.title}") for row in ledger]
    changes = press.comparisons(id) if part.first and timeline.quotes_of_issue.get(id) else ()
    if changes:
        below = tuple(Heading(c.anchor, c.party) for c in changes)
        headings.append(Heading("changed", "What changed", below))
    if promised and part.first:
        headings.append(Heading("commitments", "Commitments"))
    title = f"{issue.name}{part.suffix}"
    return Page(
        path=part.url,
        kind="issue",
        tab=urls.ISSUES,
        title=title,
        description=prose.shortened(f"{issue.name}: {issue.description}"),
        content=press.page(
            "issue",
            part.url,
            title=title,
            issue=issue,
            url=path,
            trail=press.trail(title, Link("Issues", urls.ISSUES)),
            wider=press.view.issue_link(issue.parent) if issue.parent else None,
            narrower=press.view.issue_links(timeline.children.get(id, ())),
            ledger=ledger,
            changes=changes,
            commitments=press.view.commitments(promised[:_ASIDE]) if part.first else (),
            all_commitments=_all(promised, "commitment", urls.COMMITMENTS, _ASIDE, issue=id),
            part=part,
        ),
        headings=tuple(headings),
        source=press.registry("issues"),
        part_of=None if part.first else path,
    )


def speaker(press: Renderer, id: str) -> Iterator[Draft]:
    """Yield the pages of a person or an organization; quotes and events run from the newest."""
    timeline, marks = press.timeline, press.marks
    attended = timeline.events_of_person.get(id, ())[::-1]
    relayed = timeline.quotes_relayed_by.get(id, ())[::-1]
    quoted = timeline.quotes_of_speaker.get(id, ())[::-1]
    for part in cut(quoted, press.view.speaker(id).url, _QUOTES):
        of = (
            *(part.number, part.of, len(quoted), len(attended), bool(relayed), marks.quotes(part.items)),
            *((marks.events(attended[:_LINES]), marks.quotes(relayed[:_QUOTES])) if part.first else ()),
        )
        yield Draft(part.url, of, partial(_speaker, press, id, part))


def _speaker(press: Renderer, id: str, part: Part[str]) -> Page:
    corpus, timeline, first = press.timeline.corpus, press.timeline, part.first
    speaker = press.view.speaker(id)
    person, body = corpus.people.get(id), corpus.organizations.get(id)
    holder = person or body
    assert holder is not None
    posts = [(p.title, display(p.dates) if p.dates else "") for p in person.posts] if person else []
    attended = timeline.events_of_person.get(id, ())[::-1]
    relayed = timeline.quotes_relayed_by.get(id, ())[::-1]
    sections = (
        ("posts", "Posts", posts),
        ("events", "Events attended", attended),
        ("quotes", "Quotes", True),
        ("relayed", "Relayed", relayed),
    )
    title = f"{speaker.name}{part.suffix}"
    return Page(
        path=part.url,
        kind="person" if person else "organization",
        tab=urls.PEOPLE,
        title=title,
        description=prose.shortened(
            f"{speaker.name}{', ' + posts[-1][0] if posts else ''}: {counted(part.total, 'quote')} "
            f"and {counted(len(attended), 'event')} in this record."
        ),
        content=press.page(
            "speaker",
            part.url,
            speaker=speaker,
            title=title,
            trail=press.trail(title, Link("People", urls.PEOPLE)),
            party=press.view.parties[holder.party] if holder.party else None,
            note=holder.note if first else None,
            posts=posts if first else (),
            events=press.view.lines(attended[:_LINES]) if first else (),
            all_events=_all(attended, "event", urls.HOME, _LINES, person=id),
            quotes=press.view.quotes(part.items),
            relayed=press.view.quotes(relayed[:_QUOTES]) if first else (),
            part=part,
        ),
        headings=_headings(sections, first),
        source=press.registry("people" if person else "organizations"),
        part_of=None if first else speaker.url,
    )


def party(press: Renderer, id: str) -> Iterator[Draft]:
    """Yield the pages of a party: the record as seen from one side, from the newest."""
    timeline, marks = press.timeline, press.marks
    quoted = timeline.quotes_of_party.get(id, ())[::-1]
    promised = timeline.commitments_of_party.get(id, ())
    attended = timeline.events_of_party.get(id, ())[::-1]
    for part in cut(quoted, urls.party(id), _QUOTES):
        of = (
            *(part.number, part.of, len(quoted), len(promised), len(attended), marks.quotes(part.items)),
            *((marks.events(attended[:_LINES]), marks.commitments(promised[:_ASIDE])) if part.first else ()),
        )
        yield Draft(part.url, of, partial(_party, press, id, part))


def _party(press: Renderer, id: str, part: Part[str]) -> Page:
    timeline, path, first = press.timeline, urls.party(id), part.first
    party = press.view.parties[id]
    promised = timeline.commitments_of_party.get(id, ())
    attended = timeline.events_of_party.get(id, ())[::-1]
    people = tables.people_of(press.view, id) if first else ()
    sections = (
        ("people", "People", people),
        ("events", "Events", True),
        ("commitments", "Commitments", True),
        ("quotes", "Quotes", True),
    )
    lead = (
        f"The record as seen from one side: {counted(len(attended), 'event')}, "
        f"{counted(part.total, 'quote')} and {counted(len(promised), 'commitment')}."
    )
    title = f"{party.name}{part.suffix}"
    return Page(
        path=part.url,
        kind="party",
        tab=urls.PEOPLE,
        title=title,
        description=f"{party.name}: {lead[0].lower()}{lead[1:]}",
        content=press.page(
            "party",
            part.url,
            party=party,
            title=title,
            lead=lead if first else None,
            trail=press.trail(title, Link("People", urls.PEOPLE)),
            people=people[:_LINES],
            all_people=Link(f"All {len(people):,} people", urls.PEOPLE) if len(people) > _LINES else None,
            events=press.view.lines(attended[:_LINES]) if first else (),
            all_events=_all(attended, "event", urls.HOME, _LINES, party=id),
            commitments=press.view.commitments(promised[:_ASIDE]) if first else (),
            all_commitments=_all(promised, "commitment", urls.COMMITMENTS, _ASIDE, party=id),
            quotes=press.view.quotes(part.items),
            part=part,
        ),
        headings=_headings(sections, first),
        source=press.registry("parties"),
        part_of=None if first else path,
    )


def source(press: Renderer, id: str) -> Iterator[Draft]:
    """Yield the pages of a source: what rests on it, in the order of time."""
    resting, marks = press.timeline.events_of_source.get(id, ()), press.marks
    for part in cut(press.timeline.quotes_of_source.get(id, ()), urls.source(id), _QUOTES):
        of = (
            *(part.number, part.of, marks.sources([id]), marks.quotes(part.items)),
            marks.events(resting) if part.first else None,
        )
        yield Draft(part.url, of, partial(_source, press, id, part))


def _source(press: Renderer, id: str, part: Part[str]) -> Page:
    source, path, first = press.view.source(id), urls.source(id), part.first
    resting = press.timeline.events_of_source.get(id, ())
    title = f"{source.title}{part.suffix}"
    sections = (("events", "Events that rest on it", True), ("quotes", "Quotes", True))
    return Page(
        path=part.url,
        kind="source",
        tab=urls.SOURCES,
        title=title,
        description=prose.shortened(f"{source.publisher}, {source.published.text}: {source.title}"),
        content=press.page(
            "source",
            part.url,
            source=source,
            title=title,
            trail=press.trail(title, Link("Sources", urls.SOURCES)),
            events=press.view.lines(resting) if first else (),
            quotes=press.view.quotes(part.items),
            part=part,
        ),
        headings=_headings(sections, first),
        source=press.registry("sources"),
        part_of=None if first else path,
    )


def _headings(sections: Iterable[tuple[str, str, object]], first: bool) -> tuple[Heading, ...]:
    """Return the headings of those sections that hold something; later parts have only the quotes."""
    return tuple(Heading(i, title) for i, title, present in sections if present and (first or i == "quotes"))


def _all(ids: Sequence[str], noun: str, path: str, shown: int, **narrowed: str) -> Link | None:
    """Return a link to the whole list, narrowed to these, where a page shows only the first of them."""
    if len(ids) <= shown:
        return None
    return Link(f"All {counted(len(ids), noun)}", urls.narrowed(path, **narrowed))
