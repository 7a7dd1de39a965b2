"""Why a YAML file cannot be read, in an editor's terms: what the parser says, as what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

# Line and column, 0-based.
Place: TypeAlias = tuple[int, int]

_QUOTE_IT = "put the whole value in quotation marks"
_NAME = re.compile(r"\s*(?:- +)*['\"]?[\w-]+['\"]?\s*")
_EARLIER = re.compile(r"\s*(?:- +)*[\w-]+:\s")
_UNSPACED = re.compile(r"\s*(?:- +)*([A-Za-z][\w-]*)([:：])(?!$)")


class Trouble(NamedTuple):
    """Where the parser stopped (`at`) in something that began earlier (`since`), and what it had read last.

    `last` is one of plain, quoted, block, alias, bracket and other; its span is line, column, end line, end
    column.
    """

    problem: str
    context: str
    at: Place
    since: Place | None
    last: str
    last_span: tuple[int, int, int, int]


class Explanation(NamedTuple):
    """A finding about syntax, and how many characters it is about; None for all to the end of the line."""

    code: str
    message: str
    help: str
    at: Place
    length: int | None = 1


def explain(lines: Sequence[str], trouble: Trouble) -> Explanation:
    """Return what is wrong with a file that the parser cannot read, and what to write instead."""
    line = min(trouble.at[0], len(lines) - 1)
    text = lines[line]
    column = min(trouble.at[1], len(text))
    trouble = trouble._replace(at=(line, column))
    problem, context = trouble.problem, trouble.context
    if "\t" in text[: column + 1] and not text[:column].strip(" \t-"):
        return Explanation(
            "tab-indent",
            "the line is indented with a tab",
            "use spaces: YAML does not allow tabs for indentation",
            (line, text.index("\t")),
        )
    if "mapping values are not allowed" in problem:
        return _colon(lines, trouble)
    if "could not find expected ':'" in problem and trouble.since:
        return _no_colon(lines, trouble.since[0])
    if "quoted scalar" in context and trouble.since:
        return _quoted(lines, trouble, trouble.since)
    if context.startswith("while parsing a flow") and trouble.since:
        return _brackets(lines, trouble, trouble.since)
    if context.startswith("while scanning a") or "cannot start any token" in problem:
        return _bad_start(lines, trouble.since or trouble.at)
    if "not allowed in this context" in problem or "expected node content" in problem:
        return _bad_start(lines, trouble.at)
    if "<document start>" in problem:
        return Explanation(
            "second-document",
            "the file goes on after a line '...', which ends it",
            "remove that line",
            (line, column),
            None,
        )
    if "did not find expected key" in problem or "expected '-' indicator" in problem:
        return _misfit(lines, trouble)
    return Explanation(
        "yaml-syntax",
        "from here on, the file cannot be read as YAML",
        "check the indentation, and put text with unusual characters in quotation marks",
        (line, column),
    )


def _colon(lines: Sequence[str], trouble: Trouble) -> Explanation:
    """Explain a ':' where none can stand."""
    line, column = trouble.at
    text = lines[line]
    first, first_column, last_line, _ = trouble.last_span
    goes_on = trouble.last == "plain" and first < line <= last_line
    if not _EARLIER.match(text[:column]):
        if goes_on and not lines[first][:first_column].strip(" -"):
            return _no_colon(lines, first)
        if _NAME.fullmatch(text[:column]):
            return _indent(lines, line)
    return Explanation(
        "unquoted-colon",
        "a second ':' stands in one value",
        f"{_QUOTE_IT}; a ':' with a space after it parts a name from its value",
        (line, column),
    )


def _no_colon(lines: Sequence[str], line: int) -> Explanation:
    """Explain a line that has no ':' with a space after it."""
    text = lines[line]
    column = len(text) - len(text.lstrip())
    if found := _UNSPACED.match(text):
        message, remedy = "a space is missing after ':'", f"write '{found[1]}: ' before the value"
        if text[found.end(2)].isspace():
            message = f"the space beside {found[1]!r} is not the one that the space bar writes"
            remedy = "delete it and type it again; it often comes along when text is pasted"
            return Explanation("odd-space", message, remedy, (line, found.end(2)))
        if found[2] != ":":
            message = "the colon after the name is a full-width one"
            remedy = f"write '{found[1]}: ', with the plain colon and a space"
        return Explanation("missing-colon", message, remedy, (line, found.start(2)))
    return Explanation(
        "missing-colon",
        "a field has no ':' after its name",
        "write 'name: value'; a line that goes on with the text above is indented further than its name",
        (line, column),
        None,
    )


def _quoted(lines: Sequence[str], trouble: Trouble, since: Place) -> Explanation:
    if "escape" in trouble.problem:
        return Explanation(
            "bad-escape",
            "in double quotation marks, a backslash begins a code, and this is none",
            "write '\\\\' for a backslash, or put the value in single quotation marks",
            trouble.at,
            2,
        )
    mark = lines[since[0]][since[1] : since[1] + 1]
    return _unclosed_quote(mark, "never closed", since)


def _unclosed_quote(mark: str, how: str, since: Place) -> Explanation:
    inside = 'write \\" for a mark that belongs to the text' if mark == '"' else "write '' for an apostrophe"
    kind = "double" if mark == '"' else "single"
    return Explanation(
        "unclosed-quote",
        f"a quotation mark is opened here and {how}",
        f"close it where the value ends; inside {kind} quotation marks {inside}",
        since,
    )


def _brackets(lines: Sequence[str], trouble: Trouble, since: Place) -> Explanation:
    line, column = since
    opening = lines[line][column : column + 1] if line < len(lines) else ""
    closing = {"[": "]", "{": "}"}.get(opening)
    if closing is None:
        return _bad_start(lines, trouble.at)
    remedy = f"close it with '{closing}'; a text that starts with '{opening}' must stand in quotation marks"
    if trouble.at[0] == line and trouble.at[1] < len(lines[line].rstrip()):
        return Explanation(
            "unclosed-bracket",
            f"a ',' or '{closing}' is missing before this",
            "put ',' between entries, and quotation marks around a text with quotation marks or brackets",
            trouble.at,
        )
    return Explanation("unclosed-bracket", f"a '{opening}' is opened here and never closed", remedy, since)


_STARTS = {
    "-": (
        "a list cannot start on the line of its name",
        "put each '- ' on a line of its own below, or write [one, two]; for a text, use quotation marks",
    ),
    "|": ("after '|', the text starts on the next line", "indent the text below, or use quotation marks"),
    ">": ("after '>', the text starts on the next line", "indent the text below, or use quotation marks"),
}


def _bad_start(lines: Sequence[str], at: Place) -> Explanation:
    line, column = at
    text = lines[line] if line < len(lines) else ""
    character = text[column : column + 1]
    if not character.strip():
        return Explanation(
            "yaml-syntax", "a value is missing here", "write it, or remove what announces it", (line, column)
        )
    message, remedy = _STARTS.get(character, (f"a value cannot start with {character!r}", _QUOTE_IT))
    return Explanation("bad-start", message, remedy, (line, column))


def _misfit(lines: Sequence[str], trouble: Trouble) -> Explanation:
    """Explain something that stands where only the next field, or the next entry of a list, can stand."""
    line, column = trouble.at
    first, first_column, last_line, last_column = trouble.last_span
    opening = lines[first][first_column : first_column + 1] if first < len(lines) else ""
    if trouble.last == "quoted" and last_line == line:
        if first < line:
            return _unclosed_quote(
                opening, f"closed only on line {line + 1}, in the middle of a line", (first, first_column)
            )
        return Explanation(
            "text-after-end",
            "text stands after the closing quotation mark",
            "put the whole value between quotation marks of the other kind, single or double",
            (line, column),
            None,
        )
    if trouble.last == "bracket" and last_line == line:
        closing = lines[line][last_column - 1 : last_column]
        opening = {"]": "[", "}": "{"}.get(closing, closing)
        return Explanation(
            "text-after-end",
            f"text stands after the closing '{closing}'",
            f"a text that starts with '{opening}' must stand in quotation marks, all of it",
            (line, column),
            None,
        )
    if lines[line][column : column + 1] == ":":
        return Explanation(
            "bad-key", "there is no name before the ':'", "write 'name: value'", (line, column)
        )
    if trouble.last == "alias" and last_line == line:
        return _bad_start(lines, (first, first_column))
    return _indent(lines, line)


def _indent(lines: Sequence[str], line: int) -> Explanation:
    """Explain a line whose indentation fits none of the lines above."""
    text = lines[line]
    column = len(text) - len(text.lstrip())
    above = next((n for n in range(line - 1, -1, -1) if re.match(r"\s*[^\s#]", lines[n])), None)
    known = ""
    start = len(lines[above]) - len(lines[above].lstrip(" -")) if above is not None else column
    if start != column:
        known = f"; the line above starts in column {start + 1}, this one in column {column + 1}"
    if text.lstrip().startswith("- "):
        return Explanation(
            "bad-indent",
            "an entry of a list stands where none can",
            f"each '- ' of one list stands in one column, below the list's name{known}",
            (line, column),
        )
    return Explanation(
        "bad-indent",
        "the line is not indented like the fields that it belongs to",
        f"fields of one record start in one column{known}",
        (line, column),
        max(1, len(text.split(":")[0].rstrip()) - column),
    )
