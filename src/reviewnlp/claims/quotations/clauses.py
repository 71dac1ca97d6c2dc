"""Where does a reported clause end? Trees where they help, commas and conjunctions where not."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from reviewnlp.claims.quotations.lexicon import Cue, cue_at, readings, word_class
from reviewnlp.claims.quotations.marks import DASHES, STOPS
from reviewnlp.claims.quotations.phrase import nominal
from reviewnlp.claims.quotations.source import agrees
from reviewnlp.language.lexicon import fold


def content_end(doc: Doc, cue: Cue, start: int, end: int) -> int:
    """End of the reported clause that begins at `start`, at most the sentence's `end`."""
    cue = _with_governor(cue)
    depth = 0
    for i in range(start + 1, end):
        text = doc[i].text
        if text in ("«", "„", "(", "["):
            depth += 1
        elif text in ("»", "“", ")", "]"):
            if depth == 0:
                return i
            depth -= 1
        if depth:
            continue
        if text in DASHES and doc[i - 1].text in STOPS:
            return i  # author's words: «А я говорю — будет! — стукнул кулаком хозяин»
        if text == ";" and not (i + 1 < end and fold(doc[i + 1].text) in ("что", "чтобы")):
            return i
        if (text == "," or text in DASHES) and i + 1 < end and returns(doc, cue, start, i, end):
            return i
        if fold(text) == "и" and doc[i - 1].text != "," and i + 1 < end and _goes_on(doc, cue, start, i, end):
            return i
    return end


def _with_governor(cue: Cue) -> Cue:
    """For an infinitive or gerund, the form of the verb that governs it: what can be joined to it."""
    governor = cue.token.head
    if cue.reading.form not in ("INFN", "GRND") or governor.pos_ not in ("VERB", "AUX"):
        return cue
    reading = next((r for r in readings(governor.text) if r.form == "VERB"), cue.reading)
    return replace(cue, reading=reading) if cue.reading.form == "INFN" else cue


def returns(doc: Doc, cue: Cue, start: int, comma: int, end: int) -> bool:
    """Whether the reporting sentence goes on after a comma inside what follows the reporting verb."""
    if cue_gerund(doc, comma):
        return True
    if [fold(token.text) for token in doc[comma + 1 : comma + 3]] in (["на", "что"], ["после", "чего"]):
        return True
    first = comma + 1
    if doc[first].text in DASHES:
        first += 1
    if first >= end:
        return False
    joining = fold(doc[first].text) in word_class("joining")
    at = first + joining
    while at < end and (
        doc[at].pos_ in ("ADV", "PART") or fold(doc[at].text) in ("тут", "же", "потом", "не")
    ):
        at += 1
    if at >= end:
        return False
    verb = _finite(doc[at])
    if joining and verb is not None and _same_form(cue, doc[at]):
        return True
    noun = cue.token.pos_ in ("NOUN", "PROPN")
    if (
        noun
        or cue.token.dep_ in ("acl", "acl:relcl", "advcl", "csubj")
        or cue.reading.form in ("GRND", "PRTF")
    ):
        return _main_resumes(doc, cue, start, first, end)
    infinitive = not any(
        _finite(doc[i]) or doc[i].pos_ == "SCONJ" for i in range(start, min(comma, start + 4))
    )
    if (
        infinitive
        and doc[start].pos_ in ("VERB", "PART", "ADV", "PRON")
        and _new_clause(doc, cue, first, end)
    ):
        return True
    if joining and doc[start].pos_ == "VERB" and fold(doc[first].text) in ("но", "а", "однако"):
        return True  # «обещал удалить рекламу, но воз и ныне там»
    if joining and _narrates(doc, cue, start, first, end):
        return True
    if joining and _goes_back(doc, cue, start, first, end):
        return True
    return joining and _joined_to_cue(doc, cue, start, first, end)


def _new_clause(doc: Doc, cue: Cue, first: int, end: int) -> bool:
    """Whether a clause with a subject and a verb of its own stands after what an infinitive proposes."""
    stop = next((i for i in range(first, end) if doc[i].text in (",", ";", ":")), end)
    if doc[first].pos_ in ("SCONJ", "ADP", "PRON", "DET") or fold(doc[first].text) in word_class("question"):
        return False
    if fold(doc[first].text).startswith("котор"):
        return False
    verb = any(_finite(doc[i]) for i in range(first, stop))
    return verb and any(nominal(doc[i]) and doc[i].dep_.startswith("nsubj") for i in range(first, stop))


def cue_gerund(doc: Doc, comma: int) -> bool:
    """«, добавив, что»: author's words that follow the reported clause."""
    following = cue_at(doc[comma + 1])
    if following is None or following.reading.form != "GRND" or comma + 2 >= len(doc):
        return False
    return "that" in following.word.governs and any(
        doc[i].text in (",", ":") for i in range(comma + 2, min(len(doc), comma + 5))
    )


