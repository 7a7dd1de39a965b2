"""The record's fields, and the kinds of value that they take."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.model import vocabulary
from diplomatic_timeline.model.base import BriefRecord, Record
from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.fields import FIELDS_OF, model_at
from diplomatic_timeline.model.records import (
    Corpus,
    Event,
    IssueAtEvent,
    Original,
    Participation,
    PartyPosition,
    Quote,
)
from diplomatic_timeline.model.registries import REGISTRIES, Codes, Issue, Party, Person, Post, Source
from diplomatic_timeline.model.vocabulary import (
    Id,
    Language,
    Order,
    Text,
    Truth,
    Url,
    When,
    Wikidata,
    as_id,
    is_id,
    words,
)

EVENT = {
    "id": "1990-talks",
    "title": "Talks",
    "date": "1990-05-04",
    "kind": "talks",
    "level": "minister",
    "summary": "They met.",
    "issues": [{"issue": "toll"}],
    "sources": ["paper"],
}


def problems(model: type[Record], **fields: Any) -> list[tuple[str, tuple[int | str, ...]]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(fields)
    return [(error["type"], error["loc"]) for error in caught.value.errors()]


def accepted(kind: Any, value: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("model", "path", "expected"),
    [
        (Event, ("title",), Event),
        (Event, ("nonsense",), Event),
        (Event, ("participants", 0, "person"), Participation),
        (Event, ("issues", 1, "outcome"), IssueAtEvent),
        (Event, ("issues", 1, "positions"), IssueAtEvent),
        (Event, ("issues", 1, "positions", "arland", "statement"), PartyPosition),
        (Event, ("issues", 1, "positions", "statement", "quotes"), PartyPosition),
        (Event, ("quotes", 0, "text"), Quote),
        (Event, ("quotes", 0, "original", "text"), Original),
        (Event, ("sources", 0, "text"), None),
        (Event, ("title", "text"), None),
        (Event, ("nonsense", "text"), None),
        (Person, ("posts", 0, "title"), Post),
        (Issue, ("codes", "wikidata"), Codes),
    ],
)
def test_the_record_that_holds_a_field_is_found(
    model: type[Record], path: tuple[str | int, ...], expected: type[Record] | None
) -> None:
    assert model_at(model, path) is expected


def test_a_record_does_not_change_and_refuses_unknown_fields() -> None:
    event = Event.model_validate(EVENT)
    with pytest.raises(ValidationError, match="frozen"):
        event.title = "Other"  # type: ignore[misc]
    assert problems(Event, **EVENT, colour="red") == [("extra_forbidden", ("colour",))]
    assert Event.model_validate({**EVENT, "summary": " They met.\n"}).summary == "They met."
    event = Event.model_validate(EVENT)
    assert (event.status, event.prominence, event.issues[0].outcome) == ("held", "main", "unknown")
    assert (event.quotes, event.related, event.place, event.date_basis) == ((), (), None, None)


@pytest.mark.parametrize("name", ["issues", "sources"])
def test_an_event_needs_an_issue_and_a_source(name: str) -> None:
    assert problems(Event, **{**EVENT, name: []}) == [("too_short", (name,))]


@pytest.mark.parametrize("name", [name for name in EVENT if name != "issues"])
def test_an_event_needs_its_main_fields(name: str) -> None:
    assert problems(Event, **{k: v for k, v in EVENT.items() if k != name}) == [("missing", (name,))]


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (
            Event,
            {
                "related": ["a", {"event": "b", "kind": "answers"}],
                "places": ["x", {"place": "y", "date": "1990"}],
            },
        ),
        (Person, {"name": "A", "family_name": "A", "party": "x"}),
        (Person, {"name": "A", "family_name": "A", "party": [{"party": "x", "until": "1990"}, "y"]}),
        (
            Source,
            {
                "title": "[Law]",
                "publisher": "unknown",
                "published": "unknown",
                "kind": "law",
                "authors": ["A", {"body": "B"}],
            },
        ),
    ],
)
def test_what_may_be_written_briefly_is_written_so_again(model: type[Record], fields: dict[str, Any]) -> None:
    whole = {**EVENT, **fields} if model is Event else {"id": "x", **fields}
    written = yaml_writer.plain(model.model_validate(whole))
    assert {name: written[name] for name in fields} == fields


@pytest.mark.parametrize(
    ("when", "party", "name"),
    [("1989", "x", "Old"), ("1990-06", "y", "Old"), ("1995-01-01", "y", "New"), ("1980/1999", "y", "Old")],
)
def test_a_person_has_the_party_and_the_name_of_the_day(when: str, party: str, name: str) -> None:
    parties = [{"party": "x", "until": "1990-05"}, {"party": "y", "from": "1990-05"}]
    former = [{"name": "Old", "until": "1994"}]
    fields = {"id": "p", "name": "New", "family_name": "New", "party": parties, "names": former}
    person = Person.model_validate(fields)
    assert (person.party_at(parse_date(when)), person.name_at(parse_date(when))[0]) == (party, name)
    assert (person.party_at(), person.name) == ("y", "New")


def test_every_speaker_of_a_quote_has_a_party() -> None:
    fields = {"id": "q", "speaker": "a", "party": "x", "text": "Yes.", "issues": ["i"], "source": "s"}
    others = [{"speaker": "b", "party": "y"}, {"speaker": "c", "post": "Aide"}]
    quote = Quote.model_validate({**fields, "rendering": "written", "co_speakers": others})
    assert [(s.speaker, s.post, s.party) for s in quote.speakers] == [
        ("a", None, "x"),
        ("b", None, "y"),
        ("c", "Aide", "x"),
    ]
    assert quote.parties == ("x", "y")


VOCABULARIES = (
    vocabulary.Kind,
    vocabulary.Level,
    vocabulary.EventStatus,
    vocabulary.Prominence,
    vocabulary.Role,
    vocabulary.Outcome,
    vocabulary.Rendering,
    vocabulary.CommitmentStatus,
    vocabulary.SourceKind,
    vocabulary.Color,
    vocabulary.Marker,
    vocabulary.Phase,
)


@pytest.mark.parametrize("listed", [words(v) for v in VOCABULARIES])
def test_a_closed_vocabulary_is_a_list_of_small_words(listed: tuple[str, ...]) -> None:
    assert len(listed) == len(set(listed)) > 1
    assert all(is_id(word) for word in listed)


@pytest.mark.parametrize("text", ["a", "wang-yi", "2021-03-18-alaska", "1"])
def test_an_id_has_small_letters_digits_and_single_hyphens(text: str) -> None:
    assert accepted(Id, text)


@pytest.mark.parametrize(
    "text", ["", "Wang-Yi", "wang yi", "wang_yi", "-a", "a-", "a--b", "é", "１", "a\n", "王毅"]
)
def test_anything_else_is_no_id(text: str) -> None:
    assert not accepted(Id, text)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Wang Yi", "wang-yi"),
        ("wang_yi", "wang-yi"),
        ("São Paulo!", "sao-paulo"),
        ("2021-03-18 Alaska.v2", "2021-03-18-alaska-v2"),
        ("王毅", ""),
        ("--", ""),
    ],
)
def test_an_id_is_proposed_for_any_text(text: str, id: str) -> None:
    assert as_id(text) == id


@pytest.mark.parametrize(
    ("value", "ok"),
    [("true", True), ("false", True), (True, True), ("yes", False), ("on", False), ("1", False), ([], False)],
)
def test_only_true_and_false_are_truth_values(value: object, ok: bool) -> None:
    assert accepted(Truth, value) is ok


@pytest.mark.parametrize(
    ("value", "ok"),
    [
        ("0", True),
        ("12", True),
        (3, True),
        ("-1", False),
        ("1.0", False),
        ("1_0", False),
        ("１", False),
        ("0o7", False),
    ],
)
def test_a_number_is_written_in_digits(value: object, ok: bool) -> None:
    assert accepted(Order, value) is ok


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("https://example.org", True),
        ("http://example.org/a?b=c#d", True),
        ("https://例え.jp/道", True),
        ("example.org", False),
        ("https://example", False),
        ("https://example.org/a b", False),
        ("javascript:alert(1)", False),
        ("ftp://example.org", False),
        ("https://example.org/@me", True),
        ("https://me@example.org/", False),
        ("https://example.org\\@example.net/", False),
        ('https://example.org/"x', False),
        ("https://example.org/<x>", False),
        ("https://example.org/a\u202eb", False),
        ("https://example.org/a\x1bb", False),
    ],
)
def test_a_web_address_is_whole(text: str, ok: bool) -> None:
    assert accepted(Url, text) is ok


@pytest.mark.parametrize(
    ("text", "ok"),
    [("en", True), ("zh-Hant", True), ("yue", True), ("EN", False), ("english", False), ("zh_CN", False)],
)
def test_a_language_is_a_code(text: str, ok: bool) -> None:
    assert accepted(Language, text) is ok


@pytest.mark.parametrize(("text", "ok"), [("Q865", True), ("Q0", False), ("865", False), ("q865", False)])
def test_an_item_of_wikidata_is_a_number_with_q(text: str, ok: bool) -> None:
    assert accepted(Wikidata, text) is ok


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u3000"])
def test_text_is_not_empty(text: str) -> None:
    assert not accepted(Text, text)


def test_a_date_is_read_and_written_as_it_was_or_refused_with_a_remedy() -> None:
    event = Event.model_validate(EVENT)
    assert event.date == parse_date("1990-05-04")
    assert event.model_dump()["date"] == "1990-05-04"
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(When).validate_python("May 1990")
    assert caught.value.errors()[0]["ctx"] == {
        "why": "'May 1990' is not written as dates are here",
        "remedy": "write '1990-05'",
        "meant": "1990-05",
    }


def test_every_registry_and_every_kind_of_record_has_its_place() -> None:
    assert set(REGISTRIES) <= set(Corpus.model_fields)
    kinds = {*Record.__subclasses__(), *BriefRecord.__subclasses__()} - {BriefRecord}
    assert kinds == set(FIELDS_OF)
    # A party is built from what yaml writes.
    party = Party.model_validate(
        {
            "id": "us",
            "name": "United States",
            "short": "US",
            "adjective": "American",
            "color": "blue",
            "marker": "diamond",
            "order": "1",
            "observer": "false",
        }
    )
    assert (party.order, party.observer) == (1, False)


@pytest.mark.parametrize("model", [*FIELDS_OF], ids=lambda model: model.__name__)
def test_every_field_is_described_for_editors(model: type[Record]) -> None:
    assert [n for n, field in model.written().items() if n != "id" and not field.description] == []
