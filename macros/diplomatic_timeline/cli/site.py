"""`timeline build` and `timeline serve`: the website, by MkDocs."""

from __future__ import annotations

import os
import re
import socket
import sys
from typing import NoReturn

import click

from diplomatic_timeline.cli.options import CONFIGURATION, no_cache
from diplomatic_timeline.plugin.config import NO_CACHE


@click.command()
@no_cache
def build() -> None:
    """Build the website into site/.

    A mistake stops it before the published site is touched. A second build waits for the first.
    """
    _mkdocs("build", "--strict")


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the preview is served.")
def serve(address: str) -> None:
    """Show the website while you edit.

    A mistake is printed here and shown over the last good page, until it is mended. Ctrl-C ends it.
    """
    if not re.fullmatch(r"[^\s:]*:[0-9]+|\[[0-9A-Fa-f:]+\]:[0-9]+", address):
        raise click.UsageError(f"{address!r} cannot be used: write a host and a port, as in 127.0.0.1:8001")
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        # As the server does it: a port that was just given up counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, ValueError, OverflowError):
            raise click.UsageError(
                f"{address} cannot be used: is the preview running already? Stop it, "
                "or choose another with --address 127.0.0.1:8001"
            ) from None
    _mkdocs("serve", "--livereload", "--dev-addr", address)


def _mkdocs(*arguments: str) -> NoReturn:
    """Become MkDocs, which keeps state in its modules: what ends or kills this process ends the build."""
    if not CONFIGURATION.is_file():
        raise click.UsageError("there is no mkdocs.yml here; run the command in the project's folder")
    # The theme's notice about its own future is no warning about this site.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    if click.get_current_context().meta.get(NO_CACHE):
        environment[NO_CACHE] = "1"
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "mkdocs", *arguments], environment)
