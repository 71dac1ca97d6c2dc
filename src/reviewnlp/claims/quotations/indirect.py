"""Which clauses report speech without quotation marks? Complements of reporting verbs and nouns."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from reviewnlp.claims.quotations.clauses import content_end
from reviewnlp.claims.quotations.direct import noun_source
from reviewnlp.claims.quotations.draft import Draft, Passage, trimmed
from reviewnlp.claims.quotations.lexicon import Cue, CueWord, cue_at, cue_nouns, readings, word_class
from reviewnlp.claims.quotations.marks import OPENING
from reviewnlp.claims.quotations.phrase import Tokens, can_speak, nominal
from reviewnlp.claims.quotations.source import find_source, has_fact
from reviewnlp.language.lexicon import fold

GAP = 16  # furthest that a reported clause may begin after its verb


def complements(passage: Passage) -> list[Draft]:
    """Indirect speech after reporting verbs and nouns, in text order."""
    drafts = []
    for i in passage.tokens:
        if i in passage.used:
            continue
        cue = cue_at(passage.doc[i])
        draft = verb_complement(passage, cue) if cue is not None else noun_complement(passage, i)
        if draft is not None:
            passage.used.add(i)
            drafts.append(draft)
    return drafts


def verb_complement(passage: Passage, cue: Cue) -> Draft | None:
    """What a reporting verb governs: a clause, an infinitive, «о» with a noun, or a colon's list."""
    if silent(cue):
        return None
    doc = passage.doc
    lo, hi = passage.sentence_of(cue.token.i)
    found = _clause_after(doc, cue, hi) or _infinitive(doc, cue, hi) or _about(doc, cue, hi)
    if found is None:
        return None
    start, end, cue_end = found
    content = trimmed(doc, start, end)
    if content is None:
        return None
    source = find_source(cue, reporting_start(doc, cue, lo), start)
    if _fact_speaks(doc, cue, source):
        return None
    first = cue.start
    while first > lo and (
        fold(doc[first - 1].text) in ("не", "бы") or _passive_auxiliary(doc, cue, first - 1)
    ):
        first -= 1
    return Draft("indirect", content, (first, max(cue_end, cue.end)), source, cue)


def _passive_auxiliary(doc: Doc, cue: Cue, at: int) -> bool:
    return cue.reading.form in ("PRTS", "ADJS") and fold(doc[at].text) in (
        "был",
        "было",
        "была",
        "были",
        "будет",
    )


def silent(cue: Cue) -> bool:
    """Whether a reporting verb's form reports nothing: imperative, impersonal «можно сказать»."""
    reading = cue.reading
    if reading.mood == "impr":
        return True
    if cue.word.kind == "speech" and reading.person == "1per" and reading.tense == "futr":
        return True  # «отмечу, что», «напомним, что» only lead the writer's own words
    if cue.word.kind == "denial":
        return cue.start == 0 or fold(cue.token.nbor(-1).text) != "не"
    if cue.token.text.isupper() and len(cue.token.text) > 2:
        return True  # «РЕШИЛИ:» heads a list of decisions
    if reading.form == "INFN":
        governor = cue.token.head
        ruling = cue_at(governor)
        if ruling is not None and ruling.word.kind == "request" and cue.token.dep_ == "xcomp":
            return True  # «просил передать, что»: the request reports
        before = [fold(token.text) for token in cue.token.doc[max(0, cue.start - 2) : cue.start]]
        if set(before) & word_class("silent") or fold(governor.text) in word_class("silent"):
            return True
        return cue.token.dep_ not in ("xcomp", "conj", "csubj", "advcl", "ROOT")
    return False


def reporting_start(doc: Doc, cue: Cue, lo: int) -> int:
    """Where the reporting clause begins: after the conjunction of a clause that holds it."""
    for i in range(cue.start - 1, lo - 1, -1):
        if doc[i].text in (";", ":"):
            return i + 1
    return lo


def _clause_after(doc: Doc, cue: Cue, hi: int) -> tuple[int, int, int] | None:
    """Start and end of a reported clause after a verb, and the end of the reporting words."""
    at = cue.end
    limit = min(hi, cue.end + GAP)
    while at < limit:
        token = doc[at]
        if token.text == ":":
            return _after_colon(doc, cue, at, hi)
        if token.text == "," and at + 1 < hi:
            if _opens(doc, cue, at + 1, hi):
                if _relative(doc, at):
                    return None
                cue_end = (
                    at if at - cue.end <= 2 and fold(doc[at - 1].text) in word_class("correlative") else 0
                )
                return at + 1, content_end(doc, cue, at + 1, hi), cue_end
            if not _skippable(doc, at, hi):
                colon = _late_colon(doc, at, hi)
                return _after_colon(doc, cue, colon, hi) if colon else None
        elif at == cue.end and fold(token.text) in ("что", "чтобы", "будто") and token.pos_ == "SCONJ":
            if _opens(doc, cue, at, hi):
                return at, content_end(doc, cue, at, hi), 0
        elif token.pos_ in ("VERB", "AUX") and not nominal(token) and not _participle(token):
            return None
        elif token.text in ("—", "–") and at == cue.end and cue.word.kind in ("speech", "opinion"):
            return _after_dash(doc, cue, at, hi)
        elif (
            token.text in OPENING or token.text in (";", "—", "–") or fold(token.text) in word_class("degree")
        ):
            return None
        at += 1
    return None


