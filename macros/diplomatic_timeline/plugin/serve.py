"""What serving adds to building: an edit is shown before the whole site is built again, and what few look at
is made when somebody does."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias

from diplomatic_timeline.build.files import write
from diplomatic_timeline.build.output import Output
from diplomatic_timeline.build.target import Target
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.record.edits import FileStates, edited, file_states
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views.timeline import Timeline

Answer: TypeAlias = Callable[[dict[str, Any], Any], Iterable[bytes]]
"""A WSGI application."""


class EditedError(Exception):
    """The record is not any more what a build has read."""


class MistakesError(Exception):
    """The record has mistakes: there is nothing to build, and pages say so."""


@dataclass(slots=True)
class Preview:
    """Shows edits of events on the pages about them and about what they name.

    `reading` is of `folder`, whose files lay as `seen` when it was read; findings call it `shown`. Its
    timeline is `timeline`. `make` makes a site of another one and of its files' digests, and `file` a page's
    file; `output` is the last whole build.
    """

    folder: Path
    shown: str
    seen: FileStates
    reading: Reading
    timeline: Timeline
    make: Callable[[Timeline, Mapping[str, str]], Site]
    file: Callable[[Target[Page]], Target[bytes]]
    output: Output
    patience: float
    """The seconds between two looks at the record while the site is built."""
    last: FileStates = field(init=False)
    """How the files lay when they were last asked to be shown."""
    _looked: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self.last = self.seen

    def has_changed(self) -> bool:
        """Return whether there is something to show again: after a look, or no without one so soon."""
        if monotonic() - self._looked < self.patience:
            return False
        there = file_states(self.folder) != self.last
        self._looked = monotonic()
        return there

    def show(self) -> int:
        """Publish what was edited since the last time; return how many pages were.

        None are where there is no edit, or one of which only a whole build says what follows.
        """
        self.last = now = file_states(self.folder)
        names = {name for name, _ in self.seen.items() ^ now.items()}
        found = edited(self.reading, self.folder, self.shown, names) if names else None
        if found is None:
            return 0
        ids = {event.id for event in found.events}
        timeline = Timeline(found.reading.corpus, found.reading.proofs, self.timeline, ids)
        self.seen, self.reading, self.timeline = now, found.reading, timeline
        return self._publish(self.make(timeline, found.reading.digests), found.events)

    def _publish(self, site: Site, events: Sequence[Event]) -> int:
        count = 0
        for page in site.around(events):
            file = self.file(page)
            if not self.output.holds(file):
                write(self.output.site / file.path, file.make(), below=self.output.site, force=True)
                count += 1
        site.close()
        return count


def edits_first(
    build: Callable[[], None],
    preview: Callable[[], Preview | None],
    tell: Callable[[int], None],
    again: Callable[[], None],
) -> Callable[[], None]:
    """Return what builds a site when something changed, but shows an edit at once and builds the next time.

    `tell` is told of how many pages show the edit; `again` has the server call once more. A build that an
    edit stops makes way for it: of that one the server is about to learn by itself.
    """

    def show_or_build() -> None:
        stopped = False
        while True:
            showing = preview()
            pages = showing.show() if showing else 0
            if pages:
                tell(pages)
                if not stopped:
                    again()
                return
            try:
                build()
                return
            except EditedError:
                stopped = True
            except MistakesError:
                return

    return show_or_build


def on_demand(serve: Answer, mount: str, find: Callable[[str], tuple[str, bytes] | None]) -> Answer:
    """Return an application that answers with what `find` has, and leaves the rest to `serve`.

    `find` takes an address below `mount` and returns the kind of the file (RFC 2046) and its bytes.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found = find(_path(environ).removeprefix(mount))
        if found is None:
            return serve(environ, start_response)
        kind, content = found
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    return answer


_OVERLAY = (
    '<aside role="alert" style="position:fixed;inset:auto 0 0;z-index:9;max-height:60vh;overflow:auto;'
    'padding:1rem 1.5rem;background:#fff;color:#1b1e23;border-top:4px solid #a11d2c">'
    '<pre style="margin:0;white-space:pre-wrap;font:14px/1.45 monospace">{}</pre></aside></body>'
)


def under(findings: Callable[[], str], serve: Answer) -> Answer:
    """Return an application that lays over each page what is wrong with the record, if something is."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told = findings()
        if not told or environ["PATH_INFO"].startswith("/livereload/"):
            return serve(environ, start_response)
        started: list[Any] = []
        body = b"".join(serve(environ, lambda *given: started.extend(given)))
        status, headers = started
        if dict(headers).get("Content-Type", "").startswith("text/html"):
            body = _OVERLAY.format(escape(told)).encode().join(body.rsplit(b"</body>", 1))
            headers = [(name, value) for name, value in headers if name != "Content-Length"]
            headers.append(("Content-Length", str(len(body))))
        start_response(status, headers)
        return [body]

    return answer


def _path(environ: Mapping[str, Any]) -> str:
    """Return the path that is asked for. Raises UnicodeError where it is no UTF-8."""
    return str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8")  # as PEP 3333 has it


_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([0-9A-Za-z._-]+))(?::[0-9]{1,5})?")
_NUMBERS = re.compile(r"[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")


def guarded(serve: Answer, bound: str, methods: Collection[str] = ("GET", "HEAD")) -> Answer:
    """Return an application that answers what is asked of a server at the address `bound`, and no more.

    The request has one of the `methods`, names one of its hosts, and comes from a page of its own or from
    none: another site's page, also one whose name leads here (DNS rebinding), reads nothing. Others get 403,
    and odd requests 400.
    """
    wild = bound in ("", "0.0.0.0", "::")
    own = {"localhost", "127.0.0.1", "::1", bound.lower(), *([socket.gethostname().lower()] if wild else ())}

    def refused(environ: Mapping[str, Any]) -> str | None:
        try:
            path = _path(environ)
        except UnicodeError:
            return "400 Bad Request"
        if (
            environ.get("REQUEST_METHOD") not in methods
            or not path.startswith("/")
            or re.search(r"[\x00-\x1f\x7f\\]", path)
            or ".." in path.split("/")
        ):
            return "400 Bad Request"
        host = _HOST.fullmatch(environ.get("HTTP_HOST", ""))
        if host is None:
            return "400 Bad Request"
        name = (host[1] or host[2]).lower()
        # An address in numbers has no name that could have led here.
        if name not in own and not (wild and _NUMBERS.fullmatch(name)):
            return "403 Forbidden"
        if environ.get("HTTP_ORIGIN", f"http://{host[0]}").lower() != f"http://{host[0]}".lower():
            return "403 Forbidden"
        crossing = environ.get("HTTP_SEC_FETCH_SITE") in ("cross-site", "same-site")
        return "403 Forbidden" if crossing and environ.get("HTTP_SEC_FETCH_MODE") != "navigate" else None

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        status = refused(environ)
        if status is None:
            return serve(environ, start_response)
        start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(status)))])
        return [status.encode()]

    return answer
