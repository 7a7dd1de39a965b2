"""Work grows no faster than the text: whatever is repeated, a text as long as one may be is read in a moment.

Growth cannot be counted where a regular expression or a slice does the work, in C. So each function reads a
text of the longest kind on some CPU time: several times what linear work takes, and a tenth or less of what
quadratic work would, for 1e5 characters are 5e9 steps where each is looked at from each. What works in Python
reads an eighth of that, which is 1e8 steps of a hundred times the cost. The alarm is one of the process's own
CPU time, so a busy machine does not bring it forward, and a slow one is allowed as much more as it is slower.

`make test` gives each function some of the patterns, `make fuzz` all of them.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from diplomatic_timeline.briefings.text import blocks
from diplomatic_timeline.exports.citations import Reference, bibtex_entry
from diplomatic_timeline.imports import (
    commonmark,
    html_text,
    sheets,
    tables,
    timelinejs,
    timelinejs_files,
    yaml_writer,
)
from diplomatic_timeline.model import limits, quotation
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.diagnostics import did_you_mean
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.model.vocabulary import as_id
from diplomatic_timeline.proof import matching, pins, sentences, speakers, tokens
from diplomatic_timeline.proof.extraction import extract
from diplomatic_timeline.record.report import as_text
from diplomatic_timeline.record.yaml_reader import read_document
from diplomatic_timeline.search import passages, words
from diplomatic_timeline.site.social_cards import Card, CardRenderer
from diplomatic_timeline.views import prose
from helpers.generated import EXAMPLES

SOURCE = "We count the fish before we share them, and then we go home. [We] do. "
CARDS = CardRenderer()


def pin_of(text: str) -> pins.Pin:
    return pins.fingerprint(text, source="s", sha256="0" * 64, extractor="plain text", pinned="2021-12-31")


def slide(text: str) -> list[Any]:
    """Return the drafts of a slide that says a text wherever it can."""
    said = {
        "start_date": text,
        "text": {"headline": text, "text": text},
        "media": {"url": f"<blockquote>{text}"},
    }
    found = timelinejs_files.Slides([said], [])
    return list(timelinejs.Importer(Corpus()).drafts(found))


READERS: dict[str, Callable[[str], object]] = {
    "marks of a quotation": lambda t: (quotation.marked(t), quotation.printed_pieces(t)),
    "a date": parse_date,
    "an id": lambda t: (as_id(t), did_you_mean(t, ["title", "date"])),
    "tokens": lambda t: (tokens.tokens(t), tokens.spans(t), tokens.quotation_marks(t)),
    "sentences": sentences.read,
    "a speaker": lambda t: (speakers.heading_of(t), speakers.names_another(t, [("Eva", "夏娃")])),
    "a quotation": lambda t: matching.find(t, pin_of(SOURCE)),
    "a source": lambda t: matching.find(SOURCE, pin_of(SOURCE + t)),
    "a quotation in a source of the like": lambda t: matching.find(t, pin_of(f"{SOURCE} said {t} now")),
    "a pin": pins.parse,
    "a page": lambda t: extract(f"<!-- x -->{t}<p>{SOURCE * 9}{t}".encode(), "a.html"),
    "a file": lambda t: as_text(read_document("a", t.encode()).diagnostics),
    "a value": lambda t: as_text(read_document("a", f'b: "{t}"\nc: {t}\n'.encode()).diagnostics),
    "a summary": lambda t: (
        prose.to_html(t),
        prose.to_plain(t),
        prose.lead(t),
        prose.shortened(t),
        blocks(t),
    ),
    "HTML": lambda t: (html_text.to_commonmark(t), html_text.to_text(t)),
    "runs": lambda t: commonmark.written(
        [(t, commonmark.Look(bold=True)), (t, commonmark.Look(link="https://a.b"))]
    ),
    "a slide": slide,
    "slides": lambda t: timelinejs_files.read(t.encode()),
    "a script": lambda t: timelinejs_files.read(f"x = {t}".encode()),
    "rows": lambda t: tables.read_csv(t),
    "a mapping": sheets.read_mapping,
    "YAML": lambda t: yaml_writer.write({"title": t, "sources": [t]}, comments=[t]),
    "BibTeX": lambda t: bibtex_entry(Reference("a", "press", t, t, (t,), None, None, None)),
    "words": lambda t: (words.words(t), words.name_key(t), list(passages.passages("p", "t", t))),
    "a social image": lambda t: CARDS.draw(Card(t, t, (), t)),
}
IN_PYTHON = set("a page,a summary,HTML,runs,a slide,slides,a script,a social image".split(","))
IN_PYTHON |= {reader for reader in READERS if "quotation" in reader or "source" in reader}
PATTERNS = (
    " ¦\n¦\t¦a¦1¦.¦-¦'¦\"¦“¦‘¦[¦(¦<¦>¦*¦_¦`¦&¦#¦|¦\\¦:¦中¦¹¦é¦A. ¦a.¦a-¦1.¦1,¦a: ¦- ¦* ¦> ¦a\n¦\n ¦a'¦"
    "‘a ¦“a ¦a” ¦[a]¦[...] ¦[a¦](¦[a](b¦![¦**a¦*a_¦``a`¦&amp;¦<a ¦</¦<!-- -->¦<!--¦<!¦<?¦<b>¦<li>¦"
    "<td><table>¦<sup>1¦<tr>¦<ul><li>¦<q>¦<cite>¦https://a.¦a@b.¦MR. A: a\n¦Q: a\n¦A (b¦(a¦Word. ¦3.5 ¦"
    "We count the fish ¦x\u00ad\n¦{¦{a: ¦/* */¦//¦a,¦about ¦ａ'¦&a ¦!a ¦a #b\n¦\\u200b¦todo\n¦[1] ¦ﷺ"
).split("¦")


class TooLongError(BaseException):
    """The CPU time is used up. No Exception, so that no function takes it for an error of its own."""


def slowness() -> float:
    """Return how many times as long as where the limits were found this machine now takes for a loop."""
    begin = time.process_time()
    sum(range(2_000_000))
    return max(1.0, (time.process_time() - begin) / 0.03)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("reader", READERS)
def test_a_long_text_takes_no_longer_than_its_length(reader: str) -> None:
    turn = 1 if EXAMPLES else 8
    size = limits.TEXT // (8 if reader in IN_PYTHON else 1)
    late, allowed = [], 2 * slowness()
    for pattern in PATTERNS[[*READERS].index(reader) % turn :: turn]:
        text = pattern * (size // len(pattern.encode()))
        for said in (text, f"{text}'>x"):
            try:
                with within(allowed), suppress(ValueError):
                    READERS[reader](said)
            except TooLongError:
                late.append(pattern)
    assert late == []
