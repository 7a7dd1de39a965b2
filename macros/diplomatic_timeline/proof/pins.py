"""Proof of words: the pin of a source, which holds no text of it, and the search for a quote in a pin."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, fields
from hashlib import blake2b
from operator import attrgetter

from diplomatic_timeline.proof.tokens import NORMALISER as NORMALISER
from diplomatic_timeline.proof.tokens import Tokens, bounded_tokens, quotation_marks, tokens

WINDOW = 5  # tokens to a hash
MIN_WORDS = 50  # a shorter file is hardly an article: more likely a cookie notice or an error page

_HASH = 8  # bytes
_AGAIN = "pin the source again: .venv/bin/timeline pin SOURCE FILE"
_HEADER = {
    "source": "[!-~]+",
    "sha256": "[0-9a-f]{64}",
    "normaliser": "[0-9]{1,9}",
    "extractor": "[!-~]+(?: [!-~]+)*",
    "words": "[0-9]{1,9}",
    "pinned": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "check": "[0-9a-f]{16}",
}


class PinError(ValueError):
    """A damaged pin, or none: `message` says what is wrong in `line` of the file, `remedy` what to do."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}; {_AGAIN}")
        self.message, self.line, self.remedy = message, line, _AGAIN


@dataclass(frozen=True, slots=True)
class Pin:
    """The fingerprint of a source's text of `words` tokens.

    `sha256` (hex) is of the file the text was taken from, `extractor` says by what, `pinned` is an ISO 8601
    date. `windows` holds a 64-bit BLAKE2b hash (RFC 7693), little-endian, for every five neighbouring tokens,
    in their order. Bit i % 8 of byte i // 8 of `boundaries` is set where a boundary stands before token i,
    for i from 0 to `words`; a bit of `marks`, in the same way, where a double quotation mark stands.
    """

    source: str
    sha256: str
    normaliser: int
    extractor: str
    words: int
    pinned: str
    windows: bytes
    boundaries: bytes
    marks: bytes

    def marked(self, position: int) -> bool:
        """Return whether a double quotation mark stands before the token at `position` (0 to `words`)."""
        return bool(self.marks[position // 8] >> position % 8 & 1)

    def bounded(self, position: int) -> bool:
        """Return whether a boundary stands before the token at `position` (0 to `words`)."""
        return bool(self.boundaries[position // 8] >> position % 8 & 1)


_all_of = attrgetter(*(field.name for field in fields(Pin)))
"""Returns all that a pin holds, in order."""


def words(text: str) -> int:
    """Return the number of tokens in `text`, as `fingerprint` counts them."""
    return len(tokens(text))


def fingerprint(text: str, *, source: str, sha256: str, extractor: str, pinned: str) -> Pin:
    """Return the pin of `text`; the other arguments are recorded as given.

    Raises ValueError for a text of fewer than five words, and for a value that a pin's file cannot hold.
    """
    read, boundaries = bounded_tokens(text)
    if len(read) < WINDOW:
        raise ValueError(f"a text of {len(read)} words cannot be pinned: it takes {WINDOW} or more")
    marks = bytearray(len(boundaries))
    for position in quotation_marks(text):
        marks[position // 8] |= 1 << position % 8
    pin = Pin(
        source, sha256, NORMALISER, extractor, len(read), pinned, _windows(read), boundaries, bytes(marks)
    )
    for key, value in _header(pin):
        if not re.fullmatch(_HEADER[key], value):
            raise ValueError(f"a pin cannot hold {value!r} as {key}")
    return pin


def render(pin: Pin) -> str:
    """Return the text of the pin's file: ASCII, ending with a line break, the same on every machine.

    Lines `key: value`, the last of them a checksum; then, each after a blank line, the windows and the
    boundaries with the quotation marks, in base64 (RFC 4648 4) at 76 characters a line.
    """
    header = "".join(f"{key}: {value}\n" for key, value in _header(pin))
    blocks = (base64.b64encode(block).decode("ascii") for block in (pin.windows, pin.boundaries + pin.marks))
    return header + "".join("\n" + re.sub("(.{1,76})", r"\1\n", block) for block in blocks)


def parse(text: str) -> Pin:
    """Return the pin that a file written by `render` holds.

    Raises PinError, with line and remedy, for a damaged file and for a pin of another normaliser.
    """
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    values = []
    for number, (key, form) in enumerate(_HEADER.items(), start=1):
        line = lines[number - 1] if number <= len(lines) else ""
        given = re.fullmatch(f"{key}: ({form})", line)
        if given is None:
            raise PinError(f"here must stand '{key}: ' and its value, not {line[:40]!r}", number)
        if key == "normaliser" and given[1] != str(NORMALISER):
            raise PinError(f"normaliser {given[1]} made this pin, and {NORMALISER} is to read it", number)
        values.append(given[1])
    source, sha256, _, extractor, size, pinned, check = values
    blanks = [i for i, line in enumerate(lines) if not line]
    if len(blanks) != 2 or blanks[0] != len(values):
        raise PinError("a blank line must stand here, and one more between the two blocks", len(values) + 1)
    windows = _block(lines, blanks[0], blanks[1], (int(size) - WINDOW + 1) * _HASH)
    half = int(size) // 8 + 1
    gaps = _block(lines, blanks[1], len(lines), 2 * half)
    pin = Pin(source, sha256, NORMALISER, extractor, int(size), pinned, windows, gaps[:half], gaps[half:])
    if check != dict(_header(pin))["check"]:
        raise PinError("the checksum does not fit: the file was changed after it was written", len(values))
    return pin


def _header(pin: Pin) -> zip[tuple[str, str]]:
    """Yield the header's keys and values; the checksum is of all that the pin holds."""
    held = _all_of(pin)
    check = blake2b(repr(held).encode(), digest_size=_HASH).hexdigest()
    return zip(_HEADER, (*map(str, held[:6]), check), strict=True)


def _block(lines: list[str], start: int, stop: int, size: int) -> bytes:
    """Return the bytes whose base64 stands between two indices of `lines`."""
    for number, line in enumerate(lines[start + 1 : stop], start=start + 2):
        if not re.fullmatch("[A-Za-z0-9+/]" + ("{76}" if number < stop else "{1,76}={0,2}"), line):
            raise PinError("damaged base64", number)
    try:
        content = base64.b64decode("".join(lines[start + 1 : stop]), validate=True)
    except ValueError as error:
        raise PinError("damaged base64", stop) from error
    if len(content) != size:
        raise PinError(f"the header's count of words takes {size} bytes here, not {len(content)}", start + 2)
    return content


def _windows(tokens: Tokens) -> bytes:
    return b"".join(map(_hash, zip(*(tokens[i:] for i in range(WINDOW)), strict=False)))


def _hash(window: Tokens) -> bytes:
    return blake2b("\x1f".join(window).encode(), digest_size=_HASH).digest()
