"""What is said in dialogue set off by dashes, and who says it?"""

from __future__ import annotations

from reviewnlp.claims.quotations.direct import (
    author_clause,
    clause_start,
    cut_by_author,
    introduced,
    sentence_stop,
    speech_drafts,
)
from reviewnlp.claims.quotations.draft import Draft, Passage, is_stop, trimmed
from reviewnlp.claims.quotations.marks import DASHES
from reviewnlp.claims.quotations.phrase import nominal


def dashed(passage: Passage) -> list[Draft]:
    """Speech after dashes, in text order.

    «— Реплика, — буркнул дед. — Ещё реплика.»; «Он обернулся: — Иди сюда!»; «Он встал. — Идём.»;
    «Упал рынок, — сообщил X.»
    """
    doc = passage.doc
    if opens_with_dash(passage):
        pieces, clauses = cut_by_author(passage, passage.start + 1, passage.end)
        return speech_drafts(passage, pieces, clauses) if clauses else _bare_reply(passage)
    for at in passage.tokens[1:-1]:
        if doc[at].text not in DASHES or passage.enclosing(at):
            continue
        if doc[at - 1].text == ":":
            return _after_colon(passage, at)
        if is_stop(doc, at - 1) and doc[at + 1].text[:1].isupper():
            return _after_stop(passage, at)
    return _unmarked(passage)


def opens_with_dash(passage: Passage) -> bool:
    """Whether a paragraph begins as a reply in dialogue."""
    return passage.doc[passage.start].text in DASHES and len(passage.tokens) > 1


def _bare_reply(passage: Passage) -> list[Draft]:
    """A reply without author's words: after a colon, or beside a reply that has them."""
    content = trimmed(passage.doc, passage.start + 1, passage.end)
    if content is None or passage.block.kind == "list_item":
        return []
    before, after = passage.before, passage.after
    if before is not None and passage.doc[before.end - 1].text == ":":
        draft = introduced(before, content, clause_start(before, before.end - 1), before.end - 1)
        return [draft] if draft else []
    beside = [other for other in (before, after) if other is not None and opens_with_dash(other)]
    cued = any(cut_by_author(other, other.start + 1, other.end)[1] for other in beside)
    return [Draft("direct", content)] if cued else []


def _after_colon(passage: Passage, dash: int) -> list[Draft]:
    doc = passage.doc
    if not doc[dash + 1].text[:1].isupper():
        return []
    pieces, clauses = cut_by_author(passage, dash + 1, passage.end)
    content = trimmed(doc, *pieces[0])
    if content is None:
        return []
    first = introduced(passage, content, clause_start(passage, dash - 1), dash - 1)
    if first is None:
        return []
    return [first, *speech_drafts(passage, pieces, clauses)[1:]] if clauses else [first]


def _after_stop(passage: Passage, dash: int) -> list[Draft]:
    """«Он повернулся к окну. — Снег пошёл»: author's words, then speech to the paragraph's end."""
    doc = passage.doc
    acts = any(doc[i].pos_ == "VERB" and doc[i].dep_ in ("ROOT", "conj") for i in range(passage.start, dash))
    if not acts or passage.block.kind == "list_item":
        return []
    pieces, clauses = cut_by_author(passage, dash + 1, passage.end)
    return speech_drafts(passage, pieces, clauses)


def _unmarked(passage: Passage) -> list[Draft]:
    """News manner without marks: «Рынок упал, — сообщил министр.», the verb right after the dash."""
    doc = passage.doc
    drafts = []
    for at in passage.tokens[2:-1]:
        if doc[at].text not in DASHES or doc[at - 1].text != "," or passage.enclosing(at):
            continue
        stop = sentence_stop(passage, at, passage.end)
        cue = author_clause(passage, at + 1, stop)
        if cue is None or cue.start != at + 1 or cue.word.kind == "gesture" or cue.token.i in passage.used:
            continue
        if not (cue.end < passage.end and (nominal(doc[cue.end]) or cue.reading.person)):
            continue
        lo = clause_start(passage, at - 1)
        pieces, clauses = cut_by_author(passage, lo, stop)
        drafts.extend(speech_drafts(passage, pieces, clauses))
    return drafts
