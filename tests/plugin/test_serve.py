"""Serving a large record: edits are shown first, and all that follows from them comes after."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import pytest
from mkdocs.config.defaults import MkDocsConfig

from benchmarks.record import write_record
from diplomatic_timeline.plugin import serve
from diplomatic_timeline.plugin.plugin import TimelinePlugin
from diplomatic_timeline.record.edits import FileStates, file_states
from helpers.edits import replace
from helpers.serving import Server
from helpers.sites import PAGES, UNPRINTED, tree, write_project


def sources(project: Path) -> dict[str, bytes]:
    """Return what an editor may change in a project, by its path there."""
    files = (project / "mkdocs.yml", *project.glob("docs/**/*"), *project.glob("events/**/*"))
    return {p.relative_to(project).as_posix(): p.read_bytes() for p in sorted(files) if p.is_file()}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A served record that counts as a large one."""
    folder = tmp_path_factory.mktemp("served")
    write_record(folder / "events", 10, seed=5, pins=True)
    pages = {**PAGES, "about/index.md": "# About the record\n\nWords.\n"}
    project = write_project(folder / "project", folder / "events", pages, UNPRINTED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TimelinePlugin, "preview_from", 1)
        patch.setattr(TimelinePlugin, "patience", 0)
        found = Server(project, folder / "site")
        yield found
        found.config().plugins.on_shutdown()


@pytest.fixture
def server(served: Server) -> Iterator[Server]:
    """The same for each test: what one has edited is taken back."""
    before = sources(served.project)
    yield served
    for name, content in before.items() - sources(served.project).items():
        (served.project / name).write_bytes(content)
    listening = served.listening()
    listening.builder()
    listening.builder()
    listening.server_close()


@pytest.fixture
def changed(server: Server) -> Iterator[Callable[[], None]]:
    """What the server calls when something changed."""
    listening = server.listening()
    yield listening.builder
    listening.server_close()


def event(server: Server, number: int = 5) -> Path:
    """Return the file of an event somewhere in the middle of the record, where pages are alike."""
    return sorted((server.project / "events").glob("[0-9]*/*.yml"))[number]


def retitle(server: Server, title: str, number: int = 5) -> str:
    """Give an event another title; return the address of its page."""
    path = event(server, number)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [f'title: "{title}"\n' if line.startswith("title: ") else line for line in lines]
    path.write_text("".join(lines), encoding="utf-8")
    return f"events/{path.stem}"


def told_to_go_on(server: Server) -> int:
    """Return the time stamp of the file of which a change makes the server build again."""
    plugin = server.config().plugins["timeline"]
    return plugin.again.stat().st_mtime_ns  # type: ignore[attr-defined, no-any-return]


