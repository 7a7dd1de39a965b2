"""The colours of assets/stylesheets/tokens.css pass WCAG 2.2 AA in both schemes."""

from __future__ import annotations

import re

import pytest

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.model.vocabulary import Color, words

TOKENS = (ASSETS / "stylesheets/tokens.css").read_text(encoding="utf-8")


def _scheme(name: str) -> dict[str, str]:
    block = TOKENS.split(f'[data-md-color-scheme="{name}"] {{')[1].split("}")[0]
    return dict(re.findall(r"--dt-([a-z-]+): (#[0-9a-f]{6});", block))


def _luminance(colour: str) -> float:
    """Return the relative luminance of an sRGB colour (WCAG 2.2, "relative luminance")."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("ground", ["paper", "sunk"])
def test_every_text_colour_stands_out_from_its_ground(scheme: str, ground: str) -> None:
    colours = _scheme(scheme)
    texts = ("ink", "muted", "accent", "accent-strong", "good", "bad", *words(Color))
    weak = {t: c for t in texts if (c := round(_contrast(colours[t], colours[ground]), 2)) < 4.5}
    assert weak == {}


def test_every_party_colour_has_a_twin_in_the_dark_scheme_and_both_its_classes() -> None:
    for colour in words(Color):
        assert colour in _scheme("default")
        assert colour in _scheme("slate")
        assert f".dt-ink--{colour} " in TOKENS
        assert f".dt-edge--{colour} " in TOKENS
