"""The pin of a source: fingerprints of its text, and nothing of it that can be read but speakers' names."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import blake2b
from operator import attrgetter

from diplomatic_timeline.model.diagnostics import command
from diplomatic_timeline.proof.sentences import read
from diplomatic_timeline.proof.speakers import Label
from diplomatic_timeline.proof.tokens import NORMALISER as NORMALISER
from diplomatic_timeline.proof.tokens import Tokens, tokens

WINDOW = 5  # tokens to a hash
MIN_WORDS = 50  # a shorter file is hardly an article: more likely a cookie notice or an error page

_HASH = 8  # bytes
_AGAIN = f"pin the source again: {command('pin SOURCE FILE')}"
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
    in their order. Bit i % 8 of byte i // 8 of `boundaries` is set where a sentence ends before token i, for
    i from 0 to `words`; in the same way a bit of `openings` and `closings` where a quotation mark opens and
    closes, of `marks` where a double one parts two speakers' words, of `brackets` where a square bracket
    stands. `labels` are the names of a transcript's speakers, in order.
    """

    source: str
    sha256: str
    normaliser: int
    extractor: str
    words: int
    pinned: str
    windows: bytes
    boundaries: bytes
    openings: bytes
    closings: bytes
    marks: bytes
    brackets: bytes
    labels: tuple[Label, ...] = ()

    def bounded(self, position: int) -> bool:
        """Return whether a sentence ends before the token at `position` (0 to `words`)."""
        return is_set(self.boundaries, position)


_GAPS = ("boundaries", "openings", "closings", "marks", "brackets")
_all_of = attrgetter(*(field.name for field in fields(Pin)))
"""Returns all that a pin holds, in order."""


def is_set(gaps: bytes, position: int) -> bool:
    """Return whether the bit of the gap before the token at `position` is set."""
    return bool(gaps[position // 8] >> position % 8 & 1)


def words(text: str) -> int:
    """Return the number of tokens in `text`, as `fingerprint` counts them."""
    return len(tokens(text))


def fingerprint(text: str, *, source: str, sha256: str, extractor: str, pinned: str) -> Pin:
    """Return the pin of `text`; the other arguments are recorded as given.

    Raises ValueError for a text of fewer than five words, and for a value that a pin's file cannot hold.
    """
    found = read(text)
    size = len(found.tokens)
    if size < WINDOW:
        raise ValueError(f"a text of {size} words cannot be pinned: it takes {WINDOW} or more")
    gaps = {name: _bits(getattr(found, name), size) for name in _GAPS}
    windows = _windows(tuple(found.tokens))
    pin = Pin(source, sha256, NORMALISER, extractor, size, pinned, windows, **gaps, labels=found.labels)
    for key, value in _header(pin):
        if not re.fullmatch(_HEADER[key], value):
            raise ValueError(f"a pin cannot hold {value!r} as {key}")
    return pin


def render(pin: Pin) -> str:
    """Return the text of the pin's file: ASCII, ending with a line break, the same on every machine.

    Lines `key: value`, the last of them a checksum; then, each after a blank line, the windows and what
    stands in the gaps between tokens, with the labels, in base64 (RFC 4648 4) at 76 characters a line.
    """
    header = "".join(f"{key}: {value}\n" for key, value in _header(pin))
    labels = json.dumps([[each.position, each.name, each.sure] for each in pin.labels], ensure_ascii=False)
    gaps = b"".join(getattr(pin, name) for name in _GAPS) + (labels.encode() if pin.labels else b"")
    blocks = (base64.b64encode(block).decode("ascii") for block in (pin.windows, gaps))
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
    span = int(size) // 8 + 1
    held = _block(lines, blanks[1], len(lines), len(_GAPS) * span, more=True)
    gaps = {name: held[at * span : (at + 1) * span] for at, name in enumerate(_GAPS)}
    labels = _labels(held[len(_GAPS) * span :], blanks[1] + 2)
    pin = Pin(source, sha256, NORMALISER, extractor, int(size), pinned, windows, **gaps, labels=labels)
    if check != dict(_header(pin))["check"]:
        raise PinError("the checksum does not fit: the file was changed after it was written", len(values))
    return pin


def _header(pin: Pin) -> zip[tuple[str, str]]:
    """Yield the header's keys and values; the checksum is of all that the pin holds."""
    held = _all_of(pin)
    check = blake2b(repr(held).encode(), digest_size=_HASH).hexdigest()
    return zip(_HEADER, (*map(str, held[:6]), check), strict=True)


def _bits(positions: Iterable[int], size: int) -> bytes:
    bits = bytearray(size // 8 + 1)
    for position in positions:
        bits[position // 8] |= 1 << position % 8
    return bytes(bits)


def _labels(held: bytes, line: int) -> tuple[Label, ...]:
    try:
        return tuple(Label(int(at), str(name), bool(sure)) for at, name, sure in json.loads(held or b"[]"))
    except (ValueError, TypeError, RecursionError) as error:
        raise PinError("damaged names of speakers", line) from error


def _block(lines: list[str], start: int, stop: int, size: int, *, more: bool = False) -> bytes:
    """Return the bytes whose base64 stands between two indices of `lines`: `size` of them, or `more`."""
    for number, line in enumerate(lines[start + 1 : stop], start=start + 2):
        if not re.fullmatch("[A-Za-z0-9+/]" + ("{76}" if number < stop else "{1,76}={0,2}"), line):
            raise PinError("damaged base64", number)
    try:
        content = base64.b64decode("".join(lines[start + 1 : stop]), validate=True)
    except ValueError as error:
        raise PinError("damaged base64", stop) from error
    if len(content) < size or (not more and len(content) > size):
        raise PinError(f"the header's count of words takes {size} bytes here, not {len(content)}", start + 2)
    return content


def _windows(tokens: Tokens) -> bytes:
    return b"".join(map(_hash, zip(*(tokens[i:] for i in range(WINDOW)), strict=False)))


def _hash(window: Tokens) -> bytes:
    return blake2b("\x1f".join(window).encode(), digest_size=_HASH).digest()
