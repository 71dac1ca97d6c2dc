"""Is a run of words used as a person's name here? The evidence of dictionary, recogniser and place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from reviewnlp.language.dictionary import analyzer
from reviewnlp.people.inflection import given_readings, patronymic_readings
from reviewnlp.people.items import Item, item_at
from reviewnlp.resources import rows

SHORTEST_NAME = 3
SURNAME_ENDINGS = (
    "ов", "ев", "ёв", "ин", "ын", "ова", "ева", "ёва", "ина", "ына", "ову", "еву", "ину", "ыну", "овым",
    "евым", "иным", "ыным", "овой", "евой", "иной", "ыной", "ский", "цкий", "ская", "цкая", "ского",
    "скому", "ским", "ской", "скую", "цкого", "цкому", "цкой", "енко", "ко", "ян", "яна", "яну", "яном",
    "швили", "дзе", "чук", "чука", "чуку", "чуком", "юк", "юка", "юку", "ых", "их", "ич", "ёвым", "ёву",
)  # fmt: skip


def _entity(doc: Doc, item: Item) -> str:
    return doc[item.last].ent_type_


def named_otherwise(word: str) -> bool:
    """Whether a word that no list has as a given name is a common word or a surname."""
    return _is_common(word) or _looks_like_surname(word)


def one_entity(doc: Doc, chosen: Sequence[Item]) -> bool:
    """Whether the recogniser takes the words for one person's name."""
    tokens = [doc[i] for item in chosen for i in range(item.first, item.last + 1)]
    names = [token for token in tokens if token.text != "."]
    return all(t.ent_type_ == "PER" for t in names) and all(t.ent_iob_ == "I" for t in names[1:])


@lru_cache(maxsize=20_000)
def _is_common(word: str) -> bool:
    """Whether the dictionary has the word, and not as a name."""
    parses = [parse for parse in analyzer().parse(word.lower()) if parse.is_known]
    return bool(parses) and not any(
        {"Name"} in p.tag or {"Surn"} in p.tag or {"Patr"} in p.tag for p in parses
    )


@lru_cache(maxsize=20_000)
def _is_mostly_common(word: str) -> bool:
    """Whether the word is rather a common one («Роман», «Вера», «Мороз»)."""
    parses = [parse for parse in analyzer().parse(word.lower()) if parse.is_known]
    return any(not ({"Name"} in p.tag or {"Surn"} in p.tag or {"Patr"} in p.tag) for p in parses)


@lru_cache(maxsize=20_000)
def _looks_like_surname(word: str) -> bool:
    """Whether dictionary or ending say that the word is a surname."""
    known = [parse for parse in analyzer().parse(word.lower()) if parse.is_known]
    if any({"Surn"} in parse.tag for parse in known):
        return True
    return not known and word.lower().endswith(SURNAME_ENDINGS)


def starts_sentence(doc: Doc, i: int) -> bool:
    previous = next((doc[j] for j in range(i - 1, -1, -1) if doc[j].text not in '«"„(–—-•*'), None)
    return previous is None or previous.is_space or previous.text in ".!?…:;" or bool(doc[i].is_sent_start)


def _quoted_alone(doc: Doc, first: int, last: int) -> bool:
    return first > 0 and doc[first - 1].text in '«"„' and last + 1 < len(doc) and doc[last + 1].text in '»"“'


class Candidate(NamedTuple):
    """Words that fit a pattern, with what the recogniser and the dictionary say about them."""

    doc: Doc
    pattern: str
    items: Sequence[Item]
    labels: list[str]
    person: bool
    surname_like: bool

    @property
    def first(self) -> Item:
        """The first word."""
        return self.items[0]

    @property
    def inner(self) -> bool:
        """Whether the words stand inside a sentence, where a capital letter means something."""
        return not starts_sentence(self.doc, self.first.first)


def candidate(doc: Doc, pattern: str, chosen: Sequence[Item]) -> Candidate:
    """The words with the evidence about them."""
    labels = [_entity(doc, item) for item in chosen]
    surnames = [item.text for part, item in zip(pattern, chosen, strict=True) if part == "S"]
    return Candidate(
        doc, pattern, chosen, labels, "PER" in labels, all(_looks_like_surname(word) for word in surnames)
    )


def accept(doc: Doc, pattern: str, chosen: Sequence[Item]) -> bool:
    """Whether the words are used as a name here."""
    found = candidate(doc, pattern, chosen)
    if _follows_a_place_word(doc, found.first.first, single=len(pattern) == 1):
        return False
    if any(
        part == "S" and not _may_be_surname(found, item) for part, item in zip(pattern, chosen, strict=True)
    ):
        return False
    if not found.person and any(len(item.text) < SHORTEST_NAME for item in chosen if not item.initial):
        return False
    return RULES[pattern](found)


def _surname_last(found: Candidate) -> bool:
    """«Галина Петровна Рощина», «Г. П. Рощина»: after them any capitalised word is a surname."""
    return found.surname_like or found.labels[-1] == "PER" or not _is_common(found.items[-1].text)


def _surname_first(found: Candidate) -> bool:
    """«Рощина Галина Петровна», «Рощина Г. П.»: the first word must not be a mere sentence's beginning."""
    if found.labels[0] == "LOC" and not found.surname_like:
        return False
    if found.first.initial or (found.pattern == "SII" and _surname_follows(found)):
        return False
    after = found.items[-1].last + 1
    goes_on = (
        after < len(found.doc) and found.doc[after].ent_type_ == "PER" and found.doc[after].ent_iob_ == "I"
    )
    if found.pattern == "SGP" and goes_on:
        return False
    common_start = not found.inner and _is_mostly_common(found.first.text)
    if common_start:
        return found.person and one_entity(found.doc, found.items)
    return found.surname_like or found.person


