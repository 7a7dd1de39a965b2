"""A build takes the place of the published site, whole, and makes what it must."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diplomatic_timeline.build.output import Output, replace_file
from diplomatic_timeline.build.store import NullStore, Store
from diplomatic_timeline.build.target import Content, Target
from helpers.sites import tree

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
    assert tree(site) == {name: text.encode() for name, text in files.items()}
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    return made


def age(site: Path) -> None:
    for path in site.rglob("*"):
        os.utime(path, (OLD, OLD))


def stamp(path: Path) -> float:
    return path.stat().st_mtime


def test_a_build_happens_beside_the_site_on_the_same_disk(site: Path) -> None:
    folder = Output(site, NullStore()).folder
    assert folder.parent == site.parent
    assert folder != site


def test_what_a_stopped_build_left_is_cleared_away(site: Path) -> None:
    folder = fill(Output(site, NullStore()).folder, {"half/done.html": "x"})
    assert Output(site, NullStore()).folder == folder
    assert not folder.exists()


def test_what_others_write_beside_is_published_too(site: Path) -> None:
    output = Output(site, NullStore())
    fill(output.folder, {"assets/theme.css": "a"})
    output.put(Target("index.html", None, lambda: b"b"))
    output.publish()
    assert tree(site) == {"assets/theme.css": b"a", "index.html": b"b"}


def test_a_file_of_equal_bytes_keeps_its_time_stamp(site: Path) -> None:
    build(site, {"a.html": "same", "b.html": "one", "c.html": "long"})
    age(site)
    build(site, {"a.html": "same", "b.html": "two", "c.html": "longer"})
    assert [stamp(site / name) == OLD for name in ("a.html", "b.html", "c.html")] == [True, False, False]


def test_content_that_comes_in_pieces_is_written_whole(site: Path) -> None:
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


def test_a_link_in_the_place_of_the_folder_that_is_built_leads_nowhere(site: Path, tmp_path: Path) -> None:
    elsewhere = fill(tmp_path / "elsewhere", {"a.html": "mine"})
    Output(site, NullStore()).folder.symlink_to(elsewhere, target_is_directory=True)
    build(site, FILES)
    assert tree(elsewhere) == {"a.html": b"mine"}


def test_a_discarded_build_leaves_the_site_as_it_was(site: Path) -> None:
    build(site, FILES)
    output = Output(site, NullStore())
    output.put(Target("index.html", None, lambda: b"other"))
    output.discard()
    assert tree(site) == {name: text.encode() for name, text in FILES.items()}
    assert [path.name for path in site.parent.iterdir()] == ["site"]


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
    Output(site, NullStore()).discard()
    assert tree(site) == {name: text.encode() for name, text in FILES.items()}


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


def test_what_nobody_knows_the_inputs_of_is_made_each_time(site: Path, store: Store) -> None:
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
    replace_file(site, "events/a.html", b"shown early")
    replace_file(site, "events/new/index.html", b"shown early")
    assert (site / "events" / "a.html").read_bytes() == b"shown early"
    assert build(site, FILES, store) == ["events/a.html"]
