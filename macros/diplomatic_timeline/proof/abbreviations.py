"""Which words with a full stop behind them end no sentence.

The lists of Unicode CLDR and, but for English, of pySBD (`abbreviations.json`, written by
`.ci/abbreviations`) know few titles; those of offices and ranks, and what stands before names and numbers,
are added here for every language. A word that sentences do end with (`no`, `art`) counts as abbreviated only
before a number.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from diplomatic_timeline.proof.tokens import word_set

_ALWAYS = word_set("""
    adm amb ambs asst atty atgen bp brig brigen capt cardl cdr cdre chm chmn cllr cmdr cmdt col comdr
    commr comr cpl cpt ct dep dept depts det dir dr drs ens esq exec fr gen gens gov govs hon insp jr
    jun lieut lt ltc maj messrs mlle mlles mme mmes mr mrs ms msgr mgr mx ofc pfc pres prof profs pvt
    rep reps rev rt sec secs secy sen sens sfc sgt snr spc spec sr supt vadm min bgen lgen mgen radm ra
    fadm ald bros cie corp co inc ltd llc plc pty gmbh assn assoc dist div est intl mfg natl univ inst
    st ste mt mts ft ave blvd rd hwy bldg apt sig sigg sra sras srta srtas sres dott ssa avv ing geom
    rag on onn arch dra dña excmo excma ilmo ilma lic ldo lda mons ud uds vd vds núm págs pág avda cía
    ee uu ff aa rr hh jj oo cc hr hrn frl fa dipl med phil jur nat ministerialdir bzw ca evtl ggf inkl
    exkl zzgl usw vgl sog geb gest str bd hrsg abs ziff nr nrn kap mio mrd std tel tsd verf vorm zb dh
    ua resp allg einschl проф акад ген полк кап им ул г гг т тт д к н э стр рис тыс млн млрд руб обл оз
    пер пос просп пр см ср др чел экз изд ред св гр инж доц мл ст párr párrf parr ext cra nb ps vs viz
    cf eg ie etc et al approx fl vol vols figs jan feb aug sept oct nov janv févr avr juil déc ene abr
    ago dic giu lug ott dez okt янв февр апр авг сент окт нояб дек mon tue tues wed thu thur thurs fri
""")
# Of these, only the forms with a capital: the words themselves end sentences.
_CAPITAL = word_set("""
    Ala Ariz Ark Cal Calif Cap Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Mass Md Mich Minn Miss Mo
    Mont Neb Nev Okla Ont Ore Pa Penn Que Tenn Tex Va Vt Wash Wis Wyo Dak Is Ed Eds Op Mar Apr Dec Hon
    Me
""")
_BEFORE_NUMBER = word_set("""
    apr art arts ch chs cl dec ex fig jul jun mar no nos p pp para paras par pt sec sep vol abs reg res
    op doc pos lin line núm n nº ст п пп ч ок абз
""")
_EXCLAIMED = word_set("""
    yahoo jeopardy joomla yum oklahoma hooray wham ho kung
""")
# Words by which texts of a language are known.
_COMMON = {
    "de": "der die das und ist nicht mit von zu wir ein auf für",
    "en": "the of and to that is for it we with this you",
    "es": "el los las que y en por para una del con no",
    "fr": "le les des et est que pour une dans nous au qui",
    "it": "il di che per non una con del della sono gli è",
    "pt": "o os que do da em não para uma com dos é",
    "ru": "и в не на что с по как это мы к для",
}
# Words that begin sentences, and are no names and no nouns, in languages whose ordinals bear no full stop.
_STARTERS = word_set("""
    the a an and but so or we i you he she it they this that these those there what which who when where
    why how if in on at for from with as our your his her its their my not no yes now then also however
    let le la les l un une des nous je il elle ils elles ce cet cette ces mais et notre nos votre vos
    leur el los las una nosotros yo ella ellos esto esta este pero y nuestro nuestra su sus lo мы я он
    она они это этот эта но и а наш наша как что
""")


@cache
def _listed() -> dict[str, frozenset[str]]:
    data = json.loads(files(__package__).joinpath("abbreviations.json").read_text("utf-8"))
    found = {language: frozenset(words.split()) for language, words in data["languages"].items()}
    return {**found, "": frozenset().union(*found.values())}


def language(words: Iterable[str]) -> str:
    """Return the language (ISO 639) of a text by its commonest words, lower-case; "" where none is known."""
    counts = Counter(words)
    scores = {code: sum(counts[word] for word in common.split()) for code, common in _COMMON.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] else ""


def is_abbreviation(word: str, following: str, language: str) -> bool:
    """Return whether a word with a full stop behind it, and `following` after that, ends no sentence.

    `language` is the text's, as `language` returns it. Errs to that side.
    """
    word = re.split("['‘]", word)[-1] or word  # l'Avv.
    folded = word.casefold()
    if (len(word) == 1 and not word.isdecimal()) or folded in _ALWAYS or word in _CAPITAL:
        return True
    if folded in _BEFORE_NUMBER:
        return is_number(following)
    if not (word.isupper() or any(c in "aeiouyàâäæéèêëîïôöœùûüÿáíóúñåøаеёиоуыэюя" for c in folded)):
        return word.isalpha() and word[0] < "\u0590"  # Sgt., Cmdr., Hptm.: no word is spelt so
    listed = _listed().get(language) or _listed()[""]
    return word in listed or (word.istitle() and folded in listed)


def is_number(word: str) -> bool:
    """Return whether a word is a number in figures, or a Roman one."""
    return word[:1].isdecimal() or is_roman(word)


def is_roman(word: str) -> bool:
    """Return whether a word is written with the capitals of Roman numbers alone."""
    return bool(word) and all(c in "IVXLC" for c in word)


def is_exclaimed(word: str) -> bool:
    """Return whether a name is spelt with an exclamation mark: `Yahoo!`."""
    return word.casefold() in _EXCLAIMED


def begins_sentences(word: str) -> bool:
    """Return whether a word is one that begins sentences, rather than a name that goes on with one."""
    return word.casefold() in _STARTERS
