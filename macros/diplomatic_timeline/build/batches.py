"""A large mapping in a file, some entries to a line of JSON: its text is never in memory as a whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

_MANY = 500


def write(file: Path, head: object, entries: Mapping[str, Any]) -> None:
    """Write plain JSON, `head` first, in a file that takes the old one's place. Raises OSError."""
    beside = file.with_name(f".{file.name}")
    with open(beside, "w", encoding="ascii") as lines:
        lines.write(json.dumps(head) + "\n")
        left = iter(entries.items())
        while batch := dict(islice(left, _MANY)):
            lines.write(json.dumps(batch) + "\n")
    os.replace(beside, file)


def read(file: Path) -> Iterator[Any]:
    """Yield what `write` was given: the head, then mappings of some entries. Raises OSError, ValueError."""
    with open(file, encoding="ascii") as lines:
        yield from map(json.loads, lines)
