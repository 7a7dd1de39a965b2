"""The record for other programs: one module for each format, and `catalogue`, which makes them all.

`data_files` are those under `/data/`; `files` adds what belongs to single pages: each event's `event.json`
and social image, each issue's feed and calendar, and `robots.txt`.
"""

from __future__ import annotations

from macros.exports.catalogue import DataFile, PageFile, data_files, files
from macros.exports.imprint import Imprint

__all__ = ["DataFile", "Imprint", "PageFile", "data_files", "files"]
