"""What the record has of each party and issue, and what it lacks."""

from __future__ import annotations

from diplomatic_timeline.proof.proofs import Proof
from diplomatic_timeline.views.balance import Stocktaking
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_commitment, make_corpus, make_event, make_quote, make_timeline

POSITION = {"statement": "S.", "sources": ["paper"]}


def stock_of(timeline: Timeline) -> Stocktaking:
    return Stocktaking(Presenter(timeline))


def test_balance_has_a_row_for_each_party_and_adds_up(small: Timeline, real: Timeline) -> None:
    assert [row.party.id for row in stock_of(make_timeline()).parties()] == ["north", "south", "east"]
    found = {r.party.id: (r.quotes, r.official, r.press) for r in stock_of(small).parties()}
    assert found == {"arland": (3, 1, 2), "belmark": (1, 0, 1), "cyrene": (1, 0, 1), "press-corps": (1, 0, 1)}
    rows = stock_of(real).parties()
    assert sum(r.quotes for r in rows) == len(real.quotes)
    assert all(r.official + r.press == r.quotes for r in rows)


def test_what_parties_and_issues_have_is_counted_with_the_kinds_of_its_sources() -> None:
    event = make_event(
        issues=[
            {"issue": "toll", "positions": {"north": POSITION, "south": POSITION}},
            {"issue": "bridge", "positions": {"north": POSITION}},
        ],
        quotes=[make_quote()],
        commitments=[make_commitment("a", made_by=["north", "south"]), make_commitment("b")],
    )
    stock = stock_of(make_timeline(event))
    parties = [(r.events, r.positions, r.commitments, r.sources) for r in stock.parties()]
    press = "press report (1)"
    assert parties == [(1, 2, 2, press), (1, 1, 1, press), (0, 0, 0, "")]
    issues = [(r.id, r.depth, [side[1:] for side in r.sides], r.sources) for r in stock.issues()]
    assert issues == [("toll", 0, [(1, 1), (0, 1)], press), ("bridge", 1, [(0, 1), (0, 0)], press)]


def test_what_is_missing_is_told_with_a_link() -> None:
    people = [{"person": "ann-lund", "party": "north"}, {"person": "bob-aas", "party": "south"}]
    talks = make_event(
        participants=[{**person, "post": "Envoy"} for person in people],
        issues=[{"issue": "toll"}, {"issue": "bridge", "positions": {"north": POSITION}}],
        quotes=[make_quote("a"), make_quote("b")],
        commitments=[make_commitment("old", last_checked="1990-06"), make_commitment("new")],
    )
    paper = {"title": "A paper", "publisher": "P", "published": "1990-05-05", "kind": "press"}
    gone = {"date": "1992", "why": "Nobody was there."}
    sources = {
        "paper": {**paper, "url": "https://example.org/a", "withdrawn": gone},
        "copied": {**paper, "url": "https://example.org/b", "archive_url": "https://example.org/c"},
    }
    corpus = make_corpus(talks, make_event("1992-call", "1992-07-01", status="planned"), sources=sources)
    found = stock_of(Timeline(corpus, {"a": Proof("verified", "1990-06-01")})).lacks()
    told = {group.kind: [(lack.id, lack.what) for lack in group.entries] for group in found}
    assert told == {
        "silent": [("1990-talks", "South")],
        "one_sided": [("toll", "only North, 2 events"), ("bridge", "only North, 1 event")],
        "unchecked": [("old", "last checked June 1990")],
        "unproven": [("b", "source text not checked yet")],
        "unpinned": [],
        "unarchived": [("paper", "2 quotes")],
        "withdrawn": [("paper", "2 quotes")],
    }
    assert all(lack.where.url for group in found for lack in group.entries)
    without = stock_of(Timeline(corpus, without=["commitments"])).lacks()
    assert "unchecked" not in {group.kind for group in without}
