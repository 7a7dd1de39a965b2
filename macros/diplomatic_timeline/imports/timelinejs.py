"""Turns the slides of a TimelineJS file into drafts of events.

Every slide becomes a draft of an event. What the slide says is taken as it stands; what it may mean is
guessed only where a name of the record says the same word for word; what belongs to an event and stands
nowhere is `todo`; what has no place in a record is kept as a comment of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from diplomatic_timeline.exports.timelinejs import date_fields, digest
from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.imports.drafts import Draft, Ids, Names, basis
from diplomatic_timeline.imports.html_text import clean, to_commonmark, to_text
from diplomatic_timeline.imports.timelinejs_dates import date_object, point, understood
from diplomatic_timeline.imports.timelinejs_files import Slides, says, summed
from diplomatic_timeline.model.dates import DateError, Edtf, parse_date
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.record.checks.todos import TODO
from diplomatic_timeline.views.wording import languages, load


class Importer:
    """Makes drafts of slides. `corpus` is the record they go into, whose names may be recognised."""

    def __init__(self, corpus: Corpus) -> None:
        self.names = Names(corpus)
        self.ids = Ids()

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
        text = slide.get("text")
        said: Mapping[str, Any] = text if isinstance(text, Mapping) else {"text": text}
        title, unplaced = to_text(_text(said.get("headline")))
        left += unplaced
        summary, unplaced = to_commonmark(_text(said.get("text")))
        left += unplaced
        left += [
            f"text.{k}: {summed(v)}" for k, v in said.items() if k not in ("headline", "text") and says(v)
        ]
        id = self.ids.make(_text(slide.get("unique_id")).strip(), when, title, left)
        draft = Draft(id, when.anchor.year if when else None, {}, guessed, left)
        fields = {
            "title": title or TODO,
            "date": when.text if when else TODO,
            "kind": TODO,
            "level": TODO,
            "summary": summary or TODO,
        }
        if when and when.inexact:
            fields["date_basis"] = _basis(slide, when)
        draft.fields = fields
        self._group(slide, draft)
        self._place(slide, draft)
        self._media(slide, draft)
        used = ("start_date", "end_date", "display_date", "text", "group", "media", "unique_id", "location")
        left += [f"{k}: {summed(v)}" for k, v in slide.items() if k not in used and says(v)]
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
        if not self.ids.take(event.id):
            return None
        draft = Draft(event.id, event.date.anchor.year, yaml_writer.plain(event))
        if slide.get("shown") != digest(dict(slide)):
            self._edited(slide, event, draft)
        return draft

    def _edited(self, slide: Mapping[str, Any], event: Event, draft: Draft) -> None:
        """Take what was changed in TimelineJS since the export."""
        title, _ = to_text(_text(slide["text"].get("headline")))
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
                draft.fields.setdefault("date_basis", _basis(slide, when))
            draft.guessed.append("date: changed since it was exported")
            draft.fields = yaml_writer.in_order(draft.fields)
        text, unplaced = to_commonmark(_text(slide["text"].get("text")))
        draft.left += [f"text, where it was changed since it was exported: {text}", *unplaced]

    def _date(self, slide: Mapping[str, Any], guessed: list[str], left: list[str]) -> Edtf | None:
        given = {side: slide.get(side) for side in ("start_date", "end_date")}
        start, end = (_object(date) for date in given.values())
        for side, date in (("start", start), ("end", end)):
            beside = {k: v for k, v in (date or {}).items() if k not in _DATE_PARTS and says(v)}
            left += [f"{side} {k}: {summed(v)}" for k, v in beside.items()]
        shown = _shown(slide)
        try:
            if start is None:
                raise ValueError
            # A text that is no single day, such as an interval, may still be a date.
            told = understood(_text(start.get("unread"))) if end is None else None
            text = told.text if told else point(start)
            if told and told.text != start["unread"]:
                guessed.append(f"date: {text}, for the slide says “{start['unread']}”")
                left.append(f"date: {summed(start['unread'])}")
            if end is not None and point(end) != text:
                text = f"{text}/{point(end)}"
            elif (
                not told and (said := understood(shown)) and said.text[:-1] == text and said.text[-1] in "~?%"
            ):
                guessed.append(f"date: {_MARKS[said.text[-1]]} {text}, for TimelineJS shows “{shown}”")
                text = said.text
            when = parse_date(text)
        except (ValueError, OverflowError, DateError):
            dates = {k: v for k, v in given.items() if says(v)}
            unread = {k: v.get("unread", v) if isinstance(v, Mapping) else v for k, v in dates.items()}
            left.append(f"date: {summed(unread) if unread else 'the slide has none'}")
            when = None
        else:
            for side, date in (("start", start), ("end", end)):
                if date and not says(date.get("month")) and says(date.get("day")):
                    left.append(f"{side} day: {summed(date['day'])}")
        if shown:
            left.append(f"display_date: {shown}")
        return when

    def _group(self, slide: Mapping[str, Any], draft: Draft) -> None:
        group = clean(_text(slide.get("group"))).strip()
        issue = self.names.issues.get(group.casefold()) if group else None
        draft.fields["issues"] = [{"issue": issue}] if issue else TODO
        if issue:
            draft.guessed.append(f"issue: {issue}, for the group is “{group}”")
        elif group:
            draft.left.append(f"group: {group}")

    def _place(self, slide: Mapping[str, Any], draft: Draft) -> None:
        location = slide.get("location")
        name = _text(location.get("name") if isinstance(location, Mapping) else location).strip()
        place = self.names.places.get(name.casefold()) if name else None
        if place:
            draft.fields["place"] = place
            draft.guessed.append(f"place: {place}, for the location is “{name}”")
            rest = location if isinstance(location, Mapping) else {}
            draft.left += [f"location.{k}: {summed(v)}" for k, v in rest.items() if k != "name" and says(v)]
        elif says(location):
            draft.left.append(f"location: {summed(location)}")

    def _media(self, slide: Mapping[str, Any], draft: Draft) -> None:
        media = slide.get("media")
        draft.fields["sources"] = TODO
        if not isinstance(media, Mapping):
            if says(media):
                draft.left.append(f"media: {summed(media)}")
            return
        url = _text(media.get("url")).strip()
        rest = {k: v for k, v in media.items() if says(v)}
        if url in self.names.addresses:
            draft.fields["sources"] = [self.names.addresses[url]]
            draft.guessed.append(f"source: {self.names.addresses[url]}, for the media has its address")
            rest.pop("url")
        elif re.match(r"<blockquote", url, re.IGNORECASE):
            self._blockquote(url, media, draft)
            rest.pop("url")
        draft.left += [f"media.{k}: {summed(v)}" for k, v in rest.items()]

    def _blockquote(self, html: str, media: Mapping[str, Any], draft: Draft) -> None:
        """Turn quoted words into a quote, of which a slide says neither the speaker nor the source."""
        quotation, end, behind = re.split(r"(</blockquote\s*>|$)", html, maxsplit=1, flags=re.IGNORECASE)
        html = quotation + end
        if behind.strip():
            draft.left.append(f"media.url, behind the quotation: {behind}")
        cited = re.search(r"<cite[^<>]*>((?:(?!<cite\b).)*?)</cite>", html, re.IGNORECASE | re.DOTALL)
        words, unplaced = to_text(html.replace(cited[0], "") if cited else html)
        draft.left += unplaced
        if not words:
            return
        credit = to_text(_text(media.get("credit")))[0]
        by = to_text(cited[1])[0] if cited else credit
        if cited:
            draft.left.append(f"cite: {by}")
        quote = self.names.quote(draft.id, words, by, draft.fields["issues"], draft.guessed)
        draft.fields["quotes"] = [quote]


_DATE_PARTS = ("year", "month", "day", "display_date", "unread")
_MARKS = {"~": "about", "?": "uncertain,", "%": "about, uncertain,"}


def _text(value: Any) -> str:
    return "" if value is None else summed(value)


def _object(date: Any) -> Mapping[str, Any] | None:
    """Return a date of a slide as an object; None where it says nothing."""
    found = date if isinstance(date, Mapping) else date_object(date) if says(date) else {}
    year = found.get("year")
    if isinstance(year, str) and not says(found.get("month")):
        whole = date_object(year)
        found = found if "unread" in whole else {**found, **whole}
    return found if any(map(says, found.values())) else None


def _shown(slide: Mapping[str, Any]) -> str:
    """Return what TimelineJS shows instead of the date."""
    dates = [slide.get(side) for side in ("start_date", "end_date")]
    inside = [d.get("display_date") for d in dates if isinstance(d, Mapping)]
    return " – ".join(_text(v).strip() for v in (slide.get("display_date"), *inside) if says(v))


def _basis(slide: Mapping[str, Any], when: Edtf) -> str:
    return basis(when, "timeline", to_text(_shown(slide))[0])
