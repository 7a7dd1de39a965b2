"""Values that know where they stand in their file: mappings, lists, and the document that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from diplomatic_timeline.model.diagnostics import Diagnostic, Position, Severity
from diplomatic_timeline.record.characters import BREAK
from diplomatic_timeline.record.yaml_errors import Explanation

FieldPath: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | SequenceNode | MappingNode | Unread | None"
Span: TypeAlias = tuple[int, int, int, int]
"""Line, column, end line, end column; all 0-based as the parser counts."""

_COMMENT = re.compile(r"(?<!\s)\s+#.*")


class Unread:
    """Stands where a value could not be read; a finding says why."""


class MappingNode(dict[str, Value]):
    """A YAML mapping: where it stands (`span`), and where its keys and values do.

    `incomplete` says that it has more than was read, `repeated` which keys stand in it more than once.
    """

    __slots__ = ("incomplete", "keys_at", "repeated", "span", "values_at")

    def __init__(self) -> None:
        super().__init__()
        self.span: Span = (0, 0, 0, 0)
        self.incomplete = False
        self.repeated: set[str] = set()
        self.keys_at: dict[str, Span] = {}
        self.values_at: dict[str, Span] = {}


class SequenceNode(list[Value]):
    """A YAML sequence: where it stands (`span`), and where its items do."""

    __slots__ = ("items_at", "span")

    def __init__(self) -> None:
        super().__init__()
        self.span: Span = (0, 0, 0, 0)
        self.items_at: list[Span] = []


def leaves(value: Value, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Value]]:
    """Yield all that a value holds but mappings and lists, from the first to the last, with the paths."""
    if isinstance(value, MappingNode):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, SequenceNode):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    else:
        yield path, value


@dataclass
class Document:
    """One file: its value, its lines, and what is wrong with its YAML.

    `file` is the path as findings show it (relative, with forward slashes).
    """

    file: str
    text: str = ""
    value: Value = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    has_nulls: bool = False
    untold: int = 0
    """How many errors there are beside the `diagnostics`, which hold the first ones."""

    @cached_property
    def has_todos(self) -> bool:
        """Whether a value may say `todo`."""
        return "todo" in self.text

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines without their ends."""
        return BREAK.split(self.text)

    def position(self, path: FieldPath = (), *, key: bool = False) -> Position:
        """Return where the value at `path` stands, or its key; for a missing field, its container."""
        return self.place(self._span(path, key=key))

    def value_at(self, path: FieldPath) -> Value:
        """Return the value at `path`; None where there is none."""
        node: Value = self.value
        for step in path:
            if isinstance(node, MappingNode) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def owner(self, path: FieldPath) -> Position:
        """Return what a missing field at `path` belongs to: the name before its fields, or the first one."""
        container = path[:-1]
        named = bool(container) and isinstance(container[-1], str)
        return self.position(container, key=named)

    def bracket(self, path: FieldPath) -> Position:
        """Return the first square bracket without a partner in the text at `path`, or the text itself."""
        whole = self.position(path)
        unmatched: list[tuple[int, int]] = []
        opened: tuple[int, int] | None = None
        for number, begin, text in self._written(path):
            for at in range(begin, len(text)):
                if text[at] == "[":
                    unmatched += [opened] if opened else []
                    opened = (number, at)
                elif text[at] == "]":
                    unmatched += [] if opened else [(number, at)]
                    opened = None
        unmatched += [opened] if opened else []
        return Position(self.file, unmatched[0][0] + 1, unmatched[0][1] + 1) if unmatched else whole

    def stretch(self, path: FieldPath, text: str) -> Position:
        """Return where the first line of `text` stands in the text at `path`, or else that text itself."""
        sought = text.partition("\n")[0]
        for number, begin, line in self._written(path):
            if (at := line.find(sought, begin)) >= 0:
                return Position(self.file, number + 1, at + 1, len(sought))
        return self.position(path)

    def _written(self, path: FieldPath) -> Iterator[tuple[int, int, str]]:
        """Yield the lines of a value: their numbers (0-based), where it begins in them, and their texts."""
        line, column, end_line, end_column = self._span(path)
        for number in range(line, end_line + 1):
            text = self.line(number + 1)
            yield number, column if number == line else 0, text[:end_column] if number == end_line else text

    def starts_with(self, path: FieldPath) -> str:
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
        self,
        code: str,
        message: str,
        where: Position | FieldPath,
        help: str = "",
        *,
        key: bool = False,
        warning: bool = False,
        fix: str | None = None,
    ) -> Diagnostic:
        """Return a finding in this file, with its line; a path is that of a value, or of its `key`.

        It has a `fix` only where the value stands in one line, which the position then has whole.
        """
        severity: Severity = "warning" if warning else "error"
        position = where if isinstance(where, Position) else self.position(where, key=key)
        if fix is not None and not isinstance(where, Position):
            first, _, last, _ = self._span(where, key=key)
            fix = fix if first == last else None
        return Diagnostic(code, message, position, help, self.line(position.line) or None, severity, fix=fix)

    def explained(self, found: Explanation) -> Diagnostic:
        """Return a finding about syntax in this file."""
        line, column = found.at
        length = found.length or max(1, len(self.line(line + 1).rstrip()) - column)
        position = Position(self.file, line + 1, column + 1, length)
        return self.finding(found.code, found.message, position, found.help)

    def _span(self, path: FieldPath, *, key: bool = False) -> Span:
        node: Value = self.value
        span = node.span if isinstance(node, MappingNode | SequenceNode) else self._top()
        for depth, step in enumerate(path):
            if isinstance(node, MappingNode) and isinstance(step, str) and step in node:
                at = node.values_at[step]
                # A field without a value stands at its name.
                named = at[:2] == at[2:] or (key and depth == len(path) - 1)
                span = node.keys_at[step] if named else at
                node = node[step]
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node):
                line, column, *end = node.items_at[step]
                # An entry without a value stands at its '-'.
                empty = [line, column] == end and column > 0
                span = (line, column - empty, end[0], end[1])
                node = node[step]
            else:
                break
        return span

    def _top(self) -> Span:
        for number, line in enumerate(self.lines):
            if line.strip() and not line.startswith(("#", "---")):
                return (number, 0, number, len(line.rstrip()))
        return (0, 0, 0, 1)
