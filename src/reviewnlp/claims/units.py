"""Which stretches of text might be a claim? Candidate spans of every sentence.

A sentence is cut at its clauses and at the borders of the quotations in it; a candidate is a
run of neighbouring pieces without cue words, trimmed as the annotation guide asks: no outer
quotation marks, no leading conjunction, no final full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span

from reviewnlp.annotations import Block, Quotation, Range
from reviewnlp.language.clauses import clauses
from reviewnlp.resources import rows

MOST_PIECES = 8  # pieces of a sentence from which only the whole and single pieces are tried
LONGEST_RUN = 4
LEAST_WORDS = 3
JUDGED_BLOCKS = frozenset({"paragraph", "list_item", "comment", "heading"})

LEADING = re.compile(r"^[\s,;:«„“\"'(—–•*·-]+|^\(?\d{1,2}[.)]\s+|^[а-я]\)\s+")
TRAILING = re.compile(r"[\s»”\"',;:(—–-]+$|(?<![.…])\.$|(?<=[.…!?»])\.$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A candidate span with the sentence (position in `doc.sents`) and the pieces it joins."""

    start: int
    end: int
    sentence: int
    first: int
    last: int
    pieces: int


def candidate_units(doc: Doc) -> list[Unit]:
    """Candidates of the whole document, sentence by sentence, in text order."""
    found: list[Unit] = []
    blocks = list(doc._.blocks)
    position = 0
    for number, sentence in enumerate(doc.sents):
        while position < len(blocks) and blocks[position].end <= sentence.start_char:
            position += 1
        if position < len(blocks) and _judged(blocks[position], sentence):
            found += sentence_units(doc, sentence, number)
    return found


def _judged(block: Block, sentence: Span) -> bool:
    return block.kind in JUDGED_BLOCKS and block.start < sentence.end_char


def sentence_units(doc: Doc, sentence: Span, number: int) -> list[Unit]:
    """Candidates of one sentence: its single pieces, short runs of pieces, and all of it."""
    pieces = sentence_pieces(doc, sentence)
    runs = [
        (first, last)
        for first in range(len(pieces))
        for last in range(first, len(pieces))
        if first == last
        or (first, last) == (0, len(pieces) - 1)
        or (last - first < LONGEST_RUN and len(pieces) <= MOST_PIECES)
    ]
    units: dict[tuple[int, int], Unit] = {}
    for first, last in runs:
        start, end = trim(doc.text, pieces[first].start, pieces[last].end)
        if len(doc.text[start:end].split()) >= LEAST_WORDS or (first, last) == (0, len(pieces) - 1):
            units.setdefault((start, end), Unit(start, end, number, first, last, len(pieces)))
    return [unit for unit in units.values() if unit.start < unit.end]


def sentence_pieces(doc: Doc, sentence: Span) -> list[Range]:
    """Clauses of the sentence, cut further at quotation borders, cues and their sources left out."""
    start, end = sentence.start_char, sentence.end_char
    quotations = [q for q in doc._.quotations if _touches(q, start, end)]
    cuts = {start, end, *(clause.start_char for clause in clauses(sentence))}
    covered: list[Range] = []
    for quotation in quotations:
        cuts |= {quotation.content.start, quotation.content.end}
        reporting = [span for span in (quotation.cue, quotation.source) if span is not None]
        for span in reporting:
            inside = quotation.content.start <= span.start and span.end <= quotation.content.end
            if not inside:
                cuts |= {span.start, span.end}
                covered.append(span)
    borders = sorted(cut for cut in cuts if start <= cut <= end)
    pieces = [Range(a, b) for a, b in pairwise(borders) if re.search(r"\w", doc.text[a:b])]
    kept = [piece for piece in pieces if not any(c.start <= piece.start < c.end for c in covered)]
    return kept or [Range(start, end)]


def _touches(quotation: Quotation, start: int, end: int) -> bool:
    spans = (quotation.content, quotation.cue, quotation.source)
    return any(span is not None and span.start < end and start < span.end for span in spans)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Range without outer marks, list markers, leading conjunctions and the final full stop.

    A conjunction that subordinates («что», «будто») is left out only where the piece begins
    with it in lower case: «Что делать, решает рынок» keeps it.
    """
    kinds = {row[0]: row[1] for row in rows("claims", "leading_words.tsv")}
    subordinate = True
    changed = True
    while changed and start < end:
        changed = False
        if (match := LEADING.match(text[start:end])) and match.end():
            start, changed = start + match.end(), True
        for length in (2, 1):
            head = re.match(rf"(?:\w+ ){{{length - 1}}}\w+", text[start:end])
            kind = kinds.get(head.group().casefold()) if head else None
            if head and (kind == "coordinating" or (kind and subordinate and head.group().islower())):
                start, changed, subordinate = start + head.end(), True, False
                break
        if match := TRAILING.search(text[start:end]):
            end, changed = start + match.start(), True
        if text[start:end].endswith(")") and "(" not in text[start:end]:
            end, changed = end - 1, True
    return start, max(start, _with_closing_mark(text, start, end))


def _with_closing_mark(text: str, start: int, end: int) -> int:
    """The end moved past the closing quotation mark of a phrase that is quoted inside the span."""
    kept = text[start:end]
    is_open = kept.count("«") > kept.count("»")
    return end + 1 if is_open and text[end : end + 1] == "»" else end
