"""Whether each quotation's words stand in its pinned source, and what to say where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from macros.model import Corpus, Quote
from macros.pins import WINDOW, Finding, Pin, find

ProofOutcome = Literal["verified", "not-found", "unpinned"]


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome for one quotation.

    `pinned` is the day on which its source was pinned (ISO 8601), `finding` the nearest miss where its words
    were not found.
    """

    outcome: ProofOutcome
    pinned: str | None = None
    finding: Finding | None = None


UNPINNED = Proof("unpinned")


def prove(corpus: Corpus, pins: Mapping[str, Pin]) -> dict[str, Proof]:
    """Return the proof of every quotation by id; a source without a pin leaves its quotations unpinned."""
    return {
        quote.id: proof_of(quote, pins.get(quote.source), _vocabulary(corpus))
        for event in corpus.events.values()
        for quote in event.quotes
    }


def proof_of(quote: Quote, pin: Pin | None, vocabulary: Iterator[str]) -> Proof:
    """Return the proof of one quotation; `vocabulary` is read only to describe a miss."""
    if pin is None:
        return UNPINNED
    finding = find(
        quote.text, pin, prefix=quote.prefix or "", suffix=quote.suffix or "", vocabulary=vocabulary
    )
    if finding.verified:
        return Proof("verified", pin.pinned)
    return Proof("not-found", pin.pinned, finding)


def _vocabulary(corpus: Corpus) -> Iterator[str]:
    """Yield the words of all quotations: what a source has in place of a wrong word is often among them."""
    return (word for event in corpus.events.values() for quote in event.quotes for word in quote.text.split())


def explain(finding: Finding) -> tuple[str, str]:
    """Return what is wrong with a quotation, and what to do, as an editor needs it."""
    where = {"text": "", "prefix": " of the prefix", "suffix": " of the suffix"}[finding.part]
    copy = "copy the words from the source again, exactly as it prints them"
    match finding.reason:
        case "empty":
            return "a piece of the quotation has no words", "remove the '[...]' beside it"
        case "short":
            return (
                f"a piece of fewer than {WINDOW} words cannot be proven by itself",
                "add 'prefix: ...' or 'suffix: ...' with the words right before or after it in the source",
            )
        case "order":
            return "the pieces around '[...]' stand in another order in the source", "put them in its order"
        case "cut":
            side, name = ("begins", "prefix") if finding.edge == "start" else ("ends", "suffix")
            beyond = f"; the source has {finding.expected!r} there" if finding.expected else ""
            return (
                f"the quotation {side} in the middle of a sentence, at {finding.word!r}{beyond}",
                f"{copy}; or, if it is meant, give the source's words beyond as '{name}: ...'",
            )
    if not finding.position:
        return "the words are not in the pinned source", f"check that it is the right source; {copy}"
    has = f"the source has {finding.expected!r}" if finding.expected else "the source has another word"
    return (
        f"word {finding.position}{where} is {finding.word!r}, {has}; "
        f"{finding.matched} word{'s' if finding.matched != 1 else ''} before it match",
        copy,
    )
