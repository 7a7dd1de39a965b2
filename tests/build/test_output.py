"""A build takes the place of the published site, whole, and makes what it must."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from diplomatic_timeline.build.files import FileError, write
from diplomatic_timeline.build.output import MARK, SUMS, Output
from diplomatic_timeline.build.store import NullStore, Store
from diplomatic_timeline.build.target import Content, Target
from helpers import sites

OLD = 1_000_000_000
FILES = {"index.html": "a", "events/a.html": "b"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "project" / "site"


@pytest.fixture(autouse=True)
def project(site: Path) -> None:
    site.parent.mkdir()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(tmp_path / "store.sqlite")
    yield found
    found.close()


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, but the two that say who wrote it and what; the sums are right."""
    found = {name: content for name, content in sites.tree(folder).items() if name != MARK}
    if sums := found.pop(SUMS, b""):
        assert sums.decode() == "".join(f"{sha256(found[n]).hexdigest()}  {n}\n" for n in sorted(found))
    return found


def bytes_of(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def fill(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    folder.mkdir(exist_ok=True)
    return folder


def build(site: Path, files: dict[str, str], store: NullStore | None = None) -> list[str]:
    """Publish files, each made from inputs that are its text; return the names of those that were made."""
    output, made = Output(site, store or NullStore()), []

    def make(name: str) -> bytes:
        made.append(name)
        return files[name].encode()

    for name, text in files.items():
        output.put(Target(name, text, lambda name=name: make(name)))  # type: ignore[misc]
    output.publish()
    assert tree(site) == bytes_of(files)
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    return made


def age(site: Path) -> None:
    for path in site.rglob("*"):
        os.utime(path, (OLD, OLD))


def stamp(path: Path) -> float:
    return path.stat().st_mtime


def test_a_build_happens_beside_the_site_with_what_others_write_there(site: Path) -> None:
    output = Output(site, NullStore())
    assert output.folder.is_relative_to(site.parent)
    assert not output.folder.is_relative_to(site)
    output.close()
    output = Output(site, NullStore())
    fill(output.folder, {"assets/theme.css": "a"})
    output.put(Target("index.html", None, lambda: b"b"))
    output.publish()
    assert tree(site) == {"assets/theme.css": b"a", "index.html": b"b"}


def test_what_a_stopped_build_left_is_cleared_away_and_what_one_at_work_needs_is_not(site: Path) -> None:
    output = Output(site, NullStore())
    left = fill(site.with_name(f".{site.name}.building-left"), {"new/half/done.html": "x"})
    other = Output(site, NullStore())
    assert not left.exists()
    assert output.folder.is_dir()
    output.close()
    other.close()
    assert list(site.parent.iterdir()) == []


def test_content_in_pieces_is_written_whole_and_equal_bytes_keep_their_time_stamp(site: Path) -> None:
    build(site, {"a.html": "same", "b.html": "one", "c.html": "long"})
    age(site)
    build(site, {"a.html": "same", "b.html": "two", "c.html": "longer"})
    assert [stamp(site / name) == OLD for name in ("a.html", "b.html", "c.html")] == [True, False, False]

    def pieces() -> Content:
        return iter([b"a", b"", b"b"])

    for _ in range(2):
        output = Output(site, NullStore())
        output.put(Target("a.csv", None, pieces))
        output.publish()
        assert tree(site) == {"a.csv": b"ab"}
        age(site) if stamp(site / "a.csv") != OLD else None
    assert stamp(site / "a.csv") == OLD


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a.html": "a", "gone/deep/x.html": "x"}, {"a.html": "a"}),
        ({"events": "x"}, {"events/a/index.html": "a"}),
        ({"events/a/index.html": "a", "events/b.html": "b"}, {"events": "x"}),
        ({"a/b/c": "x", "a/z": "z"}, {"a/b/c/d/e.html": "e", "a/z": "z"}),
        ({}, {"王毅/index.html": "a", "with space.html": "b"}),
        ({"a.html": "a"}, {}),
    ],
    ids=["gone", "a folder", "a file", "deep", "names", "nothing"],
)
def test_the_site_is_what_was_built_last(
    site: Path, store: Store, before: dict[str, str], after: dict[str, str]
) -> None:
    build(site, before, store)
    build(site, after, store)
    assert {p.name for p in site.rglob("*") if p.is_dir() and not any(p.iterdir())} == set()


