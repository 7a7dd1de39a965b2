"""Web addresses, and the links of CommonMark: to the web and to mailboxes, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt

# Everything that YAML 1.2.2 section 5.1 rules out, and what cannot be seen: marks of writing direction, soft
# hyphens, spaces and joiners of no width but the two that some scripts spell with (U+200C, U+200D).
# One set: alternatives would be tried one by one at every character of every file.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)

_PART = r"""[^\s/?#@\\"<>.]+"""
WEB = rf"""https?://{_PART}(?:\.{_PART})+\.?(?:[/?#][^\s\\"<>]*)?"""
"""A web address, also for JavaScript: a host with a dot, no user information, no sign that could end it."""
_WEB = re.compile(WEB)
_MAILBOX = re.compile(r"""mailto:[^\s\\"<>@]+@[^\s\\"<>@]+""")


def is_web(address: str) -> bool:
    """Return whether an address is one of the web, whole, and says what it is to whoever reads it."""
    return _WEB.fullmatch(address) is not None and INVISIBLE.search(address) is None


def is_link(address: str) -> bool:
    """Return whether a link may lead to an address."""
    return is_web(address) or (_MAILBOX.fullmatch(address) is not None and INVISIBLE.search(address) is None)


def commonmark(may_lead_to: Callable[[str], bool] = is_link) -> MarkdownIt:
    """Return a parser of CommonMark as summaries have it: raw HTML is text, and so are links to elsewhere.

    So are images, which would ask a third party, and headings: a page's outline is not an event's to change.
    """
    parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading"])
    parser.validateLink = may_lead_to  # type: ignore[method-assign, assignment]
    return parser


_ANY = commonmark(lambda _: True)


def links(text: str) -> Iterator[str]:
    """Yield the address of each link in CommonMark, also of those that lead nowhere."""
    if "](" in text or "]:" in text or "<" in text:  # else there is none
        for token in _ANY.parse(text):
            for inner in token.children or ():
                if inner.type == "link_open":
                    yield str(inner.attrs["href"])
