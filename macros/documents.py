"""YAML text to plain values that know where they stand.

Read from the parser's events, by the rules of the YAML 1.2 core schema: `NO`, `12:30`, `1.10` and dates stay
text (the field decides what a text means), `~` and an empty value are null, a key stands once, and there are
no tags, anchors or aliases, so a file says what it says and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from macros.diagnostics import Diagnostic, Position

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # PyYAML without libyaml: the same events, ten times slower
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]

Path: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | Sequence | Mapping | None"
# line, column, end line, end column; all 0-based as the parser counts
Span: TypeAlias = tuple[int, int, int, int]

# YAML 1.2.2 section 5.1 without the controls C1; tabs are reported by the parser where they indent.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_NULL = frozenset(("", "~", "null", "Null", "NULL"))


class Mapping(dict[str, Value]):
    """A YAML mapping; `keys_at` and `values_at` hold the spans of its keys and values."""

    __slots__ = ("keys_at", "span", "values_at")

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span
        self.keys_at: dict[str, Span] = {}
        self.values_at: dict[str, Span] = {}


class Sequence(list[Value]):
    """A YAML sequence; `items_at` holds the spans of its items."""

    __slots__ = ("items_at", "span")

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span
        self.items_at: list[Span] = []


@dataclass(slots=True)
class Document:
    """One file: its value, its lines, and what is wrong with its YAML.

    `file` is the path as findings show it (relative, with forward slashes).
    """

    file: str
    text: str = ""
    value: Value = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def position(self, path: Path = (), *, key: bool = False) -> Position:
        """Return where the value at `path` stands, or its key; for a missing field, its container."""
        node: Value = self.value
        span: Span = self._top()
        for depth, step in enumerate(path):
            last = depth == len(path) - 1
            if isinstance(node, Mapping) and isinstance(step, str) and step in node:
                span = node.keys_at[step] if key and last else node.values_at[step]
                node = node[step]
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
                span = node.items_at[step]
                node = node[step]
            else:
                break
        return self.place(span)

    def place(self, span: Span) -> Position:
        """Return the span as a position on its first line."""
        line, column, end_line, end_column = span
        text = self.line(line + 1)
        end = end_column if end_line == line else len(text.rstrip())
        return Position(self.file, line + 1, column + 1, max(1, end - column))

    def line(self, number: int) -> str:
        """Return the text of a line (1-based) without its end, or nothing past the last."""
        lines = self.text.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def finding(self, code: str, message: str, position: Position, help: str = "") -> Diagnostic:
        """Return a finding in this file, with the line it is about."""
        return Diagnostic(code, message, position, help, self.line(position.line) or None)

    def _top(self) -> Span:
        for number, line in enumerate(self.text.splitlines()):
            if line.strip() and not line.startswith("#"):
                return (number, 0, number, len(line.rstrip()))
        return (0, 0, 0, 1)


def read_document(file: str, data: bytes) -> Document:
    """Return the document that `data` (UTF-8 YAML) writes; its mistakes are in `diagnostics`."""
    document = Document(file)
    try:
        document.text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        document.text = data.decode("utf-8", errors="replace")
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", errors="replace")) + 1
        document.diagnostics.append(
            document.finding(
                "not-utf8",
                f"byte 0x{data[error.start]:02x} is not UTF-8",
                Position(file, line, column),
                "save the file with the encoding UTF-8 and type the character again",
            )
        )
        return document
    if bad := _UNPRINTABLE.search(document.text):
        line = document.text.count("\n", 0, bad.start()) + 1
        column = bad.start() - document.text.rfind("\n", 0, bad.start())
        document.diagnostics.append(
            document.finding(
                "control-character",
                f"the invisible character U+{ord(bad[0]):04X} cannot stand in a record",
                Position(file, line, column),
                "delete it; it often comes along when text is pasted",
            )
        )
        return document
    try:
        _Reader(document).read()
    except yaml.MarkedYAMLError as error:
        document.value = None
        document.diagnostics.append(_syntax_error(document, error))
    return document


class _Reader:
    """Builds the values of one document from the parser's events."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.events = yaml.parse(document.text, Loader=_Parser)

    def read(self) -> None:
        next(self.events)  # the stream's start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self._report(
                "empty-file", "the file is empty", (0, 0, 0, 1), "write the record or delete the file"
            )
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
        self.document.value = value

    def _report(self, code: str, message: str, span: Span, help: str) -> None:
        document = self.document
        document.diagnostics.append(document.finding(code, message, document.place(span), help))

    def _value(self, event: yaml.Event) -> tuple[Value, Span]:
        span = _span(event)
        if isinstance(event, yaml.AliasEvent):
            self._report(
                "yaml-alias", f"'*{event.anchor}' is a YAML alias", span, "write the value out, or quote it"
            )
            return None, span
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._report(
                "yaml-anchor", f"'&{event.anchor}' is a YAML anchor", span, "remove it, or quote the text"
            )
        if (tag := getattr(event, "tag", None)) is not None:
            self._report("yaml-tag", f"{tag!r} is a YAML tag", span, "remove it, or quote the text")
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None and event.value in _NULL
            return (None if plain else event.value), span
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(span)
        return self._mapping(span)

    def _sequence(self, start: Span) -> tuple[Sequence, Span]:
        sequence = Sequence(start)
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            value, span = self._value(event)
            sequence.append(value)
            sequence.items_at.append(span)
        sequence.span = (*start[:2], *_span(event)[2:])
        return sequence, sequence.span

    def _mapping(self, start: Span) -> tuple[Mapping, Span]:
        mapping = Mapping(start)
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, key_span = self._value(event)
            value, span = self._value(next(self.events))
            if not isinstance(key, str):
                if not isinstance(event, yaml.AliasEvent):
                    self._report(
                        "bad-key", "a field's name must be a plain word", key_span, "write 'name: value'"
                    )
            elif key in mapping:
                first = mapping.keys_at[key][0] + 1
                self._report(
                    "duplicate-key",
                    f"{key!r} stands twice in one place; the first is on line {first}",
                    key_span,
                    "keep one of the two, or merge them",
                )
            else:
                mapping[key] = value
                mapping.keys_at[key] = key_span
                mapping.values_at[key] = span if value is not None or span[1] != span[3] else key_span
        mapping.span = (*start[:2], *_span(event)[2:])
        return mapping, mapping.span


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    return (start.line, start.column, end.line, end.column)


