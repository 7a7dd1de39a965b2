"""A quotation's marks are whole, and its words stand in its source."""

from __future__ import annotations

import re
from collections import Counter

from diplomatic_timeline.model.diagnostics import command
from diplomatic_timeline.proof.proofs import explain
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.reading import Findings, Reading

_MARKS = re.compile('["“”„«»「」『』]')


_BRACKETS = re.compile(r"\[[^\[\]]*\]")


def _is_whole(text: str) -> bool:
    """Return whether every bracket has its partner, and words stand outside them."""
    rest = _BRACKETS.sub("", text)
    return not ("[" in rest or "]" in rest) and bool(rest.strip())


@check(scope="event")
def quotations(reading: Reading) -> Findings:
    """Editor's marks inside a quotation are whole: `[...]`, `[word]`."""
    for id, event in reading.corpus.events.items():
        for n, quote in enumerate(event.quotes):
            rest = _BRACKETS.sub("", quote.text)
            if "[" in rest or "]" in rest:
                document = reading.origins["events", id].document
                yield document.finding(
                    "open-bracket",
                    "a square bracket has no partner",
                    document.bracket(("quotes", n, "text")),
                    "brackets mark what is yours: '[...]' for words left out, '[word]' for a word put in",
                )
            elif not rest.strip():
                yield reading.finding(
                    "empty-value",
                    "the quote has no words of its source",
                    ("events", id, "quotes", n, "text"),
                    "copy the words from the source",
                )


@check(scope="event")
def quotation_marks(reading: Reading) -> Findings:
    """The marks that the site sets around a quotation are not part of its text; inner ones come in pairs."""
    for id, event in reading.corpus.events.items():
        for n, quote in enumerate(event.quotes):
            marks = _MARKS.findall(quote.text)
            around = len(marks) == 2 and quote.text.startswith(marks[0]) and quote.text.endswith(marks[1])
            if around or len(marks) % 2:
                yield reading.finding(
                    "quotation-marks",
                    "the quotation marks around the words are not part of them"
                    if around
                    else "a quotation mark in the text has no partner",
                    ("events", id, "quotes", n, "text"),
                    "remove it: the site sets the marks around a quotation; inner ones come in pairs",
                )


@check()
def proven(reading: Reading) -> Findings:
    """Every quotation stands word for word in its pinned source; a source without a pin is a warning."""
    resting: dict[str, int] = {}
    times = Counter(quote.id for event in reading.corpus.events.values() for quote in event.quotes)
    for id, event in reading.corpus.events.items():
        for n, quote in enumerate(event.quotes):
            if times[quote.id] > 1 or not _is_whole(quote.text):
                continue  # that has been reported, and says nothing about the words
            proof = reading.proofs[quote.id]
            if proof.outcome == "unpinned":
                resting[quote.source] = resting.get(quote.source, 0) + 1
            elif proof.finding is not None:
                message, remedy = explain(proof.finding, quote)
                part = proof.finding.part
                yield reading.finding(
                    "not-found", f"not proven: {message}", ("events", id, "quotes", n, part), remedy
                )
            elif proof.label:
                yield reading.finding(
                    "another-speaker",
                    f"the source gives these words to {proof.label!r}, which is no name of {quote.speaker!r}",
                    ("events", id, "quotes", n, "speaker"),
                    "give the speaker whom the source names; if it is the same person, the registry can have "
                    "the name as it is spelt there",
                    warning=True,
                )
    for source, count in resting.items():
        if source in reading.corpus.sources and f"pins/{source}" not in reading.unreadable:
            yield reading.finding(
                "unpinned",
                f"the source is not pinned, so {count} quotation{'s' if count != 1 else ''} cannot be proven",
                ("sources", source),
                help=f"save its text in a file, then run: {command(f'pin {source} FILE')}",
                warning=True,
            )
