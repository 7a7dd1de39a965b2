"""Rules across fields and files: what one record says of another must be so.

`CHECKS` is a tuple of generators; each takes a `Reading` and yields findings. Codes are documented in
docs/contribute/errors.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from macros.dates import Edtf, display
from macros.diagnostics import shown, suggestion
from macros.documents import Path
from macros.identities import Findings, identities, repetitions
from macros.model import Event, IssueAtEvent, Person
from macros.proofs import explain
from macros.reading import Reading
from macros.references import references, references_to_events


def dates(reading: Reading) -> Findings:
    """A date that is not exact says how it is known; times run forward."""
    corpus = reading.corpus
    for id, event in corpus.events.items():
        if event.date.inexact and event.date_basis is None:
            yield reading.finding(
                "missing-date-basis",
                f"the date {event.date.text!r} is not exact to the day, and nothing says how it is known",
                "events",
                id,
                ("date",),
                "add 'date_basis: ...', as in 'the report says only last week'",
            )
        named = _DATE_OF_ID.match(id)
        if named and not event.date.anchor.isoformat().startswith(named[0]):
            yield reading.finding(
                "id-date",
                f"the file's name begins with {named[0]}, and the event's date is {display(event.date)}",
                "events",
                id,
                ("date",),
                "correct the date; or rename the file, as long as the event is not published",
                warning=True,
            )
        if event.timezone is not None and not _is_zone(event.timezone):
            yield reading.finding(
                "unknown-timezone",
                f"there is no time zone {shown(event.timezone)}",
                "events",
                id,
                ("timezone",),
                suggestion(
                    event.timezone,
                    sorted(available_timezones()),
                    "write the name of the IANA database, as in 'Asia/Shanghai' or 'America/Anchorage'",
                ),
            )
        for n, quote in enumerate(event.quotes):
            said = quote.date or event.date
            source = corpus.sources.get(quote.source)
            if source and said.first > source.published.last and quote.date is None:
                yield reading.finding(
                    "quote-after-source",
                    f"the event, of {display(said)}, is later than the source of what was said at it, "
                    f"of {display(source.published)}",
                    "events",
                    id,
                    ("date",),
                    f"correct the date, or 'published' of {source.id!r} in events/registry/sources.yml",
                )
            elif source and said.first > source.published.last:
                yield reading.finding(
                    "quote-after-source",
                    f"the quote, of {display(said)}, is later than its source of {display(source.published)}",
                    "events",
                    id,
                    ("quotes", n, "date"),
                    "correct the quote's date, or the source's 'published' in events/registry/sources.yml",
                )
            if quote.date is not None and quote.occasion is None:
                yield reading.finding(
                    "missing-occasion",
                    "a quote with a date of its own was said elsewhere, and nothing says where",
                    "events",
                    id,
                    ("quotes", n, "date"),
                    "add 'occasion: ...', as in 'Press briefing in Beijing'; "
                    "or remove the date if it was said at the event",
                )
        for n, commitment in enumerate(event.commitments):
            if commitment.due and commitment.due.last < event.date.first:
                yield reading.finding(
                    "due-before-event",
                    f"what was promised on {display(event.date)} cannot be due by {display(commitment.due)}",
                    "events",
                    id,
                    ("commitments", n, "due"),
                    "correct the due date",
                )


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def posts(reading: Reading) -> Findings:
    """A post is one that the person held, on a day on which the person held it."""
    people = reading.corpus.people
    for id, event in reading.corpus.events.items():
        for n, participant in enumerate(event.participants):
            person = people.get(participant.person)
            if person is not None:
                yield from _post(
                    reading, id, ("participants", n, "post"), person, participant.post, event.date
                )
        for n, quote in enumerate(event.quotes):
            person = people.get(quote.speaker)
            if person is None:
                continue
            if quote.post is None:
                yield reading.finding(
                    "missing-post",
                    f"nothing says which post {person.name} held when this was said",
                    "events",
                    id,
                    ("quotes", n, "speaker"),
                    "add 'post: ...', the title held that day",
                )
                continue
            yield from _post(reading, id, ("quotes", n, "post"), person, quote.post, quote.date or event.date)


def _post(reading: Reading, id: str, path: Path, person: Person, title: str, when: Edtf) -> Findings:
    held = [p for p in person.posts if p.title == title]
    if not held:
        titles = [p.title for p in person.posts]
        yield reading.finding(
            "unknown-post",
            f"{person.name} has no post {shown(title)} in the people registry",
            "events",
            id,
            path,
            suggestion(title, titles, f"add it to the posts of {person.id!r} in events/registry/people.yml"),
        )
        return
    spans = [p.dates for p in held if p.dates is not None]
    if len(spans) == len(held) and not any(s.first <= when.last and when.first <= s.last for s in spans):
        yield reading.finding(
            "post-outside-dates",
            f"{person.name} held this post {', '.join(display(s) for s in spans)}; "
            f"the date here is {display(when)}",
            "events",
            id,
            path,
            "write the post held that day, or correct its dates in events/registry/people.yml",
        )


def agreement(reading: Reading) -> Findings:
    """What an event's quotes, positions and commitments use, it lists; what is claimed rests on something."""
    for id, event in reading.corpus.events.items():
        issues = tuple(i.issue for i in event.issues)
        for n, quote in enumerate(event.quotes):
            yield from _listed(reading, id, ("quotes", n, "issues"), quote.issues, issues, "issue")
            yield from _listed(reading, id, ("quotes", n, "source"), (quote.source,), event.sources, "source")
        for n, at_issue in enumerate(event.issues):
            yield from _positions(reading, id, n, at_issue, event)
        for n, commitment in enumerate(event.commitments):
            base: Path = ("commitments", n)
            yield from _listed(reading, id, (*base, "issues"), commitment.issues, issues, "issue")
            if commitment.source:
                yield from _listed(
                    reading, id, (*base, "source"), (commitment.source,), event.sources, "source"
                )
            if commitment.quote is None and commitment.source is None:
                yield reading.finding(
                    "nothing-to-rest-on",
                    "the commitment rests on no quote and no source",
                    "events",
                    id,
                    (*base, "id"),
                    "add 'quote: ...' or 'source: ...'",
                )
            if commitment.status not in ("open", "unknown") and not commitment.evidence:
                yield reading.finding(
                    "status-without-evidence",
                    f"nothing shows that the commitment is {commitment.status!r}",
                    "events",
                    id,
                    (*base, "status"),
                    "add 'evidence: [...]' with events or sources that show it",
                )


