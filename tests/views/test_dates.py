"""Dates in words: every form of date, with its year and under a heading that names it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from diplomatic_timeline.model.dates import DateError, parse_date
from diplomatic_timeline.views.dates import display, display_in_year
from helpers.records import REPOSITORY

PAGE = REPOSITORY / "docs" / "contribute" / "dates.md"

DISPLAYED = {
    "2021-03-18": "18 March 2021",
    "2021-03-01": "1 March 2021",
    "2024-05": "May 2024",
    "2024": "2024",
    "0987": "987",
    "2024-21": "spring 2024",
    "2024-22": "summer 2024",
    "2024-23": "autumn 2024",
    "2024-24": "winter 2024–25",
    "1999-24": "winter 1999–00",
    "201X": "the 2010s",
    "19XX": "the 20th century",
    "20XX": "the 21st century",
    "11XX": "the 12th century",
    "2021-03-XX": "March 2021",
    "2021-XX": "2021",
    "2021-XX-XX": "2021",
    "2023~": "about 2023",
    "2023?": "2023 (uncertain)",
    "2023%": "about 2023 (uncertain)",
    "2021-03-18/2021-03-19": "18–19 March 2021",
    "2021-03-18/2021-03-18": "18 March 2021",
    "2021-03-31/2021-04-02": "31 March – 2 April 2021",
    "[2023-01-01..2023-02-04]": "between 1 January and 4 February 2023",
    "[2022-12-30..2023-01-02]": "between 30 December 2022 and 2 January 2023",
    "[2023..2024]": "between 2023 and 2024",
    "2021-12-31/2022-01-02": "31 December 2021 – 2 January 2022",
    "2021-03/2021-05": "March–May 2021",
    "2021-03/2021-03": "March 2021",
    "2021-03/2022-05": "March 2021 – May 2022",
    "2021/2023": "2021–2023",
    "2021/2021": "2021",
    "2021-03/2021-05-02": "March 2021 – 2 May 2021",
    "2021-03-18~/2021-03-19": "about 18 March 2021 – 19 March 2021",
    "2021/2023?": "2021 – 2023 (uncertain)",
    "2021-05/..": "since May 2021",
    "2021-05/": "since May 2021",
    "../2021-05": "until May 2021",
    "/2021-05-03": "until 3 May 2021",
    "2013~/..": "since about 2013",
}


@pytest.mark.parametrize("text", DISPLAYED)
def test_a_date_reads_as_a_person_writes_it(text: str) -> None:
    assert display(parse_date(text)) == DISPLAYED[text]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2021-03-18", "18 March"),
        ("2021-03-18/2021-03-19", "18–19 March"),
        ("2021-03-31/2021-04-02", "31 March – 2 April"),
        ("2021-05", "May"),
        ("2021-22", "summer"),
        ("2021-05~", "about May"),
        ("2021", "2021"),
        ("2021~", "about 2021"),
        ("2021-05?", "May 2021 (uncertain)"),
        ("2021-12-31/2022-01-02", "31 December 2021 – 2 January 2022"),
        ("2021-24", "winter 2021–22"),
        ("201X", "the 2010s"),
        ("2021-05/..", "since May 2021"),
        ("../2021-05", "until May 2021"),
        ("2021-03/2021-05", "March–May"),
        ("2021-03-18/2021-03-20~", "18 March – about 20 March"),
        ("2021-03-18?/2021-03-19", "18 March 2021 (uncertain) – 19 March 2021"),
    ],
)
def test_under_a_heading_that_names_its_year_a_date_leaves_it_out(text: str, shown: str) -> None:
    assert display_in_year(parse_date(text)) == shown


@settings(max_examples=60)
@given(
    st.from_regex(
        r"([0-9]{4}(-[0-2X][0-9X]){0,2}[?~%]?|\.\.)(/([0-9]{4}(-[01][0-9]){0,2}~?|\.\.)?)?", fullmatch=True
    )
)
def test_every_date_reads_as_something(text: str) -> None:
    try:
        when = parse_date(text)
    except DateError:
        assume(False)
    assert display(when)
    assert display_in_year(when)


def shown_on_the_page() -> list[tuple[str, str]]:
    """Return the dates in the table of what an editor knows: as written, and as readers see them."""
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("| What you know") :].split("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return [(written.strip("`"), seen) for _, written, seen in rows]


@pytest.mark.parametrize(("written", "seen"), shown_on_the_page())
def test_the_page_on_dates_shows_what_readers_see(written: str, seen: str) -> None:
    assert display(parse_date(written)) == seen
