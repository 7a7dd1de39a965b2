"""YAML text to plain values that know where they stand.

Read from the parser's events, by the rules of the YAML 1.2 core schema: `NO`, `12:30`, `1.10` and dates stay
text (the field decides what a text means), `~` and an empty value are null, a key stands once, and there are
no tags, anchors or aliases, so a file says what it says and nothing else.
"""

from __future__ import annotations

import pathlib
import re
import sys
from collections.abc import Sequence as Several
from functools import partial

import yaml

from diplomatic_timeline.model.diagnostics import Diagnostic, shown
from diplomatic_timeline.record.characters import control_character, decode
from diplomatic_timeline.record.nodes import (
    Document,
    LateDocument,
    Mapping,
    Path,
    Sequence,
    Span,
    Unread,
    Value,
)
from diplomatic_timeline.record.plain_yaml import Plain, read_lines
from diplomatic_timeline.record.yaml_errors import Trouble, explain

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # PyYAML without libyaml: the same events, ten times slower
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]

    sys.stderr.write(
        "timeline: PyYAML has no C parser here, so unusual files are read up to ten times slower; "
        "PyYAML's wheels have it\n"
    )

__all__ = [
    "Document",
    "Mapping",
    "Path",
    "Sequence",
    "Unread",
    "Value",
    "late_document",
    "read_document",
    "read_plain",
]

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
# A comment that begins like a word was more likely meant as text: `Round #2`.
_HASH = re.compile(r"[ \t]+(#\w\S*)")
_DEEPEST = 32


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


def late_document(file: str, path: pathlib.Path) -> Document:
    """Return the document of a sound file, read when something in it is asked for."""
    return LateDocument(file, partial(_late, str(path), file))


def _late(path: str, file: str) -> Document:
    try:
        return read_document(file, pathlib.Path(path).read_bytes())
    except OSError:
        return Document(file)  # gone since the record was read


def read_plain(data: bytes) -> dict[str, Plain] | None:
    """Return the mapping that `data` writes, without places, or None where `read_document` is to read it.

    What is returned is what `read_document` would return, without a finding and without a null.
    """
    text, foreign = decode(data)
    return None if foreign else read_lines(text)


