"""The names before the colons of a transcript, and whether one is a quotation's speaker.

A name in capitals (`SECRETARY HOLM:`), with a title (`Ms. Holm:`) or a role (`Q:`, `Question:`, `问：`) is
surely one. Another short line of capitalised words (`Eva Holm:`), or of Han without a verb (`毛大海：`), is
one where the text has others, or where it names the speaker that a quotation gives.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from diplomatic_timeline.proof.tokens import CJK, tokens, word_lists

# What a transcript says of how it was said. Anything else in brackets is part of what is said.
DIRECTION = re.compile(
    r"^\s*(?:(?:simultaneous|consecutive|english|chinese)\s+)?"
    r"(?:(?:through|via|by|with|speaking\s+through)\s+(?:an?\s+|the\s+)?(?:interpret|translat)\w*"
    r"|(?:as\s+)?(?:interpret|translat|deliver)\w*(?:\s+(?:from|in)\s+\w+)?"
    r"|(?:speak\w*\s+)?in\s+[A-Z]\w+|laugh\w*|applause|cheers?|inaudible|cross-?\s?talk|off-?\s?mi\w+|pause"
    r"|no\s+(?:audible\s+)?response|technical\s+difficult\w+|музыка|смех|аплодисменты|rires?|applaudissements"
    r"|beifall|gelächter|risas?|aplausos?|通过翻译|经翻译|翻译|笑声?|众?笑|掌声|通訳)\W*$",
    re.I,
)
_WORDS = word_lists()["speakers"]
_ROLE_OF = {word: role for role, words in _WORDS["roles"].items() for word in words.split()}
_TITLES, _NO_NAMES, _PARTICLES = (
    frozenset(_WORDS[name].split()) for name in ("titles", "no_names", "particles")
)
_NO_HAN_NAME = re.compile(
    "说|表示|指出|强调|称|认为|否认|重申|宣布|宣称|谈到|提到|问道|介绍|回应|补充|透露|警告|呼吁|如下|不|没|未|是|的|了|将"
    "|与|对|就|这|那|其|谣言|传闻|误解|误区|虚假|假|真相|事实|^注|附|来源|时间|地点|主题|标题|背景|结论|声明|消息|报道|编者|摘要|日期"
    "|电话|链接|說|強調|稱|認為|否認|宣佈|謠言|回應|我|你|他|她|们|們|决定|同意|承诺|一"
)
# Blanks are taken once, before the name and behind it, so that none of them is tried anew.
_HEAD = re.compile(
    r"[\s*]*(?![\s*])(?P<name>[^:\n\"“”?!。,;\[\]]{1,80}?)"
    r"\s*(?:[(\[](?P<said>[^()\[\]]{1,60})[)\]]\s*)?(?:\*\s*)?:[*\s]*"
)
_BARE = re.compile(r"[\s*]*(?P<name>Q|A)(?=\s)(?:\s*\((?P<said>[^()]{1,60})\))?\s+(?=[A-Z\"“(])")
_AFTER = re.compile(r"\s*[(\[](?P<said>[^()\[\]]{1,60})[)\]]\s*")
_HAN = re.compile(rf"[{CJK}/·\s]{{1,16}}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A speaker's name at a paragraph's beginning.

    `named` is where it ends in the paragraph, colon and all; `begins` where the words begin, behind a stage
    direction; `sure` says whether it is one whatever else the text has.
    """

    name: str
    named: int
    begins: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's name: the gap between tokens in which the turn begins, what it is, whether it is sure."""

    position: int
    name: str
    sure: bool


def heading_of(paragraph: str) -> Heading | None:
    """Return the speaker's name with which a folded paragraph begins, or None."""
    found = _HEAD.match(paragraph)
    if found is None or not (kind := _kind(found["name"], found["said"])):
        found = _BARE.match(paragraph)
        # One blank behind an `A` is most often no answer's.
        if found is None or (found["name"] == "A" and not re.match(r"[\s*]*A(?:\s{2,}|\t)", paragraph)):
            return None
        kind = "sure"
    named = begins = found.end()
    if (after := _AFTER.match(paragraph, named)) and DIRECTION.match(after["said"]):
        begins = after.end()
    following = paragraph[begins:].lstrip(" \"“‘'*")
    if kind != "sure" and following[:1].islower():
        return None
    return Heading(" ".join(found["name"].replace("*", " ").split()), named, begins, kind != "weak")


