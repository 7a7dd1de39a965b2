"""The overview chart's geometry."""

from __future__ import annotations

import gzip
import json
from datetime import date
from hashlib import sha256
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.chart import data
from diplomatic_timeline.chart.geometry import LABEL, LANE, PLOT, TOP, WIDTH, Mark
from diplomatic_timeline.chart.lanes import Row, rows
from diplomatic_timeline.chart.overview import Chart, most_lanes, overview
from diplomatic_timeline.chart.time import bins
from diplomatic_timeline.plugin.assets import joined
from diplomatic_timeline.site.shortcodes import Shortcodes
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.lists import events_in_order
from diplomatic_timeline.views.timeline import Timeline, parties_at
from diplomatic_timeline.views.wording import ENGLISH
from helpers.chart import LATER
from helpers.records import make_event, make_quote, make_timeline
from helpers.sites import files_of

DATES = st.one_of(
    st.dates(date(1990, 1, 1), date(1994, 12, 31)).map(date.isoformat),
    st.sampled_from(["1990", "1993", "1991-07", "1992-12-31", "1993-24", "1990-02-01/1990-02-20"]),
    st.sampled_from(["1991/..", "../1992-03", "1991-11~", "1991-12-30/1992-01-02"]),
)
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


@settings(max_examples=60)
@given(RECORDS)
@example([("1990-12-31", 30, True)] * 4)
@example([("9999-12-31", 0, True), ("9998-01-01", 0, True)])
def test_marks_stand_on_their_day_inside_their_lane_and_above_one_another(
    events: list[tuple[str, int, bool]],
) -> None:
    drawn = overview(record(events))
    for lane in drawn.lanes:
        assert lane.y - LANE / 2 >= TOP
        assert lane.y + LANE / 2 <= drawn.height
        assert all(abs(m.shift) + m.radius <= LANE / 2 for m in lane.marks)
        assert all(LABEL <= m.x <= m.x + m.width <= LABEL + PLOT for m in lane.marks)
        for one, other in combinations(lane.marks, 2):
            if bool(one.width) == bool(other.width) and one.left <= other.right and other.left <= one.right:
                assert abs(one.shift - other.shift) > one.radius + other.radius


def test_an_event_stands_on_its_day_in_a_lane_with_others_too() -> None:
    days = ["1990-03-04", "1990-07-02", "1990-07-02", "1990-07-04", "1991-02-01"]
    ((first, *three, last),) = dots(overview(record([(day, 4, True) for day in days])))
    assert [m.shift for m in (first, last)] == [0, 0]
    assert len({m.shift for m in three}) == 3
    ((alone, *_),) = dots(overview(record([(day, 4, True) for day in ("1990-07-04", "1991-02-01")])))
    assert alone.x == three[-1].x
    assert alone.radius == first.radius > max(m.radius for m in three)


def test_a_crowded_lane_names_every_event_in_columns_that_stay_inside() -> None:
    drawn = overview(record([("1990-12-31", 30, True)] * 60))
    (lane,) = drawn.lanes
    assert lane.marks == ()
    (column,) = lane.columns
    assert column.x - drawn.column / 2 >= LABEL
    assert column.x + drawn.column / 2 <= WIDTH
    drawn = overview(many(700))
    (lane,) = drawn.lanes
    assert (bool(lane.columns), len(lane.events)) == (True, 700)
    assert drawn.step in drawn.summary
    rows = [("1990-05-01", 0, True)] * 50 + [("1995-05-01", 0, True)] * 200 + [("1999-05-01", 0, True)]
    drawn = overview(record(rows))
    (lane,) = drawn.lanes
    some, most, one = lane.columns
    assert one.height < some.height < most.height
    # Sparse lanes keep their marks beside crowded ones.
    crowd = [make_event(f"crowd-{n}", f"19{n % 90 + 10}-05-01") for n in range(150)]
    rare = make_event("rare", "1950-01-01", issues=[{"issue": "bridge"}])
    lanes = overview(make_timeline(*crowd, rare)).lanes
    assert [(lane.link.text, bool(lane.columns), len(lane.marks)) for lane in lanes] == [
        ("Toll", True, 0),
        ("Bridge", False, 1),
    ]


