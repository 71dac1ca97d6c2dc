"""How far does a noun phrase that describes a person go, and what is its dictionary form?

«сказала женщина в зелёном пальто из третьего ряда, поправляя очки» → «женщина в зелёном пальто»:
adjectives before the noun, genitives after it and one prepositional phrase; clauses stay out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from reviewnlp.annotations import Gender
from reviewnlp.language.dictionary import analyzer
from reviewnlp.resources import words

MODIFIERS = ("ADJ", "DET")
OPENING, CLOSING = '«"„', '»"“'
PREPOSITIONS = ("в", "во", "с", "со", "из", "от", "на", "по", "без", "у", "при", "за", "под")
# «ведущий», «знакомая», «присутствующие»: adjectives and participles used as nouns for people
NOMINALISED = re.compile(r"(щ(ий|ая|ие)|вш(ий|ая|ие)|ом(ый|ая|ые))$")
_PYMORPHY = {
    "Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct",
    "Sing": "sing", "Plur": "plur", "Masc": "masc", "Fem": "femn", "Neut": "neut",
}  # fmt: skip


class Phrase(NamedTuple):
    """A noun phrase: token positions (half-open) and its head."""

    first: int
    end: int
    head: int

    def start_char(self, doc: Doc) -> int:
        """Code point where the phrase begins."""
        return int(doc[self.first].idx)

    def end_char(self, doc: Doc) -> int:
        """Code point where the phrase ends."""
        last = doc[self.end - 1]
        return int(last.idx + len(last))


@lru_cache(maxsize=20_000)
def is_person_noun(lemma: str) -> bool:
    """Whether the dictionary has the word as an animate noun that is not a name."""
    if NOMINALISED.search(lemma) is not None:
        return True
    for parse in analyzer().parse(lemma):
        named = any({mark} in parse.tag for mark in ("Name", "Surn", "Patr"))
        own_form = parse.is_known and parse.normal_form.replace("ё", "е") == lemma.replace("ё", "е")
        if own_form and not named and {"NOUN", "anim"} in parse.tag:
            return True
    return False


def noun_phrase(head: Token, prepositional: bool = True) -> Phrase:
    """The phrase around a noun."""
    doc = head.doc
    first = head.i
    while first > 0 and _modifies(doc[first - 1], head):
        first -= 1
    end = head.i + 1
    used_preposition = not prepositional
    quoted = False
    borrowed: Token | None = None
    while end < len(doc):
        token = doc[end]
        if quoted:
            quoted = token.text not in CLOSING
        elif token.text in OPENING and _closes(doc, end):
            quoted = True
        elif token.pos_ == "ADP" and not used_preposition and _tells_who(token, head):
            used_preposition = True
            borrowed = token.head
        elif not (
            _continues(doc, end, head) or (borrowed is not None and _continues(doc, end, borrowed, True))
        ):
            break
        end += 1
    while end > head.i + 1 and doc[end - 1].pos_ in ("ADP", "CCONJ", "ADJ", "DET", "SPACE"):
        end -= 1
    return Phrase(first, end, head.i)


def _modifies(token: Token, head: Token) -> bool:
    """Whether a word before the noun agrees with it."""
    agrees = (token.pos_ in MODIFIERS or "VerbForm=Part" in str(token.morph)) and token.is_alpha
    agrees = agrees and token.morph.get("Variant", []) != ["Short"]
    cases = set(token.morph.get("Case", [])) | set(head.morph.get("Case", []))
    same_case = len(cases) < 2 or (cases == {"Gen", "Acc"} and "Anim" in head.morph.get("Animacy", []))
    deictic = words("people", "deictic.tsv")
    inside = token.head.i == head.i or token.head.head.i == head.i or token.i + 1 == head.i
    pronoun = token.pos_ == "DET" and bool(token.morph.get("Poss", []) or token.lemma_ in deictic)
    return agrees and same_case and inside and not pronoun and token.lemma_ not in deictic


def _tells_who(preposition: Token, head: Token) -> bool:
    """Whether a prepositional phrase after the noun describes it («мужчина с балкона»).

    Parsers hang it on the verb of speech as often as on the noun; verbs of speech seldom
    take one, but for the time and manner of speaking (`not_places.tsv`).
    """
    noun = preposition.head
    if preposition.text.lower() not in PREPOSITIONS or noun.i < preposition.i:
        return False
    if noun.lemma_.lower() in words("people", "not_places.tsv"):
        return False
    if _belongs(noun, head):
        return True
    beside = preposition.i == head.i + 1 and preposition.text.lower() in ("в", "во", "с", "со", "из", "без")
    if beside and preposition.lower_ == "из":
        return True
    return beside and head.dep_.startswith("nsubj")


def _closes(doc: Doc, opening: int) -> bool:
    return any(token.text in CLOSING for token in doc[opening + 1 : opening + 7])


def _belongs(token: Token, head: Token) -> bool:
    """Whether a word depends on the phrase's head, directly or through nouns, and stands after it."""
    for _ in range(6):
        if token.i == head.i:
            return True
        if (
            token.head.i == token.i
            or token.pos_ in ("VERB", "AUX")
            or token.dep_ in ("conj", "parataxis", "acl")
        ):
            return False
        token = token.head
    return False


