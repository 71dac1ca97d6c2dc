"""Which noun phrases describe someone who speaks? «сказал мужчина с балкона», «по словам банка».

Descriptions of people who do not speak only matter where they mean somebody already known.
How a speaker is recognised is a list of rules, `SOURCES`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from reviewnlp.annotations import Gender, PersonKind
from reviewnlp.language.dictionary import known, parses
from reviewnlp.people.phrases import (
    CLOSING,
    OPENING,
    Phrase,
    is_person_noun,
    nominative,
    noun_phrase,
    person_gender,
)
from reviewnlp.resources import rows, words

LONGEST_QUOTED_NAME = 6
HEARSAY = frozenset(("мол", "дескать", "якобы"))
CONVICTION = frozenset(("уверенный", "убеждённый", "согласный"))


class Description(NamedTuple):
    """A phrase that describes a person, group or organisation."""

    phrase: Phrase
    name: str
    head: str
    kind: PersonKind
    gender: Gender | None
    speaks: bool
    bare: bool


def describe(doc: Doc, i: int) -> Description | None:
    """The description whose head is token `i`; None where the token heads none."""
    token = doc[i]
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB", "X") or not token.text[0].isalpha():
        return None
    kind = None if token.is_upper and _only_a_verb(token.lower_) else _kind(token)
    if kind is None:
        return None
    head = token.lemma_.lower()
    plural = token.morph.get("Number", []) == ["Plur"]
    generic = head in words("people", "not_speakers.tsv") and (not plural or head in ("человек", "люди"))
    speaks = not generic and _speaks(token)
    phrase = _extent(doc, token)
    name = nominative(doc, phrase)
    if doc[phrase.first].text in OPENING and doc[phrase.end - 1].text in CLOSING:
        name = name.strip(OPENING + CLOSING)
        name = name[:1].upper() + name[1:]
    gender = person_gender(token) if kind == "person" else None
    return Description(phrase, name, head, kind, gender, speaks, phrase.end - phrase.first == 1)


def _kind(token: Token) -> PersonKind | None:
    """What sort of speaker a noun names; None where it names none."""
    head = token.lemma_.lower()
    collectives = {row[0].lower(): row[1] for row in rows("people", "collectives.tsv")}
    shouted = token.is_upper and len(token) > 4 and is_person_noun(head)
    if token.ent_type_ == "ORG" and not shouted and (token.ent_iob_ == "B" or token.head.ent_type_ != "ORG"):
        return "organisation"
    if token.ent_type_ == "LOC":
        return "organisation" if token.ent_iob_ == "B" and token.pos_ == "PROPN" else None
    foreign = token.is_ascii and len(token) > 2 and token.pos_ in ("PROPN", "X")
    if foreign or quoted_name(token) is not None:
        return "organisation"
    if head in collectives and not is_person_noun(head):
        return "group" if collectives[head] == "group" else "organisation"
    if not is_person_noun(head) or (token.pos_ in ("ADJ", "VERB") and not _used_as_noun(token)):
        return None
    return "group" if token.morph.get("Number", []) == ["Plur"] else "person"


def quoted_name(token: Token) -> Phrase | None:
    """The quoted name whose first word is the token, with its quotation marks: «Дальний рейс»."""
    doc = token.doc
    if token.i == 0 or doc[token.i - 1].text not in OPENING or not token.text[0].isupper():
        return None
    stop = min(len(doc), token.i + LONGEST_QUOTED_NAME)
    end = next((k for k in range(token.i + 1, stop) if doc[k].text in CLOSING), None)
    described = token.i > 1 and doc[token.i - 2].pos_ == "NOUN"
    if end is None or described or any(word.text in ".,!?:;…" for word in doc[token.i : end]):
        return None
    return Phrase(token.i - 1, end + 1, token.i)


def _used_as_noun(token: Token) -> bool:
    """«Ведущая спросила»: an adjective or participle that is subject or object itself."""
    if token.pos_ == "VERB" and "VerbForm=Part" not in str(token.morph):
        return False
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if (
        following is not None
        and following.pos_ == "NOUN"
        and following.morph.get("Case", []) == token.morph.get("Case", [])
    ):
        return False
    own_subject = any(child.dep_.startswith("nsubj") for child in token.children)
    return not own_subject and token.dep_ in ("nsubj", "obj", "iobj", "obl", "nmod", "ROOT", "appos", "conj")


def _extent(doc: Doc, token: Token) -> Phrase:
    """The phrase; an organisation's name is taken whole, quoted names with their quotation marks."""
    quoted = quoted_name(token)
    if quoted is not None:
        return quoted
    phrase = noun_phrase(token, prepositional=token.ent_type_ not in ("ORG", "LOC") and not token.is_ascii)
    if token.ent_type_ != "ORG":
        return phrase
    first, end = phrase.first, phrase.end
    while first > 0 and doc[first].ent_iob_ == "I" and doc[first].ent_type_ == "ORG":
        first -= 1
    while (
        end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].ent_type_ == "ORG" and doc[end].text != "("
    ):
        end += 1
    if first > 0 and doc[first - 1].text in OPENING and end < len(doc) and doc[end].text in CLOSING:
        first, end = first - 1, end + 1
    return Phrase(first, end, max(first, min(token.i, end - 1)))