def test_every_event_has_a_mark_in_each_lane_of_its_issues_which_stand_as_a_tree(
    small: Timeline, real: Timeline
) -> None:
    for timeline in (small, real):
        touched = {urls.issue(i): len(ids) for i, ids in timeline.events_of_issue.items()}
        lanes = overview(timeline).lanes
        assert {lane.link.url for lane in lanes} == set(touched)
        for lane in lanes:
            assert lane.columns or len(lane.marks) == touched[lane.link.url or ""]
    for lane in overview(small).lanes:
        id = lane.link.url.split("/")[1] if lane.link.url else ""
        assert [link.url for link in lane.events] == [urls.event(e) for e in small.events_of_issue[id]]
    lanes = overview(small).lanes
    assert [(lane.link.text, lane.depth) for lane in lanes] == [
        ("Fisheries", 0),
        ("Herring quota", 1),
        ("Harbour dues <draft & final>", 0),
        ("The lighthouse on Grey Skerry", 0),
    ]
    assert [b.y - a.y for a, b in pairwise(lanes)] == [LANE] * (len(lanes) - 1)


def test_marks_run_with_time_and_tell_main_events_and_what_is_certain() -> None:
    drawn = overview(record([("1990-01-02", 0, True), ("1990-07-02", 4, True), ("1990-12-20", 9, True)]))
    ((first, middle, last),) = dots(drawn)
    assert first.x < middle.x < last.x
    assert abs(middle.x - LABEL - PLOT / 2) < 2
    assert first.radius < middle.radius < last.radius

    def bar(when: str) -> Mark:
        (found,) = bars(overview(record([(when, 0, True), ("1992-05-05", 0, True)])))
        return found

    some_time, lasted, inexact = bar("1990"), bar("1990-02-01/1990-11-20"), bar("1990-03~/1991-06")
    assert (some_time.vague, some_time.core) == (True, None)
    assert (lasted.vague, lasted.core) == (False, (lasted.x, lasted.width))
    assert inexact.vague
    assert inexact.core is not None
    assert inexact.x < inexact.core[0] < sum(inexact.core) < inexact.x + inexact.width
    rows = [("1990-06-01/..", 0, True), ("../1995-06-01", 0, True), ("1999-06-01", 0, True)]
    drawn = overview(record(rows))
    assert bars(drawn) == []
    (lane,) = dots(drawn)
    assert [(m.tail > 0, m.tail < 0) for m in lane] == [(True, False), (False, True), (False, False)]
    (lane,) = dots(overview(record([("1990-02-01", 1, True), ("1990-10-01", 2, False)])))
    assert [m.main for m in lane] == [True, False]


@pytest.mark.parametrize("when", ["1990-05", "1990-05-05~", "1990-05-05?", "1990-22", "1990-05-XX"])
def test_a_day_that_is_not_certain_is_drawn_so(when: str) -> None:
    (lane,) = overview(record([(when, 0, True), ("2010-05-05", 0, True)])).lanes
    assert [m.vague for m in lane.marks] == [True, False]


def test_years_are_marked_from_left_to_right_where_people_count_them(real: Timeline) -> None:
    drawn = overview(real)
    assert [t.label for t in drawn.ticks] == sorted({t.label for t in drawn.ticks})
    assert all(LABEL <= t.x <= WIDTH for t in drawn.ticks)
    assert drawn.ticks[0].label == str(real.years[0])
    drawn = overview(record([("1850-02-01", 0, True), ("2020-10-01", 0, True)]))
    assert 5 <= len(drawn.ticks) <= 13
    drawn = overview(record([("1953-02-01", 0, True), ("2020-10-01", 0, True)]))
    assert [t.label for t in drawn.ticks] == ["1960", "1970", "1980", "1990", "2000", "2010", "2020"]


