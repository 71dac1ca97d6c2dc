"""What does the dictionary know about a word? pymorphy3's parses beside universal tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from math import log10
from typing import Any

import pymorphy3

from reviewnlp.language import slovnet

MEMORY = 100_000
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
LATIN = re.compile(r"[a-z]", re.IGNORECASE)
DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")
STRESS = re.compile("[\u0300\u0301]")
LOOKALIKES = str.maketrans("aceopxyk", "асеорхук")
# pymorphy's parts of speech that each universal one may be, the likelier first
COUNTERPARTS = {
    "NOUN": ("NOUN", "ADJF", "PRTF", "NUMR"),
    "PROPN": ("NOUN", "ADJF", "PRTF"),
    "ADJ": ("ADJF", "ADJS", "PRTF", "PRTS", "COMP"),
    "DET": ("ADJF", "NPRO", "ADJS"),
    "PRON": ("NPRO", "ADJF"),
    "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"),
    "AUX": ("VERB", "INFN", "PRTF", "GRND"),
    "ADV": ("ADVB", "COMP", "PRED", "GRND", "CONJ", "PRCL"),
    "NUM": ("NUMR", "ADJF", "NOUN"),
}
# grammemes as universal features; those of one feature exclude one another
FEATURES = {
    "nomn": "Case=Nom", "gent": "Case=Gen", "gen2": "Case=Gen", "datv": "Case=Dat",
    "accs": "Case=Acc", "ablt": "Case=Ins", "loct": "Case=Loc", "loc2": "Case=Loc",
    "voct": "Case=Voc", "sing": "Number=Sing", "plur": "Number=Plur",
    "masc": "Gender=Masc", "femn": "Gender=Fem", "neut": "Gender=Neut",
    "anim": "Animacy=Anim", "inan": "Animacy=Inan", "perf": "Aspect=Perf", "impf": "Aspect=Imp",
    "past": "Tense=Past", "pres": "Tense=Pres", "futr": "Tense=Fut",
    "1per": "Person=1", "2per": "Person=2", "3per": "Person=3",
    "indc": "Mood=Ind", "impr": "Mood=Imp", "pssv": "Voice=Pass", "actv": "Voice=Act",
}  # fmt: skip
GRAMMEMES = {feature: grammeme for grammeme, feature in reversed(FEATURES.items())}
# what pymorphy's part of speech says by itself
FORMS = {
    "VERB": ("VerbForm=Fin",), "INFN": ("VerbForm=Inf",), "GRND": ("VerbForm=Conv",),
    "PRTF": ("VerbForm=Part",), "PRTS": ("VerbForm=Part", "Variant=Short"),
    "ADJS": ("Variant=Short",), "COMP": ("Degree=Cmp",), "ADJF": ("Degree=Pos",), "ADVB": ("Degree=Pos",),
}  # fmt: skip
REPLACEMENT = "\ufffd"
STRONG = 3.0
FREQUENCY_WEIGHT = 0.3
VERBAL = {"VERB", "INFN", "PRTF", "PRTS", "GRND"}


class _Dictionary(pymorphy3.MorphAnalyzer):  # type: ignore[misc]  # pymorphy3 comes without types
    """pymorphy3, which fails on letters that this Python's Unicode tables do not name (Tangut)."""

    def parse(self, word: str) -> list[Any]:
        try:
            return list(super().parse(word))
        except ValueError:
            unknown = super().parse(REPLACEMENT)
            return [parse._replace(word=word, normal_form=word) for parse in unknown]


@cache
def analyzer() -> Any:
    """The dictionary, loaded once per process."""
    return _Dictionary(lang="ru")


def normalized(form: str) -> str:
    """A word as the dictionary writes it: lower case, one alphabet, no stress marks.

    A Cyrillic word with Latin letters that only look Cyrillic becomes all Cyrillic; letters
    drawn out («спасиииибо») are shortened where that gives a word.
    """
    word = STRESS.sub("", form.lower())
    if CYRILLIC.search(word):
        cyrillic = word.translate(LOOKALIKES)
        word = word if LATIN.search(cyrillic) else cyrillic
        short = DRAWN_OUT.sub(r"\1", word)
        word = short if short != word and known(short) else word
    return word


@lru_cache(maxsize=MEMORY)
def parses(word: str) -> tuple[Any, ...]:
    """The dictionary's parses of a word, or guesses for one that it does not know."""
    return tuple(analyzer().parse(word))


def known(word: str) -> bool:
    """Whether the dictionary has the word."""
    return bool(analyzer().word_is_known(word))


def is_adverb(word: str) -> bool:
    """Whether the dictionary has the word as an adverb."""
    return known(word) and any(parse.tag.POS == "ADVB" for parse in parses(word))


def universal_features(parse: Any) -> set[str]:
    """Universal features (`Case=Nom`) of a parse."""
    tag = parse.tag
    return {FEATURES[grammeme] for grammeme in tag.grammemes if grammeme in FEATURES} | set(
        FORMS.get(tag.POS, ())
    )


def best_parse(word: str, pos: str, wanted: Iterable[str]) -> Any:
    """The parse that suits a universal part of speech ("" for any) and features best."""
    features = tuple(wanted)
    return max(parses(word), key=lambda parse: _agreement(parse, pos, features))


def _agreement(parse: Any, pos: str, wanted: Iterable[str]) -> float:
    """How well a parse suits; the parse's own odds and the lemma's frequency decide ties."""
    order = COUNTERPARTS.get(pos, ())
    score = 2 * STRONG - order.index(parse.tag.POS) if parse.tag.POS in order else 0.0
    found = universal_features(parse)
    for feature in wanted:
        if feature in found:
            score += STRONG if feature in DECISIVE else 1.0
    common = frequency(parse.normal_form, parse.tag.POS in VERBAL)
    return score + float(parse.score) + FREQUENCY_WEIGHT * common


DECISIVE = {feature for features in FORMS.values() for feature in features} - {"Degree=Pos"}


@lru_cache(maxsize=MEMORY)
def frequency(lemma: str, verb: bool) -> float:
    """Decimal logarithm of a lemma's count in navec's news corpus; 0 for one unseen there.

    Words that share the form share the count: «стать» is counted as a verb and as a noun,
    «подводной» mostly as a form of «подводный».
    """
    vocabulary = slovnet.navec().vocab
    position = vocabulary.word_ids.get(lemma)
    if position is None:
        return 0.0
    share = sum(
        parse.score
        for parse in parses(lemma)
        if parse.normal_form == lemma and (parse.tag.POS in VERBAL) == verb
    )
    return max(0.0, log10(vocabulary.counts[position] * share + 1))