def _speaks(token: Token) -> bool:
    """Whether the noun is the source of speech."""
    if token.ent_type_ == "LOC":
        return _subject_of_speech(token)
    return any(rule(token) for rule in SOURCES)


def _subject_of_speech(token: Token) -> bool:
    """«сказал мужчина», «инспектор пролистал папки и вздохнул»."""
    quoted = quoted_name(token)
    if quoted is None:
        return token.dep_ in ("nsubj", "nsubj:pass") and is_speech(token.head)
    verb = token.head
    while quoted.first <= verb.i < quoted.end and verb.head.i != verb.i:
        verb = verb.head
    inner = [word for word in token.doc[quoted.first : quoted.end] if word.head.i == verb.i]
    return any(word.dep_.startswith("nsubj") for word in inner) and is_speech(verb)


def _beside_speech(token: Token) -> bool:
    """A nominative with a verb of speech beside it that agrees, whatever the parser says."""
    doc = token.doc
    if "Nom" not in token.morph.get("Case", []) or token.dep_ in ("nmod", "obj", "obl", "iobj"):
        return False
    phrase = noun_phrase(token)
    after = next(
        (doc[k] for k in range(phrase.end, min(len(doc), phrase.end + 4)) if _is_finite(doc[k])), None
    )
    before = doc[phrase.first - 1] if phrase.first else None
    for verb in (after, before):
        apart = verb is not None and any(
            word.text in ".,;:!?()" or word.is_space
            for word in doc[min(verb.i, phrase.end) : max(verb.i, phrase.first)]
        )
        if verb is not None and _is_finite(verb) and not apart and _agrees(token, verb):
            own = [child for child in verb.children if child.dep_.startswith("nsubj") and child.i != token.i]
            if verb.lemma_ in words("people", "speech_verbs.tsv") and not own:
                return True
    return False


def _goes_on_to_speak(token: Token) -> bool:
    """«сосед справа, плотный господин, буркнул»: a verb of speech farther on, with no other subject."""
    opens = token.i - token.sent.start < 3 and "Nom" in token.morph.get("Case", [])
    if not (token.dep_.startswith("nsubj") or (opens and token.dep_ in ("ROOT", "parataxis", "conj"))):
        return False
    for word in token.doc[token.i + 1 : token.sent.end]:
        if word.dep_.startswith("nsubj") or word.text in OPENING + ":—–" or word.lemma_ == "который":
            return False
        if _is_finite(word) and word.lemma_ in words("people", "speech_verbs.tsv"):
            own = any(child.dep_.startswith("nsubj") and child.i != token.i for child in word.children)
            return _agrees(token, word) and not own
    return False


def _is_finite(token: Token) -> bool:
    """Whether a word is a finite verb; where the tagger errs («возразила» a noun), by the dictionary."""
    if token.pos_ == "VERB":
        return "VerbForm=Fin" in str(token.morph)
    return token.is_alpha and _only_a_verb(token.lower_)


@lru_cache(maxsize=20_000)
def _only_a_verb(word: str) -> bool:
    return known(word) and all(parse.tag.POS == "VERB" for parse in parses(word))


def _agrees(noun: Token, verb: Token) -> bool:
    """Whether number agrees, and gender where both have one (a woman may be called «бухгалтер»)."""
    if verb.pos_ != "VERB":
        return True
    if noun.morph.get("Number", []) != verb.morph.get("Number", []):
        return False
    return verb.morph.get("Gender", []) != ["Masc"] or noun.morph.get("Gender", []) != ["Fem"]


def is_speech(verb: Token) -> bool:
    """Whether a finite verb, or one coordinated with it, reports speech, or a quotation follows it."""
    speech = words("people", "speech_verbs.tsv")
    if verb.pos_ not in ("VERB", "AUX", "ADJ", "ADV") and not _is_finite(verb):
        return False
    if any(link.lemma_ in speech or link.lemma_ in CONVICTION for link in _chain(verb)):
        return True
    following = verb.doc[verb.i + 1 : verb.i + 9]
    for k, token in enumerate(following[:-1]):
        if token.text == ":":
            said = {word.lower_ for word in verb.doc[token.i : token.i + 8]}
            return following[k + 1].text in OPENING or bool(said & HEARSAY)
        if token.text in ".;!?" or token.is_space:
            return False
    return False


