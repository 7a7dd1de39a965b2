"""Where a quotation may begin and end in a source without cutting a sentence.

That is at an end of the text, a paragraph or a sentence; behind a speaker's name in a transcript; behind the
number of a list's entry; and, inside of them only, at quotation marks. Never at a comma, semicolon, colon or
dash. In doubt there is no end: not before a small letter, not behind what may be abbreviated, not behind an
ordinal or three dots, not inside a bracket that stands within a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from diplomatic_timeline.proof import abbreviations
from diplomatic_timeline.proof.speakers import DIRECTION, Label, heading_of, sure_labels
from diplomatic_timeline.proof.tokens import CJK, TOKEN, fold, form

_BESIDE_CJK = re.compile(rf"(?<=[{CJK}])['‘]|['‘](?=[{CJK}])")
_OPENING = re.compile(r"(?<![^\s(\[\"“/-])['‘](?=[^\s.,;:!?)'\"”])(?!\d0s)")
_CLOSINGS = tuple(re.compile(rf"(?<={before})['‘](?![^\W_])") for before in (r"[.,!?]", r"[^\s.,!?]"))
_DOTS = re.compile(r"\.(?:\s?\.)*")
_PAIRS = {"(": ")", "[": "]", "<": ">"}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_HAN_NUMBER = "[一二三四五六七八九十百〇零]{1,4}"
_ENTRY = re.compile(
    rf"\s*(?:[*•]\s*)*(?:"
    rf"[(](?:\d{{1,3}}|[ivxIVX]{{1,5}}|[a-zA-Z]|{_HAN_NUMBER})[)],?"  # (4), (iv), (a), （一）、
    rf"|(?:{_HAN_NUMBER}|\d{{1,2}}),(?=\s*[{CJK}])"  # 三、 3、
    rf"|\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}\.(?=\s+[\"“'‘(]?(?:[A-Z]|[^\W\d_a-zà-ÿа-я]))"  # 2. 2.1.
    rf"|\d{{1,2}}\.(?=\s*[{CJK}])"
    rf"|(?:[ivxIVX]{{2,5}}|[a-z])\.(?=\s+[A-Z])"
    rf"|(?:\d{{1,2}}|[ivx]{{1,5}}|[a-z])\)"
    rf")\s*"
)
_MONTH = re.compile(
    "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
)
_LONG = 120  # characters in a line that is a paragraph
_CLOSED = re.compile(r"[.!?。\"”)\]…/-]\s*$")


@dataclass(slots=True)
class Source:
    """A source's text as read: `tokens`, and in which gaps of them something stands.

    Gap i is the one before token i. `boundaries`: ends of sentences and paragraphs. `openings`, `closings`:
    quotation marks. `marks`: double ones that part a speaker's words from another's. `brackets`: square ones.
    `labels`: the speakers of a transcript, each with the gap in which the turn begins.
    """

    tokens: list[str] = field(default_factory=list)
    boundaries: set[int] = field(default_factory=lambda: {0})
    openings: set[int] = field(default_factory=set)
    closings: set[int] = field(default_factory=set)
    marks: set[int] = field(default_factory=set)
    brackets: set[int] = field(default_factory=set)
    labels: tuple[Label, ...] = ()


@dataclass(slots=True)
class _Open:
    """A bracket or quotation mark that is open.

    What it is, where, whether a sentence begins there, and whether it is inside of one: in a bracket that
    stands within a sentence, or in the title of a book.
    """

    mark: str
    place: int
    begins: bool
    inside: bool


def read(text: str) -> Source:
    """Return a source's text as tokens, and what stands between them."""
    source = Source()
    paragraphs = list(_paragraphs(fold(text)))
    language = abbreviations.language(form(word) for word in TOKEN.findall(fold(text)))
    labels: list[Label] = []
    is_open = False
    for paragraph in paragraphs:
        is_open = _Paragraph(paragraph, source, language, is_open, labels).read()
    source.labels = sure_labels(labels)
    turns = [label.position for label in source.labels if label.sure]
    source.boundaries |= set(turns)
    if len(turns) > 1:
        # In a transcript a speaker quotes others; what is between marks is not the speaker's sentence.
        for gaps in (source.openings, source.closings):
            gaps -= {gap for gap in gaps if gap > turns[0]}
    return source


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a folded text.

    Where most of a text stands in long lines, a line is a paragraph; in one set to a width, blank lines part
    paragraphs, and so does the next speaker's name.
    """
    lines = text.split("\n")
    long = sum(len(line) for line in lines if len(line) > _LONG)
    broken = r"\n" if 2 * long > len(text) else r"\n\s*\n|\n(?=\s*\*\s)"
    for paragraph in re.split(broken, text):
        first, *others = paragraph.split("\n")
        block = [first]
        for line in others:
            if _CLOSED.search(block[-1]) and (heading := heading_of(line)) and heading.sure:
                yield "\n".join(block)
                block = []
            block.append(line)
        yield "\n".join(block)


class _Paragraph:
    """One paragraph, read into a source."""

    def __init__(self, text: str, source: Source, language: str, is_open: bool, labels: list[Label]) -> None:
        self.text, self.single = _with_clear_marks(text)
        self.source, self.language, self.labels = source, language, labels
        self.is_open = is_open  # a quotation of the paragraphs before was not closed
        self.is_odd = sum(text.count(mark) for mark in '"“”') % 2 == 1
        self.open: list[_Open] = []
        self.opened: Counter[str] = Counter()
        self.first = len(self.text) - len(self.text.lstrip(" *\n"))
        self.last = {closer: self.text.rfind(closer) for closer in _OPENERS}

    def read(self) -> bool:
        """Read it; return whether it leaves a quotation open."""
        source, text = self.source, self.text
        found = list(TOKEN.finditer(text))
        first = len(source.tokens)
        body = self._head([token.start() for token in found])
        end, word = body, ""
        for gap, token in enumerate(found, start=first):
            if token.start() >= body:
                if self._gap(end, token.start(), gap, word, token[0]):
                    source.boundaries.add(gap)
                end, word = token.end(), token[0]
            source.tokens.append(form(token[0]))
        self._gap(end, len(text), len(source.tokens), word, "")
        source.boundaries |= {first, len(source.tokens)}
        return self.is_odd if found else self.is_open ^ self.is_odd

    def _head(self, starts: list[int]) -> int:
        """Note a speaker's name or an entry's number; return where what is said begins."""
        first = len(self.source.tokens)
        if heading := heading_of(self.text):
            for place in sorted({heading.named, heading.begins}):
                position = first + sum(start < place for start in starts)
                self.labels.append(Label(position, heading.name, heading.sure))
            return heading.begins if heading.sure else 0
        entry = _ENTRY.match(self.text)
        if entry and not _MONTH.match(self.text, entry.end()):
            self.source.boundaries.add(first + sum(start < entry.end() for start in starts))
            return entry.end()
        return 0

    def _gap(self, start: int, stop: int, gap: int, word: str, following: str) -> bool:
        """Read what stands between two tokens, `word` and `following`; return whether a sentence ends there.

        Without a `word`, one begins there.
        """
        source, text = self.source, self.text
        ended = spaced = not word  # something ended a sentence, and nothing has taken that back
        at = start
        while at < stop:
            char = text[at]
            if char == ".":
                dots = _DOTS.match(text, at, stop)
                assert dots is not None
                count = dots[0].count(".")
                ended = count > 3 or (count == 1 and (at > start or self._full_stop(word, following)))
                spaced = False
                at = dots.end()
                continue
            if char in "!?。":
                ended = char != "!" or not (at == start and abbreviations.is_exclaimed(word))
                spaced = char == "。"
            elif char in _PAIRS:
                if self.last[_PAIRS[char]] > at:
                    self._open(char, at, ended and not self._is_inside())
                if char == "[":
                    source.brackets.add(gap)
            elif char in _OPENERS:
                ended = self._closed_bracket(char, at, ended)
                if char == "]":
                    source.brackets.add(gap)
            elif char in '"“”':
                ended = self._quotation_mark(at, gap, ended, following)
            elif char.isspace():
                spaced = True
            elif char not in "*'‘":
                ended = False
            at += 1
        if not ended or not following or self._is_inside():
            return False
        return not following[0].islower() and (spaced or re.match(f"[{CJK}]", following) is not None)

    def _open(self, mark: str, at: int, begins: bool) -> None:
        inside = mark == "<" or (mark in _PAIRS and not begins)
        self.open.append(_Open(mark, at, begins, inside or self._is_inside()))
        self.opened[mark] += 1

    def _close(self, mark: str) -> _Open | None:
        """Close what was opened last with a mark, and what was opened behind it; None where nothing was."""
        while self.opened[mark]:
            closed = self.open.pop()
            self.opened[closed.mark] -= 1
            if closed.mark == mark:
                return closed
        return None

    def _is_inside(self) -> bool:
        """Return whether a bracket is open that stands within a sentence, or the title of a book."""
        return bool(self.open) and self.open[-1].inside

    def _full_stop(self, word: str, following: str) -> bool:
        if abbreviations.is_abbreviation(word, following, self.language):
            return False
        if (word.isdecimal() and len(word) < 4) or abbreviations.is_roman(word):
            # An ordinal in German and other languages: `am 3. Mai`, `Ludwig XIV. Bourbon`.
            return abbreviations.begins_sentences(following) and self.language not in ("de", "")
        return True

    def _closed_bracket(self, char: str, at: int, ended: bool) -> bool:
        """Close a bracket; return whether a sentence has ended with it."""
        opened = self._close(_OPENERS[char])
        if opened is None:
            return ended
        if char == ">" or not opened.begins:
            return False
        is_short = at - opened.place < _LONG
        return ended or (is_short and DIRECTION.search(self.text[opened.place + 1 : at]) is not None)

    def _quotation_mark(self, at: int, gap: int, ended: bool, following: str) -> bool:
        """Note a quotation mark; return whether a sentence has ended with it."""
        source, text = self.source, self.text
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        opens = not before or before.isspace() or before in "([</-“*"
        closes = not after or after.isspace() or after in ")]>.,;:!?/-”。*"
        char = text[at]
        if opens == closes:
            opens = char == "“" or (char == '"' and not self.opened["“"])
        # A quotation of several paragraphs opens anew with each, and is closed once.
        if opens and self.is_open and at <= self.first:
            self.is_open = False
            return ended
        if at not in self.single:
            source.marks.add(gap)
        if opens:
            source.openings.add(gap)
            before_space = at
            while before_space and text[before_space - 1].isspace():
                before_space -= 1
            self._open("“", at, ended or text[before_space - 1 : before_space] in (",", ":", ""))
            return ended
        source.closings.add(gap)
        opened = self._close("“")
        free = opened is None or opened.begins
        stop_mark = text[at - 1 : at]
        in_han = re.match(f"[{CJK}]", following) is not None
        if in_han and "\u3040" <= following <= "\u309f":
            return False  # 「…。」と: the sentence goes on
        return ended and (free or (stop_mark == "." and not in_han))


def _with_clear_marks(paragraph: str) -> tuple[str, frozenset[int]]:
    """Return the paragraph with `“` and `”` for single quotation marks that are clearly no apostrophes, and
    where.

    Those are the ones beside a CJK character, and each pair whose second mark alone follows punctuation or a
    word.
    """
    characters = list(paragraph)
    single: set[int] = set()
    for found in _BESIDE_CJK.finditer(paragraph):
        single.add(found.start())
        characters[found.start()] = "“" if found[0] == "‘" else '"'
    openings = (found.start() for found in _OPENING.finditer(paragraph) if found.start() not in single)
    for start, stop in pairwise((*openings, len(paragraph))):
        candidates = ([m.start() for m in mark.finditer(paragraph, start + 1, stop)] for mark in _CLOSINGS)
        closings = [at for at in next(filter(None, candidates), []) if at not in single]
        if len(closings) == 1:
            characters[start], characters[closings[0]] = "“", "”"
            single |= {start, closings[0]}
    return "".join(characters), frozenset(single)
