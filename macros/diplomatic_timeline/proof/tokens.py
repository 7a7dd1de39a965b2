"""A text read as the tokens that a pin compares.

A text is read as tokens, so that copies which differ in typography alone read alike: Unicode NFKC and case
folding; soft hyphens and zero-width characters removed; every apostrophe alike and kept inside a word
(`don’t`); every dash a break between words, so `crisis-communications` is two tokens; full stops dropped
inside abbreviations of single letters (`U.S.` is `us`) and kept inside figures (`3.5` is not `35`); Han, kana
and hangul one token a character. Punctuation is dropped, but what changes a figure is not: `%`, `$`, a sign.
Dropped, too, are the marks of notes: `[1]`, a raised figure, a figure after the end of a sentence.

Where sentences begin and end: `sentences`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

NORMALISER = 3  # goes up whenever any text would read as other tokens or other boundaries

Tokens = tuple[str, ...]


@cache
def word_lists() -> dict[str, Any]:
    """Return the words by which sources are read (`words.toml`), each list a text, by module and name."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


CJK = "々〇\u3040-\u30ff\u31f0-\u31ff㐀-\u4dbf一-\u9fff가-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_SIGN = "%‰°&×±÷§$¢£¤¥֏؋৲৳฿\u20a0-\u20cf"
_WORD = rf"[^\s\"“”'‘.,!?;:()\[\]<>*/+\-。{_SIGN}{CJK}]"
_LETTER = rf"(?![{CJK}])[^\W\d_]"
TOKEN = re.compile(
    rf"(?=.\.)(?:{_LETTER}\.){{2,}}(?:{_LETTER})?(?:['‘]{_WORD}+)?(?!{_WORD})"  # U.S., e.g., the U.S.’s
    rf"|{_WORD}+(?:(?:['‘]|(?<=\d)[.,:](?=\d)){_WORD}+)*"
    rf"|(?<![^\s\"“”'‘(\[<*/])[-+](?=[{_SIGN}]?\d)"  # the sign of a figure
    rf"|[{_SIGN}{CJK}]"
)
_CHARACTER = re.compile(f"[{CJK}]")
_ALIKE = {
    **dict.fromkeys("'’ʼʻʹ′ꞌ", "'"),
    **dict.fromkeys("‘‛`", "‘"),
    # What a mark is, an opening or a closing one, depends on what stands around it, too: `sentences`.
    **dict.fromkeys("“„‟«‹‚「『〝❝", "“"),
    **dict.fromkeys("”»›」』〞〟❞", "”"),
    '"': '"',
    **dict.fromkeys("[【〔", "["),
    **dict.fromkeys("]】〕", "]"),
    **dict.fromkeys("《〈", "<"),  # titles of books and laws
    **dict.fromkeys("》〉", ">"),
    **dict.fromkeys("¿¡", " "),
    **dict.fromkeys("-‐‑‒–−", "-"),  # a longer dash is never the sign of a figure
    **dict.fromkeys("*_•‣▪◦●■", "*"),  # emphasis in Markdown, and bullets
    **dict.fromkeys("。।॥۔", "。"),
    **dict.fromkeys("\u034f\u115f\u1160\u180e", ""),
    **{c: c for c in "\n.,!?;:+%‰°&×±÷§"},
    "、": ",",
    "؟": "?",
    "⋯": "...",
    "\f": "\n",
    "\ufffd": "\ufffd",  # part of a word: where text was lost, the words on its two sides are no neighbours
}
_BY_CATEGORY = {"Ps": "(", "Pe": ")", "Pi": "“", "Pf": "”", "Cc": " ", "Cf": "", "Cs": "\ufffd"}

# Exponents: `km²`, `x³`.
_UNITS = frozenset(("km", "cm", "mm", "dm", "nm", "ft", "mi", "yd", "in", "hm", "µm", "μm"))
# Looked for where a word begins, or behind another: from inside of a word, each letter would be a start.
_RAISED = re.compile(
    r"(?:(?<![^\W\d_])|(?<=[⁰¹²³⁴⁵⁶⁷⁸⁹])(?=[^\w\s]))([^\W\d_]*)([^\w\s]?)[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?![^\W_])"
)
_NOTE = re.compile(r"\s?[\[［【〔](?:note |n\. ?)?\d{1,3}[\]］】〕]")
_GLUED = re.compile(
    rf"(?<=[^\W\d_]{{3}}[.!?])(?<!(?:art|fig|sec|vol|nos|Art|Fig|Sec|Vol|Nos)\.)([\"”’']?)\d{{1,2}}"
    rf"(?=\s+[A-ZÀ-ÞΑ-ΩА-Я{CJK}\"“]|\s*$)"
)


