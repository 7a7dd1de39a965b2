"""Builds the site in this folder as `mkdocs build -q` does, but for the search index: run as a script."""

from __future__ import annotations

from mkdocs.__main__ import cli

from macros import mkdocs_plugin


def nothing(*_: object) -> None:
    """Stand where the search index would be made."""


if __name__ == "__main__":
    for name in ("prepare", "publish"):
        assert callable(getattr(mkdocs_plugin, name))
        setattr(mkdocs_plugin, name, nothing)
    cli(["build", "-q"])
