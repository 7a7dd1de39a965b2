"""Building again: after any edit the site is the one that a first build makes, and little is made anew."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from benchmarks.record import write_record
from diplomatic_timeline.build.fingerprint import fingerprint
from diplomatic_timeline.build.output import Output
from diplomatic_timeline.build.store import NullStore, Store
from diplomatic_timeline.build.target import Content, Target
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.search import index_files, segments
from diplomatic_timeline.search.entries import Entry, entries
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.search.publish import publish
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.fingerprints import Fingerprints
from diplomatic_timeline.views.timeline import Timeline
from helpers.edits import EDITS, REGISTRY, edit, of_some_entry

EVENTS, SEED = 5, 1


@pytest.fixture
def record(tmp_path: Path) -> Path:
    write_record(tmp_path / "events", EVENTS, seed=7)
    return tmp_path / "events"


def site_of(reading: Reading, store: NullStore | None = None, name: str = "Record") -> Site:
    timeline = Timeline(reading.corpus, reading.proofs)
    return Site(timeline, name, "https://example.org/", store=store, digests=reading.digests)


def contents(reading: Reading) -> dict[str, object]:
    """Return the pages and files of a site by their addresses, as a first build makes them."""
    site = site_of(reading)
    found: dict[str, object] = {target.path: target.make() for target in site.pages()}
    found |= {target.path: _whole(target.make()) for target in site.files()}
    site.close()
    return found


def _whole(content: Content) -> bytes:
    return content if isinstance(content, bytes) else b"".join(content)


class CountingStore(Store):
    """A store that knows how many pieces it did not have."""

    missed = 0

    def get(self, name: str, inputs: object) -> bytes | None:
        found = super().get(name, inputs)
        self.missed += found is None
        return found


class Builds:
    """Builds of a record, each of which makes only what is made from something else than last time."""

    def __init__(self, folder: Path) -> None:
        self.store = CountingStore(folder / "store.sqlite")
        self.inputs: dict[str, bytes] = {}
        self.made: dict[str, object] = {}

    def build(self, reading: Reading, name: str = "Record") -> set[str]:
        """Build; return the addresses of what was made."""
        site = site_of(reading, self.store, name)
        targets: list[Target[Page | Content]] = [*site.pages(), *site.files()]
        fresh = set()
        for target in targets:
            key = fingerprint(target.inputs) if target.inputs is not None else b""
            if self.inputs.get(target.path) != key or not key:
                content = target.make()
                self.made[target.path] = content if isinstance(content, Page) else _whole(content)
                self.inputs[target.path] = key
                fresh.add(target.path)
        for gone in self.made.keys() - {target.path for target in targets}:
            del self.made[gone]
        self.store.save()
        site.close()
        return fresh


def edited(record: Path, dice: random.Random) -> Iterator[tuple[str, Reading]]:
    """Edit a record again and again; yield what each edit did, and the record after it."""
    names = [*EDITS, *REGISTRY, "no event"]
    dice.shuffle(names)
    for name in names:
        path = dice.choice(sorted(record.glob("[0-9]*/*.yml")))
        if name in REGISTRY:
            path = record / "registry" / f"{REGISTRY[name][0]}.yml"
        before = path.read_text(encoding="utf-8")
        try:
            if name == "no event":
                path.unlink()
            else:
                edit(path, dice, EDITS[name] if name in EDITS else of_some_entry(REGISTRY[name][1]))
        except (KeyError, IndexError):
            continue  # This event has nothing of the kind.
        reading = read_folder(record)
        if reading.sound:
            yield name, reading
        else:  # Something else refers to what is gone.
            path.write_text(before, encoding="utf-8")


def test_after_random_edits_what_is_rebuilt_equals_a_first_build(record: Path, tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    whole = len(builds.build(read_folder(record)))
    counted = []
    for name, reading in edited(record, random.Random(SEED)):
        counted.append(len(builds.build(reading)))
        assert builds.made == contents(reading), name
    assert len(counted) > len(EDITS) / 2
    assert min(counted) < whole * 0.6
    again = builds.build(read_folder(record))
    assert not any(path.endswith("/") for path in again)  # no page


def test_after_random_edits_the_search_index_is_that_of_a_first_build(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "ENTRIES", {"event": 2})
    monkeypatch.setattr(segments, "MANY", 5)
    monkeypatch.setattr(segments, "TEXTS_SIZE", 400)
    made: list[str] = []
    make = segments.made

    def counting(listed: Iterable[Entry]) -> segments.Segment:
        run = make(listed)
        made.append(run.version)
        return run

    monkeypatch.setattr(segments, "made", counting)
    about = [Passage("about/", "About", "", "What this is.")]
    counted = []
    for name, reading in chain([("", read_folder(record))], edited(record, random.Random(SEED))):
        store, folder = Store(tmp_path / "store.sqlite"), tmp_path / "site"
        timeline = Timeline(reading.corpus, reading.proofs)
        output = Output(folder, store)
        made.clear()
        publish(Fingerprints(timeline, reading.digests), about, output, store)
        counted.append(len(made))
        output.publish()
        store.save()
        store.close()
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.js")}
        published = {name: path.read_bytes() for name, path in files.items()}
        first = index_files.files(entries(timeline, about))
        assert published == {f"search/{file}": content for file, content in first}, name
    assert len(counted) > len(EDITS) / 2
    assert min(counted) < counted[0] / 2


def test_an_event_that_moves_to_another_folder_has_its_edit_link_moved(record: Path, tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    builds.build(read_folder(record))
    path = sorted(record.glob("[0-9]*/*.yml"))[0]
    (record / "1000").mkdir()
    path.rename(record / "1000" / path.name)
    builds.build(read_folder(record))
    page: Any = builds.made[urls.event(path.stem)]
    assert page.source.endswith(f"1000/{path.name}")


def test_another_name_of_the_site_makes_every_page_anew(record: Path, tmp_path: Path) -> None:
    builds, reading = Builds(tmp_path), read_folder(record)
    builds.build(reading)
    builds.build(reading, "Other")
    pages = [made for made in builds.made.values() if isinstance(made, Page)]
    assert pages
    assert all("Other" in page.head for page in pages)


def test_after_an_edit_the_data_of_the_other_events_are_found(record: Path, tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    builds.build(read_folder(record))
    first = builds.store.missed
    edit(sorted(record.glob("[0-9]*/*.yml"))[0], random.Random(1), EDITS["summary"])
    builds.build(read_folder(record))
    assert 0 < builds.store.missed - first < first / 2
