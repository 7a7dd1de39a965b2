"""Publishing a finished build over the last one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from diplomatic_timeline.build.output import Ledger, Publication, publish, workshop
from helpers.sites import tree

OLD = 1_000_000_000


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def fill(folder: Path, files: dict[str, str], *, old: bool = False) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if old:
            os.utime(path, (OLD, OLD))
    folder.mkdir(exist_ok=True)
    return folder


def published(site: Path, before: dict[str, str], after: dict[str, str]) -> int:
    """Publish `after` over `before`, check that it is all there, and return the count."""
    fill(site, before, old=True)
    changed = publish(fill(workshop(site), after), site)
    assert tree(site) == {name: text.encode() for name, text in after.items()}
    return changed


def stamp(path: Path) -> float:
    return path.stat().st_mtime


def test_a_build_happens_beside_the_site_on_the_same_disk(site: Path) -> None:
    folder = workshop(site)
    assert folder.parent == site.parent
    assert folder != site


def test_what_a_stopped_build_left_is_cleared_away(site: Path) -> None:
    fill(workshop(site), {"half/done.html": "x"})
    assert not workshop(site).exists()


def test_a_first_build_is_published_whole(site: Path) -> None:
    assert publish(fill(workshop(site), {"index.html": "a", "x/y/z.html": "b"}), site) == 2
    assert tree(site) == {"index.html": b"a", "x/y/z.html": b"b"}


def test_a_file_of_equal_bytes_keeps_its_time_stamp(site: Path) -> None:
    assert published(site, {"a.html": "same"}, {"a.html": "same"}) == 0
    assert stamp(site / "a.html") == OLD


def test_a_changed_file_is_written(site: Path) -> None:
    assert published(site, {"a.html": "one", "b.html": "b"}, {"a.html": "two", "b.html": "b"}) == 1
    assert stamp(site / "a.html") != OLD
    assert stamp(site / "b.html") == OLD


def test_a_file_of_equal_length_and_time_but_other_bytes_is_written(site: Path) -> None:
    fill(site, {"a.html": "one"}, old=True)
    publish(fill(workshop(site), {"a.html": "two"}, old=True), site)
    assert tree(site) == {"a.html": b"two"}


def test_a_vanished_file_is_removed(site: Path) -> None:
    assert published(site, {"a.html": "a", "gone.html": "x"}, {"a.html": "a"}) == 1


def test_a_folder_that_is_empty_now_is_removed(site: Path) -> None:
    published(site, {"a.html": "a", "gone/deep/x.html": "x"}, {"a.html": "a"})
    assert not (site / "gone").exists()


def test_a_file_may_become_a_folder(site: Path) -> None:
    published(site, {"events": "x"}, {"events/a/index.html": "a"})


def test_a_folder_may_become_a_file(site: Path) -> None:
    published(site, {"events/a/index.html": "a", "events/b.html": "b"}, {"events": "x"})


def test_a_file_deep_in_the_site_may_become_a_folder(site: Path) -> None:
    published(site, {"a/b/c": "x", "a/z": "z"}, {"a/b/c/d/e.html": "e", "a/z": "z"})


def test_names_of_any_script_are_published(site: Path) -> None:
    published(site, {}, {"王毅/index.html": "a", "with space.html": "b"})


def test_nothing_is_left_of_the_build(site: Path) -> None:
    published(site, {}, {"a.html": "a"})
    assert [p.name for p in site.parent.iterdir()] == ["site"]


def test_a_build_without_files_empties_the_site(site: Path) -> None:
    assert published(site, {"a.html": "a"}, {}) == 1
    assert site.is_dir()


def test_a_build_that_is_not_there_leaves_the_site_as_it_was(site: Path) -> None:
    fill(site, {"a.html": "a", "b/c.html": "c"}, old=True)
    with pytest.raises(FileNotFoundError):
        publish(site.parent / "missing", site)
    assert tree(site) == {"a.html": b"a", "b/c.html": b"c"}


@pytest.mark.parametrize("there", ["k", "a"], ids=["other bytes", "the same bytes"])
def test_a_link_to_a_folder_in_the_site_gives_way_and_its_target_stays(
    site: Path, tmp_path: Path, there: str
) -> None:
    elsewhere = fill(tmp_path / "elsewhere", {"a.html": there})
    site.mkdir()
    (site / "events").symlink_to(elsewhere, target_is_directory=True)
    publish(fill(workshop(site), {"events/a.html": "a"}), site)
    assert tree(elsewhere) == {"a.html": there.encode()}
    assert (site / "events" / "a.html").read_bytes() == b"a"
    assert not (site / "events").is_symlink()


# What need not be made


def issue(site: Path, files: dict[str, str], maker: str = "one") -> list[str]:
    """Publish files, each from a key that is its text, and return the names of those that had to be made."""
    publication = Publication(site, Ledger(site.parent / "ledger.json", site, maker))
    made = []
    for name, text in files.items():
        if not publication.keep(name, text.encode()):
            made.append(name)
            publication.put(name, text.encode(), text.encode())
    publication.publish()
    assert tree(site) == {name: text.encode() for name, text in files.items()}
    return made


FILES = {"index.html": "a", "events/a.html": "b"}


def test_what_was_published_from_the_same_is_not_made_again(site: Path) -> None:
    assert issue(site, FILES) == [*FILES]
    assert issue(site, FILES) == []
    assert issue(site, {**FILES, "events/a.html": "c"}) == ["events/a.html"]
    assert issue(site, {"index.html": "a"}) == []


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_text("x", encoding="utf-8"),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.rename(path.with_name("b")), path.symlink_to("b")),
        lambda path: (path.rename(path.with_name("b")), path.write_text("x", encoding="utf-8")),
        lambda path: (path.parent.rename(path.parents[2] / "e"), path.parent.symlink_to("../e")),
    ],
    ids=["written to", "gone", "a folder", "a link", "another file", "behind a link"],
)
def test_what_somebody_did_to_a_published_file_is_undone(site: Path, harm: Callable[[Path], object]) -> None:
    issue(site, FILES)
    harm(site / "events" / "a.html")
    assert issue(site, FILES) == ["events/a.html"]


def test_what_another_program_published_counts_for_nothing(site: Path) -> None:
    issue(site, FILES)
    assert issue(site, FILES, maker="two") == [*FILES]


@pytest.mark.parametrize("kept", ["", "[]", '{"of": 1}', '{"files": {"index.html": 3}}', "{"])
def test_a_ledger_that_is_damaged_counts_for_nothing(site: Path, kept: str) -> None:
    issue(site, FILES)
    (site.parent / "ledger.json").write_text(kept, encoding="utf-8")
    assert issue(site, FILES) == [*FILES]
    assert issue(site, FILES) == []
