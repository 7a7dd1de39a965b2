"""Files are read and written whole or not at all, and never through a link."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from diplomatic_timeline.build.files import FileError, explain, lock, read, write


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("force", [False, True])
def test_a_new_file_stands_in_folders_that_are_made_for_it(tmp_path: Path, force: bool) -> None:
    write(tmp_path / "a/b/c.txt", b"c", below=tmp_path, force=force)
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"c"
    assert left(tmp_path / "a/b") == ["c.txt"]


def test_a_file_that_exists_is_replaced_by_force_only(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(FileError, match="exists already: give another name, or --force"):
        write(path, b"new")
    assert path.read_bytes() == b"old"
    write(path, b"new", force=True)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("target", ["a file", "nothing"])
def test_a_link_is_replaced_itself_and_by_force_only(tmp_path: Path, target: str) -> None:
    other, path = tmp_path / "other", tmp_path / "a.txt"
    if target == "a file":
        other.write_bytes(b"mine")
    path.symlink_to(other)
    with pytest.raises(FileError, match="exists already"):
        write(path, b"new")
    write(path, b"new", force=True)
    assert not path.is_symlink()
    assert not other.exists() or other.read_bytes() == b"mine"


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["a folder", "a pipe"])
@pytest.mark.parametrize("force", [False, True])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, make: Callable[[Path], None], force: bool) -> None:
    make(tmp_path / "a")
    with pytest.raises(FileError, match="a folder, a pipe, a device or the like"):
        write(tmp_path / "a", b"new", force=force)
    with pytest.raises(FileError, match="a folder, a pipe, a device or the like"):
        read(tmp_path / "a")


@pytest.mark.parametrize("kind", ["a link", "a file"])
def test_nothing_is_written_through_a_link_or_a_file_in_the_place_of_a_folder(
    tmp_path: Path, kind: str
) -> None:
    (tmp_path / "other").mkdir()
    place = tmp_path / "record" / "2024"
    place.parent.mkdir()
    place.symlink_to(tmp_path / "other") if kind == "a link" else place.write_bytes(b"mine")
    with pytest.raises(FileError, match="nothing is written through it: remove it"):
        write(place / "a.yml", b"new", below=place.parent, force=True)
    assert left(tmp_path / "other") == []


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="the name is too long: a name has at most 255 bytes"):
        write(tmp_path / ("a" * 256), b"new")
    assert left(tmp_path) == []


@pytest.mark.parametrize("name", ["fchmod", "link", "replace"])
def test_a_stop_leaves_the_old_file_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, name, full)
    if name != "link":  # where a disk knows none, the file is moved
        with pytest.raises(
            FileError, match=r"a.txt: the disk is full: make room.*; the file there is as it was"
        ):
            write(path, b"new", force=True)
        assert path.read_bytes() == b"old"
    else:
        write(tmp_path / "b.txt", b"new")
    assert [name for name in left(tmp_path) if name.startswith(".")] == []


@pytest.mark.parametrize(
    ("folder", "file"), [(0o755, 0o644), (0o775, 0o664), (0o700, 0o600), (0o1777, 0o644)]
)
def test_whoever_may_read_the_folder_may_read_the_file(tmp_path: Path, folder: int, file: int) -> None:
    tmp_path.chmod(folder)
    before = os.umask(0o077)
    write(tmp_path / "a" / "b.txt", b"new", below=tmp_path)
    os.umask(before)
    assert stat.S_IMODE((tmp_path / "a" / "b.txt").stat().st_mode) == file


def test_what_the_system_refuses_is_one_line_with_what_to_do() -> None:
    for code in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EMFILE, errno.ENAMETOOLONG, errno.EBUSY):
        said = explain(OSError(code, os.strerror(code), "a/b"))
        assert said.startswith("a/b: ")
        assert os.strerror(code) not in said
        assert "\n" not in said


def test_one_holds_a_lock_at_a_time(tmp_path: Path) -> None:
    held = lock(tmp_path)
    with pytest.raises(BlockingIOError):
        lock(tmp_path)
    told: list[str] = []

    def busy() -> None:
        told.append("busy")
        os.close(held)

    os.close(lock(tmp_path, busy))
    assert told == ["busy"]
