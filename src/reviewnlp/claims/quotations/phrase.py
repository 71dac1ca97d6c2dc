"""Which tokens make the noun phrase around a head? Title, attributes, name and apposition."""

from __future__ import annotations

from spacy.tokens import Token

from reviewnlp.claims.quotations.lexicon import readings, speaking_nouns, word_class
from reviewnlp.claims.quotations.marks import CLOSING, DASHES, OPENING, STOPS
from reviewnlp.language.dictionary import known, normalized
from reviewnlp.language.lexicon import fold
from reviewnlp.resources import words

Tokens = tuple[int, int]
TREE_LINKS = frozenset({"appos", "flat", "flat:name", "flat:foreign"})
CASES = {"nomn": "Nom", "gent": "Gen", "datv": "Dat", "accs": "Acc", "ablt": "Ins", "loct": "Loc"}
TITLE_LENGTH = 8  # longest name in quotation marks inside a phrase


def in_case(token: Token, case: str) -> bool:
    """Whether a word can stand in a case (pymorphy's name): by the dictionary, else by its capital."""
    options = [reading for reading in readings(token.text) if reading.case]
    if any(reading.case == case for reading in options):
        return True
    if token.text[:1].isupper() and CASES[case] in token.morph.get("Case", []):
        return True  # a surname that the dictionary takes for another word's form
    return not options and (token.text[:1].isupper() or token.text[:1].isdigit())


def nominal(token: Token, case: str = "nomn") -> bool:
    """Whether a token can head the phrase that speaks."""
    low = fold(token.text)
    if case == "nomn" and low in word_class("pronoun"):
        return True
    if low in word_class("fact") or low in word_class("possessive") or len(token.text) == 1:
        return False
    if (
        token.pos_ not in ("NOUN", "PROPN", "X", "PRON")
        and not _noun_first(token)
        and not _substantive(token)
    ):
        return False
    return in_case(token, case)


def _substantive(token: Token) -> bool:
    """«Протестующие утверждают»: an adjective or participle that is a subject itself."""
    adjective = any(r.form in ("ADJF", "PRTF") for r in readings(token.text))
    return (
        adjective
        and (token.dep_.startswith("nsubj") or token.dep_ == "ROOT")
        and not _noun_follows(token, len(token.doc))
    )


def _noun_first(token: Token) -> bool:
    first = readings(token.text)[0]
    return first.form == "NOUN" and token.pos_ not in (
        "VERB",
        "ADV",
        "ADP",
        "PART",
        "CCONJ",
        "SCONJ",
        "PUNCT",
    )


def can_speak(token: Token) -> bool:
    """Whether the phrase's head is a person, a group, an organisation or a document that speaks."""
    if fold(token.text) in word_class("pronoun") or token.ent_type_ in ("PER", "ORG"):
        return True
    options = readings(token.text)
    initial = opens_sentence(token)
    if initial and token.ent_type_ == "" and options[0].form == "NOUN":
        options = options[:1]  # a capital that says nothing: «Тема» is no Артём
    if any((r.animate and r.form in ("NOUN", "ADJF", "PRTF")) or r.name for r in options):
        return True
    if any(r.lemma in speaking_nouns() for r in options):
        return True
    if token.pos_ == "PROPN" and token.text[:1].isupper() and not initial:
        return True
    if initial and token.text[:1].isupper() and not any(r.case == "nomn" for r in readings(token.text)):
        return True  # «Ремизов» is no genitive of «ремиз» where a subject is due
    inside = token.i > 0 and token.nbor(-1).text in OPENING
    unknown = token.text[:1].isupper() and not known(normalized(token.text))
    return inside or unknown or any(r.place for r in options)


def opens_sentence(token: Token) -> bool:
    """Whether a word's capital may only mark the beginning of a sentence or of speech."""
    if token.is_sent_start or token.i == 0:
        return True
    before = token.nbor(-1)
    return before.text in DASHES or before.text in STOPS or (before.text in OPENING and token.i > 1)


