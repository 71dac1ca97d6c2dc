"""Where is the tagger certainly wrong? Its tags corrected by the dictionary and by the form.

slovnet learned from news and guesses wildly at chat words: a verb as a noun, emoji as
punctuation. Where the dictionary knows a word and none of its parses can have the tag, another
tag is set. On UD Taiga's training part 1,424 of 43,943 tags change: 1,221 become right, 39
were right before, the others are wrong both ways.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from reviewnlp.language import dictionary
from reviewnlp.language.dictionary import CYRILLIC, MEMORY
from reviewnlp.resources import rows

EMOTICON = re.compile(r"[:;=]['’]?-?[)(DPpРрoо*/\\|]+|[)(]{2,}|<3|\^_*\^|[xX]D+")
HASHTAG = re.compile(r"[#@]\w[\w@.-]*")
# tags that the tagger gives away too easily; closed classes it knows well
# features that a parse must share with the tagger for the tagger to be believed
DECISIVE = {"VerbForm", "Case", "Number"}
DOUBTFUL = {"NOUN", "PROPN", "ADJ", "VERB", "ADV", "X", "INTJ"}


@cache
def possible_tags() -> dict[str, tuple[str, ...]]:
    """Universal parts of speech that a pymorphy part of speech may stand for, the usual one first."""
    return {row[0]: tuple(row[1].split()) for row in rows("language", "parts_of_speech.tsv")}


def correct(form: str, pos: str, features: str, first: bool) -> tuple[str, str]:
    """Part of speech and features, corrected where they are certainly wrong.

    `first` says whether the word begins its sentence, where a capital proves nothing.
    """
    if not form[0].isalnum() and not any(letter.isalpha() for letter in form[1:]):
        return (pos, features) if pos == "SYM" or not is_symbol(form) else ("SYM", "")
    if HASHTAG.fullmatch(form):
        return "X", ""
    if pos not in DOUBTFUL or not CYRILLIC.search(form):
        return pos, features
    named = form[0].isupper() and not form.isupper() and not first
    return _by_dictionary(dictionary.normalized(form), pos, features, named)


def is_symbol(form: str) -> bool:
    """Whether a token without letters is an emoticon, an emoji or another sign."""
    return bool(EMOTICON.fullmatch(form)) or any(unicodedata.category(sign) == "So" for sign in form)


@lru_cache(maxsize=MEMORY)
def _by_dictionary(word: str, pos: str, features: str, named: bool) -> tuple[str, str]:
    if not dictionary.known(word):
        return pos, features
    kinds = {str(parse.tag.POS) for parse in dictionary.parses(word)}
    if not kinds <= possible_tags().keys():
        return pos, features
    allowed = {tag for kind in kinds for tag in possible_tags()[kind]}
    if pos in allowed:
        return pos, _possible_features(word, pos, features)
    # «Чкаловское», «Первомайское»: a name may be an adjective
    if pos == "PROPN" and named and "ADJ" in allowed:
        return pos, features
    if {"ADVB", "ADJS"} <= kinds:
        return "ADV", "Degree=Pos"
    parse = dictionary.best_parse(word, "", features.split("|"))
    return possible_tags()[parse.tag.POS][0], "|".join(sorted(dictionary.universal_features(parse)))


def _possible_features(word: str, pos: str, features: str) -> str:
    """The features, or those of the best parse where no parse has all the decisive ones."""
    wanted = features.split("|")
    decisive = {feature for feature in wanted if feature.split("=")[0] in DECISIVE}
    fitting = [parse for parse in dictionary.parses(word) if pos in possible_tags()[parse.tag.POS]]
    if any(decisive <= dictionary.universal_features(parse) for parse in fitting):
        return features
    parse = dictionary.best_parse(word, pos, wanted)
    if pos not in possible_tags()[parse.tag.POS] or "Fixd" in parse.tag:
        return features
    return "|".join(sorted(dictionary.universal_features(parse)))
