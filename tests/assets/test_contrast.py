"""The colours of assets/stylesheets/tokens.css pass WCAG 2.2 AA in both schemes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.theme import Theme

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.assets.colors import contrast, shades, tokens
from diplomatic_timeline.model.vocabulary import Color, words
from diplomatic_timeline.plugin.assets import theme_style

TOKENS = (ASSETS / "stylesheets/tokens.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("ground", ["paper", "sunk"])
def test_every_text_colour_stands_out_from_its_ground(scheme: str, ground: str) -> None:
    colours = tokens(scheme)
    texts = ("ink", "muted", "accent", "accent-strong", "good", "bad", *words(Color))
    weak = {t: c for t in texts if (c := round(contrast(colours[t], colours[ground]), 2)) < 4.5}
    assert weak == {}


def test_every_party_colour_has_a_twin_in_the_dark_scheme_and_both_its_classes() -> None:
    for colour in words(Color):
        assert colour in tokens("default")
        assert colour in tokens("slate")
        assert f".dt-ink--{colour} " in TOKENS
        assert f".dt-edge--{colour} " in TOKENS


def test_every_colour_that_the_theme_has_for_the_dark_is_set_as_no_page_asks_for_its_palette() -> None:
    (palette,) = (
        found for folder in Theme(name="material").dirs for found in Path(folder).rglob("palette.*.css")
    )
    (dark,) = re.findall(r"\[data-md-color-scheme=slate\]\{([^}]*)\}", palette.read_text(encoding="utf-8"))
    used = set(re.findall(r"var\((--md-[\w-]+)", theme_style().decode()))
    themes, ours = (set(re.findall(r"(--md-[\w-]+):", style)) for style in (dark, TOKENS))
    assert (themes & used) - ours == set()


@pytest.mark.parametrize("accent", ["#0b625c", "#8a1538", "#003399", "#000000", "#6b2fb3"])
def test_a_colour_of_ones_own_can_be_read_in_both_schemes(accent: str) -> None:
    for scheme, texts in shades(accent).items():
        grounds = (tokens(scheme)["paper"], tokens(scheme)["sunk"])
        assert min(contrast(text, ground) for text in texts for ground in grounds) >= 4.5


@pytest.mark.parametrize("accent", ["#ffcc00", "#3fa9f5"])
def test_a_colour_in_which_nobody_could_read_is_refused_with_one_that_serves(accent: str) -> None:
    with pytest.raises(ValueError, match="is dark enough") as refused:
        shades(accent)
    named = re.findall("#[0-9a-f]{6}", str(refused.value))[-1]
    assert shades(named)["default"][0] == named


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="write it as"):
        shades("teal")
