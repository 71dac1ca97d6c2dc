"""What is one reported stretch before it becomes an annotation? Token ranges and their reading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from reviewnlp.annotations import Block, QuotationKind, Range
from reviewnlp.claims.quotations.lexicon import Cue
from reviewnlp.claims.quotations.marks import DASHES, STOPS, Pair, pair_marks
from reviewnlp.claims.quotations.phrase import Tokens
from reviewnlp.claims.quotations.words import without_space

LONGEST_SENTENCE = 300  # how far from a word its sentence is looked at; keeps the time linear


@dataclass(frozen=True, slots=True)
class Draft:
    """A quotation in tokens; `verb` is the reporting word, `reading` its form, for the speaker."""

    kind: QuotationKind
    content: Tokens
    cue: Tokens | None = None
    source: Tokens | None = None
    verb: Cue | None = None


@dataclass(slots=True)
class Passage:
    """A paragraph: its tokens in a copy of the document without white space, marks, sentences."""

    doc: Doc
    offsets: list[Range]  # where each token stands in the document
    block: Block
    tokens: range
    pairs: list[Pair]
    sentences: list[Tokens]
    around: dict[int, Pair]  # innermost quotation marks around a token
    used: set[int] = field(default_factory=set)  # tokens of reporting verbs already spoken for
    before: Passage | None = None
    after: Passage | None = None

    @property
    def start(self) -> int:
        return self.tokens.start

    @property
    def end(self) -> int:
        return self.tokens.stop

    def enclosing(self, i: int) -> Pair | None:
        """Innermost pair of quotation marks around a token."""
        return self.around.get(i)

    def sentence_of(self, i: int) -> Tokens:
        """The sentence of a token, cut at quotation marks that open before it or close after it."""
        number = bisect_right(self.sentences, (i, len(self.doc) + 1)) - 1
        lo, hi = self.sentences[number] if number >= 0 else (self.start, self.end)
        lo, hi = max(lo, self.start, i - LONGEST_SENTENCE), min(hi, self.end, i + LONGEST_SENTENCE)
        pair = self.enclosing(i)
        if pair is not None:
            lo, hi = max(lo, pair.open + 1), min(hi, pair.close)
        return lo, hi


def passages(doc: Doc, blocks: Sequence[Block]) -> list[Passage]:
    """The paragraphs of a document that may hold quotations."""
    words, offsets = without_space(doc)
    sentences = [(sentence.start, sentence.end) for sentence in words.sents]
    starts = [offset.start for offset in offsets]
    first = [start for start, _ in sentences]
    found = []
    for block in blocks:
        lo, hi = bisect_left(starts, block.start), bisect_left(starts, block.end)
        if lo == hi:
            continue
        inside = sentences[max(0, bisect_right(first, lo) - 1) : bisect_left(first, hi)]
        tokens = range(lo, hi)
        pairs = pair_marks(words, tokens)
        found.append(Passage(words, offsets, block, tokens, pairs, inside, _around(pairs, tokens)))
    for earlier, later in pairwise(found):
        earlier.after, later.before = later, earlier
    return found


def _around(pairs: Sequence[Pair], tokens: Sequence[int]) -> dict[int, Pair]:
    opening = {pair.open: pair for pair in pairs}
    stack: list[Pair] = []
    found = {}
    for i in tokens:
        while stack and stack[-1].close <= i:
            stack.pop()
        if stack:
            found[i] = stack[-1]
        if i in opening:
            stack.append(opening[i])
    return found


def trimmed(doc: Doc, start: int, end: int) -> Tokens | None:
    """The range without commas and dashes around it and without the final full stop, or None."""
    leading = DASHES | {",", ".", ";", ":", "»", ")"}
    trailing = DASHES | {",", ".", ";", ":", "«", "("}
    while start < end and (doc[start].text in leading or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].text in trailing or doc[end - 1].is_space):
        end -= 1
    if not any(any(map(str.isalnum, doc[i].text)) for i in range(start, end)):
        return None
    return start, end


def is_stop(doc: Doc, i: int) -> bool:
    """Whether a token ends a sentence: a stop that is no initial's or abbreviation's full stop."""
    text = doc[i].text
    if text not in STOPS:
        return False
    if text != "." or i == 0:
        return True
    before = doc[i - 1].text
    if len(before) == 1 and before.isalpha():
        return False
    return i + 1 >= len(doc) or not doc[i + 1].text[:1].islower()
