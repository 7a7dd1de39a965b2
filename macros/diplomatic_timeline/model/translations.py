"""Texts that may stand in several languages, and which of them is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeAlias

from babel import Locale
from pydantic import (
    PlainSerializer,
    SerializationInfo,
    TypeAdapter,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from diplomatic_timeline.model.vocabulary import LANGUAGE, TEXT_SCHEMA, Language, Prose, Text

SHOWN = "shown"
"""The context in which a record is written with the texts that are shown, and not with all."""


class Languages(NamedTuple):
    """The language that is to be shown, and the record's own, in which a text without a language is.

    Where its own is empty, it is not known, and such a text is taken to be in the language that is shown.
    """

    shown: str = "en"
    own: str = ""


ANY = Languages()
"""Where nothing is known of either."""


class Told(str):
    """The text that is shown of several, its language, and all by their languages, as an editor wrote them.

    A text without translations has an empty mapping; it is of this kind only in another language than the
    one that is to be shown.
    """

    __slots__ = ("language", "texts")
    language: str
    texts: Mapping[str, str]

    def __new__(cls, text: str, language: str, texts: Mapping[str, str]) -> Told:
        told = super().__new__(cls, text)
        told.language, told.texts = language, texts
        return told

    def __repr__(self) -> str:
        """Return what tells it from others, for fingerprints."""
        return f"Told({super().__repr__()}, {self.language!r}, {self.texts!r})"


def part_of(text: str, part: str) -> str:
    """Return a part of a text, which has its language."""
    return Told(part, text.language, {}) if isinstance(text, Told) else part


def foreign(text: object, language: str) -> str | None:
    """Return the language of a text that is not in the language that is to be shown, or None."""
    is_other = isinstance(text, Told) and _primary(text.language) != _primary(language)
    return text.language if is_other else None  # type: ignore[attr-defined]


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _nearest(language: str, among: Iterable[str]) -> str | None:
    """Return a language, or else its first variant, as `zh-Hant` for `zh`; None where neither is there."""
    variants = [each for each in among if _primary(each) == _primary(language)]
    return language if language in variants else next(iter(variants), None)


@cache
def _known() -> frozenset[str]:
    return frozenset(Locale("en").languages)


def _told(texts: Mapping[str, str], languages: Languages) -> Told:
    for language in texts:
        if _primary(language) not in _known():
            raise PydanticCustomError("unknown_language", "no language", {"language": language})
    main = _nearest(languages.own, texts)
    if languages.own and main is None:
        raise PydanticCustomError("no_own_language", "not in the own language", {"language": languages.own})
    chosen = _nearest(languages.shown, texts) or main or next(iter(texts))
    return Told(texts[chosen], chosen, texts)


def _in_languages(kind: Any) -> WrapValidator:
    """Return what reads a text of a kind, or a mapping of languages to such texts."""
    several = TypeAdapter(dict[Language, kind])

    def read(value: object, read_one: ValidatorFunctionWrapHandler, info: ValidationInfo) -> str:
        languages = info.context or ANY
        # Where no key is a code, it is meant for something else, such as a text with a colon.
        if isinstance(value, Mapping) and any(re.fullmatch(LANGUAGE, str(key)) for key in value):
            return _told(several.validate_python(value), languages)
        text: str = read_one(value)
        return text if languages.own in ("", languages.shown) else Told(text, languages.own, {})

    return WrapValidator(read)


def _written(text: str, info: SerializationInfo) -> str | dict[str, str]:
    return dict(text.texts) if isinstance(text, Told) and text.texts and info.context != SHOWN else str(text)


_WRITTEN = PlainSerializer(_written)
_SCHEMA = WithJsonSchema(
    {
        "title": "a text, or one for each language",
        "anyOf": [
            TEXT_SCHEMA,
            {
                "title": "texts by language",
                "type": "object",
                "propertyNames": {"pattern": LANGUAGE},
                "additionalProperties": TEXT_SCHEMA,
                "minProperties": 1,
            },
        ],
    }
)
Texts: TypeAlias = Annotated[Text, _in_languages(Text), _WRITTEN, _SCHEMA]
"""A text that may carry translations; the validation's context are `Languages`, or None for any."""
ProseTexts: TypeAlias = Annotated[Prose, _in_languages(Prose), _WRITTEN, _SCHEMA]
"""CommonMark without HTML that may carry translations."""