def _finite(token: Token) -> Token | None:
    return token if token.pos_ == "VERB" and "Inf" not in token.morph.get("VerbForm", []) else None


def _same_form(cue: Cue, token: Token) -> bool:
    """Whether a verb without a subject of its own shares the reporting verb's tense, gender and number."""
    for reading in readings(token.text):
        if reading.form != "VERB" or reading.mood == "impr":
            continue
        if reading.tense == cue.reading.tense and reading.number == cue.reading.number:
            return reading.gender == cue.reading.gender and reading.person == cue.reading.person
    return False


def _main_resumes(doc: Doc, cue: Cue, start: int, first: int, end: int) -> bool:
    """Whether the stretch after a comma hangs on what stands before the reporting verb, or is the root."""
    stop = next((i for i in range(first, end) if doc[i].text in (",", ";", ":")), end)
    for i in range(first, stop):
        token = doc[i]
        if token.pos_ not in ("VERB", "ADJ", "ADV") or token.dep_ not in ("ROOT", "conj", "parataxis"):
            continue
        if token.dep_ == "ROOT" and cue.token.dep_ != "ROOT":
            return True
        if token.dep_ != "ROOT" and token.head.i < start and token.head.i != cue.token.i:
            return True
    return False


def _joined_to_cue(doc: Doc, cue: Cue, start: int, first: int, end: int) -> bool:
    """Whether a joined clause is the reporting verb's fellow in the tree and has no part in the speech."""
    stop = next((i for i in range(first, end) if doc[i].text in (",", ";", ":")), end)
    for i in range(first, stop):
        token = doc[i]
        if token.dep_ == "conj" and token.pos_ == "VERB" and token.head.i < start:
            return _same_form(cue, token) or not _like_speech(doc, start, first, token)
    return False


def _goes_back(doc: Doc, cue: Cue, start: int, first: int, end: int) -> bool:
    """Whether a joined clause has no subject and a verb like the reporting one, unlike those reported."""
    stop = next((i for i in range(first, end) if doc[i].text in (",", ";", ":")), end)
    if any(nominal(doc[i]) and doc[i].dep_.startswith("nsubj") for i in range(first, stop)):
        return False
    inside = [i for i in range(start, first) if _finite(doc[i])]
    alike = any(_same_form(cue, doc[i]) for i in inside)
    return not alike and any(_finite(doc[i]) and _same_form(cue, doc[i]) for i in range(first, stop))


def _narrates(doc: Doc, cue: Cue, start: int, first: int, end: int) -> bool:
    """Whether «но», «однако» brings the narrator back.

    Reported clauses keep the tense in which they were said, narration has the reporting verb's:
    «уверяет, что здоров, но кашлял», «сказал, что готов, но голос дрожал»; and «но я» after
    somebody else's words is the narrator.
    """
    if fold(doc[first].text) not in ("но", "однако") or first + 1 >= end:
        return False
    if fold(doc[first + 1].text) in ("я", "мы") and cue.reading.person != "1per":
        own = any(fold(token.text) in ("я", "мы") for token in doc[max(0, cue.start - 4) : cue.end + 2])
        return not own
    stop = next((i for i in range(first, end) if doc[i].text in (",", ";", ":")), end)
    verbs = [doc[i] for i in range(first, stop) if _finite(doc[i])]
    said = [doc[i] for i in range(start, first) if _finite(doc[i])]
    past = ["Past"]
    narrative = cue.reading.tense == "past" and bool(verbs) and verbs[0].morph.get("Tense", []) == past
    return narrative and not any(verb.morph.get("Tense", []) == past for verb in said)


def _like_speech(doc: Doc, start: int, first: int, verb: Token) -> bool:
    """Whether a later clause looks like the reported one: the same tense as its first verb."""
    said = next((doc[i] for i in range(start, first) if _finite(doc[i])), None)
    return said is None or said.morph.get("Tense", []) == verb.morph.get("Tense", [])


def _goes_on(doc: Doc, cue: Cue, start: int, joint: int, end: int) -> bool:
    """«сказал, что устал и ушёл» stays speech; «предложил ввести сбор и сел» returns to the speaker."""
    token = doc[joint + 1]
    if _finite(token) is None or not _same_form(cue, token):
        return False
    inside = [doc[i] for i in range(start, joint) if _finite(doc[i])]
    return (
        not inside
        and token.dep_ == "conj"
        and not any(
            nominal(doc[i]) and agrees(cue.reading, doc[i]) and doc[i].dep_.startswith("nsubj")
            for i in range(start, joint)
        )
    )
