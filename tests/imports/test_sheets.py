"""A newsroom's list as drafts of events: columns by name or mapped, dates as people write them."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from diplomatic_timeline.imports import sheets
from diplomatic_timeline.imports.drafts import Draft
from diplomatic_timeline.imports.tables import UnreadableError, read_table
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.record.loader import read_folder
from helpers.commands import timeline
from helpers.records import REPOSITORY, SMALL


def drafts(data: str | bytes, mapping: str = "", corpus: Corpus | None = None) -> list[Draft]:
    table = read_table(data.encode() if isinstance(data, str) else data)
    sheet = sheets.read(table, sheets.read_mapping(mapping) if mapping else {})
    return list(sheets.Importer(corpus or Corpus()).drafts(sheet))


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-05-31", "2024-05-31"),
        ("31 May 2024", "2024-05-31"),
        ("5/31/2024", "2024-05-31"),
        ("2024-05-31 10:30", "2024-05-31"),
        ("3–5 May 2024", "2024-05-03/2024-05-05"),
        ("circa 1835", "1835~"),
        ("1998-99", "1998/1999"),
        ("5/6/2024", "todo"),
        ("5.11.23", "todo"),
        ("2004-05", "todo"),
        ("2020-21", "todo"),
        ("Monday 5 May 2024", "todo"),
        ("May be", "todo"),
    ],
)
def test_a_date_is_taken_where_it_can_mean_one_thing_and_its_text_is_kept(written: str, date: str) -> None:
    (made,) = drafts(f"When,What\n{written},Talks\n", "date=When,title=What")
    assert (made.fields["title"], made.fields["date"]) == ("Talks", date)
    if written != date:
        assert f"When: {written}" in made.left
        assert bool(made.guessed) is (date != "todo")


def test_columns_named_as_fields_need_no_map_and_the_others_are_kept() -> None:
    (made,) = drafts(
        "Our list;;\nTitle;Date;End date;Kind;Level;Source;Remark\n"
        "Talks;2024-05-31;2024-06-01;Talks;high;x;w1;w2\n"
    )
    assert made.fields["date"] == "2024-05-31/2024-06-01"
    assert (made.fields["kind"], made.fields["level"]) == ("talks", "todo")
    assert made.guessed == []
    assert made.left == ["Level: high", "Source: x", "Remark: w1", "column (8): w2"]


def test_names_of_the_record_are_recognised_word_for_word() -> None:
    (made,) = drafts(
        "Title,Date,Place,Issues,Participants,Quote,Speaker\n"
        'Talks,1990,saltholm,"Herring quota; Salt",Ada Thorn,We count the fish.,Ada Thorn\n',
        corpus=read_folder(SMALL).corpus,
    )
    assert made.fields["place"] == "saltholm"
    assert made.fields["issues"] == [{"issue": "herring-quota"}]
    assert made.fields["participants"] == [{"person": "ada-thorn", "party": "arland", "post": "todo"}]
    assert made.fields["quotes"][0]["speaker"] == "ada-thorn"
    assert "Issues: Salt" in made.left


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["When", "What", "Text", "Sum", "Old"])
    sheet.append([datetime.datetime(2024, 5, 31, 10, 30), "Talks", "a < b", "=1+1", 3])
    sheet["B2"].comment = Comment("w1", "x")
    sheet["B2"].hyperlink = "https://example.org/w2"
    sheet["E2"].font = Font(strike=True)
    struck, raised = InlineFont(strike=True), InlineFont(vertAlign="superscript")
    rich = CellRichText("Were ", TextBlock(struck, "cancelled"), " held, 10", TextBlock(raised, "6"))
    sheet.append([datetime.date(2024, 5, 1), rich])
    sheet["A3"].number_format = "mmm yyyy"
    sheet.append([None, "Later"])
    sheet.merge_cells("A3:A4")
    book.create_sheet("More").append(["w3"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook_is_read_as_it_looks_and_nothing_in_it_is_dropped() -> None:
    talks, held, later = drafts(workbook(), "date=When,title=What,summary=Text")
    assert (talks.fields["date"], talks.fields["summary"]) == ("2024-05-31", r"a \< b")
    assert {"What: note: w1", "What: link: https://example.org/w2", "Sum: formula without a result: =1+1",
            "Old: struck out: 3", "When: 2024-05-31 10:30:00"} <= set(talks.left)  # fmt: skip
    assert (held.fields["title"], held.fields["date"]) == ("Were held, 10⁶", "2024-05")
    assert "What: struck out: cancelled" in held.left
    assert later.fields["date"] == "2024-05"
    assert read_table(workbook()).left == ("sheet 'More': 1 row, not read (--sheet chooses one)",)


@pytest.mark.parametrize(
    ("data", "mapping", "why"),
    [
        ("foo,bar\n1,2\n", "", "no column is named as a field is"),
        ("foo,bar\n1,2\n", "date=Whn", "no column is named 'Whn'; the first row has 'foo', 'bar'"),
        ("foo,bar\n1,2\n", "dat=foo", "did you mean 'date'"),
        ("foo,bar\n1,2\n", "date=foo,date=bar", "mapped twice"),
        ("foo,bar\n1,2\n", "date", "maps nothing"),
        ("Title,Date\n", "", "no rows"),
        ("", "", "empty"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_what_to_write(data: str, mapping: str, why: str) -> None:
    with pytest.raises((sheets.MappingError, UnreadableError), match=why):
        drafts(data, mapping)


def test_a_list_becomes_files_that_the_checks_read(tmp_path: Path) -> None:
    events = tmp_path / "events"
    (events / "registry").mkdir(parents=True)
    for file in (SMALL / "registry").glob("*.yml"):
        (events / "registry" / file.name).write_bytes(file.read_bytes())
    file = tmp_path / "list.xlsx"
    file.write_bytes(workbook())
    args = ("import", "sheet", file, "--map", "date=When,title=What", "--events", events)
    first = timeline(*args)
    assert first.exit_code == 0, first.output
    assert "3 events: 3 written" in first.output
    assert {d.code for d in read_folder(events).diagnostics} == {"todo"}
    assert "0 written, 3 unchanged" in timeline(*args).output


def test_the_documentation_names_the_command_and_every_field() -> None:
    page = (REPOSITORY / "docs" / "data" / "import.md").read_text(encoding="utf-8")
    assert "timeline import sheet FILE" in page
    assert [field for field in sheets.FIELDS if f"`{field}`" not in page] == []
