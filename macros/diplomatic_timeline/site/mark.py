"""The mark of a site that has no logo: the shapes of the record's first two parties, on a line."""

from __future__ import annotations

from math import cos, pi, sin

from diplomatic_timeline.assets.colors import tokens
from diplomatic_timeline.views.timeline import Timeline

# The shapes of components/marker.html on a square from -1 to 1; a circle fills it.
POLYGONS: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "square": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "triangle": ((0, -0.9), (1, 0.8), (-1, 0.8)),
    "hexagon": tuple((cos(pi * n / 3), sin(pi * n / 3)) for n in range(6)),
    "cross": (
        (-0.33, -1), (0.33, -1), (0.33, -0.33), (1, -0.33), (1, 0.33), (0.33, 0.33),
        (0.33, 1), (-0.33, 1), (-0.33, 0.33), (-1, 0.33), (-1, -0.33), (-0.33, -0.33),
    ),
}  # fmt: skip

_AT = {0: (), 1: (12,), 2: (7.5, 17)}
_HALF = {"diamond": 5.5, "circle": 4.6}
_OTHERS = 5
"""Half the width of a shape; so all look as large."""


def shapes(timeline: Timeline) -> str:
    """Return what the mark consists of, as SVG of 24 by 24 units; a class names the colour of each part."""
    parties = [timeline.corpus.parties[id] for id in timeline.columns[:2]]
    drawn = [_part("neutral", "path", d="M2 11.25h20v1.5H2z")]
    for party, x in zip(parties, _AT[len(parties)], strict=True):
        half = _HALF.get(party.marker, _OTHERS)
        if party.marker in POLYGONS:
            corners = ((x + half * dx, 12 + half * dy) for dx, dy in POLYGONS[party.marker])
            points = " ".join(f"{px:.4g},{py:.4g}" for px, py in corners)
            drawn.append(_part(party.color, "polygon", points=points))
        else:
            drawn.append(_part(party.color, "circle", cx=x, cy=12, r=half))
    return "".join(drawn)


def file(timeline: Timeline) -> str:
    """Return the mark as a file, which has the colours of both schemes in itself."""
    parts = shapes(timeline)
    light, dark = (
        "".join(
            f".dt-ink--{name}{{fill:{value}}}"
            for name, value in tokens(scheme).items()
            if f'"dt-ink--{name}"' in parts
        )
        for scheme in ("default", "slate")
    )
    style = f"<style>{light}@media (prefers-color-scheme:dark){{{dark}}}</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{style}{parts}</svg>\n'


def _part(color: str, element: str, **geometry: object) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in geometry.items())
    return f'<{element} class="dt-ink--{color}"{attributes}/>'
