"""The cache of the record: the same reading with it and without, whatever happens to its folder."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.record import write_record
from diplomatic_timeline.build import cache as cache_module
from diplomatic_timeline.model.diagnostics import Diagnostic
from diplomatic_timeline.record import cache, loader
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.reading import Reading
from helpers.records import REAL, SMALL


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

    monkeypatch.setattr(cache, "read_plain", refuse)
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


def _mistakes(dice: random.Random) -> Iterator[Callable[[Path, dict[str, Any]], None]]:
    """Yield edits of an event's fields of which many are mistakes, also in other events' eyes."""
    while True:
        yield dice.choice(
            [
                lambda path, fields: fields.update(title="Another title"),
                lambda path, fields: fields.update(date="1907"),
                lambda path, fields: fields["participants"][0].update(post="Nobody"),
                lambda path, fields: fields["quotes"][0].update(
                    id=f"quote-{dice.random()}".replace(".", "-")
                ),
                lambda path, fields: fields["quotes"][0].update(id=fields["quotes"][-1]["id"]),
                lambda path, fields: fields["quotes"][0].update(speaker="no-one"),
                lambda path, fields: fields["quotes"].pop(),
                lambda path, fields: fields["issues"].pop(),
                lambda path, fields: fields["sources"].append(fields["sources"][0]),
                lambda path, fields: fields.update(related=["1990-01-01-nothing"]),
                lambda path, fields: fields.update(aliases=[path.stem[:-1]]),
                lambda path, fields: path.rename(path.with_name(f"{path.stem}-again.yml")),
                lambda path, fields: path.unlink(),
            ]
        )


@pytest.mark.parametrize("seed", range(3))
def test_findings_of_many_events_are_the_same_with_the_cache_and_without(tmp_path: Path, seed: int) -> None:
    """Events in which nothing was found are not checked again, and other events' mistakes in them are."""
    record, kept, dice = tmp_path / "events", tmp_path / "kept", random.Random(seed)
    write_record(record, 10, seed=seed, pins=True)
    assert read_folder(record, "events", kept).diagnostics == ()
    found = []
    for _, change in zip(range(25), _mistakes(dice), strict=False):
        path = dice.choice(sorted(record.glob("[0-9]*/*.yml")))
        before, text = set(record.rglob("*.yml")), path.read_bytes()
        fields = yaml.safe_load(text)
        try:
            change(path, fields)
        except (KeyError, IndexError):
            continue  # This event has nothing of the kind.
        if path.exists():
            path.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
        fresh = read_folder(record, "events")
        assert same(read_folder(record, "events", kept), fresh)
        assert same(read_folder(record, "events", kept), fresh)
        found.append(len(fresh.diagnostics))
        for new in set(record.rglob("*.yml")) - before:
            new.unlink()
        if fresh.diagnostics or not path.exists():
            path.write_bytes(text)
            assert read_folder(record, "events", kept).diagnostics == ()
    assert 0 in found
    assert max(found) > 0


def test_an_event_in_which_nothing_was_found_is_not_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, kept = tmp_path / "events", tmp_path / "kept"
    write_record(record, 10, seed=1, pins=True)
    read_folder(record, "events", kept)
    checked: list[str] = []

    def look(reading: Reading) -> Iterator[Diagnostic]:
        checked.extend(reading.corpus.events)
        return iter(())

    monkeypatch.setattr(loader, "CHECKS", (look,))
    path = sorted(record.glob("[0-9]*/*.yml"))[3]
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: The "), encoding="utf-8")
    read_folder(record, "events", kept)
    assert checked == [path.stem]
    checked.clear()
    people = record / "registry" / "people.yml"
    people.write_text(people.read_text(encoding="utf-8") + "# A remark.\n", encoding="utf-8")
    read_folder(record, "events", kept)
    assert len(checked) == 10


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
