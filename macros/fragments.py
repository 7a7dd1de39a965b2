"""Components that many pages show, rendered once."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from macros.compiling import Component, html
from macros.spool import Spool

_PLACE = "\x1b"
"""Before and behind the place of a fragment on the spool, in rendered HTML until it is filled.

A control character that no record can hold (`documents` refuses it), so that data can never meet it.
"""


class Fragments:
    """What components made of a view, for every page that shows it.

    There is too much of it for memory, and for handling it as text on each page: it goes to the spool in
    UTF-8, and only its place into what is rendered. Without a spool nothing is kept.
    """

    def __init__(self, spool: Spool | None = None) -> None:
        self._known: dict[tuple[object, ...], dict[str, int]] = {}
        self._spool = spool

    def forget(self) -> None:
        """Have everything made once more."""
        self._known.clear()

    def once(self, component: Component, view: Any, *args: object) -> Markup:
        """Return what a component makes of a view, known by its `id`, and plain arguments, or its place.

        What is made has no fragments in it.
        """
        if self._spool is None:
            return component(view, *args)
        known = self._known.setdefault((component.name, *args), {})
        place = known.get(view.id)
        if place is None:
            place = known[view.id] = self._spool.put(component(view, *args).encode())
        return html(f"{_PLACE}{place}{_PLACE}")

    def filled(self, rendered: str) -> bytes:
        """Return rendered HTML in UTF-8, with the fragments in their places."""
        parts = rendered.encode().split(_PLACE.encode())
        if self._spool is not None:
            parts[1::2] = map(self._spool.get, map(int, parts[1::2]))
        return b"".join(parts)
