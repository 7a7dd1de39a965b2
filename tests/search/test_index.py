"""The search index: what can be found, the words by which it is found, and the files."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

import pytest

from diplomatic_timeline.search import index_files
from diplomatic_timeline.search.entries import KINDS, Entry, entries
from diplomatic_timeline.search.passages import Passage, passages
from diplomatic_timeline.search.words import name_key, words
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_commitment, make_event, make_quote, make_timeline, rich_timeline

WANG = {
    "id": "wang-yi",
    "name": "Wang Yi",
    "family_name": "Wang",
    "native_name": "王毅",
    "party": "south",
    "posts": [{"title": "Foreign Minister"}],
}


def read(files: Iterable[tuple[str, bytes]]) -> dict[str, Any]:
    """Return the contents of the index's files by name."""
    found = {}
    for name, content in files:
        script = re.fullmatch(
            r'dtSearch\.put\("([0-9a-f]{12}(?:\.\d+)?)","(.*?)",(.*)\);\n', content.decode(), re.DOTALL
        )
        assert script
        assert name == f"{script[2]}.js"
        found[script[2]] = json.loads(script[3])
    return found


def numbers(text: str) -> list[int]:
    """Read numbers as the file format describes them."""
    found, value, unit = [], 0, 1
    for character in text:
        code = ord(character)
        digit = code - (36 if code > ord("\\") else 35)
        if digit < 45:
            found.append(value + digit * unit)
            value, unit = 0, 1
        else:
            value, unit = value + (digit - 45) * unit, unit * 45
    return found


def places(index: dict[str, Any]) -> dict[str, list[int]]:
    """Return for each word of an index where it stands."""
    return {
        word: list(accumulate(numbers(coded)))
        for name, shard in index.items()
        if name.startswith("words/")
        for word, coded in shard.items()
    }


def found(timeline: Timeline, kind: str, written: Iterable[Passage] = ()) -> list[Entry]:
    return [entry for entry in entries(timeline, written) if entry.kind == kind]


def simple(*texts: str) -> list[Entry]:
    return [Entry("quote", f"{n}.html", "", passages=(text,)) for n, text in enumerate(texts)]


# Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Treading on RED lines", ["treading", "on", "red", "lines"]),
        ("Zoë’s café — naïve", ["zoe", "s", "cafe", "naive"]),
        ("face-to-face, U.S. 10,000", ["face", "to", "face", "u", "s", "10", "000"]),
        ("Ελλάς ΕΛΛΆΣ", ["ελλασ", "ελλασ"]),
        ("İstanbul ﬁne ½", ["istanbul", "fine", "1", "2"]),
        ("王毅", ["王毅", "毅"]),
        ("台湾海峡 (Strait)", ["台湾", "湾海", "海峡", "峡", "strait"]),
        ("5G网络x", ["5g", "网络", "络", "x"]),
        ("カタカナ・テスト", ["カタ", "タカ", "カナ", "ナ", "テス", "スト", "ト"]),
        ("", []),
        ("…—!?", []),
    ],
)
def test_a_text_is_cut_into_folded_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_words_are_those_of_sqlites_tokenizer() -> None:
    """For the letters of Europe and of Vietnam; SQLite keeps the breve of й, and some rarer accents."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table t using fts5(x, tokenize='unicode61 remove_diacritics 2')")
    database.execute("create virtual table v using fts5vocab(t, instance)")
    codes = (*range(0x30, 0x180), *range(0x391, 0x3A2), *range(0x410, 0x450), *range(0x1EA0, 0x1EFA))
    tried = [chr(c) for c in codes if not unicodedata.decomposition(chr(c)).startswith("<")]
    database.executemany("insert into t values (?)", [(f"a{c}b",) for c in tried])
    theirs: dict[int, list[str]] = {}
    for row, word in database.execute("select doc, term from v order by doc, offset"):
        theirs.setdefault(row, []).append(word)
    differing = {c: theirs[n] for n, c in enumerate(tried, 1) if theirs[n] != words(f"a{c}b")}
    assert differing.keys() <= set("Йй")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Wang Yi", "wang yi "),
        ("王毅", "王毅 "),
        ("习近平", "习近 近平 "),
        ("U.S.", "u s "),
        ("王", "王 "),
        ("…", ""),
    ],
)
def test_a_whole_name_has_a_key_that_no_word_can_be(name: str, key: str) -> None:
    assert name_key(name) == key
    assert name_key(name) not in words(name)


# Entries


def test_kinds_stand_together_and_lists_are_numbered_as_their_pages_show_them(small: Timeline) -> None:
    timeline = make_timeline(
        make_event(quotes=[make_quote(speaker="wang-yi")], commitments=[make_commitment()]),
        people={"wang-yi": WANG},
    )
    written = [Passage(path, "A page", "", "Words.") for path in ("develop/audit/", "about/")]
    kinds = [entry.kind for entry in entries(timeline, written)]
    order = list(KINDS)
    assert kinds == sorted(kinds, key=order.index)
    assert set(kinds) == set(order)
    # What filters a list by text relies on it.
    assert [e.url.split("/")[1] for e in found(small, "event")] == list(reversed(small.events))
    assert [e.url.rpartition("#q-")[2] for e in found(small, "quote")] == list(reversed(small.quotes))
    assert [e.url.rpartition("#c-")[2] for e in found(small, "commitment")] == list(small.commitments)


PORT = {"name": "Port", "native_name": "港口", "within": "South"}


@pytest.mark.parametrize(
    ("kind", "fields", "sought"),
    [
        (
            "event",
            {
                "place": "port",
                "participants": [{"person": "wang-yi", "party": "south", "post": "State Councilor"}],
                "issues": [
                    {"issue": "toll", "positions": {"north": {"statement": "Ships should sail free."}}}
                ],
            },
            "Wang Yi 王毅 State Councilor Port 港口 toll sail free 1990",
        ),
        (
            "quote",
            {
                "quotes": [
                    make_quote(
                        speaker="wang-yi",
                        text="We have seen.",
                        original={"language": "zh", "text": "我们看到了"},
                    )
                ]
            },
            "Wang Yi 王毅 seen 看到了 May 1990 Toll",
        ),
    ],
    ids=["event", "quote"],
)
def test_an_entry_is_found_by_what_it_says_who_where_when_and_about_what(
    kind: str, fields: dict[str, Any], sought: str
) -> None:
    timeline = make_timeline(make_event(**fields), people={"wang-yi": WANG}, places={"port": PORT})
    (entry,) = found(timeline, kind)
    assert set(words(sought)) <= set(entry.words)
    person = next(e for e in found(timeline, "person") if e.title == "Wang Yi 王毅")
    assert set(person.names) == {"Wang Yi", "Wang", "王毅"}


def test_every_record_can_be_found_and_hostile_text_stays_text(small: Timeline) -> None:
    corpus = small.corpus
    listed = {kind: len(found(small, kind)) for kind in KINDS}
    assert listed == {
        "event": len(small.events),
        "quote": len(small.quotes),
        "commitment": len(small.commitments),
        "person": len(corpus.people) + len(small.organizations) + len(corpus.parties),
        "issue": len(corpus.issues),
        "source": len(corpus.sources),
        "page": 0,
        "documentation": 0,
    }
    for _, content in index_files.files(entries(small)):
        assert content.count(b"dtSearch.put(") == 1
        assert content.endswith(b");\n")
        assert content.count(b"\n") == 1


# Hand-written pages


def test_a_page_is_cut_at_its_headings_and_one_without_words_is_found_by_its_title() -> None:
    html = """<h1 id="method">Method &amp; rule</h1><p>How we <em>work</em>.</p>
      <h2 id="rule">The <code>rule</code></h2><ul><li>One</li><li>Two &amp; three</li></ul>
      <script>no()</script>"""
    assert list(passages("about/", "Method &amp; rule", html)) == [
        Passage("about/", "Method & rule", "", "How we work."),
        Passage("about/#rule", "The rule", "Method & rule", "One Two & three"),
    ]
    assert list(passages("data/", "Data", "")) == [Passage("data/", "Data", "", "")]


# Files


def test_the_index_tells_where_each_word_stands() -> None:
    texts = ["red lines and red flags", "no lines", "王毅 and 王沪宁"]
    index = read(index_files.files(simple(*texts)))
    long: list[str] = []
    for text in texts:
        long += ["", *words(text), ""]  # no title, a gap, the text, a gap
    found = places(index)
    assert found == {word: [n for n, w in enumerate(long) if w == word] for word in set(long) - {""}}


def test_lengths_and_texts_cover_every_entry(small: Timeline) -> None:
    listed = list(entries(small))
    index = read(index_files.files(listed))
    lengths = [n for name in sorted(index) if name.startswith("lengths/") for n in numbers(index[name])]
    assert lengths == [n for e in listed for n in (len(words(e.title)), len(e.words))]
    stretches = numbers(index["index"]["texts"])
    shown = [entry for n in range(len(stretches)) for entry in index[f"texts/{n}"]]
    assert [entry[0] for entry in shown] == [e.url for e in listed]
    assert stretches == [len(index[f"texts/{n}"]) for n in range(len(stretches))]
    assert index["index"]["entries"] == len(listed)
    assert index["index"]["words"] == sum(lengths)


def test_borders_part_the_alphabet_so_that_each_word_is_in_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_files, "WORDS_SIZE", 20)
    texts = ["a an and ant apple banana", "王毅 王沪宁 taiwan taiwanese", "zebra zoo 𠀀𠀁 ｆｕｌｌ 한국"]
    index = read(index_files.files(simple(*texts)))
    borders = index["index"]["borders"]
    units = [border.encode("utf-16-be") for border in borders]
    assert len(borders) > 5
    assert units == sorted(set(units))
    for n, border in enumerate(units):
        for word in index[f"words/{n}"]:
            assert border <= word.encode("utf-16-be")
            assert n + 1 == len(units) or word.encode("utf-16-be") < units[n + 1]


def test_no_file_is_too_large_and_an_empty_record_has_an_index(small: Timeline) -> None:
    many = [" ".join(f"w{n}x{k}" for k in range(40)) + " common" for n in range(400)]
    files = dict(index_files.files(simple(*many)))
    large = {n for n, content in files.items() if len(content) > 1.1 * index_files.WORDS_SIZE}
    assert large == set()
    assert len([n for n in files if n.startswith("words/")]) > 5
    index = read(index_files.files([]))
    assert index["index"]["entries"] == 0
    assert index["words/0"] == {}
    assert list(index_files.files(entries(small))) == list(index_files.files(entries(small)))


def versions(*texts: str) -> dict[str, str]:
    return {name: content.split(b'"')[1].decode() for name, content in index_files.files(simple(*texts))}


def test_files_carry_the_version_of_the_whole_or_of_their_segment() -> None:
    one, other = versions("one"), versions("other")
    assert one.keys() == other.keys() == {"index.js", "lengths/0.js", "texts/0.js", "words/0.js"}
    assert not set(one.values()) & set(other.values())
    assert one["index.js"] == one["lengths/0.js"] == one["words/0.js"]
    many = [f"words {n} " + "x" * 400 for n in range(12_000)]
    before = versions(*many)
    after = versions(*many[:-1], "edited")
    index = read(index_files.files(simple(*many)))["index"]
    of_files = [
        f"{version}.{n}"
        for files, version in zip(numbers(index["segments"]), index["versions"], strict=True)
        for n in range(files)
    ]
    texts = {name for name in before if name.startswith("texts/")}
    assert [before[f"texts/{n}.js"] for n in range(len(texts))] == of_files
    assert len(index["versions"]) > 3
    changed = {before[name].split(".")[0] for name in texts if before[name] != after.get(name)}
    assert changed == {index["versions"][-1]}
    # A new entry leaves what stands in other segments.
    listed = simple(*(f"words {n}" for n in range(12_000)))
    with_it, without = (read(index_files.files(of))["index"]["versions"] for of in (listed, listed[1:]))
    assert len(with_it) > 3
    assert with_it[1:] == without[1:]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("event", ["Cape", "Act 7 of 1990"]),
        ("quote", ["Bob Aas, Consul", "Both sides said that"]),
        ("commitment", ["warning", "Half of it"]),
        ("source", ["Act 7", "10.1000/182", "Ministry of Tolls, Roads and Trade"]),
        ("person", ["Ann Moe"]),
    ],
)
def test_what_few_events_have_can_be_found(kind: str, shown: list[str]) -> None:
    found = [e for e in entries(rich_timeline()) if e.kind == kind]
    text = "\n".join(part for entry in found for part in (*entry.facts, *entry.passages))
    assert [part for part in shown if part not in text] == []
