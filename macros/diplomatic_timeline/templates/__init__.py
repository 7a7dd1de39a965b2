"""The site's and the briefings' templates, their words, and where they are."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).parent
