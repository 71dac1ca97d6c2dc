"""What is a word's dictionary form? pymorphy3's parses, chosen by part of speech and features.

Lemmas follow the conventions of Universal Dependencies' Russian treebanks: a participle tagged
as a verb has the infinitive, comparatives have the positive, closed classes and words that the
dictionary treats otherwise are listed in `data/lemma_words.tsv` and `data/lemma_pairs.tsv`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from reviewnlp.language import dictionary
from reviewnlp.language.dictionary import CYRILLIC, MEMORY, analyzer
from reviewnlp.resources import rows, words

__all__ = ["Lemmatizer", "analyzer", "create_lemmatizer", "lemma"]

# parts of speech whose words do not inflect: the lemma is the word
UNINFLECTED = {"ADP", "CCONJ", "SCONJ", "PART", "INTJ", "PUNCT", "SYM", "SPACE"}
NOMINAL = {"NOUN", "PROPN"}
NOMINATIVE = {"Case=Nom", "Number=Sing"}
ADVERBIAL = {"ADVB", "PRED", "CONJ", "PRCL", "PREP", "INTJ", None}
# «его», «её», «их» are pronouns by themselves and determiners before their noun; «все» the like
POSSESSIVES = {"его", "ее", "её", "их"}
ALL = {"все", "всех", "всем", "всё", "всего"}
ARGUMENTS = {"nsubj", "nsubj:pass", "obj", "iobj", "obl"}
SURNAME_ENDINGS = ("ов", "ев", "ёв", "ин", "ын")
# a short form in the neuter agrees with nothing here: it is an adverb
ADJUNCTS = {"advmod", "amod", "nmod", "obj", "iobj", "obl"}
INITIAL = re.compile(r"[А-ЯЁ]\.")
ORDINAL = re.compile(r"(\d+)-_?(?:й|го|ого|му|м|ом|я|ю|ой|ый|ий|х|ых|ми|ыми)")
DECADE = re.compile(r"\d+-е")


@cache
def conventions() -> dict[tuple[str, str], str]:
    """Lemmas by (part of speech, form): the treebanks' conventions for single words."""
    return {(row[0], row[1]): row[2] for row in rows("language", "lemma_words.tsv")}


@cache
def pairs() -> dict[tuple[str, str], tuple[str, str]]:
    """Lemmas of two words in a row: abbreviations that only the neighbour makes clear."""
    return {(row[0], row[1]): (row[2], row[3]) for row in rows("language", "lemma_pairs.tsv")}


@Language.factory(
    "reviewnlp_lemmatizer", requires=["token.pos", "token.morph", "token.dep"], assigns=["token.lemma"]
)
def create_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    """Component that sets lemmas by the conventions of Universal Dependencies."""
    return Lemmatizer()


class Lemmatizer:
    """Lemma of every token, from its form, part of speech, features and relation."""

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.lemma_ = lemma(_with_stop(token), _part_of_speech(token), str(token.morph))
        for token in doc:
            following = _next_word(token)
            pair = following and pairs().get((token.text.rstrip("."), following.text.rstrip(".")))
            if following and pair:
                token.lemma_, following.lemma_ = pair
        return doc


def _with_stop(token: Token) -> str:
    """The token's text, with the full stop that makes it a known abbreviation («ул» + «.»)."""
    stop = token.doc[token.i + 1 : token.i + 2].text == "." and not token.whitespace_
    known = stop and (token.pos_, f"{token.lower_}.") in conventions()
    return f"{token.text}." if known else token.text


def _next_word(token: Token) -> Token | None:
    """The token that follows, a full stop between passed over."""
    after = token.doc[token.i + 1 : token.i + 3]
    return next((word for word in after if word.text != "."), None)


def _part_of_speech(token: Token) -> str:
    """The token's part of speech, where its relation shows that the tagger chose the wrong one."""
    pos, relation = token.pos_, token.dep_
    if (
        pos == "PRON"
        and token.lower_ in POSSESSIVES
        and relation in {"det", "nmod"}
        and token.head.i > token.i
    ):
        return "DET"
    if pos == "DET" and relation in ARGUMENTS and token.lower_ in ALL:
        return "PRON"
    if pos == "ADJ" and relation in ADJUNCTS and "Variant=Short" in token.morph:
        return "ADV" if dictionary.is_adverb(dictionary.normalized(token.text)) else pos
    return pos


@lru_cache(maxsize=MEMORY)
def lemma(form: str, pos: str, features: str = "") -> str:
    """Dictionary form of a word, in lower case.

    `pos` is a universal part of speech, `features` its features as `Case=Nom|Number=Sing`.
    """
    if len(form) > 1 and form[0] in "#@":
        return form[0] + lemma(form[1:], "NOUN" if dictionary.known(form[1:].lower()) else "X")
    word = dictionary.normalized(form)
    if pos in NOMINAL and INITIAL.fullmatch(form):
        return word
    listed = conventions().get((pos, word)) or conventions().get(("*", word))
    if listed is not None:
        return listed
    if pos in UNINFLECTED or not CYRILLIC.search(word):
        return word
    if word[0].isdigit() and (pos == "NUM" or "-" in word):
        return _of_number(word, pos, features)
    if pos == "X" and not dictionary.known(word):
        return word
    return _inflected(word, pos, frozenset(features.split("|")))


def _of_number(word: str, pos: str, features: str) -> str:
    """«28-го» → «28-й»; decades and groups («1990-е») keep their plural."""
    if DECADE.fullmatch(word):
        return word
    ordinal = ORDINAL.fullmatch(word)
    return f"{ordinal[1]}-й" if ordinal else _inflected(word, pos, frozenset(features.split("|")))


def _inflected(word: str, pos: str, wanted: frozenset[str]) -> str:
    parse = dictionary.best_parse(word, "" if pos == "X" else pos, wanted)
    kind = parse.tag.POS
    if pos in NOMINAL and wanted >= NOMINATIVE and _is_nominative(word, pos):
        return word
    if pos == "ADV":
        if kind == "COMP":
            return _positive_adverb(parse)
        return word if kind in ADVERBIAL else str(parse.normal_form)
    if pos in NOMINAL and kind in {"PRTF", "NOUN"}:
        return _nominative(parse)
    return str(parse.normal_form)


def _is_nominative(word: str, pos: str) -> bool:
    """Whether a word that is tagged as nominative singular can be one."""
    if not dictionary.known(word):
        return True
    return pos == "PROPN" and (
        word.endswith(SURNAME_ENDINGS)
        or any({"nomn", "sing"} in parse.tag for parse in dictionary.parses(word))
    )


def _nominative(parse: Any) -> str:
    """Nominative singular in the noun's own gender (of a surname, pymorphy's lemma is a man's).

    A participle is a noun where it is listed as one («управляющий»), otherwise a verb.
    """
    if parse.tag.POS == "PRTF":
        form = parse.inflect({"sing", "masc", "nomn"})
        if form is None or form.word not in words("language", "participle_nouns.tsv"):
            return str(parse.normal_form)
    else:
        form = parse.inflect({"nomn"} if "Pltm" in parse.tag else {"nomn", "sing"})
    return str(form.word if form else parse.normal_form)


def _positive_adverb(parse: Any) -> str:
    """The adverb of a comparative: «быстрее» → «быстро»."""
    for adjective in dictionary.parses(parse.normal_form):
        adverb = adjective.inflect({"ADJS", "neut", "sing"})
        if adverb and dictionary.is_adverb(adverb.word):
            return str(adverb.word)
    return str(parse.normal_form)
