"""Every file of the data: those under `/data/`, and those that belong to single pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from macros import urls
from macros.exports import calendar, cards, citations, csv_files, feed, json_files, package, timelinejs
from macros.exports.imprint import Imprint
from macros.exports.rows import Row
from macros.exports.social import Artist
from macros.exports.tables import TABLES, Table
from macros.timeline import Timeline

Form = Literal["json", "csv", "calendar", "feed", "citations", "package"]

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file under `/data/`. `rows` counts its records; `table` is set where it holds one."""

    name: str
    title: str
    media: str
    form: Form
    content: bytes
    rows: int
    table: Table | None = None

    @property
    def path(self) -> str:
        """Its address below the site's root."""
        return f"{urls.DATA}{self.name}"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields: of a CSV file its columns, of JSON what each row holds."""
        if self.table is None:
            return ()
        return tuple(
            dict.fromkeys(
                c.name if self.form == "csv" else (c.path or c.name).split(".")[0] for c in self.table.columns
            )
        )

    @property
    def digest(self) -> str:
        """The sha256 of its bytes."""
        return sha256(self.content).hexdigest()


def _tables(timeline: Timeline) -> Iterator[DataFile]:
    for table in TABLES:
        lines: list[str] = []
        rows = _noted(table.rows(timeline), lines, json_files.line if "json" in table.forms else _nothing)
        as_csv = csv_files.write(table, rows)
        for form in table.forms:
            if form == "json":
                content, media = json_files.array(lines).encode("utf-8"), _JSON
            else:
                content, media = as_csv, "text/csv"
            yield DataFile(f"{table.name}.{form}", table.title, media, form, content, len(lines), table)


def _nothing(row: Row) -> str:
    return ""


def _noted(rows: Iterable[Row], lines: list[str], write: Callable[[Row], str]) -> Iterator[Row]:
    """Pass rows on, and write each as a line: a hundred thousand rows at once would fill memory."""
    for row in rows:
        lines.append(write(row))
        yield row


def data_files(timeline: Timeline, imprint: Imprint) -> tuple[DataFile, ...]:
    """Return every file under `/data/`; the package, which describes the others, comes last."""
    events = list(timeline.events.values())
    cited = len(timeline.corpus.sources) + len(events)
    found = [
        *_tables(timeline),
        DataFile(
            "timeline.ics",
            "Events as a calendar",
            "text/calendar",
            "calendar",
            calendar.write(timeline, imprint, imprint.name, events),
            len(events),
        ),
        DataFile(
            "feed.xml",
            f"The {feed.NEWEST} newest events as a feed",
            "application/atom+xml",
            "feed",
            feed.write(timeline, imprint, imprint.name, urls.HOME, f"{urls.DATA}feed.xml", events),
            min(len(events), feed.NEWEST),
        ),
        DataFile(
            "timelinejs.json",
            "The timeline for TimelineJS",
            _JSON,
            "json",
            timelinejs.write(timeline, imprint),
            len(events),
        ),
        DataFile(
            "citations.bib",
            "Sources and events for BibTeX",
            "application/x-bibtex",
            "citations",
            citations.bibtex(timeline, imprint),
            cited,
        ),
        DataFile(
            "citations.ris",
            "Sources and events for reference managers",
            "application/x-research-info-systems",
            "citations",
            citations.ris(timeline, imprint),
            cited,
        ),
        DataFile(
            "csl.json",
            "Sources and events for citation processors",
            "application/vnd.citationstyles.csl+json",
            "citations",
            citations.csl(timeline, imprint),
            cited,
        ),
    ]
    described = [(f.name, f.title, f.media, len(f.content), f.digest) for f in found]
    found.append(
        DataFile(
            "datapackage.json",
            "What all these files are",
            _JSON,
            "package",
            package.write(imprint, described),
            len(found),
        )
    )
    return tuple(found)


def robots(imprint: Imprint) -> str:
    """Return `robots.txt` (RFC 9309): everybody may read everything."""
    sitemap = f"\nSitemap: {imprint.address}sitemap.xml\n" if imprint.address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def files(
    timeline: Timeline,
    imprint: Imprint,
    data: tuple[DataFile, ...] | None = None,
    artist: Artist | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield every generated file of the site that is no page: its address below the root, and its bytes.

    `data` are the files under `/data/` where they have been made already; `artist` draws the social images.
    """
    for file in data_files(timeline, imprint) if data is None else data:
        yield file.path, file.content
    for event in timeline.events.values():
        content = json_files.event_json(event, timeline).encode("utf-8")
        for id in (event.id, *event.aliases):
            yield f"{urls.event(id)}event.json", content
    calendars = calendar.Calendars(timeline, imprint)
    for id, issue in timeline.corpus.issues.items():
        events = [timeline.events[e] for e in timeline.events_of_issue.get(id, ())]
        page, name = urls.issue(id), f"{issue.name} – {imprint.name}"
        yield (
            f"{page}feed.xml",
            feed.write(timeline, imprint, name, page, f"{page}feed.xml", events),
        )
        yield f"{page}calendar.ics", calendars.write(name, events)
    if artist is not None:
        yield from cards.images(timeline, imprint, artist)
    yield "robots.txt", robots(imprint).encode("utf-8")
