"""Tables over the whole record."""

from __future__ import annotations

import pytest

from diplomatic_timeline.model.records import Event
from diplomatic_timeline.proof.proofs import Proof
from diplomatic_timeline.views import tables, urls
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_commitment, make_corpus, make_event, make_quote, make_timeline

BOTH = [{"issue": "toll"}, {"issue": "bridge"}]


def matrix_of(*events: Event) -> tables.Matrix:
    return tables.matrix(Presenter(make_timeline(*events)))


# The matrix


def test_the_matrix_has_a_column_for_each_main_event_oldest_first() -> None:
    found = matrix_of(
        make_event("1991-a", "1991"),
        make_event("1990-a", "1990"),
        make_event("1992-a", "1992", prominence="context"),
    )
    assert [e.id for e in found.events] == ["1990-a", "1991-a"]
    assert all(len(row.cells) == 2 for row in found.rows)
    assert found.rows[0].others == 1


def test_the_matrix_has_issues_that_an_event_touches_narrower_below_wider_ones() -> None:
    assert matrix_of() == tables.Matrix((), ())
    assert [row.issue.text for row in matrix_of(make_event()).rows] == ["Toll"]
    found = matrix_of(make_event(issues=BOTH[::-1]))
    assert [(row.issue.text, row.depth) for row in found.rows] == [("Toll", 0), ("Bridge", 1)]


def test_a_cell_counts_the_quotes_on_its_issue() -> None:
    quotes = [make_quote("a"), make_quote("b", issues=["toll", "bridge"])]
    found = matrix_of(make_event("1990-a", issues=BOTH, quotes=quotes))
    assert [row.cells[0].quotes for row in found.rows] == [2, 1]


def test_a_cell_knows_an_issue_that_was_touched_without_a_quote() -> None:
    found = matrix_of(make_event("1990-a", "1990"), make_event("1991-a", "1991", issues=BOTH[1:]))
    assert [[cell.at_issue for cell in row.cells] for row in found.rows] == [[True, False], [False, True]]
    assert {cell.quotes for row in found.rows for cell in row.cells} == {0}


def test_a_cell_leads_to_the_issue_at_its_event() -> None:
    cell = matrix_of(make_event("1990-a")).rows[0].cells[0]
    assert cell.url == f"{urls.event('1990-a')}#{urls.position_anchor('toll')}"


# People


def person(name: str, family: str, party: str) -> dict[str, object]:
    return {"name": name, "family_name": family, "party": party, "posts": [{"title": f"Post of {name}"}]}


PEOPLE = {
    "zoe-abel": person("Zoe Abel", "Abel", "south"),
    "al-zorn": person("Al Zorn", "Zorn", "south"),
    "bo-zorn": person("Bo Zorn", "zorn", "south"),
    "ole-by": person("Ole By", "By", "north"),
}


def test_people_stand_by_party_and_then_by_family_name() -> None:
    found = tables.by_party(tables.directory(Presenter(make_timeline(people=PEOPLE))))
    assert [(g.party.id, [e.speaker.name for e in g.people]) for g in found] == [
        ("north", ["Ole By"]),
        ("south", ["Zoe Abel", "Al Zorn", "Bo Zorn"]),
    ]


def test_a_person_is_listed_with_posts_events_and_quotes(small: Timeline) -> None:
    arland = tables.by_party(tables.directory(Presenter(small)))[0]
    (thorn,) = arland.people
    assert (thorn.posts, thorn.events, thorn.quotes) == (("Foreign Minister",), 1, 2)


def test_an_organization_is_listed_with_what_it_said_and_relayed(small: Timeline) -> None:
    ministry, wire = (e for party, e in tables.directory(Presenter(small)) if party is None)
    assert (ministry.party and ministry.party.id, ministry.quotes, ministry.relayed) == ("arland", 1, 0)
    assert (wire.party, wire.quotes, wire.relayed) == (None, 0, 1)


def test_the_people_of_a_party_stand_before_its_organizations() -> None:
    bodies = {"ministry": {"name": "Ministry", "party": "south"}, "bank": {"name": "Bank", "party": "north"}}
    view = Presenter(make_timeline(people=PEOPLE, organizations=bodies))
    assert [s.id for s in tables.people_of(view, "south")] == ["zoe-abel", "al-zorn", "bo-zorn", "ministry"]


# Counts


def test_counts_agree_with_the_record(small: Timeline) -> None:
    found = tables.counts(small)
    assert (found.events, found.main, found.quotes, found.commitments, found.open) == (3, 2, 6, 2, 1)
    assert (found.people, found.sources, found.years) == (4, 3, "1995–1997")


def test_only_proven_quotes_count_as_proven() -> None:
    quotes = [make_quote(id) for id in ("a", "b", "c")]
    proofs = {"a": Proof("verified", "1990-01-01"), "b": Proof("not-found", "1990-01-01")}
    assert tables.counts(Timeline(make_corpus(make_event(quotes=quotes)), proofs)).proven == 1


@pytest.mark.parametrize(
    ("quotes", "proven", "sentence"),
    [
        (0, 0, "No quote is recorded yet."),
        (1, 1, "1 quote, all proven word for word."),
        (4, 0, "4 quotes, none proven word for word."),
        (4, 4, "4 quotes, all proven word for word."),
        (2345, 1234, "2,345 quotes, 1,234 proven word for word."),
    ],
)
def test_proof_is_told_in_a_sentence(quotes: int, proven: int, sentence: str) -> None:
    assert tables.proof_sentence(quotes, proven) == sentence


@pytest.mark.parametrize(
    ("days", "years"),
    [(["1990-05-01"], "1990"), (["1990-05-01", "2024-01-01"], "1990–2024"), ([], "")],
)
def test_the_years_of_the_record_are_named(days: list[str], years: str) -> None:
    events = [make_event(f"e-{n}", date=day) for n, day in enumerate(days)]
    assert tables.counts(make_timeline(*events)).years == years


# Balance


def test_balance_has_a_row_for_each_party_observers_last() -> None:
    assert [row.party.id for row in tables.balance(Presenter(make_timeline()))] == ["north", "south", "east"]


def test_balance_parts_quotes_by_official_and_press_sources(small: Timeline) -> None:
    found = {r.party.id: (r.quotes, r.official, r.press) for r in tables.balance(Presenter(small))}
    assert found == {"arland": (3, 1, 2), "belmark": (1, 0, 1), "cyrene": (1, 0, 1), "press-corps": (1, 0, 1)}


def test_balance_counts_positions_and_commitments_of_each_party() -> None:
    position = {"statement": "S.", "sources": ["paper"]}
    event = make_event(
        issues=[
            {"issue": "toll", "positions": {"north": position, "south": position}},
            {"issue": "bridge", "positions": {"north": position}},
        ],
        commitments=[make_commitment("a", made_by=["north", "south"]), make_commitment("b")],
    )
    rows = tables.balance(Presenter(make_timeline(event)))
    assert [(r.positions, r.commitments) for r in rows] == [(2, 2), (1, 1), (0, 0)]


def test_balance_adds_up_to_the_whole_record(real: Timeline) -> None:
    rows = tables.balance(Presenter(real))
    assert sum(r.quotes for r in rows) == len(real.quotes)
    assert all(r.official + r.press == r.quotes for r in rows)
