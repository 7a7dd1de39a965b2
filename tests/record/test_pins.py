"""Every quotation of the real record is proven, and no altered one is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from diplomatic_timeline.model.records import Quote
from diplomatic_timeline.proof.pins import Pin
from diplomatic_timeline.proof.proofs import proof_of
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.reading import Reading
from helpers.records import REAL, skip_unless_published


@pytest.fixture(scope="module")
def reading() -> Reading:
    skip_unless_published(REAL)
    return read_folder(REAL, "events")


def quotes_of(reading: Reading) -> list[Quote]:
    return [quote for event in reading.corpus.events.values() for quote in event.quotes]


_MARK = re.compile(r"\[[^\]]*\]")


def _is_proven(quote: Quote, text: str, pin: Pin) -> bool:
    altered = quote.model_copy(update={"text": text})
    return proof_of(altered, pin, iter(())).outcome == "verified"


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of a quotation stand, its omission marks left out."""
    marks = [m.span() for m in _MARK.finditer(text)]
    words = [m.span() for m in re.finditer(r"[^\s\[\]]*\w[^\s\[\]]*", text)]
    return [(a, b) for a, b in words if not any(x <= a < y for x, y in marks)]


def _replaced(text: str, span: tuple[int, int], word: str) -> str:
    return f"{text[: span[0]]}{word}{text[span[1] :]}"


def test_every_quotation_has_a_pinned_source_and_is_proven_as_entered(reading: Reading) -> None:
    quotes = quotes_of(reading)
    assert len(quotes) >= 26
    assert {q.source for q in quotes} <= set(reading.pins)
    assert all(isinstance(pin, Pin) for pin in reading.pins.values())
    assert [q.id for q in quotes if reading.proofs[q.id].outcome != "verified"] == []


def _swapped(text: str) -> Iterator[str]:
    for (a, b), (c, d) in pairwise(_spans(text)):
        first, second = text[a:b].strip(".,;:!?"), text[c:d].strip(".,;:!?")
        if first.casefold() != second.casefold():
            yield f"{text[:a]}{second}{text[b:c]}{first}{text[d:]}"


def _affirmed(text: str) -> Iterator[str]:
    """Yield a text with one negation taken out."""
    for a, b in _spans(text):
        word = text[a:b]
        if word.casefold().strip(".,") in ("not", "no", "never", "nor"):
            yield _replaced(text, (a, b), "")
        elif re.search("n[’']t", word):
            yield _replaced(text, (a, b), re.sub("n[’']t", "", word))


def _shortened(text: str) -> Iterator[str]:
    """Yield a text without the words on either side of an omission."""
    pieces = re.split(r"\s*\[\.\.\.\]\s*", text)
    for n, piece in enumerate(pieces):
        words = piece.split()
        for rest in (words[1:], words[:-1]):
            yield " [...] ".join([*pieces[:n], " ".join(rest), *pieces[n + 1 :]])


def _put_in(word: str) -> Callable[[str], Iterator[str]]:
    return lambda text: (_replaced(text, (a, a), f"{word} ") for a, _ in _spans(text))


ALTERATIONS: dict[str, Callable[[str], Iterator[str]]] = {
    "changing any one word": lambda text: (_replaced(text, span, "lighthouse") for span in _spans(text)),
    "dropping any one word": lambda text: (_replaced(text, span, "") for span in _spans(text)),
    "adding a word before another": _put_in("lighthouse"),
    "adding a word behind another": lambda text: (
        _replaced(text, (b, b), " lighthouse") for _, b in _spans(text)
    ),
    "repeating any word": lambda text: (_replaced(text, (b, b), f" {text[a:b]}") for a, b in _spans(text)),
    "swapping two neighbouring words": _swapped,
    "putting in not": _put_in("not"),
    "putting in never": _put_in("never"),
    "putting in no": _put_in("no"),
    "taking a negation out": _affirmed,
    "dropping the words beside an omission": _shortened,
}


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_an_altered_quotation_is_caught(reading: Reading, alteration: str) -> None:
    for quote in quotes_of(reading):
        assert _spans(quote.text)
        pin = reading.pins[quote.source]
        taken = [text for text in ALTERATIONS[alteration](quote.text) if _is_proven(quote, text, pin)]
        assert taken == [], quote.id


def test_a_pin_holds_no_words_of_its_source(reading: Reading) -> None:
    words = {w.casefold() for q in quotes_of(reading) for w in re.findall(r"[A-Za-z]{9,}", q.text)}
    for path in (REAL / "registry/pins").glob("*.pin"):
        text = path.read_text(encoding="ascii").casefold()
        assert not [w for w in words if w in text]
