"""What a site ships that somebody has written: licences, notices, and the files that hold it.

`shipped.toml` lists it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import distribution, version
from importlib.util import find_spec
from pathlib import Path

from diplomatic_timeline.assets import ASSETS


@dataclass(frozen=True)
class Shipped:
    """A work with a licence (an SPDX identifier); `files` are patterns of those that hold some of it."""

    name: str
    licence: str
    notice: str
    version: str = ""
    address: str = ""
    files: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The notice."""
        if self.notice.endswith(".txt"):
            return (ASSETS / self.notice).read_text(encoding="utf-8")
        package, _, file = self.notice.partition(":")
        if file:
            found = find_spec(package)
            return (Path(str(found and found.origin)).parent / file).read_text(encoding="utf-8")
        metadata = distribution(package)
        return metadata.read_text("licenses/LICENSE") or metadata.read_text("LICENSE") or ""


def shipped() -> tuple[Shipped, ...]:
    """Return what every site ships."""
    works = []
    for work in tomllib.loads((ASSETS / "shipped.toml").read_text(encoding="utf-8"))["work"]:
        if package := work.pop("package", ""):
            work["version"] = version(package)
        works.append(Shipped(**{**work, "files": tuple(work.get("files", ()))}))
    return tuple(works)