def _positions(reading: Reading, id: str, n: int, at_issue: IssueAtEvent, event: Event) -> Findings:
    for party, position in at_issue.positions.items():
        base: Path = ("issues", n, "positions", party)
        yield from _listed(reading, id, (*base, "sources"), position.sources, event.sources, "source")
        if not position.quotes and not position.sources:
            yield reading.finding(
                "nothing-to-rest-on",
                "the position rests on no quote and no source",
                "events",
                id,
                base,
                "add 'quotes: [...]' or 'sources: [...]'",
                key=True,
            )


def _listed(
    reading: Reading, id: str, path: Path, used: tuple[str, ...], listed: tuple[str, ...], what: str
) -> Findings:
    # What no registry has is reported as unknown, and as nothing else.
    exist = reading.unreadable.isdisjoint((f"{what}s",))
    for n, value in enumerate(used):
        if value not in listed and not (exist and value not in reading.known.get(f"{what}s", ())):
            yield reading.finding(
                f"{what}-not-at-event",
                f"the event itself does not list the {what} {value!r}",
                "events",
                id,
                path if path[-1] == "source" else (*path, n),
                suggestion(value, listed, f"add it to the event's '{what}s'"),
            )


def parties(reading: Reading) -> Findings:
    """A person speaks for the person's own party; each party has a place of its own."""
    corpus = reading.corpus
    for id, event in corpus.events.items():
        spoken = [("participants", n, p.person, p.party) for n, p in enumerate(event.participants)]
        spoken += [("quotes", n, q.speaker, q.party) for n, q in enumerate(event.quotes)]
        for name, n, speaker, party in spoken:
            person = corpus.people.get(speaker)
            if person and party != person.party and {party, person.party} <= corpus.parties.keys():
                yield reading.finding(
                    "party-differs",
                    f"{person.name} belongs to {person.party!r} in the people registry, not to {party!r}",
                    "events",
                    id,
                    (name, n, "party"),
                    f"write 'party: {person.party}', unless somebody spoke for another party here",
                    warning=True,
                )
    places: dict[int, str] = {}
    for id, side in corpus.parties.items():
        if side.order in places:
            yield reading.finding(
                "same-order",
                f"{places[side.order]!r} has the order {side.order} already",
                "parties",
                id,
                ("order",),
                "give each party a number of its own; the smallest stands first",
            )
        places.setdefault(side.order, id)


