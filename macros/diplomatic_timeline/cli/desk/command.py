"""`timeline desk`: the record is edited on a page."""

from __future__ import annotations

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory
from wsgiref.simple_server import make_server

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.cli.desk.editing import Editing
from diplomatic_timeline.cli.desk.server import HOST, Desk, Quiet, Server, application
from diplomatic_timeline.cli.desk.texts import Copies
from diplomatic_timeline.plugin.serve import guarded


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; any free one without it.")
@click.option(
    "--copies",
    "folder",
    type=options.FOLDER,
    help="A folder with copies of sources, each named after its source's id, to choose quotations from.",
)
@click.option("--open/--no-open", "opening", default=True, show_default=True, help="Open it in the browser.")
@options.events
def desk(port: int, folder: Path | None, opening: bool, project: options.Project) -> None:
    """Edit the record on a page of this machine.

    Choose an event, give a source's text, select words in it to make a quotation, proven as you go; add
    events, people, places, issues and sources by forms. What would change is shown before it is written, and
    nothing else in a file changes. Texts of sources are held in memory, and are gone when this ends: Ctrl-C.
    """
    editing = Editing(project)
    count = len(editing.reading.corpus.events)
    page = Desk(editing, Copies(folder))
    token = secrets.token_urlsafe(24)
    try:
        server = make_server(
            HOST, port, guarded(application(page, token), HOST, ("GET", "HEAD", "POST")), Server, Quiet
        )
    except OSError:
        raise click.UsageError(f"port {port} cannot be used: leave --port out, or choose another") from None
    address = f"http://{HOST}:{server.server_port}/{token}/"
    options.say(f"{count} event{'s' * (count != 1)} of {project.events}: open {address}")
    options.say("Whoever has this address can edit the record; Ctrl-C ends it.")
    with TemporaryDirectory() as private:
        if opening:
            # Everybody on the machine sees a command line, as the browser's with the address would be.
            page_of = Path(private) / "desk.html"
            page_of.write_text(f'<meta http-equiv="refresh" content="0; url={address}">', encoding="utf-8")
            options.launch(str(page_of))
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            options.say("")
        finally:
            server.server_close()
