"""Turns the slides of a TimelineJS file into drafts of events.

Every slide becomes a draft of an event. What the slide says is taken as it stands; what it may mean is
guessed only where a name of the record says the same word for word; what belongs to an event and stands
nowhere is `todo`; what has no place in a record is kept as a comment of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from diplomatic_timeline.exports.timelinejs import date_fields, digest
from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.imports.html_text import clean, to_commonmark, to_text
from diplomatic_timeline.imports.timelinejs_files import Slides, summed
from diplomatic_timeline.model.dates import DateError, Edtf, parse_date
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.model.registries import Person
from diplomatic_timeline.model.vocabulary import as_id, is_id
from diplomatic_timeline.record.checks.todos import TODO
from diplomatic_timeline.views.wording import languages, load


@dataclass(slots=True)
class Draft:
    """An event as far as a slide tells it.

    `fields` are those of its file; `guessed` says what was inferred and from what; `left` what has no place.
    """

    id: str
    year: int | None
    fields: dict[str, Any] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def _number(value: Any) -> int | None:
    """Return a number that may be written as text, as in `1,999` or `5.0`; None for nothing.

    Raises ValueError for what is no whole number.
    """
    if value is None or value == "":
        return None
    number = float(re.sub(r"[\s,]", "", str(value)))
    if number != int(number):
        raise ValueError
    return int(number)


def _point(date: Mapping[str, Any]) -> str:
    """Return a date object in EDTF. Raises ValueError where it is none of the years 1 to 9999."""
    year, month, day = (_number(date.get(part)) for part in ("year", "month", "day"))
    if year is None or not 1 <= year <= 9999:
        raise ValueError
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


_ABOUT = re.compile(r"(?:c\.|ca\.?|circa|about|around|approx(?:\.|imately)?)\s*\S", re.IGNORECASE)
_PRECISIONS = {"year": "only the year", "month": "only the month"}


class Importer:
    """Makes drafts of slides. `corpus` is the record they go into, whose names may be recognised."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.ids: set[str] = set()
        self.issues = _names((i.name, id) for id, i in corpus.issues.items())
        people = [(p.name, id) for id, p in corpus.people.items()]
        self.speakers = _names(people + [(o.name, id) for id, o in corpus.organizations.items()])
        self.places = _names((p.name, id) for id, p in corpus.places.items())
        self.sources = {u: id for id, s in corpus.sources.items() for u in (s.url, s.archive_url) if u}

    def drafts(self, slides: Slides) -> Iterator[Draft]:
        """Yield a draft for every slide, in their order."""
        return map(self.draft, slides.events)

    def draft(self, slide: Mapping[str, Any]) -> Draft:
        own = self._own(slide)
        if own is not None:
            return own
        guessed: list[str] = []
        left: list[str] = []
        when = self._date(slide, guessed, left)
        text = slide.get("text") if isinstance(slide.get("text"), Mapping) else {}
        assert isinstance(text, Mapping)
        title, unplaced = to_text(str(text.get("headline") or ""))
        left += unplaced
        summary, unplaced = to_commonmark(str(text.get("text") or ""))
        left += unplaced
        left += [f"text.{k}: {summed(v)}" for k, v in text.items() if k not in ("headline", "text") and v]
        draft = Draft(
            self._id(slide, when, title, left), when.anchor.year if when else None, {}, guessed, left
        )
        fields = {
            "title": title or TODO,
            "date": when.text if when else TODO,
            "kind": TODO,
            "level": TODO,
            "summary": summary or TODO,
        }
        if when and when.inexact:
            fields["date_basis"] = self._basis(slide, when)
        draft.fields = fields
        self._group(slide, draft)
        self._place(slide, draft)
        self._media(slide, draft)
        used = ("start_date", "end_date", "display_date", "text", "group", "media", "unique_id", "location")
        left += [f"{k}: {summed(v)}" for k, v in slide.items() if k not in (*used, "record", "shown") and v]
        draft.fields = yaml_writer.in_order(fields)
        draft.left = [clean(entry) for entry in left]
        return draft

    def _own(self, slide: Mapping[str, Any]) -> Draft | None:
        """Return the draft of a slide that our export wrote; None for any other slide."""
        record = slide.get("record")
        if not isinstance(record, Mapping) or not isinstance(slide.get("text"), Mapping):
            return None
        try:
            event = Event.model_validate(record)
        except ValidationError:
            return None
        if event.id in self.ids:
            return None
        self.ids.add(event.id)
        draft = Draft(event.id, event.date.anchor.year, yaml_writer.plain(event))
        if slide.get("shown") != digest(dict(slide)):
            self._edited(slide, event, draft)
        return draft

    def _edited(self, slide: Mapping[str, Any], event: Event, draft: Draft) -> None:
        """Take what was changed in TimelineJS since the export."""
        title, _ = to_text(str(slide["text"].get("headline") or ""))
        if title and title != event.title:
            draft.fields["title"] = title
            draft.guessed.append("title: changed since it was exported")
        # It was exported in one of the languages of the interface.
        dates = [date_fields(event.date, load(language)) for language in languages()]
        if not any(shown.items() <= slide.items() for shown in dates):
            when = self._date(slide, draft.guessed, draft.left)
            draft.fields["date"] = when.text if when else TODO
            draft.year = when.anchor.year if when else None
            if when and when.inexact:
                draft.fields.setdefault("date_basis", self._basis(slide, when))
            draft.guessed.append("date: changed since it was exported")
            draft.fields = yaml_writer.in_order(draft.fields)
        text, unplaced = to_commonmark(str(slide["text"].get("text") or ""))
        draft.left += [f"text, where it was changed since it was exported: {text}", *unplaced]

    def _date(self, slide: Mapping[str, Any], guessed: list[str], left: list[str]) -> Edtf | None:
        dates = [slide.get(side) for side in ("start_date", "end_date")]
        start, end = (d if isinstance(d, Mapping) and any(d.values()) else None for d in dates)
        for side, date in (("start", start), ("end", end)):
            for part, value in (date or {}).items():
                if part not in ("year", "month", "day") and value not in (None, ""):
                    left.append(f"{side} {part}: {summed(value)}")
        shown = str(slide.get("display_date") or "").strip()
        try:
            if start is None:
                raise ValueError
            text = _point(start)
            if end is not None and _point(end) != text:
                text = f"{text}/{_point(end)}"
            elif _ABOUT.match(shown):
                text += "~"
                guessed.append(f"date: about {text[:-1]}, for TimelineJS shows “{shown}”")
            when = parse_date(text)
        except (ValueError, OverflowError, DateError):
            left.append(f"date: {summed({'start_date': start, 'end_date': end})}")
            when = None
        if shown:
            left.append(f"display_date: {shown}")
        return when

    def _basis(self, slide: Mapping[str, Any], when: Edtf) -> str:
        gives = _PRECISIONS.get(when.precision, "the date")
        shown = clean(str(slide.get("display_date") or "")).strip()
        return f"The imported timeline gives {gives}" + (f" and shows “{shown}”." if shown else ".")

    def _id(self, slide: Mapping[str, Any], when: Edtf | None, title: str, left: list[str]) -> str:
        given = str(slide.get("unique_id") or "").strip()
        id = given if is_id(given) else as_id(given)
        if given and id != given:
            left.append(f"unique_id: {given}")
        if not id:
            day = when.start.text.rstrip("~") if when and when.start else "undated"
            told = "-".join(as_id(title).split("-")[:7])
            id = f"{day}-{told or sha256(title.encode()).hexdigest()[:8]}"
        free, n = id, 1
        while free in self.ids:
            n += 1
            free = f"{id}-{n}"
        self.ids.add(free)
        return free

    def _group(self, slide: Mapping[str, Any], draft: Draft) -> None:
        group = clean(str(slide.get("group") or "")).strip()
        issue = self.issues.get(group.casefold()) if group else None
        draft.fields["issues"] = [{"issue": issue}] if issue else TODO
        if issue:
            draft.guessed.append(f"issue: {issue}, for the group is “{group}”")
        elif group:
            draft.left.append(f"group: {group}")

    def _place(self, slide: Mapping[str, Any], draft: Draft) -> None:
        location = slide.get("location")
        name = str(location.get("name") or "") if isinstance(location, Mapping) else str(location or "")
        place = self.places.get(name.casefold()) if name else None
        if place:
            draft.fields["place"] = place
            draft.guessed.append(f"place: {place}, for the location is “{name}”")
        elif location:
            draft.left.append(f"location: {summed(location)}")

    def _media(self, slide: Mapping[str, Any], draft: Draft) -> None:
        media = slide.get("media")
        draft.fields["sources"] = TODO
        if not isinstance(media, Mapping):
            if media:
                draft.left.append(f"media: {summed(media)}")
            return
        url = str(media.get("url") or "").strip()
        rest = {k: v for k, v in media.items() if v}
        if url in self.sources:
            draft.fields["sources"] = [self.sources[url]]
            draft.guessed.append(f"source: {self.sources[url]}, for the media has its address")
            rest.pop("url")
        elif re.match(r"<blockquote", url, re.IGNORECASE):
            self._blockquote(url, media, draft)
            rest.pop("url")
        draft.left += [f"media.{k}: {summed(v)}" for k, v in rest.items()]

    def _blockquote(self, html: str, media: Mapping[str, Any], draft: Draft) -> None:
        """Turn quoted words into a quote, of which a slide says neither the speaker nor the source."""
        cited = re.search(r"<cite[^>]*>(.*?)</cite>", html, re.IGNORECASE | re.DOTALL)
        words, unplaced = to_text(html.replace(cited[0], "") if cited else html)
        draft.left += unplaced
        if not words:
            return
        credit = to_text(str(media.get("credit") or ""))[0]
        by = to_text(cited[1])[0] if cited else credit
        if cited:
            draft.left.append(f"cite: {by}")
        speaker = self.speakers.get(by.lstrip("-–— ").casefold())
        holder = self.corpus.people.get(speaker or "") or self.corpus.organizations.get(speaker or "")
        issues = draft.fields["issues"]
        quote: dict[str, Any] = {
            "id": f"{draft.id}-quote",
            "speaker": speaker or TODO,
            "post": TODO if speaker is None or speaker in self.corpus.people else None,
            "party": (holder.party_at() if isinstance(holder, Person) else holder and holder.party) or TODO,
            "text": words,
            "issues": TODO if issues == TODO else [i["issue"] for i in issues],
            "source": TODO,
            "rendering": TODO,
        }
        if speaker:
            draft.guessed.append(f"speaker: {speaker}, for the words are credited to “{by}”")
        draft.fields["quotes"] = [{k: v for k, v in quote.items() if v is not None}]


def _names(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return ids by name and by themselves; a name that two of them have means neither."""
    found: dict[str, str] = {}
    twice = set()
    for name, id in pairs:
        for key in {name.casefold(), id}:
            if found.setdefault(key, id) != id:
                twice.add(key)
    return {k: v for k, v in found.items() if k not in twice}
