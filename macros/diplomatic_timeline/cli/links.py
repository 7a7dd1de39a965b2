"""`timeline links` and `timeline archive`: whether addresses of sources answer, and archived copies."""

from __future__ import annotations

import re
import sys
from typing import Any

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.cli.web_address import trouble_with
from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.model.diagnostics import command, suggestion
from diplomatic_timeline.model.links import is_web
from diplomatic_timeline.model.registries import Source
from diplomatic_timeline.record.yaml_edits import EditError, with_fields


@click.command()
@options.events
def links(project: options.Project) -> None:
    """Ask the web for each source's address.

    Names the sources whose address, or whose copy in an archive, does not answer, and those without such a
    copy. This command, and `pin` with an address, are the only ones that use the network.

    Exits with 0 where every address answers and has a copy, 1 where one does not, 2 where the command itself
    is misused.
    """
    count = dead = 0
    bare = []
    for id, source in sorted(project.read().corpus.sources.items()):
        for address in filter(None, (source.url, source.archive_url)):
            count += 1
            if trouble := trouble_with(address):
                dead += 1
                options.say(f"{id}: {address} {trouble}")
        if source.url and not source.archive_url:
            bare.append(id)
    for id in bare:
        options.say(f"{id}: no copy in an archive; run: {command(f'archive {id} ADDRESS')}")
    noun = "address" if count == 1 else "addresses"
    options.say(f"{count} {noun} asked, {dead} without an answer; {len(bare)} without a copy in an archive")
    sys.exit(1 if dead or bare else 0)


@click.command()
@click.argument("source")
@click.argument("address")
@options.events
def archive(source: str, address: str, project: options.Project) -> None:
    """Note where an archive keeps a copy of a source.

    Writes ADDRESS as the `archive_url` of SOURCE into the sources registry; comments and everything else
    there stay as they are. Nothing is asked of the web.

    Exits with 0 where it is written, 1 where the file cannot be edited, 2 where the command itself is
    misused.
    """
    reading = project.read()
    if source not in reading.corpus.sources:
        remedy = suggestion(source, reading.corpus.sources, "add it to the registry")
        raise click.UsageError(f"there is no source {source!r} in the registry; {remedy}")
    # What YAML would read as something else, or as the end of the value, belongs in quotation marks.
    if not is_web(address) or re.search(r"['{}\[\],]|:$", address):
        raise click.UsageError(
            f"{address!r} is no address: it begins with 'https://' and has no blanks in it"
        )
    origin = reading.origins["sources", source]
    file = project.events / "registry" / "sources.yml"
    try:
        there: Any = origin.document.value
        entry = yaml_writer.in_order({**there[source], "archive_url": address}, Source)
        text = with_fields(origin.document, {**there, source: entry}, yaml_writer.write)
    except EditError as error:
        raise click.ClickException(str(error)) from None
    options.save(file, text, project.events)
    options.say(f"{source}: archive_url is {address}")
