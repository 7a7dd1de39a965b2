"""Dates: what EDTF means, how it reads, and what is proposed for what it is not."""

from __future__ import annotations

import re
import warnings
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplomatic_timeline.model.dates import DateError, parse_date
from helpers.records import REPOSITORY

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import EDTFParseException, parse_edtf

PAGE = REPOSITORY / "docs" / "contribute" / "dates.md"

few = settings(max_examples=60, deadline=None)

years = st.integers(1, 9999).map(lambda year: f"{year:04}")
months = st.integers(1, 12).map(lambda month: f"{month:02}")
marks = st.sampled_from(["", "~", "?", "%"])
days = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
seasons = st.builds("{}-{}".format, years, st.sampled_from(["21", "22", "23"]))
exact = st.one_of(days, years, st.builds("{}-{}".format, years, months))
open_digits = st.one_of(
    st.builds("{}-{}-XX".format, years, months),
    st.builds("{}-XX".format, years),
    st.builds("{}-XX-XX".format, years),
    st.integers(100, 999).map(lambda decade: f"{decade}X"),
    st.integers(10, 99).map(lambda century: f"{century}XX"),
)
marked = st.builds("{}{}".format, exact, marks)
# What the other reader knows: it ends winter with the year, takes no mark behind a season or open digits, and
# takes neither as the end of an interval.
known = st.one_of(marked, seasons, open_digits)
intervals = st.builds("{}/{}".format, marked, marked)


def bounds_of_oracle(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    parsed = parse_edtf(text)
    return tuple(parsed.lower_strict()[:3]), tuple(parsed.upper_strict()[:3])


def bounds(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    when = parse_date(text)
    return when.first.timetuple()[:3], when.last.timetuple()[:3]


@few
@given(known)
def test_bounds_are_those_of_another_reader(text: str) -> None:
    assert bounds(text) == bounds_of_oracle(text)


@few
@given(intervals)
def test_bounds_of_an_interval_are_those_of_another_reader(text: str) -> None:
    start, end = (parse_date(part) for part in text.split("/"))
    if start.first > end.first:
        with pytest.raises(DateError, match="interval"):
            parse_date(text)
    else:
        assert bounds(text) == bounds_of_oracle(text)


@few
@given(years, st.integers(0, 99), st.integers(0, 99))
def test_a_day_that_another_reader_refuses_is_refused(year: str, month: int, day: int) -> None:
    text = f"{year}-{month:02}-{day:02}"
    try:
        parse_edtf(text)
    except EDTFParseException:
        with pytest.raises(DateError):
            parse_date(text)


@few
@given(st.text(max_size=24) | st.from_regex(r"[0-9X./~?%a-z -]{1,24}", fullmatch=True))
def test_any_text_is_a_date_or_is_refused_with_a_remedy(text: str) -> None:
    try:
        when = parse_date(text)
    except DateError as error:
        said = (error.why, error.remedy)
        assert all(said)
    else:
        assert when.text == text
        assert when.first <= when.last


@few
@given(known, known)
def test_what_comes_first_in_time_comes_first_in_order(one: str, two: str) -> None:
    a, b = parse_date(one), parse_date(two)
    if a.first < b.first:
        assert a.order < b.order


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-24", date(2024, 12, 1), date(2025, 2, 28)),
        ("2023-24", date(2023, 12, 1), date(2024, 2, 29)),
        ("2021/..", date(2021, 1, 1), date.max),
        ("../2021", date.min, date(2021, 12, 31)),
        ("2021-03~/2021-05-02", date(2021, 3, 1), date(2021, 5, 2)),
    ],
)
def test_a_date_stands_for_every_day_it_can_mean(text: str, first: date, last: date) -> None:
    when = parse_date(text)
    assert (when.first, when.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "precision", "inexact", "machine"),
    [
        ("2021-03-18", "day", False, "2021-03-18"),
        ("2021-03-18/2021-03-19", "day", False, "2021-03-18"),
        ("2021-03-18~", "day", True, "2021-03-18"),
        ("2021-03-18/..", "day", True, "2021-03-18"),
        ("../2021-03", "month", True, "2021-03"),
        ("2021-03", "month", True, "2021-03"),
        ("2021-03-XX", "month", True, "2021-03"),
        ("2021-21", "season", True, None),
        ("2021", "year", True, "2021"),
        ("0021", "year", True, "0021"),
        ("202X", "decade", True, None),
        ("20XX", "century", True, None),
        ("[2021-03-18..2021-03-19]", "one-of", True, None),
    ],
)
def test_a_date_knows_how_exact_it_is(text: str, precision: str, inexact: bool, machine: str | None) -> None:
    when = parse_date(text)
    assert (when.precision, when.inexact, when.machine) == (precision, inexact, machine)


