"""The `timeline` command as a user calls it."""

from __future__ import annotations

from click.testing import CliRunner, Result

from diplomatic_timeline.cli.main import main


def timeline(*arguments: object, input: str | None = None) -> Result:
    """Run a command with `input` on its standard input; return what it printed and its exit code."""
    given = [str(argument) for argument in arguments]
    return CliRunner().invoke(main, given, input=input, prog_name="timeline")
