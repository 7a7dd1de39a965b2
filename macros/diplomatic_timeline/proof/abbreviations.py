"""Which words with a full stop behind them end no sentence.

The lists of Unicode CLDR and, but for English, of pySBD (`abbreviations.json`, written by
`.ci/abbreviations`) know few titles; those of offices and ranks, and what stands before names and numbers,
are added in `words.toml` for every language. A word that sentences do end with (`no`, `art`) counts as
abbreviated only before a number.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from diplomatic_timeline.proof.tokens import word_lists

_WORDS = word_lists()["abbreviations"]
_ALWAYS, _CAPITAL, _BEFORE_NUMBER, _EXCLAIMED, _STARTERS = (
    frozenset(_WORDS[name].split())
    for name in ("always", "capital", "before_number", "exclaimed", "starters")
)


@cache
def _listed() -> dict[str, frozenset[str]]:
    data = json.loads(files(__package__).joinpath("abbreviations.json").read_text("utf-8"))
    found = {language: frozenset(words.split()) for language, words in data["languages"].items()}
    return {**found, "": frozenset().union(*found.values())}


def language(words: Iterable[str]) -> str:
    """Return the language (ISO 639) of a text by its commonest words, lower-case; "" where none is known."""
    counts = Counter(words)
    scores = {code: sum(counts[word] for word in common.split()) for code, common in _WORDS["common"].items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] else ""


def is_abbreviation(word: str, following: str, language: str) -> bool:
    """Return whether a word with a full stop behind it, and `following` after that, ends no sentence.

    `language` is the text's, as `language` returns it. Errs to that side.
    """
    word = re.split("['‘]", word)[-1] or word  # l'Avv.
    folded = word.casefold()
    if (len(word) == 1 and not word.isdecimal()) or folded in _ALWAYS or word in _CAPITAL:
        return True
    if folded in _BEFORE_NUMBER:
        return is_number(following)
    if not (word.isupper() or any(c in "aeiouyàâäæéèêëîïôöœùûüÿáíóúñåøаеёиоуыэюя" for c in folded)):
        return word.isalpha() and word[0] < "\u0590"  # Sgt., Cmdr., Hptm.: no word is spelt so
    listed = _listed().get(language) or _listed()[""]
    return word in listed or (word.istitle() and folded in listed)


def is_number(word: str) -> bool:
    """Return whether a word is a number in figures, or a Roman one."""
    return word[:1].isdecimal() or is_roman(word)


def is_roman(word: str) -> bool:
    """Return whether a word is written with the capitals of Roman numbers alone."""
    return bool(word) and all(c in "IVXLC" for c in word)


def is_exclaimed(word: str) -> bool:
    """Return whether a name is spelt with an exclamation mark: `Yahoo!`."""
    return word.casefold() in _EXCLAIMED


def begins_sentences(word: str) -> bool:
    """Return whether a word is one that begins sentences, rather than a name that goes on with one."""
    return word.casefold() in _STARTERS
