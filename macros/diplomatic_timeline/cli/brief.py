"""`timeline brief`: a selection of the record as a PDF."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from diplomatic_timeline.briefings.catalogue import job, origins
from diplomatic_timeline.briefings.contents import Form, languages
from diplomatic_timeline.briefings.fonts import findings
from diplomatic_timeline.briefings.press import BriefingError
from diplomatic_timeline.briefings.printing import Finished, Shelf, UnprintableError, print_all, write
from diplomatic_timeline.briefings.selection import Selection, SelectionError, select
from diplomatic_timeline.briefings.volumes import EVENTS, Volume, cut, standing
from diplomatic_timeline.build.collector import paused
from diplomatic_timeline.build.store import FILE, Store
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.record import report
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.nodes import Document, MappingNode, SequenceNode
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.record.yaml_reader import read_document
from diplomatic_timeline.views import labels
from diplomatic_timeline.views.presenter import Viewpoint
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import counted

PAPERS = ("a4", "us-letter")
RECORD = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Project:
    """What mkdocs.yml says that a briefing prints, too: the record's name and the marking."""

    name: str = "Diplomatic record"
    marking: str = ""

    @classmethod
    def read(cls, file: Path) -> Project:
        """Return what the file says, or what holds without one."""
        if not file.is_file():
            return cls()
        value = read_document(file.name, file.read_bytes()).value
        top = value if isinstance(value, MappingNode) else {}
        plugins = top.get("plugins")
        options = [
            entry["timeline"]
            for entry in (plugins if isinstance(plugins, SequenceNode) else ())
            if isinstance(entry, MappingNode) and isinstance(entry.get("timeline"), MappingNode)
        ]
        marking = options[0].get("marking") if options and isinstance(options[0], MappingNode) else None
        name = top.get("site_name")
        found = {"name": name, "marking": marking}
        return cls(**{key: text for key, text in found.items() if isinstance(text, str)})


class _When(click.ParamType[str]):
    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            parse_date(value)
        except DateError as error:
            self.fail(str(error), param, ctx)
        return value


class _Day(click.ParamType[date]):
    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day: write it as in 2024-05-31", param, ctx)