def _syntax_error(document: Document, error: yaml.MarkedYAMLError) -> Diagnostic:
    problem = (error.problem or "cannot be read").strip()
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = document.text.splitlines()
    line = min(line, max(0, len(lines) - 1))
    text = lines[line] if lines else ""
    column = min(column, len(text))
    if "\t" in text[: column + 1] and not text[:column].strip():
        code, message = "tab-indent", "the line is indented with a tab"
        remedy, column = "use spaces: YAML does not allow tabs for indentation", text.index("\t")
    elif "mapping values are not allowed" in problem:
        code, message = "yaml-syntax", "a second ':' stands in one value"
        remedy = "put the whole value in quotation marks, or check the indentation"
    elif "could not find expected ':'" in problem:
        code, message = "yaml-syntax", "a field has no ':' after its name"
        remedy = "write 'name: value'; a text of several lines starts with '|' or stands in quotation marks"
    elif "found character that cannot start any token" in problem:
        code, message = "yaml-syntax", f"a value cannot start with {text[column : column + 1]!r}"
        remedy = "put the whole value in quotation marks"
    elif "while scanning a quoted scalar" in (error.context or ""):
        start = error.context_mark
        line, column = (start.line, start.column) if start else (line, column)
        code, message = "yaml-syntax", "a quotation mark is opened here and never closed"
        remedy = 'close it; inside double quotation marks write \\" for a mark that belongs to the text'
    elif "did not find expected" in problem:
        code, message = "yaml-syntax", "the line does not fit what stands before it"
        remedy = "check its indentation against the lines above, and that quotation marks are closed"
    else:
        code, message, remedy = "yaml-syntax", problem, "check indentation and quotation marks"
    return document.finding(code, message, Position(document.file, line + 1, column + 1), remedy)
