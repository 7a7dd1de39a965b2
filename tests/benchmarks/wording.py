"""Invented prose for invented records: names, titles, sentences and quotations, drawn by chance.

Common words come often and thousands of invented names seldom, as in real text, so that an index of words
grows as it would.
"""

from __future__ import annotations

import random
import re


def _words(text: str) -> list[str]:
    return text.split()


_ADJECTIVES = _words("""
candid frank constructive stable serious bilateral regional strategic economic military peaceful lasting
mutual growing continued open clear firm fair balanced deep broad temporary final joint new recent
commercial naval cultural financial technical legal coastal northern southern eastern western industrial
agricultural humanitarian orderly prudent unjustified reckless provocative unilateral long-standing
far-reaching well-known so-called
""")
_NOUNS = _words("""
dialogue relationship agreement dispute tariff border fishery strait harbour treaty summit visit
communiqué sanction embargo shipment patrol exercise channel hotline consulate delegation minister envoy
committee market currency loan subsidy investment pipeline railway satellite vaccine visa student scholar
journalist detainee archive ceasefire blockade garrison shipyard reef airspace quota licence patent
technology semiconductor chip battery vehicle mineral grain rice cotton steel coal cable network data
framework working-group principle commitment concern interest consensus difference tension
misunderstanding sovereignty security stability prosperity cooperation competition confrontation
interference aggression coercion restraint respect trust progress peace
""")
_VERBS = _words("""
welcomes rejects supports opposes reaffirms raises discusses postpones extends suspends resumes condemns
defends expands limits reviews protects questions recognises ignores violates respects strengthens
undermines accepts delays completes restores monitors
""")
_BARE = _words("""
welcome reject support oppose reaffirm raise discuss postpone extend suspend resume condemn defend expand
limit review protect recognise respect strengthen accept complete restore monitor
""")
_SUBJECTS = """the government|our side|the other side|the ministry|the delegation|this country|the committee|
both sides|the two navies|the parliament|the negotiators|our people|the region|the international
community|the working group|the administration""".replace("\n", " ").split("|")
_LINKS = ["and", "but", "while", "because", "although", "so that", "as long as", "and therefore"]
_PREPOSITIONS = _words("""
on over in after before despite without through under for
""")
_FIRST = _words("""
Anna Bertil Clara David Edith Frank Greta Harald Ingrid Johan Karin Lars Maria Nils Olga Peter Runa Sven
Thea Ulf Vera Walter Astrid Birger Dagny Einar Frida Gunnar Helga Ivar
""")
_STARTS = _words("""
Al Ber Cal Dor El Far Gun Hal Ing Jor Kal Lin Mar Nor Os Per Ros Sal Tor Ul Var Wes Yr
""")
_MIDDLES = _words("""
a e i o u an en er in on ar el or al is
""")
_ENDS = _words("""
berg by dal feld gard ham holm lund mark mo ness rud stad strand vik wick son sen
""")
_GIVEN = _words("""
wei jie min fang hua lei ming tao yan xin qiang bo chen guo hong jian kun ling ping rong
""")
CHINESE_SURNAMES = {
    "Wang": "王", "Li": "李", "Zhang": "张", "Liu": "刘", "Chen": "陈", "Yang": "杨", "Zhao": "赵",
    "Huang": "黄", "Zhou": "周", "Wu": "吴", "Xu": "徐", "Sun": "孙", "Hu": "胡", "Zhu": "朱", "Gao": "高",
    "Lin": "林", "He": "何", "Guo": "郭", "Ma": "马", "Luo": "罗", "Liang": "梁", "Song": "宋",
}  # fmt: skip
_CHARACTERS = (
    "我们双方希望关系稳定发展中国和平合作共同利益对话协商解决问题主权安全贸易海洋尊重互相原则立场坚决反对"
    "干涉内政支持加强交流经济技术文化教育青年人民友好世界地区局势紧张缓和谈判协议承诺履行义务责任历史未来"
)
_PAPERS = ("Times", "Courier & Post", "Herald", "Gazette", "Wire")
_OCCASIONS = (
    "Press briefing", "Interview", "Remarks to parliament", "Statement on arrival", "Evening reception",
    "Radio address", "Letter to the editor", "Remarks at the airport",
)  # fmt: skip


