"""Pages of a built site as trees."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from justhtml import JustHTML, ParseError
from justhtml.dom import Node


def words(text: str) -> str:
    """Return text as a reader sees it: one space between words."""
    return " ".join(text.split())


def nodes(root: Node) -> Iterator[Node]:
    """Yield the elements below `root` in the order of the document."""
    waiting = list(reversed(root.children or ()))
    while waiting:
        node = waiting.pop()
        if not node.name.startswith(("#", "!")):
            yield node
            waiting.extend(reversed(node.children or ()))


def text_of(root: Node) -> str:
    """Return the words inside an element."""
    return words(root.to_text(separator="", strip=False))


def attribute(node: Node, name: str) -> str:
    return (node.attrs or {}).get(name) or ""


@dataclass(frozen=True)
class Html:
    """One page of a built site, parsed when it is looked at. `file` is relative to the site's folder."""

    file: str
    source: str

    @cached_property
    def _document(self) -> JustHTML:
        return JustHTML(self.source, sanitize=False, collect_errors=True)

    @property
    def root(self) -> Node:
        return self._document.root

    @property
    def errors(self) -> tuple[ParseError, ...]:
        return tuple(self._document.errors)

    @cached_property
    def elements(self) -> tuple[Node, ...]:
        return tuple(nodes(self.root))

    @cached_property
    def ids(self) -> dict[str, Node]:
        return {attribute(e, "id"): e for e in self.elements if attribute(e, "id")}

    def named(self, *names: str) -> tuple[Node, ...]:
        """Return the elements with one of these tag names."""
        return tuple(e for e in self.elements if e.name in names)

    def one(self, name: str, /, **attributes: str) -> Node:
        """Return the only element with that tag name and these attributes."""
        found = [
            e for e in self.named(name) if all(attribute(e, k) == value for k, value in attributes.items())
        ]
        assert len(found) == 1, f"{self.file}: {len(found)} of <{name}> {attributes}"
        return found[0]

    def target(self, address: str) -> str:
        """Return the file in the site to which a relative address leads."""
        path = unquote(address.partition("#")[0].partition("?")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.file), path)) if path else self.file
