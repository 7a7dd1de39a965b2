"""The server of `timeline desk`: one page for whoever has its address, and what that page asks for.

It listens on this machine alone. Each request carries a random token in its path, names this machine as its
host, and comes from the page itself: what other pages, other people on the machine, and names that lead here
ask for is not answered.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterable
from functools import cached_property
from hmac import compare_digest
from socketserver import ThreadingMixIn
from threading import Lock
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from markupsafe import Markup

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.build.files import FileError, explain
from diplomatic_timeline.cli.desk.editing import Draft, Editing, RefusedError, difference
from diplomatic_timeline.cli.desk.texts import Copies, is_pinned, proven
from diplomatic_timeline.cli.questions import KINDS
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.diagnostics import Diagnostic
from diplomatic_timeline.plugin.assets import joined, theme_style
from diplomatic_timeline.proof.extraction import ExtractionError
from diplomatic_timeline.proof.pinning import PinningError
from diplomatic_timeline.record import schemas
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.site import mark
from diplomatic_timeline.site.pages.event import event as event_page
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.site.templating import environment

HOST = "127.0.0.1"
STYLES = ("theme.css", "timeline.css", "desk.css")
"""Of the page as it would be: the theme's, the site's, and what frames it here."""
_HARMLESS = ("not-found", "unknown-post")
"""Errors with which a page can be made all the same."""
_MOST = limits.DOCUMENT * 2
_HEADERS = [
    ("Cache-Control", "no-store"),
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    ),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]
_KINDS = {"css": "text/css", "html": "text/html", "js": "text/javascript", "svg": "image/svg+xml"}


class Desk:
    """What the page asks for, each by a name; a question is a mapping, and so is its answer."""

    def __init__(self, editing: Editing, copies: Copies) -> None:
        self.editing = editing
        self.copies = copies
        self.words = editing.project.words()
        self._lock = Lock()
        self.questions: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "record": self.record,
            "event": self.event,
            "text": self.text,
            "pin": self.pin,
            "prove": self.prove,
            "likely": self.likely,
            "change": self.change,
            "save": self.save,
            "preview": self.preview,
        }

    def answer(self, name: str, asked: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a question; one that is refused has an `error`, which says what to do."""
        with self._lock:
            try:
                return self.questions[name](asked)
            except (RefusedError, ExtractionError, PinningError, FileError, OSError) as error:
                return {"error": explain(error) if isinstance(error, FileError | OSError) else str(error)}

    def record(self, _: dict[str, Any]) -> dict[str, Any]:
        """Return what the record has, by which forms are made: schemas, names of ids, events, sources."""
        reading = self.editing.reading
        corpus = reading.corpus
        names = {id: event.title for id, event in corpus.events.items()}
        names.update((id, source.title or id) for id, source in corpus.sources.items())
        for registry in (corpus.issues, corpus.places, corpus.organizations, corpus.people, corpus.parties):
            names.update((id, entry.name) for id, entry in registry.items())
        known = (id for kind, id in reading.origins if kind == "events")
        dates = {id: corpus.events[id].date.text if id in corpus.events else "" for id in known}
        return {
            "events": [[id, dates[id], names.get(id, id)] for id in sorted(dates, reverse=True)],
            "sources": {id: id in reading.pins for id in corpus.sources},
            "names": names,
            "schemas": schemas.with_ids(reading),
            "asked": {name: kind.asked.split() for name, kind in KINDS.items()},
            "places": {name: kind.place for name, kind in KINDS.items()},
        }

    def event(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of an event, of which file they are, and what is wrong in that."""
        document, digest = self.editing.document(str(asked["id"]))
        found = (d for d in self.editing.reading.diagnostics if d.position.file == document.file)
        return {
            "file": document.file,
            "digest": digest,
            "fields": document.value or {},
            "findings": list(map(_told, found)),
        }

    def text(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return the text of a source, if somebody has given a copy; `data` (base64) gives one."""
        source = str(asked["source"])
        if "data" in asked:
            self.copies.add(source, str(asked["name"]), b64decode(asked["data"]))
        copy = self.copies.get(source)
        if copy is None:
            return {"text": None}
        state = is_pinned(copy, self.editing.reading)
        unread = list(copy.taken.unread)
        return {"text": copy.taken.text, "unread": unread, "pinned": state}

    def pin(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Pin a source from its copy; return which quotations that proves and which it does not."""
        folder = self.editing.project.events / "registry" / "pins"
        result = self.copies.pin(self.editing.reading, str(asked["source"]), folder)
        return {"proven": list(result.proven), "missed": [": ".join(one) for one in result.missed]}

    def prove(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return whether the words of a quotation stand in its source."""
        return proven(asked, self.editing.reading, self.copies.get(str(asked.get("source"))))

    def likely(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return what the empty fields of a quotation are likely to be."""
        return self.editing.likely("quote", asked["fields"], asked["event"])

    def change(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return what a draft would change, and what the check would find; nothing is written."""
        draft = _draft(asked)
        proposal = self.editing.propose(draft)
        _, found = self.editing.checked(proposal)
        file = proposal.path.as_posix()
        alike = [
            {
                "severity": "warning",
                "message": f"{id!r} has the same name",
                "help": "if it is meant, go back and choose it in the form",
                "place": file,
            }
            for id in self.editing.namesakes(draft)
        ]
        return {
            "file": file,
            "diff": difference(proposal),
            "text": proposal.text,
            "findings": [*alike, *map(_told, found)],
        }

    def save(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Write a draft as it was shown; return its id."""
        proposal = self.editing.save(_draft(asked), str(asked["text"]))
        return {"id": proposal.id, "file": proposal.path.as_posix()}

    def preview(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return the page of an event as a draft would make it, without the site around it.

        Where the record would have mistakes, a page may lack what it is made of: then these are returned.
        """
        proposal = self.editing.propose(_draft(asked))
        reading, _ = self.editing.checked(proposal)
        errors = [d for d in reading.diagnostics if d.severity == "error" and d.code not in _HARMLESS]
        if errors:
            return {"findings": list(map(_told, errors))}
        return {"html": self._preview(reading, proposal.id, str(asked["scheme"]))}

    def _preview(self, reading: Reading, id: str, scheme: str) -> str:
        project = self.editing.project
        settings, timeline = project.settings, project.timeline(reading)
        site = Site(timeline, settings.name, settings.address, digests=reading.digests, words=self.words)
        try:
            page = event_page(site.renderer, site.heads.imprint, id).make()
        finally:
            site.close()
        template = environment(self.words).get_template("desk/preview.html")
        return template.render(
            title=page.title,
            html=Markup(page.html),
            style_urls=STYLES,
            scheme=scheme,
            direction=self.words.locale.text_direction,
        )

    def file(self, name: str) -> bytes | None:
        """Return a file of the page, or None where it has no such."""
        if name == "":
            template = environment(self.words).get_template("desk/page.html")
            page = template.render(
                name=self.editing.project.settings.name,
                style_url="desk.css",
                script_url="desk.js",
                icon_url="mark.svg",
            )
            return page.encode()
        if name == "mark.svg":
            return mark.file(self.editing.project.timeline(self.editing.reading)).encode()
        if re.fullmatch(r"fonts/[a-z-]+\.woff2", name):
            path = ASSETS / name
            return path.read_bytes() if path.is_file() else None
        return self._joined.get(name)

    @cached_property
    def _joined(self) -> dict[str, bytes]:
        accent = self.editing.project.settings.accent
        return {
            "desk.js": joined("javascripts/desk.js", self.words).encode(),
            "desk.css": _from_here(joined("stylesheets/desk.css", self.words)),
            "timeline.css": _from_here(joined("stylesheets/timeline.css", self.words, accent)),
            "theme.css": theme_style(),
        }


def _from_here(style: str) -> bytes:
    """Return a style sheet whose typefaces lie below it, and come at once whatever the screen."""
    for there, here in (
        ("../fonts/", "fonts/"),
        ("font-display:optional", "font-display:swap"),
        ("@media(min-width:60em),print{@font-face", "@media all{@font-face"),
    ):
        style = style.replace(there, here)
    return style.encode()


def _draft(asked: dict[str, Any]) -> Draft:
    return Draft(*(asked[name] for name in ("kind", "id", "fields", "digest")))


def _told(found: Diagnostic) -> dict[str, Any]:
    return {
        "severity": found.severity,
        "message": found.message,
        "help": found.help,
        "place": f"{found.position.file}:{found.position.line}",
    }


def application(desk: Desk, token: str) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """Return a WSGI application that answers below `/<token>/`, and nobody without it."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        given, _, name = environ["PATH_INFO"].removeprefix("/").partition("/")
        status, kind = "404 Not Found", "text/plain"
        body = b"Open the address that timeline desk has printed.\n"
        if not compare_digest(given.encode("utf-8", "replace"), token.encode()):
            pass
        elif environ["REQUEST_METHOD"] == "POST":
            asked = _asked(environ)
            if asked is None or name not in desk.questions:
                status, body = "400 Bad Request", b"This is not what the page asks for.\n"
            else:
                status, kind = "200 OK", "application/json"
                body = json.dumps(desk.answer(name, asked)).encode()
        elif (found := desk.file(name)) is not None:
            kind = _KINDS.get(name.rpartition(".")[2], "font/woff2") if name else "text/html"
            status, body = "200 OK", found
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        headers = [("Content-Type", kind + charset), ("Content-Length", str(len(body))), *_HEADERS]
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    return answer


def _asked(environ: dict[str, Any]) -> dict[str, Any] | None:
    """Return what was sent, or None where it is no JSON object, or too much."""
    size = environ.get("CONTENT_LENGTH") or ""
    if not size.isdecimal() or int(size) > _MOST or environ.get("CONTENT_TYPE") != "application/json":
        return None
    try:
        found = json.loads(environ["wsgi.input"].read(int(size)))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


class Server(ThreadingMixIn, WSGIServer):
    """A server for a browser, which opens more than one connection at a time."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of requests: their paths have the token in them."""

    def log_message(self, format: str, *arguments: Any) -> None:
        pass
