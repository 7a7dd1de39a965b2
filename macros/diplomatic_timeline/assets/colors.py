"""The site's colour of its own, in the shades that its two schemes need; and how far colours stand apart."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from diplomatic_timeline.assets import ASSETS

_LIGHT, _DARK = "#f4f4f0", "#1d2126"
"""What text stands on where it stands out least: `--dt-sunk` of tokens.css in both schemes."""

_ENOUGH = 4.5
"""The contrast of text (WCAG 2.2, 1.4.3)."""


@cache
def tokens(scheme: str) -> dict[str, str]:
    """Return the colours of tokens.css as `#rrggbb`, by name, in a scheme of the theme."""
    sheet = (ASSETS / "stylesheets/tokens.css").read_text(encoding="utf-8")
    block = sheet.split(f'[data-md-color-scheme="{scheme}"] {{')[1].split("}")[0]
    return dict(re.findall(r"--dt-([a-z-]+): (#[0-9a-f]{6});", block))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as `#rrggbb`, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [value / 255 for value in _channels(colour)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start:end], 16) for start, end in pairwise((1, 3, 5, 7)))


def _mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another one."""
    both = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in both)


def shades(accent: str) -> dict[str, tuple[str, str]]:
    """Return a colour and a stronger one for each scheme of the theme (`default`, `slate`).

    The first of `default` is `accent`. Raises ValueError where it is no `#rrggbb`, or text in it could not be
    read on paper; then the message names one that can.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise ValueError(f"'{accent}' is no colour: write it as '#0b625c'")
    steps = [step / 20 for step in range(21)]
    readable = next(c for step in steps if contrast(c := _mixed(accent, "#000000", step), _LIGHT) >= _ENOUGH)
    if readable != accent.lower():
        raise ValueError(f"text in '{accent}' cannot be read on white: '{readable}' is dark enough")
    bright = next(
        c for step in steps if contrast(c := _mixed(accent, "#ffffff", step), _DARK) >= 1.5 * _ENOUGH
    )
    return {
        "default": (accent, _mixed(accent, "#000000", 0.35)),
        "slate": (bright, _mixed(bright, "#ffffff", 0.4)),
    }
