"""The `timeline` command."""

from __future__ import annotations

import click

from diplomatic_timeline.cli.brief import brief
from diplomatic_timeline.cli.check import check
from diplomatic_timeline.cli.export import export
from diplomatic_timeline.cli.import_ import import_
from diplomatic_timeline.cli.links import archive, links
from diplomatic_timeline.cli.new import new
from diplomatic_timeline.cli.pin import pin, verify
from diplomatic_timeline.cli.schema import write_schema
from diplomatic_timeline.cli.site import build, serve


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=[archive, brief, build, check, export, import_, links, new, pin, serve, verify, write_schema],
)
def main() -> None:
    """Check, build and print a diplomatic record kept as text files."""
