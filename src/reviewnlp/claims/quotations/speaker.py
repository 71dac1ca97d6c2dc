"""Which person does a quotation's source name? The mention there, or the last fitting subject."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from reviewnlp.claims.mentions import Hit, MentionIndex
from reviewnlp.claims.quotations.draft import Draft, Passage
from reviewnlp.claims.quotations.lexicon import Cue
from reviewnlp.claims.quotations.phrase import Tokens, can_speak, nominal
from reviewnlp.claims.quotations.source import agrees
from reviewnlp.language.lexicon import fold


def speaker_of(passage: Passage, draft: Draft, index: MentionIndex) -> int | None:
    """Position in `doc._.people` of who speaks, None where the text does not tell."""
    doc, offsets = passage.doc, passage.offsets
    if draft.source is not None:
        start, end = draft.source
        root = doc[start:end].root
        if fold(root.text).startswith("котор"):
            return _antecedent(passage, start, index)
        hit = index.covering(*offsets[root.i]) or index.covering(offsets[start].start, offsets[end - 1].end)
        if hit is not None and hit.kind == "description":
            hit = _apposed_name(passage, draft.source, root, index) or hit
        return hit.person if hit is not None else None
    cue = draft.verb
    if cue is None or cue.word.kind == "impersonal" or cue.reading.form == "PRTS":
        return None
    if cue.reading.person in ("1per", "2per") or cue.reading.number != "sing":
        return None
    subject = previous_subject(doc, cue)
    if subject is None:
        return None
    hit = index.covering(*offsets[subject.i])
    return hit.person if hit is not None else None


def _antecedent(passage: Passage, relative: int, index: MentionIndex) -> int | None:
    """The person whom «который» takes up: the nearest mention just before its clause."""
    start = passage.offsets[max(passage.start, relative - 6)].start
    hits = index.within(start, passage.offsets[relative].start)
    return hits[-1].person if hits else None


def _apposed_name(passage: Passage, source: Tokens, root: Token, index: MentionIndex) -> Hit | None:
    """The name that stands beside a title in the same case («директор наш, Рустам Гильфанов»)."""
    for i in range(*source):
        hit = index.at(passage.offsets[i].start)
        token = passage.doc[i]
        if (
            hit is not None
            and hit.kind == "name"
            and token.morph.get("Case", []) == root.morph.get("Case", [])
        ):
            return hit
    return None


def previous_subject(doc: Doc, cue: Cue) -> Token | None:
    """Subject of the sentence before that agrees with a reporting verb without a subject."""
    start = cue.token.sent.start
    if start == 0:
        return None
    before: Sequence[Token] = list(doc[start - 1].sent)
    for token in before:
        if (
            token.dep_.startswith("nsubj")
            and nominal(token)
            and can_speak(token)
            and agrees(cue.reading, token)
        ):
            return token
    return None