def _apart(before: Several[Diagnostic], last: Diagnostic) -> list[Diagnostic]:
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
        self.events = yaml.parse(document.text, Loader=_Parser)
        self.hashes = _HASH.search(document.text) is not None
        self.depth = 0
        self.odd_space = False

    def read(self) -> None:
        next(self.events)  # the stream's start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return
        value, _ = self._value(next(self.events))
        next(self.events)  # the document's end
        event = next(self.events)
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
        document.diagnostics.append(
            document.finding(code, message, document.place(span), help, warning=warning)
        )

    def _value(self, event: yaml.Event) -> tuple[Value, Span]:
        span = _span(event)
        if isinstance(event, yaml.AliasEvent):
            self._mark("yaml-alias", "alias", span, "write the value out")
            return Unread(), span
        marked = True
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._mark("yaml-anchor", "anchor", span, "remove it")
        elif getattr(event, "tag", None) is not None:
            self._mark("yaml-tag", "tag", span, "remove it")
        else:
            marked = False
        if isinstance(event, yaml.ScalarEvent):
            if marked and not event.value:
                return Unread(), span  # the mark is all there is: it was meant as text
            return self._scalar(event, span), span
        if self.depth == _DEEPEST:
            self._report(
                "too-deep",
                "lists and mappings stand in one another too many times",
                (*span[:2], *span[:2]),
                "put a text with brackets in quotation marks",
            )
            raise _StopError
        self.depth += 1
        value = (
            self._sequence(span) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(event, span)
        )
        self.depth -= 1
        return value, value.span

    def _mark(self, code: str, what: str, span: Span, remedy: str) -> None:
        """Report a mark of YAML's own, `&name`, `*name` or `!name`."""
        line, column = span[:2]
        found = re.match(r"\S+", self.document.line(line + 1)[column:])
        mark = found[0].rstrip(",]}") if found else ""
        self._report(
            code,
            f"{shown(mark)} is a YAML {what}, which is not used here",
            (line, column, line, column + len(mark)),
            f"{remedy}; a text that starts with {mark[:1]!r} must stand in quotation marks",
        )

    def _scalar(self, event: yaml.ScalarEvent, span: Span) -> Value:
        if not event.style:
            if event.value in _NULL:
                self.document.has_nulls = True
                return None
            if self.hashes and (found := _HASH.match(self.document.line(span[2] + 1), span[3])):
                self._report(
                    "hash-in-text",
                    f"from {found[1]!r} on, the line is a comment and not part of the value",
                    (span[2], found.start(1), span[2], found.end(1)),
                    "put the value in quotation marks; or, for a comment, write a space after '#'",
                    warning=True,
                )
        elif event.style == '"' and (name := control_character(event.value)):
            self._report(
                "invisible-character",
                f"{name} cannot be seen, and cannot stand in a record",
                span,
                "remove it, or write two backslashes where one is meant",
            )
            return Unread()
        return event.value

    def _sequence(self, start: Span) -> Sequence:
        sequence = Sequence(start)
        end = start
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            value, end = self._value(event)
            sequence.append(value)
            # An entry without a value stands at its '-'.
            empty = end[:2] == end[2:] and end[1] > 0
            sequence.items_at.append((end[0], end[1] - 1, end[0], end[1]) if empty else end)
        sequence.span = (*start[:2], *_end(event, end))
        return sequence

    def _mapping(self, opening: yaml.Event, start: Span) -> Mapping:
        mapping = Mapping(start)
        repeated: list[tuple[str, Span, Span]] = []
        end = start
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, key_span = self._value(event)
            value, span = self._value(next(self.events))
            end = span
            if not isinstance(key, str):
                mapping.incomplete = True
                if not isinstance(key, Unread):
                    self._bad_key(opening, start, key_span)
                continue
            if key == "<<":
                mapping.incomplete = True
                if not isinstance(value, Unread):
                    message = "'<<' is a YAML merge key, which is not used here"
                    self._report("yaml-alias", message, key_span, "remove it")
                continue
            if key != key.strip() and not getattr(event, "style", None):
                self.odd_space = True
                self._report(
                    "odd-space",
                    f"the space beside {key.strip()!r} is not the one that the space bar writes",
                    key_span,
                    "delete it and type it again; it often comes along when text is pasted",
                )
                continue
            if key in mapping:
                repeated.append((key, key_span, mapping.keys_at[key]))
                if mapping[key] is not None:
                    continue
            mapping[key] = value
            mapping.keys_at[key] = key_span
            mapping.values_at[key] = span if span[:2] != span[2:] else key_span
        mapping.span = (*start[:2], *_end(event, end))
        if repeated:
            mapping.repeated.update(key for key, _, _ in repeated)
            self._repeated(repeated)
        return mapping

    def _repeated(self, found: list[tuple[str, Span, Span]]) -> None:
        """Report the keys that stand twice: each time, or where several do, the first of them."""
        for number, (key, span, first) in enumerate(found):
            on = f"the first is on line {first[0] + 1}"
            if len({key for key, _, _ in found}) < 2:
                message = f"{shown(key)} stands twice in one place; {on}"
                self._report("duplicate-key", message, span, "keep one of the two, or merge them")
            elif number == 0:
                others = ", ".join(dict.fromkeys(shown(other) for other, _, _ in found if other != key))
                do = "do" if "," in others else "does"
                message = f"{shown(key)} stands twice in one place, as {do} {others}; {on}"
                remedy = (
                    "keep one of each; or, if another entry begins here, write its name or '- ' before it"
                )
                self._report("duplicate-key", message, span, remedy)

    def _bad_key(self, opening: yaml.Event, start: Span, span: Span) -> None:
        if isinstance(opening, yaml.MappingStartEvent) and opening.flow_style:
            message = "what stands between '{' and '}' is no list of fields"
            remedy = "a text that starts with '{' must stand in quotation marks"
            self._report("bad-key", message, start, remedy)
        else:
            self._report("bad-key", "a field's name must be a plain word", span, "write 'name: value'")


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    return (start.line, start.column, end.line, end.column)


def _end(event: yaml.Event, last: Span) -> tuple[int, int]:
    """Return where a collection ends: at its bracket, or with its last entry where it has none."""
    span = _span(event)
    return span[2:] if span[:2] != span[2:] else last[2:]


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