@pytest.mark.parametrize("there", ["k", "a"], ids=["other bytes", "the same bytes"])
def test_a_link_in_the_site_gives_way_and_its_target_stays(
    site: Path, tmp_path: Path, store: Store, there: str
) -> None:
    elsewhere = fill(tmp_path / "elsewhere", {"a.html": there})
    build(site, {"events/a.html": "a"}, store)
    shutil.rmtree(site / "events")
    (site / "events").symlink_to(elsewhere, target_is_directory=True)
    build(site, {"events/a.html": "a"}, store)
    assert tree(elsewhere) == {"a.html": there.encode()}
    assert not (site / "events").is_symlink()


@pytest.mark.parametrize("kind", ["a link", "a link to a site", "a file", "a full folder"])
def test_what_no_build_has_written_is_left_as_it_is(site: Path, tmp_path: Path, kind: str) -> None:
    elsewhere = fill(tmp_path / "elsewhere", {"a.html": "mine", **({MARK: ""} if "site" in kind else {})})
    if "link" in kind:
        site.symlink_to(elsewhere)
    elif kind == "a file":
        site.write_text("mine", encoding="ascii")
    else:
        elsewhere.rename(site)
    with pytest.raises(FileError, match=r"not written by 'timeline build' .*: remove it"):
        Output(site, NullStore())
    assert (site if site.is_file() else site / "a.html").read_text(encoding="ascii") == "mine"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_an_empty_folder_becomes_the_site_and_a_discarded_build_leaves_it(site: Path) -> None:
    site.mkdir()
    build(site, FILES)
    build(site, FILES)
    output = Output(site, NullStore())
    output.put(Target("index.html", None, lambda: b"other"))
    output.close()
    assert tree(site) == bytes_of(FILES)
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_link_named_as_the_folder_of_a_build_is_not_followed(site: Path, tmp_path: Path) -> None:
    elsewhere = fill(tmp_path / "elsewhere", {"a.html": "mine", "old/a.html": "mine"})
    link = site.with_name(f".{site.name}.building-1")
    link.symlink_to(elsewhere)
    output = Output(site, NullStore())
    output.close()
    assert set(tree(elsewhere)) == {"a.html", "old/a.html"}
    assert not site.exists()


@pytest.mark.parametrize(
    ("folder", "file"), [(0o755, 0o644), (0o775, 0o664), (0o700, 0o600), (0o1777, 0o644)]
)
def test_what_is_published_can_be_read_by_whoever_reads_the_folder(
    site: Path, folder: int, file: int
) -> None:
    site.parent.chmod(folder)
    before = os.umask(0o077)
    try:
        build(site, FILES)
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    found = {stat.S_IMODE(path.stat().st_mode) for path in site.rglob("*") if path.is_file()}
    assert found == {file}
    assert {stat.S_IMODE(path.stat().st_mode) & 0o666 for path in (site, site / "events")} == {file}


# Wherever it is stopped

NEW = {"index.html": "new", "events/b.html": "b", "events/c/d.html": "c"}


def _stopped(site: Path, after: int, how: str) -> bool:
    """Build in a process of its own that is stopped at a file operation; return whether it was."""
    child = os.fork()
    if child == 0:
        count = 0

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal count
            name = event.removeprefix("os.").removeprefix("shutil.").removeprefix("ctypes.")
            if name in (
                "open",
                "rename",
                "link",
                "remove",
                "mkdir",
                "rmdir",
                "chmod",
                "listdir",
                "scandir",
                "dlsym",
            ):
                count += 1
                if count == after and how == "killed":
                    os._exit(9)
                if count >= after and how == "full" and name not in ("remove", "rmdir", "scandir", "listdir"):
                    raise OSError(errno.ENOSPC, "full")

        store = Store(site.parent.parent / "store.sqlite")
        sys.addaudithook(hook)
        output = None
        try:
            output = Output(site, store)
            for name, text in {**FILES, **NEW}.items():
                output.put(Target(name, text, lambda text=text: text.encode()))  # type: ignore[misc]
            output.publish()
            store.save()
        except OSError:
            if output:
                output.close()
            os._exit(9)
        finally:
            os._exit(0 if sys.exception() is None else 9)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


