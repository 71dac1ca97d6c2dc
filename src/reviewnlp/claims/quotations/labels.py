"""Which openings without a verb give words to somebody? «Ковалёв: бюджет не утверждать», «Вывод X: …»"""

from __future__ import annotations

from reviewnlp.claims.quotations.direct import (
    clause_start,
    noun_of_saying,
    noun_source,
    verbless,
)
from reviewnlp.claims.quotations.draft import LONGEST_SENTENCE, Draft, Passage, is_stop, trimmed
from reviewnlp.claims.quotations.lexicon import cue_at
from reviewnlp.claims.quotations.marks import DASHES, OPENING
from reviewnlp.claims.quotations.phrase import in_case
from reviewnlp.language.lexicon import fold

OPENING_LENGTH = 40  # longest opening before a colon


def labelled(passage: Passage) -> list[Draft]:
    """Summaries after a colon whose opening is a name or a noun of saying with its owner."""
    doc = passage.doc
    drafts = []
    for colon in passage.tokens[1:-1]:
        if doc[colon].text != ":" or passage.enclosing(colon):
            continue
        following = doc[colon + 1]
        if following.text in OPENING or following.text in DASHES or following.text in ('"', "“"):
            continue
        lo = clause_start(passage, colon)
        if colon - lo > OPENING_LENGTH or colon == lo:
            continue
        if any(cue_at(doc[i]) and i in passage.used for i in range(lo, colon)):
            continue
        limit = min(passage.end, colon + LONGEST_SENTENCE)
        stop = next((i for i in range(colon + 1, limit) if is_stop(doc, i)), limit)
        content = trimmed(doc, colon + 1, stop + (stop < passage.end and doc[stop].text != "."))
        if content is None:
            continue
        draft = _noun_label(passage, content, lo, colon)
        if draft is None and following.text[:1].islower():
            draft = verbless(passage, content, lo, colon)
        if draft is not None:
            drafts.append(Draft("indirect", draft.content, draft.cue, draft.source))
    return drafts


def summarised(passage: Passage) -> list[Draft]:
    """«Софья Бояринцева — о том, что пилот изматывает»: a speaker, a dash and «о том, что»."""
    doc = passage.doc
    drafts = []
    for dash in passage.tokens[1:-4]:
        if doc[dash].text not in DASHES or [fold(t.text) for t in doc[dash + 1 : dash + 4]] != [
            "о",
            "том",
            ",",
        ]:
            continue
        lo, hi = passage.sentence_of(dash)
        content = trimmed(doc, dash + 4, hi)
        draft = verbless(passage, content, lo, dash) if content is not None else None
        if draft is not None:
            drafts.append(Draft("indirect", draft.content, (dash + 1, dash + 3), draft.source))
    return drafts


def theses(passage: Passage) -> list[Draft]:
    """«Тезис Снегова — без людей стена не стоит»: a noun of saying with its owner before a dash."""
    doc = passage.doc
    drafts = []
    for lo, hi in passage.sentences:
        dash = next((i for i in range(lo, min(hi, lo + 7)) if doc[i].text in DASHES), None)
        if dash is None or dash == lo or doc[dash - 1].is_punct:
            continue
        content = trimmed(doc, dash + 1, hi)
        clause = any(token.pos_ in ("VERB", "AUX") for token in doc[dash + 1 : hi])
        draft = _noun_label(passage, content, lo, dash) if content is not None and clause else None
        if draft is not None and not doc[dash + 1].text[:1].isupper():
            drafts.append(draft)
    return drafts


def _noun_label(passage: Passage, content: tuple[int, int], lo: int, colon: int) -> Draft | None:
    noun = noun_of_saying(passage, lo, colon)
    if noun is None:
        return None
    if noun - lo > 4 or not in_case(passage.doc[noun], "nomn"):
        return None
    source = noun_source(passage, noun, lo, colon)
    return Draft("indirect", content, (noun, noun + 1), source) if source is not None else None
