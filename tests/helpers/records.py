"""The two records of the tests, and a tiny world to make others in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.record.loader import by_date, read_folder
from diplomatic_timeline.views.timeline import Timeline

REPOSITORY = Path(__file__).resolve().parents[2]


SMALL = REPOSITORY / "tests" / "records" / "small"


LAKE = REPOSITORY / "tests" / "records" / "lake" / "events"
"""Three parties and two scripts, with the pages of a project around it."""


BROKEN = REPOSITORY / "tests" / "records" / "broken"
REAL = REPOSITORY / "events"


def skip_unless_published(folder: Path) -> None:
    """Skip a test of the record that this project publishes, where another stands in its place."""
    if folder == REAL and not (REAL / "2021" / "2021-03-18-alaska.yml").is_file():
        pytest.skip("events/ holds a record of other parties")


def timeline_of(folder: Path) -> Timeline:
    """Return the timeline of the record in `folder`, which must be sound."""
    skip_unless_published(folder)
    reading = read_folder(folder)
    assert reading.sound, reading.diagnostics
    return Timeline(reading.corpus, reading.proofs)


def make_event(id: str = "1990-talks", date: str = "1990-05-04", **fields: Any) -> Event:
    """Return an event of the tiny world below, with whatever a test does not care about filled in."""
    return Event.model_validate(
        {
            "id": id,
            "date": date,
            "title": f"Title of {id}",
            "kind": "talks",
            "level": "minister",
            "summary": f"Summary of {id}.",
            "issues": [{"issue": "toll"}],
            "sources": ["paper"],
            **fields,
        }
    )


def make_quote(id: str = "q", **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "speaker": "ann-lund",
        "post": "Envoy",
        "party": "north",
        "text": f"These are the exact words of {id}.",
        "issues": ["toll"],
        "source": "paper",
        "rendering": "written",
        **fields,
    }


def make_commitment(id: str = "c", **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "made_by": ["north"],
        "statement": f"Do {id}.",
        "source": "paper",
        "status": "open",
        "last_checked": "1991",
        **fields,
    }


def make_corpus(*events: Event, **registries: Mapping[str, Any]) -> Corpus:
    """Return a tiny world: two parties and one that looks on, a person each, two issues, one source."""
    side = {"adjective": "A", "color": "blue", "marker": "circle"}
    world: dict[str, Any] = {
        "parties": {
            "east": {**side, "id": "east", "name": "East", "short": "E", "order": 3, "observer": True},
            "south": {**side, "id": "south", "name": "South", "short": "S", "order": 2},
            "north": {**side, "id": "north", "name": "North", "short": "N", "order": 1},
        },
        "people": {
            "ann-lund": {"id": "ann-lund", "name": "Ann Lund", "family_name": "Lund", "party": "north"},
            "bob-aas": {"id": "bob-aas", "name": "Bob Aas", "family_name": "Aas", "party": "south"},
            "eve-moe": {"id": "eve-moe", "name": "Eve Moe", "family_name": "Moe", "party": "east"},
        },
        "organizations": {"wire": {"id": "wire", "name": "The Wire"}},
        "places": {"port": {"id": "port", "name": "Port", "within": "South"}},
        "issues": {
            "toll": {"id": "toll", "name": "Toll", "description": "What ships pay."},
            "bridge": {"id": "bridge", "name": "Bridge", "parent": "toll", "description": "Who builds it."},
        },
        "sources": {
            "paper": {
                "id": "paper",
                "title": "A paper",
                "publisher": "The Paper",
                "published": "1990-05-05",
                "kind": "press",
            }
        },
    }
    for kind, records in registries.items():
        world[kind] = {id: {"id": id, **record} for id, record in records.items()}
    files = {e.id: f"events/1990/{e.id}.yml" for e in events}
    return Corpus.model_validate({**world, "events": by_date({e.id: e for e in events}), "files": files})


def make_timeline(*events: Event, **registries: Mapping[str, Any]) -> Timeline:
    return Timeline(make_corpus(*events, **registries))


def rich_timeline() -> Timeline:
    """Return a record of three events that has every field of which few events have need."""
    journey = make_event(
        "1990-journey",
        "1990-05-04/1990-05-06",
        kind="visit",
        places=[{"place": "port", "date": "1990-05-04/1990-05-05"}, {"place": "cape", "date": "1990-05-06"}],
        quotes=[
            make_quote(
                "joint",
                post=None,
                lead_in="Both sides said that",
                co_speakers=[{"speaker": "bob-aas", "post": "Consul", "party": "south"}],
            )
        ],
        commitments=[
            make_commitment(
                "count",
                recurs="yearly",
                status="fulfilled",
                history=[
                    {"date": "1991-01", "status": "partly", "evidence": ["1991-act"], "note": "Half of it"},
                    {"date": "1991-09-02", "status": "fulfilled", "evidence": ["paper"]},
                ],
            ),
            make_commitment("threat", type="warning"),
            make_commitment("gift", type="offer"),
        ],
    )
    act = make_event(
        "1991-act",
        "[1991-01-03..1991-02-04]",
        date_basis="The paper says so.",
        kind="measure",
        target=["south", "wire"],
        legal_basis="Act 7 of 1990",
        sources=["act"],
        related=[{"event": "1990-journey", "kind": "carries-out"}],
    )
    reply = make_event(
        "1991-reply",
        "1991",
        date_basis="The paper says so.",
        sources=["act"],
        follows=["1991-act"],
        related=["1990-journey", {"event": "1991-act", "kind": "answers"}],
        participants=[{"person": "ann-lund", "party": "south", "post": "Envoy"}],
    )
    world = make_corpus()
    registries: dict[str, dict[str, Any]] = {
        "people": {id: p.model_dump(mode="json", by_alias=True) for id, p in world.people.items()},
        "places": {
            "port": {"name": "Port", "within": "Isle", "country": "South", "timezone": "Europe/Oslo"},
            "cape": {"name": "Cape", "country": "North"},
        },
        "sources": {
            "paper": {"title": "A paper", "publisher": "P", "published": "1990-05-05", "kind": "press"},
            "act": {
                "title": "[Act on tolls]",
                "publisher": "unknown",
                "published": "unknown",
                "kind": "law",
                "number": "Act 7",
                "pages": "12-15",
                "doi": "10.1000/182",
                "authors": ["Ann Lund", {"body": "Ministry of Tolls, Roads and Trade"}],
            },
        },
    }
    registries["people"]["ann-lund"] |= {
        "names": [{"name": "Ann Moe", "until": "1990-12"}],
        "party": [{"party": "north", "until": "1990-12"}, {"party": "south", "from": "1991"}],
    }
    return make_timeline(journey, act, reply, **registries)
