"""`events.json`, `quotes.json` and each event's `event.json`: shapes and values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.json_files import event_json
from diplomatic_timeline.proof.proofs import Proof
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import (
    make_corpus,
    make_event,
    make_quote,
    make_timeline,
    rich_timeline,
)
from helpers.sites import data_of

# The shapes that are promised to other programs. A field may join them; none may leave or change its type.
TEXT = (str,)
TEXT_OR_NONE = (str, type(None))
EVENT: dict[str, tuple[type, ...]] = {
    **dict.fromkeys("id title date kind level status prominence url".split(), TEXT),
    **dict.fromkeys("start end".split(), TEXT_OR_NONE),
    **dict.fromkeys("parties participants issues quotes commitments sources".split(), (list,)),
    "place": (dict, type(None)),
}
QUOTE: dict[str, tuple[type, ...]] = {
    **dict.fromkeys("id text party date event source rendering phase proof url".split(), TEXT),
    **dict.fromkeys("post locator".split(), TEXT_OR_NONE),
    "speaker": (dict,),
    "issues": (list,),
}
IMPRINT = Imprint("Sound", "https://example.org/sound/")
NAMED = ("events.json", "quotes.json", "commitments.json", "sources.json", "people.json")
VOCABULARIES = {
    "kind": {"visit", "meeting", "talks", "summit", "call", "statement", "agreement", "measure", "incident"},
    "level": {"head-of-state", "minister", "senior-official", "working", "military", "other"},
    "status": {"planned", "held", "postponed", "cancelled"},
    "prominence": {"main", "context"},
    "phase": {"before", "at", "after"},
    "proof": {"verified", "not-found", "unpinned"},
    "rendering": {"as-spoken", "interpreted", "official-translation", "press-translation", "written"},
}


def written(timeline: Timeline) -> dict[str, bytes]:
    return {file.name: file.content() for file in data_of(timeline, Imprint("Sound"))}


def events(timeline: Timeline) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written(timeline)["events.json"])
    return found


def quotes(timeline: Timeline) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written(timeline)["quotes.json"])
    return found


@pytest.fixture(params=["small", "real"])
def timeline(request: pytest.FixtureRequest) -> Timeline:
    found: Timeline = request.getfixturevalue(request.param)
    return found


def test_events_and_quotes_are_given_as_the_record_has_them(timeline: Timeline) -> None:
    for rows, promised in ((events(timeline), EVENT), (quotes(timeline), QUOTE)):
        for row in rows:
            assert {name: row[name] for name, types in promised.items() if type(row[name]) not in types} == {}
            assert all(row[name] in allowed for name, allowed in VOCABULARIES.items() if name in row)
    rows = events(timeline)
    assert [row["id"] for row in rows] == list(timeline.events)
    for row, event in zip(rows, timeline.events.values(), strict=True):
        assert row["title"] == event.title
        assert row["date"] == event.date.text
        assert (row["kind"], row["level"], row["status"]) == (event.kind, event.level, event.status)
        assert row["prominence"] == event.prominence
        assert [place["id"] for place in row["places"]] == [at.place for at in event.where]
        assert (row["place"] or {}).get("id") == (event.where[0].place if event.where else None)
        assert [(p["id"], p["party"], p["post"]) for p in row["participants"]] == [
            (p.person, p.party, p.post) for p in event.participants
        ]
        assert [i["id"] for i in row["issues"]] == [i.issue for i in event.issues]
        assert row["quotes"] == [q.id for q in event.quotes]
        assert row["commitments"] == [c.id for c in event.commitments]
        assert row["sources"] == list(event.sources)
        assert row["url"] == urls.event(event.id)
    rows = quotes(timeline)
    assert [row["id"] for row in rows] == list(timeline.quotes)
    for row, said in zip(rows, timeline.quotes.values(), strict=True):
        quote = said.quote
        assert row["text"] == quote.text
        assert row["speaker"]["id"] == quote.speaker
        assert (row["post"], row["party"]) == (quote.post, quote.party)
        assert (row["date"], row["event"]) == (said.date.text, said.event.id)
        assert row["issues"] == list(quote.issues)
        assert (row["source"], row["locator"], row["rendering"]) == (
            quote.source,
            quote.locator,
            quote.rendering,
        )
        assert (row["phase"], row["proof"]) == (said.phase, said.proof.outcome)
        assert row["url"] == urls.quote(said.event.id, quote.id)
    # An events own file writes out its quotes commitments and sources.
    every = {row["id"]: row for row in quotes(timeline)}
    for row in events(timeline):
        event = timeline.events[row["id"]]
        own = json.loads(event_json(event, timeline))
        assert own["quotes"] == [every[id] for id in row["quotes"]]
        assert [c["id"] for c in own["commitments"]] == row["commitments"]
        assert [s["id"] for s in own["sources"]] == row["sources"]
        written_out = ("quotes", "commitments", "sources")
        assert {k: v for k, v in own.items() if k not in written_out} == {
            k: v for k, v in row.items() if k not in written_out
        }
    # A file is a list and ends with a line break.
    for name in ("events.json", "quotes.json"):
        text = written(timeline)[name]
        assert text.startswith(b"[\n")
        assert text.endswith(b"]\n")
    assert (events(make_timeline()), quotes(make_timeline())) == ([], [])


def test_a_speaker_the_parties_positions_and_words_of_any_script_are_given(small: Timeline) -> None:
    speakers = {row["id"]: row["speaker"] for row in quotes(small)}
    assert speakers["lin-no-ship"] == {"id": "lin-hai", "name": "Lin Hai"}
    assert speakers["communique-quota"] == {
        "id": "arland-foreign-ministry",
        "name": "Ministry of Foreign Affairs of Arland",
    }
    parties = {row["id"]: row["parties"] for row in events(small)}
    assert parties == {
        "1995-north-ferry": [],
        "1996-04-02-saltholm": ["arland", "belmark", "cyrene", "press-corps"],
        "1997-grey-skerry": ["arland"],
    }
    (talks,) = [row for row in events(small) if row["id"] == "1996-04-02-saltholm"]
    herring = talks["issues"][0]
    assert herring["raised_by"] == ["arland", "belmark"]
    assert herring["outcome"] == "agreed"
    assert herring["positions"]["arland"]["quotes"] == ["thorn-count-first"]
    assert herring["positions"]["belmark"]["sources"] == ["lantern-1996-04-04"]
    text = written(small)["quotes.json"].decode()
    assert "任何船只不付费不得通过防波堤。" in text
    assert "\\u" not in text
    # A proof is given as it came out.
    corpus = make_corpus(make_event(quotes=[make_quote(id) for id in ("a", "b", "c")]))
    proofs = {"a": Proof("verified", "1991-01-01"), "b": Proof("not-found", "1991-01-01")}
    assert [row["proof"] for row in quotes(Timeline(corpus, proofs))] == ["verified", "not-found", "unpinned"]


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("1990-05-04", "1990-05-04", "1990-05-04"),
        ("1990-05-04/1990-05-06", "1990-05-04", "1990-05-06"),
        ("1990-02", "1990-02-01", "1990-02-28"),
        ("1990~", "1990-01-01", "1990-12-31"),
        ("1990/..", "1990-01-01", None),
        ("../1990", None, "1990-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
    ],
)
def test_a_date_is_given_with_the_first_and_the_last_day_that_it_can_mean(
    date: str, start: str | None, end: str | None
) -> None:
    timeline = make_timeline(make_event(date=date, quotes=[make_quote()]))
    (row,) = events(timeline)
    assert (row["date"], row["start"], row["end"]) == (date, start, end)
    (quote,) = quotes(timeline)
    assert (quote["date"], quote["phase"]) == (date, "at")


def test_what_few_events_have_is_given_as_the_record_has_it() -> None:
    made = {
        file.name: json.loads(file.content())
        for file in data_of(rich_timeline(), IMPRINT)
        if file.name in NAMED
    }
    journey, act, reply = made["events.json"]
    assert [(p["id"], p["date"]) for p in journey["places"]] == [
        ("port", "1990-05-04/1990-05-05"),
        ("cape", "1990-05-06"),
    ]
    assert (act["start"], act["end"]) == ("1991-01-03", "1991-02-04")
    assert (act["target"], act["legal_basis"]) == (["south", "wire"], "Act 7 of 1990")
    assert reply["follows"] == ["1991-act"]
    assert reply["related"] == ["1990-journey", "1991-act"]
    assert [r["kind"] for r in reply["relations"]] == [None, "answers"]
    (quote,) = made["quotes.json"]
    assert quote["co_speakers"] == [{"id": "bob-aas", "name": "Bob Aas", "post": "Consul", "party": "south"}]
    assert journey["parties"] == ["north", "south"]
    commitments = {row["id"]: row for row in made["commitments.json"]}
    assert {id: row["type"] for id, row in commitments.items()} == {
        "count": "promise",
        "gift": "offer",
        "threat": "warning",
    }
    assert [h["status"] for h in commitments["count"]["history"]] == ["partly", "fulfilled"]
    source = made["sources.json"][1]
    assert (source["publisher"], source["published"], source["bodies"]) == (
        None,
        None,
        ["Ministry of Tolls, Roads and Trade"],
    )
    person = made["people.json"][0]
    assert (person["party"], [m["party"] for m in person["parties"]]) == ("south", ["north", "south"])
