"""Text to the words by which it is found; engine.js among the assets does the same to what a reader types.

Words are cut and folded as by SQLite's `unicode61` tokenizer with `remove_diacritics 2`: letters and figures,
without case and accents. Scripts without spaces between words (Chinese, Japanese) have no words to cut, so
each run of them gives its overlapping pairs of characters, and its last character alone: any two characters
that stand together find the text, and so does any single one as the beginning of a pair.
"""

from __future__ import annotations

import re
import unicodedata

UNSPACED = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""The characters of scripts without spaces, as ranges of a regular expression."""

_OTHER = re.compile(r"[^\x00-\x7f]+")
_PLAIN = re.compile(r"[a-z0-9]+")
_SPACED = re.compile(r"[^\W_]+")
_RUNS = re.compile(f"([{UNSPACED}]+)")


class _Folded(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = ""
        for character in unicodedata.normalize("NFKD", chr(code)):
            category = unicodedata.category(character)[0]
            if category != "M":
                folded += character.lower() if category in "LN" else " "
        # The sigma that ends a word is the same letter.
        self[code] = folded = folded.replace("ς", "σ")
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return text without case and accents."""
    if not text.isascii():
        text = _OTHER.sub(lambda found: found[0].translate(_FOLDED), text)
    return text.lower()


def words(text: str, *, whole: bool = False) -> list[str]:
    """Return the words of a text in their order, folded; of a `whole` name without the ends of its runs."""
    folded = fold(text)
    if folded.isascii():
        return _PLAIN.findall(folded)
    before, *rest = _RUNS.split(folded)
    found = _SPACED.findall(before)
    for run, after in zip(rest[::2], rest[1::2], strict=True):
        found += pairs(run) if whole and len(run) > 1 else [*pairs(run), run[-1]]
        found += _SPACED.findall(after)
    return found


def pairs(run: str) -> list[str]:
    """Return the overlapping pairs of a run of characters; none for a single one."""
    return [run[n : n + 2] for n in range(len(run) - 1)]


def name_key(name: str) -> str:
    """Return the key under which a whole name stands in the index: its words, a space behind each.

    No word holds a space, so a key never meets a word; and a reader who types the name and nothing else
    makes the same key.
    """
    return "".join(f"{word} " for word in words(name, whole=True))