def governed(token: Token, lo: int) -> bool:
    """Whether a noun stands after a preposition (so it is no nominative), adjectives between."""
    doc = token.doc
    for i in range(token.i - 1, max(lo - 1, token.i - 4), -1):
        if doc[i].pos_ == "ADP":
            return True
        if doc[i].pos_ not in ("ADJ", "DET", "NUM") and doc[i].text not in OPENING:
            return False
    return False


def noun_phrase(head: Token, lo: int, hi: int, *, case: str = "nomn", plural: bool = False) -> Tokens:
    """Tokens of the noun phrase around a head, inside [lo, hi): title, attributes, apposition."""
    doc = head.doc
    while head.dep_ in TREE_LINKS and lo <= head.head.i < head.i and nominal(head.head, case):
        head = head.head
    pronoun = any(reading.form == "NPRO" for reading in readings(head.text))
    of_them = head.i + 1 < hi and fold(doc[head.i + 1].text) == "из"
    if pronoun and not of_them:
        return head.i, head.i + 1
    start = _left_edge(head, lo, case)
    end = _right_edge(head, hi, case, plural)
    if start > lo and doc[start - 1].text in OPENING and end < hi and doc[end].text in CLOSING:
        start, end = start - 1, end + 1
    while end < hi and doc[end].text == "," and (longer := _apposition(head, end, hi, case)):
        end = longer
    return start, end


def _left_edge(head: Token, lo: int, case: str) -> int:
    doc = head.doc
    start = head.i
    while start > lo:
        token = doc[start - 1]
        forms = {reading.form for reading in readings(token.text)}
        adjective = bool(forms & {"ADJF", "PRTF", "NUMR"}) and token.pos_ not in (
            "ADV",
            "VERB",
            "PART",
            "PRON",
        )
        low = fold(token.text)
        owner = low in word_class("possessive") and not (
            low in ("его", "ее", "их") and head.text[:1].isupper()
        )
        attribute = (
            (adjective and in_case(token, case))
            or owner
            or token.like_num
            or token.text == "%"
            or low in word_class("measure")
        )
        title = (
            token.pos_ in ("NOUN", "PROPN")
            and in_case(token, case)
            and (token.head.i == head.i or head.head.i == token.i)
            and not governed(token, lo)
        )
        if not (attribute or title or _is_initial(token, doc[start], head)):
            break
        start -= 1
    return start


def _is_initial(token: Token, following: Token, head: Token) -> bool:
    text = token.text
    if text == "." and token.i > 0:
        before = token.nbor(-1).text
        return len(before) == 1 and before.isupper() and head.text[:1].isupper()
    return len(text) == 1 and text.isupper() and text.isalpha() and following.text == "."


def _right_edge(head: Token, hi: int, case: str, plural: bool) -> int:
    doc = head.doc
    end = head.i + 1
    while end < hi:
        if doc[end].text in OPENING or doc[end].text == '"':
            step = _title_end(head, end, hi)
        else:
            step = _attached(doc[end], head, hi, case, plural)
        if not step:
            break
        end = step
    return end


def _title_end(head: Token, at: int, hi: int) -> int:
    """End of a name in quotation marks («компания «Ромашка»»), else 0."""
    doc = head.doc
    close = next(
        (i for i in range(at + 1, min(hi, at + TITLE_LENGTH)) if doc[i].text in ("»", "“", "”", '"')), 0
    )
    return close + 1 if close and doc[at + 1].text[:1].isupper() else 0


