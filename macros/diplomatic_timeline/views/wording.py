"""The words of the interface in one language: texts by their keys, plural forms, numbers, sizes and lists.

A language is one file, `templates/words/<code>.json`, with the code that the theme has for it. It has groups
of texts, named after the component or the page that shows them; `{name}` in a text stands for a field. A text
that depends on a number `n` is an object with a form for each category that the language's numbers have
(Unicode TR35, "Language Plural Rules"). Names of months, numbers and those categories are CLDR's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from hashlib import sha256
from string import Formatter
from typing import Any, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone, get_timezone_name
from babel.numbers import format_decimal

from diplomatic_timeline.templates import TEMPLATES

FOLDER = TEMPLATES / "words"

Text: TypeAlias = str | Mapping[str, str]
"""A text, or its forms by category."""

_CATEGORIES = frozenset(("zero", "one", "two", "few", "many", "other"))
_ORDINALS = frozenset(("date.century",))
"""The texts whose forms are those of ordinal numbers."""


class WordingError(ValueError):
    """A language that has no file, or whose file is not whole; the message says what is missing."""


@dataclass(frozen=True, eq=False, repr=False)
class Wording:
    """The words of one language: `words("term.quotes")`, `words("count.quotes", n=3)`."""

    language: str
    texts: Mapping[str, Text]

    def __repr__(self) -> str:
        """Return what tells these words from others, for fingerprints."""
        return f"Wording({self.language!r}, {self._digest})"

    @cached_property
    def _digest(self) -> str:
        return sha256(json.dumps(self.texts).encode()).hexdigest()

    def each(self, change: Callable[[str], str]) -> Wording:
        """Return the same words, each text and form of a text changed."""
        return Wording(
            self.language,
            {
                key: change(text) if isinstance(text, str) else {form: change(t) for form, t in text.items()}
                for key, text in self.texts.items()
            },
        )

    def named_in(self, source: str) -> dict[str, Text]:
        """Return the texts whose keys stand in a script or a template between quotation marks."""
        return {key: text for key, text in self.texts.items() if f'"{key}"' in source}

    @cached_property
    def locale(self) -> Locale:
        """What CLDR knows of the language. Raises WordingError where that is nothing."""
        try:
            return Locale.parse(self.language, sep="-")
        except UnknownLocaleError as error:
            raise WordingError(str(error)) from None

    @cached_property
    def _cardinal(self) -> Any:
        return cache(self.locale.plural_form)

    def __call__(self, key: str, **fields: Any) -> str:
        """Return a text with its fields filled in; numbers among them are written as `number` does."""
        text = self.texts[key]
        if type(text) is not str:
            form = self.locale.ordinal_form if key in _ORDINALS else self._cardinal
            text = text[form(fields["n"])]  # type: ignore[index]
        if not fields:
            return text
        for name, value in fields.items():
            if type(value) is int:
                fields[name] = self.number(value)
        return text.format_map(fields)

    def number(self, number: int | Decimal, form: str | None = None) -> str:
        """Return a number in digits: `236`, `1,234`; `form` is a pattern of CLDR's."""
        if form is None and 0 <= number < 1000:
            return str(number)
        return format_decimal(number, form, self.locale)

    def size(self, octets: int) -> str:
        """Return a file's size: `236 kB`, `1.4 MB`."""
        if octets >= 1_000_000:
            return self("size.megabytes", size=self.number(Decimal(f"{octets / 1_000_000:.1f}"), "#,##0.0"))
        return self("size.kilobytes", size=-(-octets // 1000))

    @cached_property
    def months(self) -> Mapping[int, str]:
        """The names of the months as they stand beside a day, from 1 for January."""
        return dict(self.locale.months["format"]["wide"])

    @cached_property
    def months_alone(self) -> Mapping[int, str]:
        """The names of the months as they stand without a day."""
        return dict(self.locale.months["stand-alone"]["wide"])

    def called(self, language: str) -> str:
        """Return what a language is called: `Chinese`; its code where CLDR does not know."""
        name = self.locale.languages.get(language) or self.locale.languages.get(language.partition("-")[0])
        return str(name or language)

    def zone(self, name: str) -> str:
        """Return what an IANA time zone is called: `Eastern Time`."""
        return get_timezone_name(get_timezone(name), zone_variant="generic", locale=self.locale)

    def quoted(self, text: str) -> str:
        """Return a text between quotation marks."""
        return self("marks.open") + text + self("marks.close")

    def listed(self, texts: Sequence[str]) -> str:
        """Return texts as a list in a sentence: `A, B and C`."""
        *before, last = texts
        return self("list.last").join(filter(None, (self("list.comma").join(before), last)))


@cache
def load(language: str) -> Wording:
    """Return the words of a language. Raises WordingError."""
    path = FOLDER / f"{language}.json"
    if not path.is_file():
        raise WordingError(f"there is no {path}: the words are in {', '.join(languages())}")
    try:
        words = Wording(language, dict(_flat(json.loads(path.read_text(encoding="utf-8")))))
        faults = [] if language == "en" else list(_faults(words, load("en")))
    except ValueError as error:
        raise WordingError(f"{path}: {error}") from None
    if faults:
        raise WordingError(f"{path}: {'; '.join(faults)}")
    return words


def languages() -> tuple[str, ...]:
    """Return the languages that there are words in."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def _flat(group: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Text]]:
    """Yield the texts of a group and of those inside it, with their keys: `term.quotes`."""
    for name, value in group.items():
        if isinstance(value, Mapping) and not _CATEGORIES.issuperset(value):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, value


def _faults(words: Wording, model: Wording) -> Iterator[str]:
    """Yield what words lack, or have too much, beside those of another language."""
    for key, text in model.texts.items():
        if key not in words.texts:
            yield f"{key} is missing"
            continue
        rule = words.locale.ordinal_form if key in _ORDINALS else words.locale.plural_form
        mine = words.texts[key]
        if not isinstance(mine, str) and (lacking := {*rule.tags, "other"}.difference(mine)):
            yield f"{key} has no form for {', '.join(sorted(lacking))}"
        if unknown := _fields(mine) - _fields(text):
            yield f"{key} has no field {', '.join(sorted(unknown))}"
    yield from (f"{key} is not known" for key in words.texts.keys() - model.texts.keys())


def _fields(text: Text) -> set[str]:
    forms = [text] if isinstance(text, str) else text.values()
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


ENGLISH = load("en")