@contextmanager
def another(files: dict[str, bytes], folder: Path) -> Iterator[Server]:
    """A second server in this process, where MkDocs has one plugin for as long as it serves."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MkDocsConfig.plugins, "plugin_cache", {})
        found = Server(folder, folder / "site")
        yield found
        found.config().plugins.on_shutdown()


@cache
def whole(files: tuple[tuple[str, bytes], ...]) -> dict[str, bytes]:
    """Return the site that a first build makes of a project."""
    with TemporaryDirectory() as folder, another(dict(files), Path(folder)) as first:
        return tree(first.site)


def assert_whole(server: Server) -> None:
    """Assert that the site is the one that a first build makes."""
    assert tree(server.site) == whole(tuple(sources(server.project).items()))


def test_an_edit_is_shown_first_and_the_rest_follows(server: Server, changed: Callable[[], None]) -> None:
    before, told = tree(server.site), told_to_go_on(server)
    page = retitle(server, "They <dine> & dance")
    changed()
    shown = tree(server.site)
    touched = {path.split("/")[0] for path in shown if shown[path] != before[path]}
    assert "They &lt;dine&gt; &amp; dance" in server.page(page)
    assert touched > {"events", "issues", "years"}
    assert touched <= {"events", "issues", "people", "organizations", "parties", "sources", "years"}
    assert shown.keys() == before.keys()
    assert told_to_go_on(server) > told
    changed()
    assert "They <dine> & dance" in (server.site / "data/events.csv").read_text(encoding="utf-8")
    assert_whole(server)


def test_edits_one_after_the_other_are_each_shown(server: Server, changed: Callable[[], None]) -> None:
    for number, title in ((5, "They dine"), (6, "They dance"), (5, "They dine again")):
        page = retitle(server, title, number)
        changed()
        assert title in server.page(page)
    assert "They d" not in (server.site / "data/events.csv").read_text(encoding="utf-8")
    changed()
    assert_whole(server)


def test_an_edit_taken_back_leaves_the_site_as_it_was(server: Server, changed: Callable[[], None]) -> None:
    before, path = tree(server.site), event(server)
    text = path.read_bytes()
    retitle(server, "They dine")
    changed()
    path.write_bytes(text)
    changed()
    assert tree(server.site) == before
    changed()
    assert tree(server.site) == before


def test_other_changes_build_the_whole_site_at_once(server: Server, changed: Callable[[], None]) -> None:
    for file, old, new in (
        ("events/registry/issues.yml", "name: ", "name: The "),
        ("docs/about/index.md", "Words.", "Other words."),
        ("mkdocs.yml", "site_name: Sound", "site_name: The Sound"),
    ):
        before, told = tree(server.site), told_to_go_on(server)
        replace(server.project / file, old, new)
        changed()
        assert tree(server.site) != before
        assert told_to_go_on(server) == told
    assert_whole(server)


def test_of_a_record_with_a_mistake_nothing_is_shown_until_it_is_mended(
    server: Server,
    changed: Callable[[], None],
    capfd: pytest.CaptureFixture[str],
) -> None:
    before, wrong = tree(server.site), event(server, 6)
    text = wrong.read_text(encoding="utf-8")
    wrong.write_text(text.replace("kind: ", "kinds: ", 1), encoding="utf-8")
    changed()
    assert "kinds" in capfd.readouterr().err
    # The page says so, over what it was, until it is mended.
    ((_, shown),) = server.answers("index.html").values()
    assert "&#x27;kinds&#x27; is not a field of an event" in shown.decode()
    # This one is sound, but the record is not.
    page = retitle(server, "They dine")
    changed()
    assert tree(server.site) == before
    wrong.write_text(text, encoding="utf-8")
    changed()
    assert "They dine" in server.page(page)
    ((_, shown),) = server.answers("index.html").values()
    assert "is not a field" not in shown.decode()
    changed()
    assert_whole(server)


def assert_made_way(server: Server, changed: Callable[[], None], title: str) -> None:
    """Assert that an edit during the build of another page is shown before that page."""
    about = server.project / "docs/about/index.md"
    about.write_text(f"# About the record\n\nNot {title}.\n", encoding="utf-8")
    changed()
    assert title in server.page(f"events/{event(server).stem}")
    assert f"Not {title}" not in server.page("about")
    changed()
    assert f"Not {title}" in server.page("about")


def test_a_build_makes_way_for_an_edit(
    server: Server, changed: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once before the build, then while it goes on, and right before it begins."""
    looks: list[Path] = []
    configured, edits = server.config, list[str]()

    def config() -> MkDocsConfig:
        while edits:
            retitle(server, edits.pop())
        return configured()

    for look in (3, 4, 9):

        def looking(folder: Path, look: int = look) -> FileStates:
            looks.append(folder)
            if len(looks) == look:
                retitle(server, f"They dine {look}")
            return file_states(folder)

        looks.clear()
        monkeypatch.setattr(serve, "file_states", looking)
        assert_made_way(server, changed, f"They dine {look}")
    monkeypatch.setattr(serve, "file_states", file_states)
    monkeypatch.setattr(server, "config", config)
    edits.append("They dine at once")
    assert_made_way(server, changed, "They dine at once")
    assert_whole(server)


