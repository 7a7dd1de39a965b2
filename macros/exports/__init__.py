"""The record for other programs: one module for each format, and `catalogue`, which makes them all.

`data_files` are those under `/data/`, `page_files` what belongs to single pages: each event's `event.json`,
each issue's feed and calendar; `site_files` are social images and `robots.txt`. `files` are all but images.
"""

from __future__ import annotations

from macros.exports.catalogue import (
    DataFile,
    PageFile,
    data_files,
    described_as_json,
    described_in_json,
    files,
    page_files,
    site_files,
)
from macros.exports.imprint import Imprint

__all__ = [
    "DataFile",
    "Imprint",
    "PageFile",
    "data_files",
    "described_as_json",
    "described_in_json",
    "files",
    "page_files",
    "site_files",
]
