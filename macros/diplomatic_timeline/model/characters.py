"""Characters that cannot be seen."""

from __future__ import annotations

import re

# Everything that YAML 1.2.2 section 5.1 rules out, and what cannot be seen: marks of writing direction, soft
# hyphens, spaces and joiners of no width but the two that some scripts spell with (U+200C, U+200D).
# One set: alternatives would be tried one by one at every character of every file.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)

_BREAKS = str.maketrans("\t\r\n", "→\ufffd\ufffd")


def visible(text: str) -> str:
    """Return a text on one line, with a mark for each character that could command a terminal or an eye."""
    return text if text.isprintable() else INVISIBLE.sub("\ufffd", text.translate(_BREAKS))
