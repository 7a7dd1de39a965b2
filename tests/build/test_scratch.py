"""The scratch gives back what it was given."""

from __future__ import annotations

import random

import pytest

from diplomatic_timeline.build.scratch import Scratch


@pytest.mark.parametrize("on_disk", [False, True])
def test_what_is_put_is_what_is_got(on_disk: bool) -> None:
    dice, scratch = random.Random(3), Scratch(on_disk=on_disk)
    put: list[tuple[tuple[int, int], bytes]] = []
    for _ in range(500):
        data = dice.randbytes(dice.choice([0, 1, 90, 30_000]))
        put.append((scratch.put(data), data))
        place, old = dice.choice(put)
        assert scratch.get(place) == old
    assert all(scratch.get(place) == data for place, data in put)
    scratch.close()
