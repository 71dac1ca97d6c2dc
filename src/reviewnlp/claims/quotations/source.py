"""Which noun phrase speaks? The source of a reporting verb: subject by tree, else by word order."""

from __future__ import annotations

from spacy.tokens import Token

from reviewnlp.claims.quotations.lexicon import Cue, Reading, readings, speaking_nouns, word_class
from reviewnlp.claims.quotations.marks import DASHES, OPENING
from reviewnlp.claims.quotations.phrase import (
    Tokens,
    can_speak,
    governed,
    in_case,
    nominal,
    noun_phrase,
)
from reviewnlp.language.lexicon import fold
from reviewnlp.resources import words

REACH = 9
PERSON = {"я": "1per", "мы": "1per", "ты": "2per", "вы": "2per"}


def agrees(reading: Reading, token: Token) -> bool:
    """Whether a nominative can be the subject of a verb form."""
    low = fold(token.text)
    if reading.form in ("INFN", "GRND", "PRTF"):
        return True
    if reading.person in ("1per", "2per"):
        return PERSON.get(low) == reading.person or low in ("сам", "сама", "сами")
    if reading.person == "3per" and low in PERSON:
        return False
    options = [r for r in readings(token.text) if r.case == "nomn"]
    if not options or low in word_class("any"):
        return True
    if reading.number == "plur":
        return True
    same_number = [r for r in options if r.number != "plur"]
    if not same_number:
        return reading.gender == "neut" and token.pos_ == "NUM"
    if (reading.tense != "past" and reading.form not in ("ADJS", "PRTS")) or reading.gender is None:
        return True
    profession = any(r.animate and r.gender == "masc" and not r.name for r in same_number)
    if profession and reading.gender == "femn":
        return True
    return any(r.gender in (reading.gender, None, "ms-f") for r in same_number)


def find_source(cue: Cue, lo: int, hi: int, *, inverted: bool = False) -> Tokens | None:
    """Tokens of the phrase that speaks, looked for between `lo` and `hi` (the reporting clause).

    `inverted`: what is said stands before the verb, so the subject follows the verb.
    """
    plural = cue.reading.number == "plur"
    if cue.word.kind == "thought":
        return _experiencer(cue, hi)
    if cue.word.kind == "impersonal" or (cue.reading.form == "PRTS" and cue.reading.gender == "neut"):
        return _place(cue, lo, hi)
    if cue.reading.form == "PRTF":
        head = cue.token.head
        return noun_phrase(head, max(lo, head.i - REACH), cue.start) if lo <= head.i < cue.start else None
    gerund = cue.reading.form == "GRND"
    after = None if gerund else _scan_right(cue, hi)
    if inverted and after is not None:
        return noun_phrase(after, cue.end, hi, plural=plural)
    subject = (
        _nearer(cue, lo, _subject(cue, lo, hi))
        or (_first(cue, lo) if gerund else _scan_left(cue, lo))
        or after
    )
    if subject is None and plural:
        subject = _numeral(cue, lo)
    if subject is None:
        return _place(cue, lo, hi) if plural or cue.word.kind == "impersonal" else None
    if subject.i < cue.start:
        return noun_phrase(subject, lo, cue.start, plural=plural)
    return noun_phrase(subject, cue.end, hi, plural=plural)


def _subject(cue: Cue, lo: int, hi: int) -> Token | None:
    """Subject in the tree: of the verb, of the verbs it is joined to, of what governs an infinitive."""
    verb = cue.token
    for _ in range(5):
        for child in verb.children:
            if (
                child.dep_ in ("nsubj", "nsubj:pass")
                and lo <= child.i < hi
                and nominal(child)
                and agrees(cue.reading, child)
                and not governed(child, lo)
            ):
                return child
        joined = verb.dep_ in ("conj", "xcomp", "advcl", "parataxis") or cue.reading.form in ("GRND", "INFN")
        if verb.head.i == verb.i or not joined or verb.head.pos_ not in ("VERB", "ADJ", "AUX", "ADV"):
            return None
        if verb.dep_ == "advcl" and cue.reading.form != "GRND":
            return None
        verb = verb.head
    return None


def _scan_right(cue: Cue, hi: int) -> Token | None:
    """First nominative after the verb that agrees with it, before punctuation or another verb."""
    doc = cue.token.doc
    attribute = None
    for i in range(cue.end, min(hi, cue.end + REACH)):
        token = doc[i]
        if token.text in OPENING or token.text == '"':
            if i + 1 < hi and doc[i + 1].text[:1].isupper():
                continue
            break
        if token.is_punct or token.text in DASHES or token.pos_ in ("CCONJ", "SCONJ"):
            break
        if token.pos_ in ("VERB", "AUX") and not nominal(token):
            break
        if nominal(token) and agrees(cue.reading, token) and not governed(token, cue.end):
            if _attribute(token, hi):
                attribute = attribute or token
                continue
            if attribute is None and not can_speak(token) and _object(token):
                continue
            return token
    return attribute


def _attribute(token: Token, hi: int) -> bool:
    """Whether a pronoun or adjective goes before its noun («первый редактор», «другие жильцы»)."""
    if any(reading.form in ("NPRO", "NOUN") for reading in readings(token.text)):
        return False
    following = next((t for t in token.doc[token.i + 1 : min(hi, token.i + 4)] if t.pos_ != "ADJ"), None)
    return following is not None and following.pos_ in ("NOUN", "PROPN") and in_case(following, "nomn")


