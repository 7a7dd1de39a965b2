"""CSV files: what a spreadsheet and a data frame make of them."""

from __future__ import annotations

import csv
import io
import json
import re

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_timeline.exports import csv_files
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.tables import TABLES, Table
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_timeline
from helpers.sites import data_of

IMPRINT = Imprint("Sound", "https://example.org/sound/")


def written(timeline: Timeline) -> dict[str, bytes]:
    return {f.name: f.content() for f in data_of(timeline, IMPRINT)}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_table_has_a_row_for_each_record_and_the_columns_that_it_declares(
    real: Timeline, table: Table
) -> None:
    content = written(real)[f"{table.name}.csv"]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(list(table.rows(real)))
    assert list(rows[0]) == [c.name for c in table.columns]


@pytest.mark.parametrize("table", [t for t in TABLES if t.has_ids], ids=lambda t: t.name)
def test_json_and_csv_of_a_table_hold_the_same_ids_in_the_same_order(small: Timeline, table: Table) -> None:
    files = written(small)
    rows = csv.DictReader(io.StringIO(files[f"{table.name}.csv"].decode("utf-8-sig"), newline=""))
    assert [r["id"] for r in rows] == [r["id"] for r in json.loads(files[f"{table.name}.json"])]


def test_json_rows_hold_nothing_that_the_csv_columns_do_not_reach_and_files_are_as_rfc_4180_says(
    small: Timeline,
) -> None:
    left = {
        (t.name, key)
        for t in TABLES
        for row in t.rows(small)
        for key in row
        if key not in {(c.path or c.name).split(".")[0] for c in t.columns}
    }
    assert left == {("events", "corrections")}  # a table of its own
    content = written(small)["places.csv"]
    assert content.startswith(b"\xef\xbb\xbfid,name,")
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1", "'=1", '=HYPERLINK("http://x","y")']
)
def test_a_formula_becomes_text(text: str) -> None:
    timeline = make_timeline(make_event(title=text if text.strip() == text else f"x{text}"))
    assert csv_files.neutral(text) == f"'{text}"
    rows = csv.reader(io.StringIO(written(timeline)["events.csv"].decode("utf-8-sig"), newline=""))
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t"} for row in rows for cell in row)


def restored(cell: str) -> str:
    """Return a cell without the apostrophe that leads what looks like a formula."""
    return re.sub(r"^'(?='*[=+\-@\t\r\n＝＋－＠])", "", cell)


@given(st.text())
def test_taking_one_apostrophe_away_restores_every_cell(text: str) -> None:
    assert restored(csv_files.neutral(text)) == text


def test_pandas_reads_words_numbers_and_empty_cells(real: Timeline) -> None:
    quotes = pandas.read_csv(io.BytesIO(written(real)["quotes.csv"]))
    assert list(quotes["id"]) == list(real.quotes)
    assert list(quotes["text"].map(restored)) == [s.quote.text for s in real.quotes.values()]
    sources = pandas.read_csv(io.BytesIO(written(real)["sources.csv"]))
    assert sources["proven"].sum() == sum(s.proof.outcome == "verified" for s in real.quotes.values())
