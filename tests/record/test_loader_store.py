"""The store of what was read before: the same reading with it and without, whatever happens to its file."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from benchmarks.record import write_record
from diplomatic_timeline.build.store import FILE, Store
from diplomatic_timeline.cli.main import main
from diplomatic_timeline.proof.proofs import names_of
from diplomatic_timeline.record.checks.check import Scope, check
from diplomatic_timeline.record.checks.registry import CHECKS
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.nodes import Document
from diplomatic_timeline.record.reading import Findings, Reading
from diplomatic_timeline.record.yaml_reader import read_document
from helpers.records import REAL, SMALL


@pytest.fixture
def record(tmp_path: Path) -> Path:
    folder = tmp_path / "events"
    shutil.copytree(SMALL, folder)
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "store.sqlite"


def read(record: Path, kept: Path, last: Reading | None = None) -> Reading:
    """Return the record as a build reads it, which keeps what it read."""
    with closing(Store(kept)) as store:
        reading = read_folder(record, "events", store, last)
        store.save()
    return reading


def same(one: Reading, other: Reading) -> bool:
    return (
        one.corpus == other.corpus
        and list(one.corpus.events) == list(other.corpus.events)
        and one.diagnostics == other.diagnostics
        and one.unreadable == other.unreadable
        and one.digests == other.digests
        and list(one.proofs.items()) == list(other.proofs.items())
        and dict(one.pins) == dict(other.pins)
    )


def events_of(record: Path) -> list[Path]:
    return sorted(record.glob("[0-9]*/*.yml"))


def retitle(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: The ", 1), encoding="utf-8")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the events' files that are read as YAML from now on."""
    names: list[str] = []

    def reading(name: str, data: bytes) -> Document:
        if "/registry/" not in name:
            names.append(name)
        return read_document(name, data)

    monkeypatch.setattr("diplomatic_timeline.record.files.read_document", reading)
    return names


@pytest.mark.parametrize("folder", [SMALL, REAL], ids=["small", "real"])
def test_a_record_reads_the_same_from_its_files_and_from_the_store(folder: Path, kept: Path) -> None:
    fresh = read_folder(folder, "events")
    assert same(read(folder, kept), fresh)
    assert same(read(folder, kept), fresh)


def test_an_event_is_read_from_yaml_where_its_file_changed(
    record: Path, kept: Path, parsed: list[str]
) -> None:
    read(record, kept)
    parsed.clear()
    read(record, kept)
    assert parsed == []
    path = events_of(record)[1]
    retitle(path)
    read(record, kept)
    assert parsed == [f"events/{path.relative_to(record).as_posix()}"]
    with closing(Store(kept)) as store:
        read_folder(SMALL, "events", store)
        read_folder(SMALL, "others", store)
        parsed.clear()
        read_folder(SMALL, "events", store)
    assert parsed == []


@pytest.mark.parametrize("serving", [False, True])
def test_random_edits_read_the_same_with_the_store_and_without(
    record: Path, kept: Path, serving: bool
) -> None:
    chance = random.Random(20240531)
    paths = sorted(path for path in record.rglob("*") if path.is_file())
    last: Reading | None = None
    for _ in range(40):
        path = chance.choice(paths)
        before = path.read_bytes()
        at = chance.randrange(len(before) + 1)
        scrap = chance.choice([b"", b"x", b" ", b"\n", b"#", b"null", b"todo", b"\xff", b"'", b"- "])
        path.write_bytes(before[:at] + scrap + before[at + chance.randrange(4) :])
        reading = read(record, kept, last)
        assert same(reading, read_folder(record, "events"))
        if serving and reading.sound:
            last = reading
        if chance.random() < 0.8:
            path.write_bytes(before)
            assert same(read(record, kept, last), read_folder(record, "events"))


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


def test_findings_of_many_events_are_the_same_with_the_store_and_without(record: Path, kept: Path) -> None:
    dice = random.Random(1)
    write_record(record, 4, seed=1, pins=True)
    assert read(record, kept).diagnostics == ()
    found = []
    for _, change in zip(range(30), _mistakes(dice), strict=False):
        path = dice.choice(events_of(record))
        before, text = set(record.rglob("*.yml")), path.read_bytes()
        fields = yaml.safe_load(text)
        try:
            change(path, fields)
        except (KeyError, IndexError):
            continue  # This event has nothing of the kind.
        if path.exists():
            path.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
        fresh = read_folder(record, "events")
        assert same(read(record, kept), fresh)
        assert same(read(record, kept), fresh)
        found.append(len(fresh.diagnostics))
        for new in set(record.rglob("*.yml")) - before:
            new.unlink()
        if fresh.diagnostics or not path.exists():
            path.write_bytes(text)
            assert read(record, kept).diagnostics == ()
    assert 0 in found
    assert max(found) > 0