@pytest.mark.parametrize("how", ["killed", "full"])
@pytest.mark.parametrize("exchange", [True, False], ids=["at once", "in steps"])
def test_wherever_a_build_is_stopped_there_is_the_old_site_or_the_new_one(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    seen = []
    for after in range(1, 500):
        shutil.rmtree(site.parent)
        site.parent.mkdir()
        store = Store(tmp_path / "store.sqlite")
        build(site, FILES, store)
        store.save(forget=True)
        store.close()
        stopped = _stopped(site, after, how)
        if exchange or site.exists():
            assert tree(site) in (bytes_of(FILES), bytes_of({**FILES, **NEW})), after
        Output(site, NullStore()).close()
        assert tree(site) in (bytes_of(FILES), bytes_of({**FILES, **NEW})), after
        seen.append(tree(site) == bytes_of(FILES))
        store = Store(tmp_path / "store.sqlite")
        build(site, {**FILES, **NEW}, store)
        store.close()
        if not stopped:
            break
    assert not stopped
    assert {True, False} == set(seen)
    assert len(seen) > 15


# Where the system cannot exchange two folders at once


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())


@pytest.mark.usefixtures("steps")
def test_folders_are_exchanged_in_steps_where_the_system_has_nothing_better(site: Path) -> None:
    build(site, FILES)
    build(site, {"index.html": "b"})


@pytest.mark.usefixtures("steps")
def test_the_site_is_there_again_after_a_build_was_stopped_between_the_steps(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site, FILES)
    output = Output(site, NullStore())
    output.put(Target("index.html", None, lambda: b"b"))
    rename = Path.rename

    def stopping(path: Path, target: Path) -> Path:
        if target == site:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", stopping)
        with pytest.raises(KeyboardInterrupt):
            output.publish()
    assert not site.exists()
    output.close()
    assert tree(site) == bytes_of(FILES)


def test_on_a_disk_without_second_names_files_are_copied(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    build(site, FILES, store)
    monkeypatch.setattr(os, "link", refused)
    for _ in range(2):
        assert build(site, FILES, store) == []


# What need not be made


def test_what_was_published_from_the_same_is_not_made_again(site: Path, store: Store) -> None:
    assert build(site, FILES, store) == [*FILES]
    assert build(site, FILES, store) == []
    assert build(site, {**FILES, "events/a.html": "c"}, store) == ["events/a.html"]
    assert build(site, {"index.html": "a"}, store) == []
    times = []
    for _ in range(2):
        output = Output(site, store)
        target = Target("a.html", None, lambda: times.append(1) or b"a")  # type: ignore[func-returns-value]
        assert not output.holds(target)
        output.put(target)
        output.publish()
    assert len(times) == 2


def test_another_site_knows_nothing_of_what_was_published(site: Path, store: Store) -> None:
    build(site, FILES, store)
    other = site.parent.parent / "other" / "site"
    other.parent.mkdir()
    shutil.copytree(site, other)
    assert build(other, FILES, store) == [*FILES]


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_text("x", encoding="utf-8"),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.rename(path.with_name("b")), path.symlink_to("b")),
        lambda path: (path.rename(path.with_name("b")), path.write_text("x", encoding="utf-8")),
    ],
    ids=["written to", "gone", "a folder", "a link", "another file"],
)
def test_what_somebody_did_to_a_published_file_is_undone(
    site: Path, store: Store, harm: Callable[[Path], object]
) -> None:
    build(site, FILES, store)
    harm(site / "events" / "a.html")
    assert build(site, FILES, store) == ["events/a.html"]


def test_a_file_put_into_a_published_site_is_made_again_by_the_next_build(site: Path, store: Store) -> None:
    build(site, FILES, store)
    for name in ("events/a.html", "events/new/index.html"):
        write(site / name, b"shown early", below=site, force=True)
    assert (site / "events" / "a.html").read_bytes() == b"shown early"
    assert build(site, FILES, store) == ["events/a.html"]
