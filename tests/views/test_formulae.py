"""What recurs in a party's words, and how an issue's page compares them from one meeting to the next."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from diplomatic_timeline.proof.tokens import spans, tokens
from diplomatic_timeline.site.pages import issue as issue_page
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.site.templating import recurring
from diplomatic_timeline.views.changes import STEPS, Changes
from diplomatic_timeline.views.formulae import Reader, Recurrence
from diplomatic_timeline.views.positions import Positions
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.html import attribute, nodes, text_of
from helpers.records import make_event, make_quote, make_timeline


def told(*texts: str | tuple[str, str], **fields: Any) -> Timeline:
    """Return a record in which one party says each text at another event, one a year, or on a date given."""
    events = []
    for n, text in enumerate(texts):
        date, said = text if isinstance(text, tuple) else (f"{1990 + n}-05-04", text)
        quote = make_quote(f"q{n}", text=said, **fields)
        events.append(make_event(f"e{n}", date, quotes=[quote]))
    return make_timeline(*events)


def found(timeline: Timeline) -> Recurrence:
    return Reader().recurring(timeline.quotes.values())


def words(*texts: str | tuple[str, str]) -> list[str]:
    return [f.words for f in found(told(*texts)).formulae()]


# What is a formula


def test_four_words_that_come_back_on_another_date_are_a_formula() -> None:
    recurrence = found(told("We want open sea lanes now.", "They need open sea lanes now, he said."))
    (formula,) = recurrence.formulae()
    assert formula.words == "open sea lanes now"
    assert formula.quotes == ("q0", "q1")
    assert words("We want open sea lanes.", "They need open sea lanes.") == []
    assert words(("1990-05-04", "Open the sea lanes now"), ("1990-05-04", "Open the sea lanes now")) == []


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("1990-05", "1990-05-04", 0),
        ("1990", "1990-12-31", 0),
        ("1990-05", "1990-06", 1),
        ("1990-05-04/1990-05-06", "1990-05-06", 0),
        ("1990-05-04/1990-05-06", "1990-05-07", 1),
    ],
)
def test_dates_that_may_be_the_same_day_are_not_different(first: str, second: str, count: int) -> None:
    text = "Open the sea lanes now"
    assert len(words((first, text), (second, text))) == count


@pytest.mark.parametrize("text", ["we will continue to be", "at the end of the", "that is what it was"])
def test_words_that_say_nothing_by_themselves_make_no_formula(text: str) -> None:
    assert words(f"{text} red", f"{text} blue") == []


def test_typography_makes_no_difference_nor_does_what_an_editor_put_in() -> None:
    recurrence = found(told("The U.S. won’t pay harbour dues", "the US won't pay HARBOUR—dues"))
    assert [f.words for f in recurrence.formulae()] == ["The U.S. won’t pay harbour dues"]
    assert (recurrence.spans_in("q0"), recurrence.spans_in("q1")) == (((0, 31),), ((0, 29),))
    # Words left out end a stretch.
    assert words("open sea [...] lanes for ships", "open sea lanes for ships") == []
    # What an editor put in is no part of it.
    recurrence = found(told("open the [northern] sea lanes", "open the sea lanes"))
    assert [f.words for f in recurrence.formulae()] == ["open the [northern] sea lanes"]
    assert words("open the [northern] sea", "open the [northern] sea") == []


def test_a_formula_is_as_long_as_it_can_be() -> None:
    text = "ships of every flag pass the mole without paying dues"
    assert words(f"Let {text} today", f"All {text} again") == [text]
    # Two characters of chinese count as one word.
    assert words("坚持一个中国", "我们坚持一个中国") == []
    assert words("坚持一个中国的原则", "我们坚持一个中国的原则") == ["坚持一个中国的原则"]
    # Saying it twice in one quote is one use.
    (formula,) = found(told("open sea lanes now, open sea lanes now", "open sea lanes now")).formulae()
    assert formula.quotes == ("q0", "q1")
    # A neighbouring stretch is not joined unless the whole recurs.
    assert words(
        "north south east west zenith nadir", "north south east west only", "x east west zenith nadir"
    ) == ["north south east west", "east west zenith nadir"]
    assert len(Reader().recurring(())) == 0


def test_a_shorter_one_counts_by_itself_where_more_quotes_share_it() -> None:
    recurrence = found(
        told(
            "we uphold free passage through the Sound today",
            "we uphold free passage through the Sound today",
            "nobody doubts free passage through the Sound",
        )
    )
    assert [(f.words, len(f.quotes)) for f in recurrence.formulae()] == [
        ("free passage through the Sound", 3),
        ("we uphold free passage through the Sound today", 2),
    ]


def test_where_formulae_overlap_their_words_are_marked_once_and_stay_text() -> None:
    recurrence = found(
        told("north south east west zenith nadir", "north south east west", "east west zenith nadir")
    )
    assert recurrence.spans_in("q0") == ((0, 34),)
    assert recurring('a <b>"c"</b> [x] d', ((2, 16),)) == (
        'a <mark class="dt-formula">&lt;b&gt;&#34;c&#34;&lt;/b&gt; <span class="dt-quote__mark" '
        'title="inserted by the editor">[x]</span></mark> d'
    )


def naive(texts: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return every stretch that two texts share and that is inside no longer one of the same texts."""
    holders: dict[tuple[str, ...], set[int]] = {}
    for n, run in enumerate(texts):
        for start in range(len(run)):
            for end in range(start + 4, len(run) + 1):
                holders.setdefault(run[start:end], set()).add(n)
    shared = {run: held for run, held in holders.items() if len(held) > 1}

    def inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
        return len(short) < len(long) and f" {' '.join(short)} " in f" {' '.join(long)} "

    return {
        run
        for run, held in shared.items()
        if not any(held == other_held and inside(run, other) for other, other_held in shared.items())
    }


