"""Building again: after any edit the site is the one that a first build makes, and little is made anew."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from benchmarks.record import write_record
from diplomatic_timeline.build.memo import Memo
from diplomatic_timeline.build.output import Ledger, Publication
from diplomatic_timeline.exports import per_event
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.search import index_files, segments
from diplomatic_timeline.search.entries import Entry, entries
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.search.publish import publish
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from helpers.edits import EDITS, REGISTRY, edit, of_some_entry

EVENTS = 10


@pytest.fixture
def record(tmp_path: Path) -> Path:
    write_record(tmp_path / "events", EVENTS, seed=7)
    return tmp_path / "events"


def site_of(reading: Reading, memo: Memo | None = None) -> Site:
    return Site(
        Timeline(reading.corpus, reading.proofs),
        "Record",
        "https://example.org/",
        memo=memo,
        digests=reading.digests if memo else None,
    )


def contents(reading: Reading, memo: Memo | None = None) -> dict[str, object]:
    """Return the pages and files of a site by their addresses."""
    site = site_of(reading, memo)
    found: dict[str, object] = {page.path: page for page in site.pages()}
    found.update(site.files())
    site.close()
    return found


def remade(reading: Reading, folder: Path) -> tuple[dict[str, object], int]:
    """Return a site as it is built with what was kept in a folder, and how much was made anew."""
    memo = Memo(folder, "this program")
    try:
        made = contents(reading, memo)
        memo.save()
        return made, memo.remade
    finally:
        memo.close()


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


@pytest.mark.parametrize("seed", [1, 2])
def test_after_random_edits_what_is_rebuilt_equals_a_first_build(
    record: Path, tmp_path: Path, seed: int
) -> None:
    kept = tmp_path / "kept"
    whole = remade(read_folder(record), kept)[1]
    counted = []
    for name, reading in edited(record, random.Random(seed)):
        found, number = remade(reading, kept)
        assert found == contents(reading), name
        counted.append(number)
    assert len(counted) > len(EDITS) / 2
    assert 0 < min(counted) < whole / 3
    assert remade(read_folder(record), kept)[1] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_after_random_edits_the_search_index_is_that_of_a_first_build(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(segments, "RUN", {"event": 2})
    monkeypatch.setattr(segments, "MANY", 5)
    monkeypatch.setattr(segments, "TEXTS_SIZE", 400)
    made: list[str] = []
    make = segments.made

    def counting(listed: Iterable[Entry]) -> segments.Run:
        run = make(listed)
        made.append(run.facts.version)
        return run

    monkeypatch.setattr(segments, "made", counting)
    about = [Passage("about/", "About", "", "What this is.")]
    counted = []
    for name, reading in chain([("", read_folder(record))], edited(record, random.Random(seed))):
        memo, folder = Memo(tmp_path / "kept", "this program"), tmp_path / "site"
        site = site_of(reading, memo)
        publication = Publication(folder, Ledger(tmp_path / "published.json", folder, "this program"))
        made.clear()
        publish(site, about, publication)
        counted.append(len(made))
        publication.publish()
        memo.save()
        memo.close()
        site.close()
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.js")}
        published = {name: path.read_bytes() for name, path in files.items()}
        first = index_files.files(entries(site.timeline, about))
        assert published == {f"search/{file}": content for file, content in first}, name
    assert len(counted) > len(EDITS) / 2
    assert min(counted) < counted[0] / 2


def test_an_event_that_moves_to_another_folder_has_its_edit_link_moved(record: Path, tmp_path: Path) -> None:
    remade(read_folder(record), tmp_path / "kept")
    path = sorted(record.glob("[0-9]*/*.yml"))[0]
    (record / "1000").mkdir()
    path.rename(record / "1000" / path.name)
    found, _ = remade(read_folder(record), tmp_path / "kept")
    page: Any = found[urls.event(path.stem)]
    assert page.source.endswith(f"1000/{path.name}")


def test_another_name_of_the_site_makes_every_page_anew(record: Path, tmp_path: Path) -> None:
    reading = read_folder(record)
    remade(reading, tmp_path / "kept")
    memo = Memo(tmp_path / "kept", "this program")
    site = Site(Timeline(reading.corpus), "Other", memo=memo, digests=reading.digests)
    assert all("Other" in page.head for page in site.pages())
    site.close()
    memo.close()


@pytest.mark.parametrize("harm", ["damaged", "unwritable"])
def test_a_page_whose_piece_is_not_there_any_more_is_made_again(
    record: Path, tmp_path: Path, harm: str
) -> None:
    reading, kept = read_folder(record), tmp_path / "kept"
    if harm == "unwritable":
        kept.write_text("a file where the folder would stand", encoding="utf-8")
    memo = Memo(kept, "this program")
    site = site_of(reading, memo)
    fresh = {page.path: page for page in site_of(reading).pages()}
    slips = list(site.slips(lambda page: page.title))
    if harm == "damaged":
        memo.save()
        (kept / "pieces").write_bytes(bytes((kept / "pieces").stat().st_size))
    assert {slip.path: slip.page() for slip in slips} == fresh
    assert {slip.path: slip.note for slip in slips} == {path: page.title for path, page in fresh.items()}
    site.close()
    memo.close()


def test_after_an_edit_the_data_of_the_other_events_are_not_made_again(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    portion = per_event._portion

    def counting(event: Event, *of: Any) -> bytes:
        made.append(event.id)
        return portion(event, *of)

    monkeypatch.setattr(per_event, "_portion", counting)
    remade(read_folder(record), tmp_path / "kept")
    assert len(made) == EVENTS
    remade(read_folder(record), tmp_path / "kept")
    made.clear()
    path = sorted(record.glob("[0-9]*/*.yml"))[0]
    edit(path, random.Random(1), EDITS["summary"])
    remade(read_folder(record), tmp_path / "kept")
    assert path.stem in made
    assert len(made) < EVENTS  # what names the event is made again with it
