"""The image that a link to a page shows elsewhere: 1200 by 630, drawn with the site's own typefaces.

Pillow draws it, without a browser. Colours come from the style sheet's tokens for light paper, so a change
there reaches the images. The same text gives the same bytes with the same version of Pillow.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.assets.colors import tokens
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.vocabulary import Color
from diplomatic_timeline.model.vocabulary import words as vocabulary
from diplomatic_timeline.site.mark import POLYGONS
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.dates import display, years
from diplomatic_timeline.views.timeline import Timeline

SIZE = (1200, 630)
_MARGIN = 80
_TITLE_SIZES = (76, 66, 58, 50, 44)
_TITLE_LINES = 4
_MOST = 1000
"""Characters of which a line never has room for all."""
_SHADES = 16
"""Steps from paper to a colour, for the smooth edges of letters."""


@dataclass(frozen=True, slots=True)
class Card:
    """What an image says: a line of facts, a title, and the parties with colour token and marker."""

    facts: str
    title: str
    parties: tuple[tuple[str, str, str], ...]
    site: str


class CardRenderer:
    """Draws cards with the site's typefaces and colours."""

    def __init__(self, accent: str | None = None) -> None:
        self.serif = ASSETS / "fonts" / "serif.woff2"
        self.sans = ASSETS / "fonts" / "sans.woff2"
        self.tokens = tokens("default")
        if accent:
            self.tokens["accent"] = accent

    def can_draw(self, card: Card) -> bool:
        """Return whether the typefaces hold every character; an image of empty boxes is worse than none."""
        words = card.facts + card.site + "".join(name for name, _, _ in card.parties)
        return _covers(self.serif, card.title) and _covers(self.sans, words)

    @cached_property
    def tools(self) -> tuple[object, ...]:
        """What else an image depends on: colours, typefaces, and the program that draws."""
        fonts = [sha256(path.read_bytes()).hexdigest() for path in (self.serif, self.sans)]
        return (sorted(self.tokens.items()), fonts, version("pillow"))

    @cached_property
    def palette(self) -> Image.Image:
        """Every colour that a pixel can have: paper, lines, and the colours of text in their shades."""
        paper, accent, line, *inks = (
            ImageColor.getrgb(self.tokens[name])
            for name in ("paper", "accent", "line", "muted", "ink", *vocabulary(Color))
        )
        shades = [
            round(p + (i - p) * shade / _SHADES)
            for ink in inks
            for shade in range(1, _SHADES + 1)
            for p, i in zip(paper, ink, strict=True)
        ]
        image = Image.new("P", (1, 1))
        image.putpalette([*paper, *accent, *line, *shades])
        return image

    def draw(self, card: Card) -> bytes:
        """Return the card as PNG."""
        image = Image.new("RGB", SIZE, self.tokens["paper"])
        pen = ImageDraw.Draw(image)
        muted, ink = self.tokens["muted"], self.tokens["ink"]
        pen.rectangle((0, 0, SIZE[0], 11), fill=self.tokens["accent"])
        facts = _font(self.sans, 34, 400)
        pen.text((_MARGIN, 72), _shortened(card.facts, facts), font=facts, fill=muted)
        lines, title = self._title(card.title)
        for n, line in enumerate(lines):
            pen.text((_MARGIN, 138 + n * round(title.size * 1.16)), line, font=title, fill=ink)
        pen.line((_MARGIN, 536, SIZE[0] - _MARGIN, 536), fill=self.tokens["line"], width=2)
        small = _font(self.sans, 30, 600)
        at = float(_MARGIN)
        for name, color, marker in card.parties:
            fill = self.tokens.get(color, ink)
            image.paste(fill, (int(at), 562), _marker(marker))
            pen.text((at + 38, 555), name, font=small, fill=fill)
            at += 38 + small.getlength(name) + 36
        site = _font(self.sans, 30, 400)
        name = _shortened(card.site, site, SIZE[0] - 2 * _MARGIN - (at - _MARGIN))
        pen.text((SIZE[0] - _MARGIN - site.getlength(name), 555), name, font=site, fill=muted)
        out = io.BytesIO()
        image.quantize(palette=self.palette, dither=Image.Dither.NONE).save(out, "PNG", compress_level=3)
        return out.getvalue()

    def _title(self, text: str) -> tuple[list[str], ImageFont.FreeTypeFont]:
        for size in _TITLE_SIZES:
            font = _font(self.serif, size, 600)
            lines = _wrapped(text, font, SIZE[0] - 2 * _MARGIN)
            if len(lines) <= _TITLE_LINES:
                return lines, font
        kept = lines[:_TITLE_LINES]
        kept[-1] = _shortened(kept[-1] + " …", font)
        return kept, font


