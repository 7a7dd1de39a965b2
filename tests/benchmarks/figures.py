"""Figures as tables for hand-written pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape


def table(label: str, heads: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a table in HTML, which scrolls from the keyboard where a page is narrower."""
    yield f'<div class="dt-scroll" tabindex="0" role="region" aria-label="{label}"><table class="dt-matrix">'
    named = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    yield f"<thead><tr>{named}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        cells = (f"{cell:,}" if isinstance(cell, int) else escape(str(cell)) for cell in row)
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    yield "</tbody></table></div>"