@click.command()
@click.option("--all", "everything", is_flag=True, help="The whole record.")
@click.option("--event", "events", multiple=True, help="An event's id.")
@click.option("--issue", "issues", multiple=True, help="An issue's id; what belongs to it comes along.")
@click.option("--person", "people", multiple=True, help="The id of a person or an organization: their words.")
@click.option("--party", "parties", multiple=True, help="A party's id: its words and commitments.")
@click.option("--level", "levels", multiple=True, help=f"One of {', '.join(labels.LEVELS)}.")
@click.option("--since", type=_When(), help="From this date on (EDTF), as in 2021-03 or 2021.")
@click.option("--until", type=_When(), help="Up to and with this date (EDTF).")
@click.option(
    "--one-page", "sheet", is_flag=True, help="One sheet of two sides instead of the whole briefing."
)
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True)
@click.option("--title", help="Instead of the name of what is selected.")
@click.option("--marking", help="The line at the foot of each page; 'marking' in mkdocs.yml sets it for all.")
@click.option(
    "--as-of", type=_Day(), help="The day on which it stands; the record's newest where it is left out."
)
@click.option("--lang", "language", type=click.Choice(languages()), default="en", show_default=True,
              help="The language of headings and labels.")  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("briefing.pdf"), show_default=True
)
@click.option(
    "--memory",
    "megabytes",
    type=click.IntRange(min=1),
    metavar="MB",
    help="Print volumes at once as far as they fit into this; half of what is free where it is left out.",
)
@click.option("--folder", type=RECORD, default=Path("events"), show_default=True, help="The record's folder.")
def brief(
    everything: bool,
    events: tuple[str, ...],
    issues: tuple[str, ...],
    people: tuple[str, ...],
    parties: tuple[str, ...],
    levels: tuple[str, ...],
    since: str | None,
    until: str | None,
    sheet: bool,
    paper: str,
    title: str | None,
    marking: str | None,
    as_of: date | None,
    language: str,
    output: Path,
    megabytes: int | None,
    folder: Path,
) -> None:
    """Print a selection of the record as a PDF.

    Options of one kind add to each other, options of different kinds narrow each other down:
    --issue taiwan --issue tibet --since 2023 is what was said on either from 2023 on.

    What is too long for one file is written in volumes by years, as briefing-1.pdf, briefing-2.pdf and so on.

    Exits with 0 where the file is written, 1 where it cannot be, 2 where the command itself is misused.
    """
    asked = Selection(events, issues, people, parties, levels, since, until)
    if asked.whole and not everything:
        raise click.UsageError(
            "nothing is selected: give --event, --issue, --person, --party, --level, --since or --until, "
            "or --all for the whole record"
        )
    if everything and not asked.whole:
        raise click.UsageError("--all stands for the whole record: leave it out, or the other options")
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {folder}: name the record's with --folder")
    if not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}; nothing was written")
    project = Project.read(Path("mkdocs.yml"))
    form = Form(
        name=project.name,
        paper=paper,
        title=title,
        marking=project.marking if marking is None else marking,
        language=language,
        as_of=as_of,
        sheet=sheet,
    )
    store = Store(FILE)
    with paused():
        reading = read_folder(folder, store=store)
    store.save()
    store.close()
    if not reading.sound:
        click.echo(report.as_text(reading.diagnostics), nl=False, err=True)
        raise click.ClickException("the record has mistakes; nothing was printed")
    try:
        written = []
        for path, printed, volume in _printed(reading, asked, form, output, megabytes):
            what = f"volume {volume.number} of {volume.of}, {volume.span}; " if volume else ""
            click.echo(f"{path}: {what}{_extent(printed.pages, printed.size)}")
            written.append(printed)
        if len(written) > 1:
            total = _extent(sum(p.pages for p in written), sum(p.size for p in written))
            click.echo(f"{len(written)} volumes: {total}")
    except SelectionError as error:
        raise click.UsageError(str(error)) from None
    except BriefingError as error:
        raise click.ClickException(str(error)) from None


def _printed(
    reading: Reading, asked: Selection, form: Form, output: Path, megabytes: int | None
) -> Iterator[tuple[Path, Finished, Volume | None]]:
    """Print a selection; yield each file with what is in it. All is printed before any is written."""
    view = Viewpoint(Timeline(reading.corpus, reading.proofs))
    timeline = view.timeline
    parts = cut(timeline, select(timeline, asked), EVENTS)
    shelf, keys = Shelf(Path(".cache") / "briefings"), origins(view)
    jobs, volumes = [], []
    for selected, volume in parts:
        form_of_part = form.of_volume(volume, standing(timeline, selected) if volume else None)
        number = f"-{volume.number:0{len(str(volume.of))}}" if volume else ""
        path = output.with_name(f"{output.stem}{number}{output.suffix}")
        jobs.append((str(path), job(view, keys, selected, form_of_part)))
        volumes.append(volume)
    finished: list[tuple[Path, Finished]] = []
    unknown: set[str] = set()

    def done(name: str, result: Finished | BriefingError) -> None:
        if isinstance(result, UnprintableError):
            unknown.update(result.characters)
        elif isinstance(result, BriefingError):
            raise result
        else:
            finished.append((Path(name), result))

    print_all(shelf, jobs, done, megabytes)
    shelf.save()
    if unknown:
        click.echo(report.as_text(findings(sorted(unknown), _texts(reading))), nl=False, err=True)
        sys.exit(1)
    for (path, printed), volume in zip(finished, volumes, strict=True):
        write(path, printed.pdf)
        yield path, printed, volume


def _extent(pages: int, size: int) -> str:
    return f"{counted(pages, 'page')}, {-(-size // 1000):,} kB"


def _texts(reading: Reading) -> Iterator[tuple[str, str]]:
    documents: dict[str, Document] = {o.document.file: o.document for o in reading.origins.values()}
    for name in sorted(documents):
        yield name, documents[name].text
