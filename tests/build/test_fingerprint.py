"""Fingerprints tell values apart, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from diplomatic_timeline.build.fingerprint import fingerprint
from diplomatic_timeline.views.models import DateView, Link


def test_equal_values_have_one_fingerprint_and_different_ones_have_two() -> None:
    text = "".join(("te", "xt"))
    assert fingerprint((Link("text", None), "text")) == fingerprint((Link(text, None), text))
    different: list[Any] = [("a", "b"), ("ab",), ["a", "b"], (DateView("a", "b"),), (Link("a", "b"),)]
    different += [{"a": "b"}, ("a", ("b",)), (("a", "b"),), (1,), (True,), ("1",), (None,), ("None",), ()]
    different += [("a', 'b",), (b"a",), ("b'a'",), ("\ud800",)]
    assert len({fingerprint(value) for value in different}) == len(different)


def test_a_fingerprint_is_the_same_in_every_process() -> None:
    value = ("北京", {"a": [1, None]}, b"\x00")
    code = f"from diplomatic_timeline.build.fingerprint import *; print(fingerprint({value!r}).hex())"
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == fingerprint(value).hex()
