"""A folder of YAML files to a corpus, and to findings, whatever the folder holds."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from diplomatic_timeline.build.store import NullStore, Store
from diplomatic_timeline.cli.main import main
from diplomatic_timeline.model.characters import visible
from diplomatic_timeline.model.diagnostics import Position
from diplomatic_timeline.model.registries import REGISTRIES
from diplomatic_timeline.record import report
from diplomatic_timeline.record.loader import by_date, read_folder
from diplomatic_timeline.record.reading import Reading
from helpers.records import BROKEN, SMALL, make_event

BASE = BROKEN / "_base"
COPIES = BROKEN / "_copies"

EVENT = """\
title: A visit to Port Vale
date: 2022-01-01
kind: visit
level: minister
summary: They met.
issues:
  - issue: fishing
sources: [gazette-2021]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a sound record that a test may change."""
    return Path(shutil.copytree(BASE, tmp_path / "events"))


def findings(reading: Reading) -> list[tuple[str, str, int]]:
    """Return code, file and line of every finding but that a source is not pinned."""
    return [(d.code, d.position.file, d.position.line) for d in reading.diagnostics if d.code != "unpinned"]


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


MANY = ", ".join(f"A{n}" for n in range(20_000))


LIMITS = {
    "a large file": ("a.yml", "#" * 5_000_001, "too-large", "larger than 5 MB"),
    "a long text": ("a.yml", EVENT.replace("They", "鱼 " * 40_000), "too-long", "the text has"),
    "ids": ("a.yml", EVENT.replace("2021]", f"2021, {MANY}]"), "too-many-findings", "and 19,900"),
    "references": (
        "a.yml",
        EVENT.replace("2021]", f"2021, {MANY.lower()}]"),
        "too-many-findings",
        "and 19,900",
    ),
    "keys": ("a.yml", EVENT + "bad: x\n" * 5_000, "too-many-findings", "and 4,900"),
    "todos": ("a.yml", EVENT + f"aliases: [{'todo, ' * 5_000}]\n", "too-many-findings", "more in this"),
    "entries": (
        "registry/places.yml",
        "".join(f"A{n}: b\n" for n in range(5_000)),
        "too-many-findings",
        "and 4,900",
    ),
}


@pytest.mark.parametrize(("name", "text", "code", "said"), LIMITS.values(), ids=LIMITS)
def test_what_is_beyond_the_limits_is_one_finding(
    folder: Path, name: str, text: str, code: str, said: str
) -> None:
    write(folder, name, text)
    reading = read_folder(folder, "events")
    found = [d for d in reading.diagnostics if d.code == code]
    assert [said in d.message for d in found] == [True]
    assert sum(d.position.file == f"events/{name}" for d in reading.diagnostics) <= 101
    assert len(report.as_text(reading.diagnostics)) < 200_000


@pytest.mark.parametrize(
    ("follows", "expected"),
    [
        ({}, ["1990-a", "1990-b", "1990-c"]),
        ({"1990-a": ["1990-b"]}, ["1990-b", "1990-a", "1990-c"]),
        ({"1990-a": ["1990-b"], "1990-b": ["1990-c"]}, ["1990-c", "1990-b", "1990-a"]),
        ({"1990-a": ["1990-b"], "1990-b": ["1990-a"]}, ["1990-c", "1990-a", "1990-b"]),
        ({"1990-a": ["nobody"]}, ["1990-a", "1990-b", "1990-c"]),
    ],
)
def test_what_follows_an_event_stands_behind_it(follows: dict[str, list[str]], expected: list[str]) -> None:
    events = {
        id: make_event(id=id, date="1990", follows=follows.get(id, []))
        for id in ("1990-a", "1990-b", "1990-c")
    }
    assert list(by_date(events)) == expected


def test_a_sound_record_is_read_whole_and_each_event_knows_its_file(folder: Path) -> None:
    reading = read_folder(folder)
    corpus = reading.corpus
    assert reading.sound
    assert list(corpus.events) == ["2021-03-01-port-vale", "2021-05-ferry"]
    assert {kind: len(getattr(corpus, kind)) for kind in REGISTRIES} == {
        "parties": 2,
        "people": 2,
        "organizations": 2,
        "places": 1,
        "issues": 3,
        "sources": 2,
    }
    assert read_folder(folder, "events").corpus.files["2021-05-ferry"] == "events/2021/2021-05-ferry.yml"


def test_events_are_ordered_by_date_whatever_their_files_and_folders_are_called(folder: Path) -> None:
    write(folder, "1999/a.yml", EVENT)
    assert list(read_folder(folder).corpus.events)[-1] == "a"
    # The folders of events are the editors choice.
    write(folder, "visits/2022/january/2022-01-01-visit.yml", EVENT)
    write(folder, "2022-01-02-visit.yml", EVENT)
    reading = read_folder(folder)
    assert reading.sound
    assert {"2022-01-01-visit", "2022-01-02-visit"} <= set(reading.corpus.events)


def test_findings_name_the_folder_as_it_was_given(folder: Path) -> None:
    write(folder, "2022/empty.yml", "")
    assert findings(read_folder(folder))[0][1] == f"{folder.as_posix()}/2022/empty.yml"
    assert findings(read_folder(folder, "record"))[0][1] == "record/2022/empty.yml"


def test_an_empty_record_is_sound_and_an_empty_folder_is_one_finding(tmp_path: Path) -> None:
    assert findings(read_folder(tmp_path, "events")) == [("missing-file", "events/registry", 1)]
    for kind in REGISTRIES:
        write(tmp_path, f"registry/{kind}.yml", "{}\n")
    reading = read_folder(tmp_path)
    assert (reading.diagnostics, reading.corpus.events) == ((), {})


def test_what_is_no_event_is_left_alone(folder: Path) -> None:
    for name in "README.md 2022/notes.txt 2022/.hidden.yml .trash/a.yml 2022/a.yml~ 2022/.a.yml.swp".split():
        write(folder, name, "nonsense: [")
    assert findings(read_folder(folder)) == []


def test_an_unsound_record_is_left_out_and_stays_known_also_where_it_is_a_second_of_its_name(
    folder: Path,
) -> None:
    for id in ("2022-01-01-visit", "2021-05-ferry"):
        write(folder, f"2022/{id}.yml", EVENT.replace("kind: visit", "kind: vist"))
    reading = read_folder(folder, "events")
    assert findings(reading) == [
        ("duplicate-id", "events/2022/2021-05-ferry.yml", 1),
        ("unknown-value", "events/2022/2021-05-ferry.yml", 3),
        ("unknown-value", "events/2022/2022-01-01-visit.yml", 3),
    ]
    assert not reading.sound
    assert "2022-01-01-visit" not in reading.corpus.events
    assert "2022-01-01-visit" in reading.known["events"]


def test_a_warning_or_a_missing_proof_leaves_the_record_sound(folder: Path) -> None:
    reading = read_folder(folder)
    assert reading.sound
    assert not reading.requiring_proof().sound
    # A warning leaves the record sound.
    write(folder, "2022/2022-01-01-visit.yml", EVENT.replace("A visit", "Round #2, a visit"))
    reading = read_folder(folder)
    assert [code for code, _, _ in findings(reading)] == ["hash-in-text"]
    assert reading.sound


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize(
    "name", ["caf\udce9.yml", "a\n::error::x.yml", "\x1b[31ma.yml", "a\u202elmy.yml", "\u2028"]
)
def test_a_name_that_is_no_text_or_a_command_is_one_finding_and_is_never_printed(
    folder: Path, name: str
) -> None:
    (folder / "2021" / name).mkdir() if name == "\u2028" else write(folder, f"2021/{name}", EVENT)
    found = read_folder(folder, "events").diagnostics
    assert [(d.code, d.severity) for d in found if d.code != "unpinned"] == [("file-name", "error")]
    for form in (report.as_text, report.as_json, report.as_github):
        lines = form(found).split("\n")
        assert [visible(line) for line in lines] == lines
        assert form is report.as_github or not any(line.startswith("::") for line in lines)
        "".join(lines).encode("utf-8")


def test_a_position_leads_to_the_line_that_is_shown(folder: Path) -> None:
    write(folder, "2022/2022-01-01-visit.yml", EVENT.replace("fishing", "fishin"))
    (found,) = (d for d in read_folder(folder, "events").diagnostics if d.severity == "error")
    assert found.position == Position("events/2022/2022-01-01-visit.yml", 7, 12, 6)
    assert found.excerpt == "  - issue: fishin"


@pytest.fixture
def pinned(folder: Path) -> Path:
    """Return the folder of the pins of a record whose sources are all pinned."""
    arguments = ["pin", "--all", str(COPIES), "--events", str(folder), "--date", "2021-12-31"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return folder / "registry" / "pins"


def test_a_file_that_the_system_refuses_to_open_is_one_finding(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refusing(path: Any, *arguments: Any, **given: Any) -> int:
        if Path(path).name in ("people.yml", "2021-05-ferry.yml"):
            raise PermissionError(path)
        return opened(path, *arguments, **given)

    monkeypatch.setattr(os, "open", refusing)
    assert findings(read_folder(folder, "events")) == [
        ("unreadable-file", "events/2021/2021-05-ferry.yml", 1),
        ("unreadable-file", "events/registry/people.yml", 1),
    ]


@pytest.mark.parametrize("refused", ["2021", "registry", "registry/pins", ""])
def test_a_folder_that_the_system_refuses_to_open_is_an_error(
    folder: Path, pinned: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    scandir = os.scandir

    def refusing(path: Any) -> Any:
        if Path(path) == folder / refused:
            raise PermissionError(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert findings(read_folder(folder, "events")) == [
        ("unreadable-file", f"events/{refused}".rstrip("/"), 1)
    ]


NO_FILES: dict[str, Callable[[Path], object]] = {
    "dangling": lambda path: path.symlink_to("nowhere"),
    "a link out": lambda path: path.symlink_to(COPIES / "gazette-2021.txt"),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a circle": lambda path: path.symlink_to(path.name),
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
}


def _a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound, contextlib.chdir(path.parent):
        bound.bind(path.name)


@pytest.mark.parametrize("name", ["2021/2021-05-ferry.yml", "registry/people.yml", "registry/pins/a.pin"])
def test_what_is_named_as_a_file_and_is_none_is_one_finding(folder: Path, pinned: Path, name: str) -> None:
    path = folder / name
    for make in (*NO_FILES.values(), _a_socket):
        path.unlink(missing_ok=True)
        make(path)
        assert findings(read_folder(folder, "events")) == [("unreadable-file", f"events/{name}", 1)]
        if path.is_dir() and not path.is_symlink():
            path.rmdir()


@pytest.mark.parametrize("name", ["2022", "registry", "registry/pins"])
def test_a_linked_folder_is_an_error(folder: Path, pinned: Path, tmp_path: Path, name: str) -> None:
    path = folder / name
    if path.exists():
        path.rename(tmp_path / "elsewhere")
    else:
        shutil.copytree(folder / "2021", tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    found = findings(read_folder(folder, "events"))
    assert ("unreadable-file", f"events/{name}", 1) in found
    assert {code for code, _, _ in found} == {"unreadable-file"}


def test_a_link_within_the_record_is_read(folder: Path) -> None:
    (folder / "2021/2021-05-ferry.yml").rename(folder / "2021/2021-05-ferry.text")
    (folder / "2021/2021-05-ferry.yml").symlink_to("2021-05-ferry.text")
    assert findings(read_folder(folder)) == []


def test_quotations_of_pinned_sources_are_proven_unless_they_are_broken(pinned: Path, folder: Path) -> None:
    reading = read_folder(folder)
    assert reading.diagnostics == ()
    assert {proof.outcome for proof in reading.proofs.values()} == {"verified"}
    # The proof of a broken quotation is not asked for.
    event = folder / "2021" / "2021-03-01-port-vale.yml"
    event.write_text(event.read_text("utf-8").replace("We count", "We [count"), encoding="utf-8")
    assert [code for code, _, _ in findings(read_folder(folder))] == ["open-bracket"]


def test_a_damaged_pin_is_one_finding(pinned: Path, folder: Path) -> None:
    (pinned / "gazette-2021.pin").write_text("nonsense", encoding="utf-8")
    found = read_folder(folder, "events").diagnostics
    assert [(d.code, d.position.file) for d in found] == [
        ("bad-pin", "events/registry/pins/gazette-2021.pin")
    ]


def test_a_pin_with_another_sources_name_is_one_finding_and_proves_nothing(
    pinned: Path, folder: Path, tmp_path: Path
) -> None:
    (pinned / "gazette-2021.pin").rename(pinned / "gazette-2022.pin")
    for store in (NullStore(), Store(tmp_path / "store.sqlite")):
        read_folder(folder, "events", store)
        reading = read_folder(folder, "events", store)
        assert [(d.code, d.position.file) for d in reading.diagnostics] == [
            ("bad-pin", "events/registry/pins/gazette-2022.pin")
        ]
        assert "gazette-2021" not in reading.pins
        quotes = [q for e in reading.corpus.events.values() for q in e.quotes if q.source == "gazette-2021"]
        assert quotes
        assert {reading.proofs[q.id].outcome for q in quotes} == {"unpinned"}


def test_a_pin_without_a_source_is_one_finding(pinned: Path, folder: Path) -> None:
    (folder / "2021" / "2021-05-ferry.yml").unlink()
    event = folder / "2021" / "2021-03-01-port-vale.yml"
    event.write_text(event.read_text("utf-8").replace("related: [2021-05-ferry]\n", ""), encoding="utf-8")
    sources = folder / "registry" / "sources.yml"
    sources.write_text(sources.read_text("utf-8").split("radio-2021:")[0], encoding="utf-8")
    assert findings(read_folder(folder, "events")) == [
        ("unknown-source", "events/registry/pins/radio-2021.pin", 1)
    ]


SPOILERS = st.sampled_from(
    [
        *"\t:[]{}'\"|>#\n\r~\\%@`X0 \u200b\u00a0　\ufeff\x00\x85\u2028\ufffdé林🦊",
        *"- ;: ;*a;&a ;!x ; #x;---\n;...\n;? ;null;true;<<: ;id: x\n;[...];{{ x }};  ".split(";"),
        *"2021-02-30;1/2/2021;May 2021;quotes: ;positions: ;- id: x\n;text: ;date: ".split(";"),
    ]
)
BROKEN_BYTES = st.sampled_from([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"])
FILES = sorted(path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*.yml"))


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return the name of a file of the small record, and its bytes with a few mistakes in them."""
    name = draw(st.sampled_from(FILES))
    lines = (SMALL / name).read_bytes().split(b"\n")
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        at = draw(st.integers(0, len(line)))
        match draw(
            st.sampled_from(["insert", "insert", "bytes", "cut", "value", "drop", "double", "indent", "join"])
        ):
            case "insert":
                lines[number] = line[:at] + draw(SPOILERS).encode() + line[at:]
            case "bytes":
                lines[number] = line[:at] + draw(BROKEN_BYTES) + line[at:]
            case "cut":
                lines[number] = line[:at]
            case "value":
                lines[number] = line.partition(b":")[0] + b": " + draw(SPOILERS).encode()
            case "drop" if len(lines) > 1:
                del lines[number]
            case "double":
                lines.insert(draw(st.integers(0, len(lines))), line)
            case "indent":
                lines[number] = b" " * draw(st.integers(0, 8)) + line.lstrip()
            case "join" if number:
                lines[number - 1 : number + 1] = [lines[number - 1] + line]
    return name, b"\n".join(lines)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("small") / "events"))


@settings(max_examples=100)
@given(spoilt=spoilt())
def test_no_mistake_breaks_the_reading(small: Path, spoilt: tuple[str, bytes]) -> None:
    name, data = spoilt
    (small / name).write_bytes(data)
    try:
        reading = read_folder(small, "events")
    finally:
        shutil.copyfile(SMALL / name, small / name)
    for found in reading.diagnostics:
        assert found.message
        assert found.help
        assert min(found.position.line, found.position.column, found.position.length) >= 1
        assert found.excerpt is None or found.position.column <= len(found.excerpt) + 1
    for form in (report.as_text, report.as_json, report.as_github):
        form(reading.diagnostics).encode("utf-8")
    assert len(reading.corpus.events) == len(list(SMALL.rglob("[0-9]*/*.yml"))) or not reading.sound


@settings(max_examples=40)
@given(name=st.sampled_from(FILES), data=st.binary(max_size=80) | st.text(max_size=60).map(str.encode))
def test_no_bytes_break_the_reading(small: Path, name: str, data: bytes) -> None:
    (small / name).write_bytes(data)
    try:
        reading = read_folder(small, "events")
    finally:
        shutil.copyfile(SMALL / name, small / name)
    assert not reading.sound or name.startswith("registry/")
