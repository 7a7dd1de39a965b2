"""Web addresses, and the links of CommonMark: to the web and to mailboxes, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from diplomatic_timeline.model.characters import INVISIBLE
from diplomatic_timeline.model.diagnostics import shown

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


class CommonMark(MarkdownIt):
    """A parser of CommonMark as summaries have it: raw HTML is text, and so are links to elsewhere.

    So are images, which would ask a third party, and headings: a page's outline is not an event's to change.
    """

    def __init__(self, may_lead_to: Callable[[str], bool] = is_link) -> None:
        super().__init__("commonmark", {"html": False})
        self.disable(["image", "heading", "lheading"])
        self.validateLink = may_lead_to  # type: ignore[method-assign, assignment]

    def parse(self, src: str, env: MutableMapping[str, Any] | None = None) -> list[Token]:
        if src.count("[") * len(src) < 5_000_000:
            return super().parse(src, env)
        # From each bracket the whole text is searched for another: of very many none begins a link.
        with self.reset_rules():
            self.disable("link")
            return super().parse(src, env)


_ANY = CommonMark(lambda _: True)
_ANY.enable("image")  # what one shows is no link that leads nowhere: `unshown` has it


def links(text: str) -> Iterator[str]:
    """Yield the address of each link in CommonMark, also of those that lead nowhere."""
    if "](" in text or "]:" in text or "<" in text:  # else there is none
        for token in _ANY.parse(text):
            for inner in token.children or ():
                if inner.type == "link_open":
                    yield str(inner.attrs["href"])


_WHOLE = MarkdownIt("commonmark")


def unshown(text: str) -> Iterator[tuple[str, str]]:
    """Yield what CommonMark has and pages do not show: an image, an HTML tag.

    Each as findings name it, and as it begins in the text.
    """
    if "![" in text or "<" in text:
        for token in _WHOLE.parse(text):
            for inner in (token, *(token.children or ())):
                if inner.type == "image":
                    yield f"the image {shown(inner.content or str(inner.attrs['src']))}", f"![{inner.content}"
                elif inner.type in ("html_inline", "html_block"):
                    yield f"the HTML {shown(inner.content)}", inner.content
