"""What the search tests share: a large seeded record, an index in a folder, FTS5 on the same entries."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.search import index_files
from diplomatic_timeline.search.entries import KINDS, Entry
from diplomatic_timeline.search.words import UNSPACED, words
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_commitment, make_event, make_quote, make_timeline

_SOUNDS = tuple(re.findall(r"\w+", "ka lo mi ter són ber ing wan tra pol du ven shi qu ar el no st ä ré"))
_FAMILIES = "王李张刘陈杨赵黄周吴"
_GIVEN = "毅伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚"


def large_record(seed: int = 5, events: int = 300) -> Timeline:
    """Return a record of made-up words: few of them frequent, most of them rare, as words are."""
    chance = random.Random(seed)

    def word() -> str:
        return "".join(chance.choice(_SOUNDS) for _ in range(chance.randint(1, 4)))

    vocabulary = list(dict.fromkeys(word() for _ in range(2500)))

    def text(low: int, high: int) -> str:
        chosen = [
            vocabulary[int(len(vocabulary) * chance.random() ** 3)] for _ in range(chance.randint(low, high))
        ]
        return " ".join(chosen).capitalize()

    people = {}
    for n in range(60):
        family = word().capitalize()
        native = chance.choice(_FAMILIES) + "".join(chance.choices(_GIVEN, k=chance.randint(1, 2)))
        people[f"person-{n}"] = {
            "name": f"{word().capitalize()} {family}",
            "family_name": family,
            "native_name": native if n % 2 else None,
            "party": chance.choice(("north", "south")),
            "posts": [{"title": text(2, 4)} for _ in range(chance.randint(0, 3))],
        }

    def event(n: int) -> Any:
        def quote(k: int) -> dict[str, Any]:
            return make_quote(f"q{n}-{k}", speaker=chance.choice(list(people)), text=text(4, 40))

        return make_event(
            f"{1900 + n % 100}-event-{n}",
            f"{1900 + n % 100}-05-04",
            title=text(3, 9),
            summary=f"{text(20, 120)}.",
            participants=[
                {"person": chance.choice(list(people)), "party": "north", "post": text(1, 3)}
                for _ in range(3)
            ],
            quotes=[quote(k) for k in range(3)],
            commitments=[make_commitment(f"c{n}", statement=text(5, 15))],
        )

    made = [event(n) for n in range(events)]
    sources = {
        f"source-{n}": {"title": text(4, 10), "publisher": text(1, 2), "published": "1990", "kind": "press"}
        for n in range(40)
    }
    issues = {f"issue-{n}": {"name": text(1, 3), "description": f"{text(5, 15)}."} for n in range(20)}
    toll = {"toll": {"name": "Toll", "description": "What ships pay."}}
    paper = {"paper": {"title": "A paper", "publisher": "The Paper", "published": "1990", "kind": "press"}}
    return make_timeline(*made, people=people, sources={**sources, **paper}, issues={**issues, **toll})


def write_index(folder: Path, listed: Iterable[Entry]) -> str:
    """Write an index with an empty page that can search it; return the page's address."""
    for name, content in index_files.files(listed):
        path = folder / "search" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    scripts = folder / "assets" / "javascripts"
    scripts.mkdir(parents=True, exist_ok=True)
    shutil.copy(ASSETS / "javascripts" / "search" / "engine.js", scripts / "engine.js")
    page = folder / "index.html"
    page.write_text(
        '<!doctype html><meta charset="utf-8"><script src="assets/javascripts/engine.js"></script>',
        encoding="utf-8",
    )
    return page.as_uri()


class Reference:
    """SQLite's FTS5 over the same entries, ranked by its bm25 with the same weights; sources come last.

    Its tokenizer leaves Chinese in one piece, so only that is cut for it beforehand.
    """

    def __init__(self, listed: Sequence[Entry]) -> None:
        self.database = sqlite3.connect(":memory:")
        self.database.execute(
            "create virtual table t using fts5"
            "(name, title, text, after unindexed, tokenize='unicode61 remove_diacritics 2')"
        )
        for n, entry in enumerate(listed):
            named = entry.kind in ("person", "issue")
            title = self._parted(entry.title)
            columns = ("", title)[::-1] if named else ("", title)
            self.database.execute(
                "insert into t(rowid, name, title, text, after) values (?, ?, ?, ?, ?)",
                (
                    n,
                    *columns,
                    self._parted(" \n ".join((*entry.passages, *entry.facts))),
                    entry.kind == "source",
                ),
            )

    @staticmethod
    def _parted(text: str) -> str:
        return re.sub(f"[{UNSPACED}]+", lambda run: f" {' '.join(words(run[0]))} ", text)

    def best(self, terms: Iterable[dict[str, Any]], count: int) -> list[int]:
        """Return the best entries by number for terms as the browser has parsed them."""
        asked = " AND ".join(f'"{" ".join(t["words"])}"{"*" if t["prefix"] else ""}' for t in terms)
        rows = self.database.execute(
            "select rowid from t where t match ? "
            f"order by after, bm25(t, {KINDS['person']}, {KINDS['event']}, 1), rowid limit ?",
            (asked, count),
        )
        return [row for (row,) in rows]


def queries(listed: Sequence[Entry], seed: int, number: int) -> Iterator[str]:
    """Yield what readers might type: names, beginnings, several words, phrases, pairs of characters."""
    chance = random.Random(seed)
    people = [e for e in listed if e.kind == "person"]
    for n in range(number):
        entry = chance.choice(listed)
        plain = re.findall(r"[^\W_]+", chance.choice([t for t in (entry.title, *entry.passages) if t]))
        at = chance.randrange(len(plain))
        match n % 5:
            case 0:
                yield chance.choice(chance.choice(people).names)
            case 1:
                yield plain[at][: chance.randint(2, 5)]
            case 2:
                yield " ".join(chance.sample(plain, min(len(plain), chance.randint(2, 3))))
            case 3:
                yield f'"{" ".join(plain[at : at + chance.randint(2, 4)])}"'
            case _:
                native = [e for e in people if re.search(f"[{UNSPACED}]", e.title)]
                if native and chance.random() < 0.5:
                    yield chance.choice(native).title.split()[-1][:2]
                else:
                    yield plain[at]