def _attached(token: Token, head: Token, hi: int, case: str, plural: bool) -> int:
    """End of the phrase when this token belongs to it, else 0."""
    doc, at = token.doc, token.i
    before = doc[at - 1]
    if token.text == ".":
        initial = len(before.text) == 1 and before.text.isupper() and at + 1 < hi
        return at + 1 if initial and doc[at + 1].text[:1].isupper() else 0
    if token.pos_ == "ADP":
        return _prepositional_end(token, head, hi)
    if fold(token.text) in ("и", "или", "да") and at + 1 < hi:
        return _joined_end(token, head, hi, case, plural)
    if token.is_punct or token.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ", "PART", "ADV", "INTJ"):
        return 0
    if any(reading.form == "NPRO" for reading in readings(token.text)[:1]) or before.text in ("»", "“"):
        named = token.text[:1].isupper() and in_case(token, case) and token.pos_ in ("PROPN", "NOUN")
        return at + 1 if named and before.text in ("»", "“") else 0
    name = token.text[:1].isupper() or len(token.text) == 1
    if in_case(token, "gent") and (token.pos_ not in ("ADJ", "DET") or _noun_follows(token, hi)):
        return at + 1
    if in_case(token, case) and (name or token.head.i == head.i) and not _adverbial(token):
        return at + 1
    if name and before.text[:1].isupper():
        return at + 1
    person = any(r.animate and r.form == "NOUN" and r.case == case for r in readings(token.text))
    named = at + 1 < hi and doc[at + 1].text[:1].isupper() and doc[at + 1].is_alpha
    if person and named:  # «автор проекта депутат Том Амиано»
        return at + 1
    ablative = token.dep_ == "nmod" and head.i <= token.head.i < at and in_case(token, "ablt")
    return at + 1 if ablative and before.i == token.head.i else 0


def _adverbial(token: Token) -> bool:
    return readings(token.text)[0].form in ("ADVB", "GRND", "PRED")


def _prepositional_end(token: Token, head: Token, hi: int) -> int:
    """End of a prepositional attribute («представитель банка по связям с прессой»), else 0."""
    doc = token.doc
    if fold(token.text) == "из" and token.i == head.i + 1 and readings(head.text)[0].form == "NPRO":
        noun = next(
            (doc[i] for i in range(token.i + 1, min(hi, token.i + 4)) if in_case(doc[i], "gent")), None
        )
        return noun.i + 1 if noun is not None else 0
    noun = token.head
    if not (token.i < noun.i < hi and noun.i - token.i <= 4 and head.i <= noun.head.i < token.i):
        return 0
    occasion = any(r.lemma in words("claims", "occasions.tsv") for r in readings(noun.text))
    named = noun.head.text[:1].isupper() and any(r.name for r in readings(noun.head.text))
    return noun.i + 1 if not occasion and not named else 0


def _joined_end(token: Token, head: Token, hi: int, case: str, plural: bool) -> int:
    """End of a joined phrase («мэр и депутаты»), else 0."""
    following = token.nbor(1)
    if following.text[:1].islower() and any(r.form == "VERB" for r in readings(following.text)):
        return 0  # «вздохнула Рита и села»
    wanted = case if plural or case != "nomn" else "gent"
    linked = following.dep_ == "conj" and head.i <= following.head.i < token.i
    noun = nominal(following, wanted)
    if following.pos_ == "ADJ" and _noun_follows(following, hi):
        linked = following.head.dep_ == "conj" and head.i <= following.head.head.i < token.i
        noun = in_case(following, wanted)
    return token.i + 2 if linked and noun else 0


def _noun_follows(token: Token, hi: int) -> bool:
    doc = token.doc
    for i in range(token.i + 1, min(hi, token.i + 4)):
        if doc[i].pos_ in ("NOUN", "PROPN"):
            return True
        if doc[i].pos_ not in ("ADJ", "DET", "NUM"):
            return False
    return False


def _apposition(head: Token, comma: int, hi: int, case: str) -> int:
    """End of an apposition «, директор завода,» that opens after a comma, else 0."""
    doc = head.doc
    ends = (",", ".", "—", "–", ":", "!", "?", "…")
    close = next((i for i in range(comma + 1, min(len(doc), comma + 14)) if doc[i].text in ends), len(doc))
    if close > hi or close <= comma + 1:
        return 0
    inside = doc[comma + 1 : close]
    if any(token.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ") for token in inside):
        return 0
    first = next((token for token in inside if token.pos_ not in ("ADJ", "DET", "NUM", "ADV")), None)
    if first is None or first.pos_ not in ("NOUN", "PROPN") or not in_case(first, case):
        return 0
    if any(reading.form == "GRND" for reading in readings(inside[0].text)):
        return 0
    return close if any(reading.animate or reading.name for reading in readings(first.text)) else 0