def test_a_date_is_placed_and_ordered() -> None:
    # One of a set may be any day of it.
    when = parse_date("[2023-01-30..2023-02]")
    assert (when.first, when.last, when.is_interval) == (date(2023, 1, 30), date(2023, 2, 28), False)
    # A date without a start is placed by its last day.
    assert parse_date("../2021-03").anchor == date(2021, 3, 31)
    # Qualifiers are kept apart.
    point = parse_date("2021%").start
    assert point is not None
    assert (point.approximate, point.uncertain) == (True, True)
    # The more exact of two dates comes first.
    texts = ["2021", "2021-01", "2021-01-01", "2020-12-31/2021-01-02", "../2021", "2021-01-01/.."]
    ordered = sorted(texts, key=lambda text: parse_date(text).order)
    assert ordered == ["../2021", "2020-12-31/2021-01-02", "2021-01-01", "2021-01", "2021", "2021-01-01/.."]


@pytest.mark.parametrize(
    ("text", "why", "remedy"),
    [
        ("2024-02-30", "there is no 30 February 2024", "write a day from 01 to 29"),
        ("2023-02-29", "there is no 29 February 2023", "write a day from 01 to 28"),
        ("2024-06-00", "there is no 0 June 2024", "write a day from 01 to 30"),
        ("2024-13-01", "there is no month 13", "write year-month-day; months run from 01 to 12"),
        ("2024-00", "there is no month 00", "write year-month-day; months run from 01 to 12"),
        ("0000", "there is no year 0000", "write a year from 0001 to 9999, with four digits"),
        ("000X", "'000X' begins with a year 0000", "write a year from 0001 to 9999, with four digits"),
        ("9999-24", "'9999-24' ends after the year 9999", "write a year from 0001 to 9999, with four digits"),
        ("2024-21-01", "'2024-21-01' names a day of a season", "write only '2024-21'"),
        ("2024-XX-01", "'2024-XX-01' names a day and no month", "write only '2024'"),
        ("202X-05", "'202X-05' leaves the year open and names a month", "write only '202X'"),
        ("2021-03-19/2021-03-18", "the interval ends before it begins", "write '2021-03-18/2021-03-19'"),
        (
            "2021-12/2021",
            "the interval's end, '2021', can be earlier than its start, '2021-12'",
            "write the end as exactly as the start",
        ),
        (
            "[2021-03-19..2021-03-18]",
            "'[2021-03-19..2021-03-18]' ends before it begins",
            "write '[2021-03-18..2021-03-19]'",
        ),
        ("../..", "the interval has no end at all", "write '../2021', '2021/..' or both ends"),
        ("/", "the interval has no end at all", "write '../2021', '2021/..' or both ends"),
        (" ", "the date is empty", "write it as 2024-05-31, 2024-05 or 2024"),
        (
            "05/06/2024",
            "'05/06/2024' can mean two days",
            "write '2024-06-05' for 5 June 2024 or '2024-05-06' for 6 May 2024",
        ),
        (
            "2024-05-31T10:00Z",
            "'2024-05-31T10:00Z' has a time of day",
            "write the date alone, as '2024-05-31'",
        ),
        (
            "2024-34",
            "'2024-34' can mean two spans",
            "write '2024/2034' for 2024 to 2034 or '2024-04/2024-06' for April 2024 to June 2024",
        ),
        ("31 June 2024", "there is no 31 June 2024", "write a day from 01 to 30"),
        ("２０２４", "'２０２４' is not written as dates are here", "write '2024'"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, why: str, remedy: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert (caught.value.why, caught.value.remedy) == (why, remedy)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("31/05/2024", "2024-05-31"),
        ("05/31/2024", "2024-05-31"),
        ("31.12.1999", "1999-12-31"),
        ("5/5/2024", "2024-05-05"),
        ("2024-5-3", "2024-05-03"),
        ("2024/05/31", "2024-05-31"),
        ("2024.05.31", "2024-05-31"),
        ("20240531", "2024-05-31"),
        ("05/2024", "2024-05"),
        ("May 2024", "2024-05"),
        ("31st of May, 2024", "2024-05-31"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("Friday, 31 May 2024", "2024-05-31"),
        ("2024 May 31", "2024-05-31"),
        ("2024年5月31日", "2024-05-31"),
        ("2024年5月", "2024-05"),
        ("winter 2024", "2024-24"),
        ("the 2010s", "201X"),
        ("circa 2023", "2023~"),
        ("mid-2023", "2023~"),
        ("perhaps 2023", "2023?"),
        ("2021-2023", "2021/2023"),
        ("2021/22", "2021/2022"),
        ("18–19 March 2021", "2021-03-18/2021-03-19"),
        ("March 18-19, 2021", "2021-03-18/2021-03-19"),
        ("March–May 2021", "2021-03/2021-05"),
        ("1 May 2024 to 3 May 2024", "2024-05-01/2024-05-03"),
        ("2024-05-31/2024-6-1", "2024-05-31/2024-06-01"),
        ("since May 2024", "2024-05/.."),
        ("until 2021", "../2021"),
        ("some time between May and June 2024", "[2024-05..2024-06]"),
        ("between 30 December 2023 and 2 January 2024", "[2023-12-30..2024-01-02]"),
        ("2024-05-31 ", "2024-05-31"),
        ("1998-99", "1998/1999"),
        ("1999/00", "1999/2000"),
        ("1910-30", "1910/1930"),
        ("1936-39", "1936/1939"),
        ("2024-25", "2024/2025"),
        ("1999–02", "1999/2002"),
        ("1978/09", "1978-09"),
        ("winter 1999/2000", "1999-24"),
        ("30 April – 2 May 2024", "2024-04-30/2024-05-02"),
        ("Fri 31 May 2024", "2024-05-31"),
        ("31-May-2024", "2024-05-31"),
        ("20. 5. 2024", "2024-05-20"),
        ("c1835", "1835~"),
    ],
)
def test_what_was_probably_meant_is_proposed(text: str, meant: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert f"'{meant}'" in caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "unknown", "12:30", "1.10", "24", "-0044", "Y12345", "2024~?", "a/b/c", "32",
        # Words that only begin as a month, a season or a qualifier does.
        "Declaration 2023", "1862 maybe", "Junta 1976", "Augsburg 1555", "Marrakesh 1994", "May be 2024",
        "Marching 2024", "Casablanca 1943", "Camay 2024", "Sunday school 2024",
        # What may mean several things, or contradicts itself.
        "5.11.23", "1999/02", "2004/05", "1998-9", "1900s", "Nov-Feb 2024", "5-3 May 2024",
        "Monday, 5 May 2024", "May 1999/2000",
    ],
)  # fmt: skip
def test_nothing_is_proposed_for_what_is_no_date_at_all(text: str) -> None:
    with pytest.raises(DateError, match="is no date"):
        parse_date(text)


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table that begins with a heading in the page on dates."""
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index(heading) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


@pytest.mark.parametrize("row", rows("| Written"), ids=lambda row: row[0])
def test_the_page_on_dates_shows_what_is_proposed(row: list[str]) -> None:
    written, meant = (cell.strip("`") for cell in row)
    with pytest.raises(DateError) as caught:
        parse_date(written)
    assert f"'{meant}'" in caught.value.remedy
    assert parse_date(meant)


def test_the_pages_for_editors_call_no_component_by_accident() -> None:
    for page in PAGE.parent.glob("*.md"):
        outside = re.sub(
            r"\{% raw %\}.*?\{% endraw %\}", "", page.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        assert not re.search(r"\{[{%#]", outside), page.name


def test_a_month_that_is_none_is_told_where_the_date_is_marked_as_uncertain() -> None:
    with pytest.raises(DateError, match="is no date"):
        parse_date("2021-00?")