@lru_cache(maxsize=32)
def _font(path: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=4096)
def _drawn(path: Path, character: str) -> bytes:
    return bytes(_font(path, 40, 400).getmask(character))


def _covers(path: Path, text: str) -> bool:
    # U+FFFF is no character, so what it draws is the font's box for what it lacks.
    return all(c.isspace() or _drawn(path, c) != _drawn(path, "\uffff") for c in set(text))


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        elif len(lines) <= _TITLE_LINES:
            lines.append(word)
        else:
            break
    return [_shortened(line, font, width) for line in lines]


def _shortened(text: str, font: ImageFont.FreeTypeFont, width: float = SIZE[0] - 2 * _MARGIN) -> str:
    def is_wider(end: int) -> bool:
        return font.getlength(f"{text[:end].rstrip()}…") > width

    if len(text) < _MOST and font.getlength(text) <= width:
        return text
    ends = range(min(len(text), _MOST) + 1)
    return f"{text[: max(0, bisect_left(ends, True, key=is_wider) - 1)].rstrip()}…"


@lru_cache(maxsize=16)
def _marker(shape: str) -> Image.Image:
    """Return a marker as a mask of 24 pixels; drawn larger and reduced, which smooths its edges."""
    side, times = 24, 8
    large = Image.new("L", (side * times, side * times), 0)
    half = side * times / 2
    if shape in POLYGONS:
        points = [(half + x * half * 0.96, half + y * half * 0.96) for x, y in POLYGONS[shape]]
        ImageDraw.Draw(large).polygon(points, fill=255)
    else:
        ImageDraw.Draw(large).ellipse((0, 0, side * times - 1, side * times - 1), fill=255)
    return large.resize((side, side), Image.Resampling.BOX)


NAME = "social.png"
"""An image's file name: beside its event's page, or at the root for all other pages."""

MOST = 500
"""Up to how many main events a record has for each to get an image of its own."""


def event_card(event: Event, timeline: Timeline, imprint: Imprint) -> Card:
    """Return what an event's image says."""
    corpus, words = timeline.corpus, imprint.words
    facts = [display(event.date, words)]
    facts += dict.fromkeys(corpus.places[at.place].name for at in event.where)
    facts.append(words(f"kind.{event.kind}"))
    if event.status != "held":
        facts.append(words(f"status.{event.status}"))
    present = {p.party for p in event.participants} or {q.party for q in event.quotes}
    return Card(
        " · ".join(facts),
        event.title,
        tuple(
            (corpus.parties[p].short, corpus.parties[p].color, corpus.parties[p].marker)
            for p in timeline.columns
            if p in present
        ),
        imprint.name,
    )


def site_card(timeline: Timeline, imprint: Imprint) -> Card:
    """Return what the image of the site says."""
    facts = years(timeline.years[0], timeline.years[-1], imprint.words) if timeline.years else ""
    sides = (timeline.corpus.parties[p] for p in timeline.columns)
    return Card(facts, imprint.name, tuple((s.short, s.color, s.marker) for s in sides), "")


def cards(timeline: Timeline, imprint: Imprint, artist: CardRenderer) -> dict[str, Card]:
    """Return what each image says, by its address.

    Main events have one, in a record of up to `MOST` of them: an image takes some 6 ms to draw, which for ten
    thousand would be a minute. All other pages show the site's.
    """
    found = {NAME: site_card(timeline, imprint)}
    if len(timeline.main) <= MOST:
        for id in timeline.main:
            found[f"{urls.event(id)}{NAME}"] = event_card(timeline.events[id], timeline, imprint)
    return {path: card for path, card in found.items() if artist.can_draw(card)}