def _chain(verb: Token, depth: int = 3) -> list[Token]:
    """A verb and those coordinated with it that have no subject of their own."""
    links = [verb]
    for child in verb.children:
        own = any(grandchild.dep_.startswith("nsubj") for grandchild in child.children)
        if depth and child.dep_ in ("conj", "parataxis") and child.pos_ == "VERB" and not own:
            links += _chain(child, depth - 1)
    return links


def _in_frame(token: Token) -> bool:
    """«по словам представителя банка», «привёл слова антиквара»."""
    if "Gen" not in (token.morph.get("Case", []) or ["Gen"]):
        return False
    quoted = quoted_name(token)
    i = (token.i if quoted is None else quoted.first) - 1
    while (
        i > 0
        and token.i - i < 5
        and token.morph.get("Case", []) == token.doc[i].morph.get("Case", [])
        and (token.doc[i].pos_ != "NOUN")
    ):
        i -= 1
    return i >= 0 and token.doc[i].lemma_.lower() in words("people", "source_frames.tsv")


def _before_colon(token: Token) -> bool:
    """A phrase at the line's start before a colon: «Мужчина с балкона: …»."""
    doc = token.doc
    phrase = noun_phrase(token)
    begins = phrase.first == 0 or doc[phrase.first - 1].is_space or doc[phrase.first - 1].text in "—–-•]"
    if not begins or phrase.end + 1 >= len(doc) or "Nom" not in (token.morph.get("Case", []) or ["Nom"]):
        return False
    return doc[phrase.end].text == ":" and not doc[phrase.end + 1].is_space


def _is_cited(token: Token) -> bool:
    """«процитировал бывшего руководителя», «сославшись на садовника»."""
    verbs = {(row[0], row[1]) for row in rows("people", "citing.tsv")}
    preposition = next((child.lower_ for child in token.children if child.dep_ == "case"), "-")
    return token.dep_ in ("obj", "obl", "nmod", "conj") and (token.head.lemma_.lower(), preposition) in verbs


def _relative_speaks(token: Token) -> bool:
    """«с профессором, который уверял, будто …»."""
    for clause in token.children:
        finite = clause.pos_ == "VERB" and "VerbForm=Fin" in str(clause.morph)
        if clause.dep_.startswith("acl") and finite:
            subject = next((child for child in clause.children if child.dep_.startswith("nsubj")), None)
            if subject is not None and subject.lemma_ == "который" and is_speech(clause):
                return True
    return False


def _is_agent(token: Token) -> bool:
    """«участниками встречи высказано мнение»."""
    verb = token.head
    passive = verb.morph.get("Voice", []) == ["Pass"] and verb.morph.get("Variant", []) == ["Short"]
    return passive and token.morph.get("Case", []) == ["Ins"] and token.dep_.startswith("obl")


def _place_of_voices(token: Token) -> bool:
    """«В министерстве возражают»: an institution with a verb of speech in the plural and no subject."""
    verb = token.head
    in_place = any(child.lower_ in ("в", "во") for child in token.children if child.dep_ == "case")
    no_subject = not any(child.dep_.startswith("nsubj") for child in verb.children)
    plural = verb.morph.get("Number", []) == ["Plur"]
    return in_place and no_subject and plural and verb.pos_ == "VERB" and is_speech(verb)


def _before_dash(token: Token) -> bool:
    """«Дальний рейс» – о ставке»: verbless, at the line's start."""
    doc = token.doc
    phrase = quoted_name(token) or noun_phrase(token)
    begins = phrase.first == 0 or doc[phrase.first - 1].is_space
    if not begins or phrase.end + 1 >= len(doc) or doc[phrase.end].text not in "–—":
        return False
    return doc[phrase.end + 1].lower_ in ("о", "об", "про")


def _asks_in_brackets(token: Token) -> bool:
    """«Вопрос (мужчина в камуфляже, не представился): …»."""
    doc = token.doc
    phrase = noun_phrase(token)
    if phrase.first == 0 or doc[phrase.first - 1].text != "(":
        return False
    closing = next((k for k in range(phrase.end, min(len(doc), phrase.end + 8)) if doc[k].text == ")"), None)
    return closing is not None and closing + 1 < len(doc) and doc[closing + 1].text == ":"


SOURCES = (
    _subject_of_speech,
    _beside_speech,
    _goes_on_to_speak,
    _in_frame,
    _before_colon,
    _is_cited,
    _relative_speaks,
    _is_agent,
    _place_of_voices,
    _before_dash,
    _asks_in_brackets,
)
