"""`timeline desk`: whom its server answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from helpers.commands import timeline
from helpers.desk import desk


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with desk(tmp_path_factory.mktemp("desk")) as found:
        yield found


def asked(address: str, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any, Any]:
    """Return the status, the headers and the text of an answer."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    sent = None if body is None else body if isinstance(body, str) else json.dumps(body)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, sent, {"Content-Type": "application/json", **given})
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read().decode()
    connection.close()
    return found


def test_the_page_is_shown_to_whoever_has_its_address_and_may_load_nothing_from_elsewhere(
    address: str,
) -> None:
    path = urlsplit(address).path
    status, headers, page = asked(address, "GET", path)
    assert (status, headers["Referrer-Policy"], headers["Cache-Control"]) == (200, "no-referrer", "no-store")
    assert headers["Content-Security-Policy"].startswith(
        "default-src 'none'; script-src 'self'; style-src 'self';"
    )
    assert "//" not in page.replace("<!doctype html>", "")
    for file in ("desk.js", "desk.css", "theme.css", "timeline.css", "mark.svg", "fonts/serif.woff2"):
        assert asked(address, "HEAD", path + file)[0] == 200
    for file in ("../", "fonts/../../cli/desk/server.py", "page.html", "record"):
        assert asked(address, "GET", path + file)[0] in (400, 404)


def test_nobody_else_is_answered(address: str) -> None:
    path, host = urlsplit(address).path, urlsplit(address).netloc
    assert asked(address, "POST", f"{path}record", {})[0] == 200
    for wrong in (
        "/",
        "/record",
        "/x/record",
        f"{path[:-2]}/record",
        "/%C3%A9/record",
    ):
        assert asked(address, "POST", wrong, {})[0] == 404
    for headers in (
        {"Host": "rebound.example.org"},
        {"Host": "rebound.example.org", "Origin": "http://rebound.example.org"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": "null"},
        {"Origin": f"https://{host}"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"},
    ):
        assert asked(address, "POST", f"{path}record", {}, **headers)[0] == 403


def test_what_the_page_does_not_ask_is_refused(address: str) -> None:
    path = urlsplit(address).path
    assert asked(address, "POST", f"{path}__init__", {})[0] == 400
    assert asked(address, "POST", f"{path}record", "{")[0] == 400
    assert asked(address, "POST", f"{path}record", [])[0] == 400
    assert asked(address, "POST", f"{path}record", {}, Content_Type="text/plain")[0] == 400
    assert asked(address, "PUT", f"{path}record", {})[0] == 400

    def refused(to: str, **question: object) -> str:
        said: dict[str, str] = json.loads(asked(address, "POST", path + to, question)[2])
        return said["error"]

    assert "there is no event '../registry/people'" in refused("event", id="../registry/people")
    draft = {"kind": "event", "id": "", "digest": "", "fields": {"title": "T", "date": "../../x"}}
    assert "'../../x'" in refused("change", **draft)
    assert "load the page again" in refused("change", **{**draft, "fields": {"date": 7}})
    known = {**draft, "fields": {"title": "T", "date": "1996-04"}}
    assert "would not be as it was shown" in refused("save", **known, text="no: such\n")
    assert "fewer than 50 words" in refused("text", source="lantern-1997", name="a.txt", data="d29yZHM=")


def test_an_entry_of_the_same_name_is_told(address: str) -> None:
    draft = {"kind": "place", "id": "", "digest": "", "fields": {"name": "saltholm"}}
    _, _, text = asked(address, "POST", f"{urlsplit(address).path}change", draft)
    found = json.loads(text)
    assert "+saltholm-2:" in found["diff"]
    assert [(f["severity"], f["message"]) for f in found["findings"]] == [
        ("warning", "'saltholm' has the same name")
    ]


def test_a_port_that_is_taken_is_told(tmp_path: Path, address: str) -> None:
    (tmp_path / "events").mkdir()
    result = timeline("desk", "--no-open", "--port", urlsplit(address).port, "--events", tmp_path / "events")
    assert result.exit_code == 2
    assert "leave --port out" in result.output
