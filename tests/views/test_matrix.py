"""The matrix of issues by main events."""

from __future__ import annotations

from typing import Any

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.matrix import Cell, Matrix, matrix
from diplomatic_timeline.views.presenter import Presenter
from helpers.records import make_commitment, make_event, make_quote, make_timeline

BOTH = [{"issue": "toll"}, {"issue": "bridge"}]


def matrix_of(*events: Event, columns: int = 8) -> Matrix:
    return matrix(Presenter(make_timeline(*events)), columns)


def cell_of(**fields: Any) -> Cell:
    cell = matrix_of(make_event("1990-a", **fields)).rows[0].cells[0]
    assert cell is not None
    return cell


def test_the_newest_main_events_have_a_column_each_and_lead_to_the_one_before_beside_them() -> None:
    found = matrix_of(
        make_event("1990-a", "1990"),
        make_event("1991-a", "1991", prominence="context"),
        make_event("1992-a", "1992", place="port"),
        make_event("1993-a", "1993"),
        columns=2,
    )
    assert [(column.event.id, column.event.name) for column in found.columns] == [
        ("1992-a", "Port"),
        ("1993-a", "Title of 1993-a"),
    ]
    compared = [column.comparison and column.comparison.url for column in found.columns]
    assert compared == [urls.comparison("1990-a", "1992-a"), urls.comparison("1992-a", "1993-a")]
    assert found.rows[0].others == 2


def test_issues_that_no_event_touches_are_left_out_and_one_that_did_not_come_up_has_no_cell() -> None:
    assert [row.issue.text for row in matrix_of(make_event()).rows] == ["Toll"]
    found = matrix_of(make_event(issues=BOTH[::-1]))
    assert [(row.issue.text, row.depth) for row in found.rows] == [("Toll", 0), ("Bridge", 1)]
    found = matrix_of(make_event("1990-a", "1990"), make_event("1991-a", "1991", issues=BOTH[1:]))
    bridge = found.rows[1].cells
    assert bridge[0] is None
    assert bridge[1] is not None
    assert bridge[1].named_only
    assert (matrix_of().columns, matrix_of().rows) == ((), ())


def test_a_cell_counts_each_sides_quotes_and_those_on_narrower_issues() -> None:
    position = {"south": {"statement": "S.", "sources": ["paper"]}}
    cell = cell_of(
        issues=[{"issue": "toll", "raised_by": ["north"], "positions": position, "outcome": "agreed"}],
        quotes=[make_quote("a"), make_quote("b"), make_quote("c", party="east")],
    )
    north, south = cell.sides
    assert (north.quotes, north.raised, north.position) == (2, True, False)
    assert (south.quotes, south.raised, south.position, south.silent) == (0, False, True, False)
    assert (cell.quotes, cell.outcome, cell.named_only) == (2, "agreed", False)
    assert cell_of(quotes=[make_quote(party="east")]).named_only
    cell = cell_of(issues=BOTH[1:], quotes=[make_quote(issues=["bridge"])])
    assert (cell.quotes, cell.url) == (1, urls.position("1990-a", "bridge"))


def test_open_promises_are_counted_with_those_on_narrower_issues() -> None:
    promised = [
        make_commitment("a", issues=["bridge"]),
        make_commitment("b", issues=["toll"]),
        make_commitment("c", issues=["toll"], status="fulfilled"),
    ]
    found = matrix_of(make_event(issues=BOTH, commitments=promised))
    assert [row.promises for row in found.rows] == [2, 1]
