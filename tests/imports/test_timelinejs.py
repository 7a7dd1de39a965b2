"""Events from TimelineJS, in all shapes that its documentation describes, with words of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from diplomatic_timeline.exports import timelinejs as exported
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.imports.html_text import to_commonmark, to_text
from diplomatic_timeline.imports.timelinejs import Draft, Importer
from diplomatic_timeline.imports.timelinejs_files import Slides, UnreadableError, read
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.views.prose import to_html
from helpers.commands import timeline as command
from helpers.records import REAL, REPOSITORY, SMALL, make_event, make_timeline
from helpers.sites import data_of, tree

HEADER = (
    "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,"
    "Media Caption,Media Thumbnail,Alt Text,Type,Group,Background"
)


def project(folder: Path, events: Path = SMALL) -> Path:
    """Make a record with registries and no events; return its folder."""
    registry = folder / "events" / "registry"
    registry.mkdir(parents=True)
    for file in (events / "registry").glob("*.yml"):
        (registry / file.name).write_bytes(file.read_bytes())
    return folder / "events"


def run(file: Path, events: Path) -> Result:
    return command("import", "timelinejs", file, "--events", events)


def slide(**fields: Any) -> dict[str, Any]:
    return {"start_date": {"year": 1990, "month": 5, "day": 4}, "text": {"headline": "Talks"}, **fields}


def draft(corpus: Corpus | None = None, **fields: Any) -> Draft:
    return Importer(corpus or Corpus()).draft(slide(**fields))


# What "JSON data format", "Making a timeline from a spreadsheet" and "Media types" describe.
DOCUMENTED: dict[str, Any] = {
    "scale": "human",
    "title": {
        "media": {
            "url": "//example.org/ship.jpg",
            "caption": "A ship.",
            "credit": "A <a href='#'>sailor</a>",
        },
        "text": {"headline": "The Sound<br/> 1900 - 1990", "text": "<p>Ferries and tolls.</p>"},
    },
    "events": [
        slide(),
        slide(
            end_date={"year": "1990", "month": "5", "day": "6", "hour": "17", "minute": "", "second": ""},
            text={
                "headline": "<em>Three</em> days &amp; nights",
                "text": "<p>One.</p><p>Two <b>bold</b>.</p>",
            },
            media={
                "url": "https://www.youtube.com/watch?v=1",
                "caption": "c",
                "credit": "d",
                "thumbnail": "t",
            },
            group="Herring quota",
            background={"url": "https://example.org/sea.jpg", "color": "#0f9bd1", "alt": "Sea"},
            display_date="Early May",
            autolink=False,
            unique_id="three-days",
        ),
        {"start_date": {"year": "1835"}, "display_date": "c. 1835", "text": {"headline": "A birth"}},
        {"start_date": {"year": -500}, "text": {"headline": "Long ago", "text": ""}},
        {
            "start_date": {"year": "-13800000000", "display_date": "A beginning"},
            "text": {"headline": "First"},
        },
        {"start_date": {"year": 1990, "month": 13}, "text": {"headline": "No month"}},
        {
            "start_date": {"year": 1990, "format": "yyyy"},
            "media": {"url": "<iframe src='https://x.org'></iframe>"},
        },
        {"text": {"text": "Neither date nor headline."}},
        slide(media={"url": "<blockquote>We count the fish.<cite>Ada Thorn</cite></blockquote>"}),
        slide(location={"name": "Saltholm", "lat": 55.6, "lon": 12.7, "zoom": 10, "icon": "x"}),
        slide(text={"headline": "会谈", "text": "王毅"}),
    ],
    "eras": [{"start_date": {"year": "1900"}, "end_date": {"year": "1914"}, "text": {"headline": "Before"}}],
}
OLD = {
    "timeline": {
        "headline": "The Sound",
        "type": "default",
        "text": "Ferries.",
        "date": [
            {"startDate": "1990,5,4", "endDate": "1990,5,6", "headline": "Talks", "text": "<p>One.</p>",
             "tag": "x", "asset": {"media": "https://example.org/a.jpg", "credit": "b", "caption": "c"}},
            {"startDate": "1978", "headline": "A year", "asset": {}},
        ],
        "era": [{"startDate": "1970", "endDate": "1980", "headline": "A decade"}],
    }
}  # fmt: skip
SHEET = f"""{HEADER}
,,,,,,,,,The Sound,Ferries,,,,,,title,,
1990,5,4,12:00,1990,5,6,13:30,Early May,Talks,<p>One.</p>,https://example.org/a.jpg,Me,Ship,,,,Fishing,#ccc
"1,990",,,,,,,,,A year,"Two
lines",,,,,,,,
1900,,,,1914,,,,,Before,,,,,,,era,,
,,,,,,,,,,,,,,,,,,
"""
FIRST_SHEET = (
    "Start Date,End Date,Headline,Text,Media,Media Credit,Media Caption,Tag\n5/4/1990,5/6/1990,Talks,x,,,,y\n"
)


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("documented.json", json.dumps(DOCUMENTED), 11),
        ("old.json", json.dumps(OLD), 2),
        ("sheet.csv", SHEET, 2),
        ("sheet-with-mark.csv", "\ufeff" + SHEET.replace("\n", "\r\n"), 2),
        ("first-sheet.csv", FIRST_SHEET, 1),
    ],
)
def test_every_documented_shape_imports_and_the_checks_name_what_is_open(
    tmp_path: Path, name: str, text: str, count: int
) -> None:
    events = project(tmp_path)
    file = tmp_path / name
    file.write_text(text, encoding="utf-8", newline="")
    first = run(file, events)
    assert first.exit_code == 0, first.output
    named = "1 event" if count == 1 else f"{count} events"
    assert f"{named}: {count} written, 0 unchanged" in first.output
    reading = read_folder(events)
    assert {d.code for d in reading.diagnostics} == {"todo"}
    for finding in reading.diagnostics:
        assert finding.excerpt is not None
        assert finding.excerpt[finding.position.column - 1 :].startswith("todo")
    before = tree(events)
    again = run(file, events)
    assert f"{named}: 0 written, {count} unchanged" in again.output
    assert tree(events) == before


def test_every_todo_is_one_finding_with_its_line(tmp_path: Path) -> None:
    events = project(tmp_path)
    file = tmp_path / "x.json"
    file.write_text(json.dumps({"events": [slide(media={"url": "<blockquote>Fish.</blockquote>"})]}), "utf-8")
    run(file, events)
    path = events / "1990" / "1990-05-04-talks.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    marked = [n for n, line in enumerate(lines, 1) if line.endswith(": todo")]
    found = read_folder(events).diagnostics
    assert [d.position.line for d in found] == marked
    assert len(marked) == 11
    assert lines[0].startswith("# yaml-language-server: $schema=")


def test_what_an_editor_filled_in_stays(tmp_path: Path) -> None:
    events = project(tmp_path)
    file = tmp_path / "x.json"
    file.write_text(json.dumps({"events": [slide()]}), encoding="utf-8")
    run(file, events)
    path = events / "1990" / "1990-05-04-talks.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: todo", "kind: talks"), encoding="utf-8")
    before = tree(events)
    assert "1 left as they are" in run(file, events).output
    assert tree(events) == before


@pytest.mark.parametrize("record", [REAL, SMALL], ids=["real", "small"])
def test_export_and_import_give_the_same_events(tmp_path: Path, record: Path) -> None:
    exported_to = tmp_path / "data"
    assert command("export", exported_to, "--events", record).exit_code == 0
    events = project(tmp_path / "other", record)
    result = run(exported_to / "data" / "timelinejs.json", events)
    assert result.exit_code == 0, result.output
    before, after = read_folder(record), read_folder(events)
    assert after.corpus.events == before.corpus.events
    assert [d.code for d in after.diagnostics if d.severity == "error"] == []


def test_what_was_edited_in_timelinejs_since_the_export_is_taken() -> None:
    timeline = make_timeline(make_event())
    made = exported.slide(timeline.events["1990-talks"], timeline, Imprint("S"))
    made["text"]["headline"] = "Another title"
    made["start_date"] = {"year": 1991, "month": 2}
    made.pop("display_date")
    found = Importer(timeline.corpus).draft(made)
    assert found.fields["title"] == "Another title"
    assert found.fields["date"] == "1991-02"
    assert found.fields["summary"] == "Summary of 1990-talks."
    assert found.guessed == ["title: changed since it was exported", "date: changed since it was exported"]
    assert any("where it was changed" in entry for entry in found.left)


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"start_date": {"year": "1990"}}, "1990"),
        ({"start_date": {"year": 1990, "month": "5", "day": ""}}, "1990-05"),
        ({"start_date": {"year": 1990, "day": 4}}, "1990"),
        ({"end_date": {"year": 1990, "month": 5, "day": 6}}, "1990-05-04/1990-05-06"),
        ({"end_date": {"year": 1990, "month": 5, "day": 4}}, "1990-05-04"),
        ({"end_date": {}}, "1990-05-04"),
        ({"start_date": {"year": "1990"}, "display_date": "circa 1990"}, "1990~"),
        ({"start_date": {"year": 1990, "month": 2, "day": 30}}, "todo"),
        ({"start_date": {"year": "soon"}}, "todo"),
        ({"end_date": {"year": 1989}}, "todo"),
        ({"start_date": None}, "todo"),
    ],
)
def test_a_date_is_as_exact_as_the_slide_has_it(fields: dict[str, Any], date: str) -> None:
    found = draft(**fields)
    assert found.fields["date"] == date
    if date != "todo":
        assert ("date_basis" in found.fields) is parse_date(date).inexact
    else:
        assert any(entry.startswith("date: ") for entry in found.left)


def test_nothing_that_a_slide_says_is_dropped() -> None:
    words = {"w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9"}
    found = draft(
        media={"url": "w1", "caption": "w2", "credit": "w3", "thumbnail": "w4"},
        group="w5",
        background={"color": "w6"},
        display_date="w7",
        location={"name": "w8"},
        something="w9",
    )
    assert {w for w in words if any(w in entry for entry in found.left)} == words


def test_names_of_the_record_are_recognised_word_for_word_only() -> None:
    corpus = read_folder(SMALL).corpus
    quoted = {"url": "<blockquote><p>We count the fish.</p></blockquote>", "credit": "Ada Thorn"}
    known = draft(corpus, group="Herring quota", location={"name": "Saltholm"}, media=quoted)
    assert known.fields["issues"] == [{"issue": "herring-quota"}]
    assert known.fields["place"] == "saltholm"
    (quote,) = known.fields["quotes"]
    assert (quote["speaker"], quote["party"], quote["post"]) == ("ada-thorn", "arland", "todo")
    assert (quote["text"], quote["issues"]) == ("We count the fish.", ["herring-quota"])
    assert [entry.partition(":")[0] for entry in known.guessed] == ["issue", "place", "speaker"]
    unknown = draft(corpus, group="Herring", media={**quoted, "credit": "A. Thorn"})
    assert unknown.fields["issues"] == "todo"
    assert unknown.fields["quotes"][0]["speaker"] == "todo"
    assert unknown.guessed == []


def test_ids_are_the_same_in_every_import_and_no_two_are_alike() -> None:
    slides = [slide(), slide(), slide(unique_id="own-id"), slide(unique_id="Not An Id!"), slide(text={})]
    first = [d.id for d in Importer(Corpus()).drafts(Slides(slides, []))]
    assert first[:4] == ["1990-05-04-talks", "1990-05-04-talks-2", "own-id", "not-an-id"]
    assert len(set(first)) == 5
    assert first == [d.id for d in Importer(Corpus()).drafts(Slides(slides, []))]


@pytest.mark.parametrize(
    ("html", "commonmark"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One<br>two", "One\n\ntwo"),
        ("a <b>bold</b> and <em>slanted</em> word", "a **bold** and *slanted* word"),
        ('see <a href="https://example.org/x">this</a>', "see [this](https://example.org/x)"),
        ('<a href="javascript:alert(1)">this</a>', "this"),
        ("<script>alert(1)</script>kept", "kept"),
        ("5 &lt; 6 &amp; [x] *y* `z` _w_", r"5 \< 6 & \[x\] \*y\* \`z\` \_w\_"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("plain\u200b \u00ad words", "plain words"),
        ("co&shy;operation &#8203;on&rlm; fish&nbsp;&#x202e;ing", "cooperation on fish ing"),
    ],
)
def test_html_becomes_commonmark_without_html(html: str, commonmark: str) -> None:
    assert to_commonmark(html)[0] == commonmark
    assert "<script" not in to_html(commonmark)


def test_plain_text_keeps_the_words_and_reports_the_links() -> None:
    assert to_text('A <b>bold</b> <a href="https://example.org/">link</a>') == (
        "A bold link",
        ("link: https://example.org/",),
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "no JSON"),
        (b"[]", "no list 'events'"),
        (b'{"events": [1]}', "no list 'events'"),
        (b"a,b\n1,2\n", "no columns of TimelineJS's spreadsheet"),
        (b"", "no columns"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_reason(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read(data)
    file = tmp_path / "x"
    file.write_bytes(data)
    result = run(file, project(tmp_path))
    assert result.exit_code == 2
    assert why in result.output


def test_what_timelinejs_shows_of_an_event_is_in_its_own_fields() -> None:
    event = Event.model_validate(
        make_event(date="1990-05-04/1990-05-06", title="A < B").model_dump(mode="json")
    )
    timeline = make_timeline(event)
    files = {f.name: f for f in data_of(timeline, Imprint("Sound", "https://example.org/"))}
    found = json.loads(files["timelinejs.json"].content())
    (made,) = found["events"]
    assert made["start_date"] == {"year": 1990, "month": 5, "day": 4}
    assert made["end_date"] == {"year": 1990, "month": 5, "day": 6}
    assert made["display_date"] == "4–6 May 1990"
    assert made["text"]["headline"] == "A &lt; B"
    assert "<p>Summary of 1990-talks.</p>" in made["text"]["text"]
    assert made["unique_id"] == "1990-talks"
    assert made["group"] == "Toll"
    assert found["title"]["text"]["headline"] == "Sound"


def test_the_documentation_names_the_command() -> None:
    page = (REPOSITORY / "docs" / "data" / "import.md").read_text(encoding="utf-8")
    assert "timeline import timelinejs FILE" in page
