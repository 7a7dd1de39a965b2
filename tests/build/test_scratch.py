"""The spool gives back what it was given, and leaves nothing on the disk."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from diplomatic_timeline.build import scratch
from diplomatic_timeline.build.scratch import Spool


@pytest.mark.parametrize("in_memory", [0, 1000, 1 << 20])
def test_what_is_put_is_what_is_got(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int) -> None:
    monkeypatch.setattr(scratch, "IN_MEMORY", in_memory)
    dice = random.Random(3)
    kept = Spool(tmp_path / "spool")
    put: list[tuple[int, bytes]] = []
    for _ in range(500):
        data = dice.randbytes(dice.choice([0, 1, 90, 3000]))
        put.append((kept.put(data), data))
        place, old = dice.choice(put)
        assert kept.get(place) == old
    sheets = [kept.sheet() for _ in range(2)]
    for number, sheet in enumerate(sheets):
        sheet.write(b"%d" % number * 10)
    assert all(kept.get(place) == data for place, data in put)
    for number, sheet in enumerate(sheets):
        sheet.seek(0)
        assert sheet.read() == b"%d" % number * 10
    kept.close()
    assert list((tmp_path / "spool").iterdir()) == []
