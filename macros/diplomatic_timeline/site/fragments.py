"""Components that many pages show, rendered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from diplomatic_timeline.build.scratch import Spool
from diplomatic_timeline.site.compiling import Component, html

# Control characters that no record can hold (`documents` refuses them), so that data can never meet them.
_NAME = "\x1b"
"""Before and behind the name of a fragment, in rendered HTML until it is filled."""
_APART = b"\x1c"
APART = Markup(_APART.decode())
"""Before, between and behind the variants of a component: of its HTML, only what stands there varies."""

Make = Callable[[str, str], str]
"""Renders the component of a name for the view of an id."""


class Fragments:
    """What components made of a view, for every page that shows it.

    There is too much of it for memory, and for handling it as text on each page: it goes to the spool in
    UTF-8, and only its name into what is rendered. So that can be kept: what the spool of another build held
    is made again when it is filled. Without a spool nothing is kept.
    """

    def __init__(self, spool: Spool | None = None, make: Make | None = None) -> None:
        self._places: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._spool = spool
        self._make = make

    def forget(self) -> None:
        """Have everything made once more."""
        self._places.clear()

    def once(self, component: Component, view: Any, variant: int) -> Markup:
        """Return a variant of what a component makes of a view, known by its `id`, or its name.

        What is made has no fragments in it.
        """
        if self._spool is None:
            parts = str.split(component(view), APART)
            return html(parts[0] + parts[1 + variant] + parts[-1])
        places = self._places[component.name]
        if view.id not in places:
            places[view.id] = self._spool.put(component(view).encode())
        return html(f"{_NAME}{variant:d} {component.name} {view.id}{_NAME}")

    def filled(self, rendered: bytes) -> bytes:
        """Return rendered HTML, in UTF-8, with the fragments where their names stand."""
        parts = rendered.split(_NAME.encode())
        if len(parts) > 1:
            assert self._spool is not None
            get, places = self._spool.get, self._places
            for n in range(1, len(parts), 2):
                variant, name, id = parts[n].decode().split(" ")
                place = places[name].get(id)
                made = get(self._again(name, id) if place is None else place).split(_APART)
                parts[n] = made[0] + made[1 + int(variant)] + made[-1]
        return b"".join(parts)

    def _again(self, name: str, id: str) -> int:
        """Make what another build has named; return its place."""
        assert self._spool is not None
        assert self._make is not None
        place = self._places[name][id] = self._spool.put(self._make(name, id).encode())
        return place