def _rule(scope: Scope, title: str) -> Callable[[Reading], Findings]:
    @check(scope)
    def no_two_titles_begin_alike(reading: Reading) -> Findings:
        """No title begins as `title` does; across events, not twice."""
        named = [id for id, event in reading.corpus.events.items() if event.title.startswith(title)]
        for id in named if scope == "event" else named[1:]:
            yield reading.finding("new-rule", "this title is taken", ("events", id, "title"))

    return no_two_titles_begin_alike


@pytest.mark.parametrize(("scope", "found"), [("record", 1), ("event", 2)])
def test_a_new_rule_sees_an_edit_whatever_was_kept(
    record: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, scope: Scope, found: int
) -> None:
    monkeypatch.setattr("diplomatic_timeline.record.loader.CHECKS", (*CHECKS, _rule(scope, "The ")))
    before = [d for d in read(record, kept).diagnostics if d.code == "new-rule"]
    assert before == []
    for path in events_of(record)[:2]:
        retitle(path)
        after = [d for d in read(record, kept).diagnostics if d.code == "new-rule"]
    assert len(after) == found


def test_an_event_is_taken_over_or_leaves_with_its_file(record: Path, kept: Path) -> None:
    last = read(record, kept)
    changed = events_of(record)[0]
    changed.write_bytes(changed.read_bytes() + b"# looked at\n")
    events = read(record, kept, last).corpus.events
    assert {id for id, event in events.items() if event is not last.corpus.events[id]} == {changed.stem}
    read(record, kept)
    one, other = events_of(record)[:2]
    one.unlink()
    other.rename(other.with_name("renamed-event.yml"))
    reading = read(record, kept)
    assert one.stem not in reading.corpus.events
    assert "renamed-event" in reading.corpus.events
    assert same(reading, read_folder(record, "events"))


# Proofs


def _misquoted(record: Path) -> str:
    """Put a word into a quotation; return the quotation's id."""
    path = next(p for p in events_of(record) if "  text: " in p.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8").replace("  text: ", "  text: Surely ", 1)
    path.write_text(text, encoding="utf-8")
    return next(
        quote.id
        for event in read_folder(record).corpus.events.values()
        for quote in event.quotes
        if quote.text.startswith("Surely ")
    )


def test_what_was_proven_is_not_when_its_words_change(record: Path, kept: Path) -> None:
    write_record(record, 5, pins=True)
    read(record, kept)
    quote = _misquoted(record)
    for _ in range(2):
        reading = read(record, kept)
        assert reading.proofs[quote].outcome == "not-found"
        assert same(reading, read_folder(record, "events"))


def test_what_was_proven_is_not_when_its_pin_changes_or_goes(record: Path, kept: Path) -> None:
    write_record(record, 5, pins=True)
    read(record, kept)
    pin, *_ = (record / "registry" / "pins").glob("*.pin")
    pin.write_bytes(pin.read_bytes()[:-9])
    assert [d.code for d in read(record, kept).diagnostics] == ["bad-pin"]
    pin.unlink()
    reading = read(record, kept)
    assert [d.code for d in reading.diagnostics] == ["unpinned"]
    assert same(reading, read_folder(record, "events"))


def test_required_proof_believes_nothing_kept(
    tmp_path: Path, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_record(record, 5, pins=True)
    quote = _misquoted(record)
    corpus = read_folder(record).corpus
    (source,) = (q.source for e in corpus.events.values() for q in e.quotes if q.id == quote)
    resting = [q for e in corpus.events.values() for q in e.quotes if q.source == source]
    name = f"events/registry/pins/{source}.pin"
    digest = read_folder(record, "events").digests[name]
    words = [(q.text, q.prefix, q.suffix, q.abridged, names_of(q, corpus)) for q in resting]
    monkeypatch.chdir(tmp_path)
    with closing(Store(FILE)) as store:
        store.put(f"proofs {name}", (digest, words), b"2024-05-31")
        store.save()
        forged = read_folder(record, "events", store).proofs[quote]
    assert forged.outcome == "verified"
    done = CliRunner().invoke(main, ["check", "--require-proof"])
    assert done.exit_code == 1
    assert "error[not-found]" in done.output


# The store's file: what else may become of it, tests/build/test_store.py tries on the store by itself


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_store_makes_no_difference(record: Path, kept: Path, seed: int) -> None:
    fresh = read(record, kept)
    dice, content = random.Random(seed), bytearray(kept.read_bytes())
    for _ in range(dice.choice([1, 200])):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    kept.write_bytes(content)
    assert same(read(record, kept), fresh)
    assert same(read(record, kept), fresh)


def test_what_another_program_kept_makes_no_difference(
    record: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("diplomatic_timeline.build.store.program", lambda: b"another")
        read(record, kept)
    parsed.clear()
    assert same(read(record, kept), read_folder(record, "events"))
    assert len(parsed) == 2 * len(events_of(record))