def hierarchy(reading: Reading) -> Findings:
    """Issues form a tree."""
    issues = reading.corpus.issues
    reported: set[str] = set()
    for id, issue in issues.items():
        seen = [id]
        parent = issue.parent
        while parent in issues and parent not in seen:
            seen.append(parent)
            parent = issues[parent].parent
        if parent == id and id not in reported:
            reported.update(seen)
            yield reading.finding(
                "issue-cycle",
                "the issue is its own ancestor: " + " → ".join([*seen, id]),
                "issues",
                id,
                ("parent",),
                "remove the 'parent' of one of them" if len(seen) > 1 else "remove the line",
            )


_DATE_OF_ID = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=-|$)")
_MARKS = re.compile('["“”„«»「」『』]')
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


def _is_whole(text: str) -> bool:
    """Return whether every bracket has its partner, and words stand outside them."""
    rest = _BRACKETS.sub("", text)
    return not ("[" in rest or "]" in rest) and bool(rest.strip())


def quotations(reading: Reading) -> Findings:
    """Editor's marks inside a quotation are whole: `[...]`, `[word]`."""
    for id, event in reading.corpus.events.items():
        for n, quote in enumerate(event.quotes):
            rest = _BRACKETS.sub("", quote.text)
            if "[" in rest or "]" in rest:
                document = reading.origins["events", id].document
                yield document.finding(
                    "open-bracket",
                    "a square bracket has no partner",
                    document.bracket(("quotes", n, "text")),
                    "brackets mark what is yours: '[...]' for words left out, '[word]' for a word put in",
                )
            elif not rest.strip():
                yield reading.finding(
                    "empty-value",
                    "the quote has no words of its source",
                    "events",
                    id,
                    ("quotes", n, "text"),
                    "copy the words from the source",
                )


def quotation_marks(reading: Reading) -> Findings:
    """The marks that the site sets around a quotation are not part of its text; inner ones come in pairs."""
    for id, event in reading.corpus.events.items():
        for n, quote in enumerate(event.quotes):
            marks = _MARKS.findall(quote.text)
            around = len(marks) == 2 and quote.text.startswith(marks[0]) and quote.text.endswith(marks[1])
            if around or len(marks) % 2:
                yield reading.finding(
                    "quotation-marks",
                    "the quotation marks around the words are not part of them"
                    if around
                    else "a quotation mark in the text has no partner",
                    "events",
                    id,
                    ("quotes", n, "text"),
                    "remove it: the site sets the marks around a quotation; inner ones come in pairs",
                )


def proven(reading: Reading) -> Findings:
    """Every quotation stands word for word in its pinned source; a source without a pin is a warning."""
    resting: dict[str, int] = {}
    times = Counter(quote.id for event in reading.corpus.events.values() for quote in event.quotes)
    for id, event in reading.corpus.events.items():
        for n, quote in enumerate(event.quotes):
            if times[quote.id] > 1 or not _is_whole(quote.text):
                continue  # that has been reported, and says nothing about the words
            proof = reading.proofs[quote.id]
            if proof.outcome == "unpinned":
                resting[quote.source] = resting.get(quote.source, 0) + 1
            elif proof.finding is not None:
                message, remedy = explain(proof.finding, quote)
                part = proof.finding.part
                yield reading.finding(
                    "not-found", f"not proven: {message}", "events", id, ("quotes", n, part), remedy
                )
    for source, count in resting.items():
        if source in reading.corpus.sources and f"pins/{source}" not in reading.unreadable:
            yield reading.finding(
                "unpinned",
                f"the source is not pinned, so {count} quotation{'s' if count != 1 else ''} cannot be proven",
                "sources",
                source,
                help=f"save its text in a file, then run: .venv/bin/timeline pin {source} FILE",
                warning=True,
            )


Check = Callable[[Reading], Findings]

CHECKS: tuple[Check, ...] = (
    references,
    identities,
    repetitions,
    dates,
    posts,
    agreement,
    parties,
    hierarchy,
    quotations,
    quotation_marks,
    proven,
)

BETWEEN: tuple[Check, ...] = (references_to_events, identities)
"""Those that look from event to event. What the others say of one follows from it and the registries."""
