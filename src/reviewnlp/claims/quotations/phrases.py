"""Which words beside a claim name its source? «по словам X», «считает X», «как отметил X», «мол»."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc, Token

from reviewnlp.claims.quotations.clauses import content_end
from reviewnlp.claims.quotations.direct import finite
from reviewnlp.claims.quotations.draft import Draft, Passage, trimmed
from reviewnlp.claims.quotations.lexicon import (
    Cue,
    CueWord,
    cue_at,
    particles,
    prepositional,
    readings,
    word_class,
)
from reviewnlp.claims.quotations.marks import DASHES
from reviewnlp.claims.quotations.phrase import Tokens, can_speak, in_case, noun_phrase
from reviewnlp.claims.quotations.source import find_source
from reviewnlp.language.dictionary import known, normalized
from reviewnlp.language.lexicon import fold
from reviewnlp.resources import words

CASES = {"genitive": "gent", "dative": "datv"}
INSERTION = 14  # longest parenthetical in tokens


def prepositional_phrases(passage: Passage) -> list[Draft]:
    """«По словам директора, цех откроют осенью», «по его мнению»."""
    drafts: list[Draft] = []
    for i in passage.tokens:
        match = _match(passage, i)
        if match is None or i in passage.used:
            continue
        end, source, after, _word = match
        lo, hi = passage.sentence_of(i)
        pieces = _around(passage, lo, i, after, hi)
        drafts.extend(Draft("indirect", piece, (i, end), source) for piece in pieces)
    return drafts


def _match(passage: Passage, i: int) -> tuple[int, Tokens | None, int, CueWord] | None:
    """End of the words, the source, the end of the whole phrase, where one begins at a token."""
    doc = passage.doc
    _, hi = passage.sentence_of(i)
    named = _by_name(passage, i, hi)
    if named is not None:
        return named
    for phrase, (case_name, word) in prepositional().items():
        if fold(doc[i].text) != phrase[0]:
            continue
        at, possessive = i + 1, None
        if len(phrase) > 1 and at < hi and fold(doc[at].text) != phrase[1]:
            possessive = at if fold(doc[at].text) in word_class("possessive") else None
            if possessive is None:
                continue
            at += 1
            if at < hi and fold(doc[at].text) in word_class("own"):
                at += 1
        if tuple(fold(token.text) for token in doc[at : at + len(phrase) - 1]) != phrase[1:]:
            continue
        end = at + len(phrase) - 1
        if possessive is not None:
            own = fold(doc[possessive].text) not in word_class("nobody")
            return end, (possessive, possessive + 1) if own else None, end, word
        if end >= hi:
            continue
        case = CASES[case_name]
        head = next((doc[k] for k in range(end, min(hi, end + 5)) if _head(passage, k, case)), None)
        if head is None or (case == "datv" and not can_speak(head)):
            continue
        start, stop = noun_phrase(head, end, hi, case=case)
        if start - end > 1:
            continue
        return end, (end, stop), stop, word
    return None


def _by_name(passage: Passage, i: int, hi: int) -> tuple[int, Tokens | None, int, CueWord] | None:
    """«По Линдквисту, …»: a person's name after «по», set off by a comma."""
    doc = passage.doc
    if fold(doc[i].text) != "по" or i + 2 >= hi or not doc[i + 1].text[:1].isupper():
        return None
    person = doc[i + 1].ent_type_ == "PER" or any(r.name or r.animate for r in readings(doc[i + 1].text))
    place = any(r.place for r in readings(doc[i + 1].text))
    unknown = not known(normalized(doc[i + 1].text)) and doc[i + 1].ent_type_ == ""
    if place or not (person or unknown):
        return None
    if not in_case(doc[i + 1], "datv"):
        return None
    source = noun_phrase(doc[i + 1], i + 1, hi, case="datv")
    if source[1] >= hi or doc[source[1]].text != ",":
        return None
    return i + 1, source, source[1], CueWord("по", "opinion", frozenset({"that"}))


