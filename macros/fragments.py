"""Components that many pages show, rendered once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2.runtime import Macro
from markupsafe import Markup

from macros.spool import Spool


class Fragments:
    """What components made of a view, for the next page that shows it.

    A large record has too much of it for memory: it goes to the disk of `folder`, if one is given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._known: dict[tuple[object, ...], tuple[object, Callable[[], Markup]]] = {}
        self._spool = Spool(folder) if folder else None

    def once(self, component: Macro, view: object, *args: object) -> Markup:
        """Return what a component makes of a view and plain arguments.

        Views never change, so one that is the same object looks the same. It is held on to, so that no
        other takes its place in memory.
        """
        key = (component.name, id(view), *args)
        known = self._known.get(key)
        if known is not None:
            return known[1]()
        made = Markup(component(view, *args))
        self._known[key] = (view, self._keep(made))
        return made

    def _keep(self, made: Markup) -> Callable[[], Markup]:
        spool = self._spool
        if spool is None:
            return lambda: made
        place = spool.put(made.encode())
        return lambda: Markup(spool.get(place).decode())

    def close(self) -> None:
        """Forget everything."""
        self._known.clear()
        if self._spool is not None:
            self._spool.close()