@given(
    st.lists(st.lists(st.sampled_from(["red", "blue", "green", "grey"]), max_size=14), min_size=1, max_size=5)
)
def test_it_finds_what_looking_at_every_stretch_finds(texts: list[list[str]]) -> None:
    texts = [t for t in texts if t]
    recurrence = found(told(*(" ".join(t) for t in texts)))
    assert {tuple(f.words.split()) for f in recurrence.formulae()} == naive(map(tuple, texts))
    assert len({f.words for f in recurrence.formulae()}) == len(recurrence)


def test_a_large_record_is_read_in_one_pass() -> None:
    """A speech repeated word for word, and much that is not: neither takes quadratic time."""
    chance = random.Random(7)
    speech = " ".join(f"word{n}" for n in range(400))
    texts = [speech, speech] + [
        " ".join(f"w{chance.randrange(4000)}" for _ in range(25)) for _ in range(1500)
    ]
    assert words(*texts)[0] == speech


# Where words stand


@pytest.mark.parametrize(
    "text",
    ["The U.S. won’t pay — 3.5 % of it.", "王毅说：“不付费”。", "", "co\u00adoperate now", "ﬁne words"],
)
def test_each_token_has_a_place_in_its_text(text: str) -> None:
    places = spans(text)
    assert len(places) == len(tokens(text))
    for token, (start, end) in zip(tokens(text), places, strict=True):
        assert start == end or tokens(text[start:end]) == (token,)


# The page of an issue


def page(timeline: Timeline) -> JustHTML:
    html = next(issue_page.issue(Site(timeline, "The Sound").renderer, "toll")).make().html
    return JustHTML(f"<!doctype html><body>{html}", sanitize=False)


def classed(root: JustHTML, name: str) -> Iterator[Any]:
    return (e for e in nodes(root.root) if name in attribute(e, "class").split())


def test_a_partys_words_stand_beside_those_of_the_meeting_before() -> None:
    root = page(told("The toll stays.", "The toll may fall.", "The toll falls."))
    steps = [[text_of(side) for side in classed_in(step)] for step in classed(root, "dt-step")]
    assert len(steps) == 2
    assert "later" in steps[0][0]
    assert "earlier" in steps[0][1]
    assert ("The toll falls." in steps[0][0], "The toll may fall." in steps[0][1]) == (True, True)
    assert ("The toll may fall." in steps[1][0], "The toll stays." in steps[1][1]) == (True, True)


