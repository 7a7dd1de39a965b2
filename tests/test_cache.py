"""The cache of the record: the same reading with it and without, whatever happens to its folder."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import REAL, SMALL

from macros import cache as cache_module
from macros import plain
from macros.loader import read_folder
from macros.reading import Reading


@pytest.fixture
def record(tmp_path: Path) -> Path:
    folder = tmp_path / "events"
    shutil.copytree(SMALL, folder)
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def files(kept: Path) -> Iterator[Path]:
    return (path for path in sorted(kept.rglob("*")) if path.is_file())


def same(one: Reading, other: Reading) -> bool:
    return (
        one.corpus == other.corpus
        and list(one.corpus.events) == list(other.corpus.events)
        and one.diagnostics == other.diagnostics
        and one.unreadable == other.unreadable
        and dict(one.proofs) == dict(other.proofs)
        and dict(one.pins) == dict(other.pins)
    )


@pytest.mark.parametrize("folder", [SMALL, REAL], ids=["small", "real"])
def test_a_record_reads_the_same_from_its_files_and_from_the_cache(folder: Path, kept: Path) -> None:
    fresh = read_folder(folder, "events")
    assert same(read_folder(folder, "events", kept), fresh)
    assert same(read_folder(folder, "events", kept), fresh)


def test_what_is_in_the_cache_is_not_read_from_yaml_again(
    record: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = read_folder(record, "events", kept)

    def refuse(data: bytes) -> None:
        raise AssertionError(data)

    monkeypatch.setattr(plain, "read_plain", refuse)
    assert same(read_folder(record, "events", kept), fresh)


@pytest.mark.parametrize("serving", [False, True])
def test_random_edits_read_the_same_with_the_cache_and_without(
    record: Path, kept: Path, serving: bool
) -> None:
    chance = random.Random(20240531)
    paths = sorted(path for path in record.rglob("*") if path.is_file())
    last: Reading | None = None
    for _ in range(60):
        path = chance.choice(paths)
        before = path.read_bytes()
        at = chance.randrange(len(before) + 1)
        scrap = chance.choice([b"", b"x", b" ", b"\n", b"#", b"null", b"todo", b"\xff", b"'", b"- "])
        path.write_bytes(before[:at] + scrap + before[at + chance.randrange(4) :])
        reading = read_folder(record, "events", kept, last)
        assert same(reading, read_folder(record, "events"))
        if serving and reading.sound:
            last = reading
        if chance.random() < 0.8:
            path.write_bytes(before)
            assert same(read_folder(record, "events", kept, last), read_folder(record, "events"))


def test_an_event_whose_file_is_the_same_is_taken_over_from_the_last_reading(
    record: Path, kept: Path
) -> None:
    last = read_folder(record, "events", kept)
    changed = sorted(record.glob("[0-9]*/*.yml"))[0]
    changed.write_bytes(changed.read_bytes() + b"# looked at\n")
    events = read_folder(record, "events", kept, last).corpus.events
    assert {id for id, event in events.items() if event is not last.corpus.events[id]} == {changed.stem}


def test_a_removed_and_a_renamed_event_leave_the_reading(record: Path, kept: Path) -> None:
    read_folder(record, "events", kept)
    one, other = sorted(record.glob("[0-9]*/*.yml"))[:2]
    one.unlink()
    other.rename(other.with_name("renamed-event.yml"))
    reading = read_folder(record, "events", kept)
    assert one.stem not in reading.corpus.events
    assert "renamed-event" in reading.corpus.events
    assert same(reading, read_folder(record, "events"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:-40] + b"x" + content[-39:],
        lambda content: b"",
        lambda content: b"\xff\x00" * 20,
    ],
    ids=["cut short", "one byte changed", "empty", "rubbish"],
)
def test_a_damaged_cache_is_made_anew_with_one_line_of_notice(
    record: Path, kept: Path, damage: object, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = read_folder(record, "events", kept)
    assert callable(damage)
    for path in files(kept):
        path.write_bytes(damage(path.read_bytes()))
    assert same(read_folder(record, "events", kept), fresh)
    (line,) = capsys.readouterr().err.splitlines()
    assert "is damaged" in line
    assert same(read_folder(record, "events", kept), fresh)
    assert not capsys.readouterr().err


def test_what_other_code_kept_is_passed_over_without_a_word(
    record: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(cache_module, "code_version", lambda: "0" * 32)
        read_folder(record, "events", kept)
    old = {path: path.read_bytes() for path in files(kept)}
    assert same(read_folder(record, "events", kept), read_folder(record, "events"))
    assert all(path.read_bytes() != content for path, content in old.items())
    assert not capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_does_no_harm(record: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder would stand")
    assert same(read_folder(record, "events", blocked), read_folder(record, "events"))


def test_two_records_in_one_project_do_not_take_each_others_place(record: Path, kept: Path) -> None:
    read_folder(record, "events", kept)
    before = {path: path.stat().st_mtime_ns for path in files(kept)}
    read_folder(REAL, "events", kept)
    read_folder(record, "events", kept)
    assert {path: path.stat().st_mtime_ns for path in files(kept) if path in before} == before
