"""What of the theme's style sheets a page of the record can need. Knows no MkDocs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

# What only Markdown's extensions and the theme's blog write, never a component of ours or the theme's shell.
# What mkdocs.yml can switch on for every page (versions, consent, banners) is not here.
_CLASSES = (
    r"admonition(-title)?|abstract|info|tip|success|question|warning|failure|danger|bug|example",
    r"md-annotation(-list)?|md-tooltip|arithmatex|katex-html|mermaid|giscus|critic|keys|key-[\w-]+",
    r"highlight(table)?|linenodiv|hll|filename|md-clipboard|md-code__\w+|tabbed-\w+|task-list-\w+|footnote[\w-]*",
    r"emojione|gemoji|twemoji|lg|xl|xxl|xxxl|(gh|only)-(dark|light)(-mode-only)?|grid|md-typeset__table",
    r"md-(author|button|draft|input|meta|pagination|path|pin|post|profile|status|tag(s|-icon|-shadow)?)",
)
_ELSEWHERE = re.compile(
    # A part or a form of such a class is no more to be met than the class itself.
    rf"\.({'|'.join(_CLASSES)})(__[\w-]+|--[\w-]+)?(?![\w-])"
    # Set for a moment when colours change, and at the start: every element's style is computed twice more.
    r"|\[data-md-color-switching\]"
)
# Selectors inside a selector: one of several may be met all the same.
_INSIDE = re.compile(r":(?:not|is|where|has)\([^()]*\)")
_READ = re.compile(r"var\(\s*(--[\w-]+)")


def trimmed(sheets: Iterable[str]) -> str:
    """Return style sheets as one, without the rules that no page of the record can need.

    Left out are selectors that name what `_ELSEWHERE` lists, rules of which none is left, and custom
    properties that bear an image and that no rule reads. Order and everything else stay.
    """
    css = "".join(
        _kept(tinycss2.parse_stylesheet("\n".join(sheets), skip_comments=True, skip_whitespace=True))
    )
    read = frozenset(_READ.findall(css))
    return re.sub(r"(--[\w-]+):url\((?:'[^']*'|\"[^\"]*\")\);?", lambda m: m[0] if m[1] in read else "", css)


def _kept(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, QualifiedRule):
            selectors = [s for s in _selectors(tinycss2.serialize(node.prelude)) if _wanted(s)]
            if selectors:
                yield f"{','.join(selectors)}{{{tinycss2.serialize(node.content)}}}"
        elif isinstance(node, AtRule) and node.lower_at_keyword in ("media", "supports") and node.content:
            inside = "".join(_kept(tinycss2.parse_rule_list(node.content, True, True)))
            if inside:
                yield f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{inside}}}"
        elif not (isinstance(node, AtRule) and node.lower_at_keyword == "charset"):
            yield node.serialize()


def _selectors(prelude: str) -> Iterator[str]:
    """Yield the selectors of a rule: what stands between commas that are in no bracket."""
    depth, start = 0, 0
    for place, character in enumerate(prelude):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield prelude[start:place].strip()
            start = place + 1
    yield prelude[start:].strip()


def _wanted(selector: str) -> bool:
    return not _ELSEWHERE.search(_INSIDE.sub("", selector))