def _continues(doc: Doc, i: int, head: Token, of_preposition: bool = False) -> bool:
    """Whether a word after the noun is still part of the phrase; `of_preposition`: after «с», «в»."""
    token = doc[i]
    if of_preposition and token.i == head.i:
        return True
    if token.lower_ in ("справа", "слева", "сзади", "спереди", "сверху", "снизу") and i == head.i + 1:
        return True
    if token.ent_type_ == "LOC" and token.morph.get("Case", []) == ["Gen"]:
        return True
    if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "DET") or token.text == "№":
        before = doc[i - 1]
        nominative = "Nom" in token.morph.get("Case", []) and token.pos_ in ("NOUN", "PROPN")
        apart = token.dep_ in ("appos", "nsubj", "obj", "obl", "iobj", "conj", "parataxis", "acl")
        own = _belongs(token, head) and not (apart and token.head.i == head.i)
        return own and not nominative and "VerbForm" not in str(token.morph) and before.text != ","
    return (
        token.pos_ == "ADP"
        and token.text in ("из", "от")
        and _belongs(token.head, head)
        and doc[i - 1].pos_ == "NUM"
    )


def nominative(doc: Doc, phrase: Phrase) -> str:
    """The phrase with its head and agreeing modifiers in the nominative, the rest as written."""
    head = doc[phrase.head]
    number = (head.morph.get("Number", []) or ["Sing"])[0]
    gender = noun_gender(head)
    pieces = []
    for token in doc[phrase.first : phrase.end]:
        text = token.text
        if token.i == head.i:
            text = _to_nominative(token, number, None)
        elif token.i < head.i:
            text = _to_nominative(token, number, gender)
        pieces.append(text + token.whitespace_)
    name = "".join(pieces).strip()
    if len(head.text) > 3 and head.is_upper and is_person_noun(head.lemma_.lower()):
        return " ".join(name.lower().split())
    sentence_start = doc[phrase.first].is_sent_start or (
        phrase.first and doc[phrase.first - 1].text in '«"—–-:'
    )
    proper = doc[phrase.first].ent_type_ in ("ORG", "LOC") or name[:2].isupper()
    if doc[phrase.first].text[0].isupper() and (sentence_start or not proper) and not name[:2].isupper():
        known_lower = analyzer().word_is_known(name.split()[0].lower())
        name = name[0].lower() + name[1:] if known_lower and not proper else name
    return " ".join(name.split())


def noun_gender(token: Token) -> str:
    """`Masc`, `Fem`, `Neut` or "" of a noun, by the tagger, else by the dictionary."""
    return (token.morph.get("Gender", []) or [""])[0]


def person_gender(token: Token) -> Gender | None:
    """Gender of the person that a noun describes, where the noun tells it."""
    genders: dict[str, Gender] = {"Masc": "masc", "Fem": "fem"}
    return None if token.morph.get("Number", []) == ["Plur"] else genders.get(noun_gender(token))


def _to_nominative(token: Token, number: str, gender: str | None) -> str:
    """A word in the nominative of a number (and gender, for modifiers), its capitals kept."""
    case = (token.morph.get("Case", []) or ["Nom"])[0]
    parses = analyzer().parse(token.text.lower())
    wanted = {_PYMORPHY.get(case, "nomn"), _PYMORPHY[number]}
    kind = ("NOUN",) if token.pos_ in ("NOUN", "PROPN") else ("ADJF", "PRTF", "NUMR", "NPRO")
    ranked = sorted(
        parses,
        key=lambda p: (-len(wanted & p.tag.grammemes), p.tag.POS not in kind),
    )
    for parse in ranked:
        target = {"nomn", _PYMORPHY[number]}
        if gender and number == "Sing":
            target.add(_PYMORPHY.get(gender, "masc"))
        inflected = parse.inflect(target)
        if inflected is not None:
            word = str(inflected.word)
            return word.upper() if token.text.isupper() and len(word) > 1 else (
                word[0].upper() + word[1:] if token.text[0].isupper() else word
            )  # fmt: skip
    return str(token.text)