def _head(passage: Passage, k: int, case: str) -> bool:
    token = passage.doc[k]
    if any(r.form == "NPRO" or r.lemma == "который" for r in readings(token.text)):
        return in_case(token, case)
    noun = token.pos_ in ("NOUN", "PROPN", "X") or readings(token.text)[0].form == "NOUN"
    return (noun or (token.is_oov and token.text[:1].isupper())) and in_case(token, case)


def _around(passage: Passage, lo: int, start: int, end: int, hi: int) -> list[Tokens]:
    """The claim around an insertion [start, end): what follows it, what precedes it, or both."""
    doc = passage.doc
    for i in range(start - 1, lo - 1, -1):
        if doc[i].text in (";", ":"):
            lo = i + 1
            break
    hi = next((i for i in range(end, hi) if doc[i].text == ";"), hi)
    while lo < start and (
        doc[lo].text in DASHES or fold(doc[lo].text) in ("а", "но", "и", "однако", "при", "этом")
    ):
        lo += 1
    lo = _own_clause(doc, lo, start, end, hi)
    before = trimmed(doc, lo, start)
    after = trimmed(doc, end, hi)
    return [piece for piece in (before, after) if piece is not None]


def _own_clause(doc: Doc, lo: int, start: int, end: int, hi: int) -> int:
    """Where the clause that holds an insertion begins: after a joint that leaves a predicate on each side."""
    if not any(_predicate(doc[i]) for i in range(end, hi)):
        return lo
    for i in range(start - 1, lo, -1):
        if _predicate(doc[i]):
            return lo
        joint = doc[i].text in (",", "—", "–") or fold(doc[i].text) in ("и", "но", "а")
        if joint and any(_predicate(doc[k]) for k in range(lo, i)):
            return i + 1
    return lo