def classed_in(step: Any) -> list[Any]:
    return [e for e in nodes(step) if attribute(e, "class") == "dt-step__side"]


def test_a_formula_is_listed_with_first_and_last_use_and_marked() -> None:
    root = page(told("Open the sea lanes now.", "Shut them.", "We say: open the sea lanes now."))
    (entry,) = classed(root, "dt-formulae__entry")
    about = ": Open the sea lanes now"  # of the links, for whoever hears them
    uses = f"in 2 quotes · first 4 May 1990, Ann Lund{about} · last 4 May 1992, Ann Lund{about}"
    assert text_of(entry) == f"Open the sea lanes now {uses}"
    links = [attribute(e, "href").partition("events/")[2] for e in nodes(entry) if e.name == "a"]
    assert links == ["e0/index.html#q-q0", "e2/index.html#q-q2"]
    marked = [text_of(m) for step in classed(root, "dt-step") for m in nodes(step) if m.name == "mark"]
    assert marked == ["open the sea lanes now", "Open the sea lanes now"]


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (["The toll stays."], "On record at one event, Title of e0 (4 May 1990): nothing to compare with"),
        (
            ["The toll stays.", "It falls."],
            "On record at 2 events: after the first, new at 1, repeated at 0. No ph",
        ),
        (["Open the sea lanes.", "Open the sea lanes."], "new at 0, repeated at 1. 1 phrase recurs."),
    ],
)
def test_a_page_says_how_much_there_is_to_compare(texts: list[str], says: str) -> None:
    text = text_of(page(told(*texts)).root)
    assert says in text
    assert "South: nothing on record." in text


def test_positions_are_compared_as_words_are_and_a_narrower_issue_counts() -> None:
    def held(issue: str, statement: str) -> dict[str, Any]:
        return {"issue": issue, "positions": {"north": {"statement": statement, "sources": ["paper"]}}}

    timeline = make_timeline(
        make_event("e0", "1990", issues=[held("toll", "North wants a toll.")]),
        make_event("e1", "1991", issues=[held("bridge", "North wants a bridge.")]),
        make_event("e2", "1992", issues=[held("toll", "North wants a toll.")]),
    )
    changes = Changes(Positions(Presenter(timeline)))
    north = changes.of_party(next(changes.words("toll")))
    assert [(later.statements, later.change) for later, _ in north.steps] == [
        (("North wants a toll.",), "repeated"),
        (("North wants a bridge.",), "first"),
    ]


def test_what_another_party_or_another_issue_says_is_not_compared() -> None:
    text = "Open the sea lanes now"
    other = make_quote("other", text=text, issues=["toll"])
    issues = [{"issue": "toll"}, {"issue": "bridge"}]
    timeline = make_timeline(
        make_event("e0", "1990", quotes=[make_quote("q0", text=text, issues=["bridge"])], issues=issues),
        make_event("e1", "1991", quotes=[make_quote("q1", text=text, speaker="bob-aas", party="south")]),
        make_event("e2", "1992", quotes=[other], issues=issues),
    )
    changes = Changes(Positions(Presenter(timeline)))
    north, south = map(changes.of_party, changes.words("bridge"))
    assert (north.formulae, north.steps, south.formulae) == ((), (), ())


def test_many_meetings_are_cut_to_the_newest_and_the_rest_is_counted() -> None:
    root = page(told(*(f"Toll number {n}." for n in range(STEPS + 4))))
    assert len(list(classed(root, "dt-step"))) == STEPS
    assert "3 earlier steps are not compared here" in text_of(root.root)
    (first, *_) = classed(root, "dt-step")
    assert f"Toll number {STEPS + 3}." in text_of(first)


def test_the_real_record_claims_no_formula_that_its_quotes_do_not_share(real: Timeline) -> None:
    reader = Reader()
    for issue, ids in real.quotes_of_issue.items():
        for party in real.columns:
            said = [real.quotes[q] for q in ids if real.quotes[q].quote.party == party]
            for formula in reader.recurring(said).formulae():
                run = f" {' '.join(tokens(formula.words))} "
                for quote in formula.quotes:
                    assert run in f" {' '.join(tokens(real.quotes[quote].quote.text))} ", issue
