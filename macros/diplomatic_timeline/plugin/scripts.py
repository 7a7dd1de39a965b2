"""The site's scripts as they are sent: without comments and indentation, those of the overview chart as one.

Names stay as they are written, so that what a browser says of a script can be found in its source. Line
breaks stay, too, because some of them end a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)
      | (?P<blank>\s+)
      | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<pattern>/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*)
      | (?P<word>[\w$]+)
      | (?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
_CHUNK = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
# After these a slash begins a pattern; after all else it divides.
_OPENING = frozenset("(,=:[!&|?{};+-*%<>~^") | {"return", "typeof", "case", "in", "of", "void", "delete"}


def bare(script: str) -> str:
    """Return a script without comments and indentation. What stands in its texts and patterns is left alone.

    A slash behind a closing bracket is taken to divide, as nearly all are.
    """
    return _code(script, 0)[0] + "\n"


def joined(scripts: Iterable[str]) -> str:
    """Return scripts as one, in their order."""
    return "".join(map(bare, scripts))


def _code(script: str, at: int) -> tuple[str, int]:
    """Return code up to the end, or to the brace that closes a template literal's hole, and where that is."""
    out: list[str] = []
    before, gap, depth = ";", "", 0
    while at < len(script):
        token = _TOKEN.match(script, at)
        assert token is not None
        kind, text = token.lastgroup, token[0]
        if kind == "pattern" and before not in _OPENING:
            text = "/"
        at += len(text)
        if kind in ("comment", "blank"):
            # A comment parts two words as a blank does.
            gap = "\n" if "\n" in gap + text else " "
            continue
        before = text
        if text == "`":
            text, at = _literal(script, at)
        depth += (text == "{") - (text == "}")
        if depth < 0:
            break
        out += (gap if out else "", text)
        gap = ""
    return "".join(out), at


def _literal(script: str, at: int) -> tuple[str, int]:
    """Return a template literal from behind its first back quote, and where it ends."""
    out = ["`"]
    while True:
        chunk = _CHUNK.match(script, at)
        assert chunk is not None
        out.append(chunk[0])
        at = chunk.end()
        if not script.startswith("${", at):
            return "".join([*out, "`"]), at + 1
        inner, at = _code(script, at + 2)
        out.append("${" + inner + "}")
