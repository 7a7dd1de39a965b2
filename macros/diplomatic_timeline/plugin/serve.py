"""What serving adds to building: an edit is shown before the whole site is built again, and what few look at
is made when somebody does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias
from urllib.parse import unquote

from diplomatic_timeline.build.output import Output, replace_file
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
                replace_file(self.output.site, file.path, file.make())
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

    return show_or_build


def on_demand(serve: Answer, mount: str, find: Callable[[str], tuple[str, bytes] | None]) -> Answer:
    """Return an application that answers with what `find` has, and leaves the rest to `serve`.

    `find` takes an address below `mount` and returns the kind of the file (RFC 2046) and its bytes.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found = find(unquote(environ["PATH_INFO"]).removeprefix(mount))
        if found is None:
            return serve(environ, start_response)
        kind, content = found
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    return answer
