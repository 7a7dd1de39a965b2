"""Makes a record's own typefaces: for each script that the program's lack, a part of one on this machine.

Needs nothing but the typefaces' files. The same file gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from fontTools import subset, unicodedata
from fontTools.ttLib import TTCollection, TTFont, TTLibError

from diplomatic_timeline.assets.coverage import family

HERE = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
"""Where Debian, other systems and their users keep typefaces."""

OFL = "SIL Open Font License"
"""The licence that is named where a face says that it has it; others are not."""

KINDS = (".ttf", ".otf", ".ttc")
_FORMS = ("Bold", "Italic", "Oblique", "Light", "Thin", "Black", "Medium", "Condensed", "Mono")
_JOINERS = {0x200C, 0x200D, 0x200E, 0x200F, 0x25CC}
_RESTRICTED = 0x2
"""What a face says that must not be embedded (OpenType, OS/2, `fsType`)."""

# Which of the faces for Chinese, Japanese and Korean a script is set in, by the end of its name; the program
# has simplified Chinese. Of these a record gets its own characters alone: all of them weigh megabytes.
_EASTERN = {"Hang": "KR", "Hira": "JP", "Kana": "JP", "Hani": "TC", "Bopo": "TC"}


class Face(NamedTuple):
    """A typeface on this machine: its file, its place there, its family and licence, and what it has."""

    path: Path
    number: int
    name: str
    licence: str
    codes: frozenset[int]


class Part(NamedTuple):
    """A part of a face: the name and the bytes of its file, the face it is of, and its characters."""

    file: str
    content: bytes
    face: Face
    codes: frozenset[int]

    @property
    def head(self) -> str:
        """What names the face in the list of the characters."""
        return f"{self.face.name}: {self.face.licence}".encode("ascii", "ignore").decode()


def files(folders: Iterable[Path]) -> list[Path]:
    """Return the files of upright typefaces of plain weight in folders, by name.

    Where none is named, those on this machine whose names begin with Noto: they may be passed on (SIL OFL
    1.1).
    """
    named = tuple(folders)
    found = (p for folder in named or map(Path, HERE) for p in folder.expanduser().rglob("*"))
    return sorted(
        path
        for path in found
        if path.suffix in KINDS
        and not any(form in path.stem for form in _FORMS)
        and (named or path.stem.startswith("Noto"))
    )


def faces(paths: Iterable[Path]) -> list[Face]:
    """Return the typefaces in files that may be embedded."""
    found: list[Face] = []
    for path in paths:
        try:
            found += _faces(path)
        except (TTLibError, OSError, KeyError, ValueError):
            continue  # damaged, or of a kind that is not meant for text
    return found


def _faces(path: Path) -> Iterator[Face]:
    count = len(TTCollection(path, lazy=True)) if path.suffix == ".ttc" else 1
    for number in range(count):
        with TTFont(path, fontNumber=number, lazy=True) as font:
            codes = font.getBestCmap()
            if codes and "fvar" not in font and not font["OS/2"].fsType & _RESTRICTED:
                names = font["name"]
                told = f"{names.getDebugName(13)} {names.getDebugName(14)}"
                licence = OFL if "Open Font License" in told or "/OFL" in told else ""
                yield Face(path, number, str(names.getBestFamilyName()), licence, frozenset(codes))


def chosen(characters: Iterable[str], among: list[Face]) -> tuple[dict[str, Face], frozenset[str]]:
    """Return a face for each script of the characters, by its code of ISO 15924; and what no face has.

    What belongs to no script is taken from a face that is there for one, or by itself as `Zyyy`.
    """
    scripts: dict[str, set[int]] = {}
    for character in characters:
        scripts.setdefault(unicodedata.script(character), set()).add(ord(character))
    common = scripts.pop("Zyyy", set()) | scripts.pop("Zinh", set())
    found: dict[str, Face] = {}
    lacking: set[int] = set()
    for script, codes in (*sorted(scripts.items()), ("Zyyy", common)):
        left = codes.difference(*(face.codes for face in found.values()))
        best = max(among, key=lambda face: _rank(face, script, left), default=None)
        if left and best and best.codes & left:
            found[script] = best
            left -= best.codes
        lacking |= left
    return found, frozenset(map(chr, lacking))


def _rank(face: Face, script: str, codes: set[int]) -> tuple[object, ...]:
    """Return how well a face serves: what has most, what has no serifs, what is the plainest of its kind."""
    eastern = face.name.endswith(_EASTERN.get(script, ""))
    return len(face.codes & codes), eastern, "Sans" in face.name, -len(face.name), face.name, -face.number


def part(script: str, face: Face, characters: Iterable[str]) -> Part:
    """Return what a record needs of a face for a script, under the record's own name for it.

    An alphabet comes whole, so that the next name needs nothing new.
    """
    whole = script not in {*_EASTERN, "Zyyy"}
    own = {c for c in face.codes if whole and script in unicodedata.script_extension(chr(c))}
    codes = face.codes & {*own, *map(ord, characters), *_JOINERS}
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=["*"])
    written = io.BytesIO()
    with TTFont(face.path, fontNumber=face.number, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        _rename(font["name"], script)
        font.save(written)
        kind = "otf" if "CFF " in font else "ttf"
    return Part(f"{script.lower()}.{kind}", written.getvalue(), face, codes)


def _rename(names: Any, script: str) -> None:
    """Give a part of a face a name of its own; copyright and licence stay."""
    own = family(script)
    for kind in (16, 17, 21, 22, 25):
        names.removeNames(nameID=kind)
    for kind, text in ((1, own), (2, "Regular"), (3, own), (4, own), (6, own.replace(" ", "-"))):
        names.removeNames(nameID=kind)
        names.setName(text, kind, 3, 1, 0x409)
