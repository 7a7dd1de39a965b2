"""A text read as the tokens that a pin compares, and the places where a quotation may begin or end.

A text is read as tokens, so that copies which differ in typography alone read alike: Unicode NFKC and case
folding; soft hyphens and zero-width characters removed; every apostrophe alike and kept inside a word
(`don’t`); every dash a break between words, so `crisis-communications` is two tokens; full stops dropped
inside abbreviations of single letters (`U.S.` is `us`) and kept inside figures (`3.5` is not `35`); Han, kana
and hangul one token a character. Punctuation is dropped, but what changes a figure is not: `%`, `$`, a sign.

A boundary is a gap between tokens where a quotation may begin or end without cutting a sentence: an end of
the text or of a paragraph, a quotation mark, the end of a sentence; never a comma, semicolon, colon or dash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

NORMALISER = 2  # goes up whenever any text would read as other tokens or other boundaries

Tokens = tuple[str, ...]

_CJK = "々〇\u3040-\u30ff\u31f0-\u31ff㐀-\u4dbf一-\u9fff가-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_SIGN = "%‰°&×±÷§$¢£¤¥֏؋৲৳฿\u20a0-\u20cf"
_WORD = rf"[^\s\"'‘.,!?;:()*/+\-。{_SIGN}{_CJK}]"
_LETTER = rf"(?![{_CJK}])[^\W\d_]"
_TOKEN = re.compile(
    rf"(?=.\.)(?:{_LETTER}\.){{2,}}(?:{_LETTER})?(?:['‘]{_WORD}+)?(?!{_WORD})"  # U.S., e.g., the U.S.’s
    rf"|{_WORD}+(?:(?:['‘]|(?<=\d)[.,:](?=\d)){_WORD}+)*"
    rf"|(?<![^\s\"'‘(*/])[-+](?=[{_SIGN}]?\d)"  # the sign of a figure
    rf"|[{_SIGN}{_CJK}]"
)
_CHARACTER = re.compile(f"[{_CJK}]")
_ALIKE = {
    **dict.fromkeys("'’ʼʻʹ′ꞌ", "'"),
    **dict.fromkeys("‘‛`", "‘"),
    **dict.fromkeys('"“”„‟«»‹›‚「」『』〈〉《》〝〞〟❝❞', '"'),
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
_BY_CATEGORY = {"Ps": "(", "Pe": ")", "Pi": '"', "Pf": '"', "Cc": " ", "Cf": "", "Cs": "\ufffd"}

_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}])['‘]|['‘](?=[{_CJK}])")
_OPENING = re.compile(r"(?<![^\s(\"/-])['‘](?=[^\s.,;:!?)'\"])(?!\d0s)")
_CLOSINGS = tuple(re.compile(rf"(?<={before})['‘](?!{_WORD})") for before in (r"[.,!?]", r"[^\s.,!?]"))
_STOP = re.compile(rf"[.!?][.!?)*'‘]*(?:\s(?!\s*[,;:])|(?=[{_CJK}]))")
_PAUSE = re.compile(r"\.(?:\s?\.){2,}")
_ABBREVIATION = re.compile(
    f"{_LETTER}|adm|amb|approx|brig|capt|cdr|cf|cmdr|col|corp|dept|dr|esq|gen|gov|hon|inc|jr|lt|ltd|maj"
    "|messrs|mr|mrs|ms|pres|prof|rep|rev|sen|sgt|sr|st|supt|vs|jan|feb|aug|sept|oct|nov"
)
_BEFORE_FIGURE = re.compile("apr|art|ch|dec|fig|jul|jun|mar|nos?|pp?|para|sec|sep|vol")


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
def _fold(text: str) -> str:
    """Return `text` in the few characters that `_TOKEN` tells apart, each letter in its own case."""
    # Most texts have no break and no character to normalise.
    if not text.isprintable():
        text = _LINES.sub("\n", text).replace("\u2029", "\n\n")
        text = _HYPHENATED.sub("", text)
    if not text.isascii():
        # NFKC would make a space of a spacing acute, which is typed for an apostrophe.
        text = unicodedata.normalize("NFKC", text.replace("´", "'"))
    text = text.translate(_FOLDS)
    return text.replace("''", '"').replace("‘‘", '"')


def _form(written: str) -> str:
    """Return the token for a word that `_TOKEN` found."""
    if written.isascii() and written.isalnum():
        return written.lower()
    word = written.replace("‘", "'")
    if word[1:2] == "." and not word[0].isdecimal():
        word = word.replace(".", "")
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word.casefold())


class _Forms(dict[str, str]):
    """The tokens for words that were met before: most come again and again."""

    def __missing__(self, written: str) -> str:
        if len(self) >= _KEPT:
            self.clear()
        self[written] = form = _form(written)
        return form


_KEPT = 1 << 14
_FORMS = _Forms()


def tokens(text: str) -> Tokens:
    """Return the tokens of `text`, in their order."""
    if not text:
        return ()
    return tuple(map(_FORMS.__getitem__, _TOKEN.findall(_fold(text))))


def is_character(token: str) -> bool:
    """Return whether a token is one character of a script that sets no spaces between words."""
    return _CHARACTER.fullmatch(token) is not None


def _written(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each token's word in `text` and where it stands; where that cannot be told, an empty stretch."""
    end = 0
    for word in _TOKEN.findall(_fold(text)):
        if "'" in word or "‘" in word:
            found = re.compile(re.sub("['‘]", ".", re.escape(word))).search(text, end)
            start, stop = found.span() if found else (-1, -1)
        else:
            start = text.find(word, end)
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


