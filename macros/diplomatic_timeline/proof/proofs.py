"""Whether each quotation's words stand in its pinned source, and what to say where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from diplomatic_timeline.model.quotation import printed_pieces
from diplomatic_timeline.model.records import Corpus, Event, Quote
from diplomatic_timeline.proof.matching import Finding, find
from diplomatic_timeline.proof.pins import WINDOW, Pin, words

_LONGEST = 40  # letters of a word that may have been misspelt
ProofOutcome = Literal["verified", "not-found", "unpinned"]


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome for one quotation.

    `pinned` is the day on which its source was pinned (ISO 8601), `finding` the nearest miss where its words
    were not found, `label` the name that a transcript gives to them where that is none of its speakers'.
    """

    outcome: ProofOutcome
    pinned: str | None = None
    finding: Finding | None = None
    label: str = ""


UNPINNED = Proof("unpinned")


def prove(corpus: Corpus, pins: Mapping[str, Pin], events: Iterable[Event] | None = None) -> dict[str, Proof]:
    """Return the proof of every quotation by id; a source without a pin leaves its quotations unpinned.

    With `events`, only of the quotations in those.
    """
    vocabulary = Vocabulary(corpus)
    return {
        quote.id: proof_of(quote, pins.get(quote.source), vocabulary, names_of(quote, corpus))
        for event in (corpus.events.values() if events is None else events)
        for quote in event.quotes
    }


def proof_of(
    quote: Quote, pin: Pin | None, vocabulary: Iterable[str], speakers: tuple[tuple[str, ...], ...] = ()
) -> Proof:
    """Return the proof of one quotation; `vocabulary` is read only to describe a miss.

    `speakers` are all names of each of its speakers.
    """
    if pin is None:
        return UNPINNED
    prefix, suffix = quote.prefix or "", quote.suffix or ""
    text, open_elisions = quote.text, quote.abridged

    def found(vocabulary: Iterable[str]) -> Finding:
        return find(
            text,
            pin,
            prefix=prefix,
            suffix=suffix,
            vocabulary=vocabulary,
            open_elisions=open_elisions,
            speakers=speakers,
        )

    finding = found(vocabulary)
    if finding.verified:
        return Proof("verified", pin.pinned, label=finding.label)
    if finding.word and not finding.expected and len(finding.word) < _LONGEST:
        finding = found(_slips(finding.word.casefold()))
    return Proof("not-found", pin.pinned, finding)


def names_of(quote: Quote, corpus: Corpus) -> tuple[tuple[str, ...], ...]:
    """Return all names of each person who speaks a quotation; none where a body speaks, by whomever."""
    people = [corpus.people.get(each.speaker) for each in quote.speakers]
    return tuple(person.all_names for person in people if person) if all(people) else ()


class Vocabulary:
    """The words of a record, each once: what a source has in place of a wrong word is often among them."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    @cached_property
    def words(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for event in self.corpus.events.values():
            texts = [event.summary, event.title, *(q.text for q in event.quotes)]
            texts += [p.statement for i in event.issues for p in i.positions.values()]
            for text in texts:
                found.update(dict.fromkeys(text.split()))
        return tuple(found)


def _slips(word: str) -> Iterator[str]:
    """Yield what a word may have been before one letter was dropped, added, changed or swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for n in range(len(word) + 1):
        head, tail = word[:n], word[n:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
    for ending in ("s", "es", "ed", "ing", "ly"):
        yield word + ending
        if word.endswith(ending):
            yield word.removesuffix(ending)


def explain(finding: Finding, quote: Quote) -> tuple[str, str]:
    """Return what is wrong with a quotation, and what to do, as an editor needs it."""
    where = {"text": "", "prefix": " of the prefix", "suffix": " of the suffix"}[finding.part]
    copy = (
        "copy the words from the source again, exactly as it prints them; "
        "where it breaks off, as for 'he said', write '[...]'"
    )
    match finding.reason:
        case "empty":
            return "a piece of the quotation has no words", "remove the '[...]' beside it"
        case "order":
            return "the pieces around '[...]' stand in another order in the source", "put them in its order"
        case "across":
            return (
                f"a quotation mark of the source stands before word {finding.position}, {finding.word!r}: "
                "from there on the words are not the speaker's",
                "write '[...]' in place of the words between the source's quotation marks, as for 'he said'",
            )
        case "short":
            given = sum(words(part) for part in (quote.prefix or "", quote.suffix or ""))
            has = f"; with its prefix and suffix it has {WINDOW - _lacking(finding, quote)}" if given else ""
            return (
                f"a piece of fewer than {WINDOW} words cannot be proven by itself{has}",
                f"give {_lacking(finding, quote)} more of the words right before or after it in the source, "
                "as 'prefix: ...' or 'suffix: ...'",
            )
        case "cut":
            side = "begins" if finding.edge == "start" else "ends"
            beyond = f"; the source has {finding.expected!r} there" if finding.expected else ""
            return (
                f"the quotation {side} in the middle of a sentence, at {finding.word!r}{beyond}",
                f"{copy}; or, if it is meant, {_permission(finding, quote)}",
            )
    if not finding.position:
        return "the words are not in the pinned source", f"check that it is the right source; {copy}"
    has = f"the source has {finding.expected!r}" if finding.expected else "the source has another word"
    if finding.lacks > 0:
        one = repr(finding.expected) if finding.expected else "one more word"
        left_out = f"{finding.lacks} more words" if finding.lacks > 1 else one
        return (
            f"before word {finding.position}{where}, {finding.word!r}, the source has {left_out}",
            "copy what stands there from the source; where it is left out on purpose, as 'he said', "
            "write '[...]'",
        )
    if finding.lacks < 0:
        place = f"word {finding.position}{where}, {finding.word!r},"
        said = f"{place} is" if finding.lacks == -1 else f"{-finding.lacks} words from {place} on are"
        return f"{said} not in the source there", "remove what is not, or put it in square brackets"
    return (
        f"word {finding.position}{where} is {finding.word!r}, {has}; "
        f"{finding.matched} word{'s' if finding.matched != 1 else ''} before it match",
        copy,
    )


def _permission(finding: Finding, quote: Quote) -> str:
    """Say what allows a quotation to cut a sentence at the edge in question."""
    last = len(printed_pieces(quote.text)) - 1
    if finding.edge == "start" and finding.fragment == 0:
        return "give the source's words right before it as 'prefix: ...'"
    if finding.edge == "end" and finding.fragment == last:
        return "give the source's words right after it as 'suffix: ...'"
    return "add 'abridged: true', which says that '[...]' leaves words of a sentence out"


def _lacking(finding: Finding, quote: Quote) -> int:
    """Return how many words a short piece lacks, its prefix and suffix counted."""
    pieces = printed_pieces(quote.text)
    number = min(finding.fragment, len(pieces) - 1)
    has = words(pieces[number])
    has += words(quote.prefix or "") if number == 0 else 0
    has += words(quote.suffix or "") if number == len(pieces) - 1 else 0
    return max(1, WINDOW - has)
