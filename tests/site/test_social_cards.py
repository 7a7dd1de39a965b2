"""Social images."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageColor

from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.vocabulary import Color, words
from diplomatic_timeline.site import social_cards
from diplomatic_timeline.site.social_cards import Card, CardRenderer
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_timeline


def images(timeline: Timeline, imprint: Imprint, artist: CardRenderer) -> dict[str, bytes]:
    return {path: artist.draw(card) for path, card in social_cards.cards(timeline, imprint, artist).items()}


@pytest.fixture(scope="module")
def artist() -> CardRenderer:
    return CardRenderer()


def test_the_same_event_gives_the_same_image_in_the_colours_of_the_style_sheet(
    real: Timeline, artist: CardRenderer
) -> None:
    imprint = Imprint("Timeline")
    first = images(real, imprint, artist)
    assert first == images(real, imprint, CardRenderer())
    assert len(first) == 1 + sum(e.prominence == "main" for e in real.events.values())
    assert artist.draw(Card("1990", "One", (), "S")) != artist.draw(Card("1990", "Two", (), "S"))
    parties = tuple(("A party", color, "square") for color in words(Color))
    image = Image.open(BytesIO(artist.draw(Card("", "", parties, "")))).convert("RGB")
    shown = {color for _, color in image.getcolors(1 << 16) or []}
    wanted = {name: ImageColor.getrgb(artist.tokens[name]) for name in ("paper", "accent", *words(Color))}
    assert {name: color for name, color in wanted.items() if color not in shown} == {}
    # No image is drawn where the typeface lacks a character.
    timeline = make_timeline(make_event(title="王毅 in Rome"), make_event("b", title="Wang Yi in Rome"))
    drawn = images(timeline, Imprint("S"), artist)
    assert set(drawn) == {"social.png", "events/b/social.png"}


@pytest.mark.parametrize("title", ["W" * 400, "word " * 200, "x"])
def test_a_title_of_any_length_is_drawn(artist: CardRenderer, title: str) -> None:
    parties = (("A party", "blue", "diamond"), ("Another", "violet", "hexagon"), ("Third", "teal", "cross"))
    assert artist.draw(Card("5 May 1990 · Port · talks", title, parties, "S" * 200)).startswith(b"\x89PNG")


def test_a_record_of_very_many_main_events_shares_the_image_of_the_site(
    artist: CardRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(social_cards, "MOST", 2)
    few = make_timeline(make_event("a"), make_event("b"), make_event("c", prominence="context"))
    many = make_timeline(make_event("a"), make_event("b"), make_event("c"))
    own = {"events/a/social.png", "events/b/social.png"}
    assert set(images(few, Imprint("S"), artist)) == {"social.png", *own}
    assert set(images(many, Imprint("S"), artist)) == {"social.png"}
