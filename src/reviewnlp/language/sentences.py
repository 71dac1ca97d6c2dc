"""Where does a sentence begin? razdel inside every block, never across two."""

from __future__ import annotations

from bisect import bisect_left

from razdel import sentenize
from spacy.language import Language
from spacy.tokens import Doc


@Language.factory(
    "reviewnlp_sentences", requires=["doc._.blocks"], assigns=["token.is_sent_start", "doc.sents"]
)
def create_sentences(nlp: Language, name: str) -> SentenceSegmenter:
    """Component that sets sentence starts inside layout blocks."""
    return SentenceSegmenter()


class SentenceSegmenter:
    """Sets `token.is_sent_start` on every token; a block's first token begins a sentence."""

    def __call__(self, doc: Doc) -> Doc:
        offsets = [token.idx for token in doc]
        starts = {0}
        text = doc.text
        for block in doc._.blocks:
            starts.add(bisect_left(offsets, block.start))
            starts.add(bisect_left(offsets, block.end))
            for sentence in sentenize(text[block.start : block.end]):
                starts.add(bisect_left(offsets, block.start + sentence.start))
        for token in doc:
            token.is_sent_start = token.i in starts
        return doc
