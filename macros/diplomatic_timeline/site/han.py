"""The Chinese characters of a record, as a typeface that travels with its site.

A whole Chinese typeface weighs megabytes; the few characters of a record, some kilobytes. It is made from the
typeface of the briefings (.ci/fonts-print).
"""

from __future__ import annotations

import io
import re
from functools import partial

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.model.translations import SHOWN

PATH = "assets/fonts/han.woff2"
HAN = re.compile("[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
"""What the style sheet asks it for (fonts.css): ideographs, their radicals and their punctuation."""


def characters(corpus: Corpus, store: NullStore, whole: bytes) -> str:
    """Return the characters that a record needs, by code point; `whole` is the record's fingerprint."""
    return store.get_or_make("han-characters", whole, lambda: _characters(corpus).encode()).decode()


def _characters(corpus: Corpus) -> str:
    found = {c for record in corpus.records() for c in HAN.findall(record.model_dump_json(context=SHOWN))}
    return "".join(sorted(found))


def typeface(characters: str, store: NullStore) -> bytes:
    """Return a WOFF2 file with these characters; those that the typeface lacks are left out."""
    return store.get_or_make("han", characters, partial(_made, characters))


def _made(characters: str) -> bytes:
    # It takes a fifth of a second to import, and is needed where a record has new characters only.
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=["locl"], hinting=False, notdef_outline=True)
    with TTFont(ASSETS / "fonts" / "print" / "han.ttf", lazy=True, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        made = io.BytesIO()
        font.save(made)
    return made.getvalue()
