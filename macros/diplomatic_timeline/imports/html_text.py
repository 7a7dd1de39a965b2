"""HTML of another program as CommonMark, and as plain text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from diplomatic_timeline.imports.commonmark import Look, Run, joined, written
from diplomatic_timeline.model import limits
from diplomatic_timeline.model.characters import INVISIBLE
from diplomatic_timeline.model.links import is_link

# Whatever is none of these begins a block of its own, so that words of two blocks never run together.
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small",
        "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    )
)  # fmt: skip
_KNOWN_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "col",
        "colgroup", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html",
        "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section",
        "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
    )
)  # fmt: skip
_MEDIA = frozenset(("img", "iframe", "video", "audio", "source", "track", "embed", "object", "input"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_UNREAD = frozenset(("script", "style", "template", "noscript"))
_STRUCK = frozenset(("del", "s", "strike"))
_CELLS = frozenset(("td", "th"))
# What a start tag ends, up to the nearest of its containers (HTML Living Standard 13.1.2.4, optional tags).
_ENDS = {
    "li": (("li",), ("ul", "ol", "menu")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "option": (("option",), ("select",)),
    "tr": (("tr", "td", "th", "caption"), ("table",)),
    "td": (("td", "th", "caption"), ("table", "tr")),
    "th": (("td", "th", "caption"), ("table", "tr")),
}
_NEAR = 100
_SUPERSCRIPT = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPT = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|ère|e|ème|nde|d|o|a|os|as)", re.IGNORECASE)


def clean(text: str) -> str:
    """Return text without characters that cannot be seen; joiners that spell stay (U+200C, U+200D)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\xa0", " ")
    text = re.sub("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    return INVISIBLE.sub("", text).replace("\ufffd", "?")


@dataclass(frozen=True, slots=True)
class _Container:
    """A quotation or an item of a list: what stands before its first line, and before the others."""

    first: str
    rest: str


@dataclass(slots=True)
class _Element:
    tag: str
    look: Look
    unseen: str | None
    """Why its words are no words of the text; None where they are."""
    numbered: int | None = None
    """Of a list with numbers: the next one's."""
    sign: str = ""
    """What marks an item of a list."""
    words: list[str] = field(default_factory=list)
    """What is raised, lowered or not seen: told when the element ends."""


class _Reader(HTMLParser):
    """Collects the blocks of a fragment: where each stands, and its words with how they are set."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[tuple[_Container, ...], list[Run]]] = []
        self.runs: list[Run] = []
        self.open: list[_Element] = []
        self.counts: Counter[str] = Counter()
        self.containers: list[tuple[_Element, _Container]] = []
        self.left: list[str] = []
        self.lists: dict[int, int] = {}

    # What the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        ends, within = _ENDS.get(tag, ((), ()))
        self.end_implied(ends, within)
        if tag not in _INLINE:
            self.end_implied(("p",), ("table", "td", "th", "li", "blockquote", "div"))
            self.break_block(tag)
        self.tell_attributes(tag, values)
        if tag in _VOID:
            return
        element = self.element(tag, values)
        if tag in ("ul", "ol", "menu"):
            depth = len(self.containers)
            lists = self.lists[depth] = self.lists.get(depth, 0) + 1
            start = values.get("start", "1")
            if tag == "ol":
                element.numbered = int(start) if re.fullmatch(r"[0-9]{1,8}", start) else 1
            # Two lists in a row stay two where their items have other signs.
            element.sign = ")."[lists % 2] if tag == "ol" else "+-"[lists % 2]
        if len(self.open) == limits.TAGS:
            self.tell("not read, for so many stand in one another", self.get_starttag_text() or tag)
            return
        self.open.append(element)
        self.counts[tag] += 1
        if tag == "blockquote":
            self.containers.append((element, _Container("> ", "> ")))
        elif tag == "li":
            sign = self.next_sign()
            self.containers.append((element, _Container(sign, " " * len(sign))))
        elif tag == "q":
            self.say("“")
        elif tag == "rt":
            self.say("(")

    def handle_endtag(self, tag: str) -> None:
        if self.counts[tag]:
            while self.end().tag != tag:
                pass
        elif tag in ("p", "br"):
            self.break_block(tag)

    def handle_data(self, data: str) -> None:
        self.say(clean(data))

    def handle_comment(self, data: str) -> None:
        self.tell("comment", data)

    def handle_decl(self, decl: str) -> None:
        if not decl.casefold().startswith("doctype"):
            self.tell("not read", f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.tell("not read", f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.tell("not read", f"<?{data}>")

    # What it comes to

    def say(self, words: str) -> None:
        element = self.open[-1] if self.open else None
        if element and (element.unseen or self.collecting):
            element.words.append(words)
        elif self.counts["pre"]:
            for number, line in enumerate(words.split("\n")):
                if number:
                    self.break_block("pre")
                self.runs.append((line, element.look if element else Look()))
        else:
            self.runs.append((words, element.look if element else Look()))

    @property
    def collecting(self) -> bool:
        return bool(self.counts["sub"] or self.counts["sup"])

    def end(self) -> _Element:
        element = self.open.pop()
        self.counts[element.tag] -= 1
        words = "".join(element.words)
        outer = self.open[-1] if self.open else None
        if element.tag == "q" and not element.unseen:
            words += "”"
        elif element.tag == "rt":
            words += ")"
        if element.unseen:
            if outer and outer.unseen == element.unseen:
                outer.words.append(words)
            else:
                self.tell(element.unseen, words)
        elif element.tag in ("sub", "sup") and words.strip():
            said = outer.words if outer and outer.words else [w for w, _ in self.runs[-_NEAR:]]
            before = next((w for w in reversed(said) if w), "")
            small, sign = (_SUPERSCRIPT, "^") if element.tag == "sup" else (_SUBSCRIPT, "_")
            self.say(_moved(words, small, sign, before))
        elif words:
            self.say(words)
        if self.containers and self.containers[-1][0] is element:
            self.break_block(element.tag)
            self.containers.pop()
        elif element.tag not in _INLINE:
            self.break_block(element.tag)
        return element

    def end_implied(self, ends: tuple[str, ...], within: tuple[str, ...]) -> None:
        if not any(self.counts[tag] for tag in ends):
            return
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].tag in ends:
                while len(self.open) > depth:
                    self.end()
            elif self.open[depth].tag in within:
                return

    def break_block(self, tag: str) -> None:
        if tag in _CELLS:
            if any(words.strip() for words, _ in self.runs) and not self.runs[-1][0].endswith("| "):
                self.runs.append((" | ", Look()))
            return
        if self.counts["td"] or self.counts["th"]:
            if self.runs and self.runs[-1][0] != " ":
                self.runs.append((" ", Look()))
            return
        if self.collecting:
            self.open[-1].words.append(" ")
            return
        runs = joined(self.runs)
        self.runs = []
        if runs and runs[-1][0].endswith(" |"):
            runs[-1] = (runs[-1][0][:-2].rstrip(), runs[-1][1])
        if any(words for words, _ in runs):
            self.blocks.append((tuple(c for _, c in self.containers), runs))

    def element(self, tag: str, values: dict[str, str]) -> _Element:
        """Return an element as it is set, inside of those that are open."""
        outer = self.open[-1] if self.open else _Element("", Look(), None)
        style = re.sub(r"\s+", "", values.get("style", "")).casefold()
        bold = tag in ("b", "strong") or re.search(r"font-weight:(?:bold|[6-9]00)", style) is not None
        slanted = tag in ("i", "em") or "font-style:italic" in style
        link = outer.look.link
        if tag == "a":
            url = values.get("href", "").strip()
            link = url if is_link(url) else None
            if url and link is None:
                self.tell("link", url)
        unseen = outer.unseen
        if unseen is None and tag in _UNREAD:
            unseen = f"{tag}, left out"
        elif unseen is None and (tag in _STRUCK or "line-through" in style):
            unseen = "struck out"
        elif unseen is None and ("hidden" in values or re.search("display:none|visibility:hidden", style)):
            unseen = "hidden"
        elif unseen is None and tag == "rp":
            unseen = "rp"
        return _Element(tag, Look(outer.look.bold or bold, outer.look.slanted or slanted, link), unseen)

    def next_sign(self) -> str:
        listed = next((e for e in reversed(self.open[:-1]) if e.tag in ("ul", "ol", "menu")), None)
        if listed is None or listed.numbered is None:
            return f"{listed.sign if listed else '-'} "
        listed.numbered += 1
        return f"{listed.numbered - 1}{listed.sign} "

    def tell(self, what: str, words: str) -> None:
        words = " ".join(clean(words).split())
        if words and what != "rp":
            self.left.append(f"{what}: {words}")

    def tell_attributes(self, tag: str, values: dict[str, str]) -> None:
        if tag not in _INLINE | _KNOWN_BLOCKS | _MEDIA | _VOID | _UNREAD:
            self.tell("tag that HTML does not have", self.get_starttag_text() or tag)
        if tag in _MEDIA:
            source = values.get("src") or values.get("data") or values.get("value") or values.get("srcset")
            alt = values.get("alt")
            self.tell(tag, " ".join(filter(None, (source, alt and f"({alt})"))))
        for name in ("title", "cite", "datetime", "reversed", "type", "value"):
            wanted = tag in ("ol", "li") if name in ("reversed", "type", "value") else True
            if name in values and wanted:
                self.tell(f"{name} of {tag}", values[name] or name)


def _moved(words: str, small: dict[int, int], sign: str, before: str = "") -> str:
    """Return raised or lowered words so that they mean the same: 10⁶, 21st, CO₂, x^(a+b)."""
    words = " ".join(words.split())
    written = words.translate(small)
    if sign == "^" and before[-1:].isdecimal() and _ORDINAL.fullmatch(words):
        return words
    if set(written) <= set(map(chr, small.values())):
        return written
    if sign == "^" and (not any(c.isalnum() for c in words) or re.fullmatch(r"\[[^\[\]]*\]", words)):
        return words  # a sign, or a mark in brackets of its own
    return f"{sign}{words}" if len(words) == 1 else f"{sign}({words})"


def _read(html: str) -> _Reader:
    reader = _Reader()
    # Behind the last `>` no tag is whole; the parser would look for an end of each.
    whole, end, rest = clean(html[: limits.TEXT]).rpartition(">")
    reader.feed(whole + end + rest.replace("<", "&lt;"))
    reader.close()
    while reader.open:
        reader.end()
    if len(html) > limits.TEXT:
        reader.tell("not read, for the text is longer than any may be", html[limits.TEXT :])
    reader.break_block("")
    return reader


def to_commonmark(html: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML as CommonMark without HTML, one paragraph a block, and what it could not hold."""
    reader = _read(html)
    lines: list[str] = []
    before: tuple[_Container, ...] = ()
    for containers, runs in reader.blocks:
        shared = 0
        while shared < min(len(before), len(containers)) and before[shared] is containers[shared]:
            shared += 1
        if lines:
            lines.append("".join(c.rest for c in containers[:shared]).rstrip())
        prefix = "".join(c.rest if n < shared else c.first for n, c in enumerate(containers))
        lines.append(prefix + written(runs))
        before = containers
    return "\n".join(lines), tuple(reader.left)


def to_text(html: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML as plain text on one line, and what it could not hold."""
    reader = _read(html)
    links = dict.fromkeys(look.link for _, runs in reader.blocks for _, look in runs if look.link)
    text = " ".join("".join(words for words, _ in runs) for _, runs in reader.blocks)
    return text, (*reader.left, *(f"link: {link}" for link in links))
