"""Words and how they are set, as CommonMark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from diplomatic_timeline.views import prose

_SPECIAL = re.compile(r"([\\`*_\[\]<>~]|&(?=#?\w+;))")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LINE_START = re.compile(r"(?:#{1,6}|[+-])(?=\s|$)|-(?=[\s-]*$)|\d{1,9}(?=[.)](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Look:
    """How words are set, as far as CommonMark knows it."""

    bold: bool = False
    slanted: bool = False
    link: str | None = None


Run = tuple[str, Look]


def joined(runs: list[Run]) -> list[Run]:
    """Return runs with one space between words, none at the ends, none inside at the ends of a set run."""
    found: list[Run] = []
    space = False
    for look, group in groupby(runs, key=lambda run: run[1]):
        text = "".join(words for words, _ in group)
        words = " ".join(text.split())
        if words:
            if found and (space or text[0].isspace()):
                if found[-1][1] == look:
                    words = f" {words}"
                else:
                    one = found[-1][1]
                    link = look.link if look.link == one.link else None
                    found.append((" ", Look(look.bold and one.bold, look.slanted and one.slanted, link)))
            found.append((words, look))
            space = text[-1].isspace()
        else:
            space = space or bool(text)
    plain: list[Run] = []
    for look, group in groupby(found, key=lambda run: run[1]):
        plain.append(("".join(words for words, _ in group), look))
    return plain


def _marked(runs: Iterable[Run], signs: re.Pattern[str]) -> str:
    """Return runs with marks around them, those around more runs outside."""
    parts = []
    for is_set, group in groupby(runs, key=lambda run: run[1].bold or run[1].slanted):
        inner = list(group)
        if not is_set:
            parts.append("".join(signs.sub(r"\\\1", words) for words, _ in inner))
        elif all(look.bold for _, look in inner):
            parts.append(f"**{_marked([(w, replace(k, bold=False)) for w, k in inner], signs)}**")
        elif all(look.slanted for _, look in inner):
            parts.append(f"*{_marked([(w, replace(k, slanted=False)) for w, k in inner], signs)}*")
        else:
            parts += [_marked(part, signs) for _, part in groupby(inner, key=lambda run: run[1].bold)]
    return "".join(parts)


def _commonmark(runs: list[Run], signs: re.Pattern[str] = _SPECIAL) -> str:
    """Return runs as a line of CommonMark, with a backslash before every one of `signs`."""
    parts = []
    for link, linked in groupby(runs, key=lambda run: run[1].link):
        inner = _marked(linked, signs)
        address = re.sub(r"([\\()&*_\[\]`])", r"\\\1", link or "")
        parts.append(f"[{inner}]({address})" if link else inner)
    line = "".join(parts)
    if found := _LINE_START.match(line):
        line = f"{line[: found.end()]}\\{line[found.end() :]}" if found[0].isdecimal() else f"\\{line}"
    return line


def _shown(line: str) -> list[Run] | None:
    """Return what a line of CommonMark shows, as runs; None where it is more than a paragraph."""
    tokens = prose.tokens(line)
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    runs: list[Run] = []
    bold = slanted = 0
    link: str | None = None
    for token in tokens[1].children or ():
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                slanted += token.nesting
            case "link_open" | "link_close":
                link = "" if token.nesting > 0 else None
            case "text" | "text_special":
                runs.append((token.content, Look(bold > 0, slanted > 0, link)))
            case _:
                return None
    return joined(runs)


def _faithful(runs: list[Run]) -> str | None:
    """Return runs as CommonMark that shows exactly them, or None where it cannot."""
    wanted = joined([(w, Look(k.bold, k.slanted, None if k.link is None else "")) for w, k in runs])
    line = _commonmark(runs)
    return line if _shown(line) == wanted else None


def written(runs: list[Run]) -> str:
    """Return runs as CommonMark that shows them; how they are set goes where CommonMark cannot say it.

    It cannot set part of a word whose end is a sign, as in `**“Salt”**may`.
    """
    if (line := _faithful(runs)) is not None:
        return line
    kept = [(words, Look(link=look.link)) for words, look in runs]
    # One after another, so that one that cannot be said costs no other; a text of many is not worth the time.
    for number, run in enumerate(runs if len(runs) <= 40 else ()):
        tried = [*kept[:number], run, *kept[number + 1 :]]
        if run != kept[number] and _faithful(joined(tried)) is not None:
            kept = tried
    line = _faithful(joined(kept))
    return line if line is not None else _commonmark([(w, Look()) for w, _ in runs], _PUNCTUATION)
