"""How what is too long for one file is cut into volumes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from diplomatic_timeline.briefings.contents import Form, contents_of
from diplomatic_timeline.briefings.selection import Selection, select
from diplomatic_timeline.briefings.volumes import Volume, split, standing
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.views.presenter import Presenter
from helpers.briefings import pages, printed, viewpoint, with_events
from helpers.records import REAL, SMALL


def record(dates: Sequence[str], quotes: int = 0) -> Presenter:
    """Return a record with an event for each date, e0, e1, …, and as many quotes at each."""
    event = viewpoint(SMALL).corpus.events["1997-grey-skerry"]
    quote = viewpoint(SMALL).timeline.quotes["thorn-light"].quote
    return with_events(
        SMALL,
        [
            event.model_copy(
                update={
                    "id": f"e{n}",
                    "aliases": (),
                    "date": parse_date(text),
                    "commitments": (),
                    "quotes": tuple(
                        quote.model_copy(update={"id": f"q{n}-{m}", "date": None}) for m in range(quotes)
                    ),
                    "issues": tuple(i.model_copy(update={"positions": {}}) for i in event.issues),
                }
            )
            for n, text in enumerate(dates)
        ],
    )


def volumes(view: Presenter, limit: int, asked: Selection | None = None) -> list[tuple[int, str]]:
    """Return the number of events and the span of each volume."""
    parts = split(view.timeline, select(view.timeline, asked or Selection()), limit)
    return [(len(part.events), volume.span if volume else "") for part, volume in parts]


def test_a_volume_holds_whole_years_or_months_as_many_as_fit() -> None:
    assert volumes(record(["1972", "1973", "1974"]), 3) == [(3, "")]
    dates = ["1971-02", "1971-03", "1972-05", "1974-01", "1974-02", "1975-06", "1975-07"]
    assert volumes(record(dates), 3) == [(3, "1971–1972"), (2, "1974"), (2, "1975")]
    dates = ["1971", *(f"1972-02-0{d}" for d in range(1, 6)), "1972-05-01", "1972-05-09", "1973-01"]
    assert volumes(record(dates), 2) == [
        (1, "1971"),
        (2, "1–2 February 1972"),
        (2, "3–4 February 1972"),
        (1, "5 February 1972"),
        (2, "May 1972"),
        (1, "1973"),
    ]
    # More quotes make fewer events and an event stays whole.
    view = record(["1971", "1972", "1973"], quotes=15)
    assert volumes(view, 3) == [(2, "1971–1972"), (1, "1973")]
    assert volumes(record(["1971", "1972"], quotes=45), 3) == [(1, "1971"), (1, "1972")]
    assert volumes(record(["1971"], quotes=45), 3) == [(1, "")]
    # A new event at the end changes the last volume only.
    dates = [f"{year}-01-0{day}" for year in range(1971, 1979) for day in (1, 2)]
    before, after = volumes(record(dates), 5), volumes(record([*dates, "1979-01-01"]), 5)
    assert before[:-1] == after[: len(before) - 1]


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_volumes_hold_everything_once(limit: int) -> None:
    timeline = viewpoint(REAL).timeline
    for asked in (Selection(), Selection(parties=("china",)), Selection(issues=("taiwan",))):
        whole = select(timeline, asked)
        parts = [part for part, _ in split(timeline, whole, limit)]
        assert all(len(part.events) <= limit for part in parts)
        assert tuple(e for p in parts for e in p.events) == whole.events
        assert sorted(q for p in parts for q in p.quotes) == sorted(whole.quotes)
        assert sorted(c for p in parts for c in p.commitments) == sorted(whole.commitments)


def test_a_volume_says_on_its_title_page_which_it_is() -> None:
    found = pages(printed(viewpoint(SMALL), volume=Volume(2, 7, "1972–1979")).pdf)
    assert "A record\nVolume 2 of 7: 1972–1979" in found[0]
    assert "A record · Volume 2 of 7: 1972–1979" in found[1].replace("\xa0", " ")


def test_a_volume_stands_on_the_day_on_which_it_last_changed_and_knows_what_is_overdue() -> None:
    view = viewpoint(REAL)
    timeline = view.timeline
    for part, volume in split(timeline, select(timeline, Selection()), 5):
        day = standing(timeline, part)
        assert day is not None
        assert timeline.newest is not None
        assert day <= timeline.newest
        then = contents_of(view, part, Form("R", through=day, volume=volume))
        now = contents_of(view, part, Form("R", volume=volume))
        assert then["summary"] == now["summary"]


def test_a_chart_of_many_events_has_a_text_alternative_that_fits() -> None:
    titled = [
        e.model_copy(update={"title": f"{e.title} {'and so on ' * 40}"})
        for e in record([f"{year}" for year in range(1900, 1940)]).corpus.events.values()
    ]
    view = with_events(SMALL, titled)
    assert printed(view).pages > 20
