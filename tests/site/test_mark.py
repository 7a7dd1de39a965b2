"""The mark of a site that has no logo."""

from __future__ import annotations

import re

from diplomatic_timeline.assets.colors import tokens
from diplomatic_timeline.site import mark
from helpers.records import make_timeline


def made(*parties: tuple[str, str]) -> str:
    """Return the mark of a record of such parties by colour and marker; its file has the first one last."""
    return mark.file(
        make_timeline(
            parties={
                f"p{n}": {"name": "P", "short": "P", "adjective": "P", "color": c, "marker": m, "order": n}
                for n, (c, m) in reversed(list(enumerate(parties)))
            }
        )
    )


def test_it_has_the_shapes_of_the_first_two_parties_in_the_colours_of_both_schemes() -> None:
    svg = made(("green", "circle"), ("violet", "cross"), ("red", "square"))
    assert re.findall(r'<(\w+) class="dt-ink--(\w+)"', svg) == [
        ("path", "neutral"),
        ("circle", "green"),
        ("polygon", "violet"),
    ]
    for scheme in ("default", "slate"):
        for color in ("green", "violet", "neutral"):
            assert f".dt-ink--{color}{{fill:{tokens(scheme)[color]}}}" in svg


def test_a_record_of_one_party_has_one_shape_in_the_middle() -> None:
    assert made(("red", "circle")).count("<circle") == 1
    assert 'cx="12" cy="12"' in made(("red", "circle"))
