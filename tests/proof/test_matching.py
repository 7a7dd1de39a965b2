"""Pins: how a text is read, what a pin's file holds, and which quotes are found in it."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplomatic_timeline.proof.matching import Finding, find
from diplomatic_timeline.proof.pins import (
    MIN_WORDS,
    NORMALISER,
    Pin,
    PinError,
    fingerprint,
    parse,
    render,
    words,
)

SHA256 = "0123456789abcdef" * 4
ARTICLE = """Ministers open the harbour talks

PORT VELA

The two ministers met for three hours on Monday, an official said.

“We will keep the northern channel open to every ship, and we will not raise the harbour fee this year,” said
Adm. Tova Lindqvist. She urged her guests “not to count the lamps before the lighthouse is built.”

Her counterpart called the offer ‘a bridge with one bank and no river’ and left. The talks resume in May.
"""


def pin_of(text: str) -> Pin:
    return fingerprint(text, source="vela-2031", sha256=SHA256, extractor="plain text", pinned="2031-05-06")


def quoted(text: str, source: str = ARTICLE, *, prefix: str = "", suffix: str = "") -> Finding:
    return find(text, pin_of(source), prefix=prefix, suffix=suffix)


def around(words: str) -> str:
    """A source in which `words` are a paragraph of their own."""
    return f"Something else stands here before it\n\n{words}\n\nSomething else stands here after it"


# --- Reading ---

ALIKE = {
    "case": ("The Quick Ferry Crosses At Noon", "the quick ferry crosses at noon"),
    "compatibility forms": ("the ｑｕｉｃｋ ferry crosses at noon", "the quick ferry crosses at noon"),
    "composed accents": ("the cafe\u0301 by the harbour closed", "the caf\u00e9 by the harbour closed"),
    "ligatures": ("the o\ufb03ce o\ufb00ered a \ufb01ne ferry", "the office offered a fine ferry"),
    "soft hyphens": ("the light\u00adhouse keep\u00aders went home", "the lighthouse keepers went home"),
    "a soft hyphen at a line end": ("a light\u00ad\n  house stays dark here", "a lighthouse stays dark here"),
    "zero width": ("a\u200b quick\u2060 fer\u200dry \ufeffpasses here", "a quick ferry passes here"),
    "apostrophes": ("we don’t say the ferry‘s late", "we don't say the ferryʼs late"),
    "a spacing acute": ("we don´t say the ferry is late", "we don't say the ferry is late"),
    "quotation marks": ("the „quick“ «ferry» crosses at 'noon'", 'the "quick" “ferry” crosses at ‘noon’'),
    "hyphens": ("a crisis\u2010management group meets here", "a crisis-management group meets here"),
    "fixed hyphens": ("a crisis\u2011management group meets here", "a crisis-management group meets here"),
    "dashes": ("the ferry — late again – left here", "the ferry - late again―left here"),
    "a dash for a space": ("the well-known north–south ferry", "the well known north south ferry"),
    "spaces": ("the\u00a0quick\tferry\n crosses \u3000at noon", "the quick ferry crosses at noon"),
    "punctuation": ("the quick (old) ferry, at noon: late. \"", "the quick old ferry at noon late"),
    "abbreviations": ("the U.S. and the u.n. agree here", "the US and the UN agree here"),
    "possessive abbreviations": ("the U.S.’s ferry is late today", "the US's ferry is late today"),
    "emphasis in Markdown": ("the **quick** _old_ ferry crosses", "the quick old ferry crosses"),
    "spaces between Han": ("双方 同意\n继续 谈判", "双方同意继续谈判"),
    "full-width Latin among Han": ("双方谈判５Ｇ网络", "双方谈判5g网络"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "other"), ALIKE.values(), ids=ALIKE)
def test_typography_never_matters(written: str, other: str) -> None:
    assert quoted(other, around(written)).verified
    assert quoted(written, around(other)).verified


DIFFERENT = {
    "a decimal point": ("the fee rose by 3.5 per cent", "the fee rose by 35 per cent"),
    "a currency": ("the fee rose by $5 this year", "the fee rose by €5 this year"),
    "a percent sign": ("the fee rose by 5% this year", "the fee rose by 5 this year"),
    "a minus sign": ("the fee changed by −5 this year", "the fee changed by 5 this year"),
    "an apostrophe within a word": ("we said we’re here at noon", "we said were here at noon"),
    "a hyphen within a word": ("they hope to re-sign it today", "they hope to resign it today"),
    "a stop within a name": ("they read it on vela.example today", "they read it on velaexample today"),
    "an accent": ("the maté is served at noon", "the mate is served at noon"),
    "one Han character": ("双方同意继续谈判", "双方不意继续谈判"),
    "lost characters": ("we will \ufffd\ufffd\ufffd raise the fee today", "we will raise the fee today"),
}


@pytest.mark.parametrize(("written", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_changes_a_word_or_a_figure_matters(written: str, other: str) -> None:
    assert quoted(written, around(written)).verified
    assert quoted(other, around(written)).reason == "changed"


def test_a_number_sign_or_figure_reads_alike_wherever_it_stands() -> None:
    assert quoted(
        "-5 per cent is what they offered", "He said “-5 per cent is what they offered” to us."
    ).verified
    source = "They chose pier No. 4 lamps hang over the water. They said no. Four lamps hang over the water"
    assert quoted("4 lamps hang over the water", source).reason == "cut"
    assert quoted("four lamps hang over the water", source).verified


COUNTS = {
    "": 0,
    "—": 0,
    "a crisis-management group": 4,
    "U.S. ships": 2,
    "王毅, minister": 3,
    "3.5 per cent": 3,
    "カタカナ": 4,
    "항구": 2,
}


@pytest.mark.parametrize(("text", "count"), COUNTS.items())
def test_words_are_counted_as_tokens(text: str, count: int) -> None:
    assert words(text) == count


# --- Boundaries ---

BOUNDED = {
    "a paragraph": "Before it stands this\n\nfour lamps hang over water\n\nand then there is more",
    "a line, where lines are long": "Before it stands this\nfour lamps hang over water\n"
    + "and more of it " * 10,
    "a bullet": "Before it stands this\n• four lamps hang over water\n• and then there is more",
    "double marks": "He said “four lamps hang over water” and then more",
    "straight marks": 'He said "four lamps hang over water. " And then more',
    "low marks": "He said „four lamps hang over water“ and then more",
    "guillemets": "He said « four lamps hang over water » and then more",
    "corner marks": "He said 「four lamps hang over water」 and then more",
    "single marks": "He said ‘four lamps hang over water,’ and the keepers’ view",
    "straight single marks": "He said 'four lamps hang over water' and then more",
    "stops": "Before it stands this. Four lamps hang over water! And then more",
    "a stop and a bracket": "(Before it stands this.) Four lamps hang over water? And then more",
    "four dots": "Before it stands this.... Four lamps hang over water. . . . And then more",
    "single marks in double ones": "He said: “It stands. ‘Four lamps hang over water,’” and then more",
}


@pytest.mark.parametrize("source", BOUNDED.values(), ids=BOUNDED)
def test_a_quote_may_begin_and_end_at(source: str) -> None:
    assert quoted("four lamps hang over water", source).verified


CUT = {
    "words": ("He said four lamps hang over water", "start"),
    "a comma": ("In May, four lamps hang over water", "start"),
    "a semicolon": ("In May; four lamps hang over water", "start"),
    "a colon": ("In May: four lamps hang over water", "start"),
    "a dash": ("In May — four lamps hang over water", "start"),
    "a title": ("We saw Adm. four lamps hang over water", "start"),
    "initials": ("We saw J. Four lamps hang over water", "start"),
    "an abbreviation": ("In the U.S. four lamps hang over water", "start"),
    "a pause": ("We saw ... Four lamps hang over water", "start"),
    "a pause after": ("Four lamps hang over water… And then more", "end"),
    "an apostrophe": ("The keepers’ four lamps hang over water", "start"),
    "a stray stop": ("We saw. , four lamps hang over water", "start"),
    "a line's width": ("We saw with our eyes\nfour lamps hang over water", "start"),
    "words after": ("Four lamps hang over water now", "end"),
    "a plural's apostrophe after": ("Four lamps hang over water’ and the boats’ masts", "end"),
    "a possessive after": ("Four lamps hang over water's edge", ""),
}


@pytest.mark.parametrize(("source", "edge"), CUT.values(), ids=CUT)
def test_a_quote_may_not_begin_or_end_beside(source: str, edge: str) -> None:
    finding = quoted("four lamps hang over water", source)
    assert (finding.reason, finding.edge) == (("cut", edge) if edge else ("changed", ""))


def test_a_stop_or_a_single_mark_in_chinese_needs_no_space() -> None:
    assert quoted("海港将继续开放", "双方会谈结束。海港将继续开放。费用不变。").verified
    assert quoted("海港将继续开放", "他表示‘海港将继续开放’并离开").verified
    source = "外长表示：“海港将继续开放，收费标准不变。”会谈结束。"
    assert quoted("海港将继续开放，收费标准不变。", source).verified
    assert quoted("海港将继续开放，收费标准改变。", source).reason == "changed"
    assert quoted("港将继续开放，收费标准不变。", source).reason == "cut"


# --- Finding ---


def test_a_quote_is_found_with_its_place_in_the_source_and_may_be_the_whole_of_it() -> None:
    finding = quoted("Something else stands here", "Something else stands here.\n\nAnd more of it.")
    assert finding.reason == "short"
    assert quoted("And more of it all.", "Something else.\n\nAnd more of it all.") == Finding(True, 2, 7)
    assert quoted("one two three four five", "One, two, three, four, five.") == Finding(True, 0, 5)
    # The place found leaves out prefix and suffix.
    finding = quoted("three four", "one two three four five six", prefix="one two", suffix="five")
    assert finding == Finding(True, 2, 4)


def test_a_quote_with_its_first_or_last_words_dropped_or_one_more_is_cut() -> None:
    finding = quoted("to count the lamps before the lighthouse is built")
    assert (finding.reason, finding.edge, finding.word, finding.position) == ("cut", "start", "to", 1)
    assert finding.expected == "not"
    assert finding.matched == 9
    finding = quoted("We will keep the northern channel open to every ship")
    assert (finding.reason, finding.edge, finding.word, finding.position) == ("cut", "end", "ship", 10)
    assert finding.expected == "and"
    assert quoted("guests not to count the lamps before the lighthouse is built").reason == "cut"


def test_prefix_and_suffix_stand_for_boundaries_and_may_make_five_words() -> None:
    part = "keep the northern channel open"
    assert quoted(part).reason == "cut"
    assert quoted(part, prefix="We will").edge == "end"
    assert quoted(part, suffix="to every ship").edge == "start"
    assert quoted(part, prefix="We will", suffix="to every ship").verified
    assert quoted("no river", prefix="bank").reason == "short"
    assert quoted("no river", prefix="with one bank and").verified
    assert quoted("no river", prefix="one bank and", suffix="and left").verified
    # Prefix belongs to the first fragment and suffix to the last.
    text = "met for three hours on Monday, an official said. [...] Her counterpart called the offer"
    assert quoted(text, prefix="The two ministers", suffix="a bridge").verified
    # A wrong prefix or suffix is told apart from a wrong quote.
    before = quoted("no river’ and left.", prefix="with two bank and")
    assert (before.part, before.word, before.position, before.matched) == ("prefix", "two", 2, 0)
    after = quoted("a bridge with one bank", suffix="or no river")
    assert (after.part, after.word, after.position, after.expected) == ("suffix", "or", 1, "and")
    assert after.matched == 5


def test_an_empty_quote_is_refused() -> None:
    assert quoted("").reason == "empty"
    assert quoted("— [sic] …").reason == "empty"
    assert quoted("[...] The talks resume in May.").reason == "empty"


@pytest.mark.parametrize("elision", ["[...]", "[…]", "[. . .]", "[ ... ]", "［…］", "[....]"])
def test_an_elision_splits_a_quote_into_fragments_found_in_order(elision: str) -> None:
    first, second = (
        "The two ministers met for three hours on Monday, an official said.",
        "The talks resume in May.",
    )
    assert quoted(f"{first} {elision} {second}").verified
    backwards = quoted(f"{second} {elision} {first}")
    assert (backwards.reason, backwards.fragment, backwards.position) == ("order", 1, 6)


def test_fragments_may_not_overlap_and_end_at_boundaries() -> None:
    assert (
        quoted("one two three four five [...] one two three four five", "One two three four five.").reason
        == "order"
    )
    # A fragment must end at a boundary beside an elision too.
    text = "We will keep the northern channel [...] we will not raise the harbour fee this year"
    assert quoted(text).reason == "cut"
    assert find(text, pin_of(ARTICLE), open_elisions=True).verified
    # Open elisions leave the outer edges closed.
    text = "keep the northern channel open [...] we will not raise the harbour fee"
    pin = pin_of(ARTICLE)
    assert find(text, pin, open_elisions=True).edge == "start"
    assert find(text, pin, open_elisions=True, prefix="We will").edge == "end"
    # A short inner fragment is named.
    finding = quoted("The talks resume in May. [...] and left", prefix="and left.")
    assert (finding.reason, finding.fragment) == ("short", 1)


def test_an_insertion_is_skipped_and_the_words_around_it_are_neighbours() -> None:
    assert quoted(
        "The two [foreign] ministers met [here] for three hours on Monday, an official said."
    ).verified
    assert quoted("The talk[s] resume in May.").reason == "changed"
    assert (
        quoted("The two [...] ministers met for three hours on Monday, an official said.").reason == "short"
    )
    assert quoted("The two [of them] met for three hours on Monday, an official said.").reason == "changed"


def test_a_place_is_passed_over_for_one_with_boundaries_or_later() -> None:
    source = "He knew that the channel will be open then. “The channel will be open,” she said."
    assert quoted("The channel will be open", source) == Finding(True, 9, 14)
    source = (
        "The channel will be open. The harbour fee stays as it is. The channel will be open. So they said."
    )
    assert quoted("The harbour fee stays as it is. [...] The channel will be open.", source) == Finding(
        True, 5, 17
    )


def test_words_that_repeat_themselves_are_found_but_no_windows_that_stand_apart() -> None:
    source = "Row row row row row row row row the boat."
    assert quoted("row row row row row the boat", source).reason == "cut"
    assert quoted("row row row row row row row row the boat", source).verified
    assert quoted("row row row row row row row row row the boat", source).reason == "changed"
    source = "one two three four five. two three four five six."
    assert quoted("one two three four five six", source).reason == "changed"


# --- The nearest miss ---

SENTENCE = (
    "We will keep the northern channel open to every ship, and we will not raise the harbour fee this year,"
)
MISSES = {
    "another word": ("northern", "southern", "southern", 5, ""),
    "a word that may be told": ("every ship", "each ship", "each", 9, ""),
    "a modal": ("we will not", "we may not", "may", 13, "will"),
    "a dropped negation": ("will not raise", "will raise", "raise", 14, "not"),
    "an added negation": ("We will keep", "We will not keep", "not", 3, "keep"),
    "a dropped word near the start": ("will keep", "keep", "keep", 2, "will"),
    "an added word in the middle": ("open to", "wide open to", "wide", 7, "open"),
    "words that changed places": ("harbour fee", "fee harbour", "fee", 17, "harbour"),
    "words that changed places at the start": ("We will", "will we", "will", 1, "we"),
    "another first word": ("We will keep", "They will keep", "They", 1, "we"),
    "a word before the first": ("We will keep", "Surely we will keep", "Surely", 1, "we"),
    "a word repeated": ("northern channel", "northern northern channel", "northern", 6, "channel"),
    "a word with an apostrophe": ("not raise", "don’t raise", "don’t", 14, "not"),
}


@pytest.mark.parametrize(("said", "wrong", "word", "position", "expected"), MISSES.values(), ids=MISSES)
def test_the_first_word_that_differs_is_named(
    said: str, wrong: str, word: str, position: int, expected: str
) -> None:
    finding = quoted(SENTENCE.replace(said, wrong))
    assert finding.reason == "changed"
    assert (finding.word, finding.position, finding.expected) == (word, position, expected)
    assert finding.matched == position - 1


@pytest.mark.parametrize(
    ("said", "wrong", "word", "lacks"),
    [
        ("not raise", "raise", "raise", 1),
        ("open to every ship", "open ship", "ship", 2),
        ("not raise", "not ever raise", "ever", -1),
        ("not raise", "not now or ever raise", "now", -3),
        ("not raise", "not lower", "lower", 0),
    ],
)
def test_words_left_out_and_words_put_in_are_counted(said: str, wrong: str, word: str, lacks: int) -> None:
    finding = quoted(SENTENCE.replace(said, wrong))
    assert (finding.word, finding.lacks) == (word, lacks)


def test_a_vocabulary_and_positions_tell_of_the_words_that_differ() -> None:
    finding = find(
        SENTENCE.replace("northern", "southern"), pin_of(ARTICLE), vocabulary=["Northern", "western"]
    )
    assert (finding.word, finding.expected) == ("southern", "northern")
    # Positions count the words of all fragments and no insertions.
    finding = quoted("The talks [here] resume in May. [...] The talks resume in June.", ARTICLE + ARTICLE)
    assert (finding.reason, finding.fragment, finding.word, finding.position) == ("changed", 1, "June", 10)
    assert finding.matched == 4
    # Nothing is said of words of which nothing is found.
    finding = quoted("Pigeons carried no letters over that mountain")
    assert (finding.reason, finding.matched, finding.word, finding.position) == ("changed", 0, "", 0)


# --- The file ---


def test_a_pin_comes_back_from_its_file_as_it_was() -> None:
    pin = pin_of(ARTICLE)
    assert parse(render(pin)) == pin
    assert parse(render(pin).replace("\n", "\r\n")) == pin


def test_a_window_is_the_little_endian_hash_of_five_tokens() -> None:
    pin = pin_of("One two: three-four “FIVE” six")
    hashed = [blake2b("\x1f".join(five).encode(), digest_size=8).digest() for five in
              (["one", "two", "three", "four", "five"], ["two", "three", "four", "five", "six"])]  # fmt: skip
    assert pin.windows == b"".join(hashed)
    assert (pin.words, pin.normaliser) == (6, NORMALISER)


def test_boundaries_are_bits_by_position() -> None:
    pin = pin_of("One two. Three “four five six seven eight” nine ten")
    assert [i for i in range(pin.words + 1) if pin.bounded(i)] == [0, 2, 10]
    assert pin.boundaries == bytes([0b00000101, 0b00000100])
    assert (pin.openings, pin.closings) == (bytes([0b00001000, 0]), bytes([0, 0b00000001]))


def test_a_pins_file_is_short_lines_of_ascii_and_holds_no_words_of_the_source() -> None:
    text = render(pin_of(ARTICLE * 5))
    assert text.isascii()
    assert text.endswith("=\n")
    assert max(map(len, text.splitlines())) <= 76
    blob = b"".join(base64.b64decode(block) for block in text.split("\n\n")[1:]).lower()
    assert not any(word.encode() in blob or word in text for word in re.findall("[a-z]{5,}", ARTICLE))


def test_a_text_that_is_too_short_or_named_in_other_letters_cannot_be_pinned() -> None:
    with pytest.raises(ValueError, match="a text of 4 words cannot be pinned"):
        pin_of("only four words here")
    assert MIN_WORDS == 50
    with pytest.raises(ValueError, match="cannot hold 'två' as source"):
        fingerprint(ARTICLE, source="två", sha256=SHA256, extractor="plain text", pinned="2031-05-06")
    with pytest.raises(ValueError, match="as sha256"):
        fingerprint(ARTICLE, source="one", sha256="12", extractor="plain text", pinned="2031-05-06")


DAMAGE = {
    "an empty file": (".*", "", 1, "'source: '"),
    "another file": (".*", "title: Talks\n", 1, "'source: '"),
    "a missing key": ("extractor.*?\n", "", 4, "'extractor: '"),
    "a bad checksum of the file": ("sha256: 0", "sha256: x", 2, "'sha256: '"),
    "another normaliser": ("normaliser: 3", "normaliser: 999", 3, "normaliser 999"),
    "a wrong count": ("words: ", "words: 1", 9, "count of words"),
    "too small a count": ("words: [0-9]+", "words: 4", 9, "count of words"),
    "no boundaries": ("\n\n[^\n]+\n$", "\n", 8, "blank line"),
    "a conflict's mark": ("check", "<<<<<<< HEAD\ncheck", 7, "'check: '"),
    "a character that is no base64": ("(\n\n.)", r"\1!", 9, "base64"),
    "a line cut off": ("(\n\n[^\n]{60})[^\n]*", r"\1", 9, "base64"),
    "a character lost": ("(\n\n.).", r"\1", 9, "base64"),
    "a character changed": ("(\n\n..).", r"\1~", 9, "base64"),
    "another date": ("2031", "2032", 7, "checksum"),
}


@pytest.mark.parametrize(("pattern", "becomes", "line", "message"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_pin_is_refused_with_its_line(pattern: str, becomes: str, line: int, message: str) -> None:
    damaged = re.sub(pattern, becomes, render(pin_of(ARTICLE)), count=1, flags=re.DOTALL)
    with pytest.raises(PinError, match=re.escape(message)) as caught:
        parse(damaged)
    assert caught.value.line == line
    assert "pin the source again" in caught.value.remedy


def test_a_changed_hash_is_noticed() -> None:
    pin = pin_of(ARTICLE)
    forged = render(replace(pin, windows=bytes(8) + pin.windows[8:])).splitlines()
    forged[6] = render(pin).splitlines()[6]
    with pytest.raises(PinError, match="checksum"):
        parse("\n".join(forged) + "\n")


# --- Properties ---

# The ending keeps chance from making an abbreviation, or the words that a mutation brings in.
WORD = st.text("abcdefghijklmnopqrstuvwxyzäéß", min_size=1, max_size=6).map(lambda letters: letters + "umlo")


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, ...]:
    """Sentences of six to twelve words, no word twice in all of them."""
    drawn = draw(st.lists(WORD, min_size=30, max_size=60, unique_by=str.casefold))
    sentences = []
    while len(drawn) >= 6:
        size = draw(st.integers(6, 12))
        sentences.append(" ".join(drawn[:size]))
        drawn = drawn[size:] if len(drawn) - size >= 6 else []
    return tuple(sentences)


def set_in_type(sentences: tuple[str, ...], draw: st.DataObject) -> str:
    """A source of these sentences, each bounded in one of the ways that sources have."""
    forms = ("{}. ", "“{},” he said. ", "{}\n\n", "「{}。」", "Then: ‘{}.’ ", "{}? ")
    return "".join(draw.draw(st.sampled_from(forms)).format(s[0].upper() + s[1:]) for s in sentences)


@settings(deadline=None, derandomize=True)
@given(texts(), st.data())
def test_any_sentence_of_a_source_verifies(sentences: tuple[str, ...], data: st.DataObject) -> None:
    pin = parse(render(pin_of(set_in_type(sentences, data))))
    assert all(find(sentence, pin).verified for sentence in sentences)
    assert find(" [...] ".join(sentences), pin).verified


@settings(deadline=None, derandomize=True, max_examples=300)
@given(texts(), st.data())
def test_no_sentence_verifies_with_one_word_changed(sentences: tuple[str, ...], data: st.DataObject) -> None:
    said = data.draw(st.sampled_from(sentences)).split()
    at = data.draw(st.integers(0, len(said) - 1))
    wrong = {
        "change": [*said[:at], "lanterns", *said[at + 1 :]],
        "borrow": [*said[:at], said[at - 1], *said[at + 1 :]],
        "drop": [*said[:at], *said[at + 1 :]],
        "add": [*said[:at], "lanterns", *said[at:]],
        "repeat": [*said[:at], said[at], *said[at:]],
        "negate": [*said[:at], "not", *said[at:]],
        "swap": [*said[: at - 1], said[at], said[at - 1], *said[at + 1 :]]
        if at
        else [said[1], said[0], *said[2:]],
    }[data.draw(st.sampled_from(("change", "borrow", "drop", "add", "repeat", "negate", "swap")))]
    source = set_in_type(sentences, data)
    finding = find(" ".join(wrong), pin_of(source), vocabulary=source.split())
    assert not finding.verified
    if finding.reason == "changed" and finding.expected:
        assert finding.expected != finding.word.casefold()
        assert finding.expected in source.casefold()


@settings(deadline=None, derandomize=True)
@given(
    st.text(
        st.sampled_from("aB3ßé한中カ。’'‘“\".,!?…—- \n\u00ad$%_")
        | st.characters(exclude_characters="[]［］"),
        min_size=20,
    )
)
def test_any_text_that_can_be_pinned_is_found_in_itself(text: str) -> None:
    if words(text) < 5:
        with pytest.raises(ValueError, match="cannot be pinned"):
            pin_of(text)
        return
    pin = pin_of(text)
    assert parse(render(pin)) == pin
    assert find(text, pin) == Finding(True, 0, pin.words)
