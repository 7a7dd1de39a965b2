"""`timeline fonts`: what the program's typefaces lack is taken from others, and then checked and printed."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader

from helpers.commands import timeline
from helpers.edits import replace
from helpers.records import SMALL


def typeface(path: Path, characters: str) -> None:
    """Write a typeface in which every character is a box."""
    names = {character: f"u{ord(character):04X}" for character in characters}
    pen = TTGlyphPen(None)
    for n, point in enumerate(((100, 0), (100, 700), (500, 700), (500, 0))):
        (pen.lineTo if n else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    build = FontBuilder(1000)
    build.setupGlyphOrder([".notdef", *names.values()])
    build.setupCharacterMap({ord(character): name for character, name in names.items()})
    build.setupGlyf(dict.fromkeys([".notdef", *names.values()], box))
    build.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (600, 100)))
    build.setupHorizontalHeader(ascent=800, descent=-200)
    build.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    build.setupOS2()
    build.setupPost()
    path.parent.mkdir(exist_ok=True)
    build.save(path)


def test_what_no_typeface_has_is_an_error_until_one_is_taken(tmp_path: Path) -> None:
    events = Path(shutil.copytree(SMALL, tmp_path / "events"))
    given = ("--events", str(events))
    replace(events / "registry/people.yml", "name: Ada Thorn", "name: Ada Thorn\n  native_name: กข")
    found = timeline("check", *given)
    assert found.exit_code == 1
    assert "error[unprintable-character] no typeface has the character U+0E01" in found.output
    assert "run: timeline fonts" in found.output
    assert timeline("brief", "--all", "-o", str(tmp_path / "all.pdf"), *given).exit_code == 1
    elsewhere = tmp_path / "faces"
    typeface(elsewhere / "a.ttf", "ก")
    lacking = timeline("fonts", "--from", str(elsewhere), *given)
    assert lacking.exit_code == 1
    assert "U+0E02" in lacking.output
    typeface(elsewhere / "b.ttf", "กขค")
    assert timeline("fonts", "--from", str(elsewhere), *given).exit_code == 0
    assert timeline("check", *given).exit_code == 0
    pdf = tmp_path / "lin.pdf"
    printed = timeline("brief", "--event", "1996-04-02-saltholm", "-o", str(pdf), *given)
    assert printed.exit_code == 0, printed.output
    pages = PdfReader(io.BytesIO(pdf.read_bytes())).pages
    text = "".join(page.extract_text() for page in pages)
    assert "กข" in text
    assert "(SIL Open Font License), Boxes." in " ".join(text.split())
    # An alphabet comes whole: another of its letters needs nothing new.
    replace(events / "registry/people.yml", "native_name: กข", "native_name: คก")
    assert timeline("check", *given).exit_code == 0


def test_a_letter_in_another_form_is_to_be_written_plainly(tmp_path: Path) -> None:
    events = Path(shutil.copytree(SMALL, tmp_path / "events"))
    replace(events / "registry/people.yml", "name: Ada Thorn", "name: Ada Thorn\n  note: An o\ufb03cer.")
    assert "help: write it as 'ffi'" in timeline("check", "--events", str(events)).output
