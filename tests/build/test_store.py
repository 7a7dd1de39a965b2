"""What was made once is found again, never in the place of something else, whatever becomes of the file."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from diplomatic_timeline.build.store import NullStore, Store, joined, parted

NAMES = "abc"
LARGE = "x" * 3000


def use(path: Path, changed: str = "") -> int:
    """Ask for three pieces, one of them made from something else; insist on the right ones.

    Return how many were made rather than found.
    """
    store, made = Store(path), []

    def make(inputs: object) -> bytes:
        made.append(inputs)
        return repr(inputs).encode()

    for name in NAMES:
        inputs = (name, LARGE, "other" if name == changed else "same")
        assert store.get_or_make(name, inputs, partial(make, inputs)) == repr(inputs).encode()
    store.save()
    store.close()
    return len(made)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    assert use(tmp_path / "folder" / "store.sqlite") == len(NAMES)
    return tmp_path / "folder" / "store.sqlite"


def test_only_what_changed_or_was_not_kept_is_made(path: Path) -> None:
    assert use(path) == 0
    assert use(path, changed="b") == 1
    assert use(path, changed="b") == 0
    assert [p.name for p in path.parent.iterdir()] == [path.name]  # all in one file
    # What is not saved is not kept.
    store = Store(path)
    assert store.put("d", (), b"new")
    assert store.get("d", ()) == b"new"
    store.close()
    assert Store(path).get("d", ()) is None
    # A store that keeps nothing has everything made.
    keeping_nothing, pieces = NullStore(), iter((b"first", b"second"))
    assert [keeping_nothing.get_or_make("a", (), pieces.__next__) for _ in range(2)] == [b"first", b"second"]


def test_another_program_finds_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diplomatic_timeline.build.store.program", lambda: b"another one")
    assert use(path) == len(NAMES)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("not a database " * 500, encoding="ascii"),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "turned": lambda path: path.write_bytes(path.read_bytes()[::-1]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_begins_anew(path: Path, damage: str) -> None:
    DAMAGES[damage](path)
    use(path)
    assert use(path) == 0


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_never_gives_another_piece(path: Path, seed: int) -> None:
    dice, data = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(dice.choice([1, 8, 200])):
        data[dice.randrange(len(data))] = dice.randrange(256)
    path.write_bytes(data)
    use(path)  # which looks at what it gets


def _run(path: Path, sql: str) -> None:
    database = sqlite3.connect(path)
    database.executescript(sql)
    database.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE pieces SET content = CAST('invented' AS BLOB)",
        "UPDATE pieces SET content = 'invented', digest = 'invented'",
        "UPDATE pieces SET content = 7",
        "UPDATE pieces SET content = (SELECT content FROM pieces WHERE name = 'a')",
        "UPDATE pieces SET build = 'text'",
        "UPDATE pieces SET name = CAST(x'ff' AS TEXT) WHERE name = 'a'",
        "DROP TABLE pieces",
        "DROP TABLE pieces; CREATE TABLE pieces (name TEXT, digest BLOB)",
        "DROP TABLE pieces; CREATE VIEW pieces AS SELECT 'a' AS name, x'00' AS digest",
        "CREATE TRIGGER t AFTER INSERT ON pieces BEGIN DELETE FROM pieces; END",
        "PRAGMA user_version = 2147483647",
        "PRAGMA user_version = -5",
    ],
)
def test_what_somebody_writes_into_the_file_counts_for_nothing(path: Path, sql: str) -> None:
    _run(path, sql)
    use(path)
    assert use(path) == 0


def test_a_file_that_cannot_be_written_or_a_place_that_cannot_be_only_costs_time(
    path: Path, tmp_path: Path
) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    assert use(path) == 0
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    assert use(tmp_path / "file" / "store.sqlite") == len(NAMES)
    (tmp_path / "below").mkdir()
    assert use(tmp_path / "below") == len(NAMES)


HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_file_that_another_build_locks_only_costs_time(path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert use(path) == len(NAMES)
        holder.communicate("")
    assert use(path) == 0


def test_two_builds_at_once_both_go_on(path: Path) -> None:
    one, two = Store(path), Store(path)
    assert one.put("d", 1, b"one")
    assert not two.put("d", 2, b"two")
    assert two.get("a", ("a", LARGE, "same")) is not None
    one.save()
    two.save()
    assert Store(path).get("d", 1) == b"one"


@pytest.mark.parametrize("forget", [True, False])
def test_what_nobody_asks_for_in_many_builds_is_forgotten(path: Path, forget: bool) -> None:
    for number in range(60):
        store = Store(path)
        store.put("other", number, b"changes each time")
        assert store.get("a", ("a", LARGE, "same")) is not None
        store.save(forget=forget)
        store.close()
    assert use(path) == (2 if forget else 0)  # b and c


def test_parts_that_were_joined_come_apart() -> None:
    parts = [b"", b"a\nb", b"\n", "北京".encode()]
    assert parted(joined(["head", 1, None], parts)) == (["head", 1, None], parts)
    assert parted(joined(None, [])) == (None, [])


def _git(folder: Path) -> None:
    for arguments in (("init", "-q"), ("add", "-f", ".")):
        subprocess.run(["git", *arguments], cwd=folder, check=True)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: os.chown(path, 12345, -1),
        lambda path: os.chown(path.parent, 12345, -1),
        lambda path: path.parent.chmod(0o777),
        lambda path: path.chmod(0o666),
        lambda path: (path.rename(path.with_name("b")), path.symlink_to("b")),
        lambda path: (path.parent.rename(f"{path.parent}2"), path.parent.symlink_to(f"{path.parent}2")),
        lambda path: (path.unlink(), os.mkfifo(path)),  # type: ignore[func-returns-value]
        lambda path: _git(path.parent.parent),
    ],
    ids=[
        "another's file",
        "another's folder",
        "open folder",
        "open file",
        "link",
        "linked folder",
        "pipe",
        "git",
    ],
)
def test_what_others_may_have_written_is_left_alone(path: Path, harm: Callable[[Path], object]) -> None:
    try:
        harm(path)
    except PermissionError:
        pytest.skip("NOT TESTED: only root can give a file to somebody else")
    before = None if path.is_fifo() else path.read_bytes()
    for _ in range(2):
        assert use(path) == len(NAMES)
    assert before is None or path.read_bytes() == before


def test_a_folder_beside_what_git_tracks_is_ours(path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=path.parent.parent, check=True)
    assert use(path) == 0
