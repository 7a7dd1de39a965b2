"""Fingerprints: whether something has to be made again follows from what it would be made from."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parents[1]

_LIBRARIES = "babel icalendar jinja2 markdown-it-py markupsafe pillow pydantic pydantic-core pyyaml tzdata"
_PARTS = ("*.py", "proof/*.toml", "proof/*.json", "templates/**/*.html", "templates/**/*.json")


def fingerprint(inputs: object) -> bytes:
    """Return the SHA-256 of plain values: text, bytes, numbers, None, tuples, lists, dicts, frozen records.

    Equal ones of the same type give the same 32 bytes, in every process. What has no form of its own in
    `repr`, such as a function or a set, gives others each time, so what is made from it is made again.
    """
    return sha256(repr(inputs).encode("utf-8", "surrogatepass")).digest()


@cache  # what is written later does not run yet
def program() -> bytes:
    """Return the fingerprint of what decides what is made: our modules and templates, libraries, Python."""
    paths = sorted({path for part in _PARTS for path in PACKAGE.rglob(part)})
    files = [(path.relative_to(PACKAGE).as_posix(), sha256(path.read_bytes()).digest()) for path in paths]
    return fingerprint((sys.version, [version(name) for name in _LIBRARIES.split()], files))
