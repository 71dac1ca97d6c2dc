"""The component that writes `doc._.quotations`: all finders over every paragraph, then speakers."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Quotation, Range
from reviewnlp.claims.mentions import MentionIndex
from reviewnlp.claims.quotations.dialogue import dashed
from reviewnlp.claims.quotations.direct import quoted
from reviewnlp.claims.quotations.draft import Draft, Passage, passages
from reviewnlp.claims.quotations.indirect import complements
from reviewnlp.claims.quotations.labels import labelled, summarised, theses
from reviewnlp.claims.quotations.phrase import Tokens
from reviewnlp.claims.quotations.phrases import hearsay, parentheticals, prepositional_phrases, told_before
from reviewnlp.claims.quotations.speaker import speaker_of

FINDERS = (
    quoted,
    dashed,
    hearsay,
    prepositional_phrases,
    told_before,
    parentheticals,
    complements,
    labelled,
    summarised,
    theses,
)
SKIPPED = ("debris", "comment_header")


@Language.factory(
    "reviewnlp_quotations",
    requires=[
        "token.pos", "token.morph", "token.lemma", "token.dep", "doc.sents", "doc._.blocks", "doc._.people"
    ],
    assigns=["doc._.quotations"],
)  # fmt: skip
def create_quotations(nlp: Language, name: str) -> QuotationFinder:
    """Component that finds reported speech."""
    return QuotationFinder()


class QuotationFinder:
    """Writes `doc._.quotations`, ordered by where what is said begins; offsets are code points."""

    def __call__(self, doc: Doc) -> Doc:
        blocks = [block for block in doc._.blocks if block.kind not in SKIPPED]
        index = MentionIndex(doc)
        found: list[Quotation] = []
        for passage in passages(doc, blocks):
            drafts = [_mixed(passage, draft) for draft in find(passage)]
            found.extend(_annotation(passage, draft, index) for draft in drafts)
        doc._.quotations = sorted(found, key=lambda q: (q.content, q.cue or q.content))
        return doc


def find(passage: Passage) -> list[Draft]:
    """Everything that the finders see in a paragraph; an equal content is taken once."""
    drafts: list[Draft] = []
    contents: set[Tokens] = set()
    for finder in FINDERS:
        for draft in finder(passage):
            if draft.content not in contents:
                contents.add(draft.content)
                drafts.append(draft)
    return drafts


def _mixed(passage: Passage, draft: Draft) -> Draft:
    """Indirect speech that holds words in quotation marks, more than a title's, is mixed."""
    if draft.kind != "indirect":
        return draft
    start, end = draft.content
    first = bisect_left(passage.pairs, start, key=lambda pair: pair.open)
    last = bisect_left(passage.pairs, end, key=lambda pair: pair.open)
    quotes = any(
        pair.close <= end and pair.close - pair.open > 2
        and passage.doc[pair.open + 1].text[:1].islower()
        for pair in passage.pairs[first:last]
    )  # fmt: skip
    return replace(draft, kind="mixed") if quotes else draft


def _annotation(passage: Passage, draft: Draft, index: MentionIndex) -> Quotation:
    return Quotation(
        kind=draft.kind,
        content=_range(passage, draft.content),
        cue=_range(passage, draft.cue) if draft.cue else None,
        source=_range(passage, draft.source) if draft.source else None,
        speaker=speaker_of(passage, draft, index),
    )


def _range(passage: Passage, tokens: Tokens) -> Range:
    return Range(passage.offsets[tokens[0]].start, passage.offsets[tokens[1] - 1].end)
