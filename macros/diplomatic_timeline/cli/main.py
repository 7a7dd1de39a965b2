"""The `timeline` command."""

from __future__ import annotations

from typing import Any

import click

from diplomatic_timeline.build.files import FileError, explain
from diplomatic_timeline.cli.brief import brief
from diplomatic_timeline.cli.check import check
from diplomatic_timeline.cli.desk.command import desk
from diplomatic_timeline.cli.diff import diff
from diplomatic_timeline.cli.export import export
from diplomatic_timeline.cli.fonts import fonts
from diplomatic_timeline.cli.import_ import import_
from diplomatic_timeline.cli.init import init
from diplomatic_timeline.cli.links import archive, links
from diplomatic_timeline.cli.lint import lint
from diplomatic_timeline.cli.new import new
from diplomatic_timeline.cli.pin import pin, verify
from diplomatic_timeline.cli.schema import write_schema
from diplomatic_timeline.cli.site import build, serve
from diplomatic_timeline.cli.stats import stats
from diplomatic_timeline.model.characters import visible


class Commands(click.Group):
    """Commands that say in a line what the system refused, and what to do about it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for argument in args:
            if not argument.isascii() and argument != argument.encode("utf-8", "replace").decode():
                raise click.UsageError(f"{argument!r} is no UTF-8 text: write or rename it in UTF-8")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (FileError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise  # Nobody reads what is printed, as in '| head': click ends without a word.
            raise click.ClickException(visible(explain(error))) from None
        except click.ClickException as error:
            error.message = visible(error.message)  # type: ignore[misc]
            raise


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=[
        archive,
        brief,
        build,
        check,
        desk,
        diff,
        export,
        import_,
        fonts,
        init,
        links,
        lint,
        new,
        pin,
        serve,
        stats,
        verify,
        write_schema,
    ],
)
def main() -> None:
    """Check, build and print a diplomatic record kept as text files."""
