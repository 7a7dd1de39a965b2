"""Components that many pages show, rendered once."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from macros.compiling import Component
from macros.spool import Spool


class Fragments:
    """What components made of a view, for the next page that shows it.

    There is too much of it for memory: it goes to the spool. Without one nothing is kept.
    """

    def __init__(self, spool: Spool | None = None) -> None:
        self._known: dict[tuple[object, ...], dict[str, int]] = {}
        self._spool = spool

    def forget(self) -> None:
        """Have everything made once more."""
        self._known.clear()

    def once(self, component: Component, view: Any, *args: object) -> Markup:
        """Return what a component makes of a view, known by its `id`, and plain arguments."""
        if self._spool is None:
            return Markup(component(view, *args))
        known = self._known.setdefault((component.name, *args), {})
        place = known.get(view.id)
        if place is not None:
            return Markup(self._spool.get(place).decode())
        made = Markup(component(view, *args))
        known[view.id] = self._spool.put(made.encode())
        return made
