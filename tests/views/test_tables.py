"""Tables over the whole record."""

from __future__ import annotations

import pytest

from diplomatic_timeline.proof.proofs import Proof
from diplomatic_timeline.views import tables
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_corpus, make_event, make_quote, make_timeline

# People


def person(name: str, family: str, party: str) -> dict[str, object]:
    return {"name": name, "family_name": family, "party": party, "posts": [{"title": f"Post of {name}"}]}


PEOPLE = {
    "zoe-abel": person("Zoe Abel", "Abel", "south"),
    "al-zorn": person("Al Zorn", "Zorn", "south"),
    "bo-zorn": person("Bo Zorn", "zorn", "south"),
    "ole-by": person("Ole By", "By", "north"),
}


def test_people_stand_by_party_and_family_name_before_organizations(small: Timeline) -> None:
    found = tables.directory(Presenter(make_timeline(people=PEOPLE)))
    assert [(party.id, entry.speaker.name) for party, entry in found if party] == [
        ("north", "Ole By"),
        *(("south", name) for name in ("Zoe Abel", "Al Zorn", "Bo Zorn")),
    ]
    bodies = {"ministry": {"name": "Ministry", "party": "south"}, "bank": {"name": "Bank", "party": "north"}}
    posts = [{"title": "Clerk", "organization": id} for id in bodies]
    people = {**PEOPLE, "zoe-abel": {**PEOPLE["zoe-abel"], "posts": posts}}
    view = Presenter(make_timeline(people=people, organizations=bodies))
    assert [s.id for s in tables.people_of(view, "south")] == ["zoe-abel", "al-zorn", "bo-zorn", "ministry"]
    # A person is listed with posts, events and quotes.
    _, thorn = tables.directory(Presenter(small))[0]
    assert (thorn.posts, thorn.events, thorn.quotes) == (("Foreign Minister",), 1, 2)
    # An organization is listed with what it said and relayed.
    ministry, wire = (e for party, e in tables.directory(Presenter(small)) if party is None)
    assert (ministry.party and ministry.party.id, ministry.quotes, ministry.relayed) == ("arland", 1, 0)
    assert (wire.party, wire.quotes, wire.relayed) == (None, 0, 1)


# Counts


def test_counts_agree_with_the_record_and_only_proven_quotes_count_as_proven(small: Timeline) -> None:
    found = tables.counts(small)
    assert (found.events, found.quotes, found.commitments, found.issues) == (3, 6, 2, 4)
    quotes = [make_quote(id) for id in ("a", "b", "c")]
    proofs = {"a": Proof("verified", "1990-01-01"), "b": Proof("not-found", "1990-01-01")}
    assert tables.counts(Timeline(make_corpus(make_event(quotes=quotes)), proofs)).proven == 1


@pytest.mark.parametrize(
    ("quotes", "proven", "sentence"),
    [
        (0, 0, "No quote is recorded yet."),
        (1, 1, "1 quote, all matched word for word with their sources."),
        (4, 0, "4 quotes, none matched word for word with a source."),
        (4, 4, "4 quotes, all matched word for word with their sources."),
        (2345, 1234, "2,345 quotes, 1,234 matched word for word with their sources."),
    ],
)
def test_proof_is_told_in_a_sentence(quotes: int, proven: int, sentence: str) -> None:
    assert tables.proof_sentence(quotes, proven) == sentence
