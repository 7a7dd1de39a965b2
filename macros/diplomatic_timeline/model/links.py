"""Web addresses, and the links of CommonMark: to the web and to mailboxes, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt

from diplomatic_timeline.model.characters import INVISIBLE

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