def test_a_record_of_one_event_or_none_is_drawn() -> None:
    drawn = overview(record([("1990-05-04", 0, True)]))
    assert [lane.link.text for lane in drawn.lanes] == ["Toll"]  # no other issue is touched
    assert "from 1990 to 1990" in drawn.summary
    drawn = overview(make_timeline())
    assert (drawn.lanes, drawn.ticks) == ((), ())
    assert drawn.summary == "No event is recorded yet."
    assert loaded(make_timeline())["events"] == []


# Records too large for a mark each


def many(number: int, first: int = 1900, last: int = 2024) -> Timeline:
    """A record of one issue with events spread evenly over the years, and one quote each."""
    days = [date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()]
    return record(
        [
            (date.fromordinal(days[0] + (days[1] - days[0]) * n // (number - 1)).isoformat(), 1, True)
            for n in range(number)
        ]
    )


def test_periods_begin_where_the_calendars_do() -> None:
    days = [date(1993, 2, 3), date(1995, 1, 1), date(1999, 12, 31), date(2000, 1, 1)]

    def ends(months: int) -> list[str]:
        return [f"{b.first}/{b.last}/{b.events}" for b in bins(days, months)]

    assert ends(60) == ["1990-01-01/1994-12-31/1", "1995-01-01/1999-12-31/2", "2000-01-01/2004-12-31/1"]
    assert ends(3)[:2] == ["1993-01-01/1993-03-31/1", "1995-01-01/1995-03-31/1"]
    assert ends(1)[:2] == ["1993-02-01/1993-02-28/1", "1995-01-01/1995-01-31/1"]
    whole = bins([date.min, date.max], 1200)
    assert (whole[0].first, whole[-1].last) == (date.min, date.max)


def branching(wide: int, deep: int, events: int) -> Timeline:
    """A record of `wide` issues with `deep` below each; event n touches the nth issue, and so round."""
    issues: dict[str, dict[str, str]] = {}
    for n in range(wide):
        issues[f"issue-{n}"] = {"name": f"Issue {n}", "description": "One."}
        for m in range(deep):
            issues[f"issue-{n}-{m}"] = {
                "name": f"Issue {n}.{m}",
                "parent": f"issue-{n}",
                "description": "One.",
            }
    names = list(issues)
    made = (
        make_event(
            f"e-{n}",
            date.fromordinal(date(1950, 1, 1).toordinal() + n * 7).isoformat(),
            issues=[{"issue": names[n % len(names)]}],
        )
        for n in range(events)
    )
    return make_timeline(*made, issues=issues)


def lanes_of(timeline: Timeline) -> tuple[Row, ...]:
    return rows(timeline, "issue", most_lanes(timeline))


def test_narrower_issues_share_lanes_where_there_are_too_many() -> None:
    lanes = lanes_of(branching(10, 4, 50))
    assert [(lane.link.text, lane.folded, len(lane.spots)) for lane in lanes] == [
        (f"Issue {n}", 4, 5) for n in range(10)
    ]
    timeline = branching(40, 0, 1000)
    most = most_lanes(timeline)
    lanes = lanes_of(timeline)
    assert len(lanes) == most
    assert (lanes[-1].link.text, lanes[-1].link.url) == (f"{40 - most + 1} other issues", urls.ISSUES)
    timeline = branching(10, 4, 50)
    both = make_event("both", "1949-01-01", issues=[{"issue": "issue-0-1"}, {"issue": "issue-0-2"}])
    lanes = lanes_of(make_timeline(*timeline.events.values(), both, issues=_issues(timeline)))
    assert [spot.event.id for spot in lanes[0].spots].count("both") == 1


def _issues(timeline: Timeline) -> dict[str, dict[str, Any]]:
    return {id: i.model_dump(exclude={"id"}) for id, i in timeline.corpus.issues.items()}


@pytest.mark.parametrize("events", [40, 400, 3000])
def test_the_charts_html_does_not_grow_with_the_record(events: int) -> None:
    html = markup(branching(30, 3, events))
    assert len(html.encode()) < 40_000


def markup(timeline: Timeline) -> str:
    text, slots = Shortcodes(Site(timeline, "A record")).expand("{{ overview_chart() }}", "docs/index.md")
    return slots.fill(text, "")


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    plain = markup(record([("1990-02-01", 1, True), ("1991-02-01", 1, True)]))
    mixed = markup(
        record([("1990", 1, True), ("1991-02-01/..", 1, False), ("1992-01-01/1993-01-01", 0, True)])
    )
    for words in (
        "background",
        "time that it lasted",
        "day not certain",
        "some time within",
        "start or end open",
    ):
        assert f"{words}</li>" in mixed
        assert f"{words}</li>" not in plain


# The file of events


def loaded(timeline: Timeline) -> dict[str, Any]:
    text = data.script(timeline)
    assert text.startswith("dtOverview(JSON.parse(")
    found: dict[str, Any] = json.loads(
        json.loads(text.removeprefix("dtOverview(JSON.parse(").removesuffix("));\n"))
    )
    return found


def test_the_file_has_lanes_by_issue_party_and_level_with_each_event_in_its_own(small: Timeline) -> None:
    groups = loaded(small)["groups"]
    assert [g["id"] for g in groups] == ["issue", "party", "level"]
    lanes = {g["id"]: [lane[0] for lane in g["lanes"]] for g in groups}
    assert lanes["issue"] == [lane.link.text for lane in overview(small).lanes]
    parties = small.corpus.parties
    assert lanes["party"] == [
        parties[p].name for p in (*small.columns, *small.observers) if p in small.events_of_party
    ]
    assert set(lanes["level"]) == {
        (name := ENGLISH(f"level.{e.level}"))[0].upper() + name[1:] for e in small.events.values()
    }
    value = loaded(small)
    names = {g["id"]: [lane[0] for lane in g["lanes"]] for g in value["groups"]}
    assert [row[0] for row in value["events"]] == list(events_in_order(small))
    for id, title, _, main, _, by_issue, by_party, by_level in value["events"]:
        event = small.events[id]
        assert (title, main) == (event.title, int(event.prominence == "main"))
        assert {names["issue"][n]: said for n, said in batched(by_issue)} == {
            small.corpus.issues[i.issue].name: sum(i.issue in q.issues for q in event.quotes)
            for i in event.issues
        }
        assert {names["party"][n]: said for n, said in batched(by_party)} == {
            small.corpus.parties[p].name: sum(q.party == p for q in event.quotes) for p in parties_at(event)
        }
        ((_, said),) = batched(by_level)
        assert said == len(event.quotes)


def batched(flat: list[int]) -> list[tuple[int, int]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("1970-01-02", [1]),
        ("1970-01-01/1970-01-03", [0, 2, 0, 2, 0, 0]),
        ("1970-01", [0, 30, None, None, 1, 0]),
        ("1970-01-02?", [1, 1, 1, 1, 1, 0]),
        ("1970-01/1970-03", [0, 89, 30, 59, 1, 0]),
        ("1970-01-02/..", [1, 1, 1, 1, 0, 1]),
        ("../1970-01-02", [1, 1, 1, 1, 0, -1]),
        ("1969-12-31", [-1]),
    ],
)
def test_the_file_tells_which_days_a_date_can_mean_and_which_are_certain(
    when: str, days: list[int | None]
) -> None:
    (row,) = loaded(record([(when, 0, True)]))["events"]
    assert row[4] == days


# What is vendored


def test_the_script_is_the_one_whose_checksum_is_recorded_and_light_and_finds_its_file(
    real: Timeline,
) -> None:
    folder = ASSETS / "javascripts" / "vendor"
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    recorded = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert set(recorded) == {p.name for p in folder.iterdir()} - {"SHA256SUMS"}
    assert recorded == {name: sha256((folder / name).read_bytes()).hexdigest() for name in recorded}
    files = [ASSETS / "stylesheets" / "chart.css", ASSETS / "javascripts" / "vendor" / "d3.min.js"]
    sent = [joined(LATER).encode(), *(file.read_bytes() for file in files)]
    assert sum(len(gzip.compress(data)) for data in sent) < 30_000
    of_site = files_of(Site(real, "A record"))
    assert of_site[urls.OVERVIEW].decode("utf-8") == data.script(real)
    assert f'data-dt-chart="{urls.OVERVIEW}"' in markup(real)