def _participle(token: Token) -> bool:
    return any(reading.form == "PRTF" for reading in readings(token.text))


def _opens(doc: Doc, cue: Cue, at: int, hi: int) -> bool:
    """Whether the words at a position open a clause that this verb can report."""
    low = fold(doc[at].text)
    governs = cue.word.governs
    following = [fold(token.text) for token in doc[at : min(hi, at + 4)]]
    if "ли" in following[1:]:
        return bool(governs & {"whether", "that"})
    if low in word_class("order") and governs & {"order", "that"}:
        return "order" in governs or cue.word.kind == "request"
    if low in word_class("that") and "that" in governs:
        return low != "как" or ("how" in governs and following[1:2] != ["только"])
    if doc[at].pos_ == "ADP":
        return "whether" in governs and len(following) > 1 and following[1] in word_class("oblique")
    if low in word_class("question"):
        if "whether" in governs:
            return True
        plain = low in (
            "почему",
            "зачем",
            "сколько",
            "кто",
            "где",
            "куда",
            "откуда",
            "какой",
            "какая",
            "какие",
        )
        return plain and at - cue.end <= 2 and "that" in governs and cue.word.kind == "speech"
    return False


def _relative(doc: Doc, comma: int) -> bool:
    """«сказал то, что думал»: a relative clause, no speech."""
    before = fold(doc[comma - 1].text)
    second = doc[comma - 2].pos_ if comma > 1 else ""
    return before in ("то", "все", "всё") and second != "ADP"


def _skippable(doc: Doc, comma: int, hi: int) -> bool:
    """Whether an insertion without a verb (apposition, «однако») opens after the comma."""
    close = next((i for i in range(comma + 1, min(hi, comma + 9)) if doc[i].text == ","), None)
    if close is None:
        return False
    inside = doc[comma + 1 : close]
    if any(reading.form == "GRND" for reading in readings(inside[0].text)):
        return True
    return not any(token.pos_ in ("VERB", "AUX", "SCONJ") for token in inside)


def _after_dash(doc: Doc, cue: Cue, dash: int, hi: int) -> tuple[int, int, int] | None:
    """«Подрядчик уверяет — сроки будут соблюдены»: a dash in place of a colon."""
    if (
        "that" not in cue.word.governs
        or cue.start == 0
        or not any(_clause_verb(t) for t in doc[dash + 1 : hi])
    ):
        return None
    return dash + 1, content_end(doc, cue, dash + 1, hi), 0


def _clause_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or token.dep_ == "cop"


def _late_colon(doc: Doc, comma: int, hi: int) -> int:
    """A colon soon after a comma with no verb between («ответила не сразу, но твёрдо: нет»), else 0."""
    for i in range(comma + 1, min(hi, comma + 6)):
        if doc[i].text == ":":
            return i
        if doc[i].pos_ in ("VERB", "AUX", "SCONJ") or doc[i].is_punct:
            return 0
    return 0


def _after_colon(doc: Doc, cue: Cue, colon: int, hi: int) -> tuple[int, int, int] | None:
    """«X отметил: рынок упал»: speech without quotation marks up to the sentence's end."""
    if (
        cue.word.kind in ("gesture", "impersonal")
        or (cue.reading.form == "PRTS" and cue.word.kind == "request")
        or colon + 1 >= hi
        or not cue.word.governs & {"that", "whether", "inf", "order", "colon"}
    ):
        return None
    if doc[colon + 1].text in OPENING or doc[colon + 1].text in ("—", "–", '"', "“"):
        return None
    return colon + 1, hi, 0


def _infinitive(doc: Doc, cue: Cue, hi: int) -> tuple[int, int, int] | None:
    """«предложил ввести сбор», «посоветовал не спешить»."""
    if "inf" not in cue.word.governs or cue.reading.form in ("INFN",):
        return None
    for at in range(cue.end, min(hi, cue.end + 8)):
        token = doc[at]
        if any(reading.form == "INFN" for reading in readings(token.text)) and token.pos_ in ("VERB", "AUX"):
            if token.head.pos_ in ("NOUN", "PROPN") and cue.end <= token.head.i < at:
                return None  # «грозит потеря разрешения практиковать»
            start = at
            while start > cue.end and _belongs(doc[start - 1], token, cue):
                start -= 1
            return start, content_end(doc, cue, at, hi), 0
        if token.is_punct or token.pos_ in ("VERB", "SCONJ"):
            return None
    return None


def _belongs(token: Token, infinitive: Token, cue: Cue) -> bool:
    """Whether a word before an infinitive is part of what is proposed («предложил его доработать»)."""
    if token.pos_ in ("PART", "ADV"):
        return True
    if "person" in cue.word.governs or token.is_punct:
        return False
    inside = token.head.i == infinitive.i or token.head.head.i == infinitive.i
    return inside and (
        fold(token.text) in ("его", "ее", "их") or token.dep_ in ("obj", "obl", "case", "amod")
    )


