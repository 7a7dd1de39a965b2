"""The low chart of the first page."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplomatic_timeline.chart.low import BASE, LEFT, RADIUS, RIGHT, TOP, LowMark, low_chart
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_timeline

DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31))


def record(*days: date | str, main: int = 0) -> Timeline:
    """Return a record with an event on each of these dates; the first of them are main events."""
    return make_timeline(
        *(
            make_event(f"event-{n}", str(day), prominence="main" if n < main else "context")
            for n, day in enumerate(days)
        )
    )


def apart(a: LowMark, b: LowMark) -> bool:
    def ends(m: LowMark) -> tuple[float, float]:
        return (m.x, m.x + m.width) if m.width else (m.x - RADIUS, m.x + RADIUS)

    return a.y != b.y or ends(a)[1] <= ends(b)[0] + 0.1 or ends(b)[1] <= ends(a)[0] + 0.1


@settings(max_examples=60, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=40))
def test_marks_stand_on_their_days_and_above_one_another(days: list[date]) -> None:
    drawn = low_chart(record(*days))
    placed = {m.url: m for m in drawn.marks}
    by_day = sorted(
        (day, placed[urls.event(f"event-{n}")].x)
        for n, day in enumerate(days)
        if drawn.marks and urls.event(f"event-{n}") in placed
    )
    assert [x for _, x in by_day] == sorted(x for _, x in by_day)
    assert len({x for _, x in by_day}) == len({day for day, _ in by_day})
    assert all(apart(a, b) for a, b in combinations(drawn.marks, 2))
    assert all(TOP < m.y < BASE and LEFT <= m.x <= RIGHT for m in drawn.marks)
    assert len(drawn.marks) + drawn.before + drawn.after == len(days)


def test_main_events_are_named_where_there_is_room_and_a_crowd_is_counted() -> None:
    drawn = low_chart(record("2020-01-05", "2020-01-06", "2023-06-01", "2024-12-30", "2021-05-05", main=4))
    assert {line.url for line in drawn.lines} <= {urls.event(f"event-{n}") for n in range(4)}
    assert urls.event("event-3") in {line.url for line in drawn.lines}
    places = [(line.y, line.x, line.end) for line in drawn.lines]
    assert len(set(places)) == len(places)
    # The period is where events are dense and the rest is counted.
    days = [f"2020-{1 + n % 12:02}-{1 + n // 12:02}" for n in range(40)]
    drawn = low_chart(record("1950-01-01", *days))
    assert (drawn.before, drawn.after, len(drawn.marks)) == (1, 0, 40)
    assert low_chart(record("2020-01-01", *days)).before == 0
    # A crowd is counted in columns.
    drawn = low_chart(record(*(date.fromordinal(730000 + n * 9) for n in range(400))))
    assert drawn.marks == ()
    assert all(0 < height <= BASE - TOP for _, height in drawn.columns)


@pytest.mark.parametrize("days", [(), ("2020-05",), ("0001-01-01",), ("9999-12-31",), ("2020/..",)])
def test_a_record_of_one_event_or_none_is_drawn(days: tuple[str, ...]) -> None:
    drawn = low_chart(record(*days, main=1))
    assert len(drawn.marks) == len(drawn.lines) == len(days)