def bounded_tokens(text: str) -> tuple[Tokens, bytes]:
    """Return the tokens of a source's text, and its boundaries as a pin holds them."""
    read: list[str] = []
    positions = {0}
    folded = _fold(text)
    # A text with long lines has a paragraph to a line; in one set to a width, blank lines part paragraphs.
    broken = r"\n" if any(len(line) > 120 for line in folded.split("\n")) else r"\n\s*\n|\n(?=\s*\*\s)"
    for paragraph in map(_with_clear_marks, re.split(broken, folded)):
        end = 0
        for found in _TOKEN.finditer(paragraph):
            if end and _ends_sentence(read[-1], paragraph[end : found.start()], found[0][0]):
                positions.add(len(read))
            read.append(_form(found[0]))
            end = found.end()
        positions.add(len(read))
    boundaries = bytearray(len(read) // 8 + 1)
    for position in positions:
        boundaries[position // 8] |= 1 << position % 8
    return tuple(read), bytes(boundaries)


def quotation_marks(text: str) -> frozenset[int]:
    """Return the gaps in which a double quotation mark stands: i is the gap before token i of `text`.

    Single marks are left aside: whether one is an apostrophe can depend on what stands around.
    """
    folded = _fold(text)
    if '"' not in folded:
        return frozenset()
    gaps: set[int] = set()
    end = count = 0
    for found in _TOKEN.finditer(folded):
        if '"' in folded[end : found.start()]:
            gaps.add(count)
        end, count = found.end(), count + 1
    if '"' in folded[end:]:
        gaps.add(count)
    return frozenset(gaps)


def _with_clear_marks(paragraph: str) -> str:
    """Return the paragraph with `"` for each single quotation mark that is clearly no apostrophe.

    That is one beside a CJK character, or a pair whose second mark alone follows punctuation or a word.
    """
    paragraph = _BESIDE_CJK.sub('"', paragraph)
    characters = list(paragraph)
    openings = (found.start() for found in _OPENING.finditer(paragraph))
    for start, stop in pairwise((*openings, len(paragraph))):
        candidates = ([m.start() for m in mark.finditer(paragraph, start + 1, stop)] for mark in _CLOSINGS)
        closings = next(filter(None, candidates), [])
        if len(closings) == 1:
            characters[start] = characters[closings[0]] = '"'
    return "".join(characters)


def _ends_sentence(token: str, gap: str, following: str) -> bool:
    """Return whether a boundary stands in the gap between `token` and the character `following` it."""
    if '"' in gap or "。" in gap:
        return True
    if following.islower():
        gap = _PAUSE.sub(" ", gap)
    short = _ABBREVIATION.fullmatch(token) or (following.isdecimal() and _BEFORE_FIGURE.fullmatch(token))
    if short and gap.startswith(".") and not gap.startswith(".."):
        gap = gap[1:]
    return _STOP.search(gap + following) is not None