def _given_and_surname(found: Candidate) -> bool:
    """«Роман Снегов»."""
    if set(found.labels) == {"LOC"}:
        return False
    if found.surname_like or found.person or not _is_mostly_common(found.first.text):
        return True
    return found.inner and found.labels[1] not in ("LOC", "ORG")


def _surname_and_given(found: Candidate) -> bool:
    """«Снегов Роман»."""
    if _is_common(found.first.text) or set(found.labels) == {"LOC"}:
        return False
    after = (
        item_at(found.doc, found.items[-1].last + 1) if found.items[-1].last + 1 < len(found.doc) else None
    )
    if after is not None and not after.initial and patronymic_readings(after.text):
        return False
    clear = found.surname_like and found.labels[0] not in ("LOC", "ORG")
    return clear or one_entity(found.doc, found.items)


def _initial_and_surname(found: Candidate) -> bool:
    """«Г. Рощина»; in «Я. Инга Мельничук …» the sentence ends after the pronoun."""
    if given_readings(found.items[1].text) and not found.surname_like:
        return False
    return found.person or found.surname_like


def _surname_and_initial(found: Candidate) -> bool:
    """«Рощина Г.»."""
    return not _surname_follows(found) and (found.person or found.surname_like)


def _single(found: Candidate) -> bool:
    """A word alone: who it is, is decided by the persons whom the text knows."""
    doc, item = found.doc, found.first
    shouted = doc[item.last].text.isupper() and not _heads_turn(doc, item)
    if shouted or _quoted_alone(doc, item.first, item.last):
        return False
    return found.pattern != "G" or found.labels[0] not in ("LOC", "ORG")


RULES: dict[str, Callable[[Candidate], bool]] = {
    "GPS": _surname_last,
    "IIS": _surname_last,
    "GIS": _surname_last,
    "SGP": _surname_first,
    "SII": _surname_first,
    "GP": lambda found: True,
    "GS": _given_and_surname,
    "SG": _surname_and_given,
    "IS": _initial_and_surname,
    "SI": _surname_and_initial,
    "GI": lambda found: found.person or found.inner,
    "G": _single,
    "S": _single,
    "P": _single,
}


def _follows_a_place_word(doc: Doc, first: int, single: bool) -> bool:
    """Whether the name belongs to a street or a prize («улица Гагарина»), a single word to a town too."""
    before = first - 1
    if before > 0 and doc[before].text == ".":
        before -= 1
    if before < 0:
        return False
    after = {row[0]: row[1] for row in rows("people", "not_after.tsv")}.get(doc[before].lemma_.lower())
    return after == "any" or (after == "single" and single)


def _may_be_surname(found: Candidate, item: Item) -> bool:
    """Verbs, adverbs and function words that begin a sentence are no surnames, nor are places."""
    token = found.doc[item.last]
    if token.ent_type_ == "LOC" and not _looks_like_surname(item.text):
        # a place of more words than one, half of it a name, is the recogniser's mistake
        following = token.nbor().ent_iob_ == "I" if token.i + 1 < len(found.doc) else False
        if token.ent_iob_ == "I" or not (found.person and following):
            return False
    parses = [parse for parse in analyzer().parse(item.text.lower()) if parse.is_known]
    if not parses:
        return True
    if len(item.text) <= SHORTEST_NAME and any(parse.tag.POS == "PREP" for parse in parses):
        return False
    return any(parse.tag.POS in ("NOUN", "ADJF", "ADJS") for parse in parses) and not (
        token.pos_ in ("VERB", "ADV", "ADP", "CCONJ", "SCONJ", "DET", "PRON", "AUX", "PART", "INTJ")
        and not any({"Surn"} in parse.tag for parse in parses)
    )


def _surname_follows(found: Candidate) -> bool:
    """Whether initials belong to the surname after them, not to the one before."""
    doc, last = found.doc, found.items[-1].last
    following = item_at(doc, last + 1) if last + 1 < len(doc) else None
    while following is not None and following.initial and following.last + 1 < len(doc):
        following = item_at(doc, following.last + 1)
    if following is None or following.initial:
        return False
    return _looks_like_surname(following.text) or _is_common(found.first.text)


def _heads_turn(doc: Doc, item: Item) -> bool:
    """Whether the word stands at a line's start before a colon: «БАСОВ:»."""
    begins = item.first == 0 or doc[item.first - 1].is_space or bool(doc[item.first].is_sent_start)
    after = doc[item.last + 1].text if item.last + 1 < len(doc) else ""
    return begins and after in (":", "(", ".", ",", "–", "—")


def certain(doc: Doc, pattern: str, chosen: Sequence[Item]) -> bool:
    """Whether the name may make a person of its own."""
    if len(pattern) > 1:
        return True
    item = chosen[0]
    label = _entity(doc, item)
    inner = not starts_sentence(doc, item.first)
    if pattern == "P":
        return True
    if label in ("LOC", "ORG"):
        return False
    if pattern == "G":
        return (label == "PER" and (inner or not _is_mostly_common(item.text))) or (
            _heads_turn(doc, item) and not _is_mostly_common(item.text)
        )
    if _is_common(item.text) or all(_is_common(part) for part in item.text.split("-")):
        return label == "PER" and inner and doc[item.last].pos_ in ("PROPN", "NOUN")
    surname_like = _looks_like_surname(item.text)
    if surname_like and not _is_mostly_common(item.text) and doc[item.last].pos_ == "PROPN":
        return True
    return (label == "PER" and (inner or surname_like)) or (surname_like and _heads_turn(doc, item))
