"""The characters of a file: decoded, and which of them cannot stand in a record."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from diplomatic_timeline.model import limits
from diplomatic_timeline.model.characters import INVISIBLE
from diplomatic_timeline.record.yaml_errors import Explanation

BREAK = re.compile(r"\r\n|\r|\n")
_LOST = "\ufffd"
# CommonMark reads these, so a character comes in by them as well (HTML Living Standard 13.5).
_ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,32});")
_UTF_8 = "save the file with the encoding UTF-8"


def decode(data: bytes) -> tuple[str, tuple[Explanation, ...]]:
    """Return the text of a file (UTF-8, with or without a byte order mark) and what is wrong with it.

    At most one finding for a line, and the first ones alone. Where there is one, the text is fit only to be
    shown.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(0) > len(data) // 4:
        return "", (Explanation("not-utf8", "the file is saved as UTF-16, not as UTF-8", _UTF_8, (0, 0)),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="replace"), tuple(islice(_foreign_bytes(data), limits.FINDINGS))
    if _LOST in text or INVISIBLE.search(text):
        return text, tuple(islice(_foreign_characters(text), limits.FINDINGS))
    return text, ()


def invisible_character(text: str) -> str | None:
    """Return the name of the first character in a value that cannot be seen, an entity included, or None."""
    if bad := INVISIBLE.search(text):
        return _name(bad[0])
    entities = ((found[0], html.unescape(found[0])) for found in _ENTITY.finditer(text))
    return next((f"{entity}, {_name(c)}," for entity, c in entities if INVISIBLE.search(c)), None)


def _foreign_bytes(data: bytes) -> Iterator[Explanation]:
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", data)):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            yield Explanation(
                "not-utf8",
                f"the byte 0x{line[error.start]:02x} is not UTF-8",
                f"{_UTF_8}, and type the character again",
                (number, len(line[: error.start].decode("utf-8"))),
            )


def _foreign_characters(text: str) -> Iterator[Explanation]:
    for number, line in enumerate(BREAK.split(text)):
        if bad := INVISIBLE.search(line):
            yield Explanation(
                "invisible-character",
                f"{_name(bad[0])} cannot be seen, and cannot stand in a record",
                "delete it; it often comes along when text is pasted",
                (number, bad.start()),
            )
        elif _LOST in line:
            yield Explanation(
                "lost-character",
                "the mark � stands where a character was lost",
                "type the character again; text is damaged like this when it is saved in another encoding",
                (number, line.index(_LOST)),
            )


def _name(character: str) -> str:
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    return f"{number} ({name})" if name else f"the control character {number}"
