"""`timeline brief`: a selection of the record as a PDF."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from diplomatic_timeline.briefings.catalogue import job
from diplomatic_timeline.briefings.contents import Form
from diplomatic_timeline.briefings.fingerprints import BriefingFingerprints
from diplomatic_timeline.briefings.fonts import findings
from diplomatic_timeline.briefings.press import BriefingError
from diplomatic_timeline.briefings.printing import Finished, Job, UnprintableError, print_all
from diplomatic_timeline.briefings.selection import Selection, SelectionError, select
from diplomatic_timeline.briefings.volumes import EVENTS, Volume, split, standing
from diplomatic_timeline.build.files import check_free, write
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.cli import options
from diplomatic_timeline.model import vocabulary
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.record import report
from diplomatic_timeline.record.nodes import Document
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import Wording, languages

PAPERS = ("a4", "us-letter")
LEVELS = vocabulary.words(vocabulary.Level)


def date(value: str) -> str:
    """Return a date as it is given. Raises BadParameter where it is none of EDTF."""
    try:
        parse_date(value)
    except DateError as error:
        raise click.BadParameter(str(error)) from None
    return value


@click.command()
@click.option("--all", "everything", is_flag=True, help="The whole record.")
@click.option("--event", "events", multiple=True, help="An event's id.")
@click.option("--issue", "issues", multiple=True, help="An issue's id; what belongs to it comes along.")
@click.option("--person", "people", multiple=True, help="The id of a person or an organization: their words.")
@click.option("--party", "parties", multiple=True, help="A party's id: its words and commitments.")
@click.option("--level", "levels", multiple=True, help=f"One of {', '.join(LEVELS)}.")
@click.option("--since", type=date, help="From this date on (EDTF), as in 2021-03 or 2021.")
@click.option("--until", type=date, help="Up to and with this date (EDTF).")
@click.option(
    "--one-page", "sheet", is_flag=True, help="One sheet of two sides instead of the whole briefing."
)
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="Its size.")
@click.option("--title", type=options.line, help="Instead of the name of what is selected.")
@click.option(
    "--marking",
    type=options.line,
    help="The line at the foot of each page; 'marking' in mkdocs.yml sets it for all.",
)
@click.option(
    "--as-of",
    type=options.day,
    help="The day on which it stands; the record's newest where it is left out.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(languages()),
    help="The language of headings and labels; the site's where it is left out.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("briefing.pdf"),
    show_default=True,
    help="The file to write.",
)
@click.option(
    "--memory",
    "megabytes",
    type=click.IntRange(min=1),
    metavar="MB",
    help="Print volumes at once as far as they fit into this; half of what is free where it is left out.",
)
@options.force
@options.no_cache
@options.events
def brief(
    project: options.Project,
    everything: bool,
    output: Path,
    megabytes: int | None,
    language: str | None,
    force: bool,
    **given: Any,
) -> None:
    """Print a selection of the record as a PDF.

    Options of one kind add to each other, options of different kinds narrow each other down:
    --issue taiwan --issue tibet --since 2023 is what was said on either from 2023 on.

    What is too long for one file is written in volumes by years, as briefing-1.pdf, briefing-2.pdf and so on.
    Files that exist are replaced with --force only.

    Exits with 0 where the file is written, 1 where it cannot be, 2 where the command itself is misused.
    """
    # What is given besides is named as the fields of a selection and of a form are.
    asked = Selection(**{field.name: given.pop(field.name) for field in fields(Selection)})
    if asked.whole and not everything:
        raise click.UsageError(
            "nothing is selected: give --event, --issue, --person, --party, --level, --since or --until, "
            "or --all for the whole record"
        )
    if everything and not asked.whole:
        raise click.UsageError("--all stands for the whole record: leave it out, or the other options")
    if not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}; nothing was written")
    if given["marking"] is None:
        given["marking"] = project.settings.marking
    form = Form(name=project.settings.name, **given)
    reading = project.read_sound()
    try:
        written, words = [], project.words(language)
        for path, printed, volume in _printed(
            reading, asked, form, output, project.store, megabytes, words, force
        ):
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
    reading: Reading,
    asked: Selection,
    form: Form,
    output: Path,
    store: NullStore,
    megabytes: int | None,
    words: Wording,
    force: bool,
) -> Iterator[tuple[Path, Finished, Volume | None]]:
    """Print a selection; yield each file with what is in it. All is printed before any is written."""
    view = Presenter(Timeline(reading.corpus, reading.proofs), words)
    timeline = view.timeline
    parts = split(timeline, select(timeline, asked), EVENTS, words)
    fingerprints = BriefingFingerprints(timeline)
    jobs, volumes = [], []
    for selected, volume in parts:
        form_of_part = form.of_volume(volume, standing(timeline, selected) if volume else None)
        number = f"-{volume.number:0{len(str(volume.of))}}" if volume else ""
        path = output.with_name(f"{output.stem}{number}{output.suffix}")
        check_free(path, force=force)
        jobs.append(job(str(path), view, fingerprints, selected, form_of_part))
        volumes.append(volume)
    finished: list[tuple[Path, Finished]] = []
    unknown: set[str] = set()

    def done(printed: Job, result: Finished | BriefingError) -> None:
        if isinstance(result, UnprintableError):
            unknown.update(result.characters)
        elif isinstance(result, BriefingError):
            raise result
        else:
            finished.append((Path(printed.name), result))

    print_all(jobs, store, done, megabytes)
    store.save()
    if unknown:
        click.echo(report.as_text(findings(sorted(unknown), _texts(reading))), nl=False, err=True)
        sys.exit(1)
    for (path, printed), volume in zip(finished, volumes, strict=True):
        write(path, printed.pdf(), force=force)
        yield path, printed, volume


def _extent(pages: int, size: int) -> str:
    return f"{pages:,} page{'s' if pages != 1 else ''}, {-(-size // 1000):,} kB"


def _texts(reading: Reading) -> Iterator[tuple[str, str]]:
    documents: dict[str, Document] = {o.document.file: o.document for o in reading.origins.values()}
    for name in sorted(documents):
        yield name, documents[name].text