class _Folds(dict[int, str]):
    """What each character is read as, by its number; filled as characters come."""

    def __missing__(self, number: int) -> str:
        self[number] = folded = _folded(chr(number))
        return folded


_FOLDS = _Folds()
_LINES = re.compile("\r\n?|[\x0b\x85\u2028]")
_HYPHENATED = re.compile("\u00ad[ \t]*\n[ \t]*")


def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if char in _ALIKE:
        return _ALIKE[char]
    # What no table knows (private use, unassigned) cannot be taken for punctuation.
    if category[0] in "LMN" or category in ("Sc", "Co", "Cn"):
        return char
    return _BY_CATEGORY.get(category, " " if category[0] == "Z" else "/")


# A quotation is read several times over: for its words, and for the marks in it.
@lru_cache(maxsize=32)
def fold(text: str) -> str:
    """Return `text` in the few characters that `TOKEN` tells apart, each letter in its own case."""
    # Most texts have no break and no character to normalise.
    if not text.isprintable():
        text = _LINES.sub("\n", text).replace("\u2029", "\n\n")
        text = _HYPHENATED.sub("", text)
    text = _without_notes(text)
    if not text.isascii():
        # NFKC would make a space of a spacing acute, which is typed for an apostrophe.
        text = unicodedata.normalize("NFKC", text.replace("´", "'"))
    text = text.translate(_FOLDS)
    return text.replace("''", '"').replace("‘‘", '"')


def _without_notes(text: str) -> str:
    """Return `text` without the marks that lead to its notes."""
    if "[" in text or not text.isascii():
        text = _RAISED.sub(_raised, _NOTE.sub("", text))
    return _GLUED.sub(r"\1", text)


def _raised(found: re.Match[str]) -> str:
    word, punctuation = found[1], found[2]
    is_power = not punctuation and (word in _UNITS or (len(word) == 1 and not _CHARACTER.match(word)))
    return found[0] if is_power or not word + punctuation else word + punctuation


@lru_cache(maxsize=1 << 14)
def form(written: str) -> str:
    """Return the token for a word that `TOKEN` found; most come again and again."""
    if written.isascii() and written.isalnum():
        return written.lower()
    word = written.replace("‘", "'")
    if word[1:2] == "." and not word[0].isdecimal():
        word = word.replace(".", "")
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word.casefold())


def tokens(text: str) -> Tokens:
    """Return the tokens of `text`, in their order."""
    return tuple(map(form, TOKEN.findall(fold(text))))


def is_character(token: str) -> bool:
    """Return whether a token is one character of a script that sets no spaces between words."""
    return _CHARACTER.fullmatch(token) is not None


_NEAR = 1000  # characters within which the next word is looked for


def _written(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each token's word in `text` and where it stands; where that cannot be told, an empty stretch."""
    end = 0
    for word in TOKEN.findall(fold(text)):
        near = end + len(word) + _NEAR
        if "'" in word or "‘" in word:
            found = re.compile(re.sub("['‘]", ".", re.escape(word))).search(text, end, near)
            start, stop = found.span() if found else (-1, -1)
        else:
            start = text.find(word, end, near)
            stop = start + len(word)
        if start < 0:
            yield word, end, end
        else:
            yield text[start:stop], start, stop
            end = stop


def written(text: str) -> list[str]:
    """Return a word for each token of `text`, as it is written there where that can be told."""
    return [word for word, _, _ in _written(text)]


def spans(text: str) -> list[tuple[int, int]]:
    """Return where each token of `text` stands in it, empty where that cannot be told."""
    return [(start, end) for _, start, end in _written(text)]


_MARK = re.compile('["“”]')


def quotation_marks(text: str) -> frozenset[int]:
    """Return the gaps in which a double quotation mark stands: i is the gap before token i of `text`.

    Single marks are left aside: whether one is an apostrophe can depend on what stands around.
    """
    folded = fold(text)
    words = list(TOKEN.finditer(folded)) if _MARK.search(folded) else []
    ends, starts = [0, *(word.end() for word in words)], [*(word.start() for word in words), len(folded)]
    return frozenset(
        gap for gap, stretch in enumerate(zip(ends, starts, strict=True)) if _MARK.search(folded, *stretch)
    )
