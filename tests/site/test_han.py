"""The Chinese characters of a record travel with its site."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.site.han import HAN, PATH, typeface
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_timeline
from helpers.sites import files_of


def test_the_typeface_has_every_chinese_character_of_the_record_and_no_other(real: Timeline) -> None:
    files = files_of(Site(real, "A record"))
    used = {c for person in real.corpus.people.values() for c in HAN.findall(person.native_name or "")}
    font = TTFont(io.BytesIO(files[PATH]))
    held = set(map(chr, font.getBestCmap()))
    assert len(used) > 20
    assert used <= held
    assert len(files[PATH]) < 60_000
    assert all(HAN.match(c) for c in held)


def test_a_record_without_chinese_has_no_typeface_and_the_style_sheet_asks_for_it_where_there_is() -> None:
    assert PATH not in files_of(Site(make_timeline(make_event()), "A record"))
    assert typeface("王毅", NullStore()) == typeface("王毅", NullStore())
    styles = (ASSETS / "stylesheets" / "fonts.css").read_text(encoding="utf-8")
    assert f'url("../{PATH.removeprefix("assets/")}")' in styles