def _predicate(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and "Inf" not in token.morph.get("VerbForm", [])


def parentheticals(passage: Passage) -> list[Draft]:
    """«Спорить, считает Мельник, бесполезно»; «как отметил X»; «Рынок упал, сообщил министр»."""
    doc = passage.doc
    drafts: list[Draft] = []
    for i in passage.tokens:
        if i in passage.used:
            continue
        cue = cue_at(doc[i])
        if cue is None or not finite(cue) or cue.word.kind in ("gesture",):
            continue
        found = _insertion(passage, cue)
        if found is None:
            continue
        start, end = found
        lo, hi = passage.sentence_of(i)
        as_word = fold(doc[start].text) == "как" and start < cue.start
        source = find_source(cue, start, end, inverted=True)
        pieces = _around(passage, lo, start, end, hi)
        if not pieces:
            continue
        passage.used.add(i)
        first = start if as_word else cue.start
        drafts.extend(Draft("indirect", piece, (first, cue.end), source, cue) for piece in pieces)
    return drafts


def _insertion(passage: Passage, cue: Cue) -> Tokens | None:
    """Bounds of the parenthetical that a reporting verb makes between commas, or None."""
    doc = passage.doc
    lo, hi = passage.sentence_of(cue.token.i)
    start = cue.start
    while start > lo and doc[start - 1].text not in (",", "(") and doc[start - 1].text not in DASHES:
        start -= 1
        if cue.start - start > 4:
            return None
    if cue.end < hi and fold(doc[cue.end].text) == "ли":
        return None
    as_word = fold(doc[start].text) == "как" and start < cue.start
    source = find_source(cue, start, min(hi, cue.end + INSERTION), inverted=True)
    end = max(cue.end, source[1] if source else 0)
    while end < hi and doc[end].text not in (",", ")", ":", ";") and doc[end].text not in DASHES:
        if doc[end].pos_ in ("VERB", "AUX", "SCONJ"):
            return None
        end += 1
        if end - start > INSERTION + 4:
            return None
    if end < hi and doc[end].text in (":", ";"):
        return None
    opened, closed = start > lo, end < hi
    if not (opened or closed):
        return None
    if (
        closed
        and fold(doc[end + 1].text if end + 1 < hi else "") in ("что", "чтобы", "будто", "как", "ли")
        and not as_word
    ):
        return None
    if as_word and "that" not in cue.word.governs:
        return None
    if as_word:
        return (
            (start, end)
            if source is not None
            or cue.reading.number == "plur"
            or cue.reading.form == "PRTS"
            or cue.word.kind == "impersonal"
            else None
        )
    return (start, end) if _speaks_aside(passage, cue, start, end, source, opened) else None


def _speaks_aside(
    passage: Passage, cue: Cue, start: int, end: int, source: Tokens | None, opened: bool
) -> bool:
    """Whether a stretch between commas is author's words: verb and subject, or «думаю», «говорят»."""
    reading = cue.reading
    if "that" not in cue.word.governs and "whether" not in cue.word.governs:
        return False
    doc = passage.doc
    while start < cue.start and doc[start].pos_ in ("ADV", "PART"):
        start += 1
    before = [fold(doc[k].text) for k in range(start, cue.start)]
    first_person = reading.person == "1per" and cue.word.kind == "opinion"
    if first_person and all(word in ("я", "мы", "как", "и", "лично", "не") for word in before):
        return True
    if not opened:
        return False
    if fold(cue.token.text) in words("claims", "asides.tsv") and not before and end == cue.end:
        return True
    if source is None:
        return False
    if source[0] >= cue.end:
        return not before and source[0] - cue.end <= 4
    return (
        source[1] <= cue.start
        and doc[source[0]].pos_ == "PRON"
        and source[0] == start
        and cue.end == end
        and (cue.word.kind == "opinion" or reading.tense == "pres")
    )


def told_before(passage: Passage) -> list[Draft]:
    """«Дорогу отремонтируют к маю. Об этом сообщил Лапин»: what is said is the sentence before."""
    doc = passage.doc
    drafts: list[Draft] = []
    for (start, end), (lo, hi) in pairwise(passage.sentences):
        if [fold(token.text) for token in doc[lo : lo + 2]] != ["об", "этом"]:
            continue
        cue = next((c for i in range(lo + 2, min(hi, lo + 6)) if (c := cue_at(doc[i])) and finite(c)), None)
        content = trimmed(doc, start, end)
        if cue is None or cue.word.kind != "speech" or content is None:
            continue
        passage.used.add(cue.token.i)
        drafts.append(Draft("indirect", content, (lo, cue.end), find_source(cue, lo, hi), cue))
    return drafts


def hearsay(passage: Passage) -> list[Draft]:
    """«мол», «дескать», «якобы»: what follows is somebody else's word."""
    doc = passage.doc
    drafts: list[Draft] = []
    for i in passage.tokens:
        low = fold(doc[i].text)
        if low not in particles() or i in passage.used:
            continue
        lo, hi = passage.sentence_of(i)
        near = range(i - 1, max(lo - 1, i - 7), -1)
        cue = next((c for k in near if (c := cue_at(doc[k])) and finite(c) and k not in passage.used), None)
        opens = i == lo or passage.doc[i - 1].text in ("—", "–", ":", ";")
        if low in ("якобы", "де") and not opens:
            continue
        source = None
        if cue is not None:
            source = find_source(cue, lo, i)
            passage.used.add(cue.token.i)
            colon = next((k for k in range(cue.end, i - 1) if doc[k].text == ":"), i)
            pieces = [trimmed(doc, colon + 1, i), trimmed(doc, i + 1, content_end(doc, cue, i + 1, hi))]
        elif any(_predicate(token) for token in doc[lo:i]):
            subject = next((token for token in doc[lo:i] if token.dep_ == "nsubj" and can_speak(token)), None)
            source = noun_phrase(subject, lo, i) if subject is not None else None
            pieces = [trimmed(doc, i + 1, hi)]
        else:
            pieces = [trimmed(doc, lo, i), trimmed(doc, i + 1, hi)]
        first = cue.start if cue is not None and i - cue.end <= 1 else i
        drafts.extend(Draft("indirect", piece, (first, i + 1), source, cue) for piece in pieces if piece)
    return drafts