def test_without_a_reloading_browser_edits_stop_no_build(served: Server, tmp_path: Path) -> None:
    with another(sources(served.project), tmp_path) as server:
        page = retitle(server, "They dine")
        server.rebuild()
        assert "They dine" in server.page(page)
        assert_whole(server)


def test_a_small_record_is_built_whole_at_once(
    server: Server,
    changed: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(TimelinePlugin, "preview_from", 1000)
    server.rebuild()
    told = told_to_go_on(server)
    retitle(server, "They dine")
    changed()
    assert told_to_go_on(server) == told
    assert_whole(server)


# What is answered


def asked(bound: str = "127.0.0.1", **given: str) -> str:
    """Return the status that a request gets of a server at an address."""
    said: list[str] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/about/", "HTTP_HOST": "127.0.0.1:8000", **given}
    application = serve.guarded(lambda environ, start: start("200 OK", []) or [], bound)
    application(environ, lambda status, headers: said.append(status))
    return said[0]


@pytest.mark.parametrize(
    ("bound", "host"),
    [
        ("127.0.0.1", "127.0.0.1:8000"),
        ("127.0.0.1", "localhost:8000"),
        ("127.0.0.1", "LOCALHOST"),
        ("127.0.0.1", "[::1]:9000"),
        ("editing.example.org", "editing.example.org:8000"),
        ("0.0.0.0", "192.0.2.7:8000"),
        ("::", "[2001:db8::7]:8000"),
        ("0.0.0.0", socket.gethostname()),
    ],
)
def test_the_server_answers_its_own_hosts(bound: str, host: str) -> None:
    assert asked(bound, HTTP_HOST=host) == "200 OK"
    assert asked(bound, HTTP_HOST=host, HTTP_ORIGIN=f"http://{host}") == "200 OK"


@pytest.mark.parametrize(
    ("bound", "host"),
    [
        ("127.0.0.1", "rebound.example.org:8000"),
        ("127.0.0.1", "192.0.2.7:8000"),
        ("127.0.0.1", "localhost.example.org"),
        ("0.0.0.0", "rebound.example.org"),
        ("0.0.0.0", "192.0.2.7.example.org"),
    ],
)
def test_the_server_answers_no_other_host(bound: str, host: str) -> None:
    assert asked(bound, HTTP_HOST=host) == "403 Forbidden"


@pytest.mark.parametrize(
    "given",
    [
        {"HTTP_ORIGIN": "https://example.org"},
        {"HTTP_ORIGIN": "http://127.0.0.1:8001"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "no-cors"},
    ],
)
def test_a_page_of_another_origin_reads_nothing(given: dict[str, str]) -> None:
    assert asked(**given) == "403 Forbidden"


def test_a_link_from_another_site_may_be_followed() -> None:
    assert asked(HTTP_SEC_FETCH_SITE="cross-site", HTTP_SEC_FETCH_MODE="navigate") == "200 OK"


@pytest.mark.parametrize(
    "given",
    [
        *(
            {"PATH_INFO": path}
            for path in ("/a\x00b", "/a\nb", "/a\x7f", "/\xff", "/a\\b", "/../a", "about", "*")
        ),
        *({"HTTP_HOST": host} for host in ("", "a b", "127.0.0.1:x", "a@127.0.0.1", "[::1", "a/b")),
        *({"REQUEST_METHOD": method} for method in ("POST", "OPTIONS", "TRACE", "get")),
    ],
    ids=str,
)
def test_an_odd_request_is_answered_with_400(given: dict[str, str]) -> None:
    assert asked(**given) == "400 Bad Request"


def test_editors_know_a_new_id_as_soon_as_it_is_saved(server: Server, changed: Callable[[], None]) -> None:
    folder = server.project / "events/schema"
    folder.mkdir()
    with (server.project / "events/registry/places.yml").open("a", encoding="utf-8") as registry:
        registry.write("just-saved:\n  name: Just saved\n")
    changed()
    assert '"just-saved"' in (folder / "event.schema.json").read_text(encoding="utf-8")
    rmtree(folder)
