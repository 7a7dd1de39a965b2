"""Builds the site in this folder as `mkdocs build -q` does, but for the search index: run as a script."""

from __future__ import annotations

from unittest.mock import patch

from mkdocs.__main__ import cli

if __name__ == "__main__":
    with patch("diplomatic_timeline.plugin.plugin.publish"):
        cli(["build", "-q"])
