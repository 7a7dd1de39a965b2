"""What the tests of the briefings share: records to print, and readers of what was printed."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
from pypdf import PdfReader

from diplomatic_timeline.briefings.contents import Form, contents, sheet_of
from diplomatic_timeline.briefings.press import Press, Printed
from diplomatic_timeline.briefings.selection import Selection, select
from diplomatic_timeline.briefings.sheet import Subject, of_selection
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import REAL, skip_unless_published, timeline_of


@lru_cache(maxsize=4)
def viewpoint(folder: Path = REAL) -> Presenter:
    return Presenter(timeline_of(folder))


def with_events(folder: Path, events: Iterable[Event]) -> Presenter:
    """Return the record in `folder` with other events."""
    corpus: Corpus = viewpoint(folder).corpus
    by_date = sorted((e.model_copy(update={"related": ()}) for e in events), key=lambda e: e.date.order)
    return Presenter(Timeline(corpus.model_copy(update={"events": {e.id: e for e in by_date}})))


# What a test says of the record's own contents it says of these, so that an editor may add more.
FIRST = (
    "2018-us-section-301-tariffs",
    "2021-quad-leaders-summit",
    "2021-03-blinken-austin-asia-tour",
    "2021-hong-kong-electoral-changes",
    "2021-03-17-hong-kong-sanctions",
    "2021-03-17-un-review-us-rights",
    "2021-03-18-alaska",
    "2023-san-francisco-summit",
    "2023-surveillance-balloon",
    "2024-04-24-blinken-beijing",
    "2024-05-taiwan-drills",
    "2024-05-31-austin-dong-singapore",
)


@lru_cache(maxsize=1)
def first_record() -> Presenter:
    """Return the real record as it was first published: Alaska, Beijing, Singapore and what places them."""
    skip_unless_published(REAL)
    reading = read_folder(REAL)
    known = {*FIRST, *reading.corpus.sources}

    def alone(event: Event) -> Event:
        promised = []
        for made in event.commitments:
            history = [h.model_copy(update={"evidence": _of(known, h.evidence)}) for h in made.history]
            shown = {"evidence": _of(known, made.evidence), "history": tuple(history)}
            promised.append(made.model_copy(update=shown))
        related = tuple(r for r in event.related if r.event in known)
        return event.model_copy(update={"related": related, "commitments": tuple(promised)})

    events = {id: alone(event) for id, event in reading.corpus.events.items() if id in FIRST}
    return Presenter(Timeline(reading.corpus.model_copy(update={"events": events}), reading.proofs))


def _of(known: set[str], ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(id for id in ids if id in known)


_press = Press()


def printed(view: Presenter, asked: Selection | None = None, **form: Any) -> Printed:
    """Return a briefing, by a press that all tests share."""
    return _press.print(contents(view, asked or Selection(), Form(**{"name": "A record", **form})))


def sheet(view: Presenter, subject: Subject | Selection | None = None, **form: Any) -> Printed:
    """Return a sheet, by the same press."""
    if not isinstance(subject, Subject):
        subject = of_selection(view.timeline, select(view.timeline, subject or Selection()))
    return _press.print(sheet_of(view, subject, Form(**{"name": "A record", **form})))


@lru_cache(maxsize=16)
def standard(folder: Path = REAL, asked: Selection | None = None) -> Printed:
    """Return a briefing that several tests look at."""
    return printed(viewpoint(folder), asked)


@lru_cache(maxsize=1)
def first_printed() -> Printed:
    """Return the briefing of the record as it was first published."""
    return printed(first_record(), None)


@lru_cache(maxsize=32)
def pages(pdf: bytes) -> list[str]:
    """Return the text of each page in reading order, without its head and foot being told apart."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    """Return a text without white space, so that line ends do not matter."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def places(text: str, quotation: str) -> int:
    """Return how often a quotation stands in squeezed text as such; named in a reference does not count."""
    return len(re.findall(r"(?<!:)“" + re.escape(squeezed(quotation)) + "”", text))


def structure(pdf: bytes) -> list[tuple[str, str]]:
    """Return the tag and the text alternative of each element of a PDF's structure tree."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            (str(o.S).removeprefix("/"), str(o.get("/Alt", "")))
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"
        ]
