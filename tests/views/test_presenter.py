"""What pages and briefings show, prepared from the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.proof.proofs import Proof
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.balance import Stocktaking
from diplomatic_timeline.views.models import DateView, Link
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_commitment, make_corpus, make_event, make_quote, make_timeline, rich_timeline

ISSUES = [{"issue": "toll"}, {"issue": "bridge"}]


def view_of(*events: Event, **registries: Mapping[str, Any]) -> Presenter:
    return Presenter(make_timeline(*events, **registries))


@pytest.fixture(scope="module")
def saltholm(small: Timeline) -> Presenter:
    return Presenter(small)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2021-03-18/2021-03-19", DateView("18–19 March 2021", "2021-03-18")),
        ("202X", DateView("the 2020s", None)),
    ],
)
def test_a_date_has_words_and_where_there_is_one_a_machines_value(
    saltholm: Presenter, written: str, shown: DateView
) -> None:
    assert saltholm.date(parse_date(written)) == shown


# Speakers


def test_a_person_with_a_native_name_and_an_organization_speak(saltholm: Presenter) -> None:
    speaker = saltholm.speaker("lin-hai")
    assert (speaker.url, speaker.native) == (urls.person("lin-hai"), "林海")
    assert speaker.native_language == "zh"
    assert saltholm.speaker("lantern-wire").url == urls.organization("lantern-wire")


# Quotes


def test_a_quote_has_its_address_who_relayed_it_and_the_words_in_which_it_was_said(
    saltholm: Presenter,
) -> None:
    quote = saltholm.quote("lin-no-ship")
    assert quote.url == f"{urls.event('1996-04-02-saltholm')}#{quote.anchor}"
    assert quote.via == Link("Lantern Wire", urls.organization("lantern-wire"))
    assert saltholm.quote("thorn-light").via is None
    assert quote.original is not None
    assert quote.original[0] == "zh"


@pytest.mark.parametrize(
    ("id", "phase"),
    [
        ("lindqvist-patience", "before the talks"),
        ("thorn-count-first", "during the talks"),
        ("communique-quota", "in a statement"),
        ("okon-nobody-smiled", "after the talks"),
        ("thorn-light", "with the statement"),
    ],
)
def test_a_quote_says_how_it_stands_to_its_event(saltholm: Presenter, id: str, phase: str) -> None:
    assert saltholm.quote(id).phase_label == phase


def test_a_proven_quote_names_the_day_on_which_its_source_was_pinned(small: Timeline) -> None:
    proven = Timeline(small.corpus, {"thorn-light": Proof("verified", "1997-08-01")})
    quote = Presenter(proven).quote("thorn-light")
    assert (quote.proof, quote.pinned) == ("verified", "1 August 1997")


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("Seven words are few enough for this.", "Seven%20words%20are%20few%20enough%20for%20this."),
        (
            "one two three four five six seven eight nine",
            "one%20two%20three%20four,six%20seven%20eight%20nine",
        ),
        ("one two three [...] four five six seven eight nine ten", "one%20two%20three"),
    ],
    ids=["short", "long", "in pieces"],
)
def test_a_quote_is_found_at_its_source_by_its_words_if_that_has_an_address(text: str, sought: str) -> None:
    source = {"title": "T", "publisher": "P", "published": "1990", "kind": "press"}
    event = make_event(quotes=[make_quote("q", text=text)])
    with_address = view_of(event, sources={"paper": {**source, "url": "https://paper.example/1"}})
    assert with_address.quote("q").words_url == f"https://paper.example/1#:~:text={sought}"
    assert view_of(event, sources={"paper": source}).quote("q").words_url is None


# Events in a list


def test_a_line_has_the_first_sentence_without_marks_and_counts_what_the_event_holds(
    saltholm: Presenter,
) -> None:
    line = saltholm.line("1996-04-02-saltholm")
    assert line.lead == "Ministers of the three sides met for two days at Saltholm."
    assert (line.quotes, line.sources) == (5, 2)
    assert line.promises == (("fulfilled", 1, "kept"), ("open", 1, "open"))


def test_a_line_of_context_has_no_voices_and_others_one_of_each_party_in_their_order() -> None:
    people = (("south", "bob-aas"), ("north", "ann-lund"), ("east", "eve-moe"))
    participants = [{"person": person, "party": party, "post": "P"} for party, person in people]
    quotes = [make_quote(party, party=party, speaker=person) for party, person in people]
    quotes.append(make_quote("south-again", party="south", speaker="bob-aas"))
    line = view_of(make_event("a", quotes=quotes, participants=participants)).line("a")
    assert [v.quote.id for v in line.voices if v.quote] == [p.id for p in line.parties] == ["north", "south"]
    line = view_of(make_event("a", prominence="context", quotes=[make_quote()])).line("a")
    assert (line.main, line.voices, line.quotes) == (False, (), 1)


# An event


def test_an_event_names_its_place_its_delegates_and_its_corrections(saltholm: Presenter) -> None:
    assert saltholm.event("1996-04-02-saltholm").place == "Saltholm, Free Ports of Cyrene"
    assert saltholm.event("1996-04-02-saltholm").place_native == ("zh", "盐岛")
    assert saltholm.event("1995-north-ferry").place == "North Ferry"
    assert saltholm.event("1997-grey-skerry").place is None
    (thorn,) = saltholm.event("1996-04-02-saltholm").delegations[0].delegates
    assert thorn.on_behalf_of == Link(
        "Ministry of Foreign Affairs of Arland", urls.organization("arland-foreign-ministry")
    )
    of_day, of_words = saltholm.event("1996-04-02-saltholm").corrections
    assert of_day.date == DateView("1 May 1996", "1996-05-01")
    assert (of_day.text, of_day.changed) == ("The second day was missing from the date.", "")
    assert of_words.quote == saltholm.quote_link("thorn-count-first")
    assert of_words.changed == "Before: “among friends and rivals”. Now: “among friends and among rivals”."
    assert saltholm.quote("thorn-count-first").corrections == (of_words,)
    assert saltholm.quote("lin-no-ship").corrections == ()


def test_delegations_stand_in_the_order_of_the_parties_and_people_as_their_editor_lists_them() -> None:
    people = {
        id: {"name": id, "family_name": id, "party": id.split("-")[0]}
        for id in ("south-z", "east-a", "north-b", "south-a")
    }
    participants = [{"person": id, "party": id.split("-")[0], "post": "P"} for id in people]
    delegations = view_of(make_event("a", participants=participants), people=people).event("a").delegations
    assert [(d.party.id, [p.person.id for p in d.delegates]) for d in delegations] == [
        ("north", ["north-b"]),
        ("south", ["south-z", "south-a"]),
        ("east", ["east-a"]),
    ]


def test_an_issue_at_an_event_has_a_side_for_each_party_silent_ones_too(saltholm: Presenter) -> None:
    herring, fisheries, _ = saltholm.event("1996-04-02-saltholm").issues
    assert [(s.party.id, s.statement is not None) for s in herring.sides] == [
        ("arland", True),
        ("belmark", True),
        ("cyrene", False),
        ("press-corps", False),
    ]
    assert [party.id for party in herring.silent] == ["cyrene"]
    assert (herring.bare, fisheries.bare) == (False, False)


def test_of_three_parties_those_take_a_column_that_had_a_part_in_the_event() -> None:
    west = {"name": "West", "short": "W", "adjective": "W", "color": "teal", "marker": "cross", "order": 4}
    parties = {id: party.model_dump() for id, party in make_corpus().parties.items()} | {"west": west}
    held = {"issue": "toll", "positions": {"north": {"statement": "S.", "sources": ["paper"]}}}
    participants = [{"person": "bob-aas", "party": "south", "post": "Consul"}]
    two = make_event("a", issues=[held], participants=participants)
    three = make_event("b", issues=[{**held, "raised_by": ["west"]}], participants=participants)
    view = view_of(two, three, parties=parties)
    columns = {id: [s.party.id for s in view.event(id).issues[0].sides] for id in ("a", "b")}
    assert columns == {"a": ["north", "south"], "b": ["north", "south", "west"]}
    assert [[s.party.id for s in row.sides] for row in view.ledger("toll")] == list(columns.values())


def test_an_observer_is_no_side_and_stands_apart_where_it_holds_something() -> None:
    position = {"east": {"statement": "East doubts it.", "sources": ["paper"]}}
    event = make_event("a", issues=[{"issue": "toll", "positions": position}, {"issue": "bridge"}])
    toll, bridge = view_of(event).event("a").issues
    assert (toll.speaking, [s.party.id for s in toll.analysts]) == ((), ["east"])
    assert [party.id for party in toll.silent] == ["north", "south"]
    assert (toll.bare, bridge.bare) == (False, True)


def test_a_position_names_what_it_rests_on_beside_the_quotes_that_stand_with_it() -> None:
    quotes = [make_quote("here"), make_quote("there", issues=["bridge", "toll"], source="other")]
    position = {"statement": "S.", "quotes": ["here", "there"], "sources": ["paper", "act"]}
    event = make_event(
        "a", quotes=quotes, issues=[{"issue": "toll", "positions": {"north": position}}, {"issue": "bridge"}]
    )
    source = {"title": "T", "publisher": "P", "published": "1990", "kind": "press"}
    view = view_of(event, sources=dict.fromkeys(("paper", "other", "act"), source))
    north, south = view.event("a").issues[0].sides
    assert [q.id for q in north.quotes] == ["here"]
    assert [link.url for link in north.elsewhere] == [urls.quote("a", "there")]
    assert [link.url for link in north.rests_on] == [urls.source("act")]
    assert south.silent


def test_an_event_sums_up_who_is_on_record_and_how_its_promises_stand() -> None:
    both = {side: {"statement": "S.", "sources": ["paper"]} for side in ("north", "south")}
    event = make_event(
        "a",
        issues=[{"issue": "toll", "positions": both}, {"issue": "bridge"}],
        quotes=[make_quote("q", issues=["bridge"])],
        commitments=[make_commitment("a"), make_commitment("b"), make_commitment("c", type="warning")],
    )
    view = view_of(event).event("a")
    assert (view.sums.several, [(party.id, n) for party, n in view.sums.alone]) == (1, [("north", 1)])
    assert view.line.promises == (("open", 2, "open"),)


def test_every_quote_of_an_event_stands_under_one_issue(small: Timeline, real: Timeline) -> None:
    for timeline in (small, real):
        view = Presenter(timeline)
        for id, event in timeline.events.items():
            shown = [q.id for row in view.event(id).issues for side in row.sides for q in side.quotes]
            assert sorted(shown) == sorted(q.id for q in event.quotes)


@pytest.mark.parametrize(
    ("fields", "by", "day"),
    [
        ({"due": "1991"}, "due by the end of 1991", "1991-12-31"),
        ({"due": "1991-03-02", "due_text": "in spring"}, "due 2 March 1991 (“in spring”)", "1991-03-02"),
        ({"due_text": "soon"}, "due “soon”", None),
        ({"due": "1991", "status": "lapsed", "evidence": ["paper"]}, "due by the end of 1991", None),
    ],
)
def test_a_commitment_is_due_by_the_end_of_what_is_no_day_and_late_only_until_it_is_settled(
    fields: dict[str, Any], by: str, day: str | None
) -> None:
    view = view_of(make_event(commitments=[make_commitment("a", **fields)])).commitment("a")
    assert (view.due_by, view.due_day) == (by, day)


# Commitments


def test_a_commitment_rests_on_a_quote_or_a_source_and_keeps_its_order(saltholm: Presenter) -> None:
    quota, paper = (saltholm.commitment(id) for id in ("saltholm-quota", "saltholm-dues-paper"))
    assert [link.url for link in quota.rests_on] == [urls.quote("1996-04-02-saltholm", "communique-quota")]
    assert [link.url for link in paper.rests_on] == [urls.source("lantern-1996-04-04")]
    assert [link.url for link in quota.evidence] == [
        urls.event("1997-grey-skerry"),
        urls.source("lantern-1997"),
    ]
    view = view_of(make_event(commitments=[make_commitment("a"), make_commitment("b")]))
    assert [c.id for c in view.commitments(["b", "a"])] == ["b", "a"]


# Sources


def test_a_source_counts_its_quotes_and_names_who_wrote_it(small: Timeline, saltholm: Presenter) -> None:
    proofs = {id: Proof("verified", "1997-01-01") for id in ("lin-no-ship", "thorn-light")}
    source = Presenter(Timeline(small.corpus, proofs)).source("lantern-1996-04-04")
    assert (source.quotes, source.proven, source.pinned) == (4, 1, "1 January 1997")
    assert saltholm.source("saltholm-communique").official
    assert not saltholm.source("lantern-1997").official
    assert saltholm.source("lantern-1996-04-04").byline == "Mara Okon, Lantern Wire"
    assert saltholm.source("lantern-1997").byline == ""
    # A source says how its words reached us.
    quotes = [make_quote("a"), make_quote("b"), make_quote("c", rendering="as-spoken")]
    assert view_of(make_event(quotes=quotes)).source("paper").reached == (("in writing", 2), ("as spoken", 1))


# Ledgers


def test_a_ledger_runs_from_the_oldest_to_the_newest_event_that_touches_its_issue(
    saltholm: Presenter,
) -> None:
    view = view_of(*(make_event(id, id) for id in ("1991-01", "1990-01")))
    assert [row.event.id for row in view.ledger("toll")] == ["1990-01", "1991-01"]
    assert view.ledger("bridge") == ()
    assert [row.event.id for row in saltholm.ledger("harbour-dues")] == ["1996-04-02-saltholm"]
    # A ledger holds quotes that name the issue second.
    event = make_event("a", issues=ISSUES, quotes=[make_quote("q", issues=["toll", "bridge"])])
    (row,) = view_of(event).ledger("bridge")
    assert [[q.id for q in side.quotes] for side in row.sides] == [["q"], []]
    # A ledger holds each sides position and the outcome.
    row = saltholm.ledger("herring-quota")[0]
    assert [side.statement for side in row.sides] == [
        "The quota should follow the count of the spring.",
        "Half of the catch belongs to Belmark by custom.",
        None,
    ]
    assert (row.outcome, row.outcome_label) == ("agreed", "agreed")
    # A ledger row where nobody says anything is empty.
    silent = make_event("1990-a", "1990")
    spoken = make_event("1991-a", "1991", quotes=[make_quote()])
    assert [row.empty for row in view_of(silent, spoken).ledger("toll")] == [True, False]


# What few events have


@pytest.fixture(scope="module")
def rich() -> Presenter:
    return Presenter(rich_timeline())


@pytest.mark.parametrize(
    ("event", "related"),
    [
        ("1990-journey", [("1991-act", "carried out by")]),
        ("1991-act", [("1990-journey", "carries out"), ("1991-reply", "answered by")]),
        ("1991-reply", [("1990-journey", None), ("1991-act", "answers")]),
    ],
)
def test_a_relation_is_told_on_both_pages(
    rich: Presenter, event: str, related: list[tuple[str, str]]
) -> None:
    assert [(r.line.id, r.relation) for r in rich.event(event).related] == related


def test_what_few_events_have_is_told(rich: Presenter) -> None:
    # A joint statement is every sides and stands once.
    north, south = rich.event("1990-journey").issues[0].sides
    assert [q.id for q in north.quotes] == ["joint"]
    assert (south.quotes, [link.url for link in south.joint]) == ((), [north.quotes[0].url])
    assert [row.quotes for row in Stocktaking(rich).parties()] == [1, 1, 0]
    assert rich.timeline.quotes_of_speaker["bob-aas"] == ("joint",)
    # A warning stands apart and is not counted.
    event = rich.event("1990-journey")
    assert [c.id for c in event.commitments] == ["count", "gift"]
    assert [c.id for c in event.warnings] == ["threat"]
    assert sum(n for _, n, _ in event.line.promises) == 2
    assert [*rich.timeline.commitments][-1] == "threat"
    # A commitments history is told with its dates.
    commitment = rich.commitment("count")
    assert [s.text for s in commitment.history] == [
        f"{rich.words('commitment_status.partly')} since January 1991",
        f"{rich.words('commitment_status.fulfilled')} on 2 September 1991",
    ]
    assert [link.text for link in commitment.evidence] == ["Title of 1991-act", "P, 5 May 1990"]
    assert commitment.recurs == "every year"
    # A journey names its places in order with their dates.
    assert rich.event("1990-journey").place == "Port, Isle, South (4–5 May); Cape, North (6 May)"
    assert rich.line("1990-journey").place == "Port, Cape"
    # Somebody has the name of the day.
    assert rich.quote("joint").speaker.name == "Ann Moe"
    assert rich.event("1991-reply").delegations[0].delegates[0].person.name == "Ann Lund"
    # A source that does not say where and when says so.
    source = rich.source("act")
    assert (source.publisher, source.published.text, source.untitled) == (
        "unknown publisher",
        "date unknown",
        True,
    )
    assert source.byline == "Ann Lund, Ministry of Tolls, Roads and Trade"
    assert source.numbered == (
        ("Act 7", None),
        ("pp. 12-15", None),
        ("DOI 10.1000/182", "https://doi.org/10.1000/182"),
    )
