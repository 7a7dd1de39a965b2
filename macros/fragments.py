"""Components that many pages show, rendered once."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from macros.compiling import Component, html
from macros.spool import Spool

# Control characters that no record can hold (`documents` refuses them), so that data can never meet them.
_PLACE = "\x1b"
"""Before and behind the place of a fragment on the spool, in rendered HTML until it is filled."""
APART = Markup("\x1c")
"""Before, between and behind the variants of a component: of its HTML, only what stands there varies."""


class Fragments:
    """What components made of a view, for every page that shows it.

    There is too much of it for memory, and for handling it as text on each page: it goes to the spool in
    UTF-8, and only its place into what is rendered. Without a spool nothing is kept.
    """

    def __init__(self, spool: Spool | None = None) -> None:
        self._known: dict[str, dict[str, tuple[int, ...]]] = {}
        self._spool = spool

    def forget(self) -> None:
        """Have everything made once more."""
        self._known.clear()

    def once(self, component: Component, view: Any, variant: int) -> Markup:
        """Return a variant of what a component makes of a view, known by its `id`, or its place.

        What is made has no fragments in it.
        """
        if self._spool is None:
            return html(_variants(component(view))[variant])
        known = self._known.get(component.name)
        if known is None:
            known = self._known[component.name] = {}
        places = known.get(view.id)
        if places is None:
            made = [self._spool.put(one.encode()) for one in _variants(component(view))]
            places = known[view.id] = tuple(made)
        return html(f"{_PLACE}{places[variant]}{_PLACE}")

    def filled(self, rendered: str) -> bytes:
        """Return rendered HTML in UTF-8, with the fragments in their places."""
        parts = rendered.encode().split(_PLACE.encode())
        if self._spool is not None:
            parts[1::2] = map(self._spool.get, map(int, parts[1::2]))
        return b"".join(parts)


def _variants(made: Markup) -> list[str]:
    # Not Markup's own, which would escape it all once more.
    begin, *variants, end = str.split(made, APART)
    return [begin + one + end for one in variants]
