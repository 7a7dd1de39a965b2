"""Edits of a record that has been read: what can be known of them without reading it all again."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from benchmarks.record import write_record
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.checks.registry import CHECKS
from diplomatic_timeline.record.edits import edited, file_states
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.reading import Findings, Reading
from diplomatic_timeline.views.timeline import Timeline
from helpers.edits import EDITS, REGISTRY, Edit, edit, of_some_entry, replace


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("record") / "events"
    write_record(folder, 8, seed=11, pins=True)
    return folder


@pytest.fixture
def record(records: Path, tmp_path: Path) -> Path:
    return shutil.copytree(records, tmp_path / "events", copy_function=shutil.copyfile)


def changed(folder: Path, change: Callable[[], None]) -> set[str]:
    """Return the names of the files that a change changes."""
    before = file_states(folder)
    change()
    return {name for name, _ in before.items() ^ file_states(folder).items()}


def all_edited(paths: Iterable[Path], dice: random.Random, change: Edit) -> None:
    for path in paths:
        edit(path, dice, change)


def written(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def events_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*/*.yml"))


def assert_same(found: Reading, whole: Reading) -> None:
    assert list(found.corpus.events) == list(whole.corpus.events)
    assert found.corpus == whole.corpus
    assert (found.proofs, found.digests) == (whole.proofs, whole.digests)


@pytest.mark.parametrize("seed", range(2))
def test_an_edited_record_is_what_a_whole_reading_finds(record: Path, seed: int) -> None:
    dice = random.Random(seed)
    reading = read_folder(record, "events")
    timeline = Timeline(reading.corpus, reading.proofs)
    names = [*EDITS]
    dice.shuffle(names)
    known = []
    for name in names:
        paths = dice.sample(events_of(record), dice.choice([1, 1, 2]))
        before = {path: path.read_bytes() for path in paths}
        try:
            names_of = changed(record, partial(all_edited, paths, dice, EDITS[name]))
        except (KeyError, IndexError):
            names_of = set()  # This event has nothing of the kind.
        whole = read_folder(record, "events")
        found = edited(reading, record, "events", names_of) if names_of else None
        if found is None or not whole.sound:
            assert found is None or whole.sound, name
            for path, data in before.items():
                path.write_bytes(data)
            continue
        known.append(name)
        assert_same(found.reading, whole)
        ids = {path.stem for path in paths}
        assert sorted(event.id for event in found.events) == sorted([*ids, *ids])
        timeline = Timeline(found.reading.corpus, found.reading.proofs, timeline, ids)
        fresh = Timeline(whole.corpus, whole.proofs)
        assert vars(timeline) == vars(fresh)
        for kind in ("events", "quotes", "commitments"):
            assert list(getattr(timeline, kind)) == list(getattr(fresh, kind))
        reading = found.reading
    assert len(set(known)) > len(EDITS) / 2


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_what_an_edit_of_a_registry_does_only_a_whole_reading_says(record: Path, name: str) -> None:
    reading, dice = read_folder(record, "events"), random.Random(1)
    kind, change = REGISTRY[name]
    path = record / "registry" / f"{kind}.yml"
    names = changed(record, lambda: edit(path, dice, of_some_entry(change)))
    assert names == {f"registry/{kind}.yml"}
    assert edited(reading, record, "events", names) is None


def _add(folder: Path) -> None:
    first = events_of(folder)[0]
    (first.parent / "2001-01-01-one-more.yml").write_bytes(first.read_bytes())


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: events_of(folder)[0].unlink(),
        _add,
        lambda folder: (folder / "registry" / "pins").glob("*.pin").__next__().unlink(),
        lambda folder: replace(events_of(folder)[0], "title: ", "titel: "),
        lambda folder: replace(events_of(folder)[0], "- person: ", "- person: no-"),
        lambda folder: replace(events_of(folder)[0], "quotes:\n  - id: ", "quotes:\n  - id: another-"),
        lambda folder: replace(events_of(folder)[0], "title: ", "aliases: [2000-old-id]\ntitle: "),
        lambda folder: written(events_of(folder)[0], "title: [\n"),
    ],
    ids=["removed", "added", "pin", "field", "person", "quote", "alias", "no yaml"],
)
def test_what_may_concern_others_or_be_a_mistake_only_a_whole_reading_says(
    record: Path, change: Callable[[Path], None]
) -> None:
    reading = read_folder(record, "events")
    names = changed(record, lambda: change(record))
    assert names
    assert edited(reading, record, "events", names) is None


def test_words_that_their_source_does_not_have_are_not_taken_for_proven(record: Path) -> None:
    reading = read_folder(record, "events")
    path = next(p for p in events_of(record) if "  text: " in p.read_text(encoding="utf-8"))
    names = changed(record, lambda: replace(path, "  text: ", "  text: Surely "))
    assert edited(reading, record, "events", names) is None


def test_an_edit_is_held_against_new_rules_about_one_event_and_about_several(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    @check(scope="event")
    def not_short(reading: Reading) -> Findings:
        """No title is one word."""
        asked.append(len(reading.corpus.events))
        for id, event in reading.corpus.events.items():
            if " " not in event.title:
                yield reading.finding("new-rule", "too short", ("events", id, "title"))

    @check()
    def no_title_twice(reading: Reading) -> Findings:
        """No two events have one title."""
        seen: set[str] = set()
        for id, event in reading.corpus.events.items():
            if event.title in seen:
                yield reading.finding("new-rule", "this title is taken", ("events", id, "title"))
            seen.add(event.title)

    monkeypatch.setattr("diplomatic_timeline.record.edits.CHECKS", (*CHECKS, not_short, no_title_twice))
    reading = read_folder(record, "events")
    taken = reading.corpus.events[events_of(record)[1].stem].title
    for title, sound in (("They dine", True), ("Dinner", False), (taken, False)):
        change = partial(all_edited, events_of(record)[:1], random.Random(1), _title(title))
        assert (edited(reading, record, "events", changed(record, change)) is not None) == sound
    assert asked == [1, 1, 1]


def _title(title: str) -> Edit:
    return lambda fields, dice: fields.update(title=title)


def test_a_quote_may_be_added_under_an_id_that_nobody_has(record: Path) -> None:
    reading = read_folder(record, "events")
    path, other = events_of(record)[:2]
    text = path.read_text(encoding="utf-8")
    start = text.index("  - id: ", text.index("\nquotes:"))
    end = text.index("  - id: ", start + 1)
    one = text[start:end]
    id = one.split("\n")[0].removeprefix("  - id: ").strip()
    taken = next(iter(reading.corpus.events[other.stem].quotes)).id
    for name, sound in (("a-new-one", True), (taken, False), (id, False)):
        more = one.replace(id, name, 1)
        names = changed(record, partial(written, path, text[:start] + more + text[start:]))
        found = edited(reading, record, "events", names)
        whole = read_folder(record, "events")
        assert (found is not None) == sound == whole.sound
        if found is not None:
            assert_same(found.reading, whole)


def test_a_file_that_is_written_or_removed_has_another_state(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    path = tmp_path / "below" / "one.yml"
    path.write_text("a", encoding="utf-8")
    assert list(file_states(tmp_path)) == ["below/one.yml"]
    assert changed(tmp_path, lambda: None) == set()
    assert changed(tmp_path, partial(written, path, "b")) == {"below/one.yml"}
    assert changed(tmp_path, path.unlink) == {"below/one.yml"}
    assert file_states(tmp_path / "nowhere") == {}
    (tmp_path / "a-link").symlink_to("nowhere")
    assert changed(tmp_path, partial(written, tmp_path / "b.yml", "b")) == {"b.yml"}
