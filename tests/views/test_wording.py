"""Words in a language: fields, plural forms, numbers, lists, and what a language's file must have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diplomatic_timeline.views import wording
from diplomatic_timeline.views.dates import span
from diplomatic_timeline.views.wording import ENGLISH, Wording, WordingError, languages, load

# Not a word of Polish; but its numbers.
FORMS = {"one": "{n} a", "few": "{n} b", "many": "{n} c", "other": "{n} d"}
POLISH = Wording("pl", {**ENGLISH.texts, "count.quotes": FORMS, "list.last": " i "})


def test_a_text_is_filled_with_its_fields() -> None:
    assert ENGLISH("source.rests_on", grounds="this") == "Based on this"
    assert ENGLISH("source.rests_on", grounds="{grounds}") == "Based on {grounds}"
    with pytest.raises(KeyError, match="grounds"):
        ENGLISH("source.rests_on", ground="this")


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 quotes"), (1, "1 quote"), (2, "2 quotes"), (12345, "12,345 quotes")]
)
def test_a_number_agrees_with_its_noun(number: int, text: str) -> None:
    assert ENGLISH("count.quotes", n=number) == text


@pytest.mark.parametrize(("number", "text"), [(1, "1 a"), (3, "3 b"), (5, "5 c"), (12, "12 c"), (22, "22 b")])
def test_plural_forms_are_those_of_the_language(number: int, text: str) -> None:
    assert POLISH("count.quotes", n=number) == text


@pytest.mark.parametrize(
    ("century", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (20, "20th"), (21, "21st")],
)
def test_a_century_is_counted_by_ordinals(century: int, text: str) -> None:
    assert ENGLISH("date.century", n=century) == f"the {text} century"


def test_numbers_sizes_and_months_are_written_as_in_the_language() -> None:
    texts = ENGLISH.texts
    found = [Wording(code, texts).number(1234567) for code in ("en", "de", "fr")]
    assert found == ["1,234,567", "1.234.567", "1\u202f234\u202f567"]
    assert Wording("de", ENGLISH.texts).size(1_350_000) == "1,4 MB"
    from datetime import date

    day = date(2021, 3, 18)
    assert [span(day, day, unit, POLISH) for unit in ("day", "month")] == ["18 marca 2021", "marzec 2021"]
    # A language that counts all alike needs one form.
    chinese = Wording("zh", {**ENGLISH.texts, "count.quotes": "{n} 条"})
    assert [chinese("count.quotes", n=n) for n in (1, 2)] == ["1 条", "2 条"]


@pytest.mark.parametrize(
    ("octets", "size"), [(1, "1 kB"), (236_000, "236 kB"), (236_001, "237 kB"), (1_350_000, "1.4 MB")]
)
def test_sizes_are_told_in_words(octets: int, size: str) -> None:
    assert ENGLISH.size(octets) == size


@pytest.mark.parametrize(("texts", "shown"), [("A", "A"), ("AB", "A i B"), ("ABC", "A, B i C")])
def test_a_list_ends_as_the_language_ends_it(texts: str, shown: str) -> None:
    assert POLISH.listed(list(texts)) == shown


# Files of languages


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    return tmp_path


def write(folder: Path, code: str, *changed: tuple[str, object]) -> None:
    texts = json.loads((Path(wording.__file__).parents[1] / "templates/words/en.json").read_text("utf-8"))
    for key, text in changed:
        group = texts
        *above, name = key.split(".")
        for part in above:
            group = group[part]
        if text is None:
            del group[name]
        else:
            group[name] = text
    (folder / f"{code}.json").write_text(json.dumps(texts), encoding="utf-8")


@pytest.mark.parametrize("code", languages())
def test_every_language_is_whole(code: str) -> None:
    words = load(code)
    assert words.texts.keys() == ENGLISH.texts.keys()
    for key, text in words.texts.items():
        rule = words.locale.ordinal_form if key == "date.century" else words.locale.plural_form
        assert isinstance(text, str) or text.keys() == {*rule.tags, "other"}, key


def test_another_language_is_another_file_and_what_is_wrong_with_one_is_said(folder: Path) -> None:
    write(folder, "da")
    with pytest.raises(WordingError, match=r"nl\.json: .* da$"):
        load("nl")
    write(folder, "de", ("term.quotes", "Zitate"))
    words = load("de")
    assert (words("term.quotes"), words.number(1234)) == ("Zitate", "1.234")
    (folder / "nl.json").write_text("{", encoding="utf-8")
    with pytest.raises(WordingError, match=r"nl\.json"):
        load("nl")


@pytest.mark.parametrize(
    ("code", "changed", "fault"),
    [
        ("nl", ("term.quotes", None), "term.quotes is missing"),
        ("nl", ("term.quotas", "Zitate"), "term.quotas is not known"),
        ("pl", ("term.quotes", "x"), "count.quotes has no form for few, many"),
        ("nl", ("source.rests_on", "steht auf {ground}"), "source.rests_on has no field ground"),
        ("qx", ("term.quotes", "x"), "qx"),
    ],
)
def test_a_language_that_is_not_whole_says_what_it_lacks(
    folder: Path, code: str, changed: tuple[str, object], fault: str
) -> None:
    write(folder, code, changed)
    with pytest.raises(WordingError, match=fault):
        load(code)
