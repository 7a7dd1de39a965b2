"""YAML text to plain values that know where they stand.

Read from the parser's events, by the rules of the YAML 1.2 core schema: `NO`, `12:30`, `1.10` and dates stay
text (the field decides what a text means), `~` and an empty value are null, a key stands once, and there are
no tags, anchors or aliases, so a file says what it says and nothing else.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import yaml

from diplomatic_timeline.model import limits
from diplomatic_timeline.model.diagnostics import Diagnostic, shown
from diplomatic_timeline.record.characters import decode, invisible_character
from diplomatic_timeline.record.nodes import (
    Document,
    MappingNode,
    SequenceNode,
    Span,
    Unread,
    Value,
)
from diplomatic_timeline.record.yaml_errors import Trouble, explain

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # PyYAML without libyaml: the same events, ten times slower
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]

    sys.stderr.write(
        "timeline: PyYAML has no C parser here, so files are read up to ten times slower; "
        "PyYAML's wheels have it\n"
    )

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
# A comment that begins like a word was more likely meant as text: `Round #2`.
_HASH = re.compile(r"[ \t]+(#\w\S*)")
_MARK = re.compile(r"\S+")


def read_document(file: str, data: bytes) -> Document:
    """Return the document that `data` (UTF-8 YAML) writes; its mistakes are in `diagnostics`.

    A file without a value (empty, or only comments) has the value None and no finding.
    """
    text, foreign = decode(data)
    document = Document(file, text)
    if foreign:
        document.diagnostics.extend(map(document.explained, foreign))
        return document
    try:
        _Reader(document).read()
    except _StopError:
        document.value = None
    except yaml.MarkedYAMLError as error:
        document.value = None
        found = explain(document.lines, _trouble(text, error))
        document.diagnostics[:] = _apart(document.diagnostics, document.explained(found))
    return document


def _apart(before: Sequence[Diagnostic], last: Diagnostic) -> list[Diagnostic]:
    """Return the findings of a file that could be read so far, without those that come of one mistake.

    What the parser stumbles over makes nonsense of the line before it got there; a line with a mark that is
    not used here, or an odd space, makes the next one seem out of place.
    """
    line = last.position.line
    if any(d.code == "odd-space" for d in before):
        return list(before)
    if last.code == "bad-indent" and any(d.position.line == line - 1 for d in before):
        return list(before)
    return [*(d for d in before if d.position.line != line), last]


class _StopError(Exception):
    """Ends the reading of a document; the findings say why."""


class _Reader:
    """Builds the values of one document from the parser's events."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.next: Callable[[], Any] = _Parser(document.text).get_event
        self.hashes = " #" in document.text or "\t#" in document.text
        self.depth = 0
        self.odd_space = False
        self.told: Counter[bool] = Counter()  # errors, and warnings

    def read(self) -> None:
        self.next()  # the stream's start
        if isinstance(self.next(), yaml.StreamEndEvent):
            return
        value, _ = self._value(self.next())
        self.next()  # the document's end
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._report(
                "second-document",
                "the file holds a second YAML document",
                _span(event),
                "keep one record in a file: remove the '---' line, or move the rest into its own file",
            )
        if self.odd_space:
            raise _StopError  # which record a field belongs to cannot be told
        self.document.value = value

    def _report(self, code: str, message: str, span: Span, help: str, *, warning: bool = False) -> None:
        document = self.document
        self.told[warning] += 1
        if self.told[warning] > limits.FINDINGS:
            document.untold += not warning
            return
        document.diagnostics.append(
            document.finding(code, message, document.place(span), help, warning=warning)
        )

    def _value(
        self, event: yaml.ScalarEvent | yaml.AliasEvent | yaml.CollectionStartEvent
    ) -> tuple[Value, Span]:
        """Return the value that begins with an event, and where it stands."""
        if isinstance(event, yaml.AliasEvent):
            self._mark("yaml-alias", "alias", event, "write the value out")
            return Unread(), _span(event)
        if event.anchor is not None:
            self._mark("yaml-anchor", "anchor", event, "remove it")
        elif event.tag is not None:
            self._mark("yaml-tag", "tag", event, "remove it")
        if isinstance(event, yaml.ScalarEvent):
            # Where the mark is all there is, it was meant as text.
            only_mark = not event.value and (event.anchor is not None or event.tag is not None)
            return Unread() if only_mark else self._scalar(event), _span(event)
        if self.depth == limits.DEPTH:
            self._report(
                "too-deep",
                "lists and mappings stand in one another too many times",
                _start(event),
                "put a text with brackets in quotation marks",
            )
            raise _StopError
        self.depth += 1
        value = self._sequence(event) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(event)
        self.depth -= 1
        return value, value.span

    def _mark(self, code: str, what: str, event: yaml.Event, remedy: str) -> None:
        """Report a mark of YAML's own, `&name`, `*name` or `!name`."""
        line, column = _span(event)[:2]
        found = _MARK.match(self.document.line(line + 1), column)
        mark = found[0].rstrip(",]}") if found else ""
        self._report(
            code,
            f"{shown(mark)} is a YAML {what}, which is not used here",
            (line, column, line, column + len(mark)),
            f"{remedy}; a text that starts with {mark[:1]!r} must stand in quotation marks",
        )

    def _scalar(self, event: yaml.ScalarEvent) -> Value:
        value: str = event.value
        if not event.style:
            if value in _NULL:
                self.document.has_nulls = True
                return None
            if self.hashes:
                self._check_hash(event)
        if len(value) * 4 > limits.TEXT and (size := len(value.encode())) > limits.TEXT:
            self._report(
                "too-long",
                f"the text has {size:,} bytes, and a text has at most {limits.TEXT:,}",
                _start(event),
                "keep what is needed of it",
            )
            return Unread()
        # Raw ones have been found in the file's text.
        if (event.style == '"' or "&" in value) and (name := invisible_character(value)):
            self._report(
                "invisible-character",
                f"{name} cannot be seen, and cannot stand in a record",
                _span(event),
                "remove it"
                if name.startswith("&")
                else "remove it, or write two backslashes where one is meant",
            )
            return Unread()
        return value

    def _check_hash(self, event: yaml.ScalarEvent) -> None:
        line, column = _span(event)[2:]
        if found := _HASH.match(self.document.line(line + 1), column):
            self._report(
                "hash-in-text",
                f"from {found[1]!r} on, the line is a comment and not part of the value",
                (line, found.start(1), line, found.end(1)),
                "put the value in quotation marks; or, for a comment, write a space after '#'",
                warning=True,
            )

    def _sequence(self, opening: yaml.CollectionStartEvent) -> SequenceNode:
        sequence, last = SequenceNode(), _span(opening)
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            value, last = self._value(event)
            sequence.append(value)
            sequence.items_at.append(last)
        sequence.span = _whole(opening, event, last)
        return sequence

    def _mapping(self, opening: yaml.CollectionStartEvent) -> MappingNode:
        mapping, last = MappingNode(), _span(opening)
        repeated: list[tuple[str, Span, Span]] = []
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key, at = self._value(event)
            value, last = self._value(self.next())
            if not isinstance(key, str):
                mapping.incomplete = True
                if not isinstance(key, Unread):
                    self._bad_key(opening, at)
                continue
            if key == "<<":
                mapping.incomplete = True
                if not isinstance(value, Unread):
                    message = "'<<' is a YAML merge key, which is not used here"
                    self._report("yaml-alias", message, at, "remove it")
                continue
            if key != key.strip() and not event.style:
                self.odd_space = True
                self._report(
                    "odd-space",
                    f"the space beside {key.strip()!r} is not the one that the space bar writes",
                    at,
                    "delete it and type it again; it often comes along when text is pasted",
                )
                continue
            if key in mapping:
                repeated.append((key, at, mapping.keys_at[key]))
                if mapping[key] is not None:
                    continue
            mapping[key] = value
            mapping.keys_at[key] = at
            mapping.values_at[key] = last
        mapping.span = _whole(opening, event, last)
        if repeated:
            mapping.repeated.update(key for key, _, _ in repeated)
            self._repeated(repeated)
        return mapping

    def _repeated(self, found: list[tuple[str, Span, Span]]) -> None:
        """Report the keys that stand twice: each time, or where several do, the first of them."""
        keys = dict.fromkeys(key for key, _, _ in found)
        for number, (key, span, first) in enumerate(found):
            on = f"the first is on line {first[0] + 1}"
            if len(keys) < 2:
                message = f"{shown(key)} stands twice in one place; {on}"
                self._report("duplicate-key", message, span, "keep one of the two, or merge them")
            elif number == 0:
                others = ", ".join(shown(other) for other in keys if other != key)
                do = "do" if "," in others else "does"
                message = f"{shown(key)} stands twice in one place, as {do} {others}; {on}"
                remedy = (
                    "keep one of each; or, if another entry begins here, write its name or '- ' before it"
                )
                self._report("duplicate-key", message, span, remedy)

    def _bad_key(self, opening: yaml.CollectionStartEvent, span: Span) -> None:
        if opening.flow_style:
            message = "what stands between '{' and '}' is no list of fields"
            remedy = "a text that starts with '{' must stand in quotation marks"
            self._report("bad-key", message, _span(opening), remedy)
        else:
            self._report("bad-key", "a field's name must be a plain word", span, "write 'name: value'")


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start
    assert end
    return start.line, start.column, end.line, end.column