def _about(doc: Doc, cue: Cue, hi: int) -> tuple[int, int, int] | None:
    """«заявил о намерении уйти»."""
    if "about" not in cue.word.governs:
        return None
    for at in range(cue.end, min(hi, cue.end + 7)):
        if fold(doc[at].text) in ("о", "об", "обо"):
            if fold(doc[at + 1].text if at + 1 < hi else "") in ("чем", "том"):
                return None
            cue_end = at + 1 if at == cue.end else 0
            return at + 1, _phrase_end(doc, at + 1, hi), cue_end
        if doc[at].is_punct or doc[at].pos_ in ("VERB", "SCONJ"):
            return None
    return None


def _phrase_end(doc: Doc, start: int, hi: int) -> int:
    """End of what «о» governs: up to punctuation or a finite verb."""
    for at in range(start, hi):
        if doc[at].text in (",", ";", ":", "—", "–", "(") or doc[at].pos_ == "SCONJ":
            return at
        if doc[at].pos_ == "CCONJ" and at + 1 < hi and doc[at + 1].pos_ in ("VERB", "AUX"):
            return at
    return hi


def _fact_speaks(doc: Doc, cue: Cue, source: Tokens | None) -> bool:
    """«цифры говорят о том, что…»: an inanimate subject that states nothing in words."""
    if source is None:
        third = cue.reading.tense == "pres" and cue.reading.number == "sing" and cue.reading.form == "VERB"
        return (
            third
            and cue.word.lemma in word_class("showing")
            and cue.reading.person == "3per"
            and _no_person(cue)
        )
    heads = [doc[i] for i in range(*source)]
    if has_fact(heads):
        return True
    if any(can_speak(token) for token in heads):
        return False
    return cue.word.lemma in word_class("showing")


def _no_person(cue: Cue) -> bool:
    return any(has_fact([child]) for child in cue.token.children)


def noun_complement(passage: Passage, i: int) -> Draft | None:
    """«мнение, что…», «вопрос, будет ли…», «просьба вернуть…»; with the verb that carries the noun."""
    doc = passage.doc
    options = [reading for reading in readings(doc[i].text) if reading.form == "NOUN"]
    word = next((cue_nouns()[r.lemma] for r in options if r.lemma in cue_nouns()), None)
    if word is None or doc[i].pos_ not in ("NOUN", "PROPN"):
        return None
    lo, hi = passage.sentence_of(i)
    cue = Cue(doc[i], word, options[0], i, i + 1)
    at = i + 1
    while at < min(hi, i + 8) and not doc[at].is_punct and doc[at].pos_ not in ("SCONJ",):
        at += 1
    if at + 1 >= hi or doc[at].text != "," or not _noun_opens(doc, word, at + 1, hi):
        return None
    verb = next(
        (k for k in (*range(i - 1, max(lo - 1, i - 4), -1), *range(i + 1, at)) if _carrier(doc[k])), None
    )
    between = [doc[k] for k in range(i + 1, at)]
    if [fold(token.text) for token in between] == ["в", "том"]:
        return None  # «вопрос в том, хватит ли денег»
    if any(token.pos_ == "VERB" for token in between) and not _correlative(doc, at):
        return None
    start, end = i, i + 1
    if (
        verb is not None
        and verb < i
        and all(doc[k].pos_ in ("ADJ", "DET", "ADP") for k in range(verb + 1, i))
    ):
        start = verb
    elif verb is not None and verb > i:
        end = at
    content = trimmed(doc, at + 1, content_end(doc, cue, at + 1, hi))
    if content is None:
        return None
    source = noun_source(passage, i, lo, verb if verb is not None and verb > i else at)
    if source is None and verb is not None and verb < i:
        carrier = doc[verb]
        reading = next(r for r in readings(carrier.text) if r.form in ("VERB", "PRTS", "INFN", "GRND"))
        subject = find_source(Cue(carrier, word, reading, verb, verb + 1), lo, i)
        inside = subject is not None and subject[0] <= i < subject[1]
        source = subject if subject and not inside and can_speak(doc[subject[0]]) else None
    return Draft("indirect", content, (start, end), source, None)


def _carrier(token: Token) -> bool:
    verbal = any(r.form in ("VERB", "PRTS", "INFN", "GRND") for r in readings(token.text))
    return verbal and token.pos_ in ("VERB", "AUX", "ADJ")


def _correlative(doc: Doc, comma: int) -> bool:
    return fold(doc[comma - 1].text) in word_class("correlative")


def _noun_opens(doc: Doc, word: CueWord, at: int, hi: int) -> bool:
    low = fold(doc[at].text)
    following = [fold(token.text) for token in doc[at : min(hi, at + 4)]]
    if word.kind == "question":
        return "ли" in following[1:] or (
            low in word_class("question") and doc[at].pos_ != "ADP" and low != "который"
        )
    if low in word_class("order"):
        return "order" in word.governs
    return low in ("что", "будто", "якобы") and "that" in word.governs
