"""Writes a record of any size, for measuring and for looking at: invented, realistic, fixed by its seed.

Run as `python -m tests.benchmarks.record FOLDER --events N [--seed S] [--pins]`: FOLDER becomes a whole
`events/` folder that `timeline check` accepts. Two invented states and a third talk for a century. An event
has about 7 KB: on average 6 participants, 5 issues with positions, 9 quotations, 3 commitments; one in six
is context and shorter. People hold office for some years and are replaced; a few issues come up all the time
and most seldom; a source serves several events. With `--pins` a pinned source proves every quotation.
"""

from __future__ import annotations

import argparse
import bisect
import datetime
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.model.vocabulary import CommitmentStatus, Level, Outcome, as_id, words

from .pinned import pin_all
from .wording import CHINESE_SURNAMES, Wording
from .world import CONTEXT_KINDS, KINDS, PARTIES, POSTS, SPEAKING

SEED = 20240531
FIRST_DAY = datetime.date(1925, 1, 1)
DAYS = (datetime.date(2025, 1, 1) - FIRST_DAY).days
AROUND = 3
"""Days from an event within which something may have been said of it; the speakers hold office so long."""


class Record:
    """The registries and events of one invented record. Everything follows from the number and the seed."""

    def __init__(self, events: int, seed: int = SEED) -> None:
        self.chance = random.Random(f"{seed}/{events}")
        self.wording = Wording(self.chance)
        self.number = events
        self.places = self._places()
        self.issues = self._issues()
        self.organizations = self._organizations()
        self.people = self._people()
        self.sources = self._sources()
        self.said: dict[str, list[dict[str, Any]]] = {}
        """The quotations that rest on each source, once `events` has run."""

    # Registries

    def _places(self) -> dict[str, dict[str, Any]]:
        places = {}
        for _ in range(12 + self.number // 60):
            name = self.wording.place()
            place: dict[str, Any] = {"name": name, "within": PARTIES[self.chance.choice(SPEAKING)]["name"]}
            if self.chance.random() < 0.4:
                place["native_name"] = self.wording.chinese(2)
            places[as_id(name)] = place
        return places

    def _issues(self) -> dict[str, dict[str, Any]]:
        issues: dict[str, dict[str, Any]] = {}
        wanted = 8 + min(self.number, 40) // 2 + self.number // 60
        while len(issues) < wanted:
            name = self.wording.issue()
            issue: dict[str, Any] = {"name": name}
            if issues and self.chance.random() < 0.3:
                roots = [id for id, other in issues.items() if "parent" not in other]
                issue["parent"] = self.chance.choice(roots)
            issue["description"] = self.wording.sentence(9, 18)
            issues.setdefault(as_id(name), issue)
        return issues

    def _organizations(self) -> dict[str, dict[str, Any]]:
        bodies = {}
        for party in SPEAKING:
            for what in ("Foreign Ministry", "Ministry of Defence", "News Agency", "Embassy"):
                body: dict[str, Any] = {"name": f"{what} of {PARTIES[party]['name']}", "party": party}
                if party == "haidong":
                    body["native_name"] = self.wording.chinese(3)
                bodies[as_id(f"{party} {what}")] = body
        bodies["harbour-institute"] = {"name": "Harbour Institute for Strategy", "party": "observers"}
        bodies["world-wire"] = {"name": "World Wire"}
        return bodies

    def _people(self) -> dict[str, dict[str, Any]]:
        """Return office holders in the order of their first post: each party has a dozen at any time."""
        people: dict[str, dict[str, Any]] = {}
        self.tenures: dict[str, list[tuple[int, int, str, str]]] = {party: [] for party in SPEAKING}
        every = max(30, min(DAYS, int(DAYS * 36 / max(self.number / 5, 36))))
        for party in SPEAKING:
            for rank, title in enumerate(POSTS):
                day = -self.chance.randrange(every + 1)
                while day < DAYS:
                    term = round(every * self.chance.uniform(0.6, 1.4)) + 1
                    self._appoint(people, party, rank, title, day, day + term)
                    day += term + 1
        for party in SPEAKING:
            self.tenures[party].sort()
        return people

    def _appoint(
        self, people: dict[str, dict[str, Any]], party: str, rank: int, title: str, start: int, end: int
    ) -> None:
        eastern = party == "haidong"
        given, family = self.wording.eastern_name() if eastern else self.wording.western_name()
        name = f"{family} {given}" if eastern else f"{given} {family}"
        id = as_id(name)
        while id in people:
            id = f"{id}-ii" if not id.endswith("i") else f"{id}i"
        person: dict[str, Any] = {"name": name, "family_name": family}
        if eastern:
            person["native_name"] = CHINESE_SURNAMES.get(family, "王") + self.wording.chinese(
                len(given) // 5 + 1
            )
        person["party"] = party
        dates = f"{_iso(start)}/{_iso(end)}" if end < DAYS else f"{_iso(start)}/.."
        ministry = ("Foreign Ministry", "Ministry of Defence")[rank % 2]
        person["posts"] = [{"title": title, "organization": as_id(f"{party} {ministry}"), "dates": dates}]
        if self.chance.random() < 0.08:
            person["note"] = self.wording.sentence(8, 20)
        people[id] = person
        self.tenures[party].append((start, end, id, title))

    def _sources(self) -> dict[str, dict[str, Any]]:
        sources: dict[str, dict[str, Any]] = {}
        number = max(1, self.number // 8)
        days = sorted(self.chance.randrange(40, DAYS + 40) for _ in range(number - 1))
        self.published = [*days, DAYS + 60]
        for day in self.published:
            title = self.wording.title()
            id = f"s-{_iso(day)}"
            while id in sources:
                id += "-b"
            kind = self.chance.choice(("press", "press", "press", "readout", "transcript", "broadcast"))
            source: dict[str, Any] = {"title": title, "publisher": self.wording.newspaper()}
            if self.chance.random() < 0.5:
                source["authors"] = [" ".join(self.wording.western_name())]
            source.update(published=_iso(day), kind=kind)
            if kind in ("readout", "transcript"):
                source["issuer"] = self.chance.choice(SPEAKING)
            source["url"] = f"https://archive.example/{day // 365}/{as_id(title)}"
            if self.chance.random() < 0.2:
                source["note"] = self.wording.sentence(10, 30)
            sources[id] = source
        return sources

    # Events

    def events(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each event's id and fields, in the order of their days."""
        self.said = {}
        days = sorted(self.chance.randrange(DAYS) for _ in range(self.number))
        popular = list(self.issues)
        weights = list(accumulate(1 / (n + 2) for n in range(len(popular))))
        ids: dict[str, None] = {}
        for number, day in enumerate(days):
            place = self.chance.choice(list(self.places))
            date, inexact = self._date(day)
            id = f"{date[:10] if '/' in date else date.rstrip('~?')}-{place}"
            while id in ids:
                id = f"{id}-{self.wording.noun()}"
            fields = self._event(number, day, date, inexact, place, popular, weights, list(ids)[-40:])
            ids[id] = None
            for n, quote in enumerate(fields.get("quotes", ())):
                self.said.setdefault(quote["source"], []).append(quote)
                assert quote["id"] == f"{number}-{n}"
            yield id, fields

    def _date(self, day: int) -> tuple[str, str | None]:
        """Return a date in EDTF, and on what it rests where it is not exact."""
        exact, kind = _iso(day), self.chance.random()
        if kind < 0.84:
            return exact, None
        if kind < 0.92 and day + 4 < DAYS:
            return f"{exact}/{_iso(day + self.chance.randint(1, 4))}", None
        basis = f"The report says only {self.chance.choice(('last month', 'this spring', 'that year'))}."
        if kind < 0.96:
            return exact[:7], basis
        return (exact[:4] if kind < 0.98 else f"{exact[:7]}~"), basis

    def _in_office(self, party: str, day: int) -> list[tuple[str, str]]:
        """Return the people of a party in office on a day and around it, with their posts."""
        tenures = self.tenures[party]
        at = bisect.bisect_right(tenures, (day, DAYS * 9, "", ""))
        found: list[tuple[str, str]] = []
        for start, end, id, title in reversed(tenures[:at]):
            if start + AROUND <= day <= end - AROUND:
                found.append((id, title))
                if len(found) == len(POSTS):
                    break
        return sorted(found, key=lambda held: POSTS.index(held[1]))

    def _event(
        self,
        number: int,
        day: int,
        date: str,
        basis: str | None,
        place: str,
        popular: Sequence[str],
        weights: Sequence[float],
        earlier: Sequence[str],
    ) -> dict[str, Any]:
        chance = self.chance
        context = number % 6 == 4
        sides = list(SPEAKING[:2]) + (["islands"] if chance.random() < 0.15 else [])
        issues: list[str] = []
        wanted = min(len(popular), chance.randint(1, 3) if context else chance.randint(4, 7))
        while len(issues) < wanted:
            issue = popular[bisect.bisect(weights, chance.random() * weights[-1])]
            if issue not in issues:
                issues.append(issue)
        sources = self._sources_of(day)
        in_office = {party: self._in_office(party, day) for party in sides}
        quotes = self._quotes(number, day, context, issues, sources, in_office)
        fields: dict[str, Any] = {"title": self.wording.title(), "date": date, "date_basis": basis}
        fields["kind"] = chance.choice(CONTEXT_KINDS if context else KINDS)
        fields["level"] = chance.choice(words(Level)[:4])
        if context:
            fields["prominence"] = "context"
        fields["place"] = place
        fields["summary"] = self.wording.paragraphs(1 if context else chance.randint(1, 3))
        fields["participants"] = [] if context else self._participants(in_office)
        fields["issues"] = [self._at_issue(issue, sides, quotes, sources) for issue in issues]
        fields["quotes"] = quotes
        fields["commitments"] = (
            [] if context else self._commitments(number, day, sides, issues, quotes, sources)
        )
        related = min(len(earlier), chance.choice((0, 0, 1, 2, 3)))
        fields["related"] = chance.sample(earlier, related)
        fields["sources"] = sources
        if chance.random() < 0.01:
            fields["aliases"] = [f"old-{number}"]
        if chance.random() < 0.02:
            fields["corrections"] = [{"date": "2025-03-01", "text": self.wording.sentence(8, 20)}]
        return {name: value for name, value in fields.items() if value not in (None, [])}

    def _sources_of(self, day: int) -> list[str]:
        """Return one to three sources published after a day."""
        ids = list(self.sources)
        at = bisect.bisect_left(self.published, min(day + 36, self.published[-1]))
        return ids[at : at + self.chance.choice((1, 1, 1, 2, 3))]

    def _participants(self, in_office: Mapping[str, Sequence[tuple[str, str]]]) -> list[dict[str, Any]]:
        found = []
        for n, (party, held) in enumerate(in_office.items()):
            size = min(len(held), self.chance.randint(1, 2) if n > 1 else self.chance.randint(2, 4))
            chosen = sorted(self.chance.sample(range(len(held)), size))
            for at, index in enumerate(chosen):
                person, post = held[index]
                role = "head" if at == 0 else "delegate"
                found.append({"person": person, "party": party, "post": post, "role": role})
        return found

    def _quotes(
        self,
        number: int,
        day: int,
        context: bool,
        issues: Sequence[str],
        sources: Sequence[str],
        in_office: Mapping[str, Sequence[tuple[str, str]]],
    ) -> list[dict[str, Any]]:
        chance = self.chance
        quotes: list[dict[str, Any]] = []
        for n in range(chance.randint(0, 3) if context else chance.randint(7, 13)):
            party = chance.choice(list(in_office))
            quote: dict[str, Any] = {"id": f"{number}-{n}"}
            held = in_office[party]
            if held and chance.random() < 0.93:
                quote["speaker"], quote["post"] = held[min(int(chance.expovariate(0.4)), len(held) - 1)]
            else:
                quote["speaker"] = as_id(f"{party} Foreign Ministry")
            quote["party"] = party
            if chance.random() < 0.2:
                quote["date"] = _iso(day + chance.randint(-AROUND, AROUND))
                quote["occasion"] = self.wording.occasion()
            quote["text"] = self.wording.quotation()
            if len(quote["text"].split()) < 5:
                quote["suffix"] = self.wording.clause(5)
            quote["issues"] = chance.sample(list(issues), min(len(issues), chance.choice((1, 1, 1, 2))))
            quote["source"] = chance.choice(list(sources))
            quote["locator"] = f"paragraph {chance.randint(1, 40)}"
            if party == "haidong":
                quote["rendering"] = chance.choice(
                    ("interpreted", "official-translation", "press-translation")
                )
                if chance.random() < 0.25:
                    quote["original"] = {"language": "zh", "text": self.wording.chinese_sentence()}
            else:
                quote["rendering"] = chance.choice(("as-spoken", "as-spoken", "written"))
            if chance.random() < 0.12:
                quote["note"] = self.wording.sentence(8, 24)
            quotes.append(quote)
        return quotes

    def _at_issue(
        self, issue: str, sides: Sequence[str], quotes: Sequence[Mapping[str, Any]], sources: Sequence[str]
    ) -> dict[str, Any]:
        positions = {}
        for party in sides:
            said = [q["id"] for q in quotes if issue in q["issues"] and q["party"] == party]
            if said or self.chance.random() < 0.75:
                rests = {"quotes": said} if said else {"sources": [sources[0]]}
                positions[party] = {"statement": self.wording.sentence(9, 22), **rests}
        raised = [party for party in sides if self.chance.random() < 0.5]
        found = {"issue": issue, "raised_by": raised, "positions": positions}
        found["outcome"] = self.chance.choice(words(Outcome))
        return {name: value for name, value in found.items() if value}

    def _commitments(
        self,
        number: int,
        day: int,
        sides: Sequence[str],
        issues: Sequence[str],
        quotes: Sequence[Mapping[str, Any]],
        sources: Sequence[str],
    ) -> list[dict[str, Any]]:
        found = []
        for n in range(self.chance.randint(1, 5)):
            promise: dict[str, Any] = {
                "id": f"{number}-c{n}",
                "made_by": [self.chance.choice(list(sides))],
                "statement": self.wording.promise(),
                "issues": [self.chance.choice(list(issues))],
            }
            if quotes and self.chance.random() < 0.5:
                promise["quote"] = self.chance.choice(list(quotes))["id"]
            else:
                promise["source"] = sources[0]
            if self.chance.random() < 0.6:
                due = _iso(day + self.chance.randint(30, 1500))
                promise["due"] = due[: self.chance.choice((4, 7, 10))]
            status = self.chance.choice(("open", "open", *words(CommitmentStatus)))
            promise["status"] = status
            if status not in ("open", "unknown"):
                promise["evidence"] = [sources[-1]]
            promise["last_checked"] = "2025-06-30"
            found.append(promise)
        return found


def _iso(day: int) -> str:
    return (FIRST_DAY + datetime.timedelta(days=day)).isoformat()


def write_record(folder: Path, events: int, seed: int = SEED, *, pins: bool = False) -> int:
    """Write a record into `folder`, which is emptied first; return how many bytes its events have."""
    shutil.rmtree(folder, ignore_errors=True)
    registry = folder / "registry"
    registry.mkdir(parents=True)
    record = Record(events, seed)
    size = 0
    for id, fields in record.events():
        path = folder / id[:4] / f"{id}.yml"
        path.parent.mkdir(exist_ok=True)
        data = yaml_writer.write(fields).encode()
        path.write_bytes(data)
        size += len(data)
    registries = {"parties": PARTIES, "people": record.people, "organizations": record.organizations}
    registries |= {"places": record.places, "issues": record.issues, "sources": record.sources}
    for name, entries in registries.items():
        (registry / f"{name}.yml").write_text(yaml_writer.write(entries), encoding="utf-8")
    if pins:
        pin_all(record.sources, record.said, registry / "pins", seed)
    return size


def main() -> None:
    """Write a record and print its size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--pins", action="store_true", help="pin the sources, so that quotations are proven")
    options = parser.parse_args()
    size = write_record(options.folder, options.events, options.seed, pins=options.pins)
    print(f"{options.events:,} events, {size:,} bytes of events in {options.folder}")


if __name__ == "__main__":
    main()