def _start(event: yaml.Event) -> Span:
    return _span(event)[:2] * 2


def _whole(opening: yaml.CollectionStartEvent, closing: yaml.Event, last: Span) -> Span:
    """Return where a collection stands: up to its bracket, or with its last entry where it has none."""
    return _span(opening)[:2] + (_span(closing) if opening.flow_style else last)[2:]


def _trouble(text: str, error: yaml.MarkedYAMLError) -> Trouble:
    """Return where and why the parser stopped, and what it had read last."""
    last: yaml.Event | None = None
    try:
        for last in yaml.parse(text, Loader=_Parser):  # noqa: B007
            pass
    except yaml.YAMLError:
        pass
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    kind = "other"
    if isinstance(last, yaml.ScalarEvent):
        kind = "plain" if not last.style else "quoted" if last.style in "'\"" else "block"
    elif isinstance(last, yaml.AliasEvent):
        kind = "alias"
    elif isinstance(last, yaml.CollectionEndEvent) and _span(last)[:2] != _span(last)[2:]:
        kind = "bracket"
    return Trouble(
        problem=error.problem or "",
        context=error.context or "",
        at=(mark.line, mark.column) if mark else (0, 0),
        since=(context.line, context.column) if context else None,
        last=kind,
        last_span=_span(last) if last else (0, 0, 0, 0),
    )
