"""`timeline brief`: a selection of the record as a PDF."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from diplomatic_timeline.briefings import sheet as sheets
from diplomatic_timeline.briefings.catalogue import job
from diplomatic_timeline.briefings.contents import Form
from diplomatic_timeline.briefings.fingerprints import BriefingFingerprints
from diplomatic_timeline.briefings.fonts import findings, typefaces
from diplomatic_timeline.briefings.press import BriefingError
from diplomatic_timeline.briefings.printing import Finished, Job, UnprintableError, print_all
from diplomatic_timeline.briefings.selection import Selection, SelectionError, select
from diplomatic_timeline.briefings.volumes import EVENTS, Volume, split, standing
from diplomatic_timeline.build.files import check_free, write
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.cli import options
from diplomatic_timeline.model import vocabulary
from diplomatic_timeline.plugin.progress import counted
from diplomatic_timeline.record import report
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.wording import languages

EXAMPLES = """\b
Examples:
  timeline brief --all
  timeline brief --all --since 2024 -o since-2024.pdf
  timeline brief --event 2024-05-31-austin-dong-singapore -o event.pdf
  timeline brief --event 2024-05-31-austin-dong-singapore --one-page --open
  timeline brief --issue taiwan --one-page --paper us-letter -o taiwan.pdf
  timeline brief --issue fisheries --issue borders --since 2023
  timeline brief --person ada-thorn --until 2023 --title "Ada Thorn to 2023"
  timeline brief --meeting ada-thorn bo-lindqvist --as-of 2026-01-15
  timeline brief --party arland --level minister --marking "For official use only"
  timeline brief --issue taiwan --json
