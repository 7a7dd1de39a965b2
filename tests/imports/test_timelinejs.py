"""Events from TimelineJS, in all shapes that its documentation describes, with words of ours."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_timeline.exports import timelinejs as exported
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.imports.drafts import LONGEST_ID, Draft
from diplomatic_timeline.imports.tables import UnreadableError
from diplomatic_timeline.imports.timelinejs import Importer
from diplomatic_timeline.imports.timelinejs_files import Slides, read
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.record.loader import read_folder
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
        ({"start_date": "1990-05-04"}, "1990-05-04"),
        ({"start_date": 1990}, "1990"),
        ({"start_date": "4 May 1990"}, "1990-05-04"),
        ({"start_date": {"year": "1990-05-04"}}, "1990-05-04"),
        ({"start_date": {"year": 1990, "month": "May"}}, "1990-05"),
        ({"start_date": "c. 1835"}, "1835~"),
        ({"start_date": "5/6/1990"}, "todo"),
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
    words = {"w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w0"}
    found = draft(
        media={"url": "w1", "caption": "w2", "credit": "w3", "thumbnail": "w4"},
        group="w5",
        background={"color": "w6"},
        display_date="w7",
        location={"name": "w8"},
        something="w9",
        autolink=False,
        start_date={"year": 1990, "day": "w0", "hour": 0},
    )
    assert {"autolink: false", "start hour: 0"} <= set(found.left)
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


def test_ids_are_the_same_in_every_import_and_short_enough_for_every_file_system() -> None:
    slides = [slide(), slide(), slide(unique_id="own-id"), slide(unique_id="Not An Id!"), slide(text={})]
    first = [d.id for d in Importer(Corpus()).drafts(Slides(slides, []))]
    assert first[:4] == ["1990-05-04-talks", "1990-05-04-talks-2", "own-id", "not-an-id"]
    assert len(set(first)) == 5
    assert first == [d.id for d in Importer(Corpus()).drafts(Slides(slides, []))]
    slides = [slide(unique_id="x" * 300 + end) for end in "ab"]
    made = list(Importer(Corpus()).drafts(Slides(slides, [])))
    assert len({d.id for d in made}) == 2
    assert all(len(d.id) <= LONGEST_ID and any("x" * 300 in entry for entry in d.left) for d in made)


OLD_SLIDE = {"headline": "Talks", "startDate": "1990,5,4,10,30,00", "endDate": "1990,5,5,11:00"}
NEW, FIRST = {"events": [slide()]}, {"headline": "T", "date": [OLD_SLIDE]}


@pytest.mark.parametrize("script", ["cb(%s)", "a.b['c'](%s);", "storyjs_jsonp_data = %s", "var x=%s; // x",
    "/**/ typeof cb === 'function' && cb(%s);", "\ufeffexport default %s;\n", ")]}',\n%s"])  # fmt: skip
@pytest.mark.parametrize("found", [NEW, FIRST], ids=["new", "first"])
def test_a_script_that_hands_the_timeline_over_is_read(script: str, found: Any) -> None:
    (made,) = read((script % json.dumps(found)).encode()).events
    assert Importer(Corpus()).draft(made).fields["title"] == "Talks"


@pytest.mark.parametrize(
    ("found", "count"),
    [
        (FIRST, 1),
        ({"timeline": {**FIRST, "date": OLD_SLIDE}}, 1),
        ({"timeline": NEW}, 1),
        ({"data": [{"timeline": {"timeline": FIRST}}]}, 1),
        ({"timelines": [NEW, FIRST]}, 2),
        ([slide(), slide()], 2),
        ({"events": slide()}, 1),
        ({"events": {"a": slide(), "b": slide()}}, 2),
        ({"events": [slide(), OLD_SLIDE]}, 2),
    ],
)
def test_a_timeline_is_found_wherever_it_stands(found: Any, count: int) -> None:
    made = list(Importer(Corpus()).drafts(read(json.dumps(found).encode())))
    assert [d.fields["title"] for d in made] == ["Talks"] * count
    assert all(d.fields["date"].startswith("1990-05-04") for d in made)


def test_what_stands_around_the_slides_is_told_and_cells_of_any_size_are_read() -> None:
    text = """{"a": 1, "a": 2, "timeline": {"headline": "w1", "type": "w2",
        "date": [{"headline": "x", "tag": "w3"}, "w4"], "era": {"headline": "w5"}}, "w6": 0}"""
    found = read(text.encode())
    told = " ".join([*found.left, *Importer(Corpus()).draft(found.events[0]).left])
    assert [
        w for w in ("w1", "w2", "w3", "w4", "w5", "w6: 0", "a, which is given twice: 1") if w not in told
    ] == []
    large = "x" * 200_000
    found = read(f"Year;Month;headline;Text;Media;Text\n2024;May;Talks;a;{large};w1;w2\n".encode("utf-16"))
    made = Importer(Corpus()).draft(found.events[0])
    assert (made.fields["title"], made.fields["date"]) == ("Talks", "2024-05")
    assert [w for w in (large, "w1", "w2") if not any(w in entry for entry in made.left)] == []
    page = (REPOSITORY / "docs" / "data" / "import.md").read_text(encoding="utf-8")
    assert "timeline import timelinejs FILE" in page


KEYS = st.sampled_from(
    ["text", "headline", "start_date", "end_date", "startDate", "endDate", "year", "month", "day", "time",
     "display_date", "group", "tag", "media", "asset", "url", "caption", "location", "name", "unique_id",
     "background", "autolink", "record", "date", "events", "eras", "title", "other"]
)  # fmt: skip
LEAVES: st.SearchStrategy[Any] = st.sampled_from([None, "", 0, False, 1990, 5, [], {}]) | st.integers(
    1000, 10**6
).map(lambda n: f"w{n}w")
VALUES = st.recursive(
    LEAVES, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=5), max_leaves=15
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=6), st.booleans(), st.booleans())
def test_every_word_of_a_file_is_in_a_file_of_the_record_or_told(
    made: Any, is_old: bool, is_inside: bool
) -> None:
    timeline = {"date" if is_old else "events": [{"headline": "x"} | made], "w0w": "w1w"}
    text = json.dumps({"w2w": "w3w", "timeline": timeline} if is_inside else timeline)
    found = read(text.encode())
    drafts = list(Importer(Corpus()).drafts(found))
    told = json.dumps([[d.id, d.fields, d.left] for d in drafts] + found.left)
    assert [word for word in re.findall(r"w\d+w", text) if word not in told] == []


@pytest.mark.parametrize(
    ("date", "meant", "time"),
    [
        ("2011,12,10,07:02:10", "2011-12-10", "07:02:10"),
        ("2011,12,10,7,02", "2011-12-10", "7:02"),
        ("2011,12,", "2011-12", None),
        ("5/31/2024 10:30:00", "2024-05-31", "10:30:00"),
        ("5/6/2024", "2024-05-06", None),
        ("2024-05-31T10:30:00.000+08:00", "2024-05-31", "10:30:00.000+08:00"),
        ("May 31, 2024 10:00 AM", "2024-05-31", "10:00 AM"),
        ("20240531", "2024-05-31", None),
        (2024, "2024", None),
        ("1/2/3", "todo", None),
    ],
)
def test_a_date_of_the_first_version_is_read_with_its_time(date: Any, meant: str, time: str | None) -> None:
    (made,) = read(json.dumps({"timeline": {"date": [{"startDate": date, "headline": "x"}]}}).encode()).events
    found = Importer(Corpus()).draft(made)
    assert found.fields["date"] == meant
    assert [e.removeprefix("start time: ") for e in found.left if e.startswith("start time")] == (
        [time] if time else []
    )
    assert meant != "todo" or any(date in entry for entry in found.left)


@pytest.mark.parametrize(
    "shown", ["Camp David, May 1990", "Cairo, 1990", "Casablanca 1990", "Around-the-world, 1990"]
)
def test_a_place_in_the_display_date_does_not_make_it_less_exact(shown: str) -> None:
    found = draft(start_date={"year": 1990}, display_date=shown)
    assert (found.fields["date"], found.guessed) == ("1990", [])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "no JSON"),
        (b"[]", "no list 'events'"),
        (b'{"events": [1]}', "no list 'events'"),
        (b"a,b\n1,2\n", "no columns of TimelineJS's spreadsheet"),
        (b"", "no columns"),
        (b'{"events": []}', "no list 'events'"),
        (b"Year,Headline,Text\n1990,Talks,era,,\n".replace(b"Text", b"Type"), "no slides of events"),
        (b"cb({a: 1})", "line 1: the file is no JSON inside the script"),
        (
            b'Year,Headline,Text\n1990,"Talks\n1991,More\n',
            "line 2: a quotation mark is opened and never closed",
        ),
        (b"[" * 100_000, "no JSON that can be read"),
        (b"PK\x03\x04", "no XLSX workbook"),
        (b"\xd0\xcf\x11\xe0", "save it as XLSX or CSV"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_reason(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read(data)
    file = tmp_path / "x"
    file.write_bytes(data)
    events = project(tmp_path)
    before = tree(tmp_path)
    result = run(file, events)
    assert result.exit_code == 2
    assert why in " ".join(result.output.split())
    assert tree(tmp_path) == before


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
