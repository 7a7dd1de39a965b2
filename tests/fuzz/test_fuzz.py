"""Whatever a file, a quotation, a date or a pin says: it is read, or refused with a reason; nothing else.

`make test` tries a few mutations, always the same. `make fuzz` tries many (`EXAMPLES=5000`), new ones each
time; what failed is kept in `tests/fuzz/seeds/` and tried again first.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_timeline.imports import timelinejs, timelinejs_files, yaml_writer
from diplomatic_timeline.imports.tables import UnreadableError
from diplomatic_timeline.imports.writer import write
from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.proof.extraction import ExtractionError, extract
from diplomatic_timeline.proof.matching import find
from diplomatic_timeline.proof.pins import PinError, fingerprint, parse, render
from diplomatic_timeline.proof.tokens import tokens
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.yaml_edits import EditError, with_fields
from diplomatic_timeline.record.yaml_reader import read_document
from helpers.generated import TEXT as WRITTEN
from helpers.generated import bounded
from helpers.records import BROKEN

TEXT = (
    (BROKEN / "_copies" / "gazette-2021.txt").read_text("utf-8")
    + """
MS. HOLM:  (Via interpreter) We count the fish, and Sec. Orm knows [sic] the U.S. count.[2] It is 3.5 million.

（一）双方不会同意《鱼群声明》的全部条款。问：“为什么？”
"""
)
PIN = fingerprint(TEXT, source="gazette-2021", sha256="0" * 64, extractor="plain text", pinned="2021-12-31")
EVENT = (BROKEN / "_base" / "2021" / "2021-03-01-port-vale.yml").read_bytes()
SLIDES = {
    "events": [
        {"start_date": {"year": 2024, "month": "5", "day": 31}, "text": {"headline": "A", "text": "<p>B"}}
    ]
}
# What has meaning to one of the readers, and what often breaks one.
_PIECES = (
    "¦\x00¦\u200b¦\u202e¦\ufeff¦\n¦\r¦\t¦: ¦- ¦'¦\"¦“¦《¦[¦]¦{¦}¦&a¦*a¦!!x¦#¦|¦>¦%¦<¦</p>¦&shy;¦&#0;¦"
    "\\u200b¦null¦~¦...¦---¦9999999999¦-1¦1e999"
).split("¦")
PIECES = st.sampled_from([piece.encode() for piece in _PIECES] + [b"\xff"]) | st.binary(max_size=4)


@st.composite
def mutated(draw: st.DrawFn, original: bytes) -> bytes:
    """Return the bytes with up to four stretches of them taken out, doubled or replaced."""
    data = original
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 8, 64])))
        piece = draw(PIECES | st.just(data[start:stop] * 2))
        data = data[:start] + piece + data[stop:]
    return data


@st.composite
def edited(draw: st.DrawFn, value: Any) -> Any:
    """Return a value after an edit in it: another text, an item or a field less, an item more."""
    if isinstance(value, dict) and value:
        name = draw(st.sampled_from([*value]))
        inner = draw(st.none() | edited(value[name]))
        return {n: inner if n == name else v for n, v in value.items() if n != name or inner is not None}
    if isinstance(value, list) and value:
        at = draw(st.integers(0, len(value) - 1))
        inner = draw(st.none() | edited(value[at]))
        return [*value[:at], *([] if inner is None else [inner]), *value[at + draw(st.integers(0, 1)) :]]
    return draw(WRITTEN)


def _without_ends(value: Any) -> Any:
    """Return a value without the line end that YAML adds to texts of several lines."""
    if isinstance(value, dict):
        return {name: _without_ends(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_ends(inner) for inner in value]
    return value.removesuffix("\n") if isinstance(value, str) else value


@bounded
@given(st.data())
def test_an_edit_makes_a_file_say_what_was_meant_or_is_refused(data: st.DataObject) -> None:
    original = b"# ours\n" + data.draw(st.just(EVENT) | mutated(EVENT))
    document = read_document("event.yml", original)
    if document.diagnostics or not isinstance(document.value, dict):
        return
    fields = data.draw(edited(data.draw(edited(document.value))))
    try:
        text = with_fields(document, fields, yaml_writer.write)
    except EditError:
        return
    after = read_document("event.yml", text.encode())
    assert (after.diagnostics, _without_ends(after.value or {})) == ([], _without_ends(fields))
    assert text.startswith("# ours\n")


def _has_a_remedy(refused: PinError | DateError | ExtractionError) -> None:
    assert refused.remedy


@bounded
@given(mutated(render(PIN).encode()))
def test_a_pin_is_the_same_or_refused(data: bytes) -> None:
    try:
        assert parse(data.decode("ascii", errors="replace")) == PIN
    except PinError as refused:
        _has_a_remedy(refused)


@bounded
@given(mutated(b"We count the fish before we share them"), st.text(max_size=8), st.text(max_size=8))
def test_only_the_words_of_a_quotation_are_proven(data: bytes, prefix: str, suffix: str) -> None:
    text = data.decode("utf-8", errors="replace")
    finding = find(text, PIN, prefix=prefix, suffix=suffix)
    if finding.verified and "[" not in text and "［" not in text:
        words = "\x1f".join(tokens(text))
        assert f"\x1f{words}\x1f" in "\x1f" + "\x1f".join(tokens(TEXT)) + "\x1f"


@bounded
@given(mutated(TEXT.encode()))
def test_any_text_can_be_pinned_and_is_found_in_itself(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    pin = fingerprint(text, source="s", sha256="0" * 64, extractor="plain text", pinned="2021-12-31")
    assert parse(render(pin)) == pin
    if "[" not in text and "［" not in text:
        assert find(text, pin).verified


@bounded
@given(mutated(b"2021-03-18/2021-03-19~") | mutated(b"2021-03-18T10:00") | st.binary(max_size=12))
def test_a_date_is_read_or_refused(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    try:
        date = parse_date(text)
    except DateError as refused:
        _has_a_remedy(refused)
    else:
        assert date.first <= date.last
        assert parse_date(str(date)) == date


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(BROKEN / "_base", tmp_path_factory.mktemp("fuzz") / "events"))


@bounded
@given(data=mutated(EVENT))
def test_an_event_is_read_or_has_findings(record: Path, data: bytes) -> None:
    (record / "2021" / "2021-03-01-port-vale.yml").write_bytes(data)
    for finding in read_folder(record, "events").diagnostics:
        assert finding.message
        assert finding.position.file


@bounded
@given(mutated(json.dumps(SLIDES).encode()))
def test_an_import_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    try:
        found = timelinejs_files.read(data)
    except UnreadableError:
        return
    list(write(timelinejs.Importer(Corpus()).drafts(found), tmp_path_factory.mktemp("import") / "events"))


def _docx() -> bytes:
    space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:p><w:r><w:t>Fish</w:t></w:r></w:p></w:document>"
        )
    return file.getvalue()


def _pdf() -> bytes:
    import typst

    return typst.compile(b"We count the fish.")


FILES: dict[str, Callable[[], Any]] = {
    "a page": lambda: b"<!doctype html><html><body><p>We count<sup>1</sup> <s>no</s> fish.</p></body></html>",
    "a PDF": _pdf,
    "a DOCX document": _docx,
}


@pytest.mark.parametrize("kind", FILES)
@bounded
@given(data=st.data())
def test_a_document_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    try:
        extract(data.draw(mutated(_made(kind))), "vela")
    except ExtractionError as refused:
        _has_a_remedy(refused)


_MADE: dict[str, bytes] = {}


def _made(kind: str) -> bytes:
    return _MADE.setdefault(kind, _MADE.get(kind) or FILES[kind]())
