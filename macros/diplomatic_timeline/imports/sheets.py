"""Turns the rows of a plain sheet, such as a newsroom's list, into drafts of events.

A column belongs to the field of an event whose name it has, or to the one that it is mapped to. A date is
taken as people write dates, where it can mean one thing only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.imports.drafts import Draft, Ids, Names, basis
from diplomatic_timeline.imports.html_text import clean, to_commonmark, to_text
from diplomatic_timeline.imports.tables import Cell, Record, Table, UnreadableError
from diplomatic_timeline.imports.timelinejs_dates import understood
from diplomatic_timeline.model.dates import DateError, Edtf, parse_date
from diplomatic_timeline.model.diagnostics import suggestion
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.model.vocabulary import EventStatus, Kind, Level, Prominence, as_id
from diplomatic_timeline.record.checks.todos import TODO

FIELDS = (
    "id", "title", "date", "end_date", "date_basis", "timezone", "kind", "level", "status", "prominence",
    "place", "summary", "participants", "issues", "quote", "speaker", "sources",
)  # fmt: skip
"""What a column can be. `end_date` is the last day; `quote` are words that were said, `speaker` by whom."""

_CHOICES = {"kind": Kind, "level": Level, "status": EventStatus, "prominence": Prominence}
_SINGULAR = {"participant": "participants", "issue": "issues", "source": "sources"}


class MappingError(ValueError):
    """A mapping that does not fit the sheet, or none where one is needed; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet, which column each field has, and what else the file says."""

    rows: tuple[Record, ...]
    fields: Mapping[str, str]
    left: tuple[str, ...]


def field_of(name: str) -> str | None:
    """Return the field that a column's name names: `End date` is `end_date`, `Source` is `sources`."""
    plain = re.sub(r"[\s_-]+", "_", name.strip().casefold())
    plain = _SINGULAR.get(plain, plain)
    return plain if plain in FIELDS else None


def read_mapping(text: str) -> dict[str, str]:
    """Return columns by field from `date=When,title=What`. Raises MappingError.

    A comma inside a column's name belongs to it, unless a field and an equals sign follow.
    """
    found: dict[str, str] = {}
    for entry in re.split(r",(?=\s*[A-Za-z_-]+\s*=)", text):
        named, equals, column = (part.strip() for part in entry.partition("="))
        field = field_of(named)
        if not equals or not column:
            raise MappingError(
                f"{entry.strip()!r} maps nothing: write field=Column, as in date=When,title=What"
            )
        if field is None:
            raise MappingError(f"there is no field {named!r}: {suggestion(named, FIELDS, ', '.join(FIELDS))}")
        if field in found:
            raise MappingError(f"{field!r} is mapped twice: to {found[field]!r} and to {column!r}")
        found[field] = column
    return found


def read(table: Table, mapping: Mapping[str, str]) -> Sheet:
    """Return the sheet in a table. Raises MappingError, and UnreadableError where it has no rows."""
    wanted = {_plain(column): column for column in mapping.values()}

    def is_head(names: set[str]) -> bool:
        if wanted:
            return wanted.keys() <= names
        return not {field_of(name) for name in names}.isdisjoint(("date", "title"))

    columns, rows, left = table.records(is_head)
    first = [cell.text for _, cells in table.rows[:1] for cell in cells if cell.text]
    if not first:
        raise UnreadableError("the sheet is empty")
    if not columns and wanted:
        missing = [column for plain, column in wanted.items() if plain not in map(_plain, first)] or [*wanted]
        raise MappingError(
            f"no column is named {missing[0]!r}; the first row has {', '.join(map(repr, first))}"
        )
    by_name = {_plain(column): column for column in columns}
    fields = {field: by_name[_plain(column)] for field, column in mapping.items()}
    mapped = set(fields.values())
    for column in columns:
        field = field_of(column)
        if field and field not in fields and column not in mapped:
            fields[field] = column
    if "date" not in fields and "title" not in fields:
        named = ", ".join(map(repr, first))
        raise MappingError(
            f"no column is named as a field is; say which is which, as in --map date=When,title=What. "
            f"The first row has {named}"
        )
    if not rows:
        raise UnreadableError("the sheet has no rows below the names of its columns")
    return Sheet(tuple(rows), fields, (*left, *table.left))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