def _object(token: Token) -> bool:
    """Whether an inanimate noun is rather the verb's object («сообщил новость»)."""
    return token.dep_ in ("obj", "iobj", "obl", "nmod") and in_case(token, "accs")


def _scan_left(cue: Cue, lo: int) -> Token | None:
    """Nearest nominative before the verb that is no other verb's subject; speakers are preferred."""
    doc = cue.token.doc
    fallback = None
    for i in range(cue.start - 1, lo - 1, -1):
        token = doc[i]
        if token.text in (":", ";"):
            break
        if not nominal(token) or not agrees(cue.reading, token) or governed(token, lo):
            continue
        if token.dep_ in ("obj", "iobj", "nmod") and token.pos_ != "PRON" and not can_speak(token):
            continue
        head = token.head
        owns = head.pos_ == "VERB" and head.i != cue.token.i and token.dep_.startswith("nsubj")
        if owns and head.i < cue.start and not _joined(cue, token):
            continue
        if can_speak(token):
            return token
        fallback = fallback or token
    return fallback


def _nearer(cue: Cue, lo: int, subject: Token | None) -> Token | None:
    """A subject taken from another verb gives way to a person named between it and the reporting verb."""
    if subject is None or subject.head.i == cue.token.i or cue.reading.form in ("GRND", "INFN"):
        return subject
    left = _scan_left(cue, max(lo, subject.i + 1))
    if left is None or not (left.ent_type_ == "PER" or any(r.animate for r in readings(left.text))):
        return subject
    return (
        left if any(t.text in (",", "и", "а", "но") for t in cue.token.doc[subject.i : left.i]) else subject
    )


def _first(cue: Cue, lo: int) -> Token | None:
    """First nominative of the sentence that can speak: the subject of a gerund's sentence."""
    for token in cue.token.doc[lo : cue.start]:
        if nominal(token) and can_speak(token) and not governed(token, lo):
            return token
    return None


def _numeral(cue: Cue, lo: int) -> Token | None:
    """«40% респондентов заявили»: the noun in the genitive that a number in figures counts."""
    doc = cue.token.doc
    for i in range(cue.start - 1, max(lo, cue.start - 5), -1):
        if doc[i].pos_ in ("NOUN", "PROPN") and in_case(doc[i], "gent"):
            before = doc[i - 1]
            if before.like_num or before.text == "%" or before.pos_ in ("NUM", "SYM"):
                return doc[i]
    return None


def _joined(cue: Cue, subject: Token) -> bool:
    """Whether the reporting verb is joined to the verb that a subject belongs to."""
    verb = cue.token
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
        if verb.i == subject.head.i:
            return True
    between = subject.doc[subject.head.i + 1 : cue.start]
    same = subject.head.morph.get("Tense", []) == cue.token.morph.get("Tense", [])
    joint = any(fold(token.text) in ("и", "но", "а", ",", "да") for token in between)
    subordinate = any(token.pos_ == "SCONJ" or fold(token.text).startswith("котор") for token in between)
    return same and joint and not subordinate


def _place(cue: Cue, lo: int, hi: int) -> Tokens | None:
    """«сообщили в пресс-службе», «говорится в отчёте»: an organisation or document after «в»."""
    doc = cue.token.doc
    order = [*range(cue.end, min(hi, cue.end + 4)), *range(cue.start - 1, max(lo - 1, cue.start - 12), -1)]
    for i in order:
        if fold(doc[i].text) not in ("в", "во", "на") or i + 1 >= hi:
            continue
        for k in range(i + 1, min(hi, i + 4)):
            noun = doc[k]
            if noun.pos_ not in ("NOUN", "PROPN", "X"):
                continue
            options = readings(noun.text)
            speaks = noun.ent_type_ in ("ORG", "LOC") or any(r.lemma in speaking_nouns() for r in options)
            occasion = cue.word.kind != "impersonal" and any(
                r.lemma in words("claims", "occasions.tsv") for r in options
            )
            if speaks and not occasion:
                limit = cue.start if i < cue.start else hi
                return i + 1, noun_phrase(noun, i + 1, limit, case="loct")[1]
            break
    return None


def _experiencer(cue: Cue, hi: int) -> Tokens | None:
    """«подумалось Лёне», «мелькнуло у него»: who thinks, in the dative or after «у»."""
    doc = cue.token.doc
    for i in range(cue.end, min(hi, cue.end + 5)):
        if fold(doc[i].text) == "у" and i + 1 < hi:
            return noun_phrase(doc[i + 1], i + 1, hi, case="gent")
        if in_case(doc[i], "datv") and doc[i].pos_ in ("NOUN", "PROPN", "PRON") and can_speak(doc[i]):
            return noun_phrase(doc[i], i, hi, case="datv")
        if doc[i].is_punct:
            break
    return None


def has_fact(tokens: list[Token]) -> bool:
    """Whether a subject is only «это», «что», «всё»: a fact, nobody who speaks."""
    return len(tokens) == 1 and tokens[0].text.lower() in word_class("fact")
