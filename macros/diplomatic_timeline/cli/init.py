"""`timeline init`: a folder with a new record, which can be checked and built at once."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment, StrictUndefined

from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.cli import options
from diplomatic_timeline.cli.asking import ask
from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.model import schema
from diplomatic_timeline.model.vocabulary import Color, Marker, as_id, words
from diplomatic_timeline.proof.pinning import pin_source
from diplomatic_timeline.record import schemas
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.templates import TEMPLATES
from diplomatic_timeline.views.wording import languages

_FILES = TEMPLATES / "init"
# The first so many stay as far apart as so many can, also for readers who do not see red or green.
_APART = (
    ("blue", "diamond"),
    ("amber", "circle"),
    ("green", "square"),
    ("teal", "triangle"),
    ("red", "hexagon"),
)
_FEWEST, _MOST = 2, len(_APART)
_SOURCE = "example-readout"

_Party = dict[str, Any]


def _party(
    parties: Sequence[_Party], name: str, short: str, adjective: str, color: str, marker: str
) -> _Party:
    """Return the next party. Raises UsageError where it could be taken for one before it."""
    id = as_id(name) or f"party-{len(parties) + 1}"
    for field, value in (("id", id), ("color", color), ("marker", marker)):
        if any(party[field] == value for party in parties):
            raise click.UsageError(f"two parties have the {field} {value!r}: by it they are told apart")
    return {
        "id": id,
        "name": name,
        "short": short or name,
        "adjective": adjective or name,
        "color": color,
        "marker": marker,
        "order": len(parties) + 1,
    }


def _free(parties: Sequence[_Party]) -> tuple[str, str]:
    """Return the colour and the marker that are proposed for the next party."""
    colors, markers = ({party[field] for party in parties} for field in ("color", "marker"))
    return (
        next(color for color in [c for c, _ in _APART] if color not in colors),
        next(marker for marker in [m for _, m in _APART] if marker not in markers),
    )


def _given(texts: Sequence[str]) -> list[_Party]:
    """Return the parties that options name: the name and, parted by commas, whatever else."""
    parties: list[_Party] = []
    for text in texts:
        name, short, adjective, color, marker, *more = [part.strip() for part in f"{text},,,,".split(",")]
        if not name or any(more):
            raise click.UsageError(
                f"{text!r} is no party: write NAME,SHORT,ADJECTIVE,COLOUR,MARKER or fewer of them"
            )
        for word, allowed in ((color, words(Color)), (marker, words(Marker))):
            if word and word not in allowed:
                raise click.UsageError(f"{word!r} is none of {', '.join(allowed)}")
        free = _free(parties)
        parties.append(_party(parties, name, short, adjective, color or free[0], marker or free[1]))
    return parties


def _asked() -> list[_Party]:
    """Return the parties that are named on the terminal."""
    parties: list[_Party] = []
    while len(parties) < _MOST:
        enough = len(parties) >= _FEWEST
        name = ask(
            f"Party {len(parties) + 1}{', or Enter for no more' if enough else ', as in European Union'}",
            "--party",
            default="" if enough else None,
        )
        if not name:
            break
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        short = ask("  its short form for tables", "--party", default=initials if len(initials) > 1 else name)
        adjective = ask("  its adjective, as in European", "--party", default=name)
        color, marker = _free(parties)
        color = ask(f"  its colour ({', '.join(words(Color))})", "--party", default=color, known=words(Color))
        marker = ask(
            f"  its marker ({', '.join(words(Marker))})", "--party", default=marker, known=words(Marker)
        )
        parties.append(_party(parties, name, short, adjective, color, marker))
    return parties


def _texts(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the files of a new record: the path in its folder, and the text."""
    environment = Environment(
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)  # as YAML quotes, too
    for path in sorted(_FILES.rglob("*")):
        if path.is_file():
            name = path.relative_to(_FILES).as_posix().replace("dot-", ".")
            yield name, environment.from_string(path.read_text(encoding="utf-8")).render(given)
    registry = {party["id"]: {k: v for k, v in party.items() if k != "id"} for party in given["parties"]}
    first_line = schema.first_line(Path("events/registry/parties.yml"), Path("events"))
    yield "events/registry/parties.yml", yaml_writer.write(registry, first_line)


def _fill(folder: Path, given: dict[str, Any]) -> None:
    """Write a record into an empty folder, with its source pinned and its schemas."""
    for name, text in _texts(given):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        if text.startswith("#!"):
            path.chmod(0o755)
    events = folder / "events"
    copy = folder / "copies" / f"{_SOURCE}.txt"
    corpus = read_folder(events, store=NullStore()).corpus
    pins = events / "registry" / "pins"
    pin_source(corpus, _SOURCE, copy.read_bytes(), copy.name, pins, date.today().isoformat())
    schemas.write(events, read_folder(events, store=NullStore()))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="The record's name, as in 'Talks on the Sound'.")
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="NAME,...",
    help="A party, two to five times: its name and, where you wish, its short form, adjective, colour and "
    "marker, as in 'European Union,EU,European,blue,diamond'.",
)
@click.option(
    "--language",
    type=click.Choice(languages()),
    default="en",
    show_default=True,
    help="The language of the site's own words.",
)
@click.option(
    "--address", default="", help="Where the site will be published, as in https://example.org/record/."
)
def init(folder: Path, name: str | None, parties: tuple[str, ...], language: str, address: str) -> None:
    """Start a record of your own in FOLDER, which is made or is empty.

    Writes registries, a worked example with a pinned source, mkdocs.yml and pages, settings for VS Code,
    checks and publishing for GitHub and GitLab, and a hook for git. What no option says is asked for.
    `timeline build` makes a site of it at once.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is not empty, and nothing there is touched: name a new folder")
    name = options.line(name) or ask("The record's name, as in Talks on the Sound", "--name")
    found = _given([options.line(text) or "" for text in parties]) or _asked()
    if not _FEWEST <= len(found) <= _MOST:
        raise click.UsageError(
            f"a record has {_FEWEST} to {_MOST} parties to begin with: give --party for each"
        )
    given = {
        "name": name,
        "parties": found,
        "language": language,
        "address": options.web_address(address),
        "version": version("diplomatic-timeline"),
    }
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    # All of it or nothing: what stands beside its place is moved there when it is complete.
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        _fill(beside, given)
        for path in beside.iterdir():
            path.rename(folder / path.name)
    except BaseException:
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    click.echo(f"{folder} has a record of {len(found)} parties with a worked example. Go on with:\n")
    for line in (f"cd {folder}", "timeline build", "timeline desk"):
        click.echo(f"    {line}")
