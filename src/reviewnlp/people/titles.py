"""What does a person do, and where? Job titles and organisations beside names.

«директор по персоналу оператора «Севертелеком» Павел Мороз», «Павел Мороз, директор …»,
«Ведущая – Екатерина Валиева», «Тамара Зуева (председательствующий)».
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from reviewnlp.people.names import NameMention
from reviewnlp.people.phrases import CLOSING, OPENING, Phrase, is_person_noun, nominative, noun_phrase
from reviewnlp.resources import words

LONGEST_TITLE = 12
DASHES = ("–", "—", "-", ":")


class Title(NamedTuple):
    """A title: its phrase in the text, the nominative, the head's lemma, the organisation."""

    phrase: Phrase
    text: str
    head: str
    organisation: str | None


def find_title(doc: Doc, mention: NameMention) -> Title | None:
    """The title that stands before or after a name."""
    phrase = _before(doc, mention) or _after(doc, mention)
    if phrase is None:
        return None
    text = nominative(doc, phrase)
    organisation, kept = _organisation(doc, phrase)
    shorter = nominative(doc, kept) if organisation else text
    return Title(phrase, shorter, lemma(doc[phrase.head]), organisation)


def lemma(token: Token) -> str:
    """Lower-case lemma."""
    return str(token.lemma_.lower())


def _is_title_noun(token: Token) -> bool:
    if not token.is_alpha and "-" not in token.text:
        return False
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or token.ent_type_ == "PER":
        return False
    plain = lemma(token)
    return (
        (is_person_noun(plain) or is_person_noun(token.lower_))
        and plain not in words("people", "not_speakers.tsv")
        and plain not in words("people", "kin.tsv")
        and token.morph.get("Number", []) != ["Plur"]
    )


def _case(token: Token) -> str:
    return (token.morph.get("Case", []) or [""])[0]


def _before(doc: Doc, mention: NameMention) -> Phrase | None:
    """A title directly before the name, or before a dash at the line's start."""
    at = mention.first
    if at > 1 and doc[at - 1].text in DASHES and _is_title_noun(doc[at - 2]):
        line_start = at - 2 == 0 or doc[at - 3].is_space or doc[at - 3].text in ",;"
        return Phrase(at - 2, at - 1, at - 2) if line_start else None
    cases = {reading.case for reading in mention.readings[:3]}
    found = None
    i = at - 1
    while i >= 0 and at - i <= LONGEST_TITLE and _inside_title(doc[i]):
        agrees = _case(doc[i]).lower() in cases or (_case(doc[i]) == "" and at - i == 1)
        if _is_title_noun(doc[i]) and agrees:
            found = i
        i -= 1
    if found is None:
        return None
    phrase = noun_phrase(doc[found], prepositional=True)
    return Phrase(phrase.first, at, found)


def _inside_title(token: Token) -> bool:
    """Whether a word may stand between a title's head and the name."""
    if token.text in OPENING + CLOSING + "№":
        return True
    if token.pos_ == "ADP":
        return token.lower_ in ("по", "в", "на", "из", "при", "с")
    participle = "VerbForm=Part" in str(token.morph)
    return participle or token.pos_ in ("NOUN", "ADJ", "PROPN", "NUM", "DET")


def _after(doc: Doc, mention: NameMention) -> Phrase | None:
    """A title after the name: «…, директор …», «… (директор)», «… – директор»."""
    at = mention.last + 1
    if at + 1 >= len(doc) or doc[at].text not in (",", "(", "–", "—"):
        return None
    stop = min(len(doc), at + 1 + LONGEST_TITLE)
    i = at + 1
    while i < stop and doc[i].pos_ in ("ADJ", "DET", "NUM") and not _is_title_noun(doc[i]):
        i += 1
    if i >= stop or not _is_title_noun(doc[i]):
        return None
    head = doc[i]
    cases = {reading.case for reading in mention.readings[:3]}
    if _case(head).lower() not in cases and _case(head) != "Nom":
        return None
    follows = noun_phrase(head)
    closing = doc[follows.end].text if follows.end < len(doc) else "."
    if closing not in (",", ".", ")", ";", ":", "–", "—", "!", "?", "…") and not doc[follows.end].is_space:
        return None
    return Phrase(min(at + 1, follows.first), follows.end, i)


def _organisation(doc: Doc, phrase: Phrase) -> tuple[str | None, Phrase]:
    """The organisation's name in a title («Севертелеком»), and the title without it."""
    for i in range(phrase.head + 1, phrase.end):
        if doc[i].text in OPENING:
            inner = [t.text_with_ws for t in doc[i + 1 : phrase.end]]
            name = "".join(inner).split("»")[0].strip(' »"“')
            cut = i
            if cut - 2 == phrase.head:
                return name or None, Phrase(phrase.first, cut, phrase.head)
            while cut - 1 > phrase.head and doc[cut - 1].pos_ in ("NOUN", "ADJ", "PROPN", "ADP"):
                cut -= 1
                if doc[cut].pos_ in ("NOUN", "PROPN") and doc[cut - 1].pos_ not in ("ADJ", "ADP"):
                    break
            return name or None, Phrase(phrase.first, max(cut, phrase.head + 1), phrase.head)
    for i in range(phrase.head + 1, phrase.end):
        if doc[i].ent_type_ == "ORG" and doc[i].ent_iob_ == "B":
            end = i + 1
            while end < phrase.end and doc[end].ent_iob_ == "I":
                end += 1
            return nominative(doc, Phrase(i, end, i)), phrase
    return None, phrase
