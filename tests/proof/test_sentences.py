"""Where sentences end: never within one, whatever stands there; and at the ends that are clear."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path

import pytest

from diplomatic_timeline.proof.sentences import read
from diplomatic_timeline.proof.tokens import tokens

GOLDEN = json.loads((Path(__file__).parent / "golden_rules.json").read_text("utf-8"))["rules"]
# An entry's number is no part of its sentence here; a quotation of two sentences is two here.
_OTHERWISE = ("first item", "Punkteliste", "Seien Sie achtsam", "atención prenatal", "Siccome immobile")


@pytest.mark.parametrize("language", GOLDEN)
def test_no_sentence_ends_where_the_golden_rules_have_none(language: str) -> None:
    wrong = []
    for text, sentences in GOLDEN[language]:
        ends = set(accumulate(len(tokens(sentence)) for sentence in sentences))
        if not any(said in text for said in _OTHERWISE):
            wrong += [(text, at) for at in read(text).boundaries - ends - {0}]
    assert wrong == []


def test_most_ends_that_the_golden_rules_have_are_found() -> None:
    found = meant = 0
    for text, sentences in (rule for rules in GOLDEN.values() for rule in rules):
        ends = set(accumulate(len(tokens(sentence)) for sentence in sentences[:-1]))
        found, meant = found + len(ends & read(text).boundaries), meant + len(ends)
    assert found > 0.8 * meant


# `|` is where a careless reader sees the end of a sentence.
WITHIN = """
It is untrue that Sec. | Holm ever agreed to it
We never met Mme. | Brandt, Asst. | Sec. | Vik or Atty. | Gen. | Lind at Ft. | Vela on Mt. | Orm
We told Lt. | Col. | Orm and Sgt. | Maj. | Lind, and Rear Adm. | Vik, of the count
No treaty binds the U.S. | Navy, the U.N. | Council or J. R. | Lind
It is false that, under No. | 4 and Art. | 12, Sec. | 3, they signed
We will not sign with Pitt and Co. | at any price, nor with Orm Inc. | for less
We will share it — would anybody not? | — except for this year
We will share it — and how! | – but not this year
Why not Yahoo! | Finance, which never signed
It rose by 3. | 5 per cent, and we wait... | Lind knows that… | Vik too
We will share (is that so? | Yes.) | every count of them
Nobody signed the “Why us?” | Group’s declaration
He asked “why?” | and left
Der Vertrag vom 1. | Mai und die Rede Ludwigs XIV. | Bourbon gelten nicht, so Hr. | Dr. | Orm, z. | B. | Vela
Es ist nicht wahr, dass Nr. | 5 und Abs. | 2 gelten
Nunca dijo la Sra. | Orm ni el Dr. | Vik, según el art. | 5 de EE. | UU. | Navales
Il n’est pas vrai que M. | Orm et Mme. | Vik ou Mlle. | Lind, cf. | Port, ont signé
Non è vero che il Dott. | Orm e l’Avv. | Lind abbiano firmato
Неверно, что проф. | Орм, г. | Вела и А. | С. | Линд подписали
我们不会同意《为什么？| 》一书的观点
他问“为什么？” | 的时候没有人回答
我们不会同意《鱼群声明》 | 的全部条款
大臣は「魚を数える。」 | と述べていない
""".strip().split("\n")


@pytest.mark.parametrize("line", WITHIN)
def test_no_sentence_ends_within(line: str) -> None:
    text = line.replace(" | ", " " if line[0] < "\u2e80" else "").replace("| ", "").replace("|", "") + "."
    source = read(text)
    assert sorted(source.boundaries - {0, len(source.tokens)}) == []


ENDS = {
    "a small word": "They said no. Nobody signed.",
    "a year": "They signed in 2024. Nobody knows why.",
    "a question": "Who signed? Nobody did.",
    "a quotation": "“We signed.” Nobody said so.",
    "a bracket of its own": "(They signed.) Nobody said so.",
    "a stage direction": "They signed. (Laughter.) Nobody said so.",
    "a Chinese question": "谁签署了？没有人。",
    "Spanish marks": "Nadie firmó. ¿Quién lo dijo?",
    "a bracket behind": "They signed (in May). Nobody said so.",
    "four dots": "They signed.... Nobody said so.",
}


@pytest.mark.parametrize("text", ENDS.values(), ids=ENDS)
def test_a_sentence_ends_behind(text: str) -> None:
    source = read(text)
    assert source.boundaries - {0, len(source.tokens)}


ENTRIES = ("（一）¦（二）、¦三、¦3、¦(4) ¦(iv) ¦(b) ¦2. ¦2.1. ¦II. ¦iv. ¦1) ¦• ¦• 3. ").split("¦")


@pytest.mark.parametrize("mark", ENTRIES)
def test_the_number_of_an_entry_is_no_part_of_it(mark: str) -> None:
    said = "双方同意继续会谈。" if "、" in mark or "（" in mark else "The talks go on in June."
    source = read(f"It is so\n\n{mark}{said}\n\nAnd so on")
    assert len(tokens("It is so " + mark)) in source.boundaries


@pytest.mark.parametrize("said", ["A. Orm never signed it", "1. Mai war kein Tag", "3.5 Million ships came"])
def test_what_only_looks_like_the_number_of_an_entry_is_kept(said: str) -> None:
    assert 4 not in read(f"So sei es\n\n{said}").boundaries


LABELS = (
    "MS. HOLM:¦SECRETARY HOLM:¦Q:¦Q¦QUESTION:¦Ms. Holm:¦Foreign Minister Holm:¦"
    "MR. MCDONALD (via interpreter):¦SECRETARY HOLM:  (Through interpreter)¦问：¦外交部发言人：¦记者：¦"
    "Вопрос:¦**MR. ORM:**¦GEN. O'BRIEN-VIK:¦Q  (In Chinese.)"
).split("¦")


@pytest.mark.parametrize("label", LABELS)
def test_a_speakers_name_is_no_part_of_what_is_said(label: str) -> None:
    said = "双方同意继续会谈。" if "：" in label else "We go on with the talks."
    source = read(f"It was so\n\n{label} {said}")
    assert len(tokens("It was so " + label)) in source.boundaries
    assert source.labels


NO_LABELS = (
    "In May:¦He said:¦FALSE:¦NOTE TO EDITORS:¦It is not true:¦We deny this:¦Minister Holm denies:¦"
    "王毅表示：¦他否认：¦谣言：¦双方不同意：¦THEY NEVER SAID:¦Fact check:¦"
    "Under three conditions:¦Mr. Holm’s answer was:"
).split("¦")


@pytest.mark.parametrize("words", NO_LABELS)
def test_other_words_before_a_colon_are_part_of_the_sentence(words: str) -> None:
    said = "双方同意继续会谈。" if "：" in words else "We go on with the talks."
    source = read(f"It was so\n\n{words} {said}")
    assert len(tokens("It was so " + words)) not in source.boundaries


def test_marks_of_notes_are_no_words() -> None:
    for plain, noted in {
        "the count of fish": "the count[1] of fish",
        "the count of fish.": "the count¹ of fish.²³",
        "each spring. They": "each spring.2 They",
        "each spring.” They": "each spring.”[12] They",
        "鱼群统计数字。他们": "鱼群统计数字〔1〕。[2]他们",
    }.items():
        assert tokens(noted) == tokens(plain)
    for figure in ("5 km²", "x³ is", "10²", "3.5 of", "Art. 2 The", "国发〔2024〕3号"):
        assert tokens(figure) != tokens(figure.translate(str.maketrans("", "", "²³25〔〕04")))
