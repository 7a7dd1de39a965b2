"""`timeline links`, `timeline archive`, and `timeline pin` with an address."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from helpers.commands import timeline
from helpers.records import BROKEN

GAZETTE = (BROKEN / "_copies" / "gazette-2021.txt").read_bytes()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = b"<!doctype html><html><body>%s</body></html>" % b"".join(
            b"<p>%s</p>" % each for each in GAZETTE.split(b"\n\n")
        )
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/gazette")
        elif self.path in ("/gazette", "/large"):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if self.path == "/large":
                self.send_header("Content-Length", str(1 << 30))
        else:
            self.send_response(404)
        self.end_headers()
        if self.path == "/gazette":
            self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(BROKEN / "_base", tmp_path / "events"))


def with_addresses(events: Path, **fields: str) -> None:
    """Give the first source these addresses, and the others none."""
    file = events / "registry" / "sources.yml"
    lines = [line for line in file.read_text().split("\n") if "url:" not in line]
    at = lines.index("gazette-2021:") + 1
    lines[at:at] = [f"  {name}: {value}  # as printed" for name, value in fields.items()]
    file.write_text("\n".join(lines))


def test_an_address_is_fetched_and_told_and_pinned(events: Path, server: str) -> None:
    result = timeline("pin", "gazette-2021", f"{server}/moved", "--date", "2021-12-31")
    assert result.exit_code == 0, result.output
    assert f"bytes of text/html from {server}/gazette\n" in result.output
    assert "proven     holm-count" in result.output


@pytest.mark.parametrize(("path", "said"), [("/gone", "answers 404"), ("/large", "more than 32 MB")])
def test_an_address_that_gives_no_report_pins_nothing(
    events: Path, server: str, path: str, said: str
) -> None:
    result = timeline("pin", "gazette-2021", server + path)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (events / "registry" / "pins").exists()


def test_links_names_what_does_not_answer_and_is_content_where_all_do(events: Path, server: str) -> None:
    with_addresses(events, url=f"{server}/gone")
    result = timeline("links")
    assert result.exit_code == 1
    assert f"gazette-2021: {server}/gone answers 404" in result.output
    assert "gazette-2021: no copy in an archive" in result.output
    assert "1 address asked, 1 without an answer; 1 without a copy" in result.output
    with_addresses(events, url=f"{server}/gazette", archive_url=f"{server}/moved")
    result = timeline("links")
    assert (result.exit_code, result.output) == (
        0,
        "2 addresses asked, 0 without an answer; 0 without a copy in an archive\n",
    )


COPY = "https://archive.example.org/2021/https://gazette.example.org/a"


@pytest.mark.parametrize(
    "before", [{}, {"url": "https://a.example.org/x"}, {"archive_url": "https://old.example.org/"}]
)
def test_archive_writes_the_address_and_nothing_else(events: Path, before: dict[str, str]) -> None:
    with_addresses(events, **before)
    file = events / "registry" / "sources.yml"
    old = file.read_text().split("\n")
    assert timeline("archive", "gazette-2021", COPY).exit_code == 0
    new = file.read_text().split("\n")
    assert [line for line in new if "archive_url" not in line] == [
        line for line in old if "archive_url" not in line
    ]
    assert sum(f"  archive_url: {COPY}" in line for line in new) == 1
    assert ("# as printed" in file.read_text()) == bool(before)
    assert timeline("check").exit_code == 0


def test_archive_leaves_the_ends_of_lines_and_a_note_of_many_lines(events: Path) -> None:
    file = events / "registry" / "sources.yml"
    text = "gazette-2021:\n  note: >-\n    One line\n\n    and more.\n"
    rest = file.read_text().split("gazette-2021:\n")[1]
    file.write_bytes((text + rest).replace("\n", "\r\n").encode())
    assert timeline("archive", "gazette-2021", COPY).exit_code == 0
    assert (
        file.read_bytes().replace(f"  archive_url: {COPY}\r\n".encode(), b"")
        == (text + rest).replace("\n", "\r\n").encode()
    )


@pytest.mark.parametrize(
    ("source", "address", "said"),
    [
        ("gazette-2012", COPY, "did you mean 'gazette-2021'?"),
        ("gazette-2021", "archive.example.org", "is no address"),
        ("gazette-2021", "https://a.example.org/x y", "is no address"),
    ],
)
def test_archive_refuses_what_it_cannot_write(events: Path, source: str, address: str, said: str) -> None:
    before = (events / "registry" / "sources.yml").read_bytes()
    result = timeline("archive", source, address)
    assert result.exit_code == 2
    assert said in result.output
    assert (events / "registry" / "sources.yml").read_bytes() == before
