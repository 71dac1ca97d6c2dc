"""Which words report speech? Cue words from the room's data files, looked up by word form.

Forms are looked up in pymorphy3's dictionary rather than by the tagger's lemma: the tagger
often errs on rare verbs after a dash («буркнул» as an adjective). Lemmas have ё folded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Token

from reviewnlp.language.dictionary import normalized, parses
from reviewnlp.language.lexicon import fold
from reviewnlp.resources import rows, words

VERBAL = {"VERB", "INFN", "GRND", "PRTF", "PRTS", "ADJS", "PRED"}
IMPERSONAL = "impersonal"


@dataclass(frozen=True, slots=True)
class Reading:
    """One dictionary reading of a word form; `form` is pymorphy's part of speech."""

    lemma: str
    form: str
    case: str | None
    gender: str | None
    number: str | None
    person: str | None
    tense: str | None
    mood: str | None
    animate: bool
    name: bool
    place: bool


@dataclass(frozen=True, slots=True)
class CueWord:
    """A reporting word: its class and what it governs."""

    lemma: str
    kind: str
    governs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb where it stands: token, entry, reading, first and last token of the words."""

    token: Token
    word: CueWord
    reading: Reading
    start: int
    end: int


def _plain(grammeme: object) -> str | None:
    return None if grammeme is None else str(grammeme)


@lru_cache(maxsize=50_000)
def readings(form: str) -> tuple[Reading, ...]:
    """All dictionary readings of a word form, the likeliest first."""
    found = []
    for parse in parses(normalized(form)):
        tag = parse.tag
        name = bool({"Name", "Surn", "Patr"} & tag.grammemes)
        found.append(
            Reading(
                lemma=fold(parse.normal_form),
                form=str(tag.POS),
                case=_plain(tag.case),
                gender=_plain(tag.gender),
                number=_plain(tag.number),
                person=_plain(tag.person),
                tense=_plain(tag.tense),
                mood=_plain(tag.mood),
                animate=tag.animacy == "anim",
                name=name,
                place="Geox" in tag.grammemes,
            )
        )
    return tuple(found)


@cache
def cue_words() -> dict[str, CueWord]:
    """Reporting verbs and predicative adjectives by lemma."""
    table = {}
    for lemma, kind, governs, *_ in rows("claims", "cues.tsv"):
        table[lemma] = CueWord(lemma, kind, frozenset(governs.split(",")))
    return table


@cache
def cue_phrases() -> dict[str, list[tuple[tuple[str, ...], CueWord]]]:
    """Reporting phrases by their verb's lemma: the words after the verb and the entry."""
    table: dict[str, list[tuple[tuple[str, ...], CueWord]]] = {}
    for lemma, rest, kind, governs in rows("claims", "cue_phrases.tsv"):
        word = CueWord(f"{lemma} {rest}", kind, frozenset(governs.split(",")))
        table.setdefault(lemma, []).append((tuple(fold(rest).split()), word))
    return table


@cache
def cue_nouns() -> dict[str, CueWord]:
    """Nouns that name a saying, by lemma."""
    return {
        row[0]: CueWord(row[0], row[1], frozenset(row[2].split(",") if len(row) > 2 else []))
        for row in rows("claims", "cue_nouns.tsv")
    }


@cache
def prepositional() -> dict[tuple[str, ...], tuple[str, CueWord]]:
    """«по словам» and the like by their words, with the case of the source."""
    return {
        tuple(fold(text).split()): (case, CueWord(text, kind, frozenset({"that"})))
        for text, case, kind in rows("claims", "prepositional.tsv")
    }


@cache
def particles() -> frozenset[str]:
    """Particles of somebody else's speech."""
    return words("claims", "particles.tsv")


@cache
def word_class(kind: str) -> frozenset[str]:
    """Words of a closed class of `quotation_words.tsv`, ё folded."""
    return frozenset(word for name, word in rows("claims", "quotation_words.tsv") if name == kind)


@cache
def speaking_nouns() -> dict[str, str]:
    """Inanimate nouns that speak, with their class."""
    return {row[0]: row[1] for row in rows("claims", "speakers.tsv")}


@lru_cache(maxsize=50_000)
def _verb_readings(form: str) -> tuple[Reading, ...]:
    return tuple(reading for reading in readings(form) if reading.form in VERBAL)


def cue_at(token: Token, *, strict: bool = True) -> Cue | None:
    """The reporting verb at a token.

    `strict` asks that the tagger call a form that is not surely a verb a verb; after a dash,
    where authors' words stand, the dictionary alone decides.
    """
    options = _verb_readings(token.text)
    if not options:
        return None
    surely = all(reading.form in VERBAL for reading in readings(token.text))
    if strict and not surely and token.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    for reading in options:
        phrase = _phrase_at(token, reading)
        if phrase is not None:
            return phrase
    for reading in options:
        word = cue_words().get(reading.lemma)
        if word is not None:
            return Cue(token, word, reading, token.i, token.i + 1)
    return None


def _phrase_at(token: Token, reading: Reading) -> Cue | None:
    doc = token.doc
    for rest, word in cue_phrases().get(reading.lemma, ()):
        for gap in (1, 2):
            first = token.i + gap
            if tuple(fold(t.text) for t in doc[first : first + len(rest)]) == rest:
                return Cue(token, word, reading, token.i, first + len(rest))
        first = token.i - len(rest)
        if first >= 0 and tuple(fold(t.text) for t in doc[first : token.i]) == rest:
            return Cue(token, word, reading, first, token.i + 1)
    return None
