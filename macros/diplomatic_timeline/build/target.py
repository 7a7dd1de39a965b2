"""Something that can be made: where it belongs, what it is made from, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

Made = TypeVar("Made", covariant=True)

Content: TypeAlias = bytes | Iterator[bytes]
"""A file's bytes, at once or in pieces that need not be in memory together."""


@dataclass(frozen=True, slots=True)
class Target(Generic[Made]):
    """What `make` makes for `path`, an address below the site's root, of `inputs`.

    Inputs are plain values, as `fingerprint` takes them: where they are equal in two builds by one program,
    so is what is made. None says that nobody knows, so that it is made every time.
    """

    path: str
    inputs: object
    make: Callable[[], Made]
