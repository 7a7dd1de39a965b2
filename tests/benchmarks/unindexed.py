"""Builds the site in this folder as `mkdocs build -q` does, but for the search index: run as a script."""

from __future__ import annotations

from mkdocs.__main__ import cli

from diplomatic_timeline.plugin import plugin


def nothing(*_: object) -> None:
    """Stand where the search index would be made."""


if __name__ == "__main__":
    for name in ("prepare", "publish"):
        assert callable(getattr(plugin, name))
        setattr(plugin, name, nothing)
    cli(["build", "-q"])
