"""Every quotation of the real record is proven, and no altered one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from diplomatic_timeline.model.records import Quote
from diplomatic_timeline.proof.pins import Pin
from diplomatic_timeline.proof.proofs import proof_of
from diplomatic_timeline.record.loader import read_folder
from helpers.records import REAL

READING = read_folder(REAL, "events")
QUOTES = [quote for event in READING.corpus.events.values() for quote in event.quotes]
every_quote = pytest.mark.parametrize("quote", QUOTES, ids=[q.id for q in QUOTES])

_MARK = re.compile(r"\[[^\]]*\]")


def _is_proven(quote: Quote, text: str) -> bool:
    altered = quote.model_copy(update={"text": text})
    return proof_of(altered, READING.pins[quote.source], iter(())).outcome == "verified"


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of a quotation stand, its omission marks left out."""
    marks = [m.span() for m in _MARK.finditer(text)]
    words = [m.span() for m in re.finditer(r"[^\s\[\]]*\w[^\s\[\]]*", text)]
    return [(a, b) for a, b in words if not any(x <= a < y for x, y in marks)]


def _replaced(text: str, span: tuple[int, int], word: str) -> str:
    return f"{text[: span[0]]}{word}{text[span[1] :]}"


def _escaped(quote: Quote, variants: Iterator[str]) -> list[str]:
    """Return the altered texts that still pass as proven."""
    return [text for text in variants if _is_proven(quote, text)]


def test_the_record_has_quotations_and_a_pin_for_each_source_of_one() -> None:
    assert len(QUOTES) >= 26
    assert {q.source for q in QUOTES} <= set(READING.pins)
    assert all(isinstance(pin, Pin) for pin in READING.pins.values())


@every_quote
def test_a_quotation_as_entered_is_proven(quote: Quote) -> None:
    assert READING.proofs[quote.id].outcome == "verified"


@every_quote
def test_changing_any_one_word_is_caught(quote: Quote) -> None:
    spans = _spans(quote.text)
    assert spans
    assert _escaped(quote, (_replaced(quote.text, span, "lighthouse") for span in spans)) == []


@every_quote
def test_dropping_any_one_word_is_caught(quote: Quote) -> None:
    spans = _spans(quote.text)
    assert _escaped(quote, (_replaced(quote.text, span, "") for span in spans)) == []


@every_quote
def test_adding_a_word_anywhere_is_caught(quote: Quote) -> None:
    gaps = [(a, a) for a, _ in _spans(quote.text)] + [(b, b) for _, b in _spans(quote.text)]
    assert _escaped(quote, (_replaced(quote.text, gap, " lighthouse ") for gap in gaps)) == []


@every_quote
def test_repeating_any_word_is_caught(quote: Quote) -> None:
    text = quote.text
    assert _escaped(quote, (_replaced(text, (b, b), f" {text[a:b]}") for a, b in _spans(text))) == []


@every_quote
def test_swapping_two_neighbouring_words_is_caught(quote: Quote) -> None:
    spans = _spans(quote.text)
    text = quote.text

    def swapped() -> Iterator[str]:
        for (a, b), (c, d) in pairwise(spans):
            first, second = text[a:b].strip(".,;:!?"), text[c:d].strip(".,;:!?")
            if first.casefold() != second.casefold():
                yield f"{text[:a]}{second}{text[b:c]}{first}{text[d:]}"

    assert _escaped(quote, swapped()) == []


@every_quote
@pytest.mark.parametrize("negation", ["not", "never", "no"])
def test_a_negation_put_in_anywhere_is_caught(quote: Quote, negation: str) -> None:
    text = quote.text
    assert _escaped(quote, (_replaced(text, (a, a), f"{negation} ") for a, _ in _spans(text))) == []


@every_quote
def test_a_negation_taken_out_is_caught(quote: Quote) -> None:
    def affirmed() -> Iterator[str]:
        for a, b in _spans(quote.text):
            word = quote.text[a:b]
            if word.casefold().strip(".,") in ("not", "no", "never", "nor"):
                yield _replaced(quote.text, (a, b), "")
            elif re.search("n[’']t", word):
                yield _replaced(quote.text, (a, b), re.sub("n[’']t", "", word))

    assert _escaped(quote, affirmed()) == []


@every_quote
def test_dropping_the_words_on_either_side_of_an_omission_is_caught(quote: Quote) -> None:
    pieces = re.split(r"\s*\[\.\.\.\]\s*", quote.text)

    def shortened() -> Iterator[str]:
        for n, piece in enumerate(pieces):
            words = piece.split()
            for rest in (words[1:], words[:-1]):
                yield " [...] ".join([*pieces[:n], " ".join(rest), *pieces[n + 1 :]])

    assert _escaped(quote, shortened()) == []


def test_a_pin_holds_no_words_of_its_source() -> None:
    folder = REAL / "registry/pins"
    words = {w.casefold() for q in QUOTES for w in re.findall(r"[A-Za-z]{9,}", q.text)}
    for path in folder.glob("*.pin"):
        text = path.read_text(encoding="ascii").casefold()
        assert not [w for w in words if w in text]