class Wording:
    """Draws words. Two of them with the same source of chance say the same."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.rare = [self._name() for _ in range(4000)]

    def _pick(self, words: list[str]) -> str:
        """Return one of the words, the first ones more often."""
        return words[int(len(words) * self.chance.random() ** 1.7)]

    def _name(self) -> str:
        middle = self.chance.choice(_MIDDLES) if self.chance.random() < 0.6 else ""
        return self.chance.choice(_STARTS) + middle + self.chance.choice(_ENDS)

    def noun(self) -> str:
        return self._pick(_NOUNS).replace("é", "e")

    def place(self) -> str:
        name = self._name()
        return f"{self.chance.choice(('Port', 'Fort', 'Old', 'Lake', 'Cape'))} {name}"

    def western_name(self) -> tuple[str, str]:
        """Return a given name and a family name."""
        given = self.chance.choice(_FIRST)
        if self.chance.random() < 0.2:
            given += f" {self.chance.choice(_STARTS)[0]}."
        return given, self._name()

    def eastern_name(self) -> tuple[str, str]:
        """Return a given name and a family name."""
        given = self.chance.choice(_GIVEN)
        if self.chance.random() < 0.7:
            given += self.chance.choice(_GIVEN)
        return given.capitalize(), self.chance.choice(list(CHINESE_SURNAMES))

    def newspaper(self) -> str:
        return (
            f"{self._name()} {self.chance.choice(('Times', 'Courier & Post', 'Herald', 'Gazette', 'Wire'))}"
        )

    def issue(self) -> str:
        kind = self.chance.random()
        noun = self._pick(_NOUNS)
        if kind < 0.4:
            return f"{self._pick(_ADJECTIVES)} {noun}".capitalize()
        if kind < 0.7:
            return f"{noun.capitalize()} and {self._pick(_NOUNS)}"
        return f"{self._name()} {noun}"

    def occasion(self) -> str:
        return f"{self.chance.choice(_OCCASIONS)} in {self.chance.choice(self.rare)}"

    def chinese(self, size: int) -> str:
        return "".join(self.chance.choices(_CHARACTERS, k=size))

    def chinese_sentence(self) -> str:
        clauses = [self.chinese(self.chance.randint(5, 14)) for _ in range(self.chance.randint(1, 3))]
        return f"{'，'.join(clauses)}。"

    def _object(self) -> str:
        noun = self._pick(_NOUNS)
        if self.chance.random() < 0.12:
            return f"the {self._pick(self.rare)} {noun}"
        if self.chance.random() < 0.5:
            return f"the {self._pick(_ADJECTIVES)} {noun}"
        return self.chance.choice((f"its {noun}", f"the other side’s {noun}", f"this {noun}", f"any {noun}"))

    def clause(self, most: int) -> str:
        """Return a main clause of at most about that many words."""
        found = f"{self._pick(_SUBJECTS)} {self._pick(_VERBS)} {self._object()}"
        while len(found.split()) < most - 3:
            found += f" {self._pick(_PREPOSITIONS)} {self._object()}"
        return " ".join(found.split()[:most])

    def sentence(self, least: int, most: int) -> str:
        size = self.chance.randint(least, most)
        found = self.clause(min(size, 12))
        while len(found.split()) < size - 4:
            room = min(12, size - len(found.split()))
            mark = self.chance.choice((", ", " – ", ", ", ", "))
            found += f"{mark}{self.chance.choice(_LINKS)} {self.clause(room)}"
        return f"{found[0].upper()}{found[1:]}."

    def paragraphs(self, number: int) -> str:
        return "\n\n".join(
            " ".join(self.sentence(8, 26) for _ in range(self.chance.randint(2, 4))) for _ in range(number)
        )

    def title(self) -> str:
        kind = self.chance.random()
        if kind < 0.35:
            return f"{self._pick(_ADJECTIVES).capitalize()} {self._pick(_NOUNS)} in {self._pick(self.rare)}"
        if kind < 0.9:
            clause = f"{self._pick(_SUBJECTS)} {self._pick(_VERBS)} {self._object()}"
            return f"{clause[0].upper()}{clause[1:]} {self._pick(_PREPOSITIONS)} {self._object()}"
        return f"Trade & {self._pick(_NOUNS)}: {self.clause(7)}"

    def promise(self) -> str:
        promise = f"{self._pick(_BARE).capitalize()} {self._object()}"
        return f"{promise} {self._pick(_PREPOSITIONS)} {self._object()}."

    def quotation(self) -> str:
        """Return somebody's words: most one sentence, some two or three words, some a paragraph."""
        size = int(self.chance.lognormvariate(2.9, 0.55))
        if self.chance.random() < 0.03:
            return f"{self._pick(_ADJECTIVES)} {self._pick(_NOUNS)}"
        if size > 40:
            text = f"{self.sentence(14, 28)} {self.sentence(14, min(size - 14, 40))}"
        else:
            text = self.sentence(max(6, size), max(6, size) + 3)
        found = self.chance.random()
        if found < 0.04:
            return f"{text} [...] {self.sentence(8, 16)}"
        if found < 0.08:
            first, _, rest = text.partition(" the ")
            return f"{first} the [{self._pick(_ADJECTIVES)}] {rest}" if len(rest.split()) > 4 else text
        return text

    @staticmethod
    def pieces(text: str) -> list[str]:
        """Return the parts of a quotation that its source prints in one piece each, without insertions."""
        parts = text.split(" [...] ")
        return [re.sub(r" ?\[[^\]]*\]", "", part) for part in parts]
