"""Values that know where they stand in their file: mappings, lists, and the document that holds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from diplomatic_timeline.model.diagnostics import Diagnostic, Position, Severity
from diplomatic_timeline.record.characters import BREAK
from diplomatic_timeline.record.yaml_errors import Explanation

Path: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | Sequence | Mapping | Unread | None"
# line, column, end line, end column; all 0-based as the parser counts
Span: TypeAlias = tuple[int, int, int, int]

_COMMENT = re.compile(r"\s+#.*")


class Unread:
    """Stands where a value could not be read; a finding says why."""


class Mapping(dict[str, Value]):
    """A YAML mapping; `keys_at` and `values_at` hold the spans of its keys and values.

    `incomplete` says that it has more than was read, `repeated` which keys stand in it more than once.
    """

    __slots__ = ("incomplete", "keys_at", "repeated", "span", "values_at")

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span
        self.incomplete = False
        self.repeated: set[str] = set()
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
    has_nulls: bool = False
    lines: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = BREAK.split(self.text)

    @property
    def whole(self) -> Position:
        """The position of a finding about the file as a whole."""
        return Position(self.file)

    def position(self, path: Path = (), *, key: bool = False) -> Position:
        """Return where the value at `path` stands, or its key; for a missing field, its container."""
        return self.place(self._span(path, key=key))

    def value_at(self, path: Path) -> Value:
        """Return the value at `path`; None where there is none."""
        node: Value = self.value
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def owner(self, path: Path) -> Position:
        """Return what a missing field at `path` belongs to: the name before its fields, or the first one."""
        container = path[:-1]
        named = bool(container) and isinstance(container[-1], str)
        return self.position(container, key=named)

    def bracket(self, path: Path) -> Position:
        """Return the first square bracket without a partner in the text at `path`, or the text itself."""
        whole = self.position(path)
        line, column, end_line, end_column = self._span(path)
        unmatched: list[tuple[int, int]] = []
        opened: tuple[int, int] | None = None
        for number in range(line, end_line + 1):
            text = self.line(number + 1)
            begin = column if number == line else 0
            end = end_column if number == end_line else len(text)
            for at in range(begin, end):
                if text[at] == "[":
                    unmatched += [opened] if opened else []
                    opened = (number, at)
                elif text[at] == "]":
                    unmatched += [] if opened else [(number, at)]
                    opened = None
        unmatched += [opened] if opened else []
        return Position(self.file, unmatched[0][0] + 1, unmatched[0][1] + 1) if unmatched else whole

    def starts_with(self, path: Path) -> str:
        """Return the character with which the value at `path` is written."""
        position = self.position(path)
        return self.line(position.line)[position.column - 1 : position.column]

    def place(self, span: Span) -> Position:
        """Return the span as a position on its first line."""
        line, column, end_line, end_column = span
        end = end_column if end_line == line else len(_COMMENT.sub("", self.line(line + 1).rstrip()))
        return Position(self.file, line + 1, column + 1, max(1, end - column))

    def line(self, number: int) -> str:
        """Return the text of a line (1-based) without its end, or nothing past the last."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def finding(
        self, code: str, message: str, position: Position, help: str = "", *, warning: bool = False
    ) -> Diagnostic:
        """Return a finding in this file, with the line it is about."""
        severity: Severity = "warning" if warning else "error"
        return Diagnostic(code, message, position, help, self.line(position.line) or None, severity)

    def explained(self, found: Explanation) -> Diagnostic:
        """Return a finding about syntax in this file."""
        position = Position(self.file, found.line + 1, found.column + 1, found.length)
        return self.finding(found.code, found.message, position, found.help)

    def _span(self, path: Path, *, key: bool = False) -> Span:
        node: Value = self.value
        span = node.span if isinstance(node, Mapping | Sequence) else self._top()
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
        return span

    def _top(self) -> Span:
        for number, line in enumerate(self.lines):
            if line.strip() and not line.startswith(("#", "---")):
                return (number, 0, number, len(line.rstrip()))
        return (0, 0, 0, 1)


class LateDocument(Document):
    """A document that is read when anything but its file's name is asked for.

    So a record of thousands of sound files need not hold their texts and the places of all their values.
    """

    __slots__ = ("_read",)

    def __init__(self, file: str, read: Callable[[], Document]) -> None:
        self.file = file
        self._read = read

    def __getattr__(self, name: str) -> Any:
        # Called for what is not there yet: the fields of a document that has not been read.
        if name not in Document.__slots__:
            raise AttributeError(name)
        whole = self._read()
        self.text, self.value, self.diagnostics = whole.text, whole.value, whole.diagnostics
        self.has_nulls, self.lines = whole.has_nulls, whole.lines
        return getattr(self, name)
