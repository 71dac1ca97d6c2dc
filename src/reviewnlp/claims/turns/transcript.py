"""How far does a labelled line go? Turns of transcripts, minutes, surveys by letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from reviewnlp.annotations import Block, Turn
from reviewnlp.claims.mentions import MentionIndex
from reviewnlp.claims.turns.labels import Label
from reviewnlp.claims.turns.lookup import is_minutes
from reviewnlp.claims.turns.marks import DASH, closing_quote, opens_quoted


def speech_turns(
    doc: Doc,
    blocks: Sequence[Block],
    labels: Sequence[Label],
    reviews: Sequence[Turn],
    index: MentionIndex,
) -> list[Turn]:
    """Lines of a transcript or of minutes: from a label to the next label or heading."""
    free = [label for label in labels if not any(turn.start <= label.start < turn.end for turn in reviews)]
    if len(free) < 3 and len(free) < len(blocks) / 3:
        return []
    known = Counter(label.person for label in free)
    gap = _median_gap([label.block for label in free])
    minutes = is_minutes(doc)
    turns = []
    for position, label in enumerate(free):
        limit = free[position + 1].block if position + 1 < len(free) else min(label.block + gap, len(blocks))
        if limit - label.block > 3 * gap or minutes:
            limit = label.block + 1
        inside = _inside(doc, list(blocks[label.block : limit]), label, index)
        body = doc.text[label.body : inside[-1].end].strip()
        if body and (known[label.person] > 1 or len(free) >= 3):
            turns.append(Turn(label.start, inside[-1].end, label.person, "speech"))
    return turns


def _inside(doc: Doc, inside: list[Block], label: Label, index: MentionIndex) -> list[Block]:
    """The blocks that are still the labelled person's, of those up to the next label."""
    body = doc.text[label.body : inside[0].end].strip()
    if opens_quoted(body):
        end = closing_quote(doc, inside)
        return [block for block in inside if block.end <= end]
    for number, block in enumerate(inside[1:], start=1):
        stops = block.kind in ("heading", "caption", "debris") or (bool(body) and _is_remark(doc, block))
        if stops or _introduces(doc, block, index, label) or _speaks_of(doc, block, index, label):
            inside = inside[:number]
            break
    if not body and len(inside) > 1:  # the words follow on lines of their own
        dashed = [_is_answer(doc, block) for block in inside[1:]]
        if dashed[0]:
            length = next((n for n, answer in enumerate(dashed) if not answer), len(dashed))
            return inside[: length + 1]
    return inside


def _is_answer(doc: Doc, block: Block) -> bool:
    """Whether a paragraph after a label alone on its line is still that person's: a dash or a list."""
    return block.kind == "list_item" or bool(DASH.match(doc.text[block.start : block.end]))


def _is_remark(doc: Doc, block: Block) -> bool:
    """Whether a dashed paragraph among lines with labels is somebody else's remark, not a list's item."""
    text = doc.text[block.start : block.end]
    dash = DASH.match(text)
    return dash is not None and text[dash.end() : dash.end() + 1].isupper() and not text.endswith(";")


def _introduces(doc: Doc, block: Block, index: MentionIndex, label: Label) -> bool:
    """Whether a paragraph hands over to another person: it names one and ends in a colon."""
    others = {hit.person for hit in index.within(block.start, block.end) if hit.kind == "name"}
    return doc.text[block.start : block.end].rstrip().endswith(":") and bool(others - {label.person})


def _speaks_of(doc: Doc, block: Block, index: MentionIndex, label: Label) -> bool:
    """Whether a paragraph is narration about the person: nobody goes on to speak of himself by name."""
    if label.person is None or _is_answer(doc, block) or re.match(r"\(", doc.text[block.start : block.end]):
        return False
    return any(h.kind == "name" and h.person == label.person for h in index.within(block.start, block.end))


def _median_gap(numbers: Sequence[int]) -> int:
    gaps = sorted(b - a for a, b in pairwise(numbers))
    return max(1, gaps[len(gaps) // 2]) if gaps else 1