def _kind(name: str, said: str | None) -> str:
    """Return `sure`, `titled` or `weak` for what may be a speaker's name; "" for what is none."""
    name = name.replace("*", " ").strip()
    if said is not None and not DIRECTION.match(said) and len(said.split()) > 4:
        return ""
    if _role(name):
        return "sure"
    if re.match(f"[{CJK}]", name):
        if not _HAN.fullmatch(name) or _NO_HAN_NAME.search(name):
            return ""
        if re.search("(?:记者|發言人|发言人|主持人|記者)$", name):
            return "sure"
        return "weak" if len(name) <= (12 if "/" in name or "·" in name else 8) else ""
    words = [word for word in re.split(r"[\s/]+", name) if word]
    plain = [word.strip(".'‘-").casefold() for word in words]
    if not 1 <= len(words) <= 8 or any(part in _NO_NAMES for word in plain for part in word.split("-")):
        return ""
    if not any(c.isalpha() for c in name) or re.search(r"\d|[%$]", name) or len(name) < 2:
        return ""
    rest = re.sub(r"\bM(?:a?)c(?=[A-Z])", "", name)
    if not any(c.islower() for c in rest) and any(len(word) > 1 for word in plain):
        return "sure"
    if not all(w[0].isupper() or p in _PARTICLES for w, p in zip(words, plain, strict=True)):
        return ""
    if re.search(r"[a-zà-ÿ]{4}\.\s", name) or not words[0][0].isupper():
        return ""
    return "titled" if len(words) <= 5 and plain[0] in _TITLES and plain[0] != "the" else "weak"


def _role(name: str) -> str | None:
    """Return the role that a name is, with a number behind it or without: `Question 2`."""
    end = len(name)
    while end and name[end - 1].isdecimal():
        end -= 1
    while end and not (name[end - 1].isalnum() or name[end - 1] == "_"):
        end -= 1
    return _ROLE_OF.get(name[:end].casefold())


def sure_labels(labels: Sequence[Label]) -> tuple[Label, ...]:
    """Return the labels of a text, those that others beside them make sure included."""
    names = Counter(label.name for label in labels)
    recurring = any(count > 1 for count in names.values()) and len(labels) > 2
    if (any(label.sure for label in labels) and len(names) > 1) or recurring:
        return tuple(replace(label, sure=True) for label in labels)
    # One word alone is most often a heading.
    return tuple(a for a in labels if a.sure or " " in a.name or re.match(f"[{CJK}]", a.name))


def names_another(label: str, speakers: Iterable[Sequence[str]]) -> bool:
    """Return whether a label names somebody who is none of the speakers, each given by all of their names.

    Questions are nobody's but a reporter's. A label that names an office alone may be anyone's.
    """
    if role := _role(label):
        return role == "questioner"
    given = [token for token in map(_plain, tokens(label)) if token not in _TITLES]
    if re.match(f"[{CJK}]", label):
        said = "".join(given)
        if re.search("(?:记者|記者)$", said):
            return True
        names = ["".join(map(_plain, tokens(name))) for speaker in speakers for name in speaker]
        han = [name for name in names if re.match(f"[{CJK}]", name)]
        return bool(han) and not any(name in said or said in name for name in han)
    given = [token for token in given if len(token) > 1 and token not in _ROLE_OF]
    if not given:
        return False
    known = [{_plain(token) for name in speaker for token in tokens(name)} for speaker in speakers]
    return bool(known) and not any(words & set(given) for words in known)


def names_one(label: str, speakers: Iterable[Sequence[str]]) -> bool:
    """Return whether a label has the name of one of the speakers."""
    held = set(map(_plain, tokens(label)))
    run = "".join(tokens(label))
    return any(
        set(map(_plain, tokens(name))) & (held - _TITLES) - _ROLE_OF.keys()
        if not re.match(f"[{CJK}]", name)
        else name in run or run in name
        for speaker in speakers
        for name in speaker
    )


def _plain(token: str) -> str:
    """Return a token without accents, as transcripts leave them out."""
    return "".join(c for c in unicodedata.normalize("NFD", token) if not unicodedata.combining(c))
