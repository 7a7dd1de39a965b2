"""The overview chart's geometry."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from conftest import make_event, make_quote, make_timeline
from hypothesis import given, settings
from hypothesis import strategies as st

from macros import chart, urls
from macros.chart import NARROW, WIDE, Chart, Frame, Mark, overview
from macros.timeline import Timeline

DATES = st.one_of(
    st.dates(date(1990, 1, 1), date(1994, 12, 31)).map(date.isoformat),
    st.sampled_from(["1990", "1993", "1991-07", "1992-12-31", "1993-24", "1990-02-01/1990-02-20"]),
    st.sampled_from(["1991/..", "../1992-03", "1991-11~", "1991-12-30/1992-01-02"]),
)
FRAMES = pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
RECORDS = st.lists(st.tuples(DATES, st.integers(0, 40), st.booleans()), max_size=25)


def record(rows: list[tuple[str, int, bool]]) -> Timeline:
    return make_timeline(
        *(
            make_event(
                f"event-{n}",
                when,
                prominence="main" if main else "context",
                quotes=[make_quote(f"quote-{n}-{i}") for i in range(quotes)],
            )
            for n, (when, quotes, main) in enumerate(rows)
        )
    )


def dots(drawn: Chart) -> list[list[Mark]]:
    return [[m for m in lane.marks if not m.width] for lane in drawn.lanes]


def bars(drawn: Chart) -> list[Mark]:
    return [m for lane in drawn.lanes for m in lane.marks if m.width]


@FRAMES
@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_every_mark_lies_inside_the_plot(frame: Frame, rows: list[tuple[str, int, bool]]) -> None:
    drawn = overview(record(rows), frame)
    for lane in dots(drawn):
        for mark in lane:
            assert drawn.label <= mark.x - mark.radius
            assert mark.x + mark.radius <= drawn.width
    for bar in bars(drawn):
        assert drawn.label <= bar.x
        assert bar.x + bar.width <= drawn.width


@FRAMES
@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_marks_in_one_lane_do_not_overlap(frame: Frame, rows: list[tuple[str, int, bool]]) -> None:
    for lane in dots(overview(record(rows), frame)):
        for one, other in pairwise(lane):
            assert one.x + one.radius < other.x - other.radius


@FRAMES
def test_a_crowd_at_the_very_end_stays_inside_and_apart(frame: Frame) -> None:
    drawn = overview(record([("1990-12-31", 30, True)] * 60), frame)
    (lane,) = dots(drawn)
    assert lane[0].x - lane[0].radius >= drawn.label
    assert lane[-1].x + lane[-1].radius <= drawn.width
    assert all(a.x + a.radius < b.x - b.radius for a, b in pairwise(lane))


@FRAMES
@settings(max_examples=40, deadline=None)
@given(RECORDS)
def test_no_mark_leaves_its_lane(frame: Frame, rows: list[tuple[str, int, bool]]) -> None:
    drawn = overview(record(rows), frame)
    for lane in drawn.lanes:
        assert all(m.radius <= frame.lane / 2 for m in lane.marks)
        assert drawn.top <= lane.y - frame.lane / 2
        assert lane.y + frame.lane / 2 <= drawn.height


def test_every_event_has_a_mark_in_the_lane_of_each_issue_that_it_touched(
    small: Timeline, real: Timeline
) -> None:
    for timeline in (small, real):
        drawn = {lane.issue.url: sorted(m.url for m in lane.marks) for lane in overview(timeline).lanes}
        assert drawn == {
            urls.issue(issue): sorted(map(urls.event, ids)) for issue, ids in timeline.events_of_issue.items()
        }


def test_each_lane_names_its_events_oldest_first(real: Timeline) -> None:
    for lane in overview(real).lanes:
        id = lane.issue.url.split("/")[1] if lane.issue.url else ""
        assert [link.url for link in lane.events] == [urls.event(e) for e in real.events_of_issue[id]]


def test_lanes_stand_below_one_another_as_a_tree(small: Timeline) -> None:
    lanes = overview(small).lanes
    assert [(lane.issue.text, lane.depth) for lane in lanes] == [
        ("Fisheries", 0),
        ("Herring quota", 1),
        ("Harbour dues <draft & final>", 0),
        ("The lighthouse on Grey Skerry", 0),
    ]
    assert [b.y - a.y for a, b in pairwise(lanes)] == [chart.LANE] * (len(lanes) - 1)


def test_an_issue_that_no_event_touches_has_no_lane() -> None:
    assert [lane.issue.text for lane in overview(record([("1990", 0, True)])).lanes] == ["Toll"]


def test_time_runs_from_left_to_right() -> None:
    (lane,) = dots(
        overview(record([("1990-02-01", 0, True), ("1991-02-01", 0, True), ("1993-05-01", 0, True)]))
    )
    assert lane[0].x < lane[1].x < lane[2].x


def test_a_mark_stands_at_its_day_where_there_is_room() -> None:
    drawn = overview(record([("1990-01-02", 0, True), ("1990-07-02", 0, True), ("1990-12-20", 0, True)]))
    (lane,) = dots(drawn)
    start, end = drawn.label, drawn.width - chart.RIGHT
    assert abs(lane[1].x - (start + end) / 2) < 2


def test_a_mark_grows_with_its_quotes() -> None:
    (lane,) = dots(
        overview(record([("1990-02-01", 0, True), ("1990-06-01", 4, True), ("1990-10-01", 9, True)]))
    )
    assert lane[0].radius < lane[1].radius < lane[2].radius


def test_what_is_known_only_within_a_span_is_a_bar() -> None:
    (bar,) = bars(overview(record([("1990", 0, True), ("1991-05-05", 0, True)])))
    assert "1990" in bar.title


def test_an_event_without_an_end_is_a_dot_where_it_began() -> None:
    drawn = overview(record([("1990-06-01/..", 0, True), ("1999-06-01", 0, True)]))
    assert bars(drawn) == []


def test_main_events_are_told_from_context() -> None:
    (lane,) = dots(overview(record([("1990-02-01", 0, True), ("1990-10-01", 0, False)])))
    assert [m.main for m in lane] == [True, False]


def test_a_marks_title_names_event_date_and_quotes() -> None:
    (lane,) = dots(
        overview(record([("1990-02-01", 1, True), ("1990-10-01", 2, True), ("1990-12-01", 0, True)]))
    )
    assert [m.title for m in lane] == [
        "Title of event-0, 1 February 1990: 1 quote",
        "Title of event-1, 1 October 1990: 2 quotes",
        "Title of event-2, 1 December 1990",
    ]


def test_years_are_marked_from_left_to_right_inside_the_chart(real: Timeline) -> None:
    drawn = overview(real)
    assert [t.label for t in drawn.ticks] == sorted({t.label for t in drawn.ticks})
    assert all(drawn.label <= t.x <= drawn.width for t in drawn.ticks)
    assert drawn.ticks[0].label == str(real.years[0])


def test_a_long_record_has_few_year_marks() -> None:
    drawn = overview(record([("1850-02-01", 0, True), ("2020-10-01", 0, True)]))
    assert 5 <= len(drawn.ticks) <= 13


def test_the_last_year_that_a_date_can_have_is_drawn() -> None:
    drawn = overview(record([("9999-12-31", 0, True), ("9998-01-01", 0, True)]))
    assert all(m.x + m.radius <= drawn.width for lane in dots(drawn) for m in lane)


def test_a_record_of_one_event_is_drawn() -> None:
    drawn = overview(record([("1990-05-04", 0, True)]))
    assert len(drawn.lanes) == 1
    assert "from 1990 to 1990" in drawn.summary


def test_an_empty_record_has_no_lane_and_says_so() -> None:
    drawn = overview(make_timeline())
    assert (drawn.lanes, drawn.ticks) == ((), ())
    assert drawn.summary == "No event is recorded yet."


def test_a_narrow_chart_shows_the_same_events_and_fewer_years(real: Timeline) -> None:
    wide, narrow = overview(real, WIDE), overview(real, NARROW)
    assert [lane.events for lane in narrow.lanes] == [lane.events for lane in wide.lanes]
    assert len(narrow.ticks) <= len(wide.ticks)
    assert narrow.width < wide.width


def test_the_same_record_is_drawn_the_same(real: Timeline) -> None:
    assert overview(real) == overview(real)
