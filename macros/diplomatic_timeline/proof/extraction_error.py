"""The error of a file whose text cannot be had, and what all readers of files share."""

from __future__ import annotations

import re

_SAVE_AS_TEXT = "copy the article's text into a .txt file, save that as UTF-8, and pin it"


class ExtractionError(ValueError):
    """A file whose text cannot be had: `message` says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = _SAVE_AS_TEXT) -> None:
        super().__init__(f"{message}; {remedy}")
        self.message = message
        self.remedy = remedy


_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§¶]+|[a-z])[\])]?\s*")
_POWER_OF = re.compile(r"(?:[\d)]|\b(?:km|cm|mm|dm|m|ft|mi|yd|in|nm|[a-z]))$")


def is_note_mark(raised: str, before: str) -> bool:
    """Return whether raised characters lead to a note, given what stands before them: no power, no `1st`."""
    is_figure = any(c.isdigit() for c in raised)
    return _NOTE_MARK.fullmatch(raised) is not None and not (is_figure and _POWER_OF.search(before[-8:]))
