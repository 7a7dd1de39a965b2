"""Every format, with texts in it that try to be more than text, read back by somebody else's parser."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from html import escape
from typing import Any

import feedparser
import rispy
from icalendar import Calendar
from justhtml import JustHTML
from pybtex.database import parse_bytes

from diplomatic_timeline.exports.feed import NEWEST
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from helpers.hostile import TEXTS, hostile_timeline
from helpers.html import nodes, text_of, words
from helpers.scripts import handed
from helpers.sites import data_of

LINES = [words(text) for text in TEXTS]
"""The texts as formats give them that know one line only."""


@cache
def hostile() -> Timeline:
    return hostile_timeline()


@cache
def written() -> dict[str, bytes]:
    return {
        file.name: file.content() for file in data_of(hostile(), Imprint(TEXTS[0], "https://example.org/"))
    }


def table(name: str) -> list[Any]:
    found: list[Any] = json.loads(written()[name])
    return found


def in_order(rows: list[Any], key: str = "id") -> list[Any]:
    """Return rows, or entries, in the order of the texts, by the number at the end of their ids."""
    return sorted(rows, key=lambda row: int(row[key].rpartition("-")[2]))


def from_tex(text: str) -> str:
    """Return what TeX prints of a text in T1, the encoding of today."""
    assert not re.search(r"--|\'\'|[~^<>|`]|(?<!\\)[$&#%_]", text)
    named = (
        "backslash=\\ braceleft={ braceright=} asciitilde=~ asciicircum=^ less=< greater=> bar=| asciigrave=`"
    )
    signs = dict(pair.split("=") for pair in named.split())
    return re.sub(r"\\text(\w+)\{\}|\\(.)|\{\}", lambda m: signs[m[1]] if m[1] else m[2] or "", text)


def test_json() -> None:
    assert [row["title"] for row in in_order(table("events.json"))] == list(TEXTS)
    assert [row["text"] for row in in_order(table("quotes.json"))] == list(TEXTS)


def test_csv() -> None:
    columns = {"events": "title", "quotes": "text", "sources": "publisher", "places": "name"}
    for name, column in columns.items():
        text = written()[f"{name}.csv"].decode("utf-8-sig")
        rows = in_order(list(csv.DictReader(io.StringIO(text, newline=""))))
        cells = [row[column] for row in rows]
        assert not any(re.match("[=+@\t\r\n\uff1d-]", cell) for row in rows for cell in row.values())
        assert [re.sub(r"^'(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])", "", cell) for cell in cells] == list(TEXTS)


def test_bibtex() -> None:
    parsed = parse_bytes(written()["citations.bib"], "bibtex")
    found = [parsed.entries[f"source-{n}"] for n in range(len(TEXTS))]
    assert len(parsed.entries) == 2 * len(TEXTS)
    assert [from_tex(entry.fields["title"][1:-1]) for entry in found] == LINES
    for field in ("journal", "note", "number"):
        assert [from_tex(entry.fields[field]) for entry in found] == LINES
    for entry in found:
        assert len(entry.persons["author"]) == 2


def test_ris() -> None:
    parsed = in_order(rispy.loads(written()["citations.ris"].decode()))
    assert len(parsed) == 2 * len(TEXTS)
    found = [entry for entry in parsed if entry["id"].startswith("source-")]
    assert [entry["title"] for entry in found] == LINES
    assert [entry["authors"] for entry in found] == [[line, line] for line in LINES]


def test_csl() -> None:
    found = in_order([item for item in table("csl.json") if item["id"].startswith("source-")])
    assert [item["title"] for item in found] == list(TEXTS)
    assert [item["author"] for item in found] == [[{"literal": text}] * 2 for text in TEXTS]


def test_calendar() -> None:
    content = written()["timeline.ics"]
    parsed: Any = Calendar.from_ical(content)
    events = sorted(parsed.events, key=lambda e: int(e["UID"].partition("@")[0].rpartition("-")[2]))
    assert not any(event.errors for event in events)
    assert [str(event["SUMMARY"]) for event in events] == list(TEXTS)
    assert [str(event["LOCATION"]) for event in events] == [f"{text}, {text}" for text in TEXTS]
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == len(TEXTS)
    assert content.count(b"\n") == content.count(b"\r\n")


def test_feed() -> None:
    parsed = feedparser.parse(written()["feed.xml"])
    assert not parsed.bozo
    titles = {words(entry.title) for entry in parsed.entries}
    assert len(titles) == NEWEST
    assert titles <= set(LINES)


def test_timelinejs() -> None:
    file = json.loads(written()["timelinejs.json"])
    assert file["title"]["text"]["headline"] == escape(TEXTS[0], quote=False)
    slides = in_order(file["events"], "unique_id")
    for shown in ([s["text"]["headline"] for s in slides], [s["group"] for s in slides]):
        roots = [JustHTML(f"<!doctype html><body>{html}", sanitize=False).root for html in shown]
        assert [text_of(root) for root in roots] == LINES
        assert {e.name for root in roots for e in nodes(root)} == {"html", "head", "body"}


def test_linked_data_and_the_citation_of_an_event() -> None:
    site = Site(hostile(), TEXTS[0], "https://example.org/")
    files = {target.path: target for target in site.files()}
    for n, text in enumerate(TEXTS):
        id = f"1990-{n}"
        graph = json.loads(bytes(files[urls.event_graph(id)].make()))["@graph"]  # type: ignore[arg-type]
        assert {text} <= {node.get("name") for node in graph}
        assert {text} <= {node.get("text") for node in graph}
        script = bytes(files[urls.event_citations(id)].make()).decode()  # type: ignore[arg-type]
        (forms,) = handed(script)
        (item,) = json.loads(next(pieces[0][1] for key, _, _, pieces in forms if key == "csl"))
        assert item["title"] == text
