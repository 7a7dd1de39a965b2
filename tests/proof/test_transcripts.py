"""Transcripts in the shapes that ministries publish: every sentence is proven, and none that was altered."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

import pytest

from diplomatic_timeline.proof.matching import find
from diplomatic_timeline.proof.pins import WINDOW, Pin, fingerprint
from diplomatic_timeline.proof.tokens import written

# Turns: who speaks, a stage direction or none, and the sentences.
ENGLISH = (
    ("HOLM", "", (
        "Good afternoon, everyone, and welcome to the harbour house on this grey day.",
        "We met for three hours with Sec. Lind of Norland and with her deputies.",
        "The U.S. side asked about the count, the fee, and Gen. Ortega’s letter of May 3.",
        "We told them that the count for 2024 stands at 3.5 million herring, no more and no less.",
        "It was, as Mr. Lind put it, “a bridge with one bank and no river” – and he was right.",
        "Should anyone wonder (and some do) whether the channel stays open, it does.",
        "Under Art. 12 of the convention, No. 4 on our list, the fee falls by 20% this year.",
        "Will it fall again next year?",
        "That depends on the ships, on the weather, and on nothing else that I can see!",
    )),
    ("QUESTION", "", (
        "Thank you for taking my question about the two ships off the skerry.",
        "Did your counterpart say “we will wait,” or did he only nod at you?",
    )),
    ("HOLM", "Via interpreter", (
        "He said nothing of the kind to me, and I did not ask him to.",
        "Our position – and we have said so since Jan. 2019 – has not moved by an inch.",
        "There is a saying here: count the fish before you count the money, and then count again.",
        "So we count them first; then we talk with Adm. J. R. Vik about the money.",
        "I should add that the so-called “equal waters” plan is not ours at all.",
        "Nobody in this room will be surprised to hear that the talks go on in June.",
    )),
    ("QUESTION", "", (
        "Can I follow up on that with one more thing about the lighthouse?",
        "It has been dark since November, hasn’t it, and the keepers’ wages are late.",
    )),
    ("HOLM", "Laughter", (
        "The lamp will burn again by the end of the week, I am told.",
        "It cost 1,200 crowns to mend it, which is not what the papers wrote.",
        "If they had asked, we would have told them that the wages were paid at 5 p.m. on Monday.",
        "Thank you all for coming, and mind the wet steps on your way out.",
    )),
)  # fmt: skip
CHINESE = (
    ("毛大海", "", ("我们愿意每年春天同各方分享鱼群的统计数字，这一点从未改变。",
        "双方就《北方航道公约》第12条交换了意见，并同意继续谈判。")),
    ("问", "", ("对方昨天表示“我们会等待”，你对此有何评论？", "灯塔已经熄灭三个月了，工资为什么还没有发？")),
    ("毛大海", "", ("我们已经多次就此表明立场：先数鱼，后谈钱！",
        "所谓“平等水域”方案不是我们提出的，也不会由我们来推动。",
        "会谈将于六月继续举行。")),
    ("记者", "", ("请问部长是否会出席下一轮会谈？",)),
    ("毛大海", "", ("目前没有可以发布的消息。", "谢谢大家冒雨前来，请注意门口的台阶。")),
)  # fmt: skip

Turns = tuple[tuple[str, str, tuple[str, ...]], ...]


def _turns(turns: Turns, line: Callable[[str, str, str], str], between: str) -> str:
    return between.join(line(name, said, " ".join(sentences)) for name, said, sentences in turns)


def _in_capitals(name: str, said: str, words: str) -> str:
    shown = "QUESTION" if name == "QUESTION" else f"MS. {name}"
    return f"{shown}:  {f'({said}.)  ' if said else ''}{words}"


def _in_letters(name: str, said: str, words: str) -> str:
    shown = "Gull News Agency" if name == "QUESTION" else "Eva Holm"
    return f"{shown}: {f'({said}) ' if said else ''}{words}"


def _by_letter(name: str, said: str, words: str) -> str:
    shown = "Q" if name == "QUESTION" else f"SECRETARY {name}:"
    return f"{shown}  {f'({said}.)  ' if said else ''}{words}"


def _in_bold(name: str, said: str, words: str) -> str:
    return f"**{_in_capitals(name, said, words).replace(':  ', ':** ', 1)}"


def _in_capitals_apart(name: str, said: str, words: str) -> str:
    return _in_capitals(name, said, words).replace(":  ", ":\n\n", 1)


SHAPES = {
    "capitals": _turns(ENGLISH, _in_capitals, "\n\n"),
    "letters": _turns(ENGLISH, _in_letters, "\n\n"),
    "a question without a colon": _turns(ENGLISH, _by_letter, "\n\n"),
    "bold": _turns(ENGLISH, _in_bold, "\n\n"),
    "a turn to a line": _turns(ENGLISH, _in_capitals, "\n"),
    "set to a width": _turns(ENGLISH, lambda *turn: textwrap.fill(_in_capitals(*turn), 72), "\n"),
    "a name on a line of its own": _turns(ENGLISH, _in_capitals_apart, "\n\n"),
    "straight marks": _turns(ENGLISH, _in_capitals, "\n\n").translate(str.maketrans("“”’–", "\"\"'-")),
    "Chinese": _turns(CHINESE, lambda n, s, words: f"{n}：{words.replace(' ', '')}", "\n\n"),
}  # fmt: skip


def _read(shape: str) -> tuple[Pin, list[str]]:
    turns: Turns = CHINESE if shape == "Chinese" else ENGLISH
    sentences = [s for _, _, said in turns for s in said]
    if shape == "straight marks":
        sentences = [s.translate(str.maketrans("“”’–", '""\'-')) for s in sentences]
    text = f"A briefing at the harbour house\n\n{SHAPES[shape]}\n\nThe briefing ended at noon.\n"
    return fingerprint(
        text, source="s", sha256="0" * 64, extractor="plain text", pinned="2031-05-06"
    ), sentences


@pytest.mark.parametrize("shape", SHAPES)
def test_every_sentence_is_proven_and_none_with_a_word_changed_nor_a_part_of_one(shape: str) -> None:
    """In each shape every fourth word is changed; between them, all are."""
    pin, sentences = _read(shape)
    assert [s for s in sentences if not find(s, pin).verified] == []
    first = [*SHAPES].index(shape) % 4
    assert [c for s in sentences for c in _mutations(s, first, 4) if find(c, pin).verified] == []
    assert [part for s in sentences for part in _cuts(s) if find(part, pin).verified] == []


def _spaced(sentence: str) -> tuple[list[str], str]:
    is_han = sentence[0] > "\u2e80"
    return (list(sentence) if is_han else sentence.split(), "" if is_han else " ")


def _mutations(sentence: str, first: int, step: int) -> Iterator[str]:
    words, space = _spaced(sentence)
    # Chinese is one of the shapes only: there, each character is changed.
    for at in range(first, len(words), step) if space else range(len(words)):
        if not written(words[at]):
            continue
        yield space.join((*words[:at], *words[at + 1 :]))
        yield space.join((*words[:at], "风" if not space else "lantern", *words[at + 1 :]))
        yield space.join((*words[:at], "不" if not space else "not", *words[at:]))


def _cuts(sentence: str) -> Iterator[str]:
    """Yield each part of a sentence from its beginning, and each to its end."""
    words, space = _spaced(sentence)
    count = len(written(sentence))
    for at in range(1, len(words)):
        for part in (space.join(words[:at]), space.join(words[at:])):
            if WINDOW <= len(written(part)) < count:
                yield part