"""
PAPERS = ("a4", "us-letter")
LEVELS = vocabulary.words(vocabulary.Level)


@click.command(epilog=EXAMPLES)
@click.option("--all", "everything", is_flag=True, help="the whole record,")
@click.option("--event", "events", multiple=True, metavar="ID", help="this event,")
@click.option("--issue", "issues", multiple=True, metavar="ID", help="this issue and those below it,")
@click.option(
    "--person", "people", multiple=True, metavar="ID", help="the words of this person or organization,"
)
@click.option("--party", "parties", multiple=True, metavar="ID", help="the words and promises of this party,")
@click.option("--level", "levels", multiple=True, metavar="LEVEL", help=f"meetings of {', '.join(LEVELS)},")
@click.option(
    "--since", type=options.edtf, metavar="DATE", help="from this date on (EDTF, as in 2021-03 or 2021),"
)
@click.option("--until", type=options.edtf, metavar="DATE", help="up to and with this date;")
@click.option(
    "--meeting",
    nargs=2,
    metavar="ID ID",
    help="or what two people, or two parties, need before they meet: two sides at most;",
)
@click.option(
    "--one-page", "sheet", is_flag=True, help="on one side of paper; of a person, the meeting sheet;"
)
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="on this paper,")
@click.option("--title", type=options.line, help="under this title,")
@click.option(
    "--marking",
    type=options.line,
    help="with this line at the foot of each page ('marking' in mkdocs.yml sets it for all),",
)
@click.option(
    "--as-of",
    type=options.day,
    metavar="DAY",
    help="as it is read on this day: how long ago a promise was due;",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(languages()),
    help="in this language; the site's where it is left out;",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("briefing.pdf"),
    show_default=True,
    help="to this file,",
)
@click.option("--json", "as_json", is_flag=True, help="or nothing: write what would be in it as JSON;")
@click.option("--open", "opened", is_flag=True, help="and open it.")
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
    sheet: bool,
    meeting: tuple[str, str] | None,
    as_json: bool,
    opened: bool,
    **given: Any,
) -> None:
    """Print a selection of the record as a PDF.

    Its options read as a sentence: print this event, on one side of paper, to this file, and open it.
    Options of one kind add to each other, options of different kinds narrow each other down.

    What is too long for one file is written in volumes by years, as briefing-1.pdf, briefing-2.pdf and so on.
    Files that exist are replaced with --force only.

    Exits with 0 where the file is written, 1 where it cannot be, 2 where the command itself is misused.
    """
    # What is given besides is named as the fields of a selection and of a form are.
    asked = Selection(**{field.name: given.pop(field.name) for field in fields(Selection)})
    if meeting and not (asked.whole and not everything):
        raise click.UsageError(
            "--meeting names all that it is about: leave out the other options that select"
        )
    if asked.whole and not everything and not meeting:
        raise click.UsageError(
            "nothing is selected: give --event, --issue, --person, --party, --level, --since, --until or "
            "--meeting, or --all for the whole record"
        )
    if everything and not asked.whole:
        raise click.UsageError("--all stands for the whole record: leave it out, or the other options")
    if not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}; nothing was written")
    if given["marking"] is None:
        given["marking"] = project.settings.marking
    settings = project.settings
    reading = project.read_sound(language)
    own = typefaces(project.events, reading.coverage)
    given |= {"accent": settings.accent, "logo": settings.logo, "typefaces": own}
    form = Form(name=settings.name, site=settings.address, **given)
    view = Presenter(project.timeline(reading), project.words(language))
    try:
        parts = tuple(_jobs(view, asked, meeting, form, output, sheet=sheet))
        if as_json:
            found = [part.contents() for part, _ in parts]
            click.echo(json.dumps(found if len(found) > 1 else found[0], ensure_ascii=False, indent=2))
            return
        written = []
        for path, printed, volume in _printed(reading, parts, project.store, megabytes, force):
            what = f"volume {volume.number} of {volume.of}, {volume.span}; " if volume else ""
            click.echo(f"{path}: {what}{_extent(printed.pages, printed.size)}")
            written.append(printed)
        if len(written) > 1:
            total = _extent(sum(p.pages for p in written), sum(p.size for p in written))
            click.echo(f"{len(written)} volumes: {total}")
        if opened:
            shown = parts[0][0].name
            if not options.launch(shown):
                click.echo(f"{shown} is written, but there is nothing here to open it with", err=True)
    except SelectionError as error:
        raise click.UsageError(str(error)) from None
    except BriefingError as error:
        raise click.ClickException(str(error)) from None


def _jobs(
    view: Presenter,
    asked: Selection,
    meeting: tuple[str, str] | None,
    form: Form,
    output: Path,
    *,
    sheet: bool,
) -> Iterator[tuple[Job, Volume | None]]:
    """Yield what is to be printed, named as its file, with its volume. Raises SelectionError."""
    timeline, fingerprints = view.timeline, BriefingFingerprints(view.timeline)
    subject = None
    if meeting or (sheet and asked.people):
        subject = sheets.meeting_of(view, meeting or asked.people)
    elif sheet:
        subject = sheets.of_selection(timeline, select(timeline, asked))
    if subject:
        yield job(str(output), view, fingerprints, subject, form), None
        return
    for selected, volume in split(timeline, select(timeline, asked), EVENTS, view.words):
        form_of_part = form.of_volume(volume, standing(timeline, selected) if volume else None)
        number = f"-{volume.number:0{len(str(volume.of))}}" if volume else ""
        path = output.with_name(f"{output.stem}{number}{output.suffix}")
        yield job(str(path), view, fingerprints, selected, form_of_part), volume


def _printed(
    reading: Reading,
    parts: tuple[tuple[Job, Volume | None], ...],
    store: NullStore,
    megabytes: int | None,
    force: bool,
) -> Iterator[tuple[Path, Finished, Volume | None]]:
    """Print; yield each file with what is in it. All is printed before any is written."""
    for part, _ in parts:
        check_free(Path(part.name), force=force)
    finished: list[tuple[Path, Finished]] = []
    unknown: set[str] = set()

    def done(printed: Job, result: Finished | BriefingError) -> None:
        if isinstance(result, UnprintableError):
            unknown.update(result.characters)
        elif isinstance(result, BriefingError):
            raise result
        else:
            finished.append((Path(printed.name), result))

    print_all([part for part, _ in parts], store, done, megabytes)
    store.save()
    if unknown:
        texts = {o.document.file: o.document.text for o in reading.origins.values()}
        found = findings(sorted(unknown), sorted(texts.items()))
        click.echo(report.as_text(found), nl=False, err=True)
        sys.exit(1)
    for (path, printed), (_, volume) in zip(finished, parts, strict=True):
        write(path, printed.pdf(), force=force)
        yield path, printed, volume


def _extent(pages: int, size: int) -> str:
    return f"{counted(pages, 'page')}, {-(-size // 1000):,} kB"