class Importer:
    """Makes drafts of rows. `corpus` is the record they go into, whose names may be recognised."""

    def __init__(self, corpus: Corpus) -> None:
        self.names = Names(corpus)
        self.ids = Ids()

    def drafts(self, sheet: Sheet) -> Iterator[Draft]:
        """Yield a draft for every row, in their order."""
        return (self.draft(row, sheet.fields) for row in sheet.rows)

    def draft(self, row: Record, fields: Mapping[str, str]) -> Draft:
        """Return the draft of a row; `fields` has the column of each field."""
        cells = {field: row.cells[column] for field, column in fields.items() if column in row.cells}
        guessed: list[str] = []
        left: list[str] = []

        def words(field: str) -> str:
            text, unplaced = to_text(cells[field].html) if field in cells else ("", ())
            left.extend(f"{fields[field]}: {entry}" for entry in unplaced)
            return text

        title = words("title")
        when = self._date(cells, fields, guessed, left)
        summary, unplaced = to_commonmark(cells["summary"].html) if "summary" in cells else ("", ())
        left += unplaced
        id = self.ids.make(words("id"), when, title or summary, left)
        draft = Draft(id, when.anchor.year if when else None, {}, guessed, left)
        made: dict[str, Any] = {
            "title": title or TODO,
            "date": when.text if when else TODO,
            "summary": summary or TODO,
        }
        known_by = words("date_basis")
        if when and (known_by or when.inexact):
            shown = " – ".join(cells[f].text for f in ("date", "end_date") if f in cells)
            made["date_basis"] = known_by or basis(when, "sheet", "" if shown == when.text else shown)
        elif known_by:
            left.append(f"{fields['date_basis']}: {known_by}")
        if zone := words("timezone"):
            made["timezone"] = zone
        for field, vocabulary in _CHOICES.items():
            text = words(field)
            if (word := as_id(text)) in get_args(vocabulary):
                made[field] = word
            elif text:
                left.append(f"{fields[field]}: {text}")
                made[field] = TODO
            elif field in ("kind", "level"):
                made[field] = TODO
        if place := words("place"):
            if found := self.names.places.get(place.casefold()):
                made["place"] = found
            else:
                left.append(f"{fields['place']}: {place}")
        self._several(cells, fields, made, draft)
        if quote := words("quote"):
            made["quotes"] = [self.names.quote(id, quote, words("speaker"), made["issues"], guessed)]
        if (speaker := words("speaker")) and (not quote or made["quotes"][0]["speaker"] == TODO):
            left.append(f"{fields['speaker']}: {speaker}")
        used = {fields[field] for field in cells}
        for column, cell in row.cells.items():
            if column not in used and cell.text:
                text, unplaced = to_text(cell.html)
                left += [f"{column}: {text}", *(f"{column}: {entry}" for entry in unplaced)]
            left += [f"{column}: {entry}" for entry in cell.left]
        draft.fields = yaml_writer.in_order({k: v for k, v in made.items() if v is not None})
        draft.left = [clean(entry) for entry in dict.fromkeys(left)]
        return draft

    def _date(
        self, cells: Mapping[str, Cell], fields: Mapping[str, str], guessed: list[str], left: list[str]
    ) -> Edtf | None:
        """Return the date of a row, where its cells can mean one thing only; what they say is kept."""
        given = {field: to_text(cells[field].html)[0] for field in ("date", "end_date") if field in cells}
        given = {field: text for field, text in given.items() if text}
        if not given:
            return None
        found: Edtf | None = None
        why = ""
        read = [_day(text) for text in given.values()]
        if "date" in given and all(read):
            text = "/".join(dict.fromkeys(day.text for day in read if day))
            try:
                found = parse_date(text)
            except DateError as error:
                why = f" ({error})"
        told = [f"{fields[field]}: {text}" for field, text in given.items()]
        if found is None:
            left += [f"{entry}{why}" for entry in told]
        elif "/".join(given.values()) != found.text:
            guessed.append(f"date: {found.text}, for the sheet says “{' – '.join(given.values())}”")
            # A time of day, a weekday or a word may say more than the date does.
            left += told
        return found

    def _several(
        self, cells: Mapping[str, Cell], fields: Mapping[str, str], made: dict[str, Any], draft: Draft
    ) -> None:
        """Take the fields that hold several: names of the record, parted by semicolons, lines or commas."""
        links = [e.removeprefix("link: ") for c in cells.values() for e in c.left if e.startswith("link: ")]
        found: dict[str, list[str]] = {}
        of = {"issues": self.names.issues, "sources": self.names.sources, "participants": self.names.people}
        for field, names in of.items():
            text = cells[field].text if field in cells else ""
            found[field], unknown = _recognised(text, names.get, exact=self.names.addresses.get)
            draft.left += [f"{fields[field]}: {name}" for name in unknown]
        found["sources"] += [id for link in links if (id := self.names.addresses.get(link))]
        made["issues"] = [{"issue": id} for id in found["issues"]] or TODO
        made["sources"] = list(dict.fromkeys(found["sources"])) or TODO
        people = self.names.corpus.people
        made["participants"] = [
            {"person": id, "party": people[id].party_at(), "post": TODO} for id in found["participants"]
        ] or None


def _recognised(
    text: str, by_name: Callable[[str], str | None], exact: Callable[[str], str | None]
) -> tuple[list[str], list[str]]:
    """Return the ids of the names in a text, and the names that are none of the record's."""
    known: list[str] = []
    unknown: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        one = [part] if by_name(part.casefold()) or exact(part) else part.split(",")
        ids = [exact(name.strip()) or by_name(name.strip().casefold()) for name in one]
        if any(ids) or len(one) == 1:
            known += [id for id in ids if id]
            unknown += [name.strip() for name, id in zip(one, ids, strict=True) if not id and name.strip()]
        else:
            unknown.append(part)
    return list(dict.fromkeys(known)), unknown


def _day(text: str) -> Edtf | None:
    """Return the date that a cell means; None for `2004-05` and `2020-21`, which may be two years."""
    if m := re.fullmatch(r"([0-9]{4})-([0-9]{2})", text):
        year, figures = int(m[1]), int(m[2])
        if figures in range(21, 25) or (figures <= 12 and figures == (year + 1) % 100):
            return None
    return understood(text)
