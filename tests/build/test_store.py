"""What was made once is found again, and never in the place of something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from diplomatic_timeline.build.memo import Memo, digest
from diplomatic_timeline.views.models import DateView, Link


class Maker:
    """A memo in a folder, and how often it had to make something."""

    def __init__(self, folder: Path, maker: str = "one") -> None:
        self.memo = Memo(folder, maker)

    def get(self, name: str, of: object) -> bytes:
        return self.memo.made(name, of, lambda: f"{name} of {of!r}".encode())

    def end(self) -> int:
        """Save, let go, and return how many pieces were made rather than found."""
        self.memo.save()
        self.memo.close()
        return self.memo.remade


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    maker = Maker(tmp_path / "memo")
    for name in "abc":
        maker.get(name, (name, Link("text", None)))
    assert maker.end() == 3
    return tmp_path / "memo"


def again(folder: Path, maker: str = "one", changed: str = "") -> int:
    """Ask for the same three, one of them changed; insist on the right bytes; return how many were made."""
    found = Maker(folder, maker)
    for name in "abc":
        of = (name, Link("other" if name == changed else "text", None))
        assert found.get(name, of) == f"{name} of {of!r}".encode()
    return found.end()


def test_what_was_made_before_is_found(folder: Path) -> None:
    assert again(folder) == 0


def test_only_what_changed_is_made(folder: Path) -> None:
    assert again(folder, changed="b") == 1
    assert again(folder, changed="b") == 0


def test_another_program_makes_everything_anew(folder: Path) -> None:
    assert again(folder, maker="two") == 3


@pytest.mark.parametrize("file", ["pieces", "index.json"])
@pytest.mark.parametrize("damage", ["cut", "turned", "filled", "gone"])
def test_what_is_damaged_is_made_anew(folder: Path, file: str, damage: str) -> None:
    path = folder / file
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        half = len(data) // 2
        path.write_bytes({"cut": data[:half], "turned": data[::-1], "filled": b"\0" * len(data)}[damage])
    again(folder)
    assert again(folder) == 0


def test_a_damaged_index_is_told_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "index.json").write_text("{", encoding="ascii")
    assert again(folder) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_that_cannot_be_written_to_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "memo").write_text("a file", encoding="ascii")
    assert again(tmp_path / "memo") == 3


def test_what_nobody_asks_for_any_more_is_forgotten(folder: Path) -> None:
    maker = Maker(folder)
    large = [maker.get(f"large{n}", "x" * 400_000) for n in range(8)]
    assert len(large[0]) > 400_000
    maker.end()
    before = (folder / "pieces").stat().st_size
    assert again(folder) == 3
    assert (folder / "pieces").stat().st_size < before / 100
    assert again(folder) == 0


def test_a_digest_knows_values_apart_and_not_their_copies() -> None:
    text = "".join(("te", "xt"))
    assert digest((Link("text", None), "text")) == digest((Link(text, None), text))
    different: list[Any] = [
        ("a", "b"),
        ("ab",),
        ["a", "b"],
        (DateView("a", "b"),),
        (Link("a", "b"),),
        {"a": "b"},
    ]
    different += [("a", ("b",)), (("a", "b"),), (1,), (True,), ("1",), (None,), ("None",), ()]
    assert len({digest(value) for value in different}) == len(different)


def test_a_note_is_kept_beside_a_piece_which_is_not_read_for_it(folder: Path) -> None:
    def ask(memo: Memo, of: str) -> list[int]:
        return memo.noted("n", of, lambda: of.encode(), lambda piece: [len(piece)])[1]  # type: ignore[no-any-return]

    memo = Memo(folder, "one")
    assert ask(memo, "four") == [4]
    memo.save()
    memo.close()
    (folder / "pieces").write_bytes(b"")
    memo = Memo(folder, "one")
    assert ask(memo, "four") == [4]
    assert memo.remade == 0
    assert ask(memo, "eleven more") == [11]
    assert memo.remade == 1
    memo.close()


def test_a_piece_is_found_by_its_key_unless_the_disk_has_lost_it(folder: Path) -> None:
    memo = Memo(folder, "one")
    key = memo.key("a", ("a", Link("text", None)))
    assert memo.find("a", key) == memo.made("a", ("a", Link("text", None)), bytes)
    assert memo.find("a", b"other") is None
    assert memo.find("z", key) is None
    memo.close()
    (folder / "pieces").write_bytes(b"")
    memo = Memo(folder, "one")
    assert memo.find("a", key) is None
    memo.close()
