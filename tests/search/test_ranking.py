"""The engine in the browser: its words, its ranking against SQLite's FTS5, and what it loads."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from diplomatic_timeline.search import index_files, segments
from diplomatic_timeline.search.entries import Entry, entries, pages
from diplomatic_timeline.search.passages import Passage
from diplomatic_timeline.search.words import words
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_event, make_timeline
from helpers.search import Reference, large_record, queries, write_index

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEARCH = """async ([query, count]) => {
  const found = await dtSearch.search(query);
  return { terms: found.terms, best: found.best(count), instead: found.instead, absent: found.absent,
           total: found.total };
}"""
MATCH = "async ([query, kind]) => [...(await dtSearch.match(query, kind)).entries()]"


def search(page: Page, query: str, count: int = 5) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(SEARCH, [query, count])
    return found


def texts(*contents: str) -> list[Entry]:
    return [Entry("quote", f"{n}.html", "", passages=(text,)) for n, text in enumerate(contents)]


# Words


def test_the_browser_cuts_words_as_the_index_does(page: Page, tmp_path: Path) -> None:
    page.goto(write_index(tmp_path, []))
    nasty = [
        "Zoë’s CAFÉ — naïve ﬁne ½ ² Ⅷ ①",
        "ΕΛΛΆΣ ελλάς ΑΣ. Σ ΑΣΑ",
        "İstanbul Iğdır straße STRASSE",
        "王毅同志，5G网络 ｆｕｌｌ ｶﾀｶﾅ カタカナ・テスト が",
        "한국어 조선 हिन्दी עִבְרִית العربيّة ไทย",
        "a_b under_score face-to-face it's l’État",
        "𠀀𠀁 𝐁𝐨𝐥𝐝 😀 👨‍👩‍👧 \u200b\u00ad soft\u00adhyphen",
        "Å Å Å ộ é é",
        "々〇〻ー゛ゞ",
    ]
    assert page.evaluate("texts => texts.map(dtSearch.words)", nasty) == [words(text) for text in nasty]


def test_the_browser_folds_every_character_as_the_index_does(page: Page, tmp_path: Path) -> None:
    """Every character that both know; what a newer Unicode adds, one of them cannot know."""
    page.goto(write_index(tmp_path, []))
    known = [chr(c) for c in range(0x20, 0x30000) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
    theirs = page.evaluate("texts => texts.map(t => dtSearch.words(t).join(' '))", [f"a{c}b" for c in known])
    differing = {c for c, found in zip(known, theirs, strict=True) if found != " ".join(words(f"a{c}b"))}
    assert differing == set()


# Ranking


@pytest.mark.parametrize("record", ["large", "small", "real"])
def test_the_first_five_are_those_of_sqlite(
    record: str, page: Page, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """In the same order, for nine of ten queries at least: whoever bears the name that was typed goes first
    with us, whatever bm25 says."""
    timeline: Timeline = large_record() if record == "large" else request.getfixturevalue(record)
    listed = list(entries(timeline))
    reference = Reference(listed)
    page.goto(write_index(tmp_path, listed))
    asked = list(queries(listed, 7, 200))
    agreeing, differing = 0, []
    for query in asked:
        found = search(page, query)
        theirs = reference.best(found["terms"], 5)
        assert found["best"], query
        if theirs == found["best"]:
            agreeing += 1
        else:
            differing.append((query, theirs, found["best"]))
    assert agreeing >= 0.9 * len(asked), differing


def test_all_that_sqlite_finds_is_found_and_who_bears_the_name_comes_first(
    page: Page, tmp_path: Path
) -> None:
    listed = list(entries(large_record()))
    reference = Reference(listed)
    page.goto(write_index(tmp_path, listed))
    for query in queries(listed, 11, 60):
        found = search(page, query, 10_000)
        if not found["instead"]:
            assert set(found["best"]) == set(reference.best(found["terms"], 10_000)), query
    listed = list(entries(large_record()))
    page.goto(write_index(tmp_path, listed))
    people = [n for n, entry in enumerate(listed) if entry.kind == "person"]
    for n in people:
        for name in listed[n].names:
            first = search(page, name)["best"][0]
            assert first == n or name in listed[first].names


def test_chinese_is_found_by_two_characters_and_a_phrase_by_words_that_follow(
    page: Page, tmp_path: Path
) -> None:
    text = "中方反对任何形式的台独分裂行径"
    page.goto(write_index(tmp_path, texts("other words", text, "中国 方针")))
    for n in range(len(text) - 1):
        assert search(page, text[n : n + 2])["best"] == [1]
        assert search(page, text[n : n + 3])["best"] == [1]
    assert search(page, "中独")["total"] == 0
    assert set(search(page, "中")["best"]) == {1, 2}
    assert search(page, "径")["best"] == [1]
    page.goto(
        write_index(
            tmp_path, texts("red lines", "lines red", "red, lines!", "red and lines", "my red linesman")
        )
    )
    assert search(page, '"red lines"')["best"] == [0, 2]
    assert set(search(page, '"red lin')["best"]) == {0, 2, 4}
    assert search(page, "“red lines”")["best"] == [0, 2]
    assert search(page, "red lines ")["total"] == 4
    listed = [
        Entry("event", "a.html", "one two", passages=("three four",)),
        Entry("event", "b.html", "five", passages=("six",)),
        *texts("Wang Yi 王毅, Foreign Minister", "王毅同志 foreign"),
    ]
    page.goto(write_index(tmp_path, listed))
    for phrase in ('"three four"', '"yi 王毅 foreign"', '"王毅 foreign"'):
        assert search(page, phrase)["total"] == 1
    for phrase in ('"two three"', '"four five"', '"five six"'):
        assert search(page, phrase)["total"] == 0


def test_only_the_last_word_may_go_on_unless_nothing_has_all(page: Page, tmp_path: Path) -> None:
    page.goto(write_index(tmp_path, texts("trade tariffs", "trade tariff", "trader tariffs")))
    assert set(search(page, "trade tariff")["best"]) == {0, 1}
    assert search(page, "trade tariff ")["best"] == [1]
    page.goto(write_index(tmp_path, texts("not to tread on red lines")))
    found = search(page, "treading")
    assert (found["best"], found["instead"]) == ([0], ["tread"])
    assert search(page, "line treads")["instead"] == ["line", "tread"]
    assert search(page, "zebra")["total"] == 0
    assert search(page, "zebra red")["absent"] == ["zebra"]
    listed = [
        Entry("event", "a.html", "A title about other things", passages=("harbour " + "words " * 80,)),
        Entry("page", "b.html", "Harbour harbour", passages=("harbour",)),
        Entry("page", "c.html", "Corrections", passages=("text",), names=("Corrections",)),
        Entry("page", "d.html", "Other", passages=("corrections corrections",)),
    ]
    page.goto(write_index(tmp_path, listed))
    assert search(page, "harbour")["best"] == [0, 1]
    assert search(page, "corrections")["best"] == [2, 3]
    # Words said come before a headline about them, and documentation comes after everything.
    written = [Passage(path, "Red lines", "", "Red lines.") for path in ("develop/audit/", "about/rules/")]
    listed = [
        Entry("event", "a.html", "A meeting", passages=("red lines " + "words " * 80,)),
        *texts("not to tread on red lines"),
        Entry("source", "c.html", "Red lines, red lines"),
        *(replace(entry, names=()) for entry in pages(written)),
    ]
    page.goto(write_index(tmp_path, listed))
    assert [entry.kind for entry in listed] == ["event", "quote", "source", "page", "documentation"]
    for query in ("red lines", '"red lines"'):
        assert search(page, query)["best"] == [1, 0, 2, 3, 4]
    # A page is found first by its name; documentation is not.
    page.goto(write_index(tmp_path, [listed[2], *pages(written)]))
    assert search(page, "red lines")["best"] == [1, 0, 2]


def test_hits_are_marked_where_they_stand(page: Page, tmp_path: Path) -> None:
    page.goto(write_index(tmp_path, []))

    def marked(text: str, query: str) -> list[str]:
        found: list[str] = page.evaluate(
            "([text, query]) => dtSearch.mark(text, dtSearch.parse(query)).map(([a, b]) => text.slice(a, b))",
            [text, query],
        )
        return found

    assert marked("Treading on red lines, treading", "tread") == ["Treading", "treading"]
    assert marked("Treading on", "tread ") == []
    assert marked("Ein Café – CAFE\u0301!", "cafe") == ["Café", "CAFE\u0301"]
    assert marked("red lines and lines red", '"red lines"') == ["red lines"]
    assert marked("王毅会见布林肯", "会见") == ["会见"]
    assert marked("王毅会见布林肯", "布林肯") == ["布林肯"]
    assert marked("王毅会见", "会") == ["会"]
    assert marked("ﬁne ½ fine", "fine") == ["ﬁne", "fine"]
    assert marked("<b>bold</b> & bold", "bold") == ["bold", "bold"]


# Matching within a list


def test_a_list_is_matched_by_place_and_whole_without_a_query(page: Page, tmp_path: Path) -> None:
    timeline = large_record()
    listed = list(entries(timeline))
    reference = Reference(listed)
    page.goto(write_index(tmp_path, listed))
    for kind in ("event", "quote", "commitment"):
        own = [n for n, entry in enumerate(listed) if entry.kind == kind]
        query = listed[own[7]].passages[0].split()[2].lower()
        terms = page.evaluate("query => dtSearch.parse(query)", query)
        expected = {n - own[0] for n in reference.best(terms, 10_000) if n in own}
        assert expected
        assert {place for place, _ in page.evaluate(MATCH, [query, kind])} == expected
    page.goto(write_index(tmp_path, texts("one", "two", "three")))
    assert [place for place, _ in page.evaluate(MATCH, ["", "quote"])] == [0, 1, 2]
    assert page.evaluate(MATCH, ["nowhere", "quote"]) == []
    assert page.evaluate(MATCH, ["one", "event"]) == []


# What is loaded


def test_blocks_and_files_are_put_together(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_files, "BLOCK", 16)
    monkeypatch.setattr(index_files, "WORDS_SIZE", 300)
    monkeypatch.setattr(segments, "TEXTS_SIZE", 500)
    monkeypatch.setattr(segments, "ENTRIES", {"event": 7, "quote": 20})
    listed = list(entries(large_record(events=40)))
    reference = Reference(listed)
    page.goto(write_index(tmp_path, listed))
    for query in queries(listed, 3, 40):
        found = search(page, query, 10_000)
        if not found["instead"] and found["total"]:
            assert set(found["best"]) == set(reference.best(found["terms"], 10_000)), query
            shown = page.evaluate(
                "async list => (await dtSearch.texts(list)).map(t => t.context)", found["best"]
            )
            assert shown == [listed[n].context for n in found["best"]]


def test_a_beginning_of_too_many_words_is_not_looked_up(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_files, "WORDS_SIZE", 50)
    page.goto(write_index(tmp_path, texts(" ".join(f"word{n}" for n in range(200)), "other a")))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert page.evaluate("async () => (await dtSearch.search('w')).wide")
    assert [place for place, _ in page.evaluate(MATCH, ["w", "quote"])] == [0, 1]
    assert [place for place, _ in page.evaluate(MATCH, ["other w", "quote"])] == [1]
    assert len([url for url in asked if "/words/" in url]) < 6


def test_a_site_that_was_built_anew_is_searched_anew(page: Page, tmp_path: Path) -> None:
    """A page that stays open, or a browser that kept an old file, mixes nothing."""
    page.goto(write_index(tmp_path / "old", texts("alpha", "beta", "gamma")))
    assert search(page, "beta")["best"] == [1]
    new = dict(index_files.files(texts("beta", "delta", *(f"w{n}" for n in range(9000)))))
    for name, content in new.items():
        path = tmp_path / "old" / "search" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    # A file that has not been asked for yet tells of the new build.
    assert page.evaluate("async () => (await dtSearch.texts([0]))[0].passages") == ["beta"]
    assert search(page, "beta")["best"] == [0]


def test_a_missing_index_is_an_error_and_can_be_there_later(page: Page, tmp_path: Path) -> None:
    listed = list(entries(make_timeline(make_event())))
    address = write_index(tmp_path, listed)
    (tmp_path / "search").rename(tmp_path / "away")
    page.goto(address)
    assert page.evaluate("dtSearch.search('title').then(() => 'found', () => 'error')") == "error"
    (tmp_path / "away").rename(tmp_path / "search")
    assert search(page, "title")["best"] == [0]
